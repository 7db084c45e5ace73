package grpcapi

import (
	"context"
	"sync"
	"time"
)

// deadline is a context that ends at a moment, like context.WithDeadline, but
// sets its timer only when somebody waits for it. A pure decision never does,
// and the timer would be the most expensive part of its deadline.
type deadline struct {
	context.Context
	at time.Time

	mu     sync.Mutex
	timed  context.Context // set once somebody waits
	cancel context.CancelFunc
	over   bool
}

// Deadline is the earlier of this one and the caller's.
func (d *deadline) Deadline() (time.Time, bool) {
	if at, ok := d.Context.Deadline(); ok && at.Before(d.at) {
		return at, true
	}
	return d.at, true
}

// Done starts the timer.
func (d *deadline) Done() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		d.timed, d.cancel = context.WithDeadline(d.Context, d.at)
		if d.over {
			d.cancel()
		}
	}
	return d.timed.Done()
}

// Err needs no timer to know that the time is over.
func (d *deadline) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed != nil {
		return d.timed.Err()
	}
	if d.over {
		return context.Canceled
	}
	if err := d.Context.Err(); err != nil {
		return err
	}
	if !time.Now().Before(d.at) {
		return context.DeadlineExceeded
	}
	return nil
}

// stop ends the context when the request is over.
func (d *deadline) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.over = true
	if d.cancel != nil {
		d.cancel()
	}
}
