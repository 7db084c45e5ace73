package ruleset

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Column is one fact or derived column cut into atoms: the parts that no rule
// can look inside. Atom 0 is the unknown fact.
type Column struct {
	ID fact.ID

	// Samples holds a raw value of each atom of a Bool, Enum, Int or Decimal
	// column; Samples[0] is of no meaning. It is nil for Set columns, whose
	// atoms are the subsets of Mentioned.
	Samples []int64
	// Mentioned are the positions of a Set column that some rule names.
	Mentioned uint64

	place uint8    // in the list of columns
	cuts  []int64  // Int and Decimal: atom i+1 ends before cuts[i]
	class []uint16 // the atom of each raw value from base on; nil where there are too many
	base  int64
}

// columns cuts every column that the cubes read, in order of their ids.
func columns(catalogue *fact.Catalogue, cubes []Cube) []Column {
	byID := map[fact.ID][]*Literal{}
	for _, c := range cubes {
		for i := range c {
			byID[c[i].Column] = append(byID[c[i].Column], &c[i])
		}
	}
	var out []Column
	for _, id := range catalogue.All() {
		literals := byID[id]
		if len(literals) == 0 {
			continue
		}
		col := Column{ID: id, place: uint8(len(out))}
		switch d := catalogue.Def(id); d.Kind {
		case fact.Set:
			col.mention(literals)
		case fact.Int, fact.Decimal:
			col.cut(literals)
			col.tabulate(d)
		default:
			col.classify(literals, max(len(d.Values), 2))
		}
		out = append(out, col)
	}
	return out
}

func (c *Column) mention(literals []*Literal) {
	for _, l := range literals {
		c.Mentioned |= l.None
		for _, m := range l.Any {
			c.Mentioned |= m
		}
	}
}

// cut gives every interval between two constants an atom of its own.
func (c *Column) cut(literals []*Literal) {
	for _, l := range literals {
		for _, r := range l.Ranges {
			if r.From != math.MinInt64 {
				c.cuts = append(c.cuts, r.From)
			}
			if r.To != math.MaxInt64 {
				c.cuts = append(c.cuts, r.To+1)
			}
		}
	}
	slices.Sort(c.cuts)
	c.cuts = slices.Compact(c.cuts)
	c.Samples = []int64{0}
	for i := range len(c.cuts) + 1 {
		switch {
		case i > 0:
			c.Samples = append(c.Samples, c.cuts[i-1])
		case len(c.cuts) > 0:
			c.Samples = append(c.Samples, c.cuts[0]-1)
		default:
			c.Samples = append(c.Samples, 0)
		}
	}
}

// classify puts values that every literal treats alike into one atom.
func (c *Column) classify(literals []*Literal, values int) {
	literals = distinct(literals)
	c.class, c.Samples = make([]uint16, values), []int64{0}
	atoms := map[string]uint16{}
	for v := range int64(values) {
		kind := make([]byte, (len(literals)+7)/8)
		for i, l := range literals {
			if l.Holds(true, v) {
				kind[i/8] |= 1 << (i % 8)
			}
		}
		a, seen := atoms[string(kind)]
		if !seen {
			a = uint16(len(c.Samples))
			atoms[string(kind)] = a
			c.Samples = append(c.Samples, v)
		}
		c.class[v] = a
	}
}

// distinct drops literals that say the same, keeping their order.
func distinct(literals []*Literal) []*Literal {
	seen := map[string]bool{}
	var out []*Literal
	for _, l := range literals {
		if k := string(l.appendKey(nil)); !seen[k] {
			seen[k] = true
			out = append(out, l)
		}
	}
	return out
}

// appendKey appends bytes that two literals share exactly if they say the same
// of their column.
func (l *Literal) appendKey(b []byte) []byte {
	if l.Unknown {
		return append(b, 'u')
	}
	b = append(b, 'k')
	for _, r := range l.Ranges {
		b = binary.AppendVarint(binary.AppendVarint(b, r.From), r.To)
	}
	for _, m := range l.Any {
		b = binary.BigEndian.AppendUint64(b, m)
	}
	return binary.BigEndian.AppendUint64(b, l.None)
}

// The index tells three kinds of sets apart at once, and the elements later.
const (
	unknownSet = iota
	noneIn     // none of the elements that some rule names
	someIn
	setAtoms
)

// atom is where a question lies in the column; of Set columns only roughly.
// Unknown facts have the raw value 0, so that nothing needs to be known before
// it is looked up.
func (c *Column) atom(v *view) int {
	raw, known := v.at(c.ID)
	a := 0
	if c.Samples == nil {
		a = noneIn
		if uint64(raw)&c.Mentioned != 0 {
			a = someIn
		}
	} else if at := uint64(raw - c.base); at < uint64(len(c.class)) {
		a = int(c.class[at])
	} else {
		a = c.interval(raw)
	}
	if !known {
		a = 0
	}
	return a
}

// tabulate looks the atom of every value up in advance where that takes little.
func (c *Column) tabulate(d *fact.Def) {
	const most = 10_000
	if len(c.cuts) == 0 || d.Max-d.Min >= most {
		return
	}
	c.base, c.class = d.Min, make([]uint16, d.Max-d.Min+1)
	for i := range c.class {
		c.class[i] = uint16(c.interval(d.Min + int64(i)))
	}
}

// interval halves the cuts without a branch that the processor would have to
// guess: which way it goes is random.
func (c *Column) interval(raw int64) int {
	at := 0
	for n := len(c.cuts); n > 0; {
		half := (n + 1) / 2
		next := at + half
		if c.cuts[next-1] <= raw {
			at = next
		}
		n -= half
	}
	return at + 1
}

// Atoms is the number of atoms of a column that is no Set, with the unknown one.
func (c *Column) Atoms() int { return len(c.Samples) }

// indexed is how many atoms the index tells apart.
func (c *Column) indexed() int {
	if c.Samples == nil {
		return setAtoms
	}
	return len(c.Samples)
}

// mayFit reports whether a literal can hold in an atom of the index.
func (c *Column) mayFit(l *Literal, atom int) bool {
	switch {
	case c.Samples != nil:
		return c.Fits(l, atom)
	case atom == noneIn:
		return !l.Unknown && len(l.Any) == 0
	}
	return l.Unknown == (atom == unknownSet)
}

// Fits reports whether a literal on the column holds in an atom.
func (c *Column) Fits(l *Literal, atom int) bool { return l.Holds(atom != 0, c.Samples[atom]) }

// columnOf finds a column by its id, or gives nil.
func columnOf(cols []Column, id fact.ID) *Column {
	i, ok := slices.BinarySearchFunc(cols, id, func(c Column, id fact.ID) int { return cmp.Compare(c.ID, id) })
	if !ok {
		return nil
	}
	return &cols[i]
}
