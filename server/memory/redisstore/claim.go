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
	*memory.Claim
	fresh  memory.Entry
	keep   time.Duration
	name   string
	sealed []byte
	blind  bool // what is stored under older names could not be read
	call   *call
}

// Claim makes the claim's entry the decision of its key unless there is one, and
// returns the decision. It is kept for the TTL at most, and no longer than it is
// valid. It takes one round trip, or two where what Redis holds is not ours or a
// member is new to this server while there are older secrets, and none where the answer before had the decision.
func (s *Store) Claim(ctx context.Context, c memory.Claim) memory.Claimed {
	one := []claim{s.prepare(&c)}
	s.sight(ctx, one)
	deadline := time.Now().Add(s.budget)
	s.submit(&one[0])
	return s.settle(ctx, &one[0], deadline)
}

// ClaimAll is Claim for each, in order, all in one round trip.
func (s *Store) ClaimAll(ctx context.Context, claims []memory.Claim) []memory.Claimed {
	all := make([]claim, len(claims))
	for i := range claims {
		all[i] = s.prepare(&claims[i])
	}
	s.sight(ctx, all)
	deadline := time.Now().Add(s.budget)
	for i := range all {
		s.submit(&all[i])
	}
	got := make([]memory.Claimed, len(claims))
	for i := range all {
		got[i] = s.settle(ctx, &all[i], deadline)
	}
	return got
}

// prepare does all that needs no Redis. A claim without a name is of nobody.
func (s *Store) prepare(from *memory.Claim) claim {
	c := claim{Claim: from, fresh: from.Fresh.Rounded()}
	if c.Key.Member == "" {
		return c
	}
	c.name = s.keys.SharedName(&c.Key)
	if c.keep = c.fresh.Lifetime(s.now(), c.TTL); c.keep > 0 {
		b := scratch.Get().(*[]byte)
		*b = memory.AppendEntry((*b)[:0], &c.fresh)
		c.sealed = s.keys.Seal(c.name, *b)
		scratch.Put(b)
	}
	return c
}

// settled reports whether a claim needs no answer from Redis, and its outcome:
// it is of nobody, it can't replace anything, or the answer before had it.
func (s *Store) settled(c *claim, now time.Time) (memory.Claimed, bool) {
	switch {
	case c.name == "":
		return memory.Claimed{Entry: c.fresh}, true
	case c.Replace:
		return memory.Claimed{Entry: c.fresh, Status: memory.Unavailable}, c.keep <= 0
	}
	for i, name := range c.Live.Names {
		if name == c.name {
			return s.hit(name, c.Live.Sealed[i], now)
		}
	}
	return memory.Claimed{}, false
}

func (s *Store) hit(name, sealed string, now time.Time) (memory.Claimed, bool) {
	e, ok := s.open(name, sealed, now)
	if !ok {
		return memory.Claimed{}, false
	}
	s.hits.Add(1)
	return memory.Claimed{Entry: e, Status: memory.Hit, Age: e.Age(now)}, true
}

// submit sends the claim: whoever comes first stores, everyone else gets what
// is stored. What may not be kept only asks.
func (s *Store) submit(c *claim) {
	if _, done := s.settled(c, s.now()); done || c.blind {
		return
	}
	mode := "nx"
	if c.Replace {
		mode = "xx"
	}
	l := s.lane(c.name)
	if l.open.Load() {
		return
	}
	call := newCall(ask{claimScript, []string{c.name, memory.FactsNameOf(c.name), memory.LiveNameOf(c.name)},
		[]any{string(c.Member.State()), c.sealed, c.keep.Milliseconds(), s.now().UnixMilli(), mode}})
	if l.enqueue(call) {
		c.call = call
	}
}

// settle makes the answer of a claim from the answer of Redis.
func (s *Store) settle(ctx context.Context, c *claim, deadline time.Time) memory.Claimed {
	if got, done := s.settled(c, s.now()); done {
		return got
	}
	answer, err := c.call.await(ctx, deadline)
	if others, ok := answer.([]any); ok && err == nil {
		return s.changed(c, others)
	}
	if err == nil || errors.Is(err, redis.Nil) {
		s.verified(c)
	}
	if err == nil || foreign(err) {
		now := s.now()
		stored, _ := answer.(string)
		if got, ok := s.hit(c.name, stored, now); ok && err == nil {
			return got
		}
		if stored, err = s.repair(ctx, c, stored, deadline); err == nil { // someone else was quicker
			if got, ok := s.hit(c.name, stored, now); ok {
				return got
			}
			err = redis.Nil // and is not one of us
		}
	}
	if errors.Is(err, redis.Nil) {
		s.misses.Add(1)
		return memory.Claimed{Entry: c.fresh, Status: memory.Miss}
	}
	s.unavailable.Add(1)
	return memory.Claimed{Entry: c.fresh, Status: memory.Unavailable}
}

// open gives the entry if it is ours, undamaged and has not ended.
func (s *Store) open(name, stored string, now time.Time) (memory.Entry, bool) {
	plain, ok := s.keys.Open(name, []byte(stored))
	if !ok {
		return memory.Entry{}, false
	}
	e, err := memory.DecodeEntry(plain)
	return e, err == nil && !e.Ended(now)
}

// repair overwrites a bad entry, so that it can't lock out the key. Its error is
// redis.Nil if the claim's own entry is the shared one now.
func (s *Store) repair(ctx context.Context, c *claim, bad string, deadline time.Time) (string, error) {
	if c.keep <= 0 {
		return "", redis.Nil
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	found, err := s.run(ctx, ask{swapScript, []string{c.name, memory.LiveNameOf(c.name)},
		[]any{bad, c.sealed, c.keep.Milliseconds(), s.now().UnixMilli()}}).Text()
	if errors.Is(err, redis.Nil) {
		s.repaired.Add(1)
	}
	return found, err
}

// run runs one script.
func (s *Store) run(ctx context.Context, a ask) *redis.Cmd {
	return pipelined(ctx, s.client, []*ask{&a})[0]
}
