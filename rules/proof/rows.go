package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// table checks one table.
func (c *checker) table(t ruleset.Table) TableReport {
	r := TableReport{Table: t}
	rows := c.set.Rows(t)
	quick := &quickRows{c: c, t: t}
	for i := range rows {
		if rows[i].Default {
			continue
		}
		switch answer, dead := c.row(quick, t, i); answer {
		case Proved:
			r.Dead = append(r.Dead, dead)
		case Undetermined:
			r.Open = append(r.Open, i)
		}
	}
	c.complete(&r)
	c.conflicts(&r)
	return r
}

// row finds out whether any member reaches a row; Proved is that none does.
func (c *checker) row(quick *quickRows, t ruleset.Table, i int) (Answer, Dead) {
	row := &c.set.Rows(t)[i]
	reaches := func(q Question, _ decision.Decision) bool { return decided(c.set, t, &q) == i && c.possible(q) }
	if q, ok := c.known.get(uint8(t), row.ID); ok && reaches(q, decision.Decision{}) {
		return Found, Dead{}
	}
	for _, q := range c.plain(row.Cubes()) {
		if reaches(q, decision.Decision{}) {
			c.known.keep(uint8(t), row.ID, q)
			return Found, Dead{}
		}
	}
	if dead, ok := c.known.stillDead(c, t, i); ok {
		return Proved, dead
	}
	answer, by, q := quick.find(i)
	bySelf := answer == Proved
	if answer == Found && reaches(q, decision.Decision{}) {
		c.known.keep(uint8(t), row.ID, q)
		return Found, Dead{}
	}
	if answer != Proved {
		first := c.rows(t, func(_ *ruleset.Row, r int) bool { return r == i })
		cube, ok := cubeOf(append(c.asked(t), first)...)
		if !ok {
			return Proved, Dead{Row: i, Minimal: true}
		}
		if answer, q = c.find(cube, reaches); answer == Found {
			c.known.keep(uint8(t), row.ID, q)
		}
		if answer == Proved {
			by = c.rowsBehind(c.prover(), t)
		}
	}
	if answer != Proved {
		return answer, Dead{}
	}
	dead := c.cover(t, i, by)
	c.known.keepDead(c, t, dead, bySelf)
	return Proved, dead
}

// rowsBehind lists the rows of a table that the prover's last proof rests on.
func (c *checker) rowsBehind(p *prover, t ruleset.Table) []int {
	var by []int
	for _, id := range p.solver.Core() {
		if l := &c.links[id]; l.order == &c.tables[t] && l.row >= 0 {
			by = append(by, l.row)
		}
	}
	slices.Sort(by)
	return slices.Compact(by)
}

// quickRows asks whether the rows before a row leave anything of it while
// nothing is said about the other table: most rows are settled by that. The
// rows before it are forbidden as they are needed.
type quickRows struct {
	c      *checker
	t      ruleset.Table
	prover *prover
	given  int   // links that are no rows
	of     []int // the row of each cube forbidden after those
	cube   int   // the next one to forbid
}

func (x *quickRows) find(i int) (Answer, []int, Question) {
	if x.prover == nil {
		x.prover = newProver(x.c.space, &x.c.left, &x.c.tally, x.c.model.cubes(defines)...)
		x.given = len(x.prover.cubes)
	}
	table := &x.c.tables[x.t]
	for ; x.cube < len(table.cubes) && table.row[x.cube] < i; x.cube++ {
		x.prover.forbid(table.cubes[x.cube])
		x.of = append(x.of, table.row[x.cube])
	}
	var by []int
	for k := x.cube; k < len(table.cubes) && table.row[k] == i; k++ {
		cube, ok := meet(table.cubes[k], x.c.asked(x.t))
		if !ok {
			continue
		}
		switch answer, point := x.prover.find(cube, x.c.budget); answer {
		case Found:
			return Found, nil, x.c.question(x.c.lens, point)
		case Undetermined:
			return Undetermined, nil, Question{}
		}
		for _, id := range x.prover.solver.Core() {
			if id >= x.given {
				by = append(by, x.of[id-x.given])
			}
		}
	}
	slices.Sort(by)
	return Proved, slices.Compact(by), Question{}
}

// complete looks for a member whom only the default row answers.
func (c *checker) complete(r *TableReport) {
	rows := c.set.Rows(r.Table)
	last := len(rows) - 1
	reaches := func(q Question, _ decision.Decision) bool {
		return decided(c.set, r.Table, &q) == last && c.possible(q)
	}
	tries := c.plain(rows[last].Cubes())
	if q, ok := c.known.get(uint8(r.Table), rows[last].ID); ok {
		tries = append(tries, q)
	}
	for _, q := range tries {
		if reaches(q, decision.Decision{}) {
			r.Complete, r.Fallback = Found, q
			c.known.keep(uint8(r.Table), rows[last].ID, q)
			return
		}
	}
	cube, _ := cubeOf(append(c.asked(r.Table), c.rows(r.Table, func(row *ruleset.Row, _ int) bool { return row.Default }))...)
	if r.Complete, r.Fallback = c.find(cube, reaches); r.Complete == Found {
		c.plainest(&r.Fallback, func(q Question) bool { return reaches(q, decision.Decision{}) })
	}
}
