package ruleset

import (
	"math/bits"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// tierConflict is the code of rules that disagree.
const tierConflict = "tier-conflict"

// maxConflicts is how many pairs one table reports: enough to work on.
const maxConflicts = 20

// conflicts warns of rules of one tier that decide differently for the same
// member, because then their order would decide, which no reader can see.
func (l *loader) conflicts() {
	for t := range l.set.tables {
		rows := l.set.tables[t]
		for len(rows) > 0 {
			n := 1
			for n < len(rows) && rows[n].Tier == rows[0].Tier {
				n++
			}
			l.conflictsIn(rows[:n])
			rows = rows[n:]
		}
	}
}

// conflictsIn looks at the rules of one tier. Bit maps of the cubes that fit
// each atom rule out nearly all pairs; what is left is compared exactly.
func (l *loader) conflictsIn(rows []Row) {
	var cubes []Cube
	var of []int // the row of each cube
	for i := range rows {
		if rows[i].Default {
			continue
		}
		for _, c := range rows[i].cubes {
			cubes, of = append(cubes, c), append(of, i)
		}
	}
	filter := newFilter(l.set.catalogue, cubes)
	found, reported := 0, map[[2]int]bool{}
	for i, c := range cubes {
		filter.each(c, i+1, func(j int) bool {
			a, b := &rows[of[i]], &rows[of[j]]
			if a.Outcome == b.Outcome || reported[[2]int{of[i], of[j]}] || !(dates{a.From, a.Until}).meet(dates{b.From, b.Until}) {
				return true
			}
			if both, ok := l.overlap(c, cubes[j]); ok {
				found++
				reported[[2]int{of[i], of[j]}] = true
				l.conflicting(a, b, both)
			}
			return found < maxConflicts
		})
		if found == maxConflicts {
			return
		}
	}
}

func (l *loader) conflicting(a, b *Row, both Cube) {
	l.problems.Warnf(later(a, b).Pos, tierConflict, "the rules %s (%s) and %s (%s) of the tier %s fit the same member, for example: %s; change one of them or its tier",
		a.ID, a.OutcomeName(), b.ID, b.OutcomeName(), a.Tier, example(both, l.set.catalogue))
}

func later(a, b *Row) *Row {
	if b.Line > a.Line {
		return b
	}
	return a
}

// overlap finds members who meet both cubes.
func (l *loader) overlap(a, b Cube) (Cube, bool) {
	both, ok := and(a, b)
	if !ok {
		return nil, false
	}
	spelled := spelledOut(both, l.set.topics)
	if len(spelled) == 0 {
		return nil, false
	}
	return spelled[0], true
}

// filter finds the cubes that may overlap a given one.
type filter struct {
	cols  []Column
	maps  [][][]uint64 // by column, by atom: the cubes that fit it
	known map[string][]uint64
	words int
	cubes int
}

func newFilter(catalogue *fact.Catalogue, cubes []Cube) *filter {
	f := &filter{cubes: len(cubes), words: (len(cubes) + 63) / 64, known: map[string][]uint64{}}
	for _, c := range columns(catalogue, cubes) {
		if c.Samples != nil {
			f.cols = append(f.cols, c)
		}
	}
	for i := range f.cols {
		col := &f.cols[i]
		maps := make([][]uint64, col.Atoms())
		for a := range maps {
			maps[a] = make([]uint64, f.words)
		}
		for k, c := range cubes {
			l := c.on(col.ID)
			for a := range maps {
				if l == nil || col.Fits(l, a) {
					maps[a][k/64] |= 1 << (k % 64)
				}
			}
		}
		f.maps = append(f.maps, maps)
	}
	return f
}

// fitting is the map of the cubes that share an atom with a literal.
func (f *filter) fitting(i int, l *Literal) []uint64 {
	key := string(l.appendKey([]byte{byte(l.Column)}))
	if m := f.known[key]; m != nil {
		return m
	}
	m := make([]uint64, f.words)
	for a, bitmap := range f.maps[i] {
		if f.cols[i].Fits(l, a) {
			for w := range m {
				m[w] |= bitmap[w]
			}
		}
	}
	f.known[key] = m
	return m
}

// each calls visit with the cubes from position from on that may overlap c,
// until visit returns false.
func (f *filter) each(c Cube, from int, visit func(int) bool) {
	var maps [][]uint64
	for i := range f.cols {
		if l := c.on(f.cols[i].ID); l != nil {
			maps = append(maps, f.fitting(i, l))
		}
	}
	for w := from / 64; w < f.words; w++ {
		m := ^uint64(0)
		if w == from/64 {
			m <<= from % 64
		}
		for _, x := range maps {
			m &= x[w]
		}
		for ; m != 0; m &= m - 1 {
			k := w*64 + bits.TrailingZeros64(m)
			if k >= f.cubes || !visit(k) {
				return
			}
		}
	}
}
