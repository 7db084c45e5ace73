package proof

import (
	"cmp"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Report is all that was found out about one Set. Lists are in the order of
// the content's files.
type Report struct {
	Tables     []TableReport
	Guardrails []GuardrailReport
	NeverGiven []ItemReport // items that no member can be given, or that could not be settled
}

// TableReport is about the mindset or the sender table.
type TableReport struct {
	Table     ruleset.Table
	Dead      []Dead     // rows no member reaches
	Conflicts []Conflict // rows of one tier that disagree about a member
	Open      []int      // rows that could not be settled within the budget
	Fallback  *Question  // a member whom only the default row answers; nil if there is none
}

// Conflict is a member whom two rows of one tier answer differently.
type Conflict struct {
	Rows    [2]int
	Example Question
}

// GuardrailReport is about one guardrail.
type GuardrailReport struct {
	Guardrail int      // position in Set.Guardrails
	Answer    Answer   // Proved for all members, Found: broken, or Undetermined; of table guardrails only
	Example   Question // of a broken one, a member that shows it
	Other     Question // of a broken independence, the member that differs only in the facts named
}

// ItemReport is about one advice item.
type ItemReport struct {
	Item   int
	Answer Answer // Proved: never given; Undetermined: not settled
}

// Sound reports whether nothing speaks against publishing.
func (r *Report) Sound() bool {
	for _, t := range r.Tables {
		if len(t.Dead)+len(t.Conflicts)+len(t.Open) > 0 {
			return false
		}
	}
	return len(r.NeverGiven) == 0 && !slices.ContainsFunc(r.Guardrails, func(g GuardrailReport) bool { return g.Answer == Found || g.Answer == Undetermined })
}

// DefaultBudget is what one question may spend, in steps: seconds at most.
const DefaultBudget Budget = 20_000_000

// Check proves or refutes all that can be asked of a Set.
func Check(set *ruleset.Set, budget Budget) Report {
	m := newModel(set)
	c := &checker{model: m, solver: NewSolver(m.space), budget: budget}
	for i, l := range m.links {
		c.solver.Forbid(l, i)
	}
	return Report{
		Tables:     []TableReport{c.table(ruleset.MindsetTable), c.table(ruleset.SenderTable)},
		Guardrails: c.guardrails(),
		NeverGiven: c.items(),
	}
}

// checker asks questions of one model.
type checker struct {
	*model
	solver *Solver
	budget Budget
}

// find looks for a point of a cube. A point counts only if the evaluator that
// serves members answers as the point says and ok agrees; a proof only if the
// splitter confirms it. Anything else is undetermined.
func (c *checker) find(cube Cube, ok func(Question, decision.Decision) bool) (Answer, Question) {
	switch c.solver.Find(cube, c.budget) {
	case Found:
		point := c.solver.Point()
		q := c.question(point)
		if d := c.set.Decide(&q.Facts, q.Topic); c.agrees(point, d) && ok(q, d) {
			return Found, q
		}
	case Proved:
		if c.confirmed(cube) {
			return Proved, Question{}
		}
	}
	return Undetermined, Question{}
}

// confirmed re-proves the solver's last proof on its core, with the splitter.
func (c *checker) confirmed(cube Cube) bool {
	var core []Cube
	for _, id := range c.solver.Core() {
		core = append(core, c.links[id])
	}
	a, _ := Split(c.space, cube, core, nodes(c.budget))
	return a == Proved
}

// anyone takes every point that the evaluator confirms.
func anyone(Question, decision.Decision) bool { return true }

// table checks one table. A row of the sender table counts as dead also if no
// mindset leads to it.
func (c *checker) table(t ruleset.Table) TableReport {
	r := TableReport{Table: t, Conflicts: c.conflicts(t)}
	r.Dead, r.Open = c.dead(t)
	table := &c.tables[t]
	fallback := c.where(table.first, func(v int) bool { return v < len(table.row) && c.set.Rows(t)[table.row[v]].Default })
	if answer, q := c.find(Cube{{table.first, fallback}}, anyone); answer == Found {
		r.Fallback = &q
	}
	return r
}

// dead finds the rows no member reaches, with the rows that cover them.
func (c *checker) dead(t ruleset.Table) ([]Dead, []int) {
	rows := make([]Row, len(c.set.Rows(t)))
	for k, row := range c.tables[t].row {
		rows[row].Cubes = append(rows[row].Cubes, c.tables[t].cubes[k])
	}
	return DeadRows(c.space, c.links, rows, c.budget)
}

// conflicts finds pairs of rows of one tier with different outcomes and a
// member whom both fit and no earlier tier answers.
func (c *checker) conflicts(t ruleset.Table) []Conflict {
	var out []Conflict
	table := &c.tables[t]
	rows := c.set.Rows(t)
	for k, cube := range table.cubes {
		for j := range k {
			a, b := &rows[table.row[j]], &rows[table.row[k]]
			if a.Tier != b.Tier || a.Default || b.Default || a.Outcome == b.Outcome || !cube.Meets(table.cubes[j]) {
				continue
			}
			both := c.meetCubes(cube, table.cubes[j])
			if both == nil || slices.ContainsFunc(out, func(x Conflict) bool { return x.Rows == [2]int{table.row[j], table.row[k]} }) {
				continue
			}
			tier := c.tier(t, a.Tier)
			if answer, q := c.find(c.meetCubes(both, Cube{tier}), anyone); answer == Found {
				out = append(out, Conflict{[2]int{table.row[j], table.row[k]}, q})
			}
		}
	}
	return out
}

// tier is the set of first cubes that belong to a tier.
func (c *checker) tier(t ruleset.Table, tier ruleset.Tier) Side {
	table := &c.tables[t]
	return Side{table.first, c.where(table.first, func(v int) bool {
		return v < len(table.row) && c.set.Rows(t)[table.row[v]].Tier == tier
	})}
}

// meetCubes is what two cubes have in common, nil for nothing.
func (c *checker) meetCubes(a, b Cube) Cube {
	box := map[int]Values{}
	for _, s := range slices.Concat(a, b) {
		narrowBox(box, s.Col, s.In)
	}
	out, ok := boxOf(box)
	if !ok {
		return nil
	}
	return out
}

// items finds the advice that nobody can be given. Room is no matter here: an
// item may stand behind better ones.
func (c *checker) items() []ItemReport {
	var out []ItemReport
	for i := range c.set.Items() {
		item := &c.set.Items()[i]
		if item.Sender == decision.Nobody || item.Sender == decision.Safety {
			continue
		}
		answer := c.reach(item.Cubes())
		if answer != Found {
			out = append(out, ItemReport{i, answer})
		}
	}
	return out
}

// reach tells whether any point lies in one of several cubes of rules.
func (c *checker) reach(cubes []ruleset.Cube) Answer {
	answer := Proved
	for _, rc := range cubes {
		for _, cube := range c.cubes(rc) {
			switch a, _ := c.find(cube, anyone); a {
			case Found:
				return Found
			case Undetermined:
				answer = Undetermined
			}
		}
	}
	return answer
}

// guardrails proves or breaks the guardrails that speak of tables. The others
// are listed without an answer: Set.Guardrails says how they are held.
func (c *checker) guardrails() []GuardrailReport {
	var out []GuardrailReport
	for i := range c.set.Guardrails() {
		g := &c.set.Guardrails()[i]
		r := GuardrailReport{Guardrail: i}
		if g.HeldBy == "table" {
			r.Answer = Proved
			c.never(g, &r)
			if g.Independent != nil && r.Answer == Proved {
				c.independent(g.Independent, &r)
			}
		}
		out = append(out, r)
	}
	return out
}

func (c *checker) never(g *ruleset.Guardrail, r *GuardrailReport) {
	for _, rc := range g.Cubes() {
		for _, q := range c.questions(rc) {
			answer, example := c.find(q.cube, q.given)
			switch answer {
			case Found:
				r.Answer, r.Example = Found, example
				return
			case Undetermined:
				r.Answer = Undetermined
			}
		}
	}
}

// guardrailQuestion is a cube, and what the evaluator's decision must show for
// a point of it to break the guardrail.
type guardrailQuestion struct {
	cube  Cube
	given func(Question, decision.Decision) bool
}

// questions turns a cube of a guardrail into questions: one for each item it
// speaks of if it names advice_benefit.
func (c *checker) questions(rc ruleset.Cube) []guardrailQuestion {
	var out []guardrailQuestion
	k := slices.IndexFunc(rc, func(l ruleset.Literal) bool { return l.Column == fact.AdviceBenefit })
	if k < 0 {
		for _, cube := range c.cubes(rc) {
			out = append(out, guardrailQuestion{cube, anyone})
		}
		return out
	}
	rest := c.cubes(slices.Delete(slices.Clone(rc), k, k+1))
	for i := range c.set.Items() {
		item := &c.set.Items()[i]
		benefit, _ := c.set.Catalogue().Value(fact.AdviceBenefit, cmp.Or(item.Benefit, "none"))
		if !rc[k].Holds(true, int64(benefit)) {
			continue
		}
		given := func(_ Question, d decision.Decision) bool { return slices.Contains(d.Advice(), uint16(i)) }
		for _, ic := range item.Cubes() {
			for _, a := range c.cubes(ic) {
				for _, b := range rest {
					if cube := c.meetCubes(a, b); cube != nil {
						out = append(out, guardrailQuestion{cube, given})
					}
				}
			}
		}
	}
	return out
}
