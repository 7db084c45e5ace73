package ruleset

import (
	"crypto/sha256"
	"fmt"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// compiled is what a Set works out once, so that decisions are quick.
type compiled struct {
	columns []Column      // that a row or item reads
	cells   []cellColumns // by topic
	ages    []aged
	layout  [8]byte // names the columns and their atoms
}

func compile(s *Set) compiled {
	var all []Cube
	for _, rows := range s.tables {
		for i := range rows {
			all = append(all, rows[i].cubes...)
		}
	}
	for i := range s.items {
		all = append(all, s.items[i].cubes...)
	}
	cols := columns(s.catalogue, all)
	return compiled{columns: cols, cells: cellsByTopic(s, cols), ages: agesOf(s.catalogue, cols), layout: layout(s.catalogue, cols)}
}

// layout is a digest of the columns and their atoms, by name: cells of two
// programs that number facts differently are never mistaken for each other.
func layout(catalogue *fact.Catalogue, cols []Column) (out [8]byte) {
	h := sha256.New()
	for i := range cols {
		c, d := &cols[i], catalogue.Def(cols[i].ID)
		fmt.Fprintf(h, "%q %d %q %v %v %d\n", d.Name, c.ID, d.Values, c.class, c.cuts, c.Mentioned)
	}
	copy(out[:], h.Sum(nil))
	return out
}

// row is the first row of a table that fits.
func (s *Set) row(t Table, v *view) int32 {
	rows := s.tables[t]
	for i := range rows {
		if v.fitsAny(rows[i].cubes) {
			return int32(i)
		}
	}
	return int32(len(rows) - 1)
}

func (v *view) fitsAny(cubes []Cube) bool {
	for _, c := range cubes {
		if v.fits(c) {
			return true
		}
	}
	return false
}

func (v *view) fits(c Cube) bool {
	for i := range c {
		raw, known := v.at(c[i].Column)
		if !c[i].Holds(known, raw) {
			return false
		}
	}
	return true
}

func (s *Set) advise(v *view, d *decision.Decision) {
	if raw, _ := v.at(fact.SenderIs); raw == int64(decision.Nobody) {
		return
	}
	for i := range s.items {
		if v.fitsAny(s.items[i].cubes) && !d.AddAdvice(uint16(i)) {
			return
		}
	}
}
