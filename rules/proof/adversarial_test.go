package proof

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// pigeonholes is content whose last rule is dead for a reason that has no short
// proof: one more pigeon than there are holes, and a rule for every two pigeons
// in one hole.
func pigeonholes(t *testing.T, holes int) *ruleset.Set {
	t.Helper()
	s := &scribe{files: fstest.MapFS{}}
	var values, facts, rules, all []string
	for h := range holes {
		values = append(values, fmt.Sprintf("{id: h%d, label: {en: x}}", h))
	}
	for p := range holes + 1 {
		facts = append(facts, fmt.Sprintf("  - {id: p%d, type: enum, values: [%s], max_age: contact, label: {en: x}}", p, strings.Join(values, ", ")))
		all = append(all, fmt.Sprintf("{p%d: {known: true}}", p))
		for q := range p {
			for h := range holes {
				rules = append(rules, ruleLine(fmt.Sprintf("r%d-%d-%d", p, q, h), "clinical", fmt.Sprintf("{p%d: {is: h%d}}, {p%d: {is: h%d}}", p, h, q, h), "provider"))
			}
		}
	}
	rules = append(rules, ruleLine("crowded-out", "coverage", strings.Join(all, ", "), "insurer"))
	s.file("facts.yaml", "own_facts:\n"+strings.Join(facts, "\n")+"\n")
	s.file("topics.yaml", "topics:\n  - {id: none, kind: none, label: {en: x}}\n")
	s.file("mindset.yaml", "rules: []\ndefault: {id: last, then: consumer, because: {en: x}}\n")
	s.file("sender.yaml", "rules:\n"+strings.Join(rules, "\n")+"\ndefault: {id: last, then: nobody, because: {en: x}}\n")
	return s.load(t)
}

// TestAdversarialContentEndsUndetermined demands the third answer, within the
// budget, where the true one is out of reach; and the true one where it is not.
func TestAdversarialContentEndsUndetermined(t *testing.T) {
	small := pigeonholes(t, 5)
	last := len(small.Rows(ruleset.SenderTable)) - 2
	if r := Check(small, DefaultBudget); len(r.Tables[1].Dead) != 1 || r.Tables[1].Dead[0].Row != last || r.Tally.Rejected > 0 {
		t.Errorf("5 holes: %+v", r.Tables[1])
	}
	large := pigeonholes(t, 11)
	last = len(large.Rows(ruleset.SenderTable)) - 2
	budget := DefaultBudget / 20
	from := cpu()
	r := Check(large, budget)
	t.Logf("undetermined after %v of CPU time", (cpu() - from).Round(time.Millisecond))
	if len(r.Tables[1].Dead) > 0 || len(r.Tables[1].Open) != 1 || r.Tables[1].Open[0] != last || r.Settled() || r.Sound() {
		t.Errorf("11 holes: %+v", r.Tables[1])
	}
}
