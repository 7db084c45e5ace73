package recommend

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// question is a request after intake. Nothing that the member said or that
// names them is in it.
type question struct {
	facts   fact.Facts
	topics  []uint16             // never empty, the main one first
	choices []intake.TopicChoice // views that the member chose for single topics
}

// about is the facts as they stand for one topic.
func (q *question) about(topic uint16) *fact.Facts {
	for _, c := range q.choices {
		if c.Topic == topic {
			f := q.facts
			f.SetRaw(fact.MemberChoice, c.Choice)
			return &f
		}
	}
	return &q.facts
}

// read turns what was said, sent and stored into facts and topics. The text ends
// here; what it said is kept, should the question have to be asked again.
func (p *pending) read() {
	r := p.ask
	if r.Text != "" {
		heard := p.snap.lexicon.Read(r.Text)
		p.ends = p.ending(r.Text, &heard)
		p.heard, r.Text = &heard, ""
	}
	p.stored = p.recall(&r.Facts, nil)
	p.asked = p.snap.gather(intake.Question{
		Topic: r.Topic, HasTopic: r.HasTopic, Diagnoses: r.Diagnoses, Facts: r.Facts, Now: p.now,
		Asker: side(r.Asker), Stored: p.stored, Heard: p.heard,
	}, nil)
}

// gather makes facts and topics of a question, the topics given if there are any.
func (s *Snapshot) gather(from intake.Question, topics []uint16) question {
	var q question
	q.facts, q.topics = s.lexicon.Gather(from)
	s.set.DropImpossible(&q.facts)
	if topics != nil {
		q.topics = topics
	}
	if len(q.topics) == 0 {
		q.topics = []uint16{s.noTopic}
	}
	if from.Stored != nil && !from.Facts.Known(fact.MemberChoice) {
		q.choices = from.Stored.Choices
	}
	return q
}

// recall merges what is stored about the member, leaving out what hide says; nil
// if nothing is.
func (p *pending) recall(given *fact.Facts, hide func(*intake.Known) bool) *intake.Recollection {
	if p.member == nil || len(p.member.Facts) == 0 {
		return nil
	}
	known, zone := p.snap.Known(p.member, p.now)
	if hide != nil {
		kept := known[:0]
		for i := range known {
			if !hide(&known[i]) {
				kept = append(kept, known[i])
			}
		}
		known = kept
	}
	return intake.Recall(p.snap.Catalogue(), known, given, side(p.ask.Asker), p.now, zone)
}

// side is an asker as intake knows it.
func side(a Asker) intake.Side {
	return [...]intake.Side{NotSaid: intake.NoSide, Insurer: intake.Insurer, Provider: intake.Provider, Integrated: intake.Integrated}[a]
}
