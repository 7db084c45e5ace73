package content

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeNamesRealCodes looks for each code of the README's table in the
// sources that report it.
func TestReadmeNamesRealCodes(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, dir := range []string{".", "../lint", "../ruleset", "../strictyaml", "../intake"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, err := os.ReadFile(f); err == nil && !strings.HasSuffix(f, "_test.go") {
				sources.Write(b)
			}
		}
	}
	_, table, _ := strings.Cut(string(readme), "## What the messages mean")
	table, _, _ = strings.Cut(table, "\nGrades:")
	named := 0
	for row := range strings.Lines(table) {
		cell, _, _ := strings.Cut(strings.TrimPrefix(row, "| `"), " |")
		for _, code := range regexp.MustCompile("`?([A-Za-z0-9-]+)`").FindAllStringSubmatch(cell, -1) {
			named++
			if !strings.Contains(sources.String(), `"`+code[1]+`"`) {
				t.Errorf("nothing reports %s", code[1])
			}
		}
	}
	if named < 40 {
		t.Errorf("%d codes only", named)
	}
}

// TestReadmeExamplesConform checks the rule, the variant and the case that people copy.
func TestReadmeExamplesConform(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(blocks) != 3 {
		t.Fatalf("%d examples", len(blocks))
	}
	rule := "rules:\n" + blocks[0][1] + "default: {id: y, then: undetermined, because: {en: x}}\n"
	item := "items:\n  - id: x\n    sender: insurer\n    topics: [sleep]\n    rank: 1\n    title: {en: x}\n    text: {en: x}\n" + blocks[1][1]
	for name, text := range map[string]string{"mindset": rule, "advice": item, "cases": "cases:\n" + blocks[2][1]} {
		for _, wrong := range conform(t, name, text) {
			t.Errorf("%s%s", name, wrong)
		}
	}
}
