package drive

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"testing"
	"time"
)

func TestHistogram(t *testing.T) {
	var h, other Histogram
	if h.Quantile(.5) != 0 || h.Max() != 0 || h.Mean() != 0 {
		t.Error("an empty histogram knows times")
	}
	for i := 1; i <= 100_000; i++ {
		if i%2 == 0 {
			h.Add(time.Duration(i) * time.Microsecond)
		} else {
			other.Add(time.Duration(i) * time.Microsecond)
		}
	}
	h.Merge(&other)
	for _, q := range []float64{.001, .5, .9, .99, .999, 1} {
		got, want := float64(h.Quantile(q)), q*1e8
		if got < want || got > want*1.01 {
			t.Errorf("the quantile %v is %v, want %v or up to 1 %% more", q, got, want)
		}
	}
	if h.Count() != 100_000 || h.Max() != 100*time.Millisecond || math.Abs(float64(h.Mean())-5.00005e7) > 1 {
		t.Errorf("%d times, at most %s, mean %s", h.Count(), h.Max(), h.Mean())
	}
	h.Add(math.MaxInt64)
	h.Add(-1)
	if h.Quantile(1) != math.MaxInt64 || h.Quantile(0) != 0 {
		t.Errorf("extremes are %d and %d", h.Quantile(1), h.Quantile(0))
	}
}

func TestSlotsGrowWithTheValue(t *testing.T) {
	last := -1
	for _, v := range []uint64{0, 1, 127, 128, 129, 255, 256, 258, 1000, 1 << 20, 1 << 40, math.MaxInt64} {
		i := slot(v)
		if i <= last || ceiling(i) < v || float64(ceiling(i)) > float64(v)*1.01+1 {
			t.Errorf("%d is in the slot %d up to %d, after %d", v, i, ceiling(i), last)
		}
		last = i
	}
}

func TestAClosedLoopIsBounded(t *testing.T) {
	var asked atomic.Int64
	quick := []Request{func(context.Context) error { asked.Add(1); return nil }, func(context.Context) error { asked.Add(1); return errors.New("no") }}
	m := Load{Callers: 4, Requests: 1000, Duration: time.Minute}.Run(t.Context(), quick, nil)
	if asked.Load() != 1000 || m.Sent != 1000 || m.Failed() != 500 || m.Errors["no answer"] != 500 || m.Latency.Count() != 1000 || m.Late.Count() != 0 || m.Unsent != 0 {
		t.Errorf("asked %d times: %d sent, %v, %d latencies, %d late", asked.Load(), m.Sent, m.Errors, m.Latency.Count(), m.Late.Count())
	}
	if m.Elapsed > 10*time.Second || m.PerSecond() <= 0 {
		t.Errorf("it took %s", m.Elapsed)
	}
	slow := []Request{func(context.Context) error { time.Sleep(time.Millisecond); return nil }}
	var sent atomic.Int64
	m = Load{Callers: 2, Duration: 100 * time.Millisecond}.Run(t.Context(), slow, &sent)
	if m.Elapsed < 100*time.Millisecond || m.Sent == 0 || m.Sent > 202 || int(sent.Load()) != m.Sent {
		t.Errorf("%d sent in %s, %d told", m.Sent, m.Elapsed, sent.Load())
	}
}

func TestALoadEndsWhenItIsTold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	hang := []Request{func(ctx context.Context) error { cancel(); <-ctx.Done(); return ctx.Err() }}
	for _, l := range []Load{{Callers: 3, Duration: time.Hour}, {Callers: 3, Duration: time.Hour, Rate: .001}} {
		if m := l.Run(ctx, hang, nil); m.Sent != 0 || m.Failed() != 0 || m.Unsent != 0 {
			t.Errorf("what was cut off counts: %d sent, %v, %d unsent", m.Sent, m.Errors, m.Unsent)
		}
	}
}

// TestAStallIsChargedToAllItDelays asks a server that answers nothing for half
// of the time. A closed loop sees one slow request; at a rate, every request
// that was due meanwhile counts as slow.
func TestAStallIsChargedToAllItDelays(t *testing.T) {
	const duration, stall = 600 * time.Millisecond, 300 * time.Millisecond
	stalling := func() []Request {
		begin := time.Now()
		return []Request{func(context.Context) error {
			if since := time.Since(begin); since > 100*time.Millisecond && since < 100*time.Millisecond+stall {
				time.Sleep(100*time.Millisecond + stall - since)
			}
			time.Sleep(100 * time.Microsecond)
			return nil
		}}
	}
	open := Load{Callers: 1, Rate: 500, Duration: duration}.Run(t.Context(), stalling(), nil)
	if total := open.Sent + open.Unsent; total != 300 || int(open.Latency.Count()) != total || int(open.Late.Count()) != open.Sent {
		t.Errorf("of 300 requests %d were sent and %d not, with %d latencies", open.Sent, open.Unsent, open.Latency.Count())
	}
	if p := open.Latency.Quantile(.75); p < 80*time.Millisecond {
		t.Errorf("a quarter of the requests were delayed by a stall of %s, but p75 is %s", stall, p)
	}
	closed := Load{Callers: 1, Duration: duration}.Run(t.Context(), stalling(), nil)
	if p := closed.Latency.Quantile(.75); p > 80*time.Millisecond {
		t.Errorf("a closed loop sees one slow request, but p75 is %s", p)
	}
}

// TestWhatWasNeverSentCounts: a server that never answers in time has latencies.
func TestWhatWasNeverSentCounts(t *testing.T) {
	hang := []Request{func(context.Context) error { time.Sleep(250 * time.Millisecond); return nil }}
	m := Load{Callers: 1, Rate: 100, Duration: 200 * time.Millisecond}.Run(t.Context(), hang, nil)
	if m.Sent != 1 || m.Unsent != 19 || m.Latency.Count() != 20 || m.Latency.Quantile(.5) < 100*time.Millisecond {
		t.Errorf("%d sent, %d not, %d latencies, p50 %s", m.Sent, m.Unsent, m.Latency.Count(), m.Latency.Quantile(.5))
	}
	if m = (Load{Callers: 1, Rate: 100, Requests: 5, Duration: 200 * time.Millisecond}.Run(t.Context(), hang, nil)); m.Sent+m.Unsent != 5 {
		t.Errorf("of 5 requests, %d were sent and %d not", m.Sent, m.Unsent)
	}
}
