package coherence

import (
	"fmt"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/drive"
)

// window is what may have been known when an answer was made: the events of one
// of these versions, at one of these moments.
type window struct {
	known, sent   int // acknowledged before the question was sent; sent before the answer came
	before, after time.Time
	took          time.Duration // to answer, by the clock on the wall
}

// moment is a question on top of what is known. All voices must hear the same
// then, for as long as a step lasts.
type moment struct {
	question
	facts fact.Facts
}

// first is what the first voice heard at a moment.
type first struct {
	voice int
	heard drive.Heard
}

// look holds an answer against what is known, and against what other voices
// heard who asked when the same was known. It reports whether it follows.
func (r *replay) look(q question, voice int, h *drive.Heard, w window) bool {
	m, got := &r.members[q.member], h.Said[0]
	r.report.asked(h, w.took, w.sent > w.known)
	facts := r.model.facts(m.story[:w.known], r.Day, w.before)
	want := r.model.answer(&facts, q.topic)
	only, right := true, want == got
	for version := w.known; version <= w.sent; version++ {
		for _, now := range []time.Time{w.before, w.after} {
			if f := r.model.facts(m.story[:version], r.Day, now); f != facts {
				only, right = false, right || r.model.answer(&f, q.topic) == got
			}
		}
	}
	if !right {
		r.diverges(q, &r.report.Wrong, "%s hears %s from %s, but what is known makes it %s from %s", r.Voices[voice].Name, got.Mindset, got.Sender, want.Mindset, want.Sender)
	}
	if only {
		r.hold(moment{q, facts}, voice, h)
	}
	return right
}

// hold compares with what the first voice heard.
func (r *replay) hold(at moment, voice int, h *drive.Heard) {
	seen, loaded := r.heard.LoadOrStore(at, first{voice, *h})
	if !loaded {
		return
	}
	other := seen.(first)
	one, two, a, b := r.Voices[other.voice].Name, r.Voices[voice].Name, other.heard.Said[0], h.Said[0]
	switch {
	case a != b:
		r.diverges(at.question, &r.report.Senders, "%s hears %s from %s, %s hears %s from %s", one, a.Mindset, a.Sender, two, b.Mindset, b.Sender)
	case other.heard.Decision != h.Decision:
		r.diverges(at.question, &r.report.Decisions, "%s and %s hear the same by two decisions", one, two)
	}
}

// diverges counts a divergence, and tells of the first ones.
func (r *replay) diverges(q question, n *int, format string, args ...any) {
	r.report.mu.Lock()
	defer r.report.mu.Unlock()
	*n++
	if len(r.report.Examples) < maxExamples {
		r.report.Examples = append(r.report.Examples, fmt.Sprintf("member %d, %s, %s: ", q.member, r.Set.Topics()[q.topic].ID, r.Clock.Now().UTC().Format(time.TimeOnly))+fmt.Sprintf(format, args...))
	}
}
