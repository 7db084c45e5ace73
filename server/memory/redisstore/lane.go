package redisstore

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	laneQueue = 4096 // claims waiting in a lane; more are told UNAVAILABLE
	maxBatch  = 512
	tolerated = 2                      // failed batches running that are taken for bad luck
	probeWait = 250 * time.Millisecond // between tries while open
)

// lane sends the claims of a range of slots, and is their circuit breaker.
type lane struct {
	client    redis.UniversalClient
	budget    time.Duration
	probeName string
	log       *slog.Logger

	queue chan *call
	open  atomic.Bool
	stop  context.Context
	done  chan struct{}

	roundTrips, opened *atomic.Uint64
}

// enqueue hands a call to the lane unless it is full.
func (l *lane) enqueue(c *call) bool {
	select {
	case l.queue <- c:
		return true
	default:
		return false
	}
}

// run works until stop. It starts with a write, so that the first claim finds a
// connection.
func (l *lane) run() {
	defer close(l.done)
	if err := l.probe(); err != nil {
		l.recover(err)
	}
	failed := 0
	batch := make([]*call, 0, maxBatch)
	for {
		select {
		case <-l.stop.Done():
			return
		case c := <-l.queue:
			batch = l.gather(append(batch[:0], c))
		}
		err := l.send(batch)
		if err == nil {
			failed = 0
		} else if failed++; failed > tolerated {
			l.recover(err)
			failed = 0
		}
	}
}

// gather takes what is waiting, and waits for nothing.
func (l *lane) gather(batch []*call) []*call {
	for len(batch) < maxBatch {
		select {
		case c := <-l.queue:
			batch = append(batch, c)
		default:
			return batch
		}
	}
	return batch
}

// send does the calls in one round trip, and reports whether Redis was down for
// any of them.
func (l *lane) send(batch []*call) (err error) {
	ctx, cancel := context.WithTimeout(l.stop, l.budget)
	defer cancel()
	asks := make([]*ask, len(batch))
	for i, c := range batch {
		asks[i] = &c.ask
	}
	answers := pipelined(ctx, l.client, asks)
	l.roundTrips.Add(1)
	for i, c := range batch {
		c.cmd = answers[i]
		if e := c.cmd.Err(); down(e) {
			err = e
		}
		c.done <- struct{}{}
	}
	return err
}

// recover keeps the lane open until a write succeeds.
func (l *lane) recover(err error) {
	l.open.Store(true)
	l.opened.Add(1)
	l.log.Warn("redis does not answer; decisions are not shared", "cause", cause(err))
	tick := time.NewTicker(probeWait)
	defer tick.Stop()
	for {
		l.refuse()
		select {
		case <-l.stop.Done():
			return
		case <-tick.C:
		}
		if l.probe() == nil {
			break
		}
	}
	l.open.Store(false)
	l.log.Info("redis answers again")
}

// refuse fails the calls that came before callers saw the lane open.
func (l *lane) refuse() {
	for _, c := range l.gather(nil) {
		c.cmd = redis.NewCmd(context.Background())
		c.cmd.SetErr(context.DeadlineExceeded)
		c.done <- struct{}{}
	}
}

// probe writes, since a Redis that is full or a replica still answers reads.
func (l *lane) probe() error {
	ctx, cancel := context.WithTimeout(l.stop, max(l.budget, 100*time.Millisecond))
	defer cancel()
	return l.client.Set(ctx, l.probeName, "", time.Second).Err()
}
