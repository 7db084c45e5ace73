package ruleset

import (
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// leaf compares a list of cubes with a question, 64 at a time: every cube is a
// bit, every column has for each atom a bit map of the cubes that the atom does
// not rule out, and what is left after all columns fits.
type leaf struct {
	rows    []int32  // of each bit, ascending
	all     []uint64 // a bit for each cube
	scalars []scalarTest
	sets    []setTest
	onSets  []uint64 // the cubes that care about a set
	onSet   []Cube   // by bit, what the cube asks of sets
}

// scalarTest holds the maps of all atoms of a column, one after the other. For a
// Set column they are those of setAtoms.
type scalarTest struct {
	place uint8 // of the column
	maps  []uint64
}

// setTest goes on where the atoms of a Set column end: which cubes fall with
// each element, and for each demand of "at least one of these" which cubes do
// not make it or have it met by an element.
type setTest struct {
	id        fact.ID
	cares     []uint64
	forbidden uint64
	falls     []uint64 // by rank in forbidden
	demands   []demand
}

type demand struct {
	free []uint64
	mask uint64
	met  []uint64 // by rank in mask
}

// block is how many words are compared before rows are looked at. A leaf has one
// word or whole blocks.
const block = 4

func (l *leaf) match(v *view, f *found) {
	if len(l.all) == 1 {
		if l.rows[0] < f.bound() {
			l.collect(v, l.compareOne(v), 0, f)
		}
		return
	}
	for from := 0; from < len(l.all) && l.rows[from*64] < f.bound(); from += block {
		a, b, c, d := l.compare(v, from)
		if a|b|c|d != 0 && (l.collect(v, a, from, f) || l.collect(v, b, from+1, f) || l.collect(v, c, from+2, f) || l.collect(v, d, from+3, f)) {
			return
		}
	}
}

// compareOne compares the scalars of a leaf of one word. It does not stop early:
// the look-ups do not wait for each other, and a guess where to stop often fails.
func (l *leaf) compareOne(v *view) uint64 {
	m := l.all[0]
	for i := range l.scalars {
		t := &l.scalars[i]
		m &= t.maps[v.atoms[t.place]]
	}
	return m
}

// compare does the same for the block from position from on.
func (l *leaf) compare(v *view, from int) (a, b, c, d uint64) {
	words := len(l.all)
	all := (*[block]uint64)(l.all[from:])
	a, b, c, d = all[0], all[1], all[2], all[3]
	for i := range l.scalars {
		t := &l.scalars[i]
		m := (*[block]uint64)(t.maps[int(v.atoms[t.place])*words+from:])
		a, b, c, d = a&m[0], b&m[1], c&m[2], d&m[3]
	}
	return a, b, c, d
}

// fewCubes is up to how many cubes of a word are asked for their sets one after
// the other, most often to find that the first one fits.
const fewCubes = 6

// collect adds the rows of word w that the sets leave of m, and reports whether
// the rows after it are of no interest.
func (l *leaf) collect(v *view, m uint64, w int, f *found) bool {
	if m == 0 {
		return false
	}
	ask := m & l.onSets[w]
	if bits.OnesCount64(ask) > fewCubes {
		for i := range l.sets {
			m = l.sets[i].narrow(v, m, w, len(l.all))
		}
		ask = 0
	}
	for ; m != 0; m &= m - 1 {
		k := w*64 + bits.TrailingZeros64(m)
		row := l.rows[k]
		if row >= f.bound() {
			return true
		}
		if ask&m&-m == 0 || v.meetsSets(l.onSet[k]) {
			if f.add(row); row == f.bound() {
				return true
			}
		}
	}
	return false
}

// meetsSets reports whether the known sets of a question meet all literals.
func (v *view) meetsSets(c Cube) bool {
	for i := range c {
		if !c[i].holdsSet(uint64(v.f.Raw(c[i].Column))) {
			return false
		}
	}
	return true
}

func (t *setTest) narrow(v *view, m uint64, w, words int) uint64 {
	if m&t.cares[w] == 0 {
		return m
	}
	in := uint64(v.f.Raw(t.id))
	for e := in & t.forbidden; e != 0; e &= e - 1 {
		m &^= t.falls[rank(t.forbidden, e)*words+w]
	}
	for i := range t.demands {
		d := &t.demands[i]
		left := d.free[w]
		for e := in & d.mask; e != 0; e &= e - 1 {
			left |= d.met[rank(d.mask, e)*words+w]
		}
		m &= left
	}
	return m
}

// rank is the place of the lowest bit of e among the bits of mask.
func rank(mask, e uint64) int { return bits.OnesCount64(mask & (e&-e - 1)) }

// leaf builds the bit maps of a list of entries on all columns not in used.
func (b *builder) leaf(list []int32, used []fact.ID) leaf {
	words := 1
	if len(list) > 64 {
		words = (len(list) + 64*block - 1) / (64 * block) * block
	}
	l := leaf{rows: make([]int32, len(list)), all: make([]uint64, words), onSets: make([]uint64, words), onSet: make([]Cube, len(list))}
	for k, i := range list {
		l.rows[k] = b.entries[i].row
		set(l.all, k)
	}
	for i := range b.cols {
		col := &b.cols[i]
		switch {
		case slices.Contains(used, col.ID) || !b.reads(list, col.ID):
		case col.Samples == nil:
			t := b.setTest(list, col.ID, words)
			l.sets = append(l.sets, t)
			for k, i := range list {
				if x := b.entries[i].cube.on(col.ID); x != nil && !x.Unknown {
					set(l.onSets, k)
					l.onSet[k] = append(l.onSet[k], *x)
				}
			}
			fallthrough
		default:
			l.scalars = append(l.scalars, b.scalarTest(list, col, words))
		}
	}
	return l
}

func (b *builder) reads(list []int32, id fact.ID) bool {
	return slices.ContainsFunc(list, func(i int32) bool { return b.entries[i].cube.on(id) != nil })
}

func (b *builder) scalarTest(list []int32, col *Column, words int) scalarTest {
	t := scalarTest{col.place, make([]uint64, col.indexed()*words)}
	for k, i := range list {
		fits := b.entries[i].on(col.ID)
		for a := range col.indexed() {
			if fits == nil || fits.has(a) {
				set(t.maps[a*words:], k)
			}
		}
	}
	return t
}

func (b *builder) setTest(list []int32, id fact.ID, words int) setTest {
	t := setTest{id: id, cares: make([]uint64, words)}
	literals := make([]*Literal, len(list))
	demands := 0
	for k, i := range list {
		l := b.entries[i].cube.on(id)
		literals[k] = l
		if l != nil && !l.Unknown {
			set(t.cares, k)
			t.forbidden |= l.None
			demands = max(demands, len(l.Any))
		}
	}
	t.falls = make([]uint64, bits.OnesCount64(t.forbidden)*words)
	for k, l := range literals {
		if l != nil {
			spread(t.falls, t.forbidden, l.None, k, words)
		}
	}
	for n := range demands {
		t.demands = append(t.demands, newDemand(literals, n, words))
	}
	return t
}

func newDemand(literals []*Literal, n, words int) demand {
	d := demand{free: make([]uint64, words)}
	for k, l := range literals {
		if l != nil && n < len(l.Any) {
			d.mask |= l.Any[n]
		} else {
			set(d.free, k)
		}
	}
	d.met = make([]uint64, bits.OnesCount64(d.mask)*words)
	for k, l := range literals {
		if l != nil && n < len(l.Any) {
			spread(d.met, d.mask, l.Any[n], k, words)
		}
	}
	return d
}

// spread sets bit k in the map of every element of part.
func spread(maps []uint64, mask, part uint64, k, words int) {
	for e := part; e != 0; e &= e - 1 {
		set(maps[rank(mask, e)*words:], k)
	}
}

func set(m []uint64, k int) { m[k/64] |= 1 << (k % 64) }
