package app

import (
	"context"
	"errors"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// use brings a published content into force for a tenant.
func (a *App) use(tenant string, rev *content.Revision, v revision.Version) error {
	snap, err := recommend.NewSnapshot(rev)
	if err != nil {
		return err
	}
	a.loaded[0].Inc()
	a.service.Use(tenant, snap)
	a.keep(tenant, rev, v, snap)
	a.tel.Log.Info("a version came into force", "tenant", tenant, "version", v.Number, "revision", snap.ID())
	return nil
}

// notUsed tells of a version that can't be used, or can't be read.
func (a *App) notUsed(tenant string, err error) {
	a.loaded[1].Inc()
	a.tel.Log.Error("what was published can't be used; the last good version stays in force", "tenant", tenant, "cause", seedError(err).Error())
}

// follow brings into force what is published, until ctx ends. What a server
// was started with serves until someone asks for drafts or versions.
func (a *App) follow(ctx context.Context) {
	p := &a.published
	if p.workshop != nil {
		days, stop := context.WithCancel(ctx)
		a.background.Go(func() { a.keepCurrent(days) })
		select {
		case <-ctx.Done():
		case <-p.workshop.inUse:
		}
		stop()
		if ctx.Err() != nil {
			return
		}
	}
	a.following.Store(true)
	if !p.readOnly && p.workshop == nil {
		a.background.Go(func() { a.seed(ctx) })
	}
	if a.changes.Load() != nil {
		a.background.Go(func() { p.service.RunSchedule(ctx, dueEvery, a.notPublished) })
	}
	p.follower.Run(ctx)
}

func (a *App) notPublished(err error) {
	a.tel.Log.Warn("what was scheduled can't be published now", "cause", err.Error())
}

// errNotFollowed answers for servers that nothing is published to.
var errNotFollowed = errors.New("nothing is published here")

const (
	// longestAwait is how long a request waits for a revision.
	longestAwait = time.Second
	// maxAwaiting is how many requests wait at once: whoever names revisions that
	// never were has the history searched for them.
	maxAwaiting = 16
)

// await waits for a revision that a caller has seen, as long as the caller still
// has time to be told that it is not here.
func (a *App) await(ctx context.Context, tenant, seen string) error {
	if !a.following.Load() {
		return errNotFollowed
	}
	defer a.awaiting.Add(-1)
	if a.awaiting.Add(1) > maxAwaiting {
		return errNotFollowed
	}
	limit := longestAwait
	if end, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(end)/2)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return a.published.follower.Await(ctx, tenant, seen)
}

// inForce is the version that answers for a tenant here, and whether it is one
// that was kept from before. A server that keeps nothing answers by its first
// version before anybody asked for that.
func (a *App) inForce(ctx context.Context, tenant string) (v revision.Version, stale bool) {
	if a.published.workshop != nil {
		v, err := a.published.service.Current(ctx, tenant)
		if err == nil && v.Revision == a.service.Current(tenant).ID() {
			return v, false
		}
	}
	for _, s := range a.published.follower.Status() {
		if s.Tenant == tenant {
			v = s.Version
		}
	}
	if v.Number > 0 {
		return v, false
	}
	return a.kept.version(tenant)
}

// lag is how long ago it was last seen that what is in force is the newest.
func (a *App) lag() time.Duration {
	if !a.following.Load() {
		return 0
	}
	return a.published.follower.Lag()
}

// ready reports whether requests should be sent here.
func (a *App) ready() bool {
	return a.serving.Load() && a.service.Current("").ID() != "" && a.lag() <= a.cfg.MaxLag
}

// watchReady keeps health as ready says, until ctx ends.
func (a *App) watchReady(ctx context.Context) {
	ticker := time.NewTicker(readyEvery)
	defer ticker.Stop()
	was := a.ready()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if is := a.ready(); is != was && a.serving.Load() {
			was = is
			a.tellHealth(is)
			a.tel.Log.Warn("readiness changed", "ready", is, "lag_seconds", a.lag().Seconds())
		}
	}
}

const readyEvery = 250 * time.Millisecond

// showRevisions makes metrics of what is in force.
func (a *App) showRevisions() {
	a.tel.Info("rightvoice_revision_info", "1; the label is the revision in force for the tenant default.", "revision", func() string { return a.service.Current("").ID() })
	a.tel.GaugeFrom("rightvoice_revision_lag_seconds", "Time since what is in force was last seen to be the newest, of the tenant that is furthest behind.", func() float64 { return a.lag().Seconds() })
	a.tel.GaugesFrom("rightvoice_revision_version", "Number of the version in force, by tenant that has published.", "tenant", func() map[string]float64 {
		out := map[string]float64{}
		for _, s := range a.published.follower.Status() {
			if s.Version.Number > 0 && len(out) < maxTenantsShown {
				out[s.Tenant] = float64(s.Version.Number)
			}
		}
		return out
	})
}

// maxTenantsShown bounds what one metric holds.
const maxTenantsShown = 200
