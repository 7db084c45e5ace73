package ruleset_test

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// TestExampleIsAnsweredTheSame makes examples of random members: the rules answer
// them the same, and hold no value of the member that rules can't tell apart.
func TestExampleIsAnsweredTheSame(t *testing.T) {
	set, problems := ruleset.Load(content.Default(), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatal(problems)
	}
	r := rand.New(rand.NewPCG(5, 6))
	made, own, missed := 0, 0, 0
	for range 20_000 {
		f, topic := anyone(r, set.Catalogue()), uint16(r.IntN(len(set.Topics())))
		cells := set.AppendCells(nil, &f, topic)
		e, ok := set.Example(cells, topic)
		if !ok {
			if d := set.Decide(&f, topic); d.Notice == 0 {
				missed++
			}
			continue
		}
		made++
		if set.Decide(&f, topic) != set.Decide(&e, topic) || !bytes.Equal(cells, set.AppendCells(nil, &e, topic)) {
			t.Fatalf("answered otherwise about %s", set.Topics()[topic].ID)
		}
		if f.Known(fact.LocalHour) && e.Known(fact.LocalHour) {
			own++
		}
	}
	// What stands for a blood pressure may be an emergency where the member's was none.
	if made < 5000 || own > 0 || missed > made/20 {
		t.Errorf("%d examples, %d with a fact that no rule reads, none for %d", made, own, missed)
	}
}

func anyone(r *rand.Rand, c *fact.Catalogue) (f fact.Facts) {
	for _, id := range c.All() {
		d := c.Def(id)
		if id >= fact.MaxFacts || d.Kind == fact.Opaque || id == fact.TextRedFlag || r.IntN(3) > 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetRaw(id, r.Int64N(2))
		case fact.Enum:
			f.SetRaw(id, r.Int64N(int64(len(d.Values))))
		case fact.Set:
			f.SetRaw(id, r.Int64N(1<<len(d.Values)))
		default:
			f.SetRaw(id, d.Min+r.Int64N(min(d.Max-d.Min, 900)+1))
		}
	}
	return f
}

// FuzzExample: bytes that no revision wrote give no example, and do no harm.
func FuzzExample(f *testing.F) {
	set, problems := ruleset.Load(content.Default(), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		f.Fatal(problems)
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		m, topic := anyone(r, set.Catalogue()), uint16(r.IntN(len(set.Topics())))
		f.Add(set.AppendCells(nil, &m, topic), topic)
	}
	f.Add(bytes.Repeat([]byte{255}, 300), uint16(0))
	f.Fuzz(func(t *testing.T, cells []byte, topic uint16) {
		if e, ok := set.Example(cells, topic); ok && !bytes.Equal(set.AppendCells(nil, &e, topic), cells) {
			t.Error("an example of other cells")
		}
	})
}
