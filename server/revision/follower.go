package revision

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
)

// FollowerOptions say what to follow. Store and Use are needed.
type FollowerOptions struct {
	Store Store

	// Use brings a content into force here. If it fails, the last good one
	// stays. It is called for one tenant after the other, for the first time
	// when Run or Sync begins.
	Use func(tenant string, rev *content.Revision, v Version) error

	// Tenants to follow. nil: all that have published.
	Tenants []string

	// Loader reads contents; what it remembers is shared by tenants and by the
	// versions that follow each other. nil: one of this Follower's own.
	Loader *content.Loader

	Poll   time.Duration                  // how often the pointers are looked at without a hint; 0 means 2 s
	Failed func(tenant string, err error) // told of what could not be used, once for each; may be nil
	Now    func() time.Time               // the clock; nil means time.Now
}

// Follower brings what others publish into force on this server. A content
// that can't be read or used never takes the place of a good one, and neither
// does one that was published before it: a store that was restored from an old
// copy takes nobody back, until somebody publishes there again. It is compiled
// anew when a day (in UTC) begins, because rules have dates.
type Follower struct {
	o FollowerOptions

	mu      sync.Mutex
	at      map[string]*followed
	began   time.Time
	changed chan struct{} // closed at each change, and made anew
	poke    chan struct{}
}

// followed is one tenant here.
type followed struct {
	version Version
	before  Version // in force here before the Follower was made
	day     time.Time
	known   map[string]uint64 // numbers of versions by revision id
	wanted  Pointer           // the one last seen
	failed  Pointer           // the one that could not be used
	err     error
	level   time.Time // when it was last seen that what is in force here is the newest
}

// Status is how one tenant stands here.
type Status struct {
	Tenant  string
	Version Version       // in force here; its Number is 0 if none is
	Wanted  uint64        // in force at the store, when it was last seen
	Lag     time.Duration // since what is in force here was last seen to be the newest
	Err     error         // why the wanted one is not in force, or was not looked for
}

// NewFollower makes a Follower; Run or Sync make it follow.
func NewFollower(o FollowerOptions) (*Follower, error) {
	if o.Store == nil || o.Use == nil {
		return nil, errors.New("revision: a follower needs a store and something to do")
	}
	if o.Poll <= 0 {
		o.Poll = pollEvery
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Loader == nil {
		o.Loader = content.NewLoader()
	}
	f := &Follower{o: o, began: o.Now(), at: map[string]*followed{}, changed: make(chan struct{}), poke: make(chan struct{}, 1)}
	for _, tenant := range o.Tenants {
		f.tenant(tenant)
	}
	return f, nil
}

// tenant is the state of a tenant.
func (f *Follower) tenant(name string) *followed {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at[name] == nil {
		f.at[name] = &followed{known: map[string]uint64{}, level: f.o.Now()}
	}
	return f.at[name]
}

// After tells, before Run or Sync, which version of its tenant was in force here
// last: by a process before this one.
func (f *Follower) After(v Version) { f.tenant(v.Tenant).before = v }

// Run follows until ctx ends.
func (f *Follower) Run(ctx context.Context) {
	hints := f.o.Store.Hints(ctx)
	for {
		_ = f.Sync(ctx) // told to Failed and Status; the next look may do better
		timer := time.NewTimer(f.o.Poll)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-hints:
		case <-f.poke:
		}
		timer.Stop()
	}
}

// Sync looks once and brings into force what is new. One goroutine at a time
// may call it; Run does.
func (f *Follower) Sync(ctx context.Context) error {
	tenants := f.o.Tenants
	var errs []error
	if tenants == nil {
		var err error
		if tenants, err = f.o.Store.Tenants(ctx); err != nil {
			errs = append(errs, f.failAll(err))
		} else {
			tenants = f.alsoHere(tenants)
		}
	}
	for _, name := range tenants {
		errs = append(errs, f.sync(ctx, name))
	}
	f.mu.Lock()
	close(f.changed)
	f.changed = make(chan struct{})
	f.mu.Unlock()
	return errors.Join(errs...)
}

// alsoHere adds the tenants that something is in force of here: a store that lost
// one has to be asked about it.
func (f *Follower) alsoHere(tenants []string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name := range f.at {
		if !slices.Contains(tenants, name) {
			tenants = append(tenants, name)
		}
	}
	slices.Sort(tenants)
	return tenants
}

func (f *Follower) failAll(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, at := range f.at {
		at.err = stored(err)
	}
	return stored(err)
}

func (f *Follower) sync(ctx context.Context, name string) error {
	at := f.tenant(name)
	p, err := f.o.Store.Pointer(ctx, name)
	day := f.o.Now().UTC().Truncate(24 * time.Hour)
	switch {
	case err != nil:
		err = stored(err)
	case p.Number == 0 && at.newest().Number > 0:
		err = wentBack()
	case p.Record != at.version.record || !day.Equal(at.day):
		err = f.load(ctx, name, at, p, day)
	}
	f.mu.Lock()
	told := err != nil && at.err != nil && at.failed == p
	at.err, at.failed, at.wanted = err, p, p
	if err == nil {
		at.level = f.o.Now()
	}
	f.mu.Unlock()
	if err != nil && !told && f.o.Failed != nil {
		f.o.Failed(name, err)
	}
	return err
}

// newest is the version that was in force here last.
func (at *followed) newest() Version {
	if at.version.Number > 0 {
		return at.version
	}
	return at.before
}

// before reports whether a version is another than one that was in force, and was
// there before it. Numbers count up in one store only: after one was restored they
// are given again, and then the time tells. A first version takes nothing's place:
// a server publishes one by itself where a store has none.
func (v *Version) before(was Version) bool {
	same := v.Number == was.Number && v.Digest == was.Digest && v.At.Equal(was.At)
	return !same && v.Number <= was.Number && (v.Number == 1 || !v.At.After(was.At))
}

func wentBack() *Error {
	return refuse(Unavailable, "the store went back to an earlier version than is in force here, which is kept")
}

// load reads, compiles and uses a version.
func (f *Follower) load(ctx context.Context, tenant string, at *followed, p Pointer, day time.Time) error {
	if p.Number == 0 {
		return nil
	}
	v, err := loadRecord(ctx, f.o.Store, p.Record)
	if err != nil {
		return stored(err)
	}
	if v.Number != p.Number || v.Tenant != tenant {
		return stored(errDamaged)
	}
	if v.before(at.newest()) {
		return wentBack()
	}
	files, err := loadFiles(ctx, f.o.Store, v.Digest)
	if err != nil {
		return stored(err)
	}
	folder, err := files.FS()
	if err != nil {
		return err
	}
	rev, problems := f.o.Loader.Load(folder, day)
	if rev == nil {
		e := refuse(NotGreen, "a published content cannot be read here; the last good one stays in force")
		e.Report = &Report{Digest: v.Digest, Day: day, Parts: PartCheck, Problems: problems}
		return e
	}
	if err := f.o.Use(tenant, rev, v); err != nil {
		return err
	}
	f.mu.Lock()
	at.version, at.day = v, day
	at.known[v.Revision], at.known[rev.ID] = v.Number, v.Number
	f.mu.Unlock()
	return nil
}

// Status tells how each tenant stands, by name.
func (f *Follower) Status() []Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Status
	for _, name := range slices.Sorted(maps.Keys(f.at)) {
		at := f.at[name]
		out = append(out, Status{Tenant: name, Version: at.version, Wanted: at.wanted.Number, Lag: f.o.Now().Sub(at.level), Err: at.err})
	}
	return out
}

// Lag is the longest lag of a tenant; without any tenant, the time since the
// Follower was made. It stays below the time between two looks as long as all
// is well.
func (f *Follower) Lag() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	level := f.o.Now()
	if len(f.at) == 0 {
		level = f.began
	}
	for _, at := range f.at {
		if at.level.Before(level) {
			level = at.level
		}
	}
	return f.o.Now().Sub(level)
}
