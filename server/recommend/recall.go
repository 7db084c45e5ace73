package recommend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Decisions are kept by names. Here names become positions again, which only
// the revision that decided can do.

// outcome reads an entry of this revision; false if it names what is not here.
func (s *Snapshot) outcome(e *memory.Entry) (outcome, bool) {
	var o outcome
	if len(e.Recommendations) == 0 || len(e.Recommendations) > len(o.decisions) {
		return o, false
	}
	for i := range e.Recommendations {
		d, ok := s.decision(&e.Recommendations[i])
		if !ok {
			return o, false
		}
		o.decisions[i] = d
		o.n++
	}
	for _, name := range e.NeededFacts {
		if id, ok := s.Catalogue().Lookup(name); ok {
			o.needed = append(o.needed, id)
		}
	}
	return o, true
}

func (s *Snapshot) decision(r *memory.Recommendation) (decision.Decision, bool) {
	d := decision.Decision{Topic: s.noTopic}
	if topic, ok := s.set.Topic(r.Topic); ok {
		d.Topic = topic
	}
	var ok [4]bool
	d.Mindset, ok[0] = parse(r.Mindset, decision.Undetermined, decision.Patient, decision.Consumer)
	d.Sender, ok[1] = parse(r.Sender, decision.Nobody, decision.Provider, decision.Insurer, decision.Safety)
	d.MindsetRow, ok[2] = s.row(ruleset.MindsetTable, r.Reasons)
	d.SenderRow, ok[3] = s.row(ruleset.SenderTable, r.Reasons)
	if slices.Contains(ok[:], false) {
		return d, false
	}
	if d.Sender == decision.Safety {
		d.Notice, ok[0] = parse(strings.Join(r.Advice, " "), decision.Emergency911, decision.Crisis988, decision.PoisonHelp)
		return d, ok[0]
	}
	for _, id := range r.Advice {
		i, known := s.items[id]
		if !known || !d.AddAdvice(i) {
			return d, false
		}
	}
	return d, true
}

// parse finds the value that prints as name.
func parse[T fmt.Stringer](name string, all ...T) (v T, ok bool) {
	for _, v := range all {
		if v.String() == name {
			return v, true
		}
	}
	return v, false
}

// row finds the place in a table that reasons name.
func (s *Snapshot) row(t ruleset.Table, reasons []memory.Reason) (int32, bool) {
	for _, why := range reasons {
		switch {
		case why.Table == t.String():
			row, ok := s.rows[t][why.Rule]
			return row, ok
		case why.Code == decision.SafetyOverride.String():
			return decision.BySafety, true
		case why.Code == decision.Guardrail.String() && why.Table == "":
			return decision.ByNoRules, true
		case why.Code == decision.MemberChoice.String() && t == ruleset.MindsetTable:
			return decision.ByMemberChoice, true
		}
	}
	return 0, false
}

// same reports whether a decision is the one that r names.
func (s *Snapshot) same(d *decision.Decision, r *memory.Recommendation) bool {
	if d.Mindset.String() != r.Mindset || d.Sender.String() != r.Sender || s.topicID(d.Topic) != r.Topic || len(d.Advice()) != len(r.Advice) {
		return false
	}
	for i, item := range d.Advice() {
		if s.set.Item(item).ID != r.Advice[i] {
			return false
		}
	}
	return true
}
