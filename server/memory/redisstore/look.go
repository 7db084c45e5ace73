package redisstore

import (
	"context"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Changing the secret changes the names of all that is stored about a member, and
// nothing tells one name by another. So whoever first asks about a member looks
// under the older names too, and what is there is written under the newest one.
// News is written under all of them. Merging is the same in any order, so that
// servers in the middle of a change need no agreement on who copies what.

// who is a member by the names of what is stored, the newest first.
type who struct {
	tenant string
	names  []string
}

// look reads what is stored about members under all names, and brings it under
// the newest ones.
func (s *Store) look(ctx context.Context, members []who) ([]*memory.Member, error) {
	pipe := s.client.Pipeline()
	gets := make([][]*redis.StringCmd, len(members))
	for i, w := range members {
		for _, name := range w.names {
			gets[i] = append(gets[i], pipe.Get(ctx, name))
		}
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	all := make([]*lesson, len(members))
	var moved []*lesson
	for i, w := range members {
		l, older := s.newLesson(w.names), false
		for j, name := range w.names {
			if err := gets[i][j].Err(); down(err) {
				return nil, unavailable(err)
			}
			l.before[j] = s.readMember(name, gets[i][j].Val())
			older = older || j > 0 && l.before[j].Version != ""
		}
		if all[i] = l; older {
			moved = append(moved, l)
		}
	}
	if err := s.teachAll(ctx, moved, s.now()); err != nil {
		return nil, err
	}
	found := make([]*memory.Member, len(members))
	for i, l := range all {
		found[i] = l.before[0]
		for j, name := range l.names {
			s.copies.put(members[i].tenant, name, l.before[j])
		}
	}
	return found, nil
}

// sight looks for the members of claims whom this server has not seen, while
// there are older secrets. Without an answer of Redis their claims are blind.
func (s *Store) sight(ctx context.Context, claims []claim) {
	if !s.keys.Rotating() {
		return
	}
	var unseen []who
	var of []*claim
	for i := range claims {
		c := &claims[i]
		if c.name == "" || s.lane(c.name).open.Load() || s.copies.peek(memory.FactsNameOf(c.name)) != nil {
			continue
		}
		unseen = append(unseen, who{c.Key.Tenant, s.keys.FactsNames(c.Key.Tenant, c.Key.Member)})
		of = append(of, c)
	}
	if len(unseen) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, s.budget)
	defer cancel()
	if _, err := s.look(ctx, unseen); err != nil {
		for _, c := range of {
			c.blind = true
		}
	}
}
