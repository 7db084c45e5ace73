package redisstore

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// scratch holds encodings before they are sealed.
var scratch = sync.Pool{New: func() any { b := make([]byte, 0, 1024); return &b }}

// claim is one claim on its way.
type claim struct {
	key    memory.Key
	fresh  memory.Entry
	keep   time.Duration
	name   string
	sealed []byte
	call   *call
}

// Claim makes fresh the decision of key unless there is one, and returns the
// decision. It is kept for ttl at most, and no longer than it is valid. It
// takes one round trip, or two where what Redis holds is not ours.
func (s *Store) Claim(ctx context.Context, key memory.Key, fresh memory.Entry, ttl time.Duration) (memory.Entry, memory.Status, time.Duration) {
	c := s.prepare(key, fresh, ttl)
	if c.name == "" {
		return c.fresh, memory.Bypass, 0
	}
	deadline := time.Now().Add(s.budget)
	s.submit(&c)
	return s.settle(ctx, &c, deadline)
}

// ClaimAll is Claim for each, in order, all in one round trip.
func (s *Store) ClaimAll(ctx context.Context, claims []memory.Claim) []memory.Claimed {
	deadline := time.Now().Add(s.budget)
	all := make([]claim, len(claims))
	for i, c := range claims {
		if all[i] = s.prepare(c.Key, c.Fresh, c.TTL); all[i].name != "" {
			s.submit(&all[i])
		}
	}
	got := make([]memory.Claimed, len(claims))
	for i := range all {
		if all[i].name == "" {
			got[i] = memory.Claimed{Entry: all[i].fresh, Status: memory.Bypass}
			continue
		}
		got[i].Entry, got[i].Status, got[i].Age = s.settle(ctx, &all[i], deadline)
	}
	return got
}

// Replace makes e the decision of key, whatever it was before. It reports
// whether it is now.
func (s *Store) Replace(ctx context.Context, key memory.Key, e memory.Entry, ttl time.Duration) bool {
	c := s.prepare(key, e, ttl)
	if c.name == "" || c.keep <= 0 {
		return false
	}
	deadline := time.Now().Add(s.budget)
	c.call = s.enqueue(c.name, "set", c.name, c.sealed, "px", c.keep.Milliseconds())
	_, err := c.call.await(ctx, deadline)
	return err == nil
}

// prepare does all that needs no Redis. A claim without a name is of nobody.
func (s *Store) prepare(key memory.Key, fresh memory.Entry, ttl time.Duration) claim {
	c := claim{key: key, fresh: fresh.Rounded()}
	if key.Member == "" {
		return c
	}
	c.name = s.keys.SharedName(&key)
	if c.keep = fresh.Lifetime(time.Now(), ttl); c.keep > 0 {
		b := scratch.Get().(*[]byte)
		*b = memory.AppendEntry((*b)[:0], &c.fresh)
		c.sealed = s.keys.Seal(c.name, *b)
		scratch.Put(b)
	}
	return c
}

// submit sends the claim: whoever comes first stores, everyone else gets what
// is stored. What may not be kept only asks.
func (s *Store) submit(c *claim) {
	if c.keep > 0 {
		c.call = s.enqueue(c.name, "set", c.name, c.sealed, "px", c.keep.Milliseconds(), "nx", "get")
	} else {
		c.call = s.enqueue(c.name, "get", c.name)
	}
}

// enqueue gives a command to its lane; nil if the lane takes none.
func (s *Store) enqueue(name string, args ...any) *call {
	l := s.lane(name)
	if l.open.Load() {
		return nil
	}
	c := newCall(args)
	if !l.enqueue(c) {
		return nil
	}
	return c
}

// settle makes the answer of a claim from the answer of Redis.
func (s *Store) settle(ctx context.Context, c *claim, deadline time.Time) (memory.Entry, memory.Status, time.Duration) {
	stored, err := c.call.await(ctx, deadline)
	if err == nil || foreign(err) {
		now := time.Now()
		if e, ok := s.open(c.name, stored, now); ok && err == nil {
			s.hits.Add(1)
			return e, memory.Hit, e.Age(now)
		}
		if stored, err = s.repair(ctx, c, stored, deadline); err == nil { // someone else was quicker
			if e, ok := s.open(c.name, stored, now); ok {
				s.hits.Add(1)
				return e, memory.Hit, e.Age(now)
			}
			err = redis.Nil // and is not one of us
		}
	}
	if errors.Is(err, redis.Nil) {
		s.misses.Add(1)
		return c.fresh, memory.Miss, 0
	}
	s.unavailable.Add(1)
	return c.fresh, memory.Unavailable, 0
}

// open gives the entry if it is ours, undamaged and has not ended.
func (s *Store) open(name string, stored []byte, now time.Time) (memory.Entry, bool) {
	plain, ok := s.keys.Open(name, stored)
	if !ok {
		return memory.Entry{}, false
	}
	e, err := memory.DecodeEntry(plain)
	return e, err == nil && !e.Ended(now)
}

// swap replaces what is stored if it is still what was seen, or of another
// type. It returns what it found instead.
var swap = redis.NewScript(`
local v = redis.pcall('GET', KEYS[1])
if type(v) == 'string' and v ~= ARGV[1] then return v end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return false`)

// repair overwrites a bad entry, so that it can't lock out the key. Its error is
// redis.Nil if the claim's own entry is the shared one now.
func (s *Store) repair(ctx context.Context, c *claim, bad []byte, deadline time.Time) ([]byte, error) {
	if c.keep <= 0 {
		return nil, redis.Nil
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	found, err := swap.Run(ctx, s.client, []string{c.name}, bad, c.sealed, c.keep.Milliseconds()).Text()
	if errors.Is(err, redis.Nil) {
		s.repaired.Add(1)
	}
	return []byte(found), err
}
