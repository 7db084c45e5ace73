package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// edited is what a scribe wrote, with a few lines of it changed: left out,
// moved, or written anew.
func (s *scribe) edited(seed uint64) *scribe {
	other := *s
	other.Rand = rand.New(rand.NewPCG(seed, 99))
	other.files = map[string]*fstest.MapFile{}
	for name, f := range s.files {
		lines := strings.Split(string(f.Data), "\n")
		var rules []int
		for i, l := range lines {
			if strings.HasPrefix(l, "  - {id:") && (name == "mindset.yaml" || name == "sender.yaml" || name == "advice/all.yaml") {
				rules = append(rules, i)
			}
		}
		for range other.IntN(4) {
			if len(rules) < 2 {
				break
			}
			k := other.IntN(len(rules))
			i := rules[k]
			switch l := lines[i]; other.IntN(5) {
			case 0:
				lines[i] = ""
				rules = slices.Delete(rules, k, k+1)
			case 1:
				lines[i] = strings.Replace(l, "tier: clinical", "tier: safety", 1)
			case 2:
				lines[i] = strings.Replace(strings.Replace(l, "then: provider", "then: nobody", 1), "then: patient", "then: consumer", 1)
			case 3:
				lines[i] = strings.Replace(strings.Replace(l, "rank: 0", "rank: 3", 1), "rank: 2", "rank: 0", 1)
			default:
				lines[i] = strings.Replace(l, "when: [", "when: ["+other.condition("mindset", 2)+", ", 1)
			}
		}
		text := strings.Join(lines, "\n")
		if name == "topics.yaml" && other.IntN(3) == 0 {
			text = strings.Replace(text, "benefits: [gym]", "benefits: [pool]", 1)
		}
		if name == "topics.yaml" && other.IntN(3) == 0 {
			text = strings.Replace(text, "kind: lifestyle", "kind: "+other.pick("none", "emergency"), 1)
		}
		other.file(name, text)
	}
	return &other
}

// renamed changes every name and text and nothing else.
func (s *scribe) renamed() *scribe {
	other := *s
	other.files = map[string]*fstest.MapFile{}
	for name, f := range s.files {
		text := strings.ReplaceAll(string(f.Data), "{en: x}", "{en: other words}")
		if name == "mindset.yaml" || name == "sender.yaml" {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "{id: r", "{id: new"), "{id: last", "{id: end")
		}
		other.file(name, text)
	}
	return &other
}

// answers are what one member gets, by ids.
func answersOf(w *ruleset.Set, q Question) (mindset, sender string, items []string, rows [2]int32) {
	d := w.Decide(&q.Facts, q.Topic)
	for _, i := range d.Advice() {
		items = append(items, w.Item(i).ID)
	}
	return d.Mindset.String(), d.Sender.String(), items, [2]int32{d.MindsetRow, d.SenderRow}
}

// compareDiff compares the regions of a difference with a walk over all members
// of both contents.
func compareDiff(t *testing.T, seed uint64, seen map[string]int) {
	s := newScribe(seed)
	s.content(4)
	before := s.load(t)
	now := s.edited(seed).load(t)
	got := Diff(before, now, DefaultBudget)
	if !got.Settled || got.Tally.Rejected > 0 || got.Gone != nil || got.New != nil {
		t.Fatalf("seed %d: not everything is settled: %+v", seed, got)
	}
	want := map[string]bool{}
	p := newPeople(before, s)
	var q Question
	for i := range p.len() {
		if !p.at(i, &q) {
			continue
		}
		m1, s1, a1, r1 := answersOf(before, q)
		m2, s2, a2, r2 := answersOf(now, q)
		if m1 != m2 {
			want[fmt.Sprint("mindset ", r1[0], r2[0])] = true
		}
		switch {
		case s1 != s2:
			want[fmt.Sprint("sender ", r1[1], r2[1])] = true
		case !slices.Equal(a1, a2):
			want["advice"] = true
		}
	}
	have := map[string]bool{}
	for _, c := range got.Changes {
		m1, s1, a1, r1 := answersOf(before, c.Example[0])
		m2, s2, a2, r2 := answersOf(now, c.Example[1])
		switch c.Table {
		case ruleset.MindsetTable:
			if m1 == m2 || [2]int32{r1[0], r2[0]} != c.Rows {
				t.Fatalf("seed %d: the example does not show the change of %v", seed, c.Rows)
			}
			have[fmt.Sprint("mindset ", c.Rows[0], c.Rows[1])] = true
		case ruleset.SenderTable:
			if s1 == s2 || [2]int32{r1[1], r2[1]} != c.Rows {
				t.Fatalf("seed %d: the example does not show the change of %v", seed, c.Rows)
			}
			have[fmt.Sprint("sender ", c.Rows[0], c.Rows[1])] = true
		default:
			if s1 != s2 || slices.Equal(a1, a2) {
				t.Fatalf("seed %d: the example does not show other advice", seed)
			}
			have["advice"] = true
		}
		seen[c.Table.String()]++
	}
	if fmt.Sprint(have) != fmt.Sprint(want) {
		t.Fatalf("seed %d: got the regions %v, the walk says %v", seed, have, want)
	}
	if r := Diff(before, s.renamed().load(t), DefaultBudget); len(r.Changes) > 0 || !r.Settled {
		t.Fatalf("seed %d: other names and texts are called a change: %+v", seed, r)
	}
}

// TestDiffAgreesWithAWalk compares the regions of differences between small
// contents with a walk over all members.
func TestDiffAgreesWithAWalk(t *testing.T) {
	contents := uint64(1_000)
	switch {
	case testing.Short():
		contents = 200
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		contents = 100_000
	}
	seen := map[string]int{}
	for seed := range contents {
		compareDiff(t, seed, seen)
	}
	t.Logf("%v", seen)
	for _, table := range []string{"mindset", "sender", "advice"} {
		if seen[table] < int(contents/25) {
			t.Errorf("only %d changes of the %s table", seen[table], table)
		}
	}
}

// TestDiffOverOtherCatalogues compares contents whose lists of values and
// topics differ.
func TestDiffOverOtherCatalogues(t *testing.T) {
	facts := func(benefits, reasons string) string {
		return "vocabularies:\n  benefit_available: [" + benefits + "]\n  call_reason: [" + reasons + "]\n"
	}
	gym, pool, price := "{id: gym, label: {en: gym}}", "{id: pool, label: {en: pool}}", "{id: price, label: {en: price}}"
	topics := func(more string) string {
		return "topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep}, benefits: [gym]}\n  - {id: none, kind: none, label: {en: x}}\n" + more
	}
	rules := func(lines ...string) string {
		return list("rules", strings.Join(lines, "\n")+"\n") + "default: {id: last, then: %s, because: {en: x}}\n"
	}
	load := func(facts, topics, sender string) *ruleset.Set {
		s := &scribe{files: map[string]*fstest.MapFile{}}
		s.file("facts.yaml", facts)
		s.file("topics.yaml", topics)
		s.file("mindset.yaml", fmt.Sprintf("rules: []\ndefault: {id: last, then: %s, because: {en: x}}\n", "consumer"))
		s.file("sender.yaml", fmt.Sprintf(sender, "nobody"))
		return s.load(t)
	}
	insurer := ruleLine("a", "clinical", "{benefit_available: {includes_any_of: [gym]}}", "insurer")
	was := load(facts(gym, ""), topics(""), rules(insurer))
	same := load(facts(pool+", "+gym, price), topics("  - {id: food, kind: lifestyle, label: {en: x}}\n"), rules(insurer))
	d := Diff(was, same, DefaultBudget)
	if len(d.Changes) > 0 || !d.Settled || !slices.Equal(d.New, []string{"food"}) || d.Gone != nil {
		t.Errorf("values at other places are called a change: %+v", d)
	}
	back := Diff(same, was, DefaultBudget)
	if len(back.Changes) > 0 || !slices.Equal(back.Gone, []string{"food"}) || back.New != nil {
		t.Errorf("and back: %+v", back)
	}
	more := load(facts(pool+", "+gym, price), topics(""), rules(insurer, ruleLine("b", "coverage", "{benefit_available: {includes_any_of: [pool]}}, {call_reason: {is: price}}", "provider")))
	d = Diff(was, more, DefaultBudget)
	if len(d.Changes) != 1 || d.Changes[0].Rows != [2]int32{1, 1} {
		t.Fatalf("got %+v", d)
	}
	old, now := d.Changes[0].Example[0].Facts, d.Changes[0].Example[1].Facts
	if now.Raw(fact.BenefitAvailable) != 1 || !now.Known(fact.CallReason) || old.Known(fact.CallReason) || old.Raw(fact.BenefitAvailable) != 0 {
		t.Errorf("the old Set is told %v %v, the new one %v %v", old.Raw(fact.BenefitAvailable), old.Known(fact.CallReason), now.Raw(fact.BenefitAvailable), now.Known(fact.CallReason))
	}
}

// TestDiffNamesWhatItDoesNotCompare changes what is held outside the tables:
// premises, whatever their names, and the terms of an item.
func TestDiffNamesWhatItDoesNotCompare(t *testing.T) {
	load := func(premise, terms string) *ruleset.Set {
		s := &scribe{files: fstest.MapFS{}}
		s.file("facts.yaml", "own_facts:\n  - "+ownFacts["flag"]+"\n  - "+ownFacts["shade"]+"\nimpossible:\n  - "+premise+"\n")
		s.file("topics.yaml", "topics:\n  - {id: none, kind: none, label: {en: x}}\n")
		s.file("mindset.yaml", "rules: []\ndefault: {id: last, then: consumer, because: {en: x}}\n")
		s.file("sender.yaml", "rules: []\ndefault: {id: last, then: insurer, because: {en: x}}\n")
		s.file("advice/all.yaml", "items:\n  - {id: i, sender: insurer, topics: [none], rank: 1, "+terms+"title: {en: x}, text: {en: x}}\n")
		return s.load(t)
	}
	premise := func(id, shade, drop string) string {
		return "{id: " + id + ", says: {en: x}, never: [{flag: {is: true}}, {shade: {is: " + shade + "}}], drop: [" + drop + "]}"
	}
	was := load(premise("p", "red", "flag"), "")
	for _, x := range []struct {
		now      *ruleset.Set
		premises bool
		terms    int
	}{
		{load(premise("other", "red", "flag"), ""), false, 0},
		{load(premise("p", "blue", "flag"), ""), true, 0},
		{load(premise("p", "red", "shade"), ""), true, 0},
		{load(premise("p", "red", "flag"), "sensitive: [hiv], "), false, 1},
		{load(premise("p", "red", "flag"), "paid_by: third_party, "), false, 1},
		{load(premise("p", "red", "flag"), "minor_consent: true, "), false, 1},
		{load(premise("p", "red", "flag"), "reward: {rule: x}, "), false, 1},
	} {
		if d := Diff(was, x.now, DefaultBudget); d.Premises != x.premises || len(d.Terms) != x.terms || len(d.Changes) > 0 || !d.Settled {
			t.Errorf("got %+v, want premises %v and %d items on other terms", d, x.premises, x.terms)
		}
	}
}
