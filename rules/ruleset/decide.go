package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/safety"
)

// view is one question as the tables see it: the facts, and the derived columns
// as far as they are known (-1: not yet, or not at all).
type view struct {
	f        *fact.Facts
	derived  [fact.AdviceBenefit - fact.MaxFacts + 1]int64
	benefits int64                          // that tie the topic to the plan
	atoms    [fact.AdviceBenefit + 1]uint16 // where the question lies in each column
}

func (v *view) at(id fact.ID) (raw int64, known bool) {
	if id < fact.MaxFacts {
		return v.f.Raw(id), v.f.Known(id)
	}
	raw = v.derived[id-fact.MaxFacts]
	return raw, raw >= 0
}

func (v *view) set(id fact.ID, raw int64) { v.derived[id-fact.MaxFacts] = raw }

// locate finds the atoms of all columns.
func (v *view) locate(cols []Column) {
	for i := range cols {
		v.atoms[i] = uint16(cols[i].atom(v))
	}
}

// found makes the outcome of a table known to what comes after; c is nil where
// nothing reads it.
func (v *view) found(c *Column, raw int64) {
	if c != nil {
		v.atoms[c.place] = c.class[raw]
	}
}

// begin starts a question. A topic that this revision does not have is no
// topic: rows that name a topic or a kind do not fit it.
func (v *view) begin(s *Set, f *fact.Facts, topic uint16) {
	v.f = f
	v.derived = [...]int64{-1, -1, 0, -1, -1, -1}
	if int(topic) < len(s.topics) {
		t := &s.topics[topic]
		v.set(fact.Topic, int64(topic))
		v.set(fact.TopicKind, t.kind)
		v.benefits = t.benefits
		if f.Equals(fact.CoverageStatus, fact.CoverageActive) && f.Raw(fact.BenefitAvailable)&t.benefits != 0 {
			v.set(fact.TiedBenefit, 1)
		}
	}
}

func (s *Set) view(f *fact.Facts, topic uint16) (v view) {
	v.begin(s, f, topic)
	return v
}

// Decide answers one question about one topic. It is total: it needs no clock
// and no context, gives no error and allocates nothing. Equal facts and topics
// give equal decisions.
//
// The safety gate comes first, then the mindset (the member's own choice stands
// in for the table), then the sender, then the best advice that sender has.
func (s *Set) Decide(f *fact.Facts, topic uint16) decision.Decision {
	d := decision.Decision{Topic: topic}
	if d.Notice = s.gate(f, topic); d.Notice != decision.NoNotice {
		d.Mindset, d.Sender = decision.Patient, decision.Safety
		d.MindsetRow, d.SenderRow = decision.BySafety, decision.BySafety
		return d
	}
	if s == nil || s.catalogue == nil {
		d.MindsetRow, d.SenderRow = decision.ByNoRules, decision.ByNoRules
		return d
	}
	var v view
	v.begin(s, f, topic)
	v.locate(s.columns)
	d.Mindset, d.MindsetRow = s.mindset(&v)
	v.found(s.mindsetIs, int64(d.Mindset))
	d.SenderRow = s.row(SenderTable, &v)
	d.Sender = decision.Sender(s.tables[SenderTable][d.SenderRow].Outcome)
	v.found(s.senderIs, int64(d.Sender))
	s.advise(&v, &d)
	return d
}

// gate is the safety gate; it works without rules.
func (s *Set) gate(f *fact.Facts, topic uint16) decision.Notice {
	kind := fact.KindNone
	if s != nil && int(topic) < len(s.topics) {
		kind = s.topics[topic].kind
	}
	return safety.Gate(f, kind)
}

func (s *Set) mindset(v *view) (decision.Mindset, int32) {
	switch {
	case v.f.Equals(fact.MemberChoice, fact.ChoicePatient):
		return decision.Patient, decision.ByMemberChoice
	case v.f.Equals(fact.MemberChoice, fact.ChoiceConsumer):
		return decision.Consumer, decision.ByMemberChoice
	}
	row := s.row(MindsetTable, v)
	return decision.Mindset(s.tables[MindsetTable][row].Outcome), row
}
