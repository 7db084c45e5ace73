package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

const small = "testdata/content"

// golden are runs of the program whose output is kept in testdata/golden.
var golden = []struct {
	name string
	args []string
}{
	{"help", []string{"help"}},
	{"help-recommend", []string{"help", "recommend"}},
	{"help-unknown", []string{"help", "teh"}},
	{"no-command", nil},
	{"unknown-command", []string{"recomend"}},
	{"recommend-care", []string{"recommend", "--text", "my knee hurts"}},
	{"recommend-emergency", []string{"recommend", "--text", "I have chest pain, does my plan cover it?", "--asker", "insurer"}},
	{"recommend-benefit", []string{"recommend", "--topic", "activity", "--fact", "coverage_status=active", "--fact", "benefit_available=gym"}},
	{"recommend-handoff", []string{"recommend", "--topic", "activity", "--asker", "provider", "--fact", "coverage_status=active", "--fact", "benefit_available=gym", "--language", "es"}},
	{"recommend-no-benefit", []string{"recommend", "--topic", "activity", "--fact", "benefit_available="}},
	{"recommend-held-back", []string{"recommend", "--topic", "coverage", "--asker", "insurer", "--fact", "direction=outbound", "--fact", "local_hour=22"}},
	{"recommend-language", []string{"recommend", "--topic", "coverage", "--language", "vi"}},
	{"recommend-nothing", []string{"recommend"}},
	{"recommend-all", []string{"recommend", "--topic", "activity", "--all"}},
	{"recommend-json", []string{"recommend", "--topic", "coverage", "-o", "json"}},
	{"recommend-file", []string{"recommend", "--file", "testdata/request.json"}},
	{"recommend-file-misspelt", []string{"recommend", "--file", "testdata/misspelt.json"}},
	{"recommend-file-missing", []string{"recommend", "--file", "testdata/none.json"}},
	{"recommend-file-and-flags", []string{"recommend", "--file", "testdata/request.json", "--topic", "coverage"}},
	{"recommend-fhir", []string{"recommend", "--fhir", "testdata/record.json", "--topic", "activity"}},
	{"recommend-fhir-all", []string{"recommend", "--fhir", "testdata/record.json", "--language", "en", "--all"}},
	{"recommend-fhir-json", []string{"recommend", "--fhir", "testdata/record.json", "--all", "-o", "json"}},
	{"recommend-fhir-before", []string{"recommend", "--fhir", "testdata/record.json", "--at", "2026-02-20", "--topic", "activity"}},
	{"recommend-fhir-fact-wins", []string{"recommend", "--fhir", "testdata/record.json", "--topic", "activity", "--fact", "hours_since_acute_care=2000"}},
	{"recommend-fhir-cut", []string{"recommend", "--fhir", "testdata/record_cut.json"}},
	{"recommend-fhir-missing", []string{"recommend", "--fhir", "testdata/none.json"}},
	{"recommend-fhir-no-resource", []string{"recommend", "--fhir", "testdata/request.json"}},
	{"recommend-fhir-and-file", []string{"recommend", "--fhir", "testdata/record.json", "--file", "testdata/request.json"}},
	{"recommend-bad-fact", []string{"recommend", "--fact", "coverage_staus=active"}},
	{"recommend-bad-value", []string{"recommend", "--fact", "coverage_status=actve"}},
	{"recommend-bad-number", []string{"recommend", "--fact", "age_years=-1"}},
	{"recommend-bad-topic", []string{"recommend", "--topic", "activty"}},
	{"recommend-bad-time", []string{"recommend", "--at", "noon"}},
	{"recommend-long-text", []string{"recommend", "--text", strings.Repeat("é", 2001)}},
	{"recommend-stray", []string{"recommend", "knee", "hurts"}},
	{"check", []string{"check", small}},
	{"check-json", []string{"check", small, "-o", "json"}},
	{"check-no-folder", []string{"check", "testdata/none"}},
	{"check-bad-form", []string{"check", "-o", "xml"}},
	{"test", []string{"test", small}},
	{"test-json", []string{"test", "-o", "json", small}},
	{"score", []string{"score", "--content", small, "testdata/corpus.jsonl"}},
	{"score-floor", []string{"score", "--content", small, "testdata/corpus.jsonl", "--min-sender", "0.9", "--max-unsafe", "0", "--min-emergency-recall", "1"}},
	{"score-reached", []string{"score", "--content", small, "testdata/corpus.jsonl", "--min-sender", "0.7", "--max-unsafe", "1", "--max-false-alarms", "0"}},
	{"score-json", []string{"score", "--content", small, "-o", "json", "testdata/corpus.jsonl"}},
	{"score-empty", []string{"score", "--content", small, "testdata/empty.jsonl", "--min-sender", "0.9"}},
	{"score-impossible-floor", []string{"score", "--content", small, "testdata/corpus.jsonl", "--min-sender", "2"}},
	{"score-no-file", []string{"score"}},
	{"score-wrong-file", []string{"score", "testdata/request.json"}},
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		t.Run(g.name, func(t *testing.T) {
			args := g.args
			if strings.HasPrefix(g.name, "recommend") && g.name != "recommend-bad-time" {
				args = append([]string{"recommend", "--content", small, "--at", "2026-03-01T12:00:00Z"}, args[1:]...)
			}
			compare(t, g.name, shown(args))
		})
	}
}

// broken are mistakes in a content folder, each with the file it is made in.
var broken = map[string][3]string{
	"misspelt-key":    {"sender.yaml", "then: insurer", "than: insurer"},
	"unknown-fact":    {"mindset.yaml", "acute_dx_active", "acute_dx_activ"},
	"unknown-topic":   {"advice/all.yaml", "topics: [symptom]", "topics: [sympton]"},
	"bad-guardrail":   {"advice/all.yaml", "See what your plan pays. A visit", "Take 200 mg of it each day. A visit"},
	"insurer-on-care": {"sender.yaml", "topic_kind: {is: care}}]\n    then: provider", "topic_kind: {is: care}}]\n    then: insurer"},
	"case-of-nobody":  {"cases/all.yaml", "advice: [gym]", "advice: [gymm]"},
}

func TestCheckShowsWhereAndWhatWasMeant(t *testing.T) {
	for name, b := range broken {
		t.Run(name, func(t *testing.T) {
			dir := spoilt(t, b)
			for _, form := range []string{"text", "json", "sarif"} {
				out := shown([]string{"check", dir, "-o", form})
				compare(t, "check-"+name+"-"+form, strings.ReplaceAll(out, dir, "DIR"))
			}
		})
	}
}

func TestTestShowsWhatFails(t *testing.T) {
	dir := spoilt(t, [3]string{"cases/all.yaml", "sender: insurer, advice: [gym]", "sender: provider"})
	for _, form := range []string{"text", "json"} {
		compare(t, "test-fails-"+form, strings.ReplaceAll(shown([]string{"test", "-o", form, dir}), dir, "DIR"))
	}
}

// spoilt is a copy of the small content with one mistake.
func spoilt(t *testing.T, b [3]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(small)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, b[0])
	text, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(text, []byte(b[1])) {
		t.Fatalf("%s does not hold %s", b[0], b[1])
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte(b[1]), []byte(b[2]), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

var masks = map[*regexp.Regexp]string{
	regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`): "DECISION-ID",
	regexp.MustCompile(`r-[0-9a-f]{16}`):                                                "REVISION",
	regexp.MustCompile(`the built-in content also has ([A-Z]\d\d(, )?)+`):               "the built-in content also has GUARDRAILS",
}

// shown is all that a run prints, and its exit code.
func shown(args []string) string {
	var out, err bytes.Buffer
	code := run(context.Background(), streams{&out, &err}, args)
	s := fmt.Sprintf("exit %d\n--- out\n%s--- err\n%s", code, out.String(), err.String())
	for pattern, mask := range masks {
		s = pattern.ReplaceAllString(s, mask)
	}
	return s
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata/golden", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s\nwant:\n%s", path, got, want)
	}
}

// TestNoGoldenIsLeftOver: a file that no run is compared with proves nothing.
func TestNoGoldenIsLeftOver(t *testing.T) {
	wanted := map[string]bool{"test-fails-text.txt": true, "test-fails-json.txt": true}
	for _, g := range golden {
		wanted[g.name+".txt"] = true
	}
	for name := range broken {
		for _, form := range []string{"text", "json", "sarif"} {
			wanted["check-"+name+"-"+form+".txt"] = true
		}
	}
	files, err := fs.Glob(os.DirFS("testdata/golden"), "*.txt")
	if err != nil || len(files) != len(wanted) {
		t.Errorf("%d golden files, %d runs: %v", len(files), len(wanted), err)
	}
	for _, name := range files {
		if !wanted[name] {
			t.Errorf("%s is compared with nothing", name)
		}
	}
}

// TestDefaultContent runs the tools on the content that the program comes with.
func TestDefaultContent(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"test"}} {
		if out := shown(args); !strings.HasPrefix(out, "exit 0\n") {
			t.Errorf("%v: %s", args, out)
		}
	}
	out := shown([]string{"recommend", "--text", "I have chest pain, is the ER covered?"})
	if !strings.Contains(out, "911") || strings.Contains(out, "insurer") {
		t.Errorf("%s", out)
	}
}
