package ruleset

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// compiled is what a Set works out once, so that decisions are quick.
type compiled struct {
	index [3]*index // by Table
	// What the tables find, as the tables after them read it; nil where none does.
	mindsetIs, senderIs *Column

	columns []Column      // that a row or item reads
	cells   []cellColumns // by topic
	ages    []aged
	prints  []Print // by topic
}

func compile(s *Set) compiled {
	var rows [3][][]Cube
	for t := range s.tables {
		for i := range len(s.tables[t]) - 1 { // the default needs no search
			rows[t] = append(rows[t], s.tables[t][i].cubes)
		}
	}
	for i := range s.items {
		rows[AdviceTable] = append(rows[AdviceTable], s.items[i].cubes)
	}
	var c compiled
	c.columns = columns(s.catalogue, slices.Concat(slices.Concat(rows[:]...)...))
	c.mindsetIs, c.senderIs = columnOf(c.columns, fact.MindsetIs), columnOf(c.columns, fact.SenderIs)
	for t := range rows {
		c.index[t] = newIndex(c.columns, rows[t], Table(t) != AdviceTable)
	}
	c.cells, c.ages = cellsByTopic(s, c.columns), agesOf(s.catalogue, c.columns)
	c.prints = fingerprints(s, c.cells)
	return c
}

// Columns are the facts and derived columns that rules and advice read, cut into
// the atoms that they can tell apart. Callers must not change them.
func (s *Set) Columns() []Column {
	if s == nil {
		return nil
	}
	return s.columns
}

// layout is a digest of the columns and their atoms, by name: cells of two
// programs that number facts differently are never mistaken for each other.
func layout(catalogue *fact.Catalogue, cols []*Column) (out [8]byte) {
	h := sha256.New()
	for _, c := range cols {
		d := catalogue.Def(c.ID)
		fmt.Fprintf(h, "%q %d %q %v %v %d\n", d.Name, c.ID, d.Values, c.cuts, c.Samples, c.Mentioned)
		if c.cuts == nil {
			fmt.Fprintln(h, c.class)
		}
	}
	copy(out[:], h.Sum(nil))
	return out
}

// row is the first row of a table that fits, or the default.
func (s *Set) row(t Table, v *view) int32 {
	f := found{max: 1}
	if s.index[t].match(v, s.index[t].root, &f); f.n == 0 {
		return int32(len(s.tables[t]) - 1)
	}
	return f.rows[0]
}

// advise gives the best items that fit. Nobody gives none.
func (s *Set) advise(v *view, d *decision.Decision) {
	if d.Sender == decision.Nobody {
		return
	}
	f := found{max: decision.MaxAdvice}
	s.index[AdviceTable].match(v, s.index[AdviceTable].root, &f)
	for _, i := range f.rows[:f.n] {
		d.AddAdvice(uint16(i))
	}
}
