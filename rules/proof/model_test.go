package proof

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/safety"
)

// TestModelAnswersAsTheEvaluator draws random questions, pins the model to each
// of them, and demands that it has exactly one answer: the evaluator's.
func TestModelAnswersAsTheEvaluator(t *testing.T) {
	seen := map[decision.Sender]int{}
	compareModel(t, defaultSet(t), 600, seen)
	large := &largeContent{rand.New(rand.NewPCG(1, 400)), 400, 0.5} // more rules than a word has bits
	compareModel(t, large.set(t), 200, seen)
	for s := decision.Nobody; s <= decision.Safety; s++ {
		if seen[s] < 20 {
			t.Errorf("only %d questions were answered with %s", seen[s], s)
		}
	}
}

func compareModel(t *testing.T, set *ruleset.Set, questions int, seen map[decision.Sender]int) {
	t.Helper()
	c := newChecker(set, DefaultBudget, &witnesses{})
	v := c.prover().solver
	r := rand.New(rand.NewPCG(1, 2))
	for range questions {
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
}

// TestModelHasTheSafetyGate pins every combination of what the gate looks at,
// and demands that the model lets it answer exactly where it does.
func TestModelHasTheSafetyGate(t *testing.T) {
	set := defaultSet(t)
	c := newChecker(set, DefaultBudget, &witnesses{})
	answered := 0
	for topic := range set.Topics() {
		for _, f := range signs() {
			kind, _ := set.Catalogue().Value(fact.TopicKind, set.Topics()[topic].Kind)
			want := safety.Gate(&f, int64(kind)) != decision.NoNotice
			pin := c.pin(Question{f, uint16(topic)})
			for safe := range 2 {
				cube, _ := meet(pin, Cube{c.is(c.safe, safe)})
				if got, _ := c.prover().find(cube, DefaultBudget); (got == Found) != (want == (safe == 1)) {
					t.Fatalf("topic %s, pressure %d, intent %d, call %d, flags %b: the gate answers is %v, the model says %s of %d",
						set.Topics()[topic].ID, f.Raw(fact.BPSystolic), f.Raw(fact.TextIntent), f.Raw(fact.CallReason), f.Raw(fact.TextRedFlag), want, got, safe)
				}
			}
			if want {
				answered++
			}
		}
	}
	if answered < 100 {
		t.Errorf("the gate answered %d times only", answered)
	}
}

// signs are members with every combination of what the gate looks at.
func signs() []fact.Facts {
	all := []fact.Facts{{}}
	for id, raws := range map[fact.ID][]int64{fact.BPSystolic: {40, 179, 180, 181, 350}, fact.TextIntent: {0, fact.IntentSymptom, fact.IntentCrisis}, fact.CallReason: {fact.BehavioralCallNow, 1}, fact.TextRedFlag: {0, 1, 1 << 18}} {
		for _, f := range slices.Clone(all) {
			for _, raw := range raws {
				f.SetRaw(id, raw)
				all = append(all, f)
			}
		}
	}
	return all
}

// pin fixes every column of a member to what a question says.
func (c *checker) pin(q Question) Cube {
	var sides []Side
	for id, s := range c.facts {
		col, raw := c.fact[s.factCuts], q.Facts.Raw(id)
		switch {
		case !q.Facts.Known(id):
			sides = append(sides, c.is(col, 0))
		case s.kind == fact.Set:
			sides = append(sides, c.is(col, 1))
		case s.samples != nil:
			v, exact := slices.BinarySearch(s.samples[1:], raw)
			if exact {
				v++
			}
			sides = append(sides, c.is(col, v))
		default:
			sides = append(sides, c.is(col, s.world[raw]+1))
		}
		for p, element := range c.element[s.factCuts] {
			in := 0
			if q.Facts.Known(id) && raw>>s.own[p]&1 == 1 {
				in = 1
			}
			sides = append(sides, c.is(element, in))
		}
	}
	cube, _ := cubeOf(append(sides, c.is(c.topic, int(q.Topic)))...)
	return cube
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
				if v > 0 && !strings.HasPrefix(f.key, "text_red_flag ") {
					in = r.IntN(2)
				}
				c = append(c, b.is(col, in))
			}
		}
	}
	pinned, _ := cubeOf(append(c, b.is(b.topic, r.IntN(len(b.world.topics))))...)
	return pinned
}
