package ruleset

import (
	"math"
	"math/bits"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// TiedBenefit is what the derived column tied_benefit stands for: it is true
// exactly in these cubes, and never unknown.
func (s *Set) TiedBenefit() []Cube {
	if s == nil {
		return nil
	}
	return tiedBenefit(s.topics)
}

// tiedBenefit is the definition of the derived column tied_benefit as a union
// of cubes: for each group of topics with the same benefits, coverage is active
// and one of those benefits is there.
func tiedBenefit(topics []Topic) []Cube {
	var out []Cube
	for i := range topics {
		mask := topics[i].benefits
		if mask == 0 || firstWith(topics, mask) < i {
			continue
		}
		out = append(out, Cube{
			{Column: fact.CoverageStatus, Ranges: []Range{{fact.CoverageActive, fact.CoverageActive}}},
			{Column: fact.BenefitAvailable, Any: []uint64{uint64(mask)}},
			{Column: fact.Topic, Ranges: topicsWith(topics, mask)},
		})
	}
	return out
}

// untied is what remains: the cubes of a tied_benefit that is false.
func untied(topics []Topic) []Cube {
	var out []Cube
	for i := range topics {
		mask := topics[i].benefits
		if firstWith(topics, mask) < i {
			continue
		}
		on := Literal{Column: fact.Topic, Ranges: topicsWith(topics, mask)}
		if mask == 0 {
			out = append(out, Cube{on})
			continue
		}
		out = append(out,
			Cube{{Column: fact.CoverageStatus, Unknown: true}, on},
			Cube{{Column: fact.CoverageStatus, Ranges: []Range{{fact.CoverageActive + 1, math.MaxInt64}}}, on},
			Cube{{Column: fact.BenefitAvailable, Unknown: true}, on},
			Cube{{Column: fact.BenefitAvailable, None: uint64(mask)}, on})
	}
	return out
}

func firstWith(topics []Topic, mask int64) int {
	for i := range topics {
		if topics[i].benefits == mask {
			return i
		}
	}
	return len(topics)
}

func topicsWith(topics []Topic, mask int64) []Range {
	var out []Range
	for i := range topics {
		if topics[i].benefits == mask {
			out = append(out, Range{int64(i), int64(i)})
		}
	}
	return joined(out)
}

// spelledOut replaces a cube's literal on tied_benefit by what it stands for,
// which gives a union of cubes on facts alone; none where nobody can meet c.
func spelledOut(c Cube, topics []Topic) []Cube {
	tied := c.on(fact.TiedBenefit)
	if tied == nil {
		return []Cube{c}
	}
	rest := c.without(fact.TiedBenefit)
	var out []Cube
	for v, meaning := range [2][]Cube{untied(topics), tiedBenefit(topics)} {
		if !tied.Holds(true, int64(v)) {
			continue
		}
		for _, m := range meaning {
			if both, ok := and(rest, m); ok {
				out = append(out, both)
			}
		}
	}
	return out
}

func (l *loader) anyPossible(cubes []Cube) bool {
	for _, c := range cubes {
		if len(spelledOut(c, l.set.topics)) > 0 {
			return true
		}
	}
	return false
}

// sample is a value that meets a literal.
func (l *Literal) sample() (known bool, raw int64) {
	switch {
	case l.Unknown:
		return false, 0
	case l.isSet():
		for _, m := range l.Any {
			raw |= 1 << bits.TrailingZeros64(m)
		}
		return true, raw
	case l.Ranges[0].From != math.MinInt64:
		return true, l.Ranges[0].From
	case l.Ranges[0].To != math.MaxInt64:
		return true, l.Ranges[0].To
	}
	return true, 0
}

// example describes a member who meets a cube, in the words of the files.
func example(c Cube, catalogue *fact.Catalogue) string {
	if len(c) == 0 {
		return "anyone"
	}
	parts := make([]string, len(c))
	for i := range c {
		d := catalogue.Def(c[i].Column)
		known, raw := c[i].sample()
		parts[i] = d.Name + " " + spell(d, known, raw)
	}
	return strings.Join(parts, ", ")
}

// spell prints a value as content spells it.
func spell(d *fact.Def, known bool, raw int64) string {
	switch {
	case !known:
		return "not known"
	case d.Kind == fact.Bool:
		return [2]string{"false", "true"}[raw&1]
	case d.Kind == fact.Enum && raw >= 0 && raw < int64(len(d.Values)):
		return d.Values[raw]
	case d.Kind == fact.Set:
		var in []string
		for i, v := range d.Values {
			if raw>>i&1 == 1 {
				in = append(in, v)
			}
		}
		return "[" + strings.Join(in, ", ") + "]"
	}
	return amount(d, raw)
}
