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
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Options are optional: zero values are good.
type Options struct {
	// Entries is the most shared decisions, and as many records, members with
	// a list, and decisions with feedback. 0 means 100,000.
	Entries int

	// RecordTTL is how long records and feedback are kept. 0 means 30 days.
	RecordTTL time.Duration

	// PerMember is the most decisions in a member's list. 0 means 200.
	PerMember int
}

// Store is safe for concurrent use.
type Store struct {
	keys      *memory.Keyring
	recordTTL time.Duration
	perMember int

	shared   *otter.Cache[string, value]
	records  *otter.Cache[string, value]
	lists    *otter.Cache[string, list]
	feedback *otter.Cache[string, given]

	hits, misses, written atomic.Uint64
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
	s := &Store{keys: keys, recordTTL: o.RecordTTL, perMember: o.PerMember}
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
		makeCache(&s.feedback, entries, func(otter.Entry[string, given]) time.Duration { return s.recordTTL }),
	)
}

func makeCache[V any](to **otter.Cache[string, V], entries int, ttl func(otter.Entry[string, V]) time.Duration) (err error) {
	*to, err = otter.New(&otter.Options[string, V]{MaximumSize: entries, ExpiryCalculator: otter.ExpiryWritingFunc(ttl)})
	return err
}

// Claim makes fresh the decision of key unless there is one, and returns the
// decision. It is kept for ttl at most, and no longer than it is valid.
func (s *Store) Claim(_ context.Context, key memory.Key, fresh memory.Entry, ttl time.Duration) (memory.Entry, memory.Status, time.Duration) {
	fresh = fresh.Rounded()
	if key.Member == "" {
		return fresh, memory.Bypass, 0
	}
	now := time.Now()
	name := s.keys.SharedName(&key)
	if v, ok := s.shared.GetIfPresent(name); ok {
		if e, ok := read(v, now); ok {
			s.hits.Add(1)
			return e, memory.Hit, e.Age(now)
		}
	}
	if keep := fresh.Lifetime(now, ttl); keep > 0 {
		mine := value{memory.AppendEntry(nil, &fresh), keep}
		if e, lost := s.first(name, mine, now); lost {
			s.hits.Add(1)
			return e, memory.Hit, e.Age(now)
		}
	}
	s.misses.Add(1)
	return fresh, memory.Miss, 0
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
		all[i].Entry, all[i].Status, all[i].Age = s.Claim(ctx, c.Key, c.Fresh, c.TTL)
	}
	return all
}

// Replace makes e the decision of key, whatever it was before. It reports
// whether it is now.
func (s *Store) Replace(_ context.Context, key memory.Key, e memory.Entry, ttl time.Duration) bool {
	keep := e.Lifetime(time.Now(), ttl)
	if key.Member == "" || keep <= 0 {
		return false
	}
	s.shared.Set(s.keys.SharedName(&key), value{memory.AppendEntry(nil, &e), keep})
	return true
}

// Stats is what the store did since it was opened.
func (s *Store) Stats() memory.Stats {
	return memory.Stats{Hits: s.hits.Load(), Misses: s.misses.Load(), RecordsWritten: s.written.Load()}
}

// Close frees what the store holds. The store must not be used afterwards.
func (s *Store) Close(context.Context) error {
	s.shared.StopAllGoroutines()
	s.records.StopAllGoroutines()
	s.lists.StopAllGoroutines()
	s.feedback.StopAllGoroutines()
	return nil
}
