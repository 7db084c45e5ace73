package localstore

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// ledger is replaced as a whole and never changed.
type ledger struct {
	memory.Ledger
	ttl time.Duration
}

// Hold asks for places for contacts of many members.
func (s *Store) Hold(_ context.Context, holds []memory.Hold) [][]memory.Place {
	now := s.now()
	out := make([][]memory.Place, len(holds))
	for i := range holds {
		h := &holds[i]
		s.ledgers.Compute(s.keys.LedgerNames(h.Tenant, h.Member)[0], func(old ledger, _ bool) (ledger, otter.ComputeOp) {
			l, places := old.Hold(h, now)
			out[i] = places
			return lasting(l, now, h.Keep)
		})
	}
	return out
}

// Contacted counts what was shown of a decision in the ledger of its member. A
// decision about nobody in particular counts for nobody.
func (s *Store) Contacted(_ context.Context, c memory.Contacted) (memory.Counted, error) {
	v, ok := s.records.GetIfPresent(s.keys.RecordNames(c.Tenant, c.Decision)[0])
	if !ok {
		return memory.Counted{}, memory.ErrNotFound
	}
	_, owner, err := memory.DecodeRecord(v.plain)
	if err != nil || owner == "" {
		return memory.Counted{}, err
	}
	now := s.now()
	var out memory.Counted
	s.ledgers.Compute(memory.LedgerNameOf(owner), func(old ledger, _ bool) (ledger, otter.ComputeOp) {
		var l memory.Ledger
		l, out = old.Show(&c, now)
		return lasting(l, now, c.Keep)
	})
	out.Over = memory.Distinct(out.Over)
	s.shown.Add(uint64(out.First))
	if len(out.Over) > 0 {
		s.over.Add(1)
	}
	return out, nil
}

// lasting keeps a ledger for as long as it counts.
func lasting(l memory.Ledger, now time.Time, keep time.Duration) (ledger, otter.ComputeOp) {
	ttl := l.Left(now, keep)
	if ttl <= 0 {
		return ledger{}, otter.InvalidateOp
	}
	return ledger{l, ttl}, otter.WriteOp
}
