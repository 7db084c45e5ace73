package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// request turns the question of a case into a request.
func (e *engine) request(a *casefile.Ask) (*recommend.Request, error) {
	r := &recommend.Request{Text: a.Text, Language: a.Language, Facts: a.Facts}
	var ok bool
	if r.Asker, ok = recommend.ParseAsker(a.Asker); !ok {
		return nil, fmt.Errorf("asker can be insurer, provider or integrated")
	}
	if a.Topic != "" {
		if r.Topic, r.HasTopic = e.snapshot.Topic(a.Topic); !r.HasTopic {
			return nil, fmt.Errorf("there is no topic %s%s", a.Topic, meant(a.Topic, e.topics()))
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
			return nil, fmt.Errorf("the system of a diagnosis can be icd10cm or snomed")
		}
		r.Diagnoses = append(r.Diagnoses, dx)
	}
	return r, nil
}

func (e *engine) topics() []string { return e.snapshot.Catalogue().Def(fact.Topic).Values }

// answer answers a case the way the service does.
func (e *engine) answer(c casefile.Case) (casefile.Outcome, error) {
	r, err := e.request(&c.Ask)
	if err != nil {
		return casefile.Outcome{}, err
	}
	e.at = c.At
	a, err := e.service.Recommend(context.Background(), e.snapshot, r)
	if err != nil {
		return casefile.Outcome{}, err
	}
	var out casefile.Outcome
	for i := range a.Recommendations {
		out.Recommendations = append(out.Recommendations, caseOutcome(&a.Recommendations[i]))
	}
	return out, nil
}

func caseOutcome(r *recommend.Recommendation) casefile.Recommendation {
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

// give adds a fact written as name=value. Several values of a set are separated
// by commas; nothing after the sign is the empty set.
func (e *engine) give(a *casefile.Ask, written string) error {
	name, text, ok := strings.Cut(written, "=")
	c := e.snapshot.Catalogue()
	id, known := c.Lookup(name)
	switch {
	case !ok:
		return badArguments("--fact %s: write name=value", name)
	case !known || id >= fact.MaxFacts:
		return badArguments("--fact %s: there is no such fact%s", name, meant(name, e.facts()))
	}
	value, err := valueOf(c.Def(id), text)
	if err == nil {
		err = a.Give(c, name, value)
	}
	if err != nil {
		return badArguments("--fact %s: %v", name, err)
	}
	return nil
}

func (e *engine) facts() []string {
	c := e.snapshot.Catalogue()
	var names []string
	for _, id := range c.All() {
		if id < fact.MaxFacts {
			names = append(names, c.Def(id).Name)
		}
	}
	return names
}

// valueOf reads the text of a value by the kind of its fact.
func valueOf(d *fact.Def, text string) (any, error) {
	switch d.Kind {
	case fact.Bool:
		v, err := strconv.ParseBool(text)
		if err != nil {
			return nil, fmt.Errorf("it is true or false")
		}
		return v, nil
	case fact.Set:
		if text == "" {
			return []string{}, nil
		}
		return strings.Split(text, ","), nil
	case fact.Int, fact.Decimal:
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("it is a number of %s", d.Unit)
		}
		return v, nil
	}
	return text, nil
}

// meant suggests the word that was probably meant.
func meant(typed string, known []string) string {
	if s := strictyaml.Suggest(typed, known); s != "" {
		return " (did you mean " + s + "?)"
	}
	return ""
}
