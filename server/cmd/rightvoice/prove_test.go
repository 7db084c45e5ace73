package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unsound are edits of the small content that no proof lets through, and one
// that changes nothing but words.
var unsound = map[string][3]string{
	"prove-breach":      {"sender.yaml", "topic_kind: {is: care}}]\n    then: provider", "topic_kind: {is: care}}]\n    then: insurer"},
	"prove-dead-rule":   {"sender.yaml", "default:", "  - {id: too-late, tier: default, when: [{topic_kind: {is: care}}, {bmi: {at_least: 30}}], then: nobody, because: {en: x, es: x}}\ndefault:"},
	"prove-later":       {"sender.yaml", "rules:\n", "rules:\n  - {id: from-june, tier: safety, from: 2026-06-01, when: [{topic_kind: {is: care}}, {bmi: {at_least: 30}}], then: insurer, because: {en: x, es: x}}\n"},
	"prove-unknown":     {"guardrails.yaml", "sender: {is: insurer}", "sendr: {is: insurer}"},
	"prove-other-words": {"sender.yaml", "Care is for the doctor.", "Well, care is for the doctor."},
}

// compareProof compares with the golden files of these commands, which have a
// folder of their own.
func compareProof(t *testing.T, name, got string) {
	t.Helper()
	compare(t, "proof/"+name, got)
}

func TestProve(t *testing.T) {
	compareProof(t, "prove", shown([]string{"prove", small, "--at", "2026-03-01"}))
	compareProof(t, "prove-many", shown([]string{"prove", small, small}))
	compareProof(t, "prove-no-folder", shown([]string{"prove", "testdata/none"}))
	for name, b := range unsound {
		if name == "prove-other-words" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := spoilt(t, b)
			for _, form := range []string{"text", "json", "sarif"} {
				out := shown([]string{"prove", dir, "-o", form, "--at", "2026-03-01"})
				compareProof(t, name+"-"+form, strings.ReplaceAll(out, dir, "DIR"))
			}
		})
	}
}

// TestProveHoldsTheDefaultContent is what keeps an unproved guardrail from being
// released.
func TestProveHoldsTheDefaultContent(t *testing.T) {
	out := shown([]string{"prove", "--at", "2026-03-01"})
	if !strings.HasPrefix(out, "exit 0\n") || !strings.Contains(out, " 0 broken, 0 undetermined,") {
		t.Error(out)
	}
}

const logged = `{"topic": "symptom", "facts": {"bmi": 31.5}}
{"topic": "symptom", "facts": {}}

{"topic": "activity", "facts": {"coverage_status": "active", "benefit_available": ["gym", "unheard_of"]}}
`

func TestDiff(t *testing.T) {
	run := func(name string, b [3]string, log string, args ...string) {
		t.Helper()
		dir := spoilt(t, b)
		args = append([]string{"diff", small, dir, "--at", "2026-03-01"}, args...)
		file := filepath.Join(t.TempDir(), "log.jsonl")
		if log != "" {
			if err := os.WriteFile(file, []byte(log), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, "--log", file)
		}
		compareProof(t, name, strings.NewReplacer(dir, "DIR", file, "LOG").Replace(shown(args)))
	}
	breach, words := unsound["prove-breach"], unsound["prove-other-words"]
	run("diff", breach, "")
	run("diff-json", breach, "", "-o", "json")
	run("diff-words", words, "", "--max-changed", "0")
	run("diff-later", unsound["prove-later"], "")
	run("diff-limit", breach, "", "--max-changed", "0")
	run("diff-log", breach, logged)
	run("diff-log-json", breach, logged, "-o", "json")
	run("diff-log-share", breach, logged, "--max-changed", "50%")
	run("diff-log-share-reached", breach, logged, "--max-changed", "70%")
	run("diff-log-number", breach, logged, "--max-changed", "1")
	run("diff-log-empty", breach, "\n")
	run("diff-log-no-fact", breach, `{"topic": "symptom", "facts": {"bmj": 31.5}}`)
	run("diff-log-bad-value", breach, `{"topic": "symptom", "facts": {"bmi": "large"}}`)
	run("diff-log-bad-key", breach, `{"topic": "symptom", "fact": {}}`)
	run("diff-share-without-log", breach, "", "--max-changed", "1%")
	run("diff-bad-limit", breach, "", "--max-changed", "few")
	run("diff-terms", [3]string{"advice/all.yaml", "benefit: gym\n", "benefit: gym\n    sensitive: [mental_health]\n"}, "", "--max-changed", "0")
	run("diff-new-topic", [3]string{"topics.yaml", "topics:\n", "topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep, es: sueño}}\n"}, "", "--max-changed", "0")
	run("diff-policy", [3]string{"policy.yaml", "\n", "\n# other\n"}, "", "--max-changed", "0", "-o", "json")
	run("diff-unreadable", unsound["prove-unknown"], "")
	compareProof(t, "diff-one-folder", shown([]string{"diff", small}))
}

// TestEveryGoldenOfAProofIsCompared names the files there must be.
func TestEveryGoldenOfAProofIsCompared(t *testing.T) {
	source, err := os.ReadFile("prove_test.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/golden/proof/*.txt")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d golden files: %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		for _, form := range []string{"-text", "-json", "-sarif"} {
			if _, planted := unsound[strings.TrimSuffix(name, form)]; planted {
				name = strings.TrimSuffix(name, form)
			}
		}
		if !strings.Contains(string(source), `"`+name+`"`) {
			t.Errorf("%s is compared with nothing", f)
		}
	}
}
