package ruleset

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestBroken loads the good content with one file replaced, a mistake in each.
// The first line of the file says which file it replaces and what must be
// found: place, code and, where there is one, suggestion.
func TestBroken(t *testing.T) {
	paths, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(paths) < 80 {
		t.Fatalf("only %d fixtures (%v)", len(paths), err)
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(src), "\n")
		name, want, _ := strings.Cut(strings.TrimPrefix(first, "# "), " ")
		files := good(t)
		files[name] = &fstest.MapFile{Data: src}
		s, problems := Load(files, march)
		var got []string
		for _, p := range problems {
			if p.File == name {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%d:%d %s %s", p.Line, p.Col, p.Code, p.Suggestion)))
			}
		}
		if s != nil || len(got) == 0 || got[0] != want || len(got) > 1 {
			t.Errorf("%s: got %q, want %q", path, problems, want)
		}
	}
}

// TestMessages keeps the words of the most telling problems.
func TestMessages(t *testing.T) {
	for file, want := range map[string]string{
		"unknown-fact":            `mindset.yaml:6:9: there is no fact "hours_since_acute_car" (did you mean hours_since_acute_care?)`,
		"mindset-reads-age":       `mindset.yaml:6:9: the mindset table may not read age_years: benefit eligibility and the guard for minors; never weighs mindset (45 CFR 92.210)`,
		"reads-live-fact":         `mindset.yaml:6:9: the mindset table may not read opt_out_topics: it is looked up anew for every answer, so no shared decision may depend on it`,
		"tier-conflict":           `mindset.yaml:9:5: the rules a (patient) and b (consumer) of the tier clinical fit the same member, for example: acute_dx_active true, topic sleep; change one of them or its tier`,
		"tier-conflict-on-tie":    `sender.yaml:9:5: the rules a (insurer) and b (provider) of the tier engagement fit the same member, for example: coverage_status active, benefit_available [sleep_program], topic sleep; change one of them or its tier`,
		"out-of-range-decimal":    `mindset.yaml:6:29: a1c_pct is from 2 to 25`,
		"wrong-unit":              `mindset.yaml:6:43: there is no unit of hours_since_acute_care called "months"; it can be hours, days, weeks`,
		"insurer-on-care":         `advice/all.yaml:5:14: the insurer never advises on care, and symptom is a care topic`,
		"operator-of-numbers":     `mindset.yaml:6:22: at_most does not fit topic_kind; use is`,
		"rule-never-safety":       `sender.yaml:7:11: there is no outcome called "safety"; it can be nobody, provider, insurer`,
		"missing-operator":        `mindset.yaml:6:16: say how topic compares, for example topic: {is: …}`,
		"too-many-combinations":   fmt.Sprintf(`mindset.yaml:3:5: the conditions of this rule multiply out to more than %d combinations; make two of it`, MaxCubes),
		"guardrail-without-test":  `guardrails.yaml:3:5: name the test that holds this guardrail`,
		"mindset-reads-pregnancy": `mindset.yaml:6:9: the mindset table may not read pregnancy: maternity benefit; sensitive`,
	} {
		src, err := os.ReadFile("testdata/broken/" + file + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		files := good(t)
		name := strings.Fields(string(src))[1]
		files[name] = &fstest.MapFile{Data: src}
		_, problems := Load(files, march)
		if len(problems) == 0 || problems[0].String() != want {
			t.Errorf("%s:\n got %v\nwant %s", file, problems, want)
		}
	}
}

// TestVocabularyLimits holds that sets stay within the bits they are kept in.
func TestVocabularyLimits(t *testing.T) {
	files := good(t)
	var facts, topics strings.Builder
	facts.WriteString("vocabularies:\n  chronic_dx:\n")
	topics.WriteString("topics:\n")
	for i := range fact.MaxSetValues + 3 {
		fmt.Fprintf(&facts, "    - {id: dx_%d, label: {en: x}}\n", i)
		fmt.Fprintf(&topics, "  - {id: topic_%d, kind: care, label: {en: x}}\n", i)
	}
	files["facts.yaml"] = &fstest.MapFile{Data: []byte(facts.String())}
	if _, problems := Load(files, march); len(problems) != 1 || problems[0].Code != "too-many-values" || problems[0].Line != fact.MaxSetValues+3 {
		t.Errorf("got %v", problems)
	}
	files = good(t)
	files["topics.yaml"] = &fstest.MapFile{Data: []byte(topics.String())}
	if _, problems := Load(files, march); len(problems) != 1 || problems[0].Code != "too-many-values" || problems[0].Line != fact.MaxSetValues+2 {
		t.Errorf("got %v", problems)
	}
}
