package ruleset

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// index finds the rows of a table that fit a question, in their order, without
// looking at most of them. It is a shallow tree: each node looks up one column
// and goes on with the cubes that its atom leaves; a leaf holds few cubes and
// compares them all at once, one bit each.
type index struct {
	root   int32
	nodes  []node
	leaves []leaf
}

// node leads on by the atom of a column: to a node, or to the leaf ^kid.
type node struct {
	col  *Column
	kids []int32
}

// match fills out with the first rows that fit and returns how many there are,
// at most len(out).
func (x *index) match(v *view, out []int32) int {
	at := x.root
	for at >= 0 {
		n := &x.nodes[at]
		at = n.kids[n.col.atom(v)]
	}
	return x.leaves[^at].match(v, out)
}

const (
	// leafCubes is how many cubes a leaf should hold: two words of bits.
	leafCubes = 128
	// copies bounds how often, on average, a cube may be in a leaf: a cube that
	// does not care about a node's column goes into every branch.
	copies = 16
	// worthwhile is by how much a node must shrink the cubes to be worth its look-up.
	worthwhile = 0.7
)

// entry is one cube of a row, ready to be placed.
type entry struct {
	row  int32
	cube Cube
	fits []atoms // by the cube's literals; nil for those on sets
}

// atoms is a bit set of a column's atoms.
type atoms []uint64

func (a atoms) has(i int) bool { return a[i/64]>>(i%64)&1 == 1 }

// builder grows one index.
type builder struct {
	index     *index
	cols      []Column
	entries   []entry
	firstOnly bool             // only the first row that fits is wanted
	placed    map[string]int32 // equal parts of the tree are kept once
}

// newIndex indexes rows given as their cubes.
func newIndex(catalogue *fact.Catalogue, rows [][]Cube, firstOnly bool) *index {
	b := &builder{index: &index{}, cols: columns(catalogue, slices.Concat(rows...)), firstOnly: firstOnly, placed: map[string]int32{}}
	fits := map[string]atoms{}
	var list []int32
	for row, cubes := range rows {
		for _, c := range cubes {
			list = append(list, int32(len(b.entries)))
			b.entries = append(b.entries, entry{int32(row), c, b.fitsOf(c, fits)})
		}
	}
	b.index.root = b.grow(list, nil, copies*len(list)+4096)
	return b.index
}

// fitsOf works out which atoms meet each literal, once for equal literals.
func (b *builder) fitsOf(c Cube, known map[string]atoms) []atoms {
	out := make([]atoms, len(c))
	for i := range c {
		col := columnOf(b.cols, c[i].Column)
		if col.Samples == nil {
			continue
		}
		key := string(c[i].appendKey([]byte{byte(col.ID)}))
		if known[key] == nil {
			set := make(atoms, (col.Atoms()+63)/64)
			for a := range col.Atoms() {
				if col.Fits(&c[i], a) {
					set[a/64] |= 1 << (a % 64)
				}
			}
			known[key] = set
		}
		out[i] = known[key]
	}
	return out
}

// on is which atoms of a column meet an entry; nil for all.
func (e *entry) on(id fact.ID) atoms {
	for i := range e.cube {
		if e.cube[i].Column == id {
			return e.fits[i]
		}
	}
	return nil
}

// grow builds the tree for a list of entries, of which the columns in used have
// been looked at, and returns its node, or its leaf as ^leaf. The tree may hold
// at most room entries in all its leaves.
func (b *builder) grow(list []int32, used []fact.ID, room int) int32 {
	if b.firstOnly {
		list = b.upToCertain(list, used)
	}
	key := placeKey(list, used)
	if at, ok := b.placed[key]; ok {
		return at
	}
	var at int32
	if col := b.split(list, used, room); col != nil {
		at = b.branch(list, append(slices.Clone(used), col.ID), col, room)
	} else {
		b.index.leaves = append(b.index.leaves, b.leaf(list, used))
		at = ^int32(len(b.index.leaves) - 1)
	}
	b.placed[key] = at
	return at
}

func (b *builder) branch(list []int32, used []fact.ID, col *Column, room int) int32 {
	at := int32(len(b.index.nodes))
	b.index.nodes = append(b.index.nodes, node{})
	parts, sum := make([][]int32, col.Atoms()), 0
	for a := range parts {
		parts[a] = b.remaining(list, col.ID, a)
		sum += len(parts[a])
	}
	kids := make([]int32, len(parts))
	for a := range kids {
		kids[a] = b.grow(parts[a], used, room*len(parts[a])/max(sum, 1))
	}
	b.index.nodes[at] = node{col, kids}
	return at
}

func (b *builder) remaining(list []int32, id fact.ID, atom int) []int32 {
	var out []int32
	for _, i := range list {
		if fits := b.entries[i].on(id); fits == nil || fits.has(atom) {
			out = append(out, i)
		}
	}
	return out
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

// placeKey names a part of the tree: what it holds and what was looked at.
func placeKey(list []int32, used []fact.ID) string {
	key := make([]byte, 0, 4*len(list)+len(used)+1)
	for _, id := range slices.Sorted(slices.Values(used)) {
		key = append(key, byte(id))
	}
	key = append(key, 0xff)
	for _, i := range list {
		key = binary.LittleEndian.AppendUint32(key, uint32(i))
	}
	return string(key)
}

// split chooses the column that leaves the fewest entries on average, or nil
// where a leaf is better.
func (b *builder) split(list []int32, used []fact.ID, room int) *Column {
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
		mean, stored := b.measure(list, col)
		if mean < least && stored <= room {
			best, least = col, mean
		}
	}
	return best
}

// measure tells how many entries an atom of the column leaves on average, and
// how many all its different atoms leave together.
func (b *builder) measure(list []int32, col *Column) (mean float64, stored int) {
	type part struct {
		n    int
		hash uint64
	}
	parts, any := make([]part, col.Atoms()), part{}
	for _, i := range list {
		mark := (uint64(i) + 1) * 0x9e3779b97f4a7c15
		mark ^= mark >> 29
		fits := b.entries[i].on(col.ID)
		if fits == nil {
			any.n++
			any.hash += mark * mark
			continue
		}
		for a := range parts {
			if fits.has(a) {
				parts[a].n++
				parts[a].hash += mark * mark
			}
		}
	}
	sum := 0
	for i := range parts {
		parts[i].n += any.n
		sum += parts[i].n
	}
	mean = float64(sum) / float64(len(parts))
	slices.SortFunc(parts, func(x, y part) int { return cmp.Or(cmp.Compare(x.n, y.n), cmp.Compare(x.hash, y.hash)) })
	for _, p := range slices.Compact(parts) {
		stored += p.n
	}
	return mean, stored
}
