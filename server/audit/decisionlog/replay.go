package decisionlog

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// ReplayOptions choose what is replayed. The zero value replays everything.
type ReplayOptions struct {
	Tenant   string         // only this one; empty means all
	From     time.Time      // only hours that begin then or later
	Until    time.Time      // only hours that begin before; zero means all
	Samples  int            // most samples; 0 means 50
	Progress func(done int) // told every few thousand decisions, from several goroutines; may be nil
}

// perKind is how many samples of one topic and change of outcome are kept.
const perKind = 3

// Replay answers all recorded decisions by two sets of rules and tells what
// differs. It uses all processors.
func Replay(ctx context.Context, r *Reader, live, draft *ruleset.Set, o ReplayOptions) (*Impact, error) {
	if live == nil || draft == nil || live.Catalogue() == nil || draft.Catalogue() == nil {
		return nil, errors.New("decisionlog: replaying needs two sets of rules")
	}
	if o.Samples <= 0 {
		o.Samples = 50
	}
	if o.Progress == nil {
		o.Progress = func(int) {}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	blocks := make(chan *Block, 2*runtime.GOMAXPROCS(0))
	tallies := make([]*tally, runtime.GOMAXPROCS(0))
	var done sync.WaitGroup
	for i := range tallies {
		tallies[i] = newTally(live, draft, o)
		done.Go(func() {
			for b := range blocks {
				if ctx.Err() == nil {
					tallies[i].block(b)
				}
			}
		})
	}
	err := feed(ctx, r, blocks)
	done.Wait()
	if err != nil {
		return nil, err
	}
	for _, t := range tallies[1:] {
		tallies[0].merge(t)
	}
	return tallies[0].impact(r), nil
}

// feed hands out all blocks.
func feed(ctx context.Context, r *Reader, blocks chan<- *Block) error {
	defer close(blocks)
	for {
		b, err := r.Next()
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		select {
		case blocks <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pair is two sets of rules in the terms of one schema.
type pair struct {
	live, draft *Translator
}
