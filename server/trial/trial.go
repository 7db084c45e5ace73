// Package trial answers the cases of a content as the service would answer them:
// the whole way, with policy and what each side may see, storing nothing.
//
// In: a content. Out: a function for casefile.Run. What is tried before a publish
// is thus what is served after it.
package trial

import (
	"context"
	"errors"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Answers is what the cases of a content are held against. Cases are answered one
// after the other, each at its own time.
func Answers(rev *content.Revision) (casefile.Answer, casefile.Level, error) {
	snap, err := recommend.NewSnapshot(rev)
	if err != nil {
		return nil, 0, err
	}
	var at time.Time
	s := recommend.New(recommend.Options{StandIn: snap, Now: func() time.Time { return at }})
	s.Use("", snap)
	return func(c casefile.Case) (casefile.Outcome, error) {
		q, err := Question(snap, &c.Ask)
		if err != nil {
			return casefile.Outcome{}, err
		}
		at = c.At
		a, err := s.Recommend(context.Background(), snap, q)
		if err != nil {
			return casefile.Outcome{}, err
		}
		return Outcome(a), nil
	}, casefile.Whole, nil
}

// What a case can't ask.
var (
	ErrAsker  = errors.New("asker can be insurer, provider or integrated")
	ErrTopic  = errors.New("there is no such topic")
	ErrSystem = errors.New("the system of a diagnosis can be icd10cm or snomed")
)

// Question turns the question of a case into a request.
func Question(snap *recommend.Snapshot, a *casefile.Ask) (*recommend.Request, error) {
	q := &recommend.Request{Text: a.Text, Language: a.Language, Facts: a.Facts}
	var ok bool
	if q.Asker, ok = recommend.ParseAsker(a.Asker); !ok {
		return nil, ErrAsker
	}
	if a.Topic != "" {
		if q.Topic, q.HasTopic = snap.Topic(a.Topic); !q.HasTopic {
			return nil, ErrTopic
		}
	}
	for _, d := range a.Diagnoses {
		dx := intake.Diagnosis{Code: d.Code, Onset: d.Onset, Abated: d.Abated}
		switch d.System {
		case "icd10cm":
			dx.System = intake.ICD10CM
		case "snomed":
			dx.System = intake.SNOMEDCT
		default:
			return nil, ErrSystem
		}
		q.Diagnoses = append(q.Diagnoses, dx)
	}
	return q, nil
}

// Outcome is an answer in the words of cases.
func Outcome(a *recommend.Answer) casefile.Outcome {
	var out casefile.Outcome
	for i := range a.Recommendations {
		out.Recommendations = append(out.Recommendations, recommendation(&a.Recommendations[i]))
	}
	return out
}

func recommendation(r *recommend.Recommendation) casefile.Recommendation {
	out := casefile.Recommendation{Topic: r.Topic, Mindset: r.Mindset.String(), Sender: r.Sender.String()}
	for _, a := range r.Advice {
		out.Advice = append(out.Advice, a.ID)
	}
	for _, s := range r.Suppressed {
		out.Suppressed = append(out.Suppressed, casefile.Held{ID: s.AdviceID, Code: s.Code.String()})
	}
	for _, why := range r.Reasons {
		if why.Table != "" {
			out.Rules = append(out.Rules, casefile.Rule{Table: why.Table, ID: why.RuleID})
		}
	}
	return out
}
