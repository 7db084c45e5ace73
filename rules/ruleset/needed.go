package ruleset

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// maxNeeded is how many facts Needed names: a person can be asked only so much.
const maxNeeded = 5

// Needed lists facts that are not known and would settle an answer that is
// undetermined, or that no rule gave. The first one could settle it by the most
// rules; facts that would settle it only together with another come in only
// where no fact would do alone. It is empty where the answer is settled.
func (s *Set) Needed(f *fact.Facts, topic uint16) []fact.ID {
	if s == nil || s.catalogue == nil {
		return nil
	}
	d := s.Decide(f, topic)
	if d.Sender == decision.Safety {
		return nil
	}
	c := &candidates{set: s, view: s.view(f, topic), topic: topic, before: d, alone: map[fact.ID]int{}, paired: map[fact.ID]int{}}
	if d.MindsetRow >= 0 && d.Mindset == decision.Undetermined {
		c.consider(s.tables[MindsetTable][:d.MindsetRow])
	}
	c.view.set(fact.MindsetIs, int64(d.Mindset))
	if s.tables[SenderTable][d.SenderRow].Default {
		c.consider(s.tables[SenderTable][:d.SenderRow])
	}
	if len(c.alone) == 0 {
		return ranked(c.paired)
	}
	return ranked(c.alone)
}

// candidates counts, for every unknown fact, the rules it would open.
type candidates struct {
	set    *Set
	view   view
	topic  uint16
	before decision.Decision
	alone  map[fact.ID]int
	paired map[fact.ID]int
}

// consider looks for rows that only unknown facts keep from fitting.
func (c *candidates) consider(rows []Row) {
	for i := range rows {
		alone, paired := map[fact.ID]bool{}, map[fact.ID]bool{}
		for _, cube := range rows[i].cubes {
			with := *c.view.f
			ids, ok := c.missing(cube, &with)
			if !ok || len(ids) > 2 || !c.settles(&with) {
				continue
			}
			for _, id := range ids {
				alone[id], paired[id] = alone[id] || len(ids) == 1, true
			}
		}
		for id := range paired {
			if c.paired[id]++; alone[id] {
				c.alone[id]++
			}
		}
	}
}

// missing lists the unknown facts that keep a cube from holding and fills them
// into with so that it would; false where something known keeps it.
func (c *candidates) missing(cube Cube, with *fact.Facts) (ids []fact.ID, ok bool) {
	add := func(id fact.ID, raw int64) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		with.SetRaw(id, with.Raw(id)|raw)
	}
	for i := range cube {
		l := &cube[i]
		raw, known := c.view.at(l.Column)
		switch {
		case l.Holds(known, raw):
		case l.Column == fact.TiedBenefit:
			t := tieOf(c.view.f, c.view.benefits)
			if t < lacksCoverage {
				return nil, false
			}
			if t != lacksBenefit {
				add(fact.CoverageStatus, fact.CoverageActive)
			}
			if t != lacksCoverage {
				add(fact.BenefitAvailable, c.view.benefits)
			}
		case known || l.Column >= fact.MaxFacts:
			return nil, false
		default:
			_, raw = l.sample()
			add(l.Column, raw)
		}
	}
	return ids, len(ids) > 0
}

// settles reports whether the answer would change if these facts were known.
func (c *candidates) settles(with *fact.Facts) bool {
	after := c.set.Decide(with, c.topic)
	if c.before.MindsetRow >= 0 && c.before.Mindset == decision.Undetermined && after.Mindset != decision.Undetermined {
		return true
	}
	return c.set.tables[SenderTable][c.before.SenderRow].Default && after.SenderRow != c.before.SenderRow
}

// ranked puts the facts that open the most rules first.
func ranked(count map[fact.ID]int) []fact.ID {
	ids := slices.Collect(maps.Keys(count))
	slices.SortFunc(ids, func(a, b fact.ID) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	return ids[:min(len(ids), maxNeeded)]
}
