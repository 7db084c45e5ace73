package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/trial"
)

// request turns the question of a case into a request.
func (e *engine) request(a *casefile.Ask) (*recommend.Request, error) {
	r, err := trial.Question(e.snapshot, a)
	if errors.Is(err, trial.ErrTopic) {
		return nil, fmt.Errorf("there is no topic %s%s", a.Topic, meant(a.Topic, e.topics()))
	}
	return r, err
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
	return trial.Outcome(a), nil
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
