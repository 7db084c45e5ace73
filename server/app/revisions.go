package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/gitdir"
	"github.com/rightvoice/rightvoice/server/revision/redisstore"
	"github.com/rightvoice/rightvoice/server/trial"
)

// published is where revisions come from, and what brings them into force.
type published struct {
	store    revision.Store
	close    func() error
	readOnly bool // contents are changed elsewhere
	workshop *workshop

	first    revision.Files // what the first version begins with
	service  *revision.Service
	follower *revision.Follower
}

// openRevisions opens the store of revisions: a Redis for fleets, the data
// directory, a folder under git, or, where nothing is to be kept, a workshop.
func (a *App) openRevisions() (err error) {
	p := &a.published
	o := a.gating()
	switch {
	case !a.cfg.RevisionsURL.Empty():
		err = a.openSharedRevisions()
	case a.cfg.DataDir != "":
		err = a.openOwnRevisions()
	case a.cfg.Content != "" && gitdir.Under(a.cfg.Content):
		o.Audit = nil
		err = a.openCommits(o)
	default:
		p.workshop = newWorkshop(a.beginWorkshop)
		p.store, p.close = p.workshop, p.workshop.Close
	}
	if err != nil {
		return err
	}
	o.Store = p.store
	if p.service, err = revision.New(o); err != nil {
		return err
	}
	p.follower, err = revision.NewFollower(revision.FollowerOptions{Store: p.store, Use: a.use, Failed: a.notUsed, Now: a.now, Loader: a.loader})
	return err
}

// gating is what every content has to pass here, and who is told.
func (a *App) gating() revision.Options {
	return revision.Options{Audit: a.record, Answers: trial.Answers, Guardrails: a.guardrails, Assess: a.assess, First: a.published.first, Loader: a.loader, Now: a.now, At: a.at}
}

// assess works out what is kept with a content. Before the server is whole nothing
// is published that takes the place of anything.
func (a *App) assess(ctx context.Context, of revision.Assessment) (revision.Assessed, error) {
	return a.book.Assess(ctx, of)
}

func (a *App) openSharedRevisions() error {
	s, err := redisstore.Open(redisstore.Options{URL: a.cfg.RevisionsURL.Reveal(), Unsafe: a.cfg.RevisionsUnsafe, At: a.at})
	if errors.Is(err, redisstore.ErrUnsafe) {
		return fmt.Errorf("--revisions-url: %w; --revisions-unsafe takes it all the same", err)
	}
	if err != nil {
		return err
	}
	a.published.store, a.published.close = s, s.Close
	if a.cfg.DataDir != "" {
		a.kept = kept{dir: filepath.Join(a.cfg.DataDir, "last-good"), stale: map[string]revision.Version{}}
	}
	if a.cfg.DataDir == "" {
		a.tel.Log.Info("contents can't be changed through this server: without --data-dir there is nowhere to record changes")
		return nil
	}
	return a.openAudit(a.cfg.DataDir)
}

func (a *App) openOwnRevisions() error {
	dir, p := filepath.Join(a.cfg.DataDir, "revisions"), &a.published
	s, err := dirstore.Open(dir, dirstore.Options{At: a.at})
	if errors.Is(err, dirstore.ErrInUse) {
		a.tel.Log.Warn("another server has these revisions open; changes can be made there only")
		s, err = dirstore.Open(dir, dirstore.Options{ReadOnly: true})
		p.readOnly = true
	}
	if err != nil {
		return err
	}
	p.store, p.close = s, s.Close
	if p.readOnly {
		return nil
	}
	return a.openAudit(a.cfg.DataDir)
}

func (a *App) openCommits(o revision.Options) error {
	s, err := gitdir.Open(context.Background(), a.cfg.Content, gitdir.Options{Service: o, Failed: func(err error) {
		a.loaded[1].Inc()
		a.tel.Log.Error("the commit that is checked out is not served; the last good one stays in force", "cause", err.Error())
	}})
	if err != nil {
		return err
	}
	a.published.store, a.published.close, a.published.readOnly = s, func() error { return nil }, true
	return nil
}

// beginWorkshop publishes what is in force in a store that is new.
func (a *App) beginWorkshop(ctx context.Context, dir string, store revision.Store) error {
	if err := a.openAudit(dir); err != nil {
		return err
	}
	o := a.gating()
	o.Store = store
	s, err := revision.New(o)
	if err == nil {
		_, err = s.Seed(ctx, program, recommend.DefaultTenant, a.published.first, "")
	}
	if err != nil {
		return errors.Join(err, a.changes.Swap(nil).Close())
	}
	a.tel.Log.Info("drafts and versions are kept until this server stops; --data-dir keeps them for good")
	return nil
}

// program is who publishes what a server begins with.
const program = "rightvoice"

// beginPublished brings into force what was published. Where nothing was yet,
// the content that the server was given is the first version, which has to pass.
// The built-in one, which passed when the program was built, serves even where it
// can't be published yet. A Redis is not awaited.
func (a *App) beginPublished() error {
	p := &a.published
	switch {
	case p.workshop != nil:
		return a.beginContent()
	case !a.cfg.RevisionsURL.Empty():
		return a.beginKept()
	}
	ctx := context.Background()
	tenants, err := p.store.Tenants(ctx)
	if err != nil {
		return err
	}
	if len(tenants) == 0 && !p.readOnly {
		_, err = p.service.Seed(ctx, program, recommend.DefaultTenant, p.first, "")
		if err != nil && a.cfg.Content != "" {
			return seedError(err)
		}
	}
	if len(tenants) == 0 && (p.readOnly || err != nil) {
		a.service.Use("", a.base) // seed tries again
	}
	if err := p.follower.Sync(ctx); err != nil && a.service.Current("").ID() == "" {
		return err
	}
	return nil
}

// seedError says what is wrong with a content that can't be the first version.
func seedError(err error) error {
	var e *revision.Error
	if !errors.As(err, &e) || e.Report == nil {
		return err
	}
	errs := []error{err, problemsError(e.Report.Problems)}
	for i, c := range e.Report.Failed {
		if i < maxShown {
			errs = append(errs, fmt.Errorf("%s:%d: case %s: %s", c.At.File, c.At.Line, c.ID, firstOf(c.Wrong)))
		}
	}
	return errors.Join(errs...)
}

func firstOf(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// seed publishes the first version, as soon as the store answers.
func (a *App) seed(ctx context.Context) {
	if a.changes.Load() == nil {
		return // another server of the fleet does it
	}
	for told := false; ; {
		_, err := a.published.service.Seed(ctx, program, recommend.DefaultTenant, a.published.first, "")
		if err == nil || ctx.Err() != nil {
			return
		}
		if !told {
			told = true
			a.tel.Log.Error("the first version can't be published yet", "cause", seedError(err).Error())
		}
		wait(ctx, seedAgain)
	}
}

const (
	seedAgain = 2 * time.Second
	dueEvery  = 5 * time.Second // how often it is looked for what was scheduled
)
