package content

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

var today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func TestDefaultContentIsClean(t *testing.T) {
	r, problems := Load(Default(), today)
	for _, p := range problems {
		t.Error(p)
	}
	if r == nil {
		t.Fatal("no revision")
	}
	if r.Lexicon == nil || r.Set == nil || len(r.ID) != len("r-0123456789abcdef") || !strings.HasPrefix(r.ID, "r-") {
		t.Errorf("revision %+v", r)
	}
}

// copied is the default content with some files changed: replaced by a text,
// or left out where the text is empty.
func copied(t *testing.T, changes map[string]string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(Default(), name)
		out[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range changes {
		delete(out, name)
		if text != "" {
			out[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return out
}

// edited replaces words in one file.
func edited(t *testing.T, name, old, replacement string) fstest.MapFS {
	t.Helper()
	b, err := fs.ReadFile(Default(), name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), old) {
		t.Fatalf("%s has no %q", name, old)
	}
	return copied(t, map[string]string{name: strings.Replace(string(b), old, replacement, 1)})
}

func codes(problems []strictyaml.Problem) (out []string) {
	for _, p := range problems {
		out = append(out, p.Code)
	}
	return out
}

// TestBadContentGivesNoRevision has one mistake in each folder.
func TestBadContentGivesNoRevision(t *testing.T) {
	for name, try := range map[string]struct {
		files fs.FS
		code  string
		file  string
	}{
		"a file is missing":                {copied(t, map[string]string{"sender.yaml": ""}), "unreadable-file", "sender.yaml"},
		"the lexicon is missing":           {copied(t, map[string]string{"lexicon.yaml": ""}), "unreadable-file", "lexicon.yaml"},
		"the policy is missing":            {copied(t, map[string]string{"policy.yaml": ""}), "unreadable-file", "policy.yaml"},
		"a file that nothing reads":        {copied(t, map[string]string{"sendr.yaml": "rules: []\n"}), "unknown-file", "sendr.yaml"},
		"a file in a folder nothing reads": {copied(t, map[string]string{"advices/x.yml": "items: []\n"}), "unknown-file", "advices/x.yml"},
		"a rule with a misspelt topic":     {edited(t, "mindset.yaml", "prognosis]}", "prognoses]}"), "unknown-value", "mindset.yaml"},
		"words too hard to read":           {edited(t, "advice/lifestyle.yaml", "Pick a gym near you and start any day.", "Participating facilities accommodate individualized rehabilitation requirements."), "G26", "advice/lifestyle.yaml"},
		"a promise of $0":                  {edited(t, "advice/chronic.yaml", "a blood pressure cuff.", "a blood pressure cuff at $0."), "G24", "advice/chronic.yaml"},
		"a denied claim without its day":   {edited(t, "advice/coverage.yaml", "again by {appeal_by}", "again soon"), "G25", "advice/coverage.yaml"},
		"a placeholder that nobody fills":  {edited(t, "policy.yaml", "id: copay,", "id: copays,"), "placeholder", "advice/coverage.yaml"},
		"a topic of another kind":          {edited(t, "lexicon.yaml", "{topic: none, kind: none", "{topic: none, kind: program"), "topic-kind", "lexicon.yaml"},
		"a table in a place of YAML":       {copied(t, map[string]string{"cases/" + icd10.File: tableOfCodes}), "unknown-file", "cases/icd10cm.csv"},
		"a table that nothing reads":       {copied(t, map[string]string{"icd10.csv": tableOfCodes}), "unknown-file", "icd10.csv"},
		"a table with a broken line":       {copied(t, map[string]string{icd10.File: tableOfCodes + "'I10'\n"}), "codes", "icd10cm.csv"},
		"no folder at all":                 {fstest.MapFS{}, "unreadable-file", "facts.yaml"},
	} {
		r, problems := Load(try.files, today)
		if r != nil {
			t.Errorf("%s: a revision all the same", name)
		}
		if !slices.ContainsFunc(problems, func(p strictyaml.Problem) bool { return p.Code == try.code && p.File == try.file }) {
			t.Errorf("%s: found %v, want %s in %s", name, problems, try.code, try.file)
		}
	}
}

// tableOfCodes is a small table as AHRQ writes it.
const tableOfCodes = "'ICD-10-CM CODE','CHRONIC INDICATOR'\n'J209','1'\n"

// TestATableOfCodesIsPartOfTheRevision: what an imported table changes in an
// answer shows in the id, and a broken one is refused with its line.
func TestATableOfCodesIsPartOfTheRevision(t *testing.T) {
	base, _ := Load(Default(), today)
	r, problems := Load(copied(t, map[string]string{icd10.File: tableOfCodes}), today)
	if r == nil {
		t.Fatal(problems)
	}
	if r.ID == base.ID {
		t.Error("the table does not show in the id")
	}
	bronchitis := intake.Diagnosis{System: intake.ICD10CM, Code: "J20.9", Onset: today.AddDate(0, 0, -3)}
	before, _ := base.Lexicon.Gather(intake.Question{Diagnoses: []intake.Diagnosis{bronchitis}, Now: today})
	after, _ := r.Lexicon.Gather(intake.Question{Diagnoses: []intake.Diagnosis{bronchitis}, Now: today})
	if !before.Known(fact.AcuteDxActive) || after.Known(fact.AcuteDxActive) || !after.Known(fact.ChronicDx) {
		t.Error("the table is not in force")
	}
	same := intake.Diagnosis{System: intake.SNOMEDCT, Code: "10509002", Onset: today.AddDate(0, 0, -3)} // stands for J20.9
	if f, _ := r.Lexicon.Gather(intake.Question{Diagnoses: []intake.Diagnosis{same}, Now: today}); f != after {
		t.Error("the table is not in force for SNOMED CT")
	}
	_, problems = Load(copied(t, map[string]string{icd10.File: tableOfCodes + "'I10','7'\n"}), today)
	if len(problems) != 1 || problems[0].String() != "icd10cm.csv:3:7: the indicator must be 0, 1 or 9" {
		t.Errorf("%v", problems)
	}
}

func id(t *testing.T, files fs.FS, on time.Time) string {
	t.Helper()
	r, problems := Load(files, on)
	if r == nil {
		t.Fatal(problems)
	}
	return r.ID
}

func TestIDNamesTheBytes(t *testing.T) {
	base := id(t, Default(), today)
	if again := id(t, copied(t, nil), today.AddDate(0, 0, 90)); again != base {
		t.Errorf("equal content without dates is %s and %s", base, again)
	}
	seen := map[string]string{base: "the default content"}
	for name, files := range map[string]fs.FS{
		"a comment added":       edited(t, "policy.yaml", "# What holds", "# Now what holds"),
		"a case file more":      copied(t, map[string]string{"cases/z.yaml": "cases: []\n"}),
		"the same in another":   copied(t, map[string]string{"cases/y.yaml": "cases: []\n"}),
		"bytes in another file": copied(t, map[string]string{"cases/z.yaml": "cases: []", "cases/zz.yaml": "\ncases: []\n"}),
	} {
		x := id(t, files, today)
		if other, twice := seen[x]; twice {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[x] = name
	}
	if x := id(t, copied(t, map[string]string{"README.md": "Hello", "schema/x.json": "{}", ".hidden/x.yaml": "?"}), today); x != base {
		t.Error("files that are no content change the id")
	}
}

// TestIDChangesOnTheDayARuleBegins: the same bytes answer differently from that
// day on, so nothing that was shared before may answer.
func TestIDChangesOnTheDayARuleBegins(t *testing.T) {
	files := edited(t, "mindset.yaml", "  - id: new-drug\n", "  - id: new-drug\n    from: 2026-03-02\n")
	before, on, after := id(t, files, today), id(t, files, today.AddDate(0, 0, 1)), id(t, files, today.AddDate(0, 0, 2))
	if before == on || on != after {
		t.Errorf("ids %s, %s, %s", before, on, after)
	}
}

// changing is a folder that somebody edits while it is read.
type changing struct {
	fs.FS
	other fs.FS
	opens int
}

func (c *changing) Open(name string) (fs.File, error) {
	if name == "mindset.yaml" {
		if c.opens++; c.opens > 1 {
			return c.other.Open(name)
		}
	}
	return c.FS.Open(name)
}

func TestFolderThatChangesIsRefused(t *testing.T) {
	files := &changing{FS: copied(t, nil), other: edited(t, "mindset.yaml", "# Which mindset", "# What mindset")}
	if r, problems := Load(files, today); r != nil || !slices.Contains(codes(problems), "folder-changed") {
		t.Errorf("revision %v, problems %v", r, problems)
	}
}
