package ruleset

import (
	"errors"
	"math"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// MaxCubes is how many cubes one rule may multiply out to.
const MaxCubes = 64

var errTooManyCubes = errors.New("too many combinations")

// multiplier turns conditions into unions of cubes.
type multiplier struct {
	catalogue *fact.Catalogue
	topics    []Topic // for what a kind of topic stands for
}

// cubes multiplies a condition out. A condition that nothing can meet has no
// cubes; a nil condition has one cube without literals.
func (m *multiplier) cubes(c *Condition) ([]Cube, error) {
	switch {
	case c == nil:
		return []Cube{{}}, nil
	case c.Op == AnyOf:
		var out []Cube
		for _, x := range c.Of {
			more, err := m.cubes(x)
			if err != nil {
				return nil, err
			}
			if out = append(out, more...); len(out) > MaxCubes {
				return nil, errTooManyCubes
			}
		}
		return out, nil
	case c.Op == AllOf:
		return m.product(c.Of)
	}
	if l, ok := m.literal(c); ok {
		return []Cube{{l}}, nil
	}
	return nil, nil
}

func (m *multiplier) product(all []*Condition) ([]Cube, error) {
	out := []Cube{{}}
	for _, x := range all {
		factor, err := m.cubes(x)
		if err != nil {
			return nil, err
		}
		if len(out)*len(factor) > MaxCubes {
			return nil, errTooManyCubes
		}
		var next []Cube
		for _, a := range out {
			for _, b := range factor {
				if ab, ok := and(a, b); ok {
					next = append(next, ab)
				}
			}
		}
		out = next
	}
	return out, nil
}

// literal is one comparison; false where no value can meet it. A condition on
// the kind of topic becomes one on the topics of that kind, so that no cube
// reads both.
func (m *multiplier) literal(c *Condition) (Literal, bool) {
	l := Literal{Column: c.Column}
	if c.Op == Known && c.Values[0] == 0 {
		l.Unknown = true
		return l, true
	}
	d := m.catalogue.Def(c.Column)
	if d.Kind == fact.Set {
		return l, setLiteral(&l, c)
	}
	l.Ranges = scalarRanges(c, int64(len(d.Values)))
	if c.Column == fact.TopicKind {
		kinds := l.Ranges
		l = Literal{Column: fact.Topic}
		for i := range m.topics {
			if kind := (Literal{Ranges: kinds}); kind.Holds(true, m.topics[i].kind) {
				l.Ranges = append(l.Ranges, Range{int64(i), int64(i)})
			}
		}
		l.Ranges = joined(l.Ranges)
	}
	return l, len(l.Ranges) > 0
}

func setLiteral(l *Literal, c *Condition) bool {
	var mask uint64
	for _, v := range c.Values {
		mask |= 1 << v
	}
	switch c.Op {
	case IncludesAny:
		l.Any = []uint64{mask}
	case IncludesAll:
		for _, v := range c.Values {
			l.Any = append(l.Any, 1<<v)
		}
	case IncludesNone:
		l.None = mask
	}
	return l.tidy()
}

// scalarRanges are the raw values that meet a comparison of a Bool, Enum, Int or
// Decimal column; values is the number of an Enum's values.
func scalarRanges(c *Condition, values int64) []Range {
	v := c.Values
	switch c.Op {
	case AtMost:
		return []Range{{math.MinInt64, v[0]}}
	case AtLeast:
		return []Range{{v[0], math.MaxInt64}}
	case Between:
		return []Range{{v[0], v[1]}}
	case Known:
		return everything
	case IsNot:
		rest := []Range{{0, v[0] - 1}, {v[0] + 1, max(values, 2) - 1}}
		return slices.DeleteFunc(rest, func(r Range) bool { return r.From > r.To })
	}
	var out []Range
	for _, x := range slices.Sorted(slices.Values(v)) {
		out = append(out, Range{x, x})
	}
	return joined(out)
}

// joined merges sorted ranges that touch.
func joined(rs []Range) []Range {
	var out []Range
	for _, r := range rs {
		if n := len(out); n > 0 && r.From <= out[n-1].To+1 {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}
