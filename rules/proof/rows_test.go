package proof

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// rowsContent is content with these sender rules and the own facts of a scribe.
func rowsContent(t *testing.T, rules ...string) *ruleset.Set {
	t.Helper()
	s := &scribe{files: fstest.MapFS{}}
	s.file("facts.yaml", "own_facts:\n  - "+ownFacts["flag"]+"\n  - "+ownFacts["shade"]+"\n  - "+ownFacts["count"]+"\n")
	s.file("topics.yaml", "topics:\n  - {id: none, kind: none, label: {en: x}}\n")
	s.file("mindset.yaml", "rules: []\ndefault: {id: last, then: consumer, because: {en: x}}\n")
	text := "rules:\n"
	for _, r := range rules {
		text += r + "\n"
	}
	s.file("sender.yaml", text+"default: {id: last, then: nobody, because: {en: x}}\n")
	return s.load(t)
}

// TestCoverPrefersOneRow gives two rows that cover a third, where a later one
// does it alone, though none of its cubes does.
func TestCoverPrefersOneRow(t *testing.T) {
	set := rowsContent(t,
		ruleLine("known", "clinical", "{flag: {known: true}}", "provider"),
		ruleLine("unknown", "clinical", "{flag: {known: false}}", "provider"),
		ruleLine("any", "clinical", "{any: [{flag: {is: true}}, {flag: {is: false}}, {flag: {known: false}}]}", "provider"),
		ruleLine("dead", "coverage", "{shade: {is: red}}", "insurer"))
	c := newChecker(set, DefaultBudget, &witnesses{})
	if d := c.cover(ruleset.SenderTable, 3, []int{0, 1}); !slices.Equal(d.By, []int{2}) || !d.Minimal {
		t.Errorf("got %+v", d)
	}
}

// TestSessionSeesWhatARuleNoLongerCovers narrows the rule that covered another:
// what is left of the other is not what a plain member shows.
func TestSessionSeesWhatARuleNoLongerCovers(t *testing.T) {
	dead := ruleLine("dead", "coverage", "{flag: {is: true}}, {count: {at_least: 3}}", "insurer")
	wide := rowsContent(t, ruleLine("wide", "clinical", "{flag: {is: true}}", "provider"), dead)
	narrow := rowsContent(t, ruleLine("wide", "clinical", "{flag: {is: true}}, {count: {at_most: 3}}", "provider"), dead)
	var s Session
	for i, set := range []*ruleset.Set{wide, narrow, wide, wide, narrow, narrow} {
		r := s.Check(set, DefaultBudget)
		if want := set == wide; (len(r.Tables[1].Dead) == 1) != want {
			t.Errorf("version %d: dead is %v, want %v", i, !want, want)
		}
	}
}

// TestCoverLooksAtMembersOnly gives a row that only the other table leaves to one
// row instead of two: points that no member can be must not count against it.
func TestCoverLooksAtMembersOnly(t *testing.T) {
	s := &scribe{files: fstest.MapFS{}}
	s.file("facts.yaml", "own_facts:\n  - "+ownFacts["shade"]+"\n")
	s.file("topics.yaml", "topics:\n  - {id: none, kind: none, label: {en: x}}\n")
	s.file("mindset.yaml", "rules:\n"+ruleLine("coloured", "clinical", "{shade: {is_any_of: [red, grey]}}", "undetermined")+"\ndefault: {id: last, then: consumer, because: {en: x}}\n")
	s.file("sender.yaml", "rules:\n"+ruleLine("red", "clinical", "{shade: {is: red}}", "provider")+"\n"+
		ruleLine("grey", "clinical", "{shade: {is: grey}}", "provider")+"\n"+
		ruleLine("both", "clinical", "{any: [{shade: {is: red}}, {shade: {is: grey}}]}", "provider")+"\n"+
		ruleLine("dead", "engagement", "{mindset: {is: undetermined}}", "nobody")+"\ndefault: {id: last, then: nobody, because: {en: x}}\n")
	set := s.load(t)
	c := newChecker(set, DefaultBudget, &witnesses{})
	if d := c.cover(ruleset.SenderTable, 3, []int{0, 1}); !slices.Equal(d.By, []int{2}) || !d.Minimal {
		t.Errorf("got %+v", d)
	}
}

// TestSessionSeesARuleThatMovedBefore moves a rule before a dead one that it covers
// alone. What the rule asks is the same as ever.
func TestSessionSeesARuleThatMovedBefore(t *testing.T) {
	rules := func(tier string) *ruleset.Set {
		return rowsContent(t,
			ruleLine("known", "clinical", "{flag: {known: true}}", "provider"),
			ruleLine("unknown", "clinical", "{flag: {known: false}}", "provider"),
			ruleLine("moving", tier, "{any: [{flag: {is: true}}, {flag: {is: false}}, {flag: {known: false}}]}", "provider"),
			ruleLine("dead", "coverage", "{shade: {is: red}}", "insurer"))
	}
	var s Session
	for i, tier := range []string{"engagement", "clinical", "engagement", "safety"} {
		set := rules(tier)
		got, want := s.Check(set, DefaultBudget), Check(set, DefaultBudget)
		if a, b := outline(set, &got), outline(set, &want); a != b {
			t.Errorf("version %d: the session says\n%s\nand a fresh check\n%s", i, a, b)
		}
	}
}

// TestTooManyConflictsAreNotSettled has more pairs of rows that disagree than one
// report holds: what was not looked at must not pass for sound.
func TestTooManyConflictsAreNotSettled(t *testing.T) {
	for _, n := range []int{7, 9} { // 49 and 81 pairs
		var rules []string
		for i := range n {
			rules = append(rules, ruleLine(fmt.Sprintf("p%d", i), "clinical", "{flag: {is: true}}", "provider"), ruleLine(fmt.Sprintf("i%d", i), "clinical", "{flag: {is: true}}", "insurer"))
		}
		r := Check(rowsContent(t, rules...), DefaultBudget)
		if many := n*n > maxConflicts; r.Tables[1].Cut != many || r.Settled() == many || len(r.Tables[1].Conflicts) != min(n*n, maxConflicts) {
			t.Errorf("%d pairs: cut is %v, settled %v, %d conflicts", n*n, r.Tables[1].Cut, r.Settled(), len(r.Tables[1].Conflicts))
		}
	}
}

// TestPlainestForgetsWhatGoesTogether has two facts of which neither can be
// unknown alone.
func TestPlainestForgetsWhatGoesTogether(t *testing.T) {
	set := rowsContent(t, ruleLine("a", "clinical", "{flag: {is: true}}", "provider"))
	var f fact.Facts
	for _, id := range []fact.ID{fact.AcuteDxActive, fact.AcuteDxOnsetDays, fact.PCPKnown} {
		f.SetRaw(id, 1)
	}
	plainest(places(set.Catalogue(), &f), func() bool {
		return f.Known(fact.AcuteDxActive) == f.Known(fact.AcuteDxOnsetDays) && f.Known(fact.PCPKnown)
	})
	if f.Known(fact.AcuteDxActive) || f.Known(fact.AcuteDxOnsetDays) || !f.Known(fact.PCPKnown) {
		t.Errorf("left are %v", f)
	}
}
