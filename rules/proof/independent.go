package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// independent decides whether the outcome of a table is the same whatever the
// facts named. It doubles the space: the same member twice, alike in all but
// those facts, and asks for a pair with different outcomes. Advice depends on a
// fact as soon as one item's eligibility does.
func (c *checker) independent(in *ruleset.Independence, r *GuardrailReport) {
	if !c.reads(in) {
		return // no rule on the way reads any of them, so no outcome can tell
	}
	d := c.double(in.Of)
	for _, pair := range d.differ(in.Table) {
		switch d.solver.Find(pair, c.budget) {
		case Found:
			a, b := d.read(d.solver.Point())
			if c.differs(in.Table, a, b) {
				r.Answer, r.Example, r.Other = Found, a, b
				return
			}
			r.Answer = Undetermined
		case Undetermined:
			r.Answer = Undetermined
		case Proved:
			if !d.confirmed(pair, c.budget) {
				r.Answer = Undetermined
			}
		}
	}
}

// reads reports whether any rule that leads to the table's outcome reads one of
// the facts, itself or through a derived column.
func (c *checker) reads(in *ruleset.Independence) bool {
	var read []fact.ID
	for t := ruleset.MindsetTable; t <= min(in.Table, ruleset.SenderTable); t++ {
		for _, row := range c.set.Rows(t) {
			read = append(read, row.Reads()...)
		}
	}
	if in.Table == ruleset.AdviceTable {
		for _, item := range c.set.Items() {
			read = append(read, item.Reads()...)
		}
	}
	if slices.Contains(read, fact.TiedBenefit) {
		read = append(read, fact.CoverageStatus, fact.BenefitAvailable)
	}
	read = append(read, fact.MemberChoice, fact.TextRedFlag, fact.CallReason, fact.TextIntent, fact.BPSystolic)
	return slices.ContainsFunc(in.Of, func(id fact.ID) bool { return slices.Contains(read, id) })
}

// doubled is a space that holds two points of a model, alike but for some
// facts. Column c of the second point is second[c].
type doubled struct {
	*model
	solver *Solver
	space  *Space
	second []int
	links  []Cube
}

func (c *checker) double(of []fact.ID) *doubled {
	m := c.model
	d := &doubled{model: m, second: make([]int, len(m.sizes))}
	sizes := slices.Clone(m.sizes)
	for col := range m.sizes {
		d.second[col] = col
		if col == m.topic || col < len(m.facts) && !slices.Contains(of, m.facts[col].id) {
			continue // shared by both
		}
		d.second[col] = len(sizes)
		sizes = append(sizes, m.sizes[col])
	}
	d.space = NewSpace(sizes)
	d.links = slices.Clone(m.links)
	for _, l := range m.links {
		d.links = append(d.links, d.other(l))
	}
	d.solver = NewSolver(d.space)
	for i, l := range d.links {
		d.solver.Forbid(l, i)
	}
	return d
}

// other is a cube about the second point.
func (d *doubled) other(c Cube) Cube {
	var out Cube
	for _, s := range c {
		out = append(out, Side{d.second[s.Col], s.In})
	}
	slices.SortFunc(out, func(a, b Side) int { return a.Col - b.Col })
	return out
}

// differ lists cubes that together hold every pair with different outcomes.
func (d *doubled) differ(t ruleset.Table) []Cube {
	cols := []int{d.mindset}
	if t != ruleset.MindsetTable {
		cols = []int{d.sender}
	}
	var out []Cube
	for _, col := range cols {
		for v := range d.model.space.Size(col) {
			out = append(out, Cube{d.is(col, v), {d.second[col], d.space.Not(d.second[col], d.space.Of(d.second[col], v))}})
		}
	}
	return out
}

// read splits a point into its two questions.
func (d *doubled) read(point []int) (a, b Question) {
	two := slices.Clone(point[:len(d.second)])
	for col, s := range d.second {
		two[col] = point[s]
	}
	return d.question(point), d.question(two)
}

func (d *doubled) confirmed(pair Cube, budget Budget) bool {
	var core []Cube
	for _, id := range d.solver.Core() {
		core = append(core, d.links[id])
	}
	a, _ := Split(d.space, pair, core, nodes(budget))
	return a == Proved
}

// differs replays both questions on the evaluator that serves members.
func (c *checker) differs(t ruleset.Table, a, b Question) bool {
	x, y := c.set.Decide(&a.Facts, a.Topic), c.set.Decide(&b.Facts, b.Topic)
	if t == ruleset.MindsetTable {
		return x.Mindset != y.Mindset
	}
	return x.Sender != y.Sender
}
