package ruleset

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// maxDepth is how deep groups nest: the list under "when" is the first level.
const maxDepth = 3

// parser reads conditions for one kind of reader and checks them against the
// catalogue.
type parser struct {
	catalogue *fact.Catalogue
	names     []string // of all columns, for suggestions
	reader    fact.Readers
	who       string // the reader in messages: "the mindset table"
}

func newParser(c *fact.Catalogue, reader fact.Readers, who string) *parser {
	p := &parser{catalogue: c, reader: reader, who: who}
	for _, id := range c.All() {
		p.names = append(p.names, c.Def(id).Name)
	}
	return p
}

// when reads a list of conditions that must all hold. No node, and an empty
// list, give nil: always.
func (p *parser) when(n strictyaml.Node) *Condition {
	if n.Kind() == strictyaml.Nothing && n.Problems() == nil {
		return nil
	}
	if !n.Is(strictyaml.List) {
		return nil
	}
	if c := p.group(n, AllOf, 1); len(c.Of) > 0 {
		return c
	}
	return nil
}

func (p *parser) group(n strictyaml.Node, op Op, depth int) *Condition {
	c := &Condition{Op: op, Pos: n.Pos()}
	if depth > maxDepth {
		n.Errorf("condition-depth", "groups may be at most %d deep; make two rules of this one", maxDepth)
		return c
	}
	for _, item := range n.Items() {
		if x := p.condition(item, depth); x != nil {
			c.Of = append(c.Of, x)
		}
	}
	return c
}

// condition reads one line: {all: […]}, {any: […]} or {fact: {operator: value}}.
func (p *parser) condition(n strictyaml.Node, depth int) *Condition {
	if !n.Is(strictyaml.Mapping) {
		return nil
	}
	entries := n.Entries()
	if len(entries) != 1 {
		n.Errorf("one-condition", "one condition is expected after each dash; put a dash before the next one")
		return nil
	}
	e := entries[0]
	if op := map[string]Op{"all": AllOf, "any": AnyOf}[e.Key]; op != 0 {
		if !e.Value.Is(strictyaml.List) {
			return nil
		}
		if len(e.Value.Items()) == 0 {
			e.Value.Errorf("empty-group", "%q needs at least one condition", e.Key)
			return nil
		}
		return p.group(e.Value, op, depth+1)
	}
	return p.comparisons(e)
}

// comparisons reads what one fact is compared with. Several operators on one
// fact must all hold.
func (p *parser) comparisons(e strictyaml.Entry) *Condition {
	id, ok := p.column(e)
	if !ok {
		return nil
	}
	if e.Value.Kind() != strictyaml.Mapping {
		e.Value.Errorf("missing-operator", "say how %s compares, for example %s: {%s}", e.Key, e.Key, p.example(id))
		return nil
	}
	all := &Condition{Op: AllOf, Pos: e.At}
	for _, o := range e.Value.Entries() {
		if c := p.comparison(id, o); c != nil {
			all.Of = append(all.Of, c)
		}
	}
	switch len(all.Of) {
	case 0:
		if len(e.Value.Entries()) == 0 {
			e.Value.Errorf("missing-operator", "say how %s compares, for example %s: {%s}", e.Key, e.Key, p.example(id))
		}
		return nil
	case 1:
		return all.Of[0]
	}
	return all
}

// column finds the fact a condition names and checks that this reader may read
// it.
func (p *parser) column(e strictyaml.Entry) (fact.ID, bool) {
	problems := e.Value.Problems()
	id, ok := p.catalogue.Lookup(e.Key)
	if !ok {
		problems.Unknown(e.At, "unknown-fact", "fact", e.Key, p.names)
		return 0, false
	}
	d := p.catalogue.Def(id)
	switch {
	case p.reader != 0 && d.MaxAge == fact.Live:
		problems.Errorf(e.At, "forbidden-fact", "%s may not read %s: it is looked up anew for every answer, so no shared decision may depend on it", p.who, e.Key)
	case d.Kind == fact.Opaque:
		problems.Errorf(e.At, "forbidden-fact", "%s may not read %s: %s", p.who, e.Key, d.Role)
	case p.reader != 0 && !d.ReadBy(p.reader):
		problems.Errorf(e.At, "forbidden-fact", "%s may not read %s: %s", p.who, e.Key, d.Role)
	default:
		return id, true
	}
	return 0, false
}

// operators are those that fit each kind of fact, the usual one first.
var operators = map[fact.Kind][]Op{
	fact.Bool:    {Is, IsNot, Known},
	fact.Enum:    {Is, IsNot, IsAnyOf, Known},
	fact.Set:     {IncludesAny, IncludesAll, IncludesNone, Known},
	fact.Int:     {AtMost, AtLeast, Between, Is, Known},
	fact.Decimal: {AtMost, AtLeast, Between, Is, Known},
}

func (p *parser) example(id fact.ID) string {
	return map[fact.Kind]string{fact.Bool: "is: true", fact.Enum: "is: …", fact.Set: "includes_any_of: […]"}[p.catalogue.Def(id).Kind] +
		map[fact.Kind]string{fact.Int: "at_most: …", fact.Decimal: "at_most: …"}[p.catalogue.Def(id).Kind]
}

func (p *parser) comparison(id fact.ID, e strictyaml.Entry) *Condition {
	d := p.catalogue.Def(id)
	fitting := operators[d.Kind]
	names := make([]string, len(fitting))
	for i, o := range fitting {
		names[i] = o.String()
	}
	i := slices.Index(names, e.Key)
	switch {
	case i < 0 && slices.Contains(ops, e.Key):
		e.Value.Problems().Errorf(e.At, "wrong-operator", "%s does not fit %s; use %s", e.Key, d.Name, names[0])
		return nil
	case i < 0:
		e.Value.Problems().Unknown(e.At, "unknown-operator", "way to compare called", e.Key, names)
		return nil
	case fitting[i] == Known && id >= fact.MaxFacts:
		e.Value.Problems().Errorf(e.At, "wrong-operator", "%s is always known", d.Name)
		return nil
	}
	c := &Condition{Op: fitting[i], Column: id, Pos: e.At}
	if !p.constants(c, d, e.Value) {
		return nil
	}
	return c
}
