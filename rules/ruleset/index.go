package ruleset

import (
	"math"
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// index finds the rows of a table that fit a question, in their order, without
// looking at most of them. It is a shallow tree: a node looks one column up and
// goes on with the cubes that care about the column and that its atom meets, and
// with those that do not care; a leaf compares its cubes 64 at a time.
type index struct {
	root   place
	nodes  []node
	leaves []leaf
}

// place is somewhere in the tree: 0 nowhere, n node n-1, -n leaf n-1.
type place int32

type node struct {
	place     uint8   // of the column
	kids      []place // by atom
	rest      place   // the cubes that do not care
	restFirst bool    // which hold earlier rows: what they leave to find is less
}

// found holds the first rows that fit, at most max of them, in order.
type found struct {
	rows [decision.MaxAdvice]int32
	n    int
	max  int
}

// bound is the row from which on rows are of no interest.
func (f *found) bound() int32 {
	if f.n < f.max {
		return math.MaxInt32
	}
	return f.rows[f.n-1]
}

// add keeps a row below the bound in its order.
func (f *found) add(row int32) {
	at := f.n
	for at > 0 && f.rows[at-1] >= row {
		if at--; f.rows[at] == row {
			return
		}
	}
	if f.n < f.max {
		f.n++
	}
	copy(f.rows[at+1:f.n], f.rows[at:])
	f.rows[at] = row
}

// match adds the rows that fit.
func (x *index) match(v *view, at place, f *found) {
	for at > 0 {
		n := &x.nodes[at-1]
		kid, rest := n.kids[v.atoms[n.place]], n.rest
		if n.restFirst {
			kid, rest = rest, kid
		}
		x.match(v, kid, f)
		at = rest
	}
	if at < 0 {
		x.leaves[-at-1].match(v, f)
	}
}

const (
	// leafCubes is how many cubes a leaf may hold without any attempt to split.
	leafCubes = 64
	// worthwhile is to what part a node must shrink the cubes to look at.
	worthwhile = 0.5
	// copies bounds how often, on average, a cube that cares about a node's
	// column may be in its branches.
	copies = 8
)

// entry is one cube of a row, ready to be placed.
type entry struct {
	row  int32
	cube Cube
	fits []atoms // by the cube's literals
}

// atoms is a bit set of a column's atoms.
type atoms []uint64

func (a atoms) has(i int) bool { return a[i/64]>>(i%64)&1 == 1 }

func (a atoms) count() int {
	n := 0
	for _, w := range a {
		n += bits.OnesCount64(w)
	}
	return n
}

// on is which atoms of a column meet an entry; nil where it does not care.
func (e *entry) on(id fact.ID) atoms {
	for i := range e.cube {
		if e.cube[i].Column == id {
			return e.fits[i]
		}
	}
	return nil
}

// builder grows one index.
type builder struct {
	index     *index
	cols      []Column
	entries   []entry
	firstOnly bool // only the first row that fits is wanted
}

// newIndex indexes rows given as their cubes; cols are cut finely enough for
// them.
func newIndex(cols []Column, rows [][]Cube, firstOnly bool) *index {
	b := &builder{index: &index{}, cols: cols, firstOnly: firstOnly}
	fits := map[string]atoms{}
	var list []int32
	for row, cubes := range rows {
		for _, c := range cubes {
			list = append(list, int32(len(b.entries)))
			b.entries = append(b.entries, entry{int32(row), c, b.fitsOf(c, fits)})
		}
	}
	b.index.root = b.grow(list, nil)
	return b.index
}

// fitsOf works out which atoms meet each literal, once for equal literals.
func (b *builder) fitsOf(c Cube, known map[string]atoms) []atoms {
	out := make([]atoms, len(c))
	for i := range c {
		col := columnOf(b.cols, c[i].Column)
		key := string(c[i].appendKey([]byte{byte(col.ID)}))
		if known[key] == nil {
			set := make(atoms, (col.indexed()+63)/64)
			for a := range col.indexed() {
				if col.mayFit(&c[i], a) {
					set[a/64] |= 1 << (a % 64)
				}
			}
			known[key] = set
		}
		out[i] = known[key]
	}
	return out
}

// grow builds the tree for a list of entries, of which the columns in used have
// been looked at.
func (b *builder) grow(list []int32, used []fact.ID) place {
	if b.firstOnly {
		list = b.upToCertain(list, used)
	}
	if len(list) == 0 {
		return 0
	}
	if col := b.split(list, used); col != nil {
		return b.branch(list, used, col)
	}
	b.index.leaves = append(b.index.leaves, b.leaf(list, used))
	return -place(len(b.index.leaves))
}

// upToCertain drops what comes after an entry that is sure to fit here.
func (b *builder) upToCertain(list []int32, used []fact.ID) []int32 {
	for k, i := range list {
		if !slices.ContainsFunc(b.entries[i].cube, func(l Literal) bool { return !slices.Contains(used, l.Column) }) {
			return list[:k+1]
		}
	}
	return list
}

func (b *builder) branch(list []int32, used []fact.ID, col *Column) place {
	b.index.nodes = append(b.index.nodes, node{})
	at := len(b.index.nodes)
	parts, rest := make([][]int32, col.Atoms()), []int32(nil)
	for _, i := range list {
		fits := b.entries[i].on(col.ID)
		if fits == nil {
			rest = append(rest, i)
			continue
		}
		for a := range parts {
			if fits.has(a) {
				parts[a] = append(parts[a], i)
			}
		}
	}
	used = append(slices.Clone(used), col.ID)
	n := node{col.place, make([]place, len(parts)), b.grow(rest, used), len(rest) > 0 && rest[len(rest)/2] < list[len(list)/2]}
	for a, part := range parts {
		switch {
		case a > 0 && slices.Equal(part, parts[a-1]):
			n.kids[a] = n.kids[a-1]
		default:
			n.kids[a] = b.grow(part, used)
		}
	}
	b.index.nodes[at-1] = n
	return place(at)
}

// split chooses the column after which the fewest entries are left to look at,
// on average over its atoms, or nil where a leaf is better.
func (b *builder) split(list []int32, used []fact.ID) *Column {
	if len(list) <= leafCubes {
		return nil
	}
	var best *Column
	least := worthwhile * float64(len(list))
	for i := range b.cols {
		col := &b.cols[i]
		if col.Samples == nil || slices.Contains(used, col.ID) {
			continue
		}
		caring, placed := 0, 0
		for _, i := range list {
			if fits := b.entries[i].on(col.ID); fits != nil {
				caring++
				placed += fits.count()
			}
		}
		left := float64(len(list)-caring) + float64(placed)/float64(col.Atoms())
		if left < least && placed <= copies*caring {
			best, least = col, left
		}
	}
	return best
}
