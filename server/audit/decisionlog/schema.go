package decisionlog

import (
	"encoding/json"
	"errors"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Schema is the names that the records of one revision use.
type Schema struct {
	Number   uint64      `json:"number"` // within the file
	Revision string      `json:"revision"`
	Facts    []Fact      `json:"facts"`
	Topics   []string    `json:"topics"`
	Rules    [2][]string `json:"rules"` // by ruleset.Table
	Items    []string    `json:"items"`

	names []int // of the topics, across all schemas of a Reader
}

// Fact is a fact that the revision could have told.
type Fact struct {
	Name   string    `json:"name"`
	Kind   fact.Kind `json:"kind"`
	Values []string  `json:"values,omitempty"`
}

// recorded reports whether a fact is kept: whether rules might read it.
func recorded(id fact.ID, d *fact.Def) bool {
	return id == fact.MemberChoice || d.Kind != fact.Opaque && d.ReadBy(fact.ByRules|fact.BySafety)
}

// plan is how the records of one revision are written.
type plan struct {
	number     uint64
	ids        []fact.ID // of the facts kept, in the order of the schema
	topics     int
	definition []byte // the schema as JSON
}

func newPlan(number uint64, revision string, set *ruleset.Set) (*plan, error) {
	c := set.Catalogue()
	s := Schema{Number: number, Revision: revision}
	p := &plan{number: number, topics: len(set.Topics())}
	for _, id := range c.All() {
		if d := c.Def(id); id < fact.MaxFacts && recorded(id, d) {
			p.ids = append(p.ids, id)
			s.Facts = append(s.Facts, Fact{d.Name, d.Kind, d.Values})
		}
	}
	for _, t := range set.Topics() {
		s.Topics = append(s.Topics, t.ID)
	}
	for t := range s.Rules {
		for _, row := range set.Rows(ruleset.Table(t)) {
			s.Rules[t] = append(s.Rules[t], row.ID)
		}
	}
	for _, item := range set.Items() {
		s.Items = append(s.Items, item.ID)
	}
	var err error
	p.definition, err = json.Marshal(&s)
	return p, err
}

var errNotASchema = errors.New("decisionlog: a schema that this program can't read")

// parseSchema reads a definition and refuses what records could not be read by.
func parseSchema(definition []byte) (*Schema, error) {
	s := &Schema{}
	if err := json.Unmarshal(definition, s); err != nil || len(s.Facts) > fact.MaxFacts || len(s.Topics) == 0 {
		return nil, errNotASchema
	}
	for _, f := range s.Facts {
		if f.Kind == 0 || f.Kind >= fact.Opaque || f.Kind == fact.Set && len(f.Values) > fact.MaxSetValues {
			return nil, errNotASchema
		}
	}
	return s, nil
}
