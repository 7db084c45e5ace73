package ruleset

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// premiseContent is a small content folder; each part may be added to.
func premiseContent(facts, mindset, sender, guardrails string) fs.FS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	words := "{en: x}"
	list := func(key, entries string) string {
		if entries == "" {
			return key + ": []"
		}
		return key + ":\n" + entries
	}
	return fstest.MapFS{
		"facts.yaml":      file("vocabularies:\n  benefit_available:\n    - {id: gym, label: {en: gym}}\n" + facts),
		"topics.yaml":     file("topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep}, benefits: [gym]}\n  - {id: none, kind: none, label: {en: nothing}}\n"),
		"mindset.yaml":    file(list("rules", mindset) + "\ndefault: {id: last, then: undetermined, because: " + words + "}\n"),
		"sender.yaml":     file(list("rules", sender) + "\ndefault: {id: last, then: nobody, because: " + words + "}\n"),
		"guardrails.yaml": file(list("guardrails", guardrails)),
	}
}

func ruleText(id, tier, when, then string) string {
	return fmt.Sprintf("  - {id: %s, tier: %s, when: [%s], then: %s, because: {en: x}}\n", id, tier, when, then)
}

const onsetPremise = `
impossible:
  - id: onset-of-no-illness
    says: {en: days of an illness nobody knows}
    never: [{acute_dx_onset_days: {known: true}}, {acute_dx_active: {known: false}}]
    drop: [acute_dx_onset_days]
  - id: active-without-onset
    says: {en: an illness without a day}
    never: [{acute_dx_active: {known: true}}, {acute_dx_onset_days: {known: false}}]
    drop: [acute_dx_active, rx_course]
`

func TestDropImpossible(t *testing.T) {
	set, problems := Load(premiseContent(onsetPremise, "", "", ""), time.Now())
	if set == nil {
		t.Fatal(problems)
	}
	var f fact.Facts
	f.SetRaw(fact.AcuteDxOnsetDays, 3)
	f.SetRaw(fact.RxCourse, 1)
	if n := set.DropImpossible(&f); n != 1 || f.Known(fact.AcuteDxOnsetDays) || !f.Known(fact.RxCourse) {
		t.Errorf("dropped %d, onset known: %v", n, f.Known(fact.AcuteDxOnsetDays))
	}
	if n := set.DropImpossible(&f); n != 0 {
		t.Errorf("dropped %d of what was settled", n)
	}
	f.SetBool(fact.AcuteDxActive, false)
	if n := set.DropImpossible(&f); n != 2 || f.Known(fact.AcuteDxActive) || f.Known(fact.RxCourse) {
		t.Errorf("dropped %d, active known: %v", n, f.Known(fact.AcuteDxActive))
	}
	f.SetBool(fact.AcuteDxActive, false)
	f.SetRaw(fact.AcuteDxOnsetDays, 3)
	if n := set.DropImpossible(&f); n != 0 {
		t.Errorf("dropped %d of a member who can be", n)
	}
	if n := testing.AllocsPerRun(100, func() { set.DropImpossible(&f) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	var none *Set
	if none.DropImpossible(&f) != 0 || none.Premises() != nil {
		t.Error("a nil set holds premises")
	}
}

func TestBreaks(t *testing.T) {
	set, problems := Load(premiseContent("", "",
		ruleText("insurer-on-sleep", "coverage", "{topic: {is: sleep}}", "insurer"),
		"  - {id: X1, says: {en: x}, held_by: table, test: T, never: [{sender: {is: insurer}}, {any: [{tied_benefit: {is: false}}, {advice_benefit: {is: none}}]}]}"), time.Now())
	if set == nil {
		t.Fatal(problems)
	}
	var f fact.Facts
	g := &set.Guardrails()[0]
	if !set.Breaks(g, &f, 0) {
		t.Error("the insurer speaks without a benefit, and the guardrail holds")
	}
	if set.Breaks(g, &f, 1) {
		t.Error("nobody speaks, and the guardrail is broken")
	}
	f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	f.Add(fact.BenefitAvailable, 0)
	if set.Breaks(g, &f, 0) {
		t.Error("the insurer has a benefit, and the guardrail is broken")
	}
}

func TestLoadRefusesLimitsAndBadPremises(t *testing.T) {
	premise := func(never, drop string) string {
		return "impossible:\n  - {id: p, says: {en: x}, never: [" + never + "], drop: [" + drop + "]}\n"
	}
	var many []string
	for i := range 260 {
		many = append(many, ruleText(fmt.Sprintf("r%d", i), "clinical", fmt.Sprintf("{hours_since_acute_care: {at_most: %d}}", 2*i), "patient"))
	}
	wide := "{any: [{age: 1}]}"
	for range 7 { // 2^7 combinations
		wide += ", {any: [{hours_since_acute_care: {at_most: 3}}, {acute_dx_active: {is: true}}]}"
	}
	wide = strings.TrimPrefix(wide, "{any: [{age: 1}]}, ")
	for name, try := range map[string]struct {
		fsys fs.FS
		code string
		line int
	}{
		"a premise on a derived column":    {premiseContent(premise("{topic: {is: sleep}}, {bmi: {known: true}}", "bmi"), "", "", ""), "not-a-fact", 5},
		"a premise that drops a sign":      {premiseContent(premise("{text_intent: {known: true}}", "text_intent"), "", "", ""), "always-believed", 5},
		"a premise that drops the choice":  {premiseContent(premise("{member_choice: {known: true}}", "member_choice"), "", "", ""), "always-believed", 5},
		"a premise that stays":             {premiseContent(premise("{bmi: {known: true}}", "pcp_known"), "", "", ""), "drop-without-effect", 5},
		"a premise of an unknown fact":     {premiseContent(premise("{bmj: {known: true}}", "bmi"), "", "", ""), "unknown-fact", 5},
		"a rule of too many combinations":  {premiseContent("", ruleText("wide", "clinical", wide, "patient"), "", ""), "too-many-combinations", 2},
		"a fact in too many parts":         {premiseContent("", strings.Join(many, ""), "", ""), "too-many-atoms", 2 + 254},
		"independence of a derived column": {premiseContent("", "", "", "  - {id: X1, says: {en: x}, held_by: table, test: T, independent: {table: mindset, of: [topic]}}"), "not-a-fact", 2},
		"independence of nothing":          {premiseContent("", "", "", "  - {id: X1, says: {en: x}, held_by: table, test: T, independent: {table: mindset, of: []}}"), "empty-list", 2},
		"an unknown fact in a guardrail":   {premiseContent("", "", "", "  - {id: X1, says: {en: x}, held_by: table, test: T, never: [{hours_since_acute_car: {at_most: 3}}]}"), "unknown-fact", 2},
	} {
		set, problems := Load(try.fsys, time.Now())
		if set != nil || !slices.ContainsFunc(problems, func(p strictyaml.Problem) bool { return p.Code == try.code && p.Line == try.line }) {
			t.Errorf("%s: want %s in line %d, got %v", name, try.code, try.line, problems)
		}
	}
}

func TestLoadDraftKeepsConflicts(t *testing.T) {
	fsys := premiseContent("", ruleText("a", "clinical", "{acute_dx_active: {is: true}}", "patient")+ruleText("b", "clinical", "{injury_dx_recent: {is: true}}", "consumer"), "", "")
	if set, _ := Load(fsys, time.Now()); set != nil {
		t.Error("rules that disagree were loaded")
	}
	set, problems := LoadDraft(fsys, time.Now())
	if set == nil || len(problems) != 1 || problems[0].Severity != strictyaml.Warning || problems[0].Code != "tier-conflict" {
		t.Fatalf("draft: %v", problems)
	}
	var f fact.Facts
	f.SetBool(fact.AcuteDxActive, true)
	f.SetBool(fact.InjuryDxRecent, true)
	if d := set.Decide(&f, 0); d.MindsetRow != 0 {
		t.Errorf("row %d decided, want the first of the file", d.MindsetRow)
	}
}

func TestChanges(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	dated := func(id, dates string) string {
		return "  - {id: " + id + ", tier: clinical, " + dates + ", when: [{acute_dx_active: {is: true}}], then: patient, because: {en: x}}\n"
	}
	fsys := premiseContent("", dated("a", "from: 2026-03-01")+dated("b", "until: 2026-02-28")+dated("c", "from: 2026-05-01, until: 2026-05-31")+dated("d", "until: 2025-12-31"), "", "")
	for on, want := range map[string][]string{
		"2026-01-15": {"2026-03-01", "2026-05-01", "2026-06-01"},
		"2026-03-01": {"2026-05-01", "2026-06-01"},
		"2026-05-31": {"2026-06-01"},
		"2026-06-01": nil,
	} {
		set, problems := Load(fsys, day(on))
		if set == nil {
			t.Fatal(problems)
		}
		var got []string
		for _, c := range set.Changes() {
			got = append(got, c.Format(time.DateOnly))
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %s: got %v, want %v", on, got, want)
		}
	}
}
