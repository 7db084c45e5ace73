package ruleset

import (
	"encoding/binary"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// LongestLifetime ends every shared answer, also one that rests on facts that
// hold for years or on none.
const LongestLifetime = 30 * 24 * time.Hour

// Holding knows of facts that were told before now how much longer they hold.
type Holding interface {
	// Left is how much longer the fact holds, and whether it was told before.
	// A fact that crosses advances by itself and is another one at next.
	Left(id fact.ID, next int64, crosses bool) (time.Duration, bool)
}

// Lifetime is how long an answer on these facts may be shared: until the first
// of the known facts that a rule reads is no longer valid, or has advanced to
// where a rule can tell. Facts of the current contact count as fact.ContactAge;
// h knows about those told before, and may be nil.
//
// Elapsed times are told in whole hours or days, so that an answer also ends at
// the constant that a rule compares with, one unit before the fact crosses it.
func (s *Set) Lifetime(f *fact.Facts, h Holding) time.Duration {
	shortest := LongestLifetime
	if s == nil {
		return shortest
	}
	for i := range s.ages {
		if x := &s.ages[i]; f.Known(x.id) {
			shortest = min(shortest, x.left(f.Raw(x.id), h))
		}
	}
	return max(shortest, 0)
}

// aged is a fact that rules read, and for how long it holds.
type aged struct {
	id   fact.ID
	age  time.Duration
	step time.Duration // in which it advances; 0 if it does not
	cuts []int64       // where rules can tell
}

// left is how much longer the fact holds.
func (x *aged) left(v int64, h Holding) time.Duration {
	next, crosses := x.next(v)
	if h != nil {
		if left, told := h.Left(x.id, next, crosses); told {
			return left
		}
	}
	if crosses {
		return min(x.age, time.Duration(next-v)*x.step)
	}
	return x.age
}

// next is the value at which the answer has to be looked at again.
func (x *aged) next(v int64) (int64, bool) {
	if x.step == 0 {
		return 0, false
	}
	for _, cut := range x.cuts {
		if cut > v+1 {
			return cut - 1, true
		}
		if cut > v {
			return cut, true
		}
	}
	return 0, false
}

// agesOf lists the facts behind the columns, and the member's own choice, which
// stands in for a table.
func agesOf(catalogue *fact.Catalogue, cols []Column) []aged {
	var out []aged
	add := func(id fact.ID, cuts []int64) {
		d := catalogue.Def(id)
		age := d.MaxAge
		if age == fact.Contact {
			age = fact.ContactAge
		}
		out = append(out, aged{id: id, age: age, step: d.Advances(), cuts: cuts})
	}
	add(fact.MemberChoice, nil)
	for i := range cols {
		switch id := cols[i].ID; {
		case id < fact.MaxFacts:
			add(id, cols[i].cuts)
		case id == fact.TiedBenefit:
			add(fact.CoverageStatus, nil)
			add(fact.BenefitAvailable, nil)
		}
	}
	return out
}

// tie is how benefits tie a topic to the plan, and what keeps them from it.
type tie uint8

const (
	notTied       tie = iota // and nothing more to know would change it
	tied                     //
	lacksCoverage            // the benefit is there, whether coverage is active is not known
	lacksBenefit             // coverage is active, the benefits are not known
	lacksBoth
)

// tieOf says how a topic with these benefits is tied.
func tieOf(f *fact.Facts, benefits int64) tie {
	covered, known := f.Known(fact.CoverageStatus), f.Known(fact.BenefitAvailable)
	switch {
	case benefits == 0, covered && f.Raw(fact.CoverageStatus) != fact.CoverageActive, known && f.Raw(fact.BenefitAvailable)&benefits == 0:
		return notTied
	case covered && known:
		return tied
	case known:
		return lacksCoverage
	case covered:
		return lacksBenefit
	}
	return lacksBoth
}

// cellColumns are the columns that the rows which can fit a topic read: with the
// mindset table, or without it where the member's choice stands in.
type cellColumns struct {
	all, chosen []*Column
	layout      [8]byte // names the columns and their atoms
}

// columnSet is a set of column ids.
type columnSet [2]uint64

func (s *columnSet) add(o columnSet) { s[0], s[1] = s[0]|o[0], s[1]|o[1] }

func (s *columnSet) has(id fact.ID) bool { return s[id/64]>>(id%64)&1 == 1 }

// readers gathers the columns that cubes read, by the topics they can fit; the
// last entry is for a topic that this revision does not have.
type readers []columnSet

func (r readers) mark(c Cube) {
	var read columnSet
	for i := range c {
		read[c[i].Column/64] |= 1 << (c[i].Column % 64)
	}
	topic := c.on(fact.Topic)
	if topic == nil {
		for t := range r {
			r[t].add(read)
		}
		return
	}
	for _, on := range topic.Ranges {
		for t := on.From; t <= on.To; t++ {
			r[t].add(read)
		}
	}
}

// cellsByTopic works out the columns of every topic.
func cellsByTopic(s *Set, cols []Column) []cellColumns {
	chosen, all := make(readers, len(s.topics)+1), make(readers, len(s.topics)+1)
	for i := range s.tables[SenderTable] {
		for _, c := range s.tables[SenderTable][i].cubes {
			chosen.mark(c)
		}
	}
	for i := range s.items {
		for _, c := range s.items[i].cubes {
			chosen.mark(c)
		}
	}
	copy(all, chosen)
	for i := range s.tables[MindsetTable] {
		for _, c := range s.tables[MindsetTable][i].cubes {
			all.mark(c)
		}
	}
	out := make([]cellColumns, len(all))
	for t := range out {
		read := pick(cols, &all[t])
		out[t] = cellColumns{read, pick(cols, &chosen[t]), layout(s.catalogue, read)}
	}
	return out
}

// pick lists the columns that were read and that facts decide: not the topic,
// which is in the cells anyway, and not what the tables themselves find.
func pick(cols []Column, read *columnSet) []*Column {
	var out []*Column
	for i := range cols {
		if id := cols[i].ID; read.has(id) && (id < fact.MaxFacts || id == fact.TiedBenefit) {
			out = append(out, &cols[i])
		}
	}
	return out
}

// AppendCells appends a canonical encoding of all that decides the answer: two
// questions get equal bytes exactly if every column that a rule or item of
// their topic reads has the same atom for both, unknown being an atom of its
// own. Equal bytes mean an equal Decide and an equal Needed. Facts that no rule
// reads, and differences that no rule looks at, leave no trace.
//
// Every part has its length in front; the bytes are of use within one revision,
// and between revisions that have the same Fingerprint for the topic.
func (s *Set) AppendCells(dst []byte, f *fact.Facts, topic uint16) []byte {
	notice := s.gate(f, topic)
	dst = binary.BigEndian.AppendUint16(append(dst, 2), topic)
	dst = append(dst, 1, byte(notice))
	if notice != decision.NoNotice || s == nil || s.catalogue == nil {
		return dst
	}
	cols := &s.cells[min(int(topic), len(s.topics))]
	dst = append(append(dst, byte(len(cols.layout))), cols.layout[:]...)
	list, choice := cols.all, byte(0)
	if c := f.Raw(fact.MemberChoice); f.Known(fact.MemberChoice) && c != fact.ChoiceAuto {
		list, choice = cols.chosen, byte(c)
	}
	dst = append(dst, 1, choice)
	v := s.view(f, topic)
	for _, c := range list {
		dst = c.appendCell(dst, &v)
	}
	return dst
}

// appendCell appends the column's id and its atom.
func (c *Column) appendCell(dst []byte, v *view) []byte {
	switch raw, known := v.at(c.ID); {
	case c.ID == fact.TiedBenefit:
		return append(dst, 2, byte(c.ID), byte(tieOf(v.f, v.benefits)))
	case c.Samples != nil:
		return binary.BigEndian.AppendUint16(append(dst, 3, byte(c.ID)), uint16(c.atom(v)))
	case known:
		return binary.BigEndian.AppendUint64(append(dst, 9, byte(c.ID)), uint64(raw)&c.Mentioned)
	}
	return append(dst, 1, byte(c.ID))
}
