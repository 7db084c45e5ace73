package coherence

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/server/drive"
)

const (
	feeders   = 2 // tell at once; each has its own members, so that their events stay in order
	batchSize = 4 // events of one call at most: each is followed until everybody answers by it
	pause     = 2 * time.Millisecond
)

// byFeeder are the members due in a step, by who tells of them.
func (r *replay) byFeeder(step int) [feeders][]int {
	var out [feeders][]int
	for _, m := range r.due[step] {
		out[m%feeders] = append(out[m%feeders], m)
	}
	return out
}

// feed tells the next event of each member in the list. A call has one side and
// no member twice.
func (r *replay) feed(ctx context.Context, due []int, feeder int) {
	for n := 0; len(due) > 0 && r.going(ctx); n++ {
		var batch, rest []int
		side, seen := "", map[int]bool{}
		for _, i := range due {
			m := &r.members[i]
			next := m.story[m.sent].side // only this feeder changes sent
			if side == "" {
				side = next
			}
			if seen[i] || next != side || len(batch) == batchSize {
				rest = append(rest, i)
			} else {
				batch = append(batch, i)
			}
			seen[i] = true
		}
		r.tell(ctx, side, batch, r.Feeds[(feeder+n)%len(r.Feeds)])
		due = rest
	}
}

// tell sends the next event of each member, and then looks how soon everybody
// answers by it.
func (r *replay) tell(ctx context.Context, side string, batch []int, to Feed) {
	news := make([]drive.News, len(batch))
	for n, i := range batch {
		m := &r.members[i]
		e := &m.story[m.sent]
		m.mu.Lock()
		m.sent++
		m.mu.Unlock()
		news[n] = drive.News{Member: r.name(i), Source: e.source, AsOf: r.Day.Add(e.asOf), Facts: e.facts, Retract: e.retract}
		r.report.count(e)
	}
	if err := to(ctx, r.Tenant, side, news); err != nil {
		r.fail(fmt.Errorf("a feed of the %s: %w", side, err))
		return
	}
	acknowledged := time.Now()
	for _, i := range batch {
		m := &r.members[i]
		m.mu.Lock()
		m.acked = m.sent
		m.mu.Unlock()
	}
	var all sync.WaitGroup
	for _, i := range batch {
		if topic, ok := r.changed(i); ok {
			all.Go(func() { r.follow(ctx, question{i, topic}, acknowledged) })
		}
	}
	all.Wait()
}

// changed is the first topic whose answer was another one before the last event.
func (r *replay) changed(i int) (topic uint16, ok bool) {
	m, now := &r.members[i], r.Clock.Now()
	was, is := r.model.facts(m.story[:m.sent-1], r.Day, now), r.model.facts(m.story[:m.sent], r.Day, now)
	for _, topic := range r.topics {
		if r.model.answer(&was, topic) != r.model.answer(&is, topic) {
			return topic, true
		}
	}
	return 0, false
}

// follow asks with all voices at once until each has answered by what was
// acknowledged, and notes how long after that it was.
func (r *replay) follow(ctx context.Context, q question, acknowledged time.Time) {
	good := make([]bool, len(r.Voices))
	for r.going(ctx) {
		var all sync.WaitGroup
		for v := range r.Voices {
			if !good[v] {
				all.Go(func() { good[v] = r.ask(ctx, q, v) })
			}
		}
		all.Wait()
		done := true
		for _, g := range good {
			done = done && g
		}
		if done || time.Since(acknowledged) > r.Patience {
			break
		}
		time.Sleep(pause)
	}
	r.report.stale(time.Since(acknowledged))
}
