package redisstore

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

const (
	learnBatch  = 2500 // members in one round trip
	learnRounds = 16   // tries for one member that others write too
	nonceLen    = 13   // the secret's id and the nonce: what every seal has of its own
)

var nobody = &memory.Member{}

// versionOf is the version of what is stored: the nonce of its seal.
func versionOf(sealed string) memory.Version {
	return memory.Version(sealed[:min(len(sealed), nonceLen)])
}

// read opens what is stored about a member. What does not open is nothing, of a
// version that can be overwritten.
func (s *Store) readMember(name, sealed string) *memory.Member {
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

// lesson is news of one member on the way.
type lesson struct {
	name   string
	news   []memory.StoredFact
	before *memory.Member
	after  *memory.Member
	ask    ask
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
		name := s.keys.FactsName(tenant, told[i].Member)
		l := byName[name]
		if l == nil {
			l = &lesson{name: name, before: nobody}
			if known := s.copies.peek(name); known != nil {
				l.before = known
			}
			byName[name], lessons = l, append(lessons, l)
		}
		l.news = append(l.news, told[i].Facts...)
	}
	if len(lessons) > 0 {
		s.copies.feed(tenant)
	}
	for round := 0; len(lessons) > 0; round++ {
		if round == learnRounds {
			return memory.ErrUnavailable
		}
		var again []*lesson
		for rest := lessons; len(rest) > 0; {
			n := min(len(rest), learnBatch)
			late, err := s.teach(ctx, rest[:n], now)
			if err != nil {
				return err
			}
			again, rest = append(again, late...), rest[n:]
		}
		lessons = again
	}
	return nil
}

// teach writes a batch, and returns those of whom something else is stored than
// was thought.
func (s *Store) teach(ctx context.Context, batch []*lesson, now time.Time) (again []*lesson, err error) {
	ctx, cancel := context.WithTimeout(ctx, learnTimeout)
	defer cancel()
	asks := make([]*ask, len(batch))
	for i, l := range batch {
		s.prepareLesson(l, now)
		asks[i] = &l.ask
	}
	for i, cmd := range pipelined(ctx, s.client, asks) {
		l := batch[i]
		switch stored, err := cmd.Text(); {
		case err == nil:
			l.before = s.readMember(l.name, stored)
			if stored == "" {
				l.before = nobody
			}
			again = append(again, l)
		case errors.Is(err, redis.Nil):
			if l.after != l.before {
				s.learned.Add(1)
			}
			s.copies.update(l.name, l.after)
		default:
			return nil, unavailable(err)
		}
	}
	return again, nil
}

const learnTimeout = 2 * time.Second // of one batch

// prepareLesson works out what is to be stored of what is thought to be.
func (s *Store) prepareLesson(l *lesson, now time.Time) {
	all := memory.Learn(l.before.Facts, l.news, now)
	version := string(l.before.Version)
	keep := memory.Keep(all, now)
	switch {
	case memory.Same(all, l.before.Facts):
		l.after, l.ask = l.before, ask{learnScript, []string{l.name}, []any{version, "keep"}}
	case keep <= 0:
		l.after, l.ask = nobody, ask{learnScript, []string{l.name}, []any{version, "drop"}}
	default:
		sealed := s.keys.Seal(l.name, memory.AppendMember(nil, all))
		l.after = &memory.Member{Version: versionOf(string(sealed)), Facts: all}
		l.ask = ask{learnScript, []string{l.name}, []any{version, "set", sealed, keep.Milliseconds()}}
	}
}

// GetMember is what is stored about a member, without what has ended.
func (s *Store) GetMember(ctx context.Context, tenant, member string) (memory.Member, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	name := s.keys.FactsName(tenant, member)
	sealed, err := s.client.Get(ctx, name).Result()
	if down(err) {
		return memory.Member{}, unavailable(err)
	}
	if sealed == "" {
		return memory.Member{}, nil
	}
	m := s.readMember(name, sealed)
	s.copies.put(tenant, name, m)
	return memory.Member{Version: m.Version, Facts: memory.Learn(m.Facts, nil, s.now())}, nil
}
