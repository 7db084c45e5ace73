package localstore

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// facts and live are replaced as a whole and never changed.
type facts struct {
	member *memory.Member
	ttl    time.Duration
}

type live struct {
	names []string
	ttl   time.Duration
}

// maxLive is how many shared decisions of a member are remembered to be
// forgotten with the member; older ones make room.
const maxLive = 64

var nobody = &memory.Member{}

// stored is what is stored under the name; of an unknown member it is empty.
func (s *Store) stored(name string) *memory.Member {
	if f, ok := s.facts.GetIfPresent(name); ok {
		return f.member
	}
	return nobody
}

// Assume is what is stored about a member.
func (s *Store) Assume(tenant, member string) memory.Assumed {
	_, fed := s.fed.Load(tenant)
	if !fed {
		return memory.Assumed{Known: true}
	}
	return memory.Assumed{Member: s.stored(s.keys.FactsName(tenant, member)), Known: true, Fed: fed}
}

// RecordFacts keeps news of many members, all of it or, with an error, none.
func (s *Store) RecordFacts(_ context.Context, tenant string, told []memory.Told) error {
	now := s.now()
	if err := memory.CheckAll(told, now); err != nil {
		return err
	}
	for i := range told {
		s.fed.Store(tenant, true)
		s.learn(s.keys.FactsName(tenant, told[i].Member), told[i].Facts, now)
	}
	return nil
}

func (s *Store) learn(name string, news []memory.StoredFact, now time.Time) {
	s.facts.Compute(name, func(old facts, found bool) (facts, otter.ComputeOp) {
		before := nobody
		if found {
			before = old.member
		}
		all := memory.Learn(before.Facts, news, now)
		if memory.Same(all, before.Facts) {
			return old, otter.CancelOp
		}
		ttl := memory.Keep(all, now)
		if ttl <= 0 {
			return facts{}, otter.InvalidateOp
		}
		s.learned.Add(1)
		version := memory.Version(strconv.FormatUint(s.versions.Add(1), 36))
		return facts{&memory.Member{Version: version, Facts: all}, ttl}, otter.WriteOp
	})
}

// GetMember is what is stored about a member, without what has ended.
func (s *Store) GetMember(_ context.Context, tenant, member string) (memory.Member, error) {
	now := s.now()
	m := s.stored(s.keys.FactsName(tenant, member))
	return memory.Member{Version: m.Version, Facts: memory.Learn(m.Facts, nil, now)}, nil
}

// list notes a shared decision, to be forgotten with the member.
func (s *Store) list(name string, keep time.Duration) {
	s.live.Compute(memory.LiveNameOf(name), func(old live, _ bool) (live, otter.ComputeOp) {
		names := old.names
		if !slices.Contains(names, name) {
			names = append(slices.Clip(names), name)
		}
		for ; len(names) > maxLive; names = names[1:] {
			s.shared.Invalidate(names[0])
		}
		return live{names, max(old.ttl, keep)}, otter.WriteOp
	})
}

// ForgetMember deletes all that is stored about a member.
func (s *Store) ForgetMember(_ context.Context, tenant, member string) error {
	name := s.keys.FactsName(tenant, member)
	s.facts.Invalidate(name)
	s.ledgers.Invalidate(memory.LedgerNameFrom(name))
	shared := memory.LiveNameOf(name)
	if l, ok := s.live.GetIfPresent(shared); ok {
		for _, n := range l.names {
			s.shared.Invalidate(n)
		}
		s.live.Invalidate(shared)
	}
	index := s.keys.IndexNames(tenant, member)[0]
	if lines, ok := s.lists.GetIfPresent(index); ok {
		s.lists.Invalidate(index)
		s.drop(tenant, lines)
	}
	return nil
}
