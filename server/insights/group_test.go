package insights

import (
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// people is a count that remembers whom it counts, so that a test can tell
// which figures are about fewer than Floor.
type people [32]uint64

func person(id int) (p people) {
	p[id/64] = 1 << (id % 64)
	return p
}

func (p people) plus(o people) people {
	for i := range p {
		p[i] |= o[i]
	}
	return p
}

func (p people) len() (n int) {
	for _, word := range p {
		n += bits.OnesCount64(word)
	}
	return n
}

func (p people) safe() bool { return p.len() >= Floor }

// without is those of p that are not in o, and both those that are.
func (p people) without(o people) (left, both int) {
	for i := range p {
		left += bits.OnesCount64(p[i] &^ o[i])
		both += bits.OnesCount64(p[i] & o[i])
	}
	return left, both
}

// TestNoSubtractionLeadsToAFew makes random decisions and looks at every figure
// that could be shown of them: a day, a topic, a rule, a sender, pairs of these,
// and all. Where one is part of another, what is left is nobody or at least
// Floor; and so is what two figures share.
func TestNoSubtractionLeadsToAFew(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	for range rounds {
		all := groups(someDecisions(r), answerSteps...)
		figures := figuresOf(all)
		for _, a := range figures {
			if n := a.len(); n < Floor {
				t.Fatalf("a figure of %d", n)
			}
			for _, b := range figures {
				left, both := a.without(b)
				if left > 0 && left < Floor || both > 0 && both < Floor {
					t.Fatalf("%d are in one figure of %d and not in another of %d; %d in both", left, a.len(), b.len(), both)
				}
			}
		}
	}
}

// someDecisions are decisions of a month by rules that lead to few outcomes, as
// rules do: knowing the rule is knowing the sender.
func someDecisions(r *rand.Rand) map[answer]people {
	cells := map[answer]people{}
	for id := range 200 + r.IntN(32*64-200) {
		rule := int(r.ExpFloat64() * 3)
		a := answer{day: int32(20_000 + int(r.ExpFloat64()*4)), topic: string(rune('a' + int(r.ExpFloat64()*4)))}
		a.rules = [2]string{"m" + string(rune('0'+rule/2)), "s" + string(rune('0'+rule))}
		a.mindset = []string{"patient", "consumer", "undetermined"}[rule/2%3]
		a.sender = []string{"insurer", "provider", "nobody"}[rule%3]
		a.given = advised
		if rule%2 == 1 {
			a.given = unadvised
		}
		cells[a] = cells[a].plus(person(id))
	}
	return cells
}

// figuresOf are the figures that the API shows, and more.
func figuresOf(all map[answer]people) (out []people) {
	parts := map[string]func(answer) string{
		"all": func(answer) string { return "all" }, "day": func(a answer) string { return strings.Repeat("d", int(max(0, a.day-19_999))) },
		"topic": func(a answer) string { return a.topic }, "sender": func(a answer) string { return a.sender }, "mindset": func(a answer) string { return a.mindset },
		"mindset rule": func(a answer) string { return a.rules[0] }, "sender rule": func(a answer) string { return a.rules[1] },
		"given": func(a answer) string { return strings.Repeat("g", int(a.given)) },
	}
	for _, x := range parts {
		for _, y := range parts {
			for _, n := range sum(all, func(a answer) ([2]string, bool) { return [2]string{x(a), y(a)}, x(a) != "" && y(a) != "" }) {
				out = append(out, n)
			}
		}
	}
	return out
}

// TestWithoutStepsSubtractionTells shows that the test above can fail: figures
// that are each large enough, and no more, tell of a few.
func TestWithoutStepsSubtractionTells(t *testing.T) {
	cells := someDecisions(rand.New(rand.NewPCG(3, 4)))
	var figures []people
	for _, p := range figuresOf(cells) {
		if p.safe() {
			figures = append(figures, p)
		}
	}
	for _, a := range figures {
		for _, b := range figures {
			if left, _ := a.without(b); left > 0 && left < Floor {
				return
			}
		}
	}
	t.Error("nothing could be told")
}

func TestGroupsKeepWhatTheyCan(t *testing.T) {
	cells := map[answer]count{
		{day: 1, topic: "sleep", sender: "insurer"}:  11,
		{day: 2, topic: "sleep", sender: "insurer"}:  6,
		{day: 3, topic: "sleep", sender: "insurer"}:  5,
		{day: 1, topic: "weight", sender: "insurer"}: 10,
		{day: 2, topic: "weight", sender: "nobody"}:  1,
		{day: 9, topic: "id_card", sender: "nobody"}: 10,
	}
	got := groups(cells, answerSteps...)
	want := map[answer]count{
		{day: 1, topic: "sleep", sender: "insurer"}: 11,
		{topic: "sleep", sender: "insurer"}:         11, // days 2 and 3 together
		{sender: "nobody"}:                          11, // weight and id_card; the 10 about weight are too few for anything
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%+v: %d, want %d", k, got[k], n)
		}
	}
}

func TestPeriods(t *testing.T) {
	now := time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)
	for _, try := range []struct{ from, to, first, last, field string }{
		{"", "", "2026-02-01", "2026-03-15", ""},
		{"2026-03-07", "2026-03-09", "2026-03-01", "2026-03-15", ""},
		{"2025-12-31", "2026-01-01", "2025-12-01", "2026-01-31", ""},
		{"2025-03-01", "2026-03-31", "2025-03-01", "2026-03-15", ""},
		{"", "2031-01-01", "2026-02-01", "2026-03-15", ""},
		{"2025-02-28", "2026-03-01", "", "", "fromDay"},
		{"2026-03-09", "2026-03-08", "", "", "fromDay"},
		{"2027-01-01", "", "", "", "fromDay"},
		{"2026-02-30", "", "", "", "fromDay"},
		{"", "yesterday", "", "", "toDay"},
	} {
		p, err := newPeriod(try.from, try.to, now)
		if try.field != "" {
			if e, ok := err.(*Error); !ok || e.Field != try.field {
				t.Errorf("%+v: %v", try, err)
			}
			continue
		}
		if err != nil || p.From.Format(time.DateOnly) != try.first || p.Last.Format(time.DateOnly) != try.last {
			t.Errorf("%+v: %v %v %v", try, p.From, p.Last, err)
		}
	}
}
