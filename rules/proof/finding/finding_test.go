package finding

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// content is the default content with some text replaced, each time exactly
// once: file, old, new.
func content(t *testing.T, edits ...string) fs.FS {
	t.Helper()
	o := &overlay{os.DirFS("../../content"), map[string][]byte{}}
	for i := 0; i < len(edits); i += 3 {
		b, err := fs.ReadFile(o, edits[i])
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(b), edits[i+1]); n != 1 {
			t.Fatalf("%s has %d times %q", edits[i], n, edits[i+1])
		}
		o.files[edits[i]] = []byte(strings.Replace(string(b), edits[i+1], edits[i+2], 1))
	}
	return o
}

func prove(t *testing.T, fsys fs.FS) *Result {
	t.Helper()
	r, problems := Prove(fsys, day, Options{})
	if r == nil {
		t.Fatalf("the content does not load: %v", problems)
	}
	return r
}

// only is the one finding there is.
func only(t *testing.T, r *Result, code, id string) Finding {
	t.Helper()
	if len(r.Findings) != 1 || r.Findings[0].Code != code || r.Findings[0].ID != id {
		t.Fatalf("want %s of %s, got %+v", code, id, r.Findings)
	}
	return r.Findings[0]
}

func TestDefaultContentHasNoFindings(t *testing.T) {
	r := prove(t, content(t))
	if len(r.Findings) > 0 || r.Tally.Rejected > 0 {
		t.Errorf("got %+v", r.Findings)
	}
	states := map[State]int{}
	for _, g := range r.Guardrails {
		states[g.State]++
		if g.Says == "" || (g.Test == "") != (g.State == NotYet) {
			t.Errorf("%s says %q and is held by %q", g.ID, g.Says, g.Test)
		}
	}
	if states[Proved] < 11 || states[ByLint] == 0 || states[AtRunTime] == 0 || states[Broken]+states[Undetermined] > 0 {
		t.Errorf("guardrails: %v", states)
	}
	if len(r.Tables) != 2 || r.Tables[0].Rules < 20 || r.Tables[0].Story == "" {
		t.Errorf("tables: %+v", r.Tables)
	}
}

// TestFewerDaysAfterTheER is the edit that must never slip through: the days
// for which a member counts as a patient after the ER made fewer.
func TestFewerDaysAfterTheER(t *testing.T) {
	fsys := content(t, "mindset.yaml", "hours_since_acute_care: {at_most: 30 days}", "hours_since_acute_care: {at_most: 9 days}")
	r := prove(t, fsys)
	if len(r.Findings) != 2 || r.Findings[0].ID != "R01" || r.Findings[1].ID != "R05" {
		t.Fatalf("got %+v", r.Findings)
	}
	for i, want := range []string{"A member who left the ER or hospital 10 days ago and who asks about", "ago, whose coverage is active, whose benefits include "} {
		f := r.Findings[i]
		checkFixes(t, fsys, r, f)
		if f.Code != GuardrailBroken || len(f.Stories) != 1 || !strings.Contains(f.Stories[0], want) || !strings.Contains(f.Stories[0], "10 days ago") {
			t.Errorf("the story is %q", f.Stories)
		}
	}
	f := r.Findings[0]
	if len(f.Fixes) != 1 || f.Fixes[0].Says != "Make it 30 days instead of 9 days in the rule “Left the ER or hospital in the last 30 days”." {
		t.Fatalf("the fixes are %+v", f.Fixes)
	}
	e := f.Fixes[0].Edits[0]
	if len(f.Fixes[0].Edits) != 1 || e.File != "mindset.yaml" || e.Until != e.From+1 || strings.TrimSpace(e.Lines[0]) != "- hours_since_acute_care: {at_most: 30 days}" {
		t.Errorf("the edit is %+v", e)
	}
	if r := prove(t, apply(t, fsys, f.Fixes[0])); len(r.Findings) > 0 {
		t.Errorf("the fix leaves %+v", r.Findings)
	}
}

// apply makes the edits of a fix.
func apply(t *testing.T, fsys fs.FS, fix Fix) fs.FS {
	t.Helper()
	o := &overlay{fsys, map[string][]byte{}}
	for i := range fix.Edits {
		text, err := read(o, fix.Edits[i].File)
		if err != nil {
			t.Fatal(err)
		}
		o.files[fix.Edits[i].File] = text.with(&fix.Edits[i])
	}
	return o
}

const newRule = `
  - id: planted
    tier: %TIER
    title: {en: Planted, es: Puesta}
    when:
      - topic_kind: {is: lifestyle}
%MORE    then: %THEN
    because: {en: "x", es: "x"}

  # --- When nothing above fits.
`

func planted(tier, more, then string) string {
	return strings.NewReplacer("%TIER", tier, "%MORE", more, "%THEN", then).Replace(newRule)
}

func TestDeadRule(t *testing.T) {
	fsys := content(t, "sender.yaml", "\n  # --- When nothing above fits.\n", planted("engagement", "      - mindset: {is: patient}\n", "provider"))
	r := prove(t, fsys)
	f := only(t, r, DeadRule, "planted")
	if !slices.Equal(f.Others, []string{"habits-of-a-patient", "no-habits-sent-to-a-patient"}) {
		t.Errorf("covered by %v", f.Others)
	}
	if len(f.Fixes) != 1 || f.Fixes[0].Says != "Delete this rule: two rules before it answer everything it would." {
		t.Fatalf("the fixes are %+v", f.Fixes)
	}
	b, err := fs.ReadFile(apply(t, fsys, f.Fixes[0]), "sender.yaml")
	if err != nil || strings.Contains(string(b), "planted") || !strings.Contains(string(b), "  # --- When nothing above fits.\n") {
		t.Errorf("the fix removes too much or too little: %v", err)
	}
}

func TestTierConflict(t *testing.T) {
	fsys := content(t, "sender.yaml", "  - id: benefit-for-this-topic\n", strings.TrimPrefix(planted("engagement", "      - chronic_dx: {includes_any_of: [asthma]}\n      - pcp_known: {is: true}\n      - direction: {is: outbound}\n", "nobody"), "\n")+"  - id: benefit-for-this-topic\n")
	r := prove(t, fsys)
	for _, f := range r.Findings {
		if f.Code != TierConflict || !slices.Equal(f.Others, []string{"planted"}) || len(f.Stories) != 1 {
			t.Errorf("got %+v", f)
		}
		checkFixes(t, fsys, r, f)
	}
	if len(r.Findings) != 3 {
		t.Fatalf("got %d findings", len(r.Findings))
	}
}

func TestBrokenByARule(t *testing.T) {
	fsys := content(t, "sender.yaml", "\n  # --- When nothing above fits.\n", planted("safety", "      - bmi: {at_least: 30}\n", "insurer"))
	r := prove(t, fsys)
	var ids []string
	for _, f := range r.Findings {
		ids = append(ids, f.ID)
		if f.Code != GuardrailBroken && f.Code != TierConflict {
			t.Errorf("got %+v", f)
		}
		if f.ID == "G06" {
			checkFixes(t, fsys, r, f)
		}
	}
	for _, want := range []string{"G05", "G06", "G23"} {
		if !slices.Contains(ids, want) {
			t.Errorf("%s is not broken: %v", want, ids)
		}
	}
}

// checkFixes makes every fix of a finding and demands that it is gone, with
// nothing new.
func checkFixes(t *testing.T, fsys fs.FS, r *Result, f Finding) {
	t.Helper()
	if len(f.Fixes) == 0 {
		t.Errorf("there is no fix for %s", f.ID)
	}
	before := keys(r)
	for _, fix := range f.Fixes {
		t.Logf("%s: %s", f.ID, fix.Says)
		for _, left := range prove(t, apply(t, fsys, fix)).Findings {
			if left.key() == f.key() || !before[left.key()] {
				t.Errorf("%s: %s leaves or makes %s of %s", f.ID, fix.Says, left.Code, left.ID)
			}
		}
	}
}

func TestNeverGiven(t *testing.T) {
	fsys := content(t, "advice/lifestyle.yaml", "items:\n", `items:
  - id: planted
    sender: insurer
    topics: [activity]
    benefit: gym
    when: [{topic_kind: {is: lifestyle}}, {encounter_class_now: {is: IMP}}, {member_choice_is_unread: {is: true}}]
    rank: 1
    title: {en: x, es: x}
    text: {en: x, es: x}
`)
	if r, problems := Prove(fsys, day, Options{}); r != nil || len(problems) == 0 {
		t.Error("advice that reads an unknown fact was proved")
	}
	fsys = content(t, "advice/lifestyle.yaml", "items:\n", `items:
  - id: planted
    sender: insurer
    topics: [activity]
    when: [{mindset: {is: patient}}]
    rank: 1
    title: {en: x, es: x}
    text: {en: x, es: x}
`)
	r := prove(t, fsys)
	f := r.Findings[0]
	if f.Code != NeverGiven || f.ID != "planted" || len(f.Fixes) != 1 {
		t.Errorf("got %+v", r.Findings)
	}
}

// TestLaterDays plants what is wrong only once a rule comes into force.
func TestLaterDays(t *testing.T) {
	later := strings.Replace(planted("safety", "      - bmi: {at_least: 30}\n", "insurer"), "    tier:", "    from: 2026-06-01\n    tier:", 1)
	r := prove(t, content(t, "sender.yaml", "\n  # --- When nothing above fits.\n", later))
	if len(r.Days) != 2 || r.Days[1].Format(time.DateOnly) != "2026-06-01" || len(r.Findings) == 0 {
		t.Fatalf("days %v, %d findings", r.Days, len(r.Findings))
	}
	for _, f := range r.Findings {
		if !f.Day.Equal(r.Days[1]) {
			t.Errorf("%s of %s is told of %s", f.Code, f.ID, f.Day)
		}
	}
	for _, g := range r.Guardrails {
		if g.ID == "G06" && g.State != Broken {
			t.Errorf("G06 is %s", g.State)
		}
	}
}

// TestFixesOfCommonSlips makes slips in the default content and demands the fix
// that undoes each, alone, among the first three.
func TestFixesOfCommonSlips(t *testing.T) {
	slips := []struct{ file, was, is, id, fix string }{
		{"sender.yaml", "      - topic_kind: {is: care}\n    then: provider", "      - topic_kind: {is: care}\n    then: insurer", "G05", "Let the provider speak instead of the insurer in the rule “Care is for the care team”."},
		{"sender.yaml", "      - topic_kind: {is: coverage}\n    then: insurer", "      - topic_kind: {is: coverage}\n    then: provider", "G33", "Let the insurer speak instead of the provider in the rule “Coverage is for the plan”."},
		{"mindset.yaml", "[EMER, IMP, ACUTE, OBSENC]", "[EMER, IMP, ACUTE]", "R02", "Make it ‘the member's care going on now is an ER visit, a hospital stay, an acute hospital stay or a stay to be watched’ in the rule “In the ER or hospital now”."},
		{"sender.yaml", "      - direction: {is: outbound}\n      - any:\n          - encounter", "      - any:\n          - encounter", "G33", "Add ‘the contact is begun by us’ to the rule “No messages into the ER or hospital”."},
		{"advice/lifestyle.yaml", "    benefit: gym\n", "", "G06", "Tie the advice “Gym pass” to the benefit “gym pass”."},
	}
	if testing.Short() {
		slips = slips[2:]
	}
	for _, s := range slips {
		fsys := content(t, s.file, s.was, s.is)
		r := prove(t, fsys)
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.ID == s.id })
		if i < 0 || !slices.ContainsFunc(r.Findings[i].Fixes, func(x Fix) bool { return x.Says == s.fix }) {
			t.Errorf("%q is not offered: %+v", s.fix, r.Findings)
			continue
		}
		checkFixes(t, fsys, r, r.Findings[i])
	}
}

func TestSpanishStories(t *testing.T) {
	fsys := content(t, "mindset.yaml", "hours_since_acute_care: {at_most: 30 days}", "hours_since_acute_care: {at_most: 9 days}")
	r, _ := Prove(fsys, day, Options{Language: "es", NoFixes: true})
	f := r.Findings[0]
	if want := "cuya cobertura es activa, cuyos beneficios incluyen "; !strings.Contains(r.Findings[1].Stories[0], want) {
		t.Errorf("the story is %q", r.Findings[1].Stories)
	}
	if want := "Un miembro que salió de urgencias o del hospital hace 10 días"; f.ID != "R01" || !strings.HasPrefix(f.Stories[0], want) || f.Fixes != nil {
		t.Errorf("the story is %q", f.Stories)
	}
}

func TestBudgetSpent(t *testing.T) {
	r, _ := Prove(content(t), day, Options{Budget: 3})
	if len(r.Findings) == 0 || !slices.ContainsFunc(r.Guardrails, func(g Guardrail) bool { return g.State == Undetermined }) {
		t.Error("with a budget of three steps all is proved")
	}
	for _, f := range r.Findings {
		if f.Code != NotSettled || len(f.Fixes) > 0 {
			t.Errorf("got %s of %s", f.Code, f.ID)
		}
	}
}
