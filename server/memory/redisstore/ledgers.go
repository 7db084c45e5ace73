package redisstore

import (
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// ledgers are how much this server saw the ledgers of members count. One that
// counts less now has lost what Redis had acknowledged: by a restart without all
// of its log, or a failover; or because another server forgot the member. What
// was lost is counted, so that a cap that was gone over has a reason to be found.
type ledgers struct {
	counts            *otter.Cache[string, seenCount]
	shown, over, lost atomic.Uint64
}

type seenCount struct {
	count int64
	until time.Duration // from when it was seen
}

func newLedgers() (*ledgers, error) {
	l := &ledgers{}
	var err error
	l.counts, err = otter.New(&otter.Options[string, seenCount]{
		MaximumSize:      maxCopies,
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, seenCount]) time.Duration { return e.Value.until }),
	})
	return l, err
}

// known is what this server saw a ledger count, to be asked for before a call and
// given to saw with its answer: calls overtake each other, and only less than what
// was known before is a loss.
func (l *ledgers) known(name string) int64 {
	old, _ := l.counts.GetIfPresent(name)
	return old.count
}

// saw notes what a ledger counted before a call added to it, and with that; the
// second holds for a while.
func (l *ledgers) saw(name string, known, before, count int64, until time.Duration) {
	l.counts.Compute(name, func(old seenCount, found bool) (seenCount, otter.ComputeOp) {
		lost := found && before < known && old.count >= known
		if lost {
			l.lost.Add(uint64(known - before))
		}
		switch {
		case lost || count > old.count && until > 0:
			return seenCount{count, max(until, old.until, time.Second)}, otter.WriteOp
		default:
			return old, otter.CancelOp
		}
	})
}

// forget is for a member who is forgotten here.
func (l *ledgers) forget(name string) { l.counts.Invalidate(name) }

func (l *ledgers) close() { l.counts.StopAllGoroutines() }
