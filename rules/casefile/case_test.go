package casefile

import (
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

var rules = sync.OnceValue(func() *ruleset.Set {
	set, _ := ruleset.Load(os.DirFS("../content"), DefaultAt)
	return set
})

func load(text string) ([]Case, []string) {
	cases, problems := Load(fstest.MapFS{"cases/x.yaml": &fstest.MapFile{Data: []byte(text)}}, rules())
	var messages []string
	for _, p := range problems {
		messages = append(messages, p.String())
	}
	return cases, messages
}

func TestLoadReadsEverything(t *testing.T) {
	cases, problems := load(`cases:
  - id: one
    about: A case with everything.
    ask:
      topic: sleep
      text: I can't sleep
      asker: provider
      language: es
      context: {coverage_status: active, benefit_available: [gym, dpp], hours_since_acute_care: 5, a1c_pct: 5.75, acute_dx_active: false, chronic_dx: []}
      diagnoses: [{system: icd10cm, code: I10, onset: 2026-01-02}, {system: snomed, code: "38341003", onset: 2025-01-02, abated: 2025-02-02}]
    at: 2026-03-01T10:00:00-05:00
    expect: [{topic: sleep, mindset: patient, sender: provider, advice: [], suppressed: [{id: gym, code: OPTED_OUT}]}, {notice: crisis_988}]
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := cases[0]
	f := &c.Ask.Facts
	a1c := f.Raw(fact.A1cPct)
	if !f.Equals(fact.HoursSinceAcuteCare, 5) || a1c != 5750 || !f.Known(fact.ChronicDx) || f.Raw(fact.ChronicDx) != 0 || !f.Known(fact.AcuteDxActive) || f.Is(fact.AcuteDxActive) {
		t.Errorf("facts: %+v", c.Ask.Context)
	}
	if c.Ask.Asker != "provider" || c.Ask.Language != "es" || len(c.Ask.Diagnoses) != 2 || c.Ask.Diagnoses[0].Abated != (time.Time{}) || c.At.Hour() != 10 {
		t.Errorf("ask: %+v at %v", c.Ask, c.At)
	}
	if e := c.Expect[0]; e.Advice == nil || len(e.Advice) != 0 || len(e.Suppressed) != 1 || e.Notice != "" {
		t.Errorf("expect: %+v", e)
	}
	if e := c.Expect[1]; e.Advice != nil || e.Suppressed != nil || e.Notice != "crisis_988" {
		t.Errorf("expect: %+v", e)
	}
	if len(c.Ask.Context) != 6 || c.Ask.Context[0].Name != "coverage_status" || c.Ask.Context[0].Value != "active" {
		t.Errorf("context: %+v", c.Ask.Context)
	}
}

func TestDefaultsOfACase(t *testing.T) {
	cases, problems := load("cases:\n  - {id: a, about: x, ask: {}, expect: [{sender: nobody}]}\n")
	if len(problems) > 0 || cases[0].Ask.Asker != "integrated" || !cases[0].At.Equal(DefaultAt) {
		t.Errorf("%v %+v", problems, cases)
	}
}

// TestBrokenCases has one mistake in each case file, and the words that must
// point at it.
func TestBrokenCases(t *testing.T) {
	const expect = "expect: [{sender: nobody}]"
	for text, want := range map[string]string{
		"cases:\n  - {id: a, about: x, ask: {topic: slep}, " + expect + "}":                                      `there is no topic called "slep" (did you mean sleep?)`,
		"cases:\n  - {id: a, about: x, ask: {asker: doctor}, " + expect + "}":                                    `there is no side called "doctor"`,
		"cases:\n  - {id: a, about: x, ask: {context: {hours_since_acute: 4}}, " + expect + "}":                  `there is no fact "hours_since_acute"`,
		"cases:\n  - {id: a, about: x, ask: {context: {hours_since_acute_care: -1}}, " + expect + "}":            "hours_since_acute_care is from 0 to 8784",
		"cases:\n  - {id: a, about: x, ask: {context: {hours_since_acute_care: soon}}, " + expect + "}":          "a whole number is expected",
		"cases:\n  - {id: a, about: x, ask: {context: {acute_dx_active: yes}}, " + expect + "}":                  "true or false is expected",
		"cases:\n  - {id: a, about: x, ask: {context: {coverage_status: activ}}, " + expect + "}":                `coverage_status has no value "activ" (did you mean active?)`,
		"cases:\n  - {id: a, about: x, ask: {context: {benefit_available: [gim]}}, " + expect + "}":              `benefit_available has no value "gim" (did you mean gym?)`,
		"cases:\n  - {id: a, about: x, ask: {context: {benefit_available: gym}}, " + expect + "}":                "a list is expected",
		"cases:\n  - {id: a, about: x, ask: {context: {member_ref: m1}}, " + expect + "}":                        `there is no fact "member_ref"`,
		"cases:\n  - {id: a, about: x, ask: {context: {topic: sleep}}, " + expect + "}":                          `there is no fact "topic"`,
		"cases:\n  - {id: a, about: x, ask: {context: [gym]}, " + expect + "}":                                   "a mapping of names to values is expected",
		"cases:\n  - {id: a, about: x, ask: {diagnoses: [{system: icd9, code: x}]}, " + expect + "}":             `there is no code system called "icd9"`,
		"cases:\n  - {id: a, about: x, ask: {}, at: soon, " + expect + "}":                                       "a day like 2026-03-01",
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{sender: doctor}]}":                                     `there is no sender called "doctor"`,
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{mindset: sick}]}":                                      `there is no mindset called "sick"`,
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{notice: 911}]}":                                        "a text is expected",
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{advice: [jym]}]}":                                      `there is no advice item called "jym" (did you mean gym?)`,
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{suppressed: [{id: gym, code: LATER}]}]}":               `there is no reason called "LATER"`,
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{suppressed: [{id: jym, code: OPTED_OUT}]}]}":           `there is no advice item called "jym"`,
		"cases:\n  - {id: a, about: x, ask: {}, expect: []}":                                                     "say what to expect",
		"cases:\n  - {id: a, about: x, ask: {}, expect: [{}]}":                                                   "say what to expect",
		"cases:\n  - {id: a, ask: {}, " + expect + "}":                                                           `"about" is missing`,
		"cases:\n  - {id: a, about: x, asks: {}, " + expect + "}":                                                `there is no setting named "asks" (did you mean ask?)`,
		"cases:\n  - {id: a, about: x, ask: {}, " + expect + "}\n  - {id: a, about: x, ask: {}, " + expect + "}": "the case a is here twice",
	} {
		_, problems := load(text)
		if len(problems) == 0 || !strings.Contains(strings.Join(problems, "\n"), want) {
			t.Errorf("%s\n  got %v\n  want %s", text, problems, want)
		}
		for _, p := range problems {
			if !strings.HasPrefix(p, "cases/x.yaml:") {
				t.Errorf("no place in %q", p)
			}
		}
	}
}

func TestGiveReplaces(t *testing.T) {
	c := rules().Catalogue()
	a := Ask{}
	for _, v := range []any{"cancelled", "active"} {
		if err := a.Give(c, "coverage_status", v); err != nil {
			t.Fatal(err)
		}
	}
	if len(a.Context) != 1 || !a.Facts.Equals(fact.CoverageStatus, fact.CoverageActive) {
		t.Errorf("%+v", a.Context)
	}
	for name, v := range map[string]any{"coverage_status": true, "acute_dx_active": "yes", "benefit_available": "gym", "age_years": 1.5, "bmi": "x", "nothing": 1.0, "language": "en", "chronic_dx": 3.0} {
		if a.Give(c, name, v) == nil {
			t.Errorf("%s took %v", name, v)
		}
	}
}
