package ruleset

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// structured writes a content folder as a large plan might have it: n rules in
// four tiers over two tables, on about twenty columns, most of them about a
// topic or a kind of topics, and 120 advice items. It is the same for the same
// n and passes every check.
func structured(n int) fstest.MapFS {
	r := rand.New(rand.NewPCG(42, uint64(n)))
	g := &structure{r: r}
	files := fstest.MapFS{"facts.yaml": g.facts(), "topics.yaml": g.topics(), "advice/all.yaml": g.advice(120)}
	files["mindset.yaml"] = g.table(n/2, []string{"undetermined", "patient", "consumer"}, false)
	files["sender.yaml"] = g.table(n-n/2, []string{"nobody", "provider", "insurer"}, true)
	return files
}

type structure struct{ r *rand.Rand }

const structuredTopics = 45

// kindOf gives each kind but emergency five topics.
func kindOf(topic int) int { return topic % 9 }

var structuredKinds = []string{"care", "coverage", "lifestyle", "chronic_care", "preventive", "maternity", "mental_health", "program", "none"}

func file(b *strings.Builder) *fstest.MapFile { return &fstest.MapFile{Data: []byte(b.String())} }

func (g *structure) facts() *fstest.MapFile {
	var b strings.Builder
	b.WriteString("vocabularies:\n")
	for i, name := range []string{"benefit_available", "chronic_dx", "care_gap", "page_group", "call_reason"} {
		fmt.Fprintf(&b, "  %s:\n", name)
		for i := range []int{30, 20, 14, 20, 45}[i] {
			fmt.Fprintf(&b, "    - {id: %s_%d, label: {en: x}}\n", name, i)
		}
	}
	return file(&b)
}

func (g *structure) topics() *fstest.MapFile {
	var b strings.Builder
	b.WriteString("topics:\n")
	for i := range structuredTopics {
		fmt.Fprintf(&b, "  - {id: topic_%d, kind: %s, label: {en: x}, benefits: [benefit_available_%d, benefit_available_%d]}\n", i, structuredKinds[kindOf(i)], i%30, (i*7+1)%30)
	}
	return file(&b)
}

func (g *structure) advice(n int) *fstest.MapFile {
	var b strings.Builder
	b.WriteString("items:\n")
	for i := range n {
		sender, topic := "provider", g.r.IntN(structuredTopics)
		if i%3 > 0 {
			sender = "insurer"
		}
		for kindOf(topic) < 2 {
			topic = g.r.IntN(structuredTopics)
		}
		fmt.Fprintf(&b, "  - id: item_%d\n    sender: %s\n    topics: [topic_%d]\n    rank: %d\n    title: {en: x}\n    text: {en: x}\n", i, sender, topic, g.r.IntN(9))
		if sender == "insurer" {
			fmt.Fprintf(&b, "    benefit: benefit_available_%d\n", topic%30)
		}
		if i%2 == 0 {
			fmt.Fprintf(&b, "    when:\n%s", g.condition(g.r.IntN(9)))
		}
	}
	return file(&b)
}

// table writes rules whose outcome follows from tier and kind of topic, so that
// those of one tier agree wherever they overlap.
func (g *structure) table(n int, outcomes []string, sender bool) *fstest.MapFile {
	var b strings.Builder
	b.WriteString("rules:\n")
	for i := range n {
		tier, kind := g.r.IntN(len(tiers)-1), g.r.IntN(9)
		outcome := outcomes[1]
		fmt.Fprintf(&b, "  - id: rule-%d\n    tier: %s\n    when:\n", i, tiers[tier])
		if tier > 0 { // rules of the first tier hold for any topic and agree
			outcome = outcomes[(tier+kind)%3]
			b.WriteString(g.about(kind))
		}
		if sender && g.r.IntN(2) == 0 {
			fmt.Fprintf(&b, "      - mindset: {is: %s}\n", []string{"undetermined", "patient", "consumer"}[g.r.IntN(3)])
		}
		for _, k := range g.r.Perm(conditions)[:2+g.r.IntN(3)] {
			b.WriteString(g.condition(k))
		}
		fmt.Fprintf(&b, "    then: %s\n    because: {en: x}\n", outcome)
	}
	fmt.Fprintf(&b, "default: {id: otherwise, then: %s, because: {en: x}}\n", outcomes[0])
	return file(&b)
}

func (g *structure) about(kind int) string {
	a, c := kind+9*g.r.IntN(5), kind+9*g.r.IntN(5)
	switch {
	case g.r.IntN(3) == 0:
		return fmt.Sprintf("      - topic_kind: {is: %s}\n", structuredKinds[kind])
	case a == c:
		return fmt.Sprintf("      - topic: {is: topic_%d}\n", a)
	}
	return fmt.Sprintf("      - topic: {is_any_of: [topic_%d, topic_%d]}\n", a, c)
}

const conditions = 17

// condition is one comparison on a column of its own; advice may read the first
// fifteen.
func (g *structure) condition(k int) string {
	i := g.r.IntN
	return "      - " + []func() string{
		func() string { return fmt.Sprintf("hours_since_acute_care: {at_most: %d days}", 1+i(40)) },
		func() string { return fmt.Sprintf("days_since_problem_visit: {at_most: %d}", 1+i(60)) },
		func() string { return fmt.Sprintf("new_rx_days: {between: [%d, %d]}", i(7), 7+i(60)) },
		func() string { return fmt.Sprintf("abnormal_result_days: {at_most: %d}", 1+i(14)) },
		func() string { return fmt.Sprintf("acute_dx_active: {is: %v}", i(2) == 0) },
		func() string { return fmt.Sprintf("injury_dx_recent: {is: %v}", i(2) == 0) },
		func() string { return "encounter_class_now: {is_any_of: [EMER, IMP, OBSENC]}" },
		func() string {
			return fmt.Sprintf("chronic_dx: {%s: [chronic_dx_%d, chronic_dx_%d]}", ops[IncludesAny+Op(i(3))], i(10), 10+i(10))
		},
		func() string { return fmt.Sprintf("care_gap: {includes_any_of: [care_gap_%d]}", i(14)) },
		func() string { return fmt.Sprintf("bmi: {at_least: %d}", 20+i(20)) },
		func() string { return fmt.Sprintf("bp_systolic: {at_least: %d}", 120+i(60)) },
		func() string { return "coverage_status: {is: active}" },
		func() string {
			return "line_of_business: {is_any_of: [" + []string{"employer, chip", "medicaid, other"}[i(2)] + "]}"
		},
		func() string { return "claim_event: {is: " + []string{"new_eob", "denied", "pended"}[i(3)] + "}" },
		func() string { return "care_program: {is_not: " + []string{"none", "declined", "enrolled"}[i(3)] + "}" },
		func() string {
			return fmt.Sprintf("page_group: {includes_any_of: [page_group_%d, page_group_%d]}", i(10), 10+i(10))
		},
		func() string { return fmt.Sprintf("call_reason: {is: call_reason_%d}", i(45)) },
	}[k]() + "\n"
}

func loadStructured(t testing.TB, n int) *Set {
	s, problems := Load(structured(n), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	for _, p := range problems {
		if p.Code != "no-guardrails" {
			t.Error(p)
		}
	}
	if s == nil {
		t.Fatal("the structured rules do not load")
	}
	return s
}

type question struct {
	f     fact.Facts
	topic uint16
}

// questions are nine in ten made so that a rule drawn evenly from all would fit
// if no other came first; the rest know some facts at random.
func questions(s *Set, n int) []question {
	r := rand.New(rand.NewPCG(9, 9))
	out := make([]question, n)
	for i := range out {
		q := &out[i]
		q.topic = uint16(r.IntN(len(s.topics)))
		for _, a := range s.ages {
			if d := s.catalogue.Def(a.id); r.IntN(2) == 0 && a.id != fact.MemberChoice {
				switch d.Kind {
				case fact.Set:
					q.f.SetRaw(a.id, 1<<r.IntN(len(d.Values))|1<<r.IntN(len(d.Values)))
				case fact.Enum:
					q.f.SetRaw(a.id, r.Int64N(int64(len(d.Values))))
				case fact.Bool:
					q.f.SetRaw(a.id, r.Int64N(2))
				default:
					q.f.SetRaw(a.id, d.Min+r.Int64N(min(d.Max-d.Min, 1000)))
				}
			}
		}
		if r.IntN(10) > 0 {
			rows := s.tables[i%2]
			satisfy(q, rows[r.IntN(len(rows))].cubes[0])
		}
	}
	return out
}

func satisfy(q *question, c Cube) {
	for i := range c {
		switch known, raw := c[i].sample(); {
		case c[i].Column == fact.Topic:
			q.topic = uint16(raw)
		case c[i].Column < fact.MaxFacts && known:
			q.f.SetRaw(c[i].Column, raw)
		}
	}
}

func TestStructuredRulesAgreeWithThePlainWay(t *testing.T) {
	for _, n := range []int{10, 300, 3000} {
		s := loadStructured(t, n)
		rows := map[int32]bool{}
		for _, q := range questions(s, 3000) {
			got := s.Decide(&q.f, q.topic)
			if want := (&oracle{s: s, f: &q.f, topic: q.topic}).decide(); got != want {
				t.Fatalf("%d rules: got %+v, want %+v", n, got, want)
			}
			rows[got.SenderRow] = true
		}
		if len(rows) < 4 {
			t.Errorf("%d rules: only %d rows ever decide", n, len(rows))
		}
	}
}

// TestAllocations holds what the hot path promises.
func TestAllocations(t *testing.T) {
	for _, n := range []int{10, 1000} {
		s := loadStructured(t, n)
		qs := questions(s, 64)
		buf := make([]byte, 0, 4096)
		i := 0
		for name, f := range map[string]func(){
			"Decide":      func() { s.Decide(&qs[i%64].f, qs[i%64].topic); i++ },
			"AppendCells": func() { s.AppendCells(buf, &qs[i%64].f, qs[i%64].topic); i++ },
			"Lifetime":    func() { s.Lifetime(&qs[i%64].f, nil); i++ },
		} {
			if got := testing.AllocsPerRun(500, f); got != 0 {
				t.Errorf("%s with %d rules: %v allocations", name, n, got)
			}
		}
	}
}

// BenchmarkDecide reports beside the mean the best of many short rounds, which
// says more on a machine that others use too.
func BenchmarkDecide(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			s := loadStructured(b, n)
			qs := questions(s, 512)
			runtime.GC() // loading left much behind, which would be collected meanwhile
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				q := &qs[i%len(qs)]
				s.Decide(&q.f, q.topic)
			}
			b.ReportMetric(bestRound(s, qs), "best-ns/op")
		})
	}
}

func bestRound(s *Set, qs []question) float64 {
	best := time.Hour
	for range 500 {
		begun := time.Now()
		for i := range qs {
			s.Decide(&qs[i].f, qs[i].topic)
		}
		best = min(best, time.Since(begun))
	}
	return float64(best.Nanoseconds()) / float64(len(qs))
}

func BenchmarkAppendCells(b *testing.B) {
	s := loadStructured(b, 1000)
	qs := questions(s, 512)
	var buf []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := &qs[i%len(qs)]
		buf = s.AppendCells(buf[:0], &q.f, q.topic)
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		files := structured(n)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if s, _ := Load(files, time.Time{}); s == nil {
					b.Fatal("does not load")
				}
			}
		})
	}
}
