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
}

// scalarTest holds the maps of all atoms of a column, one after the other.
type scalarTest struct {
	place uint8 // of the column
	maps  []uint64
}

// setTest is the same for a Set column: which cubes stand if it is unknown or
// known, which fall with each element, and for each demand of "at least one of
// these" which cubes do not make it or have it met by an element.
type setTest struct {
	id             fact.ID
	cares          []uint64 // the cubes that care: where none is left, nothing is looked up
	unknown, known []uint64
	forbidden      uint64
	falls          []uint64 // by rank in forbidden
	demands        []demand
}

type demand struct {
	free []uint64
	mask uint64
	met  []uint64 // by rank in mask
}

// block is how many words are compared before rows are looked at: one line of
// the processor's cache.
const block = 8

func (l *leaf) match(v *view, f *found) {
	if len(l.all) == 1 {
		if l.rows[0] < f.bound() {
			l.collect(v, l.only(v), 0, f)
		}
		return
	}
	for from := 0; from < len(l.all); from += block {
		if l.rows[from*64] >= f.bound() {
			return
		}
		var acc [block]uint64
		left := acc[:copy(acc[:], l.all[from:])]
		l.compare(v, left, from)
		for w, m := range left {
			if m != 0 {
				l.collect(v, m, from+w, f)
			}
		}
	}
}

// only compares the scalars of a leaf of one word. It does not stop early: the
// look-ups do not wait for each other, and a guess where to stop often fails.
func (l *leaf) only(v *view) uint64 {
	m := l.all[0]
	for i := range l.scalars {
		t := &l.scalars[i]
		m &= t.maps[v.atoms[t.place]]
	}
	return m
}

// compare does the same for the words from position from on.
func (l *leaf) compare(v *view, left []uint64, from int) {
	words := len(l.all)
	for i := range l.scalars {
		t := &l.scalars[i]
		m := t.maps[int(v.atoms[t.place])*words+from:]
		m = m[:len(left)]
		for w := range left {
			left[w] &= m[w]
		}
	}
}

// collect adds the rows of word w that the sets leave of m.
func (l *leaf) collect(v *view, m uint64, w int, f *found) {
	for i := range l.sets {
		if t := &l.sets[i]; m&t.cares[w] != 0 {
			m = t.narrow(v, m, w, len(l.all))
		}
	}
	for ; m != 0; m &= m - 1 {
		row := l.rows[w*64+bits.TrailingZeros64(m)]
		if row >= f.bound() {
			return
		}
		f.add(row)
	}
}

func (t *setTest) narrow(v *view, m uint64, w, words int) uint64 {
	raw, known := v.at(t.id)
	if !known {
		return m & t.unknown[w]
	}
	in := uint64(raw)
	m &= t.known[w]
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
	words := (len(list) + 63) / 64
	l := leaf{rows: make([]int32, len(list)), all: make([]uint64, words)}
	for k, i := range list {
		l.rows[k] = b.entries[i].row
		set(l.all, k)
	}
	for i := range b.cols {
		col := &b.cols[i]
		switch {
		case slices.Contains(used, col.ID) || !b.reads(list, col.ID):
		case col.Samples == nil:
			l.sets = append(l.sets, b.setTest(list, col.ID, words))
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
	t := scalarTest{col.place, make([]uint64, col.Atoms()*words)}
	for k, i := range list {
		fits := b.entries[i].on(col.ID)
		for a := range col.Atoms() {
			if fits == nil || fits.has(a) {
				set(t.maps[a*words:], k)
			}
		}
	}
	return t
}

func (b *builder) setTest(list []int32, id fact.ID, words int) setTest {
	t := setTest{id: id, cares: make([]uint64, words), unknown: make([]uint64, words), known: make([]uint64, words)}
	literals := make([]*Literal, len(list))
	demands := 0
	for k, i := range list {
		l := b.entries[i].cube.on(id)
		literals[k] = l
		if l == nil || l.Unknown {
			set(t.unknown, k)
		}
		if l == nil || !l.Unknown {
			set(t.known, k)
		}
		if l != nil {
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
