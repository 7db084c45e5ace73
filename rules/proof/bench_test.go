package proof

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// table makes large content: two tables of rules over 40 topics and 26 facts.
// Structured rules each speak of one topic and a few values of the facts of its
// theme, as tables that grew by hand do. Random ones, a share of all, speak of
// any facts and often of half their values.
type largeContent struct {
	*rand.Rand
	rules int
	share float64
}

const largeTopics = 40

func (l *largeContent) set(t testing.TB) *ruleset.Set {
	t.Helper()
	return l.load(t, l.files())
}

func (l *largeContent) load(t testing.TB, files fstest.MapFS) *ruleset.Set {
	t.Helper()
	set, problems := ruleset.Load(files, scribeDay)
	if set == nil {
		t.Fatalf("large content does not load: %v", problems)
	}
	return set
}

func (l *largeContent) files() fstest.MapFS {
	file := func(lines ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	var topics []string
	for i := range largeTopics {
		topics = append(topics, fmt.Sprintf("  - {id: t%d, kind: %s, label: {en: x}, benefits: [b%d]}", i, kindOf(i), i%8))
	}
	mindset, sender := l.table("mindset", l.rules*2/5), l.table("sender", l.rules-l.rules*2/5)
	return fstest.MapFS{
		"facts.yaml":   file(l.facts()...),
		"topics.yaml":  file(append([]string{"topics:"}, topics...)...),
		"mindset.yaml": file("rules:", strings.Join(mindset, "\n"), "default: {id: last, then: undetermined, because: {en: x}}"),
		"sender.yaml":  file("rules:", strings.Join(sender, "\n"), "default: {id: last, then: nobody, because: {en: x}}"),
		"guardrails.yaml": file("guardrails:",
			"  - {id: L1, says: {en: x}, held_by: table, test: T, never: [{topic_kind: {is: care}}, {sender: {is: insurer}}]}",
			"  - {id: L2, says: {en: x}, held_by: table, test: T, never: [{topic_kind: {is: lifestyle}}, {sender: {is: insurer}}, {tied_benefit: {is: false}}]}",
			"  - {id: L3, says: {en: x}, held_by: table, test: T, never: [{topic_kind: {is: coverage}}, {sender: {is: provider}}]}",
			"  - {id: L4, says: {en: x}, held_by: table, test: T, never: [{e0: {is: v0}}, {topic: {is: t0}}, {mindset: {is: undetermined}}, {member_choice: {is: patient}}]}",
			"  - {id: L5, says: {en: x}, held_by: table, test: T, independent: {table: sender, of: [age_years, pcp_known]}}"),
	}
}

func kindOf(topic int) string {
	return []string{"care", "coverage", "lifestyle", "chronic_care"}[topic%4]
}

// enumSizes, twice: the first facts belong to themes, four to each.
var enumSizes = []int{6, 8, 10, 12, 6, 8, 10, 12, 6, 8, 10, 12, 6, 8, 10, 12}

func (l *largeContent) facts() []string {
	out := []string{"vocabularies:", "  benefit_available:"}
	for i := range 8 {
		out = append(out, fmt.Sprintf("    - {id: b%d, label: {en: x}}", i))
	}
	out = append(out, "own_facts:")
	for i, n := range enumSizes {
		var values []string
		for v := range n {
			values = append(values, fmt.Sprintf("{id: v%d, label: {en: x}}", v))
		}
		out = append(out, fmt.Sprintf("  - {id: e%d, type: enum, values: [%s], max_age: contact, label: {en: x}}", i, strings.Join(values, ", ")))
	}
	for i := range 6 {
		out = append(out, fmt.Sprintf("  - {id: n%d, type: int, unit: points, min: 0, max: 100, max_age: contact, label: {en: x}}", i))
	}
	for i := range 4 {
		out = append(out, fmt.Sprintf("  - {id: s%d, type: set, values: [{id: x, label: {en: x}}, {id: y, label: {en: x}}, {id: z, label: {en: x}}], max_age: contact, label: {en: x}}", i))
	}
	return out
}

func (l *largeContent) table(name string, n int) []string {
	out := make([]string, n)
	for i := range out {
		if l.Float64() < l.share {
			out[i] = l.random(name, i)
		} else {
			out[i] = l.structured(name, i)
		}
	}
	return out
}

// structured is a rule about one topic. What it decides hangs on topic and tier
// alone, so that rules of a tier never disagree.
func (l *largeContent) structured(name string, i int) string {
	topic, tier := l.IntN(largeTopics), l.IntN(3)
	theme := topic % 4 * 4
	when := []string{fmt.Sprintf("{topic: {is: t%d}}", topic)}
	for _, f := range l.Perm(4)[:2+l.IntN(3)] {
		when = append(when, fmt.Sprintf("{e%d: {is: v%d}}", theme+f, l.IntN(enumSizes[theme+f])))
	}
	if l.IntN(3) == 0 {
		when = append(when, l.number(topic%6))
	}
	outcome := []string{"patient", "consumer"}[(topic+tier)%2]
	if name == "sender" {
		if l.IntN(3) == 0 {
			when = append(when, "{mindset: {is: "+[]string{"patient", "consumer"}[l.IntN(2)]+"}}")
		}
		outcome = "insurer"
		switch kind := kindOf(topic); {
		case kind == "care" || kind == "chronic_care" && tier == 0:
			outcome = "provider"
		case kind == "lifestyle":
			when = append(when, "{tied_benefit: {is: true}}")
		}
	}
	return ruleLine(fmt.Sprintf("r%d", i), []string{"safety", "clinical", "coverage"}[tier], strings.Join(when, ", "), outcome)
}

// random is a rule about any facts; all of them decide the same.
func (l *largeContent) random(name string, i int) string {
	var when []string
	for _, f := range l.Perm(26)[:2+l.IntN(4)] {
		when = append(when, l.condition(f))
	}
	outcome := "nobody"
	if name == "mindset" {
		outcome = "consumer"
	}
	return ruleLine(fmt.Sprintf("r%d", i), "engagement", strings.Join(when, ", "), outcome)
}

func (l *largeContent) condition(f int) string {
	switch {
	case f < 16:
		var values []string
		for _, v := range l.Perm(enumSizes[f])[:1+l.IntN(enumSizes[f]/2)] {
			values = append(values, fmt.Sprintf("v%d", v))
		}
		return fmt.Sprintf("{e%d: {is_any_of: [%s]}}", f, strings.Join(values, ", "))
	case f < 22:
		return l.number(f - 16)
	}
	return fmt.Sprintf("{s%d: {%s}}", f-22, []string{"includes_any_of: [x, y]", "includes_none_of: [z]", "includes_all_of: [x, z]", "known: false"}[l.IntN(4)])
}

func (l *largeContent) number(f int) string {
	return fmt.Sprintf("{n%d: {%s: %d}}", f, []string{"at_most", "at_least"}[l.IntN(2)], 5*(1+l.IntN(19)))
}

var shapes = []struct {
	name  string
	share float64
}{{"structured", 0}, {"mixed20", 0.2}, {"mixed50", 0.5}, {"random", 1}}

// cpu is the time all threads of this process have spent.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkCheck checks large content in full.
func BenchmarkCheck(b *testing.B) {
	for _, shape := range shapes {
		for _, n := range []int{50, 500, 5000} {
			b.Run(fmt.Sprintf("%s/rules=%d", shape.name, n), func(b *testing.B) {
				l := &largeContent{rand.New(rand.NewPCG(1, uint64(n))), n, shape.share}
				benchmarkCheck(b, l.set(b))
			})
		}
	}
	b.Run("default-content", func(b *testing.B) { benchmarkCheck(b, defaultSet(b)) })
}

func benchmarkCheck(b *testing.B, set *ruleset.Set) {
	var r Report
	from := cpu()
	for b.Loop() {
		r = Check(set, DefaultBudget)
	}
	b.ReportMetric(float64((cpu()-from).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	dead, open := 0, 0
	for _, t := range r.Tables {
		dead, open = dead+len(t.Dead), open+len(t.Open)+len(t.OpenPairs)
	}
	b.ReportMetric(float64(dead), "dead")
	b.ReportMetric(float64(open), "undetermined")
	b.ReportMetric(float64(r.Tally.Replayed), "replayed")
	for _, g := range r.Guardrails {
		if g.Checked && g.Answer != Proved {
			b.Errorf("guardrail %s is %s", set.Guardrails()[g.Guardrail].ID, g.Answer)
		}
	}
}

// BenchmarkDiff compares 5,000 rules with the same after one of them was edited.
func BenchmarkDiff(b *testing.B) {
	for _, shape := range shapes {
		b.Run(shape.name, func(b *testing.B) {
			l := &largeContent{rand.New(rand.NewPCG(1, 5000)), 5000, shape.share}
			files := l.files()
			before := l.load(b, files)
			text := string(files["sender.yaml"].Data)
			files["sender.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, "- {id: r77, tier: ", "- {id: r77, from: 2030-01-01, tier: ", 1))}
			now := l.load(b, files)
			var d Difference
			from := cpu()
			for b.Loop() {
				d = Diff(before, now, DefaultBudget)
			}
			b.ReportMetric(float64((cpu()-from).Microseconds())/1000/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(len(d.Changes)), "changes")
			if !d.Settled {
				b.Error("not everything is settled")
			}
		})
	}
}
