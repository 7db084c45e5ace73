package proof

import (
	"math/rand/v2"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// TestModelAnswersAsTheEvaluator draws random questions, pins the model to each
// of them, and demands that it has exactly one answer: the evaluator's.
func TestModelAnswersAsTheEvaluator(t *testing.T) {
	set := defaultSet(t)
	c := newChecker(set, DefaultBudget, &witnesses{})
	v := c.prover().solver
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[decision.Sender]int{}
	for range 600 {
		pin := c.randomQuestion(r)
		point := make([]int, c.space.Columns())
		for _, s := range pin {
			point[s.Col] = s.In.First()
		}
		q := c.question(c.lens, point)
		d := set.Decide(&q.Facts, q.Topic)
		seen[d.Sender]++
		for mindset := range 3 {
			for sender := range 4 {
				want := Proved
				if mindset == int(d.Mindset) && sender == int(d.Sender) && c.possible(q) {
					want = Found
				}
				pinned, _ := cubeOf(append(pin[:len(pin):len(pin)], c.is(c.mindset, mindset), c.is(c.sender, sender))...)
				if got := v.Find(pinned, DefaultBudget); got != want {
					t.Fatalf("mindset %d, sender %d: the model says %s, the evaluator %s and %s", mindset, sender, got, d.Mindset, d.Sender)
				}
			}
		}
		for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
			if row := decided(set, table, &q); row >= 0 && c.possible(q) {
				pinned, _ := cubeOf(append(pin[:len(pin):len(pin)], c.rows(table, func(_ *ruleset.Row, i int) bool { return i != row }))...)
				if got := v.Find(pinned, DefaultBudget); got != Proved {
					t.Fatalf("%s: the model has another row than %d", table, row)
				}
			}
		}
	}
	for s := decision.Nobody; s <= decision.Safety; s++ {
		if seen[s] < 20 {
			t.Errorf("only %d questions were answered with %s", seen[s], s)
		}
	}
}

// randomQuestion fixes every column of a fact, and the topic. Most facts stay
// unknown, as in life.
func (b *member) randomQuestion(r *rand.Rand) Cube {
	var c Cube
	for _, f := range b.world.facts {
		v := 0
		if r.IntN(3) == 0 {
			v = r.IntN(f.size())
		}
		c = append(c, b.is(b.fact[f], v))
		for p := range f.values {
			if col, ok := b.element[f][p]; ok {
				in := 0
				if v > 0 && f.key[:8] != "text_red" {
					in = r.IntN(2)
				}
				c = append(c, b.is(col, in))
			}
		}
	}
	pinned, _ := cubeOf(append(c, b.is(b.topic, r.IntN(len(b.world.topics))))...)
	return pinned
}
