package feedback

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Options are what a Counter is made of. Store is needed.
type Options struct {
	Store Store
	Queue int           // most events that wait; 0 means 16,384
	Wait  time.Duration // longest that the store is given for one batch; 0 means 2 s
	Pause time.Duration // before a batch that failed is tried again; 0 means 1 s
	Log   *slog.Logger  // told when the store stops counting and when it counts again; nil tells nobody
}

// batch is the most events that are counted at once.
const batch = 512

// Counter hands events to a store in the order in which they come. It is safe for
// concurrent use.
type Counter struct {
	o    Options
	in   chan Event
	sync chan chan error
	stop chan struct{}
	done chan struct{}
	once sync.Once

	mu      sync.Mutex
	lost    uint64
	counted uint64
	failing bool
}

// NewCounter starts a Counter. Close it.
func NewCounter(o Options) *Counter {
	if o.Queue <= 0 {
		o.Queue = 16_384
	}
	if o.Wait <= 0 {
		o.Wait = 2 * time.Second
	}
	if o.Pause <= 0 {
		o.Pause = time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c := &Counter{o: o, in: make(chan Event, o.Queue), sync: make(chan chan error), stop: make(chan struct{}), done: make(chan struct{})}
	go c.run()
	return c
}

// Tell counts an event some time soon. It waits for nothing: where too many wait
// already, the event is lost, and that is counted.
func (c *Counter) Tell(e Event) {
	select {
	case c.in <- e:
	default:
		c.lose(1)
	}
}

// Sync waits until what was told before is counted, or could not be, or ctx ends.
func (c *Counter) Sync(ctx context.Context) { _ = c.settle(ctx) }

// Forget deletes every mark of a member, under each name that events had for it,
// once what was told before is counted: what still waited would leave a mark
// later. An error means that marks may be left.
func (c *Counter) Forget(ctx context.Context, tenant string, names ...string) error {
	if err := c.settle(ctx); err != nil {
		return err
	}
	for _, name := range names {
		if err := c.o.Store.Forget(ctx, tenant, name); err != nil {
			return err
		}
	}
	return nil
}

var (
	errWaiting = errors.New("feedback: some is not counted yet")
	errClosed  = errors.New("feedback: the counter is closed")
)

// settle counts what was told before. An error means that some may not be counted.
func (c *Counter) settle(ctx context.Context) error {
	told := make(chan error, 1)
	select {
	case c.sync <- told:
	case <-c.done:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-told:
		return err
	case <-c.done:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stats are what became of events.
type Stats struct {
	Counted uint64 // handed to the store; it counted each once
	Lost    uint64 // too many waited, or closing had no time left
	Waiting int
	Failing bool // the store did not count the last batch
}

// Stats tells what became of events since the Counter was started.
func (c *Counter) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Stats{Counted: c.counted, Lost: c.lost, Waiting: len(c.in), Failing: c.failing}
}

// Close counts what waits, as long as ctx lasts, and ends the Counter.
func (c *Counter) Close(ctx context.Context) error {
	c.once.Do(func() { close(c.stop) })
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Counter) lose(n int) {
	c.mu.Lock()
	c.lost += uint64(n)
	c.mu.Unlock()
}

// run counts until the Counter is closed. Events that the store did not take stay
// first in line.
func (c *Counter) run() {
	defer close(c.done)
	var first []Event
	for {
		in, again := c.in, (<-chan time.Time)(nil)
		if len(first) > 0 {
			in, again = nil, time.After(c.o.Pause)
		}
		select {
		case e := <-in:
			first = c.count(c.gather(e))
		case <-again:
			first = c.count(first)
		case told := <-c.sync:
			var err error
			if first = c.countAll(first); len(first) > 0 {
				err = errWaiting
			}
			told <- err
		case <-c.stop:
			c.lose(len(c.countAll(first)) + len(c.in))
			return
		}
	}
}

// countAll counts what waits now until the store fails, and returns what that did
// not take.
func (c *Counter) countAll(first []Event) []Event {
	if first = c.count(first); len(first) > 0 {
		return first
	}
	for range len(c.in)/batch + 1 {
		select {
		case e := <-c.in:
			if first := c.count(c.gather(e)); len(first) > 0 {
				return first
			}
		default:
			return nil
		}
	}
	return nil
}

// gather takes what waits along with e.
func (c *Counter) gather(e Event) []Event {
	all := []Event{e}
	for len(all) < batch {
		select {
		case e := <-c.in:
			all = append(all, e)
		default:
			return all
		}
	}
	return all
}

// count hands events to the store and returns those that it did not take.
func (c *Counter) count(events []Event) []Event {
	if len(events) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), c.o.Wait)
	defer cancel()
	err := c.o.Store.Count(ctx, events)
	c.state(len(events), err)
	if err != nil {
		return events
	}
	return nil
}

func (c *Counter) state(n int, err error) {
	c.mu.Lock()
	was := c.failing
	if c.failing = err != nil; err == nil {
		c.counted += uint64(n)
	}
	c.mu.Unlock()
	switch {
	case err != nil && !was:
		c.o.Log.Warn("feedback is not counted now; it is tried again", "error", err)
	case err == nil && was:
		c.o.Log.Info("feedback is counted again")
	}
}
