package recommend

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// outcome is what was decided, topic by topic, the main one first.
type outcome struct {
	n         int
	decisions [intake.MaxTopics]decision.Decision
	needed    []fact.ID // facts that would settle what is open
}

func (o *outcome) all() []decision.Decision { return o.decisions[:o.n] }

// safety reports whether the answer is an emergency notice. It is then alone.
func (o *outcome) safety() bool { return o.n == 1 && o.decisions[0].Sender == decision.Safety }

// decideAll asks safety and the tables about each topic. An emergency that any
// topic shows is the only answer: nothing may stand beside it.
func (s *Snapshot) decideAll(q *question) outcome {
	var o outcome
	for _, topic := range q.topics[:min(len(q.topics), len(o.decisions))] {
		f := q.about(topic)
		d := s.decide(f, topic)
		if d.Sender == decision.Safety {
			o.n, o.decisions[0], o.needed = 1, d, nil
			return o
		}
		o.decisions[o.n] = d
		o.n++
		if s.open(&d) {
			o.need(s.memo.needed(s.set, f, topic))
		}
	}
	return o
}

// open reports whether a decision was made for want of knowing better.
func (s *Snapshot) open(d *decision.Decision) bool {
	if s.standIn {
		return false
	}
	mindset, sender := s.set.Row(ruleset.MindsetTable, d.MindsetRow), s.set.Row(ruleset.SenderTable, d.SenderRow)
	return d.Mindset == decision.Undetermined || mindset != nil && mindset.Default || sender != nil && sender.Default
}

func (o *outcome) need(ids []fact.ID) {
	for _, id := range ids {
		known := false
		for _, have := range o.needed {
			known = known || have == id
		}
		if !known {
			o.needed = append(o.needed, id)
		}
	}
}

// lacksBenefit reports whether the insurer would speak if the member had a
// benefit for the topic. It asks the rules themselves.
func (s *Snapshot) lacksBenefit(f *fact.Facts, d *decision.Decision) bool {
	if d.Sender == decision.Insurer || d.Sender == decision.Safety || s.standIn || int(d.Topic) >= len(s.benefits) || s.benefits[d.Topic] == 0 {
		return false
	}
	with := *f
	with.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	with.SetRaw(fact.BenefitAvailable, f.Raw(fact.BenefitAvailable)|int64(s.benefits[d.Topic]))
	return s.set.Decide(&with, d.Topic).Sender == decision.Insurer
}
