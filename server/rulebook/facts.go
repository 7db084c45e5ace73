package rulebook

import (
	"context"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Fact is one fact, or derived column, that rules may read.
type Fact struct {
	ID        fact.ID
	Def       *fact.Def
	Label     string
	Synonyms  []string
	Values    []Value
	Operators []Operator
}

// Value is one value of a fact, in words.
type Value struct{ ID, Label string }

// Operator is one comparison that makes sense for a fact.
type Operator struct {
	Op        ruleset.Op
	Label     string
	Min, Most int // constants it takes
}

// maxConstants bounds the constants of one comparison.
const maxConstants = 64

// operators are the comparisons by the kind of a fact, the usual one first.
var operators = map[fact.Kind][]Operator{
	fact.Bool: {{Op: ruleset.Is, Min: 1, Most: 1}},
	fact.Enum: {{Op: ruleset.IsAnyOf, Min: 1, Most: maxConstants}, {Op: ruleset.Is, Min: 1, Most: 1}, {Op: ruleset.IsNot, Min: 1, Most: 1}},
	fact.Set: {{Op: ruleset.IncludesAny, Min: 1, Most: maxConstants}, {Op: ruleset.IncludesAll, Min: 1, Most: maxConstants},
		{Op: ruleset.IncludesNone, Min: 1, Most: maxConstants}},
	fact.Int:     {{Op: ruleset.AtMost, Min: 1, Most: 1}, {Op: ruleset.AtLeast, Min: 1, Most: 1}, {Op: ruleset.Between, Min: 2, Most: 2}, {Op: ruleset.Is, Min: 1, Most: 1}},
	fact.Decimal: {{Op: ruleset.AtMost, Min: 1, Most: 1}, {Op: ruleset.AtLeast, Min: 1, Most: 1}, {Op: ruleset.Between, Min: 2, Most: 2}, {Op: ruleset.Is, Min: 1, Most: 1}},
}

// Facts lists the facts that rules of a content may read, with their words.
func (b *Book) Facts(ctx context.Context, tenant string, r Ref, language string) ([]Fact, error) {
	c, err := b.open(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	if c.set == nil {
		return nil, &revision.Error{Code: revision.NotGreen, Message: "this content can't be read; check says why",
			Report: &revision.Report{Digest: c.digest, Day: c.day, Parts: revision.PartCheck, Problems: c.problems}}
	}
	p, catalogue := sentence.New(c.set, language), c.set.Catalogue()
	var out []Fact
	for _, id := range catalogue.All() {
		d := catalogue.Def(id)
		f := Fact{ID: id, Def: d, Label: p.Label(id), Synonyms: synonyms(c.set.FactWords(id).Synonyms, language)}
		for i, v := range d.Values {
			f.Values = append(f.Values, Value{v, valueLabel(p, id, d, i)})
		}
		for _, o := range operators[d.Kind] {
			o.Label = operatorLabel(p, id, d, o)
			f.Operators = append(f.Operators, o)
		}
		if d.Kind != fact.Opaque {
			known := ruleset.Condition{Op: ruleset.Known, Column: id, Values: []int64{1}}
			f.Operators = append(f.Operators, Operator{ruleset.Known, p.Condition(&known).String(), 1, 1})
		}
		out = append(out, f)
	}
	return out, nil
}

// synonyms are the other words of a language, or else of English.
func synonyms(all map[string][]string, language string) []string {
	base, _, _ := strings.Cut(language, "-")
	for _, tag := range []string{language, strings.ToLower(base), "en"} {
		if words, ok := all[tag]; ok {
			return words
		}
	}
	return nil
}

// valueLabel is a value as sentences say it.
func valueLabel(p *sentence.Printer, id fact.ID, d *fact.Def, i int) string {
	op := ruleset.Is
	if d.Kind == fact.Set {
		op = ruleset.IncludesAny
	}
	return words(p.Condition(&ruleset.Condition{Op: op, Column: id, Values: []int64{int64(i)}}), sentence.Value, d.Values[i])
}

// operatorLabel is a comparison as sentences say it.
func operatorLabel(p *sentence.Printer, id fact.ID, d *fact.Def, o Operator) string {
	values := make([]int64, o.Min)
	for i := range values {
		values[i] = min(d.Min+int64(i), d.Max)
	}
	if d.Kind == fact.Bool {
		values[0] = 1
	}
	return words(p.Condition(&ruleset.Condition{Op: o.Op, Column: id, Values: values}), sentence.Operator, o.Op.String())
}

// words are the words of the tokens of one kind; other ones if there are none.
func words(s sentence.Sentence, kind sentence.Kind, otherwise string) string {
	var out []string
	for _, t := range s {
		if text := strings.TrimSpace(t.Text); t.Kind == kind && text != "" {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return otherwise
	}
	return strings.Join(out, " ")
}
