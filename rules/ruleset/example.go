package ruleset

import (
	"bytes"
	"encoding/binary"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Example is a member whom the rules can't tell from the one whose cells about a
// topic these are: AppendCells writes the same of it. Each fact has a value that
// stands for all that no rule tells apart, so that it is not the member's own
// but by chance. It reports false for bytes that this revision did not write,
// and for emergencies.
func (s *Set) Example(cells []byte, topic uint16) (f fact.Facts, ok bool) {
	if s == nil || s.catalogue == nil || int(topic) >= len(s.topics) {
		return f, false
	}
	rest := cells
	next := func() []byte {
		if len(rest) == 0 || int(rest[0]) >= len(rest) {
			rest = nil
			return nil
		}
		end := 1 + int(rest[0])
		part := rest[1:end]
		rest = rest[end:]
		return part
	}
	_, _, _ = next(), next(), next() // topic, notice and layout: compared below
	if choice := next(); len(choice) == 1 && choice[0] != 0 {
		f.SetRaw(fact.MemberChoice, int64(choice[0]))
	}
	cols := &s.cells[topic]
	for part := next(); part != nil; part = next() {
		if len(part) == 0 {
			return f, false
		}
		for _, c := range cols.all {
			if c.ID == fact.ID(part[0]) && c.ID < fact.MaxFacts {
				c.sample(&f, part[1:])
			}
		}
	}
	if e, ok := s.tiedLike(f, cells, topic); ok {
		return e, true
	}
	// What stands for a high blood pressure may be an emergency where the member's
	// was none.
	if f.Raw(fact.BPSystolic) > noEmergency {
		f.SetRaw(fact.BPSystolic, noEmergency)
	}
	return s.tiedLike(f, cells, topic)
}

// noEmergency is a blood pressure that the safety gate lets pass whatever is said.
const noEmergency = 179

// sample gives the column the value that stands for a cell.
func (c *Column) sample(f *fact.Facts, cell []byte) {
	switch {
	case c.Samples != nil && len(cell) == 2:
		if atom := int(binary.BigEndian.Uint16(cell)); 0 < atom && atom < len(c.Samples) {
			f.SetRaw(c.ID, c.Samples[atom])
		}
	case c.Samples == nil && len(cell) == 8:
		f.SetRaw(c.ID, f.Raw(c.ID)|int64(binary.BigEndian.Uint64(cell)))
	}
}

// tiedLike looks for coverage and benefits that tie the topic to the plan as the
// cells say: the rules may not read them otherwise.
func (s *Set) tiedLike(f fact.Facts, cells []byte, topic uint16) (fact.Facts, bool) {
	covers := []int64{-1, fact.CoverageActive, fact.CoverageActive + 1}
	benefits := []int64{-1, 0}
	for rest := s.topics[topic].benefits; rest != 0; rest &= rest - 1 {
		benefits = append(benefits, rest&-rest)
	}
	for _, cover := range covers {
		for _, benefit := range benefits {
			e := f
			if cover >= 0 {
				e.SetRaw(fact.CoverageStatus, cover)
			}
			if benefit >= 0 {
				e.SetRaw(fact.BenefitAvailable, e.Raw(fact.BenefitAvailable)|benefit)
			}
			if bytes.Equal(s.AppendCells(nil, &e, topic), cells) {
				return e, true
			}
		}
	}
	return f, false
}
