package recommend

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// question is a request after intake. Nothing that the member said or that
// names them is in it.
type question struct {
	facts  fact.Facts
	topics []uint16 // never empty, the main one first
}

// read turns what was said and sent into facts and topics. The text ends here.
func (s *Snapshot) read(r *Request, now time.Time) question {
	var q question
	q.facts, q.topics = s.lexicon.Gather(intake.Question{
		Topic: r.Topic, HasTopic: r.HasTopic, Text: r.Text, Diagnoses: r.Diagnoses, Facts: r.Facts, Now: now,
	})
	r.Text = ""
	s.set.DropImpossible(&q.facts)
	if len(q.topics) == 0 {
		q.topics = []uint16{s.noTopic}
	}
	return q
}
