package ruleset

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// constants reads what a comparison compares with into c.Values, and reports
// whether it could.
func (p *parser) constants(c *Condition, d *fact.Def, n strictyaml.Node) bool {
	switch {
	case c.Op == Known || d.Kind == fact.Bool:
		var b bool
		if !n.Decode(&b) {
			return false
		}
		c.Values = []int64{0}
		if b {
			c.Values[0] = 1
		}
		return true
	case c.Op == IsAnyOf || d.Kind == fact.Set:
		return p.valueList(c, d, n)
	case d.Kind == fact.Enum:
		v, ok := p.value(c.Column, d, n)
		c.Values = []int64{v}
		return ok
	case c.Op == Between:
		return between(c, d, n)
	}
	v, unit, ok := quantity(d, n)
	c.Values, c.Unit = []int64{v}, unit
	return ok
}

// value reads one value of an Enum or Set column as its position.
func (p *parser) value(id fact.ID, d *fact.Def, n strictyaml.Node) (int64, bool) {
	if !n.Is(strictyaml.Scalar) {
		return 0, false
	}
	i, ok := p.catalogue.Value(id, n.Text())
	if !ok {
		n.Problems().Unknown(n.Pos(), "unknown-value", "value of "+d.Name+" called", n.Text(), d.Values)
	}
	return int64(i), ok
}

func (p *parser) valueList(c *Condition, d *fact.Def, n strictyaml.Node) bool {
	if !n.Is(strictyaml.List) {
		return false
	}
	good := true
	for _, item := range n.Items() {
		v, ok := p.value(c.Column, d, item)
		if ok && slices.Contains(c.Values, v) {
			item.Errorf("duplicate-value", "this value is in the list twice")
			ok = false
		}
		c.Values = append(c.Values, v)
		good = good && ok
	}
	if len(c.Values) == 0 {
		n.Errorf("empty-list", "at least one value is needed here")
		return false
	}
	return good
}

func between(c *Condition, d *fact.Def, n strictyaml.Node) bool {
	if !n.Is(strictyaml.List) {
		return false
	}
	ends := n.Items()
	if len(ends) != 2 {
		n.Errorf("wrong-type", "two numbers are expected here: [from, to]")
		return false
	}
	from, _, ok := quantity(d, ends[0])
	to, unit, ok2 := quantity(d, ends[1])
	if ok && ok2 && from > to {
		n.Errorf("empty-range", "the first number is larger than the second")
		return false
	}
	c.Values, c.Unit = []int64{from, to}, unit
	return ok && ok2
}
