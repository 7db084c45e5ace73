package decisionlog

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Options say how much is kept. The zero value is good.
type Options struct {
	FileSize   int64         // bytes after which a new file begins; 0 means 64 MiB
	FileAge    time.Duration // age at which a new file begins; 0 means a day
	Keep       time.Duration // age at which a file is deleted; 0 means 30 days
	KeepBytes  int64         // bytes above which the oldest files are deleted; 0 means 2 GiB
	Buffer     int           // bytes of records that wait to be written, twice; 0 means 512 KiB
	FlushEvery time.Duration // longest wait; 0 means a second
	Now        func() time.Time
}

func (o Options) withDefaults() Options {
	for _, x := range []struct {
		value *int64
		def   int64
	}{{&o.FileSize, 64 << 20}, {&o.KeepBytes, 2 << 30}, {(*int64)(&o.FileAge), int64(24 * time.Hour)},
		{(*int64)(&o.Keep), int64(30 * 24 * time.Hour)}, {(*int64)(&o.FlushEvery), int64(time.Second)}} {
		if *x.value <= 0 {
			*x.value = x.def
		}
	}
	if o.Buffer <= 0 {
		o.Buffer = 512 << 10
	}
	o.Buffer = max(o.Buffer, 4*maxRecord)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Stats counts what became of decisions since the log was opened.
type Stats struct {
	Written uint64 // handed to the file
	Dropped uint64 // there was no room, or the disk failed
	Errors  uint64 // times that the disk failed
	Files   uint64 // begun
}

// Log is an open decision log. It is safe for concurrent use.
type Log struct {
	o   Options
	dir string

	mu      sync.Mutex // held for a few hundred nanoseconds, never while something is written
	filling *buffer
	plans   map[string]*plan // by revision
	newest  *plan            // of revision latest
	latest  string
	tenants map[string]uint64
	last    string // tenant
	lastNo  uint64
	closed  bool

	spare                           *buffer // of the writer alone while it is not filling
	out                             writer
	wake, ended                     chan struct{}
	written, dropped, errors, files atomic.Uint64
}

// buffer is records on their way to the disk, and what has to be defined for
// them.
type buffer struct {
	bytes   []byte
	records uint64
	plans   []*plan // those that records use, each once
}

// maxTenants bounds the names that callers can make the log remember.
const maxTenants = 4096

// maxPlans bounds the revisions that are remembered at once.
const maxPlans = 64

// Open begins a new file in dir, which it makes if need be. Close it to write
// what is left.
func Open(dir string, o Options) (*Log, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	l := &Log{o: o.withDefaults(), dir: dir, plans: map[string]*plan{}, tenants: map[string]uint64{}, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	l.filling, l.spare = l.newBuffer(), l.newBuffer()
	l.out = writer{log: l}
	if err := l.out.begin(); err != nil {
		return nil, err
	}
	go l.run()
	return l, nil
}

func (l *Log) newBuffer() *buffer {
	return &buffer{bytes: make([]byte, 0, l.o.Buffer), plans: make([]*plan, 0, maxPlans)}
}

// Log records the decision d that set, of this revision, made on facts f. It
// waits for nothing and allocates nothing but for a revision or tenant that is
// new. A decision about a topic that the set does not have is not recorded.
func (l *Log) Log(at time.Time, tenant, revision string, set *ruleset.Set, f *fact.Facts, d *decision.Decision) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	b := l.filling
	p, no, ok := l.names(tenant, revision, set)
	if !ok || len(b.bytes)+maxRecord > cap(b.bytes) {
		l.dropped.Add(1)
		return
	}
	if int(d.Topic) >= p.topics {
		return
	}
	if !b.uses(p) {
		b.plans = append(b.plans, p)
	}
	b.bytes = p.appendRecord(b.bytes, at, no, f, d)
	if b.records++; len(b.bytes) > cap(b.bytes)/2 {
		l.signal()
	}
}

func (b *buffer) uses(p *plan) bool {
	for i := len(b.plans) - 1; i >= 0; i-- {
		if b.plans[i] == p {
			return true
		}
	}
	return false
}

// names finds the plan of a revision and the number of a tenant.
func (l *Log) names(tenant, revision string, set *ruleset.Set) (p *plan, no uint64, ok bool) {
	if l.newest == nil || l.latest != revision {
		if p = l.plan(revision, set); p == nil {
			return nil, 0, false
		}
		l.newest, l.latest = p, revision
	}
	if tenant != l.last || len(l.tenants) == 0 {
		no, ok := l.tenants[tenant]
		if !ok {
			if len(l.tenants) >= maxTenants {
				return nil, 0, false
			}
			no = uint64(len(l.tenants))
			l.tenants[tenant] = no
			l.out.name(tenant)
		}
		l.last, l.lastNo = tenant, no
	}
	return l.newest, l.lastNo, true
}

// plan prepares a revision that was not seen lately.
func (l *Log) plan(revision string, set *ruleset.Set) *plan {
	if p := l.plans[revision]; p != nil {
		return p
	}
	if set == nil || set.Catalogue() == nil || len(l.filling.plans) == maxPlans {
		return nil
	}
	p, err := newPlan(l.out.number(), revision, set)
	if err != nil {
		return nil
	}
	if len(l.plans) >= maxPlans {
		clear(l.plans) // one that comes back gets a new number
	}
	l.plans[revision] = p
	return p
}

func (l *Log) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Stats tells what became of decisions.
func (l *Log) Stats() Stats {
	return Stats{Written: l.written.Load(), Dropped: l.dropped.Load(), Errors: l.errors.Load(), Files: l.files.Load()}
}

// Close writes what is left and ends the log; decisions that come later are not
// recorded.
func (l *Log) Close(ctx context.Context) error {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.wake)
	}
	l.mu.Unlock()
	select {
	case <-l.ended:
		return l.out.failed
	case <-ctx.Done():
		return errors.New("decisionlog: there was no time to write what was left")
	}
}
