package proof

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// DefaultBudget is what one question may spend, in steps: less than a second.
const DefaultBudget Budget = 20_000_000

// shares is how many times the budget of one question all questions together
// may spend.
const shares = 10

// Check proves or refutes all that can be asked of a Set. Members are taken to
// be as intake makes them: numbers in the range of their fact, a topic of the
// Set, and no premise against them.
func Check(set *ruleset.Set, budget Budget) Report { return new(Session).Check(set, budget) }

// checker asks questions of one Set.
type checker struct {
	*answer
	budget Budget // of one question
	left   Budget // of all
	tally  Tally
	known  *witnesses

	exact     *prover     // over all links; made when it is needed
	defined   *prover     // over the definitions; made when it is needed
	inquiries [][]inquiry // by guardrail
}

func newChecker(set *ruleset.Set, budget Budget, known *witnesses) *checker {
	m, lenses := newModel(set)
	c := &checker{budget: budget, left: shares * budget, known: known}
	c.answer = m.answer(m.member(nil, nil), lenses[0], nil)
	// All columns must be there before the first question.
	c.inquiries = make([][]inquiry, len(set.Guardrails()))
	for i := range c.inquiries {
		for _, rc := range set.Guardrails()[i].Cubes() {
			c.inquiries[i] = append(c.inquiries[i], c.ask(rc)...)
		}
	}
	return c
}

func (c *checker) prover() *prover {
	if c.exact == nil {
		c.exact = newProver(c.space, &c.left, &c.tally, c.model.cubes(defines, orders, answers, fits)...)
	}
	return c.exact
}

// shows looks at a question and its decision for what a point promised.
type shows func(Question, decision.Decision) bool

// find looks for a member in a cube. One counts only if the evaluator that
// serves members answers as the point says, and it shows what was looked for;
// otherwise the answer is undetermined.
func (c *checker) find(cube Cube, ok shows) (Answer, Question) {
	answer, point := c.prover().find(cube, c.budget)
	if answer != Found {
		return answer, Question{}
	}
	q := c.question(c.lens, point)
	if d := c.set.Decide(&q.Facts, q.Topic); c.agrees(point, d) && ok(q, d) {
		return Found, q
	}
	return Undetermined, Question{}
}

// possible reports whether no premise speaks against a member.
func (c *checker) possible(q Question) bool { return c.set.DropImpossible(&q.Facts) == 0 }

// decided is the row of a table that answers a question, negative for none.
func decided(set *ruleset.Set, t ruleset.Table, q *Question) int {
	d := set.Decide(&q.Facts, q.Topic)
	if t == ruleset.MindsetTable {
		return int(d.MindsetRow)
	}
	return int(d.SenderRow)
}
