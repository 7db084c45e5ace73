package recommend

import (
	"cmp"
	"context"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Result is what became of one request of a batch: an answer or an error.
type Result struct {
	Answer *Answer
	Err    error
}

// Asked is a request and the revision that it is asked of.
type Asked struct {
	Of      *Snapshot
	Request *Request
}

// Batch answers many requests, in their order. A request that can't be answered
// gets its own error and fails no other. What is shared is read and written for
// all of them together.
func (s *Service) Batch(ctx context.Context, asked []Asked) []Result {
	out := make([]Result, len(asked))
	waiting := make([]pending, 0, len(asked))
	place := make([]int, 0, len(asked))
	for i, a := range asked {
		waiting, place = append(waiting, pending{snap: a.Of, ask: a.Request, assign: s.assign}), append(place, i)
		p := &waiting[len(waiting)-1]
		if err := cmp.Or(s.prepare(p), s.end(ctx, p)); err != nil {
			out[i].Err = err
			waiting, place = waiting[:len(waiting)-1], place[:len(place)-1]
		}
	}
	s.shareAll(ctx, waiting)
	all := make([]*pending, len(waiting))
	for i := range waiting {
		all[i] = &waiting[i]
		all[i].review()
	}
	s.contact(ctx, all)
	for i := range waiting {
		out[place[i]].Answer = s.finish(&waiting[i])
	}
	return out
}

// shareAll is share for many: one round trip for all of them, and one more for
// those of whom this server did not know what is stored.
func (s *Service) shareAll(ctx context.Context, all []pending) {
	asking := make([]*pending, 0, len(all))
	for i := range all {
		asking = append(asking, &all[i])
	}
	for range maxTries {
		var claims []memory.Claim
		var of []*pending
		for _, p := range asking {
			if s.shares(p) {
				claims, of = append(claims, p.claim()), append(of, p)
			}
		}
		if len(claims) == 0 {
			return
		}
		asking = asking[:0]
		for i, c := range s.store.ClaimAll(ctx, claims) {
			if c.Status == memory.Changed {
				s.reconsider(of[i], &c)
				asking = append(asking, of[i])
				continue
			}
			of[i].settle(c)
		}
	}
	for _, p := range asking {
		p.answer.Cache.Status = CacheUnavailable
	}
}
