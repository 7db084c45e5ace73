package ruleset

import (
	"cmp"
	"math"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Cube is a set of literals on different columns, in order of their columns,
// that must all hold. The empty cube always holds.
type Cube []Literal

// Literal is what a cube asks of one column. It holds for exactly one of: an
// unknown fact (Unknown), a known scalar in one of Ranges, or a known set that
// includes something of every mask of Any and nothing of None.
type Literal struct {
	Column  fact.ID
	Unknown bool
	Ranges  []Range  // of Bool, Enum, Int and Decimal columns: sorted, apart, never empty
	Any     []uint64 // of Set columns: sorted bit masks of positions, none within another
	None    uint64
}

// Range is a run of raw values, both ends included.
type Range struct{ From, To int64 }

var everything = []Range{{math.MinInt64, math.MaxInt64}}

// Holds reports whether a column with this value meets the literal.
func (l *Literal) Holds(known bool, raw int64) bool {
	if !known || l.Unknown {
		return known != l.Unknown
	}
	if l.isSet() {
		return l.holdsSet(uint64(raw))
	}
	for _, r := range l.Ranges {
		if r.From <= raw && raw <= r.To {
			return true
		}
	}
	return false
}

func (l *Literal) isSet() bool { return !l.Unknown && l.Ranges == nil }

func (l *Literal) holdsSet(in uint64) bool {
	for _, m := range l.Any {
		if in&m == 0 {
			return false
		}
	}
	return in&l.None == 0
}

// meet is what both literals ask of their column together; false where nothing
// can meet both.
func meet(a, b *Literal) (Literal, bool) {
	switch {
	case a.Unknown || b.Unknown:
		return *a, a.Unknown && b.Unknown
	case a.isSet():
		l := Literal{Column: a.Column, Any: slices.Concat(a.Any, b.Any), None: a.None | b.None}
		return l, l.tidy()
	}
	l := Literal{Column: a.Column, Ranges: meetRanges(a.Ranges, b.Ranges)}
	return l, len(l.Ranges) > 0
}

func meetRanges(a, b []Range) (out []Range) {
	for len(a) > 0 && len(b) > 0 {
		if r := (Range{max(a[0].From, b[0].From), min(a[0].To, b[0].To)}); r.From <= r.To {
			out = append(out, r)
		}
		if a[0].To < b[0].To {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// tidy brings a set literal into its only form and reports whether any set can
// meet it: positions that None forbids leave the masks of Any, and a mask that
// holds a smaller one says nothing more.
func (l *Literal) tidy() bool {
	for i := range l.Any {
		if l.Any[i] &^= l.None; l.Any[i] == 0 {
			return false
		}
	}
	slices.Sort(l.Any)
	masks := slices.Compact(l.Any)
	l.Any = nil
	for i, m := range masks {
		if !slices.ContainsFunc(masks, func(o uint64) bool { return o != m && o&^m == 0 }) {
			l.Any = append(l.Any, masks[i])
		}
	}
	return true
}

// and is what both cubes ask together; false where nothing can meet both.
func and(a, b Cube) (Cube, bool) {
	out := make(Cube, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0].Column, b[0].Column); {
		case c < 0:
			out, a = append(out, a[0]), a[1:]
		case c > 0:
			out, b = append(out, b[0]), b[1:]
		default:
			l, ok := meet(&a[0], &b[0])
			if !ok {
				return nil, false
			}
			out, a, b = append(out, l), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...), true
}

// on is the cube's literal on a column, or nil.
func (c Cube) on(id fact.ID) *Literal {
	i, ok := slices.BinarySearchFunc(c, id, func(l Literal, id fact.ID) int { return cmp.Compare(l.Column, id) })
	if !ok {
		return nil
	}
	return &c[i]
}

// without is the cube less its literal on a column.
func (c Cube) without(id fact.ID) Cube {
	return slices.DeleteFunc(slices.Clone(c), func(l Literal) bool { return l.Column == id })
}
