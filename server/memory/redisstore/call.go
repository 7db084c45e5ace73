package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// call is one run of a script for a claim. It belongs to the lane from enqueue until
// done is sent, and the caller does not touch it meanwhile.
type call struct {
	ask   ask
	cmd   *redis.Cmd    // its answer
	done  chan struct{} // holds one, so that a caller that gave up holds up nobody
	timer *time.Timer
}

// calls is used again by callers that saw their call done. One that gave up
// leaves it to the lane.
var calls = sync.Pool{New: func() any {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	return &call{done: make(chan struct{}, 1), timer: timer}
}}

func newCall(a ask) *call {
	c := calls.Get().(*call)
	c.ask = a
	return c
}

// await waits for the answer until ctx ends or the deadline comes. The call must
// not be used afterwards. A nil call was taken by no lane.
func (c *call) await(ctx context.Context, deadline time.Time) (any, error) {
	if c == nil {
		return nil, memory.ErrUnavailable
	}
	c.timer.Reset(time.Until(deadline))
	select {
	case <-c.done:
	case <-c.timer.C:
		return nil, context.DeadlineExceeded
	case <-ctx.Done():
		c.timer.Stop()
		return nil, ctx.Err()
	}
	c.timer.Stop()
	cmd := c.cmd
	c.cmd, c.ask = nil, ask{}
	calls.Put(c)
	return cmd.Result()
}
