package casefile

import (
	"fmt"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Engine answers cases by the rules alone, without policy, memory or rendering;
// run its answers at the level BeforePolicy.
func Engine(set *ruleset.Set, lexicon *intake.Lexicon) Answer {
	return func(c Case) (Outcome, error) {
		q, err := c.Question(set)
		if err != nil {
			return Outcome{}, err
		}
		f, topics := lexicon.Gather(q)
		set.DropImpossible(&f)
		var out Outcome
		for _, topic := range topics {
			d := set.Decide(&f, topic)
			if d.Sender == decision.Safety {
				return Outcome{[]Recommendation{Describe(set, d)}}, nil // nothing stands beside a notice
			}
			out.Recommendations = append(out.Recommendations, Describe(set, d))
		}
		return out, nil
	}
}

// Question is a case as intake reads it.
func (c *Case) Question(set *ruleset.Set) (intake.Question, error) {
	q := intake.Question{Text: c.Ask.Text, Facts: c.Ask.Facts, Now: c.At}
	if c.Ask.Topic != "" {
		if q.Topic, q.HasTopic = set.Topic(c.Ask.Topic); !q.HasTopic {
			return q, fmt.Errorf("the rules have no topic %s", c.Ask.Topic)
		}
	}
	for _, d := range c.Ask.Diagnoses {
		q.Diagnoses = append(q.Diagnoses, intake.Diagnosis{System: systems[d.System], Code: d.Code, Onset: d.Onset, Abated: d.Abated})
	}
	return q, nil
}

var systems = map[string]intake.System{"icd10cm": intake.ICD10CM, "snomed": intake.SNOMEDCT}

// Describe puts a decision into the words of its rules.
func Describe(set *ruleset.Set, d decision.Decision) Recommendation {
	r := Recommendation{Mindset: d.Mindset.String(), Sender: d.Sender.String()}
	if topics := set.Topics(); int(d.Topic) < len(topics) {
		r.Topic = topics[d.Topic].ID
	}
	if d.Sender == decision.Safety {
		r.Advice = []string{d.Notice.String()}
		return r
	}
	for _, i := range d.Advice() {
		r.Advice = append(r.Advice, set.Item(i).ID)
	}
	for _, row := range []*ruleset.Row{set.Row(ruleset.MindsetTable, d.MindsetRow), set.Row(ruleset.SenderTable, d.SenderRow)} {
		if row != nil {
			r.Rules = append(r.Rules, Rule{row.Table.String(), row.ID})
		}
	}
	return r
}
