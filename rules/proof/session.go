package proof

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Session checks one version of a rule set after the other and remembers the
// members it found. After an edit most of them still show what they showed, so
// that only what the edit touched is searched for. The zero value is ready; it
// is not safe for concurrent use.
//
// A remembered member is never taken on trust: the evaluator of the new version
// decides about each. Proofs are not remembered.
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

// witnesses are members that showed something, by what they showed. Their facts
// are numbered as in one catalogue.
type witnesses struct {
	of *fact.Catalogue
	by map[shown]Question
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
	if w.by == nil || !sameNumbers(w.of, set.Catalogue()) {
		w.by = map[shown]Question{}
	}
	w.of = set.Catalogue()
}

// sameNumbers reports whether every fact and value that the old catalogue has
// is at the same place in the new one.
func sameNumbers(old, now *fact.Catalogue) bool {
	for _, id := range old.All() {
		d := old.Def(id)
		if id < fact.MaxFacts && int(id) >= now.Len() {
			return false
		}
		n := now.Def(id)
		if n.Name != d.Name || n.Kind != d.Kind || n.Unit != d.Unit || len(n.Values) < len(d.Values) || d.Min < n.Min || d.Max > n.Max {
			return false
		}
		for i, v := range d.Values {
			if n.Values[i] != v {
				return false
			}
		}
	}
	return true
}

func (w *witnesses) get(kind uint8, id string) (Question, bool) {
	q, ok := w.by[shown{kind, id}]
	return q, ok
}

func (w *witnesses) keep(kind uint8, id string, q Question) { w.by[shown{kind, id}] = q }
