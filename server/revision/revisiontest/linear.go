package revisiontest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/rightvoice/rightvoice/server/revision"
)

// call is a look at a pointer, or a swap.
type call struct {
	swap     bool
	was, now revision.Pointer
}

// answer is the pointer that was seen, or whether it was swapped.
type answer struct {
	seen    revision.Pointer
	swapped bool
}

// register is what a pointer must behave like, seen by all at once.
var register = porcupine.Model{
	Init: func() any { return revision.Pointer{} },
	Step: func(state, input, output any) (bool, any) {
		at, c, a := state.(revision.Pointer), input.(call), output.(answer)
		switch {
		case !c.swap:
			return a.seen == at, at
		case a.swapped:
			return c.was == at, c.now
		}
		return c.was != at, at
	},
}

const workers = 8

// linearizable lets eight look at a pointer and swap it, and asks whether all
// of it could have happened one after the other.
func linearizable(t *testing.T, s revision.Store) {
	rounds := 40
	if testing.Short() {
		rounds = 12
	}
	var mu sync.Mutex
	var history []porcupine.Operation
	do := func(worker int, c call, f func() answer) answer {
		begun := time.Now().UnixNano()
		a := f()
		done := time.Now().UnixNano()
		mu.Lock()
		history = append(history, porcupine.Operation{ClientId: worker, Input: c, Call: begun, Output: a, Return: done})
		mu.Unlock()
		return a
	}
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for round := range rounds {
				seen := do(worker, call{}, func() answer {
					p, err := s.Pointer(ctx, "t")
					if err != nil {
						t.Error(err)
					}
					return answer{seen: p}
				}).seen
				now := revision.Pointer{Number: seen.Number + 1, Record: revision.DigestOf(fmt.Append(nil, worker, round))}
				do(worker, call{true, seen, now}, func() answer {
					err := s.Swap(ctx, "t", seen, now)
					if err != nil && !errors.Is(err, revision.ErrMoved) {
						t.Error(err)
					}
					return answer{swapped: err == nil}
				})
			}
		})
	}
	all.Wait()
	if !porcupine.CheckOperations(register, history) {
		t.Error("looks and swaps cannot have happened one after the other")
	}
	swapped := uint64(0)
	for _, o := range history {
		if o.Output.(answer).swapped {
			swapped++
		}
	}
	if p, err := s.Pointer(ctx, "t"); err != nil || p.Number != swapped || swapped == 0 {
		t.Errorf("%d swaps came to version %d, %v", swapped, p.Number, err)
	}
}

// saves lets eight count in one document.
func saves(t *testing.T, s revision.Store) {
	k := revision.Key{Tenant: "t", Kind: "draft", ID: "count"}
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for done := 0; done < 5; {
				body, count, err := s.Load(ctx, k)
				if err == nil && len(body) != int(count) {
					t.Errorf("count %d with the body of %d", count, len(body))
				}
				if err == nil {
					err = s.Save(ctx, k, append(body, 'x'), count)
				}
				if err == nil {
					done++
				} else if !errors.Is(err, revision.ErrMoved) {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if body, count, err := s.Load(ctx, k); len(body) != 5*workers || count != 5*workers || err != nil {
		t.Errorf("%d saves left %d, %d, %v", 5*workers, len(body), count, err)
	}
}
