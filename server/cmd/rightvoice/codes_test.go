package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	ccir        = "testdata/ccir.csv" // made-up rows, laid out as AHRQ lays out its own
	brokenCodes = "'ICD-10-CM CODE','ICD-10-CM CODE DESCRIPTION','CHRONIC INDICATOR'\n'A000','x',1\n'I10','CANARY',CANARY\n"
)

// compareCodes compares with the golden files of this command.
func compareCodes(t *testing.T, name, got string) {
	t.Helper()
	compare(t, "codes/"+name, got)
}

func TestCodesSays(t *testing.T) {
	compareCodes(t, "says", shown([]string{"codes", "import", ccir}))
	compareCodes(t, "says-json", shown([]string{"codes", "import", "-o", "json", ccir}))
	compareCodes(t, "few-examples", shown([]string{"codes", "import", ccir, "--examples", "1"}))
	compareCodes(t, "no-file", shown([]string{"codes", "import", "testdata/none.csv"}))
	compareCodes(t, "no-import", shown([]string{"codes", ccir}))
	compareCodes(t, "another-file", shown([]string{"codes", "import", "testdata/request.json"}))
	compareCodes(t, "no-folder", shown([]string{"codes", "import", ccir, "--content", "testdata/none"}))
}

// TestCodesWrites imports twice, and then goes back.
func TestCodesWrites(t *testing.T) {
	dir := copied(t)
	run := func(name string, args ...string) {
		t.Helper()
		out := shown(append([]string{"codes", "import", "--content", dir}, args...))
		compareCodes(t, name, strings.ReplaceAll(out, dir, "DIR"))
	}
	run("writes", ccir)
	asked := []string{"recommend", "--content", dir, "--at", "2026-03-01T12:00:00Z", "--file", "testdata/bronchitis.json"}
	with := shown(asked)
	run("writes-again", ccir)
	run("writes-another", "-o", "json", "testdata/ccir_newer.csv")
	if out := shown([]string{"check", dir}); !strings.HasPrefix(out, "exit 0") {
		t.Errorf("check finds fault with what was written: %s", out)
	}
	left, err := fs.Glob(os.DirFS(dir), ".*")
	if err != nil || len(left) > 0 {
		t.Errorf("%v is left in the folder: %v", left, err)
	}
	if err := os.Remove(filepath.Join(dir, "icd10cm.csv")); err != nil {
		t.Fatal(err)
	}
	if without := shown(asked); without == with {
		t.Errorf("the table changes no answer: %s", with)
	}
}

// TestCodesRefusesWhole: nothing is written where a line is wrong, and the line
// is named without a word of it.
func TestCodesRefusesWhole(t *testing.T) {
	dir, file := copied(t), filepath.Join(t.TempDir(), "broken.csv")
	if err := os.WriteFile(file, []byte(brokenCodes), 0o600); err != nil {
		t.Fatal(err)
	}
	out := shown([]string{"codes", "import", file, "--content", dir})
	compareCodes(t, "broken-line", strings.ReplaceAll(out, file, "FILE"))
	if _, err := os.Stat(filepath.Join(dir, "icd10cm.csv")); err == nil || strings.Contains(out, "CANARY") {
		t.Errorf("something came of it: %s", out)
	}
	if err := os.WriteFile(file, []byte("PK\x03\x04 and so on"), 0o600); err != nil {
		t.Fatal(err)
	}
	out = shown([]string{"codes", "import", file})
	compareCodes(t, "archive", strings.ReplaceAll(out, file, "FILE"))
}

// TestCodesMendsABrokenTable: a table in a folder that cannot be read is what
// check names and an import replaces; other mistakes stop it.
func TestCodesMendsABrokenTable(t *testing.T) {
	dir := copied(t)
	if err := os.WriteFile(filepath.Join(dir, "icd10cm.csv"), []byte(brokenCodes), 0o600); err != nil {
		t.Fatal(err)
	}
	compareCodes(t, "check-broken", strings.ReplaceAll(shown([]string{"check", dir}), dir, "DIR"))
	out := shown([]string{"codes", "import", ccir, "--content", dir, "-o", "json"})
	var said struct{ Against, Revision, RevisionBefore string }
	if err := json.Unmarshal([]byte(out[strings.Index(out, "{"):strings.LastIndex(out, "}")+1]), &said); err != nil || said.Revision == "" || said.RevisionBefore != "" {
		t.Errorf("%s: %v", out, err)
	}
	dir = spoilt(t, broken["unknown-topic"])
	out = shown([]string{"codes", "import", ccir, "--content", dir})
	if _, err := os.Stat(filepath.Join(dir, "icd10cm.csv")); err == nil || !strings.HasPrefix(out, "exit 3") {
		t.Errorf("written into a folder that cannot be used: %s", out)
	}
}

// copied is a copy of the small content.
func copied(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(small)); err != nil {
		t.Fatal(err)
	}
	return dir
}
