package wire

import (
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// tokens writes a sentence; both enumerations have the same order.
func tokens(s sentence.Sentence) []*pb.Token {
	out := make([]*pb.Token, len(s))
	for i, t := range s {
		out[i] = &pb.Token{Text: t.Text, Kind: pb.Token_Kind(t.Kind) + pb.Token_PLAIN, Ref: t.Ref, Path: t.Path}
	}
	return out
}

// condition writes a condition as a tree; the words tell how content spells its
// constants. nil is nil.
func condition(c *ruleset.Condition, words *fact.Catalogue, p *sentence.Printer) *pb.Condition {
	if c == nil {
		return nil
	}
	out := &pb.Condition{}
	switch c.Op {
	case ruleset.AllOf:
		out.All = conditions(c.Of, words, p)
		return out
	case ruleset.AnyOf:
		out.Any = conditions(c.Of, words, p)
		return out
	}
	out.Fact, out.Operator = words.Def(c.Column).Name, c.Op.String()
	if c.Op == ruleset.Known || words.Def(c.Column).Kind == fact.Bool {
		out.Values = []string{"false"}
		if len(c.Values) > 0 && c.Values[0] != 0 {
			out.Values[0] = "true"
		}
		return out
	}
	for _, t := range p.Condition(c) {
		if t.Kind == sentence.Value {
			out.Values = append(out.Values, t.Ref)
		}
	}
	return out
}

func conditions(all []*ruleset.Condition, words *fact.Catalogue, p *sentence.Printer) []*pb.Condition {
	out := make([]*pb.Condition, len(all))
	for i, c := range all {
		out[i] = condition(c, words, p)
	}
	return out
}

// Names of what the catalogue counts with bits and positions.
var (
	kindNames    = map[fact.Kind]string{fact.Bool: "bool", fact.Enum: "enum", fact.Set: "set", fact.Int: "int", fact.Decimal: "decimal", fact.Opaque: "opaque"}
	privacyNames = map[fact.Privacy]string{fact.NotPHI: "none", fact.Identifier: "identifier", fact.Demographic: "demographic", fact.PHI: "phi", fact.Sensitive: "sensitive"}
	readerNames  = []struct {
		bit  fact.Readers
		name string
	}{{fact.ByMindset, "mindset"}, {fact.BySender, "sender"}, {fact.ByAdvice, "advice"}, {fact.ByPolicy, "policy"}, {fact.ByText, "text"}, {fact.BySafety, "safety"}}
)

// Facts writes the catalogue.
func Facts(all []rulebook.Fact) *pb.ListFactsResponse {
	out := &pb.ListFactsResponse{}
	for i := range all {
		out.Facts = append(out.Facts, factEntry(&all[i]))
	}
	return out
}

func factEntry(f *rulebook.Fact) *pb.FactEntry {
	d := f.Def
	m := &pb.FactEntry{Name: d.Name, Type: kindNames[d.Kind], Group: d.Group, Label: f.Label, Description: d.Role, Synonyms: f.Synonyms,
		Unit: d.Unit, Privacy: privacyNames[d.Privacy], MaxAge: ageWords(d), Own: d.Group == "own"}
	if d.Kind == fact.Int || d.Kind == fact.Decimal {
		m.Min, m.Max = number(d, d.Min), number(d, d.Max)
	}
	for _, v := range f.Values {
		m.Values = append(m.Values, &pb.FactWord{Id: v.ID, Label: v.Label})
	}
	for _, o := range f.Operators {
		m.Operators = append(m.Operators, &pb.FactOperator{Id: o.Op.String(), Label: o.Label, MinValues: int32(o.Min), MaxValues: int32(o.Most)})
	}
	for _, r := range readerNames {
		if d.ReadBy(r.bit) {
			m.Readers = append(m.Readers, r.name)
		}
	}
	return m
}
