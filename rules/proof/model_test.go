package proof

import (
	"math/rand/v2"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestModelAnswersAsTheEvaluator draws random questions, pins the model to each
// of them, and demands that it has exactly one answer: the evaluator's.
func TestModelAnswersAsTheEvaluator(t *testing.T) {
	set := defaultSet(t)
	m := newModel(set)
	v := NewSolver(m.space)
	for i, l := range m.links {
		v.Forbid(l, i)
	}
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[decision.Sender]int{}
	for range 3_000 {
		pin := m.randomQuestion(r)
		point := make([]int, m.space.Columns())
		for _, s := range pin {
			point[s.Col] = s.In.First()
		}
		q := m.question(point)
		d := set.Decide(&q.Facts, q.Topic)
		seen[d.Sender]++
		for mindset := range 3 {
			for sender := range 4 {
				want := Proved
				if mindset == int(d.Mindset) && sender == int(d.Sender) {
					want = Found
				}
				answer := append(pin[:len(pin):len(pin)], m.is(m.mindset, mindset), m.is(m.sender, sender))
				if got := v.Find(answer, DefaultBudget); got != want {
					t.Fatalf("mindset %d, sender %d: the model says %s, the evaluator %s and %s", mindset, sender, got, d.Mindset, d.Sender)
				}
			}
		}
	}
	for s := decision.Nobody; s <= decision.Safety; s++ {
		if seen[s] < 100 {
			t.Errorf("only %d questions were answered with %s", seen[s], s)
		}
	}
}

// randomQuestion fixes every column of a fact, and the topic. Most facts stay
// unknown, as in life.
func (m *model) randomQuestion(r *rand.Rand) Cube {
	var c Cube
	isKnown := map[fact.ID]bool{}
	for col, f := range m.facts {
		v := 0
		if f.position < 0 && r.IntN(3) == 0 {
			v = r.IntN(m.sizes[col])
			isKnown[f.id] = v > 0
		}
		if f.position >= 0 && isKnown[f.id] && f.id != fact.TextRedFlag {
			v = r.IntN(2)
		}
		c = append(c, m.is(col, v))
	}
	return append(c, m.is(m.topic, r.IntN(m.sizes[m.topic])))
}
