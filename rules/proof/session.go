package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Session checks one version of a rule set after the other and remembers what
// it found. After an edit most members it found still show what they showed,
// and most rows that were dead are so for the same reason, so that only what the
// edit touched is searched for. The zero value is ready; it is not safe for
// concurrent use.
//
// A remembered member is never taken on trust: the evaluator of the new version
// decides about each. A dead row stays dead without a new proof only where the
// row, those that cover it and all definitions are what they were. Guardrails
// are proved anew each time.
type Session struct{ known witnesses }

// Check is the function Check, helped by what earlier calls found.
func (s *Session) Check(set *ruleset.Set, budget Budget) Report {
	s.known.readFor(set)
	c := newChecker(set, budget, &s.known)
	return Report{
		Tables:     []TableReport{c.table(ruleset.MindsetTable), c.table(ruleset.SenderTable)},
		Guardrails: c.guardrails(),
		Items:      c.advice(),
		Tally:      c.tally,
	}
}

// witnesses are members that showed something, by what they showed, and rows
// that no member reached. Facts are numbered as in the Set's catalogue.
type witnesses struct {
	set  *ruleset.Set
	by   map[shown]Question
	dead map[shown]remembered
	same [2]map[string]bool // by table: ids of the rows that are what they were
	was  [2]map[string]int  // by table: the place of each row in the version before
	is   [2]map[string]int  // and in this one
}

// shown is a row, an item or a guardrail, by its id.
type shown struct {
	kind uint8
	id   string
}

const (
	ofItem      uint8 = 10 // beyond the tables
	ofGuardrail uint8 = 11
)

// readFor makes the witnesses ready for a Set: those of a catalogue that
// numbers facts, values or topics differently are forgotten.
func (w *witnesses) readFor(set *ruleset.Set) {
	if w.set == nil || !sameNumbers(w.set.Catalogue(), set.Catalogue()) {
		*w = witnesses{by: map[shown]Question{}, dead: map[shown]remembered{}}
	}
	w.same = unchangedRows(w.set, set)
	w.was, w.is = w.is, placesOf(set)
	w.set = set
	for key, r := range w.dead {
		same, is := w.same[key.kind], w.is[key.kind]
		if !same[key.id] || slices.ContainsFunc(r.by, func(id string) bool { return !same[id] || is[id] > is[key.id] }) {
			delete(w.dead, key) // for good: later versions are compared with this one
		}
	}
}

func (w *witnesses) get(kind uint8, id string) (Question, bool) {
	q, ok := w.by[shown{kind, id}]
	return q, ok
}

func (w *witnesses) keep(kind uint8, id string, q Question) { w.by[shown{kind, id}] = q }
