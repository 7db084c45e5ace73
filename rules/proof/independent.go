package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// twins is a model of two members who are alike in all but some facts, and of
// what one Set answers to each.
type twins struct {
	c      *checker
	table  ruleset.Table
	of     []fact.ID
	a, b   *answer
	prover *prover
}

// independent decides whether the outcome of a table is the same whatever the
// facts named. It asks for twins with different outcomes; the outcome of the
// advice table is the list of items given.
func (c *checker) independent(in *ruleset.Independence, r *GuardrailReport) {
	if !c.reads(in) {
		return // no rule on the way reads any of them, so no outcome can tell
	}
	t := &twins{c: c, table: in.Table, of: in.Of}
	m, lenses := newModel(c.set)
	l := lenses[0]
	first := m.member(nil, nil)
	second := m.member(first, func(f *factCuts) bool {
		return slices.ContainsFunc(in.Of, func(id fact.ID) bool { return l.facts[id] != nil && l.facts[id].factCuts == f })
	})
	t.a, t.b = m.answer(first, l, nil), m.answer(second, l, nil)
	asks := t.differ()
	t.prover = newProver(m.space, &c.left, &c.tally, m.cubes(defines, orders, answers, fits)...)
	for _, x := range asks {
		answer, a, b := t.find(x)
		if answer == Found {
			r.Answer, r.Example, r.Other = Found, a, b
			c.plainTwins(in, r, func(a, b Question) bool {
				return t.differs(c.set.Decide(&a.Facts, a.Topic), c.set.Decide(&b.Facts, b.Topic))
			})
			return
		}
		if answer == Undetermined {
			r.Answer = Undetermined
		}
	}
}

// reads reports whether any rule that leads to the table's outcome reads one of
// the facts, itself or through a derived column.
func (c *checker) reads(in *ruleset.Independence) bool {
	read := []fact.ID{fact.MemberChoice, fact.TextRedFlag, fact.CallReason, fact.TextIntent, fact.BPSystolic}
	for t := ruleset.MindsetTable; t <= min(in.Table, ruleset.SenderTable); t++ {
		for i := range c.set.Rows(t) {
			read = append(read, c.set.Rows(t)[i].Reads()...)
		}
	}
	if in.Table == ruleset.AdviceTable {
		for i := range c.set.Items() {
			read = append(read, c.set.Items()[i].Reads()...)
		}
	}
	if slices.Contains(read, fact.TiedBenefit) {
		read = append(read, fact.CoverageStatus, fact.BenefitAvailable)
	}
	return slices.ContainsFunc(in.Of, func(id fact.ID) bool { return slices.Contains(read, id) })
}

// differ lists the questions that together ask for all twins with different
// outcomes. Two lists of advice differ exactly if some item is given to one
// member while the other does not even fit it.
func (t *twins) differ() []inquiry {
	var out []inquiry
	if t.table == ruleset.AdviceTable {
		for i := range t.c.set.Items() {
			if len(t.a.items[i]) == 0 {
				continue
			}
			in, not := t.a.fitsItem(i), t.b.fitsItem(i)
			cube, _ := cubeOf(in, t.b.without(not))
			out = append(out, inquiry{cube, i})
		}
		return out
	}
	a, b := t.a.mindset, t.b.mindset
	if t.table == ruleset.SenderTable {
		a, b = t.a.sender, t.b.sender
	}
	for v := range t.a.space.Size(a) {
		cube, _ := cubeOf(t.a.is(a, v), t.b.not(b, v))
		out = append(out, inquiry{cube, -1})
	}
	return out
}

// fitsItem restricts a member to those who fit an item, through a column that
// tells which of the item's cubes the member is in.
func (a *answer) fitsItem(i int) Side {
	cubes := a.items[i]
	if _, ok := a.fitting[i]; !ok {
		col := a.space.grow(len(cubes) + 1)
		a.fitting[i] = col
		for k, c := range cubes {
			a.forbid(fits, append(c[:len(c):len(c)], a.is(col, len(cubes)))...)
			for _, s := range c {
				a.forbid(fits, a.is(col, k), a.without(s))
			}
		}
	}
	return a.not(a.fitting[i], len(cubes))
}

// find looks for twins in a cube, of whom the first must be given an item if
// the question names one.
func (t *twins) find(x inquiry) (Answer, Question, Question) {
	p := t.prover
	for range maxCrowds {
		answer, point := p.find(x.cube, t.c.budget)
		if answer != Found {
			return answer, Question{}, Question{}
		}
		a, b := t.a.question(t.a.lens, point), t.b.question(t.b.lens, point)
		x1, x2 := t.c.set.Decide(&a.Facts, a.Topic), t.c.set.Decide(&b.Facts, b.Topic)
		switch {
		case !t.a.agrees(point, x1) || !t.b.agrees(point, x2) || !t.c.possible(a) || !t.c.possible(b):
			return Undetermined, Question{}, Question{}
		case t.differs(x1, x2):
			return Found, a, b
		case x.item < 0:
			return Undetermined, Question{}, Question{}
		}
		crowd, ok := t.a.crowd(x.item, point, &x1)
		if !ok {
			return Undetermined, Question{}, Question{}
		}
		if p == t.prover {
			p = newProver(t.a.space, &t.c.left, &t.c.tally, t.prover.cubes...)
		}
		p.forbid(crowd)
	}
	return Undetermined, Question{}, Question{}
}

// differs compares two decisions as the table's readers see them.
func (t *twins) differs(x, y decision.Decision) bool {
	switch t.table {
	case ruleset.MindsetTable:
		return x.Mindset != y.Mindset
	case ruleset.SenderTable:
		return x.Sender != y.Sender
	}
	return !slices.Equal(x.Advice(), y.Advice())
}
