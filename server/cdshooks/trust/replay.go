package trust

import (
	"context"
	"errors"
	"sync"
	"time"
)

// MaxReplays is how many used tokens one process remembers, about 25 MB of
// them. At five minutes a token that is some 800 calls a second.
const MaxReplays = 1 << 18

// sweepEvery is how often a full memory looks for tokens that have expired.
const sweepEvery = time.Second

var errFull = errors.New("too many tokens to remember")

// used remembers tokens in this process. When it is full of tokens that have
// not expired it takes no more, because forgetting one would let it be used
// again.
type used struct {
	mu    sync.Mutex
	now   func() time.Time
	until map[[32]byte]int64 // Unix seconds
	limit int
	swept time.Time
}

// NewReplays remembers used tokens in this process.
func NewReplays(now func() time.Time) Replays {
	return &used{now: now, until: map[[32]byte]int64{}, limit: MaxReplays}
}

func (u *used) First(_ context.Context, id [32]byte, until time.Time) (bool, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	now := u.now()
	if end, known := u.until[id]; known && end > now.Unix() {
		return false, nil
	}
	if len(u.until) >= u.limit {
		u.sweep(now)
	}
	if len(u.until) >= u.limit {
		return false, errFull
	}
	u.until[id] = until.Unix() + 1
	return true, nil
}

// sweep forgets what has expired, but not at every call: a memory that is full
// must not make each of them slow.
func (u *used) sweep(now time.Time) {
	if now.Sub(u.swept) < sweepEvery {
		return
	}
	u.swept = now
	for id, end := range u.until {
		if end <= now.Unix() {
			delete(u.until, id)
		}
	}
}
