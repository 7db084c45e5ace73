package ruleset

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Op is how a condition compares, or how it joins others.
type Op uint8

const (
	AllOf        Op = iota + 1
	AnyOf           //
	Is              // Bool, Enum, Int, Decimal
	IsNot           // Bool, Enum: known, and not the value
	IsAnyOf         // Enum
	IncludesAny     // Set
	IncludesAll     // Set
	IncludesNone    // Set: known, and none of them in it
	AtMost          // Int, Decimal
	AtLeast         //
	Between         // both ends included
	Known           // of every kind; the value 0 asks for unknown
)

// ops are the operators as content spells them; the groups have no fact.
var ops = []string{Is: "is", IsNot: "is_not", IsAnyOf: "is_any_of", IncludesAny: "includes_any_of", IncludesAll: "includes_all_of",
	IncludesNone: "includes_none_of", AtMost: "at_most", AtLeast: "at_least", Between: "between", Known: "known", AllOf: "all", AnyOf: "any"}

func (o Op) String() string { return ops[o] }

// Condition is one comparison of a fact with constants, or a group of
// conditions.
type Condition struct {
	Op Op
	Of []*Condition // of AllOf and AnyOf

	Column fact.ID // of comparisons
	// Values are positions for Bool, Enum and Set, the number for Int and
	// thousandths for Decimal, in the fact's own unit; two for Between, and 1 or
	// 0 for Known.
	Values []int64
	Unit   string // as written with the number: "days" on a fact in hours; often empty
	strictyaml.Pos
}

// reads lists the columns of a condition in order; c may be nil.
func (c *Condition) reads() []fact.ID {
	var ids []fact.ID
	c.each(func(leaf *Condition) { ids = append(ids, leaf.Column) })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// each calls f with every comparison of a condition; c may be nil.
func (c *Condition) each(f func(*Condition)) {
	switch {
	case c == nil:
	case c.Op == AllOf || c.Op == AnyOf:
		for _, x := range c.Of {
			x.each(f)
		}
	default:
		f(c)
	}
}
