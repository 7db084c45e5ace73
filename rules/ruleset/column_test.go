package ruleset

import (
	"math/rand/v2"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestColumnsCutWhereRulesDo holds what a proof relies on: values of one atom
// meet the same literals of every row, the samples lie in their atoms, and the
// whole list of columns covers what rows read.
func TestColumnsCutWhereRulesDo(t *testing.T) {
	for seed := range uint64(20) {
		m := newMaker(t, 6000+seed)
		s := m.set(20)
		for _, rows := range s.tables {
			for i := range rows {
				for _, c := range rows[i].Cubes() {
					for k := range c {
						col := columnOf(s.Columns(), c[k].Column)
						if col == nil {
							t.Fatalf("no column %d", c[k].Column)
						}
						if col.Samples != nil {
							sameInAtoms(t, m, col, &c[k])
						} else if l := c[k]; l.None&^col.Mentioned != 0 {
							t.Fatalf("%v forbids what %v does not mention", l, col)
						}
					}
				}
			}
		}
	}
}

func sameInAtoms(t *testing.T, m *maker, col *Column, l *Literal) {
	t.Helper()
	d := m.catalogue.Def(col.ID)
	for range 5 {
		var raw int64
		switch d.Kind {
		case fact.Bool:
			raw = m.Int64N(2)
		case fact.Enum:
			raw = m.Int64N(int64(len(d.Values)))
		default:
			raw = d.Min + m.Int64N(d.Max-d.Min+1)
		}
		v := &view{f: &fact.Facts{}}
		if col.ID < fact.MaxFacts {
			v.f.SetRaw(col.ID, raw)
		} else {
			v.set(col.ID, raw)
		}
		atom := col.atom(v)
		if atom < 1 || atom >= col.Atoms() || l.Holds(true, raw) != col.Fits(l, atom) {
			t.Fatalf("%s %d is in atom %d of %d, where %v is %v", d.Name, raw, atom, col.Atoms(), l, col.Fits(l, atom))
		}
	}
	if l.Holds(false, 0) != col.Fits(l, 0) {
		t.Fatalf("atom 0 of %s is not the unknown one", d.Name)
	}
}

// TestTiedBenefitStandsForItsCubes compares the derived column with its
// definition.
func TestTiedBenefitStandsForItsCubes(t *testing.T) {
	seen := map[bool]int{}
	for seed := range uint64(20) {
		m := newMaker(t, 7000+seed)
		s := m.set(3)
		for range 500 {
			f, topic := m.question()
			v := s.view(&f, topic)
			raw, known := v.at(fact.TiedBenefit)
			in, out := false, false
			for _, c := range s.TiedBenefit() {
				in = in || v.fits(c)
			}
			for _, c := range untied(s.topics) {
				out = out || v.fits(c)
			}
			if !known || in != (raw == 1) || int(topic) < len(s.topics) && in == out {
				t.Fatalf("tied_benefit is %d, its cubes say %v and %v", raw, in, out)
			}
			seen[in]++
		}
	}
	if seen[true] < 100 || seen[false] < 100 {
		t.Errorf("got %v", seen)
	}
}

// TestFoundKeepsTheFirst compares the small sorted list with sorting.
func TestFoundKeepsTheFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		f := found{max: 1 + r.IntN(4)}
		seen := map[int32]bool{}
		for range r.IntN(12) {
			row := r.Int32N(15)
			seen[row] = true
			if row < f.bound() {
				f.add(row)
			}
		}
		var want []int32
		for row := range int32(15) {
			if seen[row] && len(want) < f.max {
				want = append(want, row)
			}
		}
		if got := f.rows[:f.n]; len(got) != len(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		for i, row := range want {
			if f.rows[i] != row {
				t.Fatalf("got %v, want %v", f.rows[:f.n], want)
			}
		}
	}
}
