package finding

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// rulesIn loads content with one sender rule, in the form given.
func rulesIn(t *testing.T, rule string) (*ruleset.Set, *text) {
	t.Helper()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	files := fstest.MapFS{
		"facts.yaml":   file("{}\n"),
		"topics.yaml":  file("topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep}}\n"),
		"mindset.yaml": file("rules: []\ndefault: {id: last, then: consumer, because: {en: x}}\n"),
		"sender.yaml":  file("rules:\n" + rule + "default: {id: last, then: nobody, because: {en: x}}\n"),
	}
	set, problems := ruleset.Load(files, day)
	if set == nil {
		t.Fatalf("%v in\n%s", problems, rule)
	}
	sender, err := read(files, "sender.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return set, sender
}

const block = `  # Before.
  - id: a
    tier: clinical
    when:
      - hours_since_acute_care: {at_most: 9 days} # why
      - any:
          - bmi: {between: [20, 25.5]}
          - acute_dx_onset_days: {at_least: 3}
    then: provider # who
    because: {en: "tier: x"}

  # After.
  - id: b
    tier: coverage
    when: [{pcp_known: {is: true}}]
    then: nobody
    because: {en: x}
`

const flow = "  - {id: a, tier: clinical, when: [{hours_since_acute_care: {at_most: 9 days}}, {any: [{bmi: {between: [20, 25.5]}}, {acute_dx_onset_days: {at_least: 3}}]}], then: provider, because: {en: é}}\n" +
	"  - {id: b, tier: coverage, when: [{pcp_known: {is: true}}], then: nobody, because: {en: x}}\n"

func TestEdits(t *testing.T) {
	for name, rule := range map[string]string{"block": block, "flow": flow} {
		set, sender := rulesIn(t, rule)
		row := &set.Rows(ruleset.SenderTable)[0]
		leaves := leavesOf(row.When)
		for _, try := range []struct {
			edit     *Edit
			old, now string
		}{
			{sender.constant(leaves[0], "30 days"), "{at_most: 9 days}", "{at_most: 30 days}"},
			{sender.constant(leaves[1], "[18, 24]"), "{between: [20, 25.5]}", "{between: [18, 24]}"},
			{sender.constant(leaves[2], "4"), "{at_least: 3}", "{at_least: 4}"},
			{sender.setKey(row, "tier", "coverage"), "tier: clinical", "tier: coverage"},
			{sender.setKey(row, "then", "nobody"), "then: provider", "then: nobody"},
		} {
			want := strings.Replace(strings.Join(sender.lines, "\n"), try.old, try.now, 1)
			if try.edit == nil || string(sender.with(try.edit)) != want {
				t.Errorf("%s: %s to %s: %+v", name, try.old, try.now, try.edit)
			}
		}
		if sender.setKey(row, "tier", "clinical") != nil {
			t.Errorf("%s: the tier it has is called an edit", name)
		}
		addAndRemove(t, name, sender, row)
	}
}

func addAndRemove(t *testing.T, name string, sender *text, row *ruleset.Row) {
	t.Helper()
	add := sender.addCondition(row, "{mindset: {is: consumer}}")
	if add == nil {
		t.Fatalf("%s: no condition can be added", name)
	}
	rest, _, _ := strings.Cut(string(sender.with(add)), "default:")
	again, _ := rulesIn(t, strings.TrimPrefix(rest, "rules:\n"))
	if got := again.Rows(ruleset.SenderTable)[0].Reads(); !slices.Contains(got, fact.MindsetIs) || len(got) != 4 {
		t.Errorf("%s: with a condition more the rule reads %v", name, got)
	}
	rest, _, _ = strings.Cut(string(sender.with(sender.remove(row.Pos))), "default:")
	again, _ = rulesIn(t, strings.TrimPrefix(rest, "rules:\n"))
	if rows := again.Rows(ruleset.SenderTable); len(rows) != 2 || rows[0].ID != "b" {
		t.Errorf("%s: without the rule there are %d", name, len(rows))
	}
	if name == "block" && (!strings.Contains(rest, "# Before.") || !strings.Contains(rest, "# After.")) {
		t.Error("comments around the rule are gone")
	}
}

// TestOppositesNeverHoldTogether compares each condition with its opposites over
// all values of a fact.
func TestOppositesNeverHoldTogether(t *testing.T) {
	for _, c := range []string{
		"hours_since_acute_care: {at_most: 9 days}", "hours_since_acute_care: {at_least: 36}", "bmi: {at_least: 30}", "pcp_known: {is: true}", "pcp_known: {known: true}", "pcp_known: {known: false}",
		"direction: {is: inbound}", "direction: {is_not: inbound}", "surgery_phase: {is: none}", "surgery_phase: {is_any_of: [none, recent_30d]}",
		"mindset: {is: patient}", "mindset: {is_not: consumer}",
	} {
		set, _ := rulesIn(t, "  - {id: a, tier: clinical, when: [{"+c+"}], then: provider, because: {en: x}}\n")
		leaf := leavesOf(set.Rows(ruleset.SenderTable)[0].When)[0]
		d := set.Catalogue().Def(leaf.Column)
		all := opposites(d, leaf)
		if len(all) == 0 {
			t.Errorf("%s has no opposite", c)
		}
		for _, o := range all {
			rule := fmt.Sprintf("  - {id: a, tier: clinical, when: [{%s}], then: provider, because: {en: x}}\n  - {id: b, tier: coverage, when: [{%s}], then: nobody, because: {en: x}}\n", c, written(d, o))
			both, _ := rulesIn(t, rule)
			rows := both.Rows(ruleset.SenderTable)
			x, y := rows[0].Cubes()[0][0], rows[1].Cubes()[0][0]
			for raw := int64(-1); raw < 40_000; raw++ {
				if x.Holds(raw >= 0, raw) && y.Holds(raw >= 0, raw) {
					t.Fatalf("%s and %s both hold for %d", c, written(d, o), raw)
				}
			}
		}
	}
}
