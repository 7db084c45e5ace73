package icd10

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// heading is the preamble of AHRQ's file: a title, a note and the columns.
const heading = "Chronic Condition Indicator,,\n'An invented extract',,\n'ICD-10-CM CODE','ICD-10-CM CODE DESCRIPTION','CHRONIC INDICATOR'\n"

func TestImport(t *testing.T) {
	f, err := os.Open("testdata/ccir.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, report, err := Import(f)
	if err != nil {
		t.Fatal(err)
	}
	changes := []Change{
		{"A00.0", 4, Acute, Chronic},
		{"I10", 8, Chronic, Neither},
		{"J44.1", 9, Both, Acute},
		{"K99.9", 13, Unknown, Chronic},
		{"Z23", 12, Neither, Chronic},
	}
	if !slices.Equal(report.Changes, changes) {
		t.Errorf("the changes are %v, want %v", report.Changes, changes)
	}
	report.Changes = nil
	if want := (Report{Codes: 11, Repeated: 1, Chronic: 5, NotChronic: 4, NoDetermination: 2, New: 1, BecameChronic: 3, NoLongerChronic: 2}); fmt.Sprint(report) != fmt.Sprint(want) {
		t.Errorf("the report is %+v, want %+v", report, want)
	}
	for _, c := range changes {
		if got := table.Classify(c.Code).Chronicity; got != c.To {
			t.Errorf("%s is %s now, want %s", c.Code, got, c.To)
		}
		if got := Classify(c.Code).Chronicity; got != c.From {
			t.Errorf("%s is %s in the built-in table, which an import must not touch", c.Code, got)
		}
	}
}

func TestImportKeepsEverythingElse(t *testing.T) {
	table, _, err := Import(strings.NewReader(heading + "'I10','x',0\n'J441','x',0\n'A000','x',1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c := table.Classify("J44.1"); c.Override != OverrideAcute || !c.Flare || !c.Groups.Has("copd") {
		t.Errorf("J44.1 lost a mark: %+v", c)
	}
	if c := table.Classify("I10"); !c.Groups.Has("hypertension") || c.Groups.Has("other") {
		t.Errorf("I10 is in the wrong groups: %+v", c)
	}
	if c := table.Classify("A00.0"); !c.Groups.Has("other") {
		t.Errorf("A00.0 is chronic and in no group: %+v", c)
	}
	for _, code := range []string{"A00.1", "A00", "I11.0", "J44.0", "S93.401D", ""} {
		if table.Classify(code) != Classify(code) {
			t.Errorf("%s changed, though the file does not name it", code)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	const secret = "CANARY"
	for name, try := range map[string]struct {
		file string
		want string // the error
	}{
		"nothing":                  {"", "line 0: the file ends before a heading of columns"},
		"no heading":               {strings.Repeat(secret+",x,1\n", 20), "line 10: no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far"},
		"no codes":                 {heading + "\n\n", "line 5: the file ends before a code"},
		"another tool of AHRQ":     {"title\n'ICD-10-CM CODE','DESCRIPTION','DEFAULT CCSR'\n", "line 2: the file ends before a heading of columns"},
		"a code that is none":      {heading + "'A000','x',1\n'" + secret + "','x',1\n", "line 5, column 1: not a code of ICD-10-CM"},
		"a row without a code":     {heading + ",'x',1\n", "line 4, column 1: not a code of ICD-10-CM"},
		"an indicator that isn't":  {heading + "'A000','a, b',2\n", "line 4, column 15: the indicator must be 0, 1 or 9"},
		"an empty indicator":       {heading + "'A000','x',\n", "line 4, column 12: the indicator must be 0, 1 or 9"},
		"a word for an indicator":  {heading + "'A000','x'," + secret + "\n", "line 4, column 12: the indicator must be 0, 1 or 9"},
		"a row cut short":          {heading + "'A000','x',1\n'A00", "line 5, column 1: the indicator must be 0, 1 or 9"},
		"a code with two verdicts": {heading + "'A000','x',1\n'A001','x',1\n'A000','x',0\n", "line 6, column 12: the code has another indicator in line 4"},
		"an endless line":          {heading + "'A000','" + strings.Repeat("x", maxImportLine) + "',1\n", "line 4: longer than 8192 bytes"},
	} {
		table, report, err := Import(strings.NewReader(try.file))
		if err == nil || err.Error() != try.want {
			t.Errorf("%s: the error is %v, want %s", name, err, try.want)
		}
		if table != nil || report.Codes != 0 || report.Changes != nil {
			t.Errorf("%s: refused, but something came of it", name)
		}
	}
}

func TestImportHasLimits(t *testing.T) {
	_, _, err := Import(io.MultiReader(strings.NewReader(heading+"'A000','x',1\n"), &endless{line: strings.Repeat(" ", 4000) + "\n"}))
	if err == nil || !strings.HasSuffix(err.Error(), "the file is larger than 33554432 bytes") {
		t.Errorf("an endless file: %v", err)
	}
	_, _, err = Import(io.MultiReader(strings.NewReader(heading), &endless{}))
	if want := fmt.Sprintf("line %d: more than %d codes", maxImportCodes+4, maxImportCodes); err == nil || err.Error() != want {
		t.Errorf("a file with too many codes: %v", err)
	}
	broken := errors.New("broken")
	_, _, err = Import(io.MultiReader(strings.NewReader(heading), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("a reader that fails: %v", err)
	}
}

// endless repeats a line, or counts through codes if it has none.
type endless struct {
	line, rest string
	n          int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = e.line
	}
	if e.rest == "" {
		e.rest = fmt.Sprintf("'A%02d%04d','x',1\n", e.n/10000%100, e.n%10000)
		e.n++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}
