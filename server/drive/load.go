package drive

import (
	"context"
	"maps"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Load says how to drive a server. Requests and Duration both bound it.
type Load struct {
	Callers  int           // how many requests may be under way at once
	Requests int           // how many to send in all; 0: as many as there is time for
	Duration time.Duration // how long
	Rate     float64       // requests due a second; 0: a caller sends the next as soon as it has an answer
}

// Measured is what a load came to.
type Measured struct {
	Elapsed time.Duration
	Latency Histogram // of all requests, from when they were due
	Late    Histogram // of requests at a rate that were sent: how long after they were due
	Errors  map[string]int
	Sent    int // requests that were sent
	Unsent  int // requests at a rate that were due and never sent, because no caller was free
}

// Run sends requests in turn until the load is done or ctx ends. Requests that
// are under way then are waited for.
func (l Load) Run(ctx context.Context, requests []Request, sent *atomic.Int64) *Measured {
	run := &run{Load: l, requests: requests, start: time.Now(), sent: sent}
	run.end = run.start.Add(l.Duration)
	all := make([]caller, l.Callers)
	var done sync.WaitGroup
	for i := range all {
		done.Go(func() { all[i].work(ctx, run) })
	}
	done.Wait()
	m := &Measured{Elapsed: time.Since(run.start), Errors: map[string]int{}}
	for i := range all {
		c := &all[i]
		m.Latency.Merge(&c.latency)
		m.Late.Merge(&c.late)
		m.Sent += c.sent
		for kind, n := range c.errors {
			m.Errors[kind] += n
		}
	}
	run.charge(m)
	return m
}

// run is a load under way.
type run struct {
	Load
	requests   []Request
	start, end time.Time
	next       atomic.Int64
	sent       *atomic.Int64 // for whoever shows progress; may be nil
}

// due is when request i is to be sent at a rate.
func (r *run) due(i int) time.Time {
	return r.start.Add(time.Duration(float64(i) / r.Rate * float64(time.Second)))
}

// caller is one of the callers and what it measured.
type caller struct {
	latency, late Histogram
	errors        map[string]int
	sent          int
}

func (c *caller) work(ctx context.Context, r *run) {
	c.errors = map[string]int{}
	for ctx.Err() == nil && time.Now().Before(r.end) {
		i := int(r.next.Add(1) - 1)
		if r.Requests > 0 && i >= r.Requests {
			return
		}
		due := time.Now()
		if r.Rate > 0 {
			if due = r.due(i); !due.Before(r.end) || !sleepUntil(ctx, due) {
				return
			}
		}
		begin := time.Now()
		err := r.requests[i%len(r.requests)](ctx)
		if err != nil && ctx.Err() != nil {
			return // whoever ended the load cut this request off
		}
		c.latency.Add(time.Since(due))
		if r.Rate > 0 {
			c.late.Add(begin.Sub(due))
		}
		c.sent++
		if err != nil {
			c.errors[Kind(err)]++
		}
		if r.sent != nil {
			r.sent.Add(1)
		}
	}
}

// charge counts the requests that were due and never sent as if the answer had
// come at the end. Leaving them out would hide a server that stalls.
func (r *run) charge(m *Measured) {
	if r.Rate == 0 || m.Elapsed < r.Duration {
		return // nothing was due, or the load was cut short
	}
	total := int(math.Ceil(r.Rate * r.Duration.Seconds()))
	if r.Requests > 0 {
		total = min(total, r.Requests)
	}
	stopped := r.start.Add(m.Elapsed)
	for i := m.Sent; i < total; i++ {
		m.Latency.Add(stopped.Sub(r.due(i)))
		m.Unsent++
	}
}

// sleepUntil waits for a moment and reports false if ctx ended before.
func sleepUntil(ctx context.Context, t time.Time) bool {
	wait := time.Until(t)
	if wait <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Failed is how many requests got no answer or an error.
func (m *Measured) Failed() (n int) {
	for v := range maps.Values(m.Errors) {
		n += v
	}
	return n
}

// PerSecond is how many requests were answered a second, without errors.
func (m *Measured) PerSecond() float64 {
	if m.Elapsed <= 0 {
		return 0
	}
	return float64(m.Sent-m.Failed()) / m.Elapsed.Seconds()
}
