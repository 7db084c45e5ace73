package intake

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// urgency is how sure a phrase of a red flag is.
type urgency uint8

const (
	noUrgency urgency = iota
	urgent            // a cry for help in itself: "I want to die"
	sign              // a symptom: flagged unless it is denied, past or only asked about
	event             // the name of an emergency: flagged when told as happening
)

// fewWords is a text so short that naming an emergency can only mean having it.
const fewWords = 3

// Flags of a mind in crisis, in words and in codes. Of the codes, only those of
// self-harm and of threats are emergencies in themselves: the rest are records,
// often weeks old.
var (
	crises      = flagBits("suicide", "harm_others", "abuse")
	codedCrises = flagBits("suicide", "harm_others")
)

func flagBits(names ...string) (bits int64) {
	for _, n := range names {
		bits |= 1 << slices.Index(fact.RedFlags, n)
	}
	return bits
}

// signalSet is a set of signals.
type signalSet [maxSignals / 64]uint64

func (s *signalSet) add(signal int16) { s[signal/64] |= 1 << (signal % 64) }

func (s *signalSet) holds(all signalSet) bool {
	for i := range s {
		if s[i]&all[i] != all[i] {
			return false
		}
	}
	return true
}

// redFlags raises the signs found in the text.
func (r *reader) redFlags() (flags int64) {
	var signals signalSet
	for i := range r.alarms {
		m := &r.alarms[i]
		p := &r.lex.patterns[m.pattern]
		if !r.raised(m, p.urgency) {
			continue
		}
		if p.signal >= 0 {
			signals.add(p.signal)
		} else {
			flags |= 1 << p.flag
		}
	}
	for _, t := range r.lex.together {
		if signals.holds(t.signals) {
			flags |= 1 << t.flag
		}
	}
	return flags
}

// raised reports whether what was found is meant as happening now.
func (r *reader) raised(m *match, u urgency) bool {
	c := r.clauseOf(m)
	s := r.sentenceRoles(c.sentence)
	switch {
	case r.denies(m), c.past(m) && !c.roles.has(recent), s.has(hypothetical) && s.any(insurers), r.lesson(m, c, s):
		return false
	case u == urgent && r.lex.patterns[m.pattern].crisis():
		return true // nobody asks about it in general without being asked back
	case !s.has(recent) && (s.has(elsewhere) || s.has(history) && r.asksPlan):
		return false
	case u != event && c.roles.has(general) && !r.personal(c):
		return false
	case u == urgent:
		return true
	case c.roles.has(family) && !s.has(recent), c.roles.any(insurers) && !r.toldNow():
		return false
	case u == sign:
		return true
	}
	return !s.has(general) && (s.any(of(happening, recent)) || len(r.tokens) <= fewWords)
}

// crisis reports whether the pattern is of a mind in crisis.
func (p *pattern) crisis() bool { return p.flag >= 0 && crises>>p.flag&1 == 1 }

// lesson reports whether a sentence that speaks of nobody and of no moment
// belongs to a lesson or story named elsewhere in the text: "School report. How
// does carbon monoxide kill?". A cry of a mind in crisis takes two such words.
func (r *reader) lesson(m *match, c *clause, s roles) bool {
	need := 1
	if p := &r.lex.patterns[m.pattern]; p.urgency == urgent && p.crisis() {
		need = 2
	}
	return r.lessons >= need && !s.any(of(recent, happening)) && (need > 1 || !r.personal(c))
}

// toldNow reports whether some clause says nothing but that it is happening, as
// in "Is chest pain covered? I'm having it right now".
func (r *reader) toldNow() bool {
	now := of(happening, recent)
	for i := range r.clauses {
		if s := r.clauses[i].roles; s&now == now && s&^(now|of(has, asks)) == 0 {
			return true
		}
	}
	return false
}

// past reports whether the clause speaks of long ago. Words of time that belong
// to what was found, as in "born 3 weeks ago", do not count.
func (c *clause) past(m *match) bool {
	return c.roles.has(history) && (int(c.pastAt) < m.first() || int(c.pastAt) > m.last())
}

// personal reports whether the clause speaks of somebody.
func (r *reader) personal(c *clause) bool {
	for i := int(c.first); i < len(r.tokens) && &r.clauses[r.tokens[i].clause] == c; i++ {
		if r.in(i, setPerson) {
			return true
		}
	}
	return false
}
