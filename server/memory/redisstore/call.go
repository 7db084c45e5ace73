package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// call is one command of a claim. It belongs to the lane from enqueue until
// done is sent, and the caller does not touch it meanwhile.
type call struct {
	cmd   *redis.StringCmd
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

// newCall makes a command that is bound to no caller's context: others ride
// along with it.
func newCall(args []any) *call {
	c := calls.Get().(*call)
	c.cmd = redis.NewStringCmd(context.Background(), args...)
	return c
}

// await waits for the answer until ctx ends or the deadline comes. The call must
// not be used afterwards. A nil call was taken by no lane.
func (c *call) await(ctx context.Context, deadline time.Time) ([]byte, error) {
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
	c.cmd = nil
	calls.Put(c)
	return cmd.Bytes()
}
