// Package localstore remembers decisions inside one process. It is the default
// where no Redis is configured: nothing is shared with other servers, and all
// is lost when the process ends.
//
// It keeps the promises of the Redis store, and passes the same suite: whoever
// comes first decides, nothing outlives its time, and what one caller does with
// an entry no other caller sees. It is bounded by count; where it is full, what
// was used least makes room.
package localstore

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Options are optional: zero values are good.
type Options struct {
	// Entries is the most shared decisions, and as many records, members with
	// facts, members who were shown something, members with a list, and decisions with feedback. 0 means 100,000.
	Entries int

	// RecordTTL is how long records and feedback are kept. 0 means 30 days.
	RecordTTL time.Duration

	// PerMember is the most decisions in a member's list. 0 means 200.
	PerMember int

	// Now is the clock by which facts and decisions end. nil means time.Now.
	Now func() time.Time
}

// Store is safe for concurrent use.
type Store struct {
	keys      *memory.Keyring
	recordTTL time.Duration
	perMember int
	now       func() time.Time

	shared   *otter.Cache[string, value]
	records  *otter.Cache[string, value]
	lists    *otter.Cache[string, list]
	live     *otter.Cache[string, live]
	facts    *otter.Cache[string, facts]
	feedback *otter.Cache[string, given]
	ledgers  *otter.Cache[string, ledger]

	fed      sync.Map // tenants with facts
	versions atomic.Uint64

	hits, misses, changed, learned, written, shown, over atomic.Uint64
}

// value is an encoded entry or record, so that no two callers hold the same one.
type value struct {
	plain []byte
	ttl   time.Duration
}

// list and given are replaced as a whole and never changed.
type list []memory.Listed

type given struct {
	fields []string
	all    []memory.Feedback
}

// Open makes an empty store.
func Open(o Options) (*Store, error) {
	if o.Entries < 0 || o.RecordTTL < 0 || o.PerMember < 0 {
		return nil, errors.New("localstore: no option may be negative")
	}
	keys, err := memory.NewKeyring(rand.Text() + rand.Text())
	if err != nil {
		return nil, err
	}
	s := &Store{keys: keys, recordTTL: o.RecordTTL, perMember: o.PerMember, now: o.Now}
	if s.now == nil {
		s.now = time.Now
	}
	if s.recordTTL == 0 {
		s.recordTTL = memory.DefaultRecordTTL
	}
	if s.perMember == 0 {
		s.perMember = memory.DefaultPerMember
	}
	entries := o.Entries
	if entries == 0 {
		entries = 100_000
	}
	return s, errors.Join(
		makeCache(&s.shared, entries, func(e otter.Entry[string, value]) time.Duration { return e.Value.ttl }),
		makeCache(&s.records, entries, func(e otter.Entry[string, value]) time.Duration { return e.Value.ttl }),
		makeCache(&s.lists, entries, func(otter.Entry[string, list]) time.Duration { return s.recordTTL }),
		makeCache(&s.live, entries, func(e otter.Entry[string, live]) time.Duration { return e.Value.ttl }),
		makeCache(&s.facts, entries, func(e otter.Entry[string, facts]) time.Duration { return e.Value.ttl }),
		makeCache(&s.ledgers, entries, func(e otter.Entry[string, ledger]) time.Duration { return e.Value.ttl }),
		makeCache(&s.feedback, entries, func(otter.Entry[string, given]) time.Duration { return s.recordTTL }),
	)
}

func makeCache[V any](to **otter.Cache[string, V], entries int, ttl func(otter.Entry[string, V]) time.Duration) (err error) {
	*to, err = otter.New(&otter.Options[string, V]{MaximumSize: entries, ExpiryCalculator: otter.ExpiryWritingFunc(ttl)})
	return err
}

// Claim makes the claim's entry the decision of its key unless there is one, and
// returns the decision. It is kept for the TTL at most, and no longer than it is
// valid.
func (s *Store) Claim(_ context.Context, c memory.Claim) memory.Claimed {
	fresh := c.Fresh.Rounded()
	if c.Key.Member == "" {
		return memory.Claimed{Entry: fresh}
	}
	now := s.now()
	name := s.keys.SharedName(&c.Key)
	if m := s.stored(memory.FactsNameOf(name)); m.Version != c.Member.State() {
		s.changed.Add(1)
		return memory.Claimed{Entry: fresh, Status: memory.Changed, Member: m}
	}
	keep := fresh.Lifetime(now, c.TTL)
	if c.Replace {
		return s.replace(name, fresh, keep)
	}
	if v, ok := s.shared.GetIfPresent(name); ok {
		if e, ok := read(v, now); ok {
			return s.hit(e, now)
		}
	}
	if keep > 0 {
		if e, lost := s.first(name, value{memory.AppendEntry(nil, &fresh), keep}, now); lost {
			return s.hit(e, now)
		}
		s.list(name, keep)
	}
	s.misses.Add(1)
	return memory.Claimed{Entry: fresh, Status: memory.Miss}
}

func (s *Store) hit(e memory.Entry, now time.Time) memory.Claimed {
	s.hits.Add(1)
	return memory.Claimed{Entry: e, Status: memory.Hit, Age: e.Age(now)}
}

// replace makes e the decision. What can't be kept is shared with nobody.
func (s *Store) replace(name string, e memory.Entry, keep time.Duration) memory.Claimed {
	if keep <= 0 {
		return memory.Claimed{Entry: e, Status: memory.Unavailable}
	}
	s.shared.Set(name, value{memory.AppendEntry(nil, &e), keep})
	s.list(name, keep)
	return memory.Claimed{Entry: e, Status: memory.Miss}
}

// first stores mine unless a good entry came before it, which it returns.
func (s *Store) first(name string, mine value, now time.Time) (earlier memory.Entry, lost bool) {
	s.shared.Compute(name, func(old value, found bool) (value, otter.ComputeOp) {
		if found {
			if earlier, lost = read(old, now); lost {
				return old, otter.CancelOp
			}
		}
		return mine, otter.WriteOp
	})
	return earlier, lost
}

// read gives the entry unless it has ended.
func read(v value, now time.Time) (memory.Entry, bool) {
	e, err := memory.DecodeEntry(v.plain)
	return e, err == nil && !e.Ended(now)
}

// ClaimAll is Claim for each, in order.
func (s *Store) ClaimAll(ctx context.Context, claims []memory.Claim) []memory.Claimed {
	all := make([]memory.Claimed, len(claims))
	for i, c := range claims {
		all[i] = s.Claim(ctx, c)
	}
	return all
}

// Stats is what the store did since it was opened.
func (s *Store) Stats() memory.Stats {
	return memory.Stats{Hits: s.hits.Load(), Misses: s.misses.Load(), Changed: s.changed.Load(), Learned: s.learned.Load(), RecordsWritten: s.written.Load(),
		ContactsShown: s.shown.Load(), ContactsOver: s.over.Load()}
}

// Close frees what the store holds. The store must not be used afterwards.
func (s *Store) Close(context.Context) error {
	s.shared.StopAllGoroutines()
	s.records.StopAllGoroutines()
	s.lists.StopAllGoroutines()
	s.live.StopAllGoroutines()
	s.facts.StopAllGoroutines()
	s.feedback.StopAllGoroutines()
	s.ledgers.StopAllGoroutines()
	return nil
}
