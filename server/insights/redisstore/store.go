// Package redisstore counts feedback in Redis, for a fleet of servers.
//
// In and out: as feedback.Store. Counts are spread over shards by member, so
// that all about a member and its decisions is in one slot and a count is one
// atomic script. Names are keyed digests, and what is counted is sealed.
//
//	rv1:{shard}:nc2026-03   hash: cell and kind → how many; cell and "w" → members marked
//	rv1:{shard}:nw2026-03   hash: cell → its About, sealed
//	rv1:{shard}:nm2026-03   set: cell and mark of a member, some for each cell
//	rv1:{shard}:nx…         sorted set of a member: events that were counted, by when
//
// What a member leaves is so in places that are known by its name, and Forget
// (forget.go) can delete it.
package redisstore

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/memory"
	dial "github.com/rightvoice/rightvoice/server/memory/redisstore"
)

// Options say which Redis to use. URL and Keys are needed.
type Options struct {
	URL  string // as for the store of decisions
	Keys *memory.Keyring
	Wait time.Duration    // the longest that one call waits; 0 means 1 s
	TLS  *tls.Config      // replaces the usual settings of a rediss URL
	Now  func() time.Time // the clock of events; nil means time.Now
}

// Store is a Redis. It is safe for concurrent use.
type Store struct {
	client redis.UniversalClient
	keys   *memory.Keyring
	wait   time.Duration
	now    func() time.Time
}

// shards is over how many slots the counts of a tenant are spread.
const shards = 16

// Open makes a Store. It connects when it is first used.
func Open(o Options) (*Store, error) {
	if o.Keys == nil {
		return nil, errors.New("redisstore: a keyring is needed")
	}
	if o.Wait <= 0 {
		o.Wait = time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	client, err := dial.Dial(o.URL, o.Wait, o.TLS)
	if err != nil {
		return nil, err
	}
	return &Store{client: client, keys: o.Keys, wait: o.Wait, now: o.Now}, nil
}

// Close ends the connections.
func (s *Store) Close() error { return s.client.Close() }

// place is where counts of a shard and month are.
type place struct{ counts, words, members string }

// tags are the shards' tags, by secret.
func (s *Store) tags(tenant string, shard int) []string {
	return s.keys.Marks("insights shard", tenant, strconv.Itoa(shard))
}

func placeOf(tag, month string) place {
	p := "rv1:{" + tag + "}:n"
	return place{p + "c" + month, p + "w" + month, p + "m" + month}
}

// count adds the events of one decision that were not counted, all or none.
var count = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - tonumber(ARGV[2]))
for i = 3, #ARGV, 5 do
  if redis.call('ZADD', KEYS[4], 'NX', now, ARGV[i]) == 1 then
    local cell = ARGV[i + 1]
    redis.call('HINCRBY', KEYS[1], cell .. ARGV[i + 2], 1)
    redis.call('HSETNX', KEYS[2], cell, ARGV[i + 4])
    if tonumber(redis.call('HGET', KEYS[1], cell .. 'w') or '0') < ` + membersMost + ` and redis.call('SADD', KEYS[3], cell .. ARGV[i + 3]) == 1 then
      redis.call('HINCRBY', KEYS[1], cell .. 'w', 1)
    end
  end
end
for i = 1, 3 do
  redis.call('EXPIRE', KEYS[i], ARGV[1])
end
redis.call('EXPIRE', KEYS[4], ARGV[2])
return 1`

var membersMost = strconv.Itoa(feedback.MembersMost)

// seenFor is how long an event is remembered: as long as the decision is, which
// was made before, and a day.
const seenFor = memory.DefaultRecordTTL + 24*time.Hour

// cellLen is how long a mark is.
const cellLen = 22

var cellLenText = strconv.Itoa(cellLen)

// letter is a kind in the name of a field.
func letter(k feedback.Kind) string { return string(rune('a' + k)) }

// decision is events of one decision and month.
type decision struct{ tenant, id, month, member string }

// Count is part of feedback.Store.
func (s *Store) Count(ctx context.Context, events []feedback.Event) error {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	if s.keys.Rotating() {
		var err error
		if events, err = s.unseen(ctx, events); err != nil {
			return err
		}
	}
	var order []decision
	of := map[decision][]*feedback.Event{}
	for i := range events {
		e := &events[i]
		d := decision{e.Tenant, e.Decision, feedback.Month(e.At), e.Member}
		if of[d] == nil {
			order = append(order, d)
		}
		of[d] = append(of[d], e)
	}
	if len(order) == 0 {
		return nil
	}
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, d := range order {
			if err := s.queue(ctx, p, d, of[d]); err != nil {
				return err
			}
		}
		return nil
	})
	return unavailable(err)
}

// queue adds the script for one decision to a pipeline.
func (s *Store) queue(ctx context.Context, p redis.Pipeliner, d decision, events []*feedback.Event) error {
	who := s.keys.Marks("insights member", string(events[0].Who()))[0]
	tag := s.tags(d.tenant, shardOf(who))[0]
	at := placeOf(tag, d.month)
	args := []any{int(feedback.Keep / time.Second), int(seenFor / time.Second)}
	for _, e := range events {
		about, err := e.About.AppendBinary(nil)
		if err != nil {
			return err
		}
		cell := s.keys.Marks("insights cell", d.tenant, string(about))[0]
		args = append(args, s.keys.Marks("insights event", string(e.Mark()))[0], cell, letter(e.Kind), short(who), s.keys.Seal(at.words+cell, about))
	}
	p.Eval(ctx, count, []string{at.counts, at.words, at.members, seen(tag, who)}, args...)
	return nil
}

// seen is where the events of a member are that were counted.
func seen(tag, who string) string { return "rv1:{" + tag + "}:nx" + who }

// short is as much of the mark of a member as is kept beside a cell.
func short(who string) string { return who[:11] }

// shardOf chooses a shard by a mark.
func shardOf(mark string) int { return (int(mark[0])*31 + int(mark[1])) % shards }

// unseen leaves out events that were counted under an older secret.
func (s *Store) unseen(ctx context.Context, events []feedback.Event) ([]feedback.Event, error) {
	asked := make([][]*redis.FloatCmd, len(events))
	// Each command has its own error.
	_, _ = s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range events {
			e := &events[i]
			who, mark := s.keys.Marks("insights member", string(e.Who())), s.keys.Marks("insights event", string(e.Mark()))
			for secret := 1; secret < len(who); secret++ {
				tag := s.tags(e.Tenant, shardOf(who[secret]))[secret]
				asked[i] = append(asked[i], p.ZScore(ctx, seen(tag, who[secret]), mark[secret]))
			}
		}
		return nil
	})
	var out []feedback.Event
	for i, all := range asked {
		known := false
		for _, a := range all {
			if a.Err() != nil && !errors.Is(a.Err(), redis.Nil) {
				return nil, unavailable(a.Err())
			}
			known = known || a.Err() == nil
		}
		if !known {
			out = append(out, events[i])
		}
	}
	return out, nil
}

// Read is part of feedback.Store.
func (s *Store) Read(ctx context.Context, tenant string, month time.Time) ([]feedback.Counted, error) {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	var places []place
	for shard := range shards {
		for _, tag := range s.tags(tenant, shard) {
			places = append(places, placeOf(tag, feedback.Month(month)))
		}
	}
	counts, words, members := make([]*redis.MapStringStringCmd, len(places)), make([]*redis.MapStringStringCmd, len(places)), make([]*redis.StringSliceCmd, len(places))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, at := range places {
			counts[i], words[i], members[i] = p.HGetAll(ctx, at.counts), p.HGetAll(ctx, at.words), p.SMembers(ctx, at.members)
		}
		return nil
	})
	if err != nil {
		return nil, unavailable(err)
	}
	all := map[feedback.About]*feedback.Counted{}
	for i, at := range places {
		s.collect(all, at, counts[i].Val(), words[i].Val(), members[i].Val())
	}
	out := make([]feedback.Counted, 0, len(all))
	for _, c := range all {
		c.Who = c.Who[:min(len(c.Who), feedback.MembersMost)]
		out = append(out, *c)
	}
	return out, nil
}

// collect adds up the cells of one place. One that can't be opened or read was
// not written by us and is left out.
func (s *Store) collect(all map[feedback.About]*feedback.Counted, at place, counts, words map[string]string, members []string) {
	of := map[string][]string{}
	for _, m := range members {
		if len(m) > cellLen {
			of[m[:cellLen]] = append(of[m[:cellLen]], m[cellLen:])
		}
	}
	for cell, sealed := range words {
		plain, ok := s.keys.Open(at.words+cell, []byte(sealed))
		var about feedback.About
		if !ok || about.UnmarshalBinary(plain) != nil {
			continue
		}
		c := all[about]
		if c == nil {
			c = &feedback.Counted{About: about}
			all[about] = c
		}
		for k := range feedback.Kinds {
			c.Counts[k] += number(counts[cell+letter(k)])
		}
		c.Who = append(c.Who, of[cell]...)
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// unavailable keeps what the client says, which may name keys, out of sight.
func unavailable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fmt.Errorf("the store of counts: %w", err)
	}
	return errors.New("the store of counts does not answer")
}
