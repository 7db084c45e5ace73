package ruleset

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// leaf compares a list of cubes with a question at once: every cube is a bit,
// every column has for each atom a bit map of the cubes that the atom does not
// rule out, and what is left after all columns fits.
type leaf struct {
	rows    []int32  // of each bit
	all     []uint64 // a bit for each cube
	scalars []scalarTest
	sets    []setTest
}

// scalarTest holds the maps of all atoms of a column one after the other.
type scalarTest struct {
	col  *Column
	maps []uint64
}

// setTest is the same for a Set column: which cubes stand if it is unknown or
// known, which fall with each element, and for each demand of "at least one of
// these" which cubes do not make it or have it met by an element.
type setTest struct {
	id             fact.ID
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

// block is how many words are compared before the next ones are looked at.
const block = 4

func (l *leaf) match(v *view, out []int32) int {
	n := 0
	for from := 0; from < len(l.all); from += block {
		var acc [block]uint64
		left := acc[:copy(acc[:], l.all[from:])]
		if !l.narrow(v, left, from) {
			continue
		}
		for w, m := range left {
			for ; m != 0; m &= m - 1 {
				row := l.rows[(from+w)*64+bits.TrailingZeros64(m)]
				if n > 0 && out[n-1] == row {
					continue
				}
				out[n] = row
				if n++; n == len(out) {
					return n
				}
			}
		}
	}
	return n
}

// narrow clears the bits in left that a column rules out, left being the words
// from position from on, and reports whether any is left.
func (l *leaf) narrow(v *view, left []uint64, from int) bool {
	words := len(l.all)
	for i := range l.scalars {
		t := &l.scalars[i]
		at := t.col.atom(v)*words + from
		if !keep(left, t.maps[at:at+len(left)]) {
			return false
		}
	}
	for i := range l.sets {
		if !l.sets[i].narrow(v, left, from, words) {
			return false
		}
	}
	return true
}

func keep(left, m []uint64) bool {
	some := uint64(0)
	for w := range left {
		left[w] &= m[w]
		some |= left[w]
	}
	return some != 0
}

func (t *setTest) narrow(v *view, left []uint64, from, words int) bool {
	raw, known := v.at(t.id)
	if !known {
		return keep(left, t.unknown[from:from+len(left)])
	}
	in := uint64(raw)
	for e := in & t.forbidden; e != 0; e &= e - 1 {
		at := rank(t.forbidden, e)*words + from
		for w := range left {
			left[w] &^= t.falls[at+w]
		}
	}
	for i := range t.demands {
		d := &t.demands[i]
		for w := range left {
			m := d.free[from+w]
			for e := in & d.mask; e != 0; e &= e - 1 {
				m |= d.met[rank(d.mask, e)*words+from+w]
			}
			left[w] &= m
		}
	}
	return keep(left, t.known[from:from+len(left)])
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
		if slices.Contains(used, col.ID) || !b.reads(list, col.ID) {
			continue
		}
		if col.Samples == nil {
			l.sets = append(l.sets, b.setTest(list, col.ID, words))
			continue
		}
		t := scalarTest{col, make([]uint64, col.Atoms()*words)}
		for k, i := range list {
			fits := b.entries[i].on(col.ID)
			for a := range col.Atoms() {
				if fits == nil || fits.has(a) {
					set(t.maps[a*words:], k)
				}
			}
		}
		l.scalars = append(l.scalars, t)
	}
	// The columns that rule out most come first: after them little is left.
	slices.SortStableFunc(l.scalars, func(x, y scalarTest) int { return cmp.Compare(x.density(), y.density()) })
	return l
}

func (b *builder) reads(list []int32, id fact.ID) bool {
	return slices.ContainsFunc(list, func(i int32) bool { return b.entries[i].cube.on(id) != nil })
}

func (t *scalarTest) density() float64 {
	n := 0
	for _, w := range t.maps {
		n += bits.OnesCount64(w)
	}
	return float64(n) / float64(len(t.maps))
}

func (b *builder) setTest(list []int32, id fact.ID, words int) setTest {
	t := setTest{id: id, unknown: make([]uint64, words), known: make([]uint64, words)}
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
