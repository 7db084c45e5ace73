package redisstore

import (
	"context"
	"github.com/rightvoice/rightvoice/server/memory"
)

const nonceLen = 13 // the secret's id and the nonce: what every seal has of its own

var nobody = &memory.Member{}

// versionOf is the version of what is stored: the nonce of its seal.
func versionOf(sealed string) memory.Version {
	return memory.Version(sealed[:min(len(sealed), nonceLen)])
}

// read opens what is stored about a member. What does not open is nothing, of a
// version that can be overwritten.
func (s *Store) readMember(name, sealed string) *memory.Member {
	if sealed == "" {
		return nobody
	}
	m := &memory.Member{Version: versionOf(sealed)}
	if plain, ok := s.keys.Open(name, []byte(sealed)); ok {
		if facts, err := memory.DecodeMember(plain); err == nil {
			m.Facts = facts
		}
	}
	return m
}

// changed is the answer to a claim that was made with other facts than those
// stored.
func (s *Store) changed(c *claim, others []any) memory.Claimed {
	text := func(i int) string {
		t, _ := others[i].(string)
		return t
	}
	m := s.readMember(memory.FactsNameOf(c.name), text(0))
	var live memory.Live
	for i := 1; i+1 < len(others); i += 2 {
		live.Names, live.Sealed = append(live.Names, text(i)), append(live.Sealed, text(i+1))
	}
	s.copies.put(c.Key.Tenant, memory.FactsNameOf(c.name), m)
	s.staleClaims.Add(1)
	return memory.Claimed{Entry: c.fresh, Status: memory.Changed, Member: m, Live: live}
}

// verified notes that a member's facts are what the claim assumed.
func (s *Store) verified(c *claim) {
	if c.Member.State() == "" {
		s.copies.nothing(c.Key.Tenant, memory.FactsNameOf(c.name))
	}
}

// Assume is what this server takes to be stored about a member. It asks nobody.
func (s *Store) Assume(tenant, member string) memory.Assumed {
	if !s.copies.fed(tenant) {
		return memory.Assumed{}
	}
	return s.copies.get(s.keys.FactsName(tenant, member))
}

// RecordFacts keeps news of many members. A FactError keeps none of it; with
// memory.ErrUnavailable some may be kept, and telling it again is harmless. It
// takes a round trip for every 2,500 members, and one more for those that this
// server did not know as they are.
func (s *Store) RecordFacts(ctx context.Context, tenant string, told []memory.Told) error {
	now := s.now()
	if err := memory.CheckAll(told, now); err != nil {
		return err
	}
	byName, lessons := map[string]*lesson{}, make([]*lesson, 0, len(told))
	for i := range told {
		names := s.keys.FactsNames(tenant, told[i].Member)
		l := byName[names[0]]
		if l == nil {
			l = s.newLesson(names)
			byName[names[0]], lessons = l, append(lessons, l)
		}
		l.news = append(l.news, told[i].Facts...)
	}
	if len(lessons) > 0 {
		s.copies.feed(tenant)
	}
	return s.teachAll(ctx, lessons, now)
}

// GetMember is what is stored about a member, without what has ended.
func (s *Store) GetMember(ctx context.Context, tenant, member string) (memory.Member, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	found, err := s.look(ctx, []who{{tenant, s.keys.FactsNames(tenant, member)}})
	if err != nil {
		return memory.Member{}, err
	}
	m := found[0]
	return memory.Member{Version: m.Version, Facts: memory.Learn(m.Facts, nil, s.now())}, nil
}
