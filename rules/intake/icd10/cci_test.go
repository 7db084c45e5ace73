package icd10

import (
	"bytes"
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

func mustRead(t *testing.T, r io.Reader) *CCI {
	t.Helper()
	c, err := ReadCCI(r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLayouts reads invented rows in each layout that AHRQ has used.
func TestLayouts(t *testing.T) {
	for name, want := range map[string]struct {
		title           string
		codes, repeated int
		counts          string
		changes         []Change
	}{
		"ccir_v2026.csv": {"Chronic Condition Indicator Refined (CCIR) for ICD-10-CM: an extract made up for tests", 11, 1, "1:5 0:4 9:2", []Change{
			{"A00.0", Acute, Chronic}, {"I10", Chronic, Neither}, {"J44.1", Both, Acute}, {"K99.9", Unknown, Chronic}, {"Z23", Neither, Chronic}}},
		"ccir_v2024.csv": {"Chronic Condition Indicator Refined (CCIR) for ICD-10-CM, v2024.1 (made up for tests)", 4, 0, "1:2 0:1 9:1", []Change{
			{"A00.0", Acute, Chronic}}},
		"cci_v2021.csv": {"Chronic Condition Indicator (CCI) for ICD-10-CM (beta), v2021.1 (made up for tests)", 6, 0, "A:2 B:1 C:2 N:1", []Change{
			{"A00.0", Acute, Both}, {"I10", Chronic, Acute}, {"J20.9", Acute, Neither}, {"Z23", Neither, Chronic}}},
		"cci_v2019.csv": {"", 4, 0, "1:2 0:2", []Change{
			{"B37.9", Acute, Chronic}, {"I10", Chronic, Neither}}},
	} {
		f, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		c := mustRead(t, bytes.NewReader(f))
		var counts []string
		for _, b := range []byte("10" + "9" + letters) {
			if n := c.Count(b); n > 0 {
				counts = append(counts, fmt.Sprintf("%c:%d", b, n))
			}
		}
		if c.Title != want.title || c.Len() != want.codes || c.Repeated != want.repeated || strings.Join(counts, " ") != want.counts {
			t.Errorf("%s: %q, %d codes, %d repeated, %v; want %+v", name, c.Title, c.Len(), c.Repeated, counts, want)
		}
		if got := Compare(Default(), c.Table()); !slices.Equal(got, want.changes) {
			t.Errorf("%s changes %v, want %v", name, got, want.changes)
		}
		windows := strings.ReplaceAll(string(f), "\n", "\r\n")
		if again := mustRead(t, strings.NewReader(windows)); !slices.Equal(again.rows, c.rows) || again.Title != c.Title {
			t.Errorf("%s: other line ends are read otherwise", name)
		}
	}
}

func TestTableKeepsEverythingElse(t *testing.T) {
	table := mustRead(t, strings.NewReader(heading+"'I10','x',0\n'J441','x',0\n'A000','x',1\n")).Table()
	if c := table.Classify("J44.1"); c.Override != OverrideAcute || !c.Flare || !c.Groups.Has("copd") {
		t.Errorf("J44.1 lost a mark: %+v", c)
	}
	if c := table.Classify("I10"); !c.Groups.Has("hypertension") || c.Groups.Has("other") {
		t.Errorf("I10 is in the wrong groups: %+v", c)
	}
	if c := table.Classify("A00.0"); !c.Groups.Has("other") || Classify("A00.0").Groups != 0 {
		t.Errorf("A00.0 is chronic and in no group, or the built-in table was touched: %+v", c)
	}
	for _, code := range []string{"A00.1", "A00", "I11.0", "J44.0", "S93.401D", ""} {
		if table.Classify(code) != Classify(code) {
			t.Errorf("%s changed, though the file does not name it", code)
		}
	}
}

// TestWhatIsWrittenIsReadTheSame: a table keeps its meaning without the
// descriptions.
func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	for _, name := range []string{"ccir_v2026.csv", "ccir_v2024.csv", "cci_v2021.csv", "cci_v2019.csv"} {
		f, err := os.Open("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		sameAfterWriting(t, mustRead(t, f))
	}
}

func sameAfterWriting(t *testing.T, c *CCI) {
	t.Helper()
	var once, twice bytes.Buffer
	if n, err := c.WriteTo(&once); err != nil || n != int64(once.Len()) {
		t.Fatalf("%d of %d bytes: %v", n, once.Len(), err)
	}
	again := mustRead(t, bytes.NewReader(once.Bytes()))
	if again.Title != c.Title || again.Len() != c.Len() || again.Repeated != 0 || len(Compare(c.Table(), again.Table())) != 0 {
		t.Errorf("%d codes and %q were written, %d and %q read", c.Len(), c.Title, again.Len(), again.Title)
	}
	if _, err := again.WriteTo(&twice); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
		t.Errorf("written again it is %s, not %s", &twice, &once)
	}
}

func TestCompareKnowsBothSides(t *testing.T) {
	one := mustRead(t, strings.NewReader(heading+"'I10','x',0\n'A000','x',1\n")).Table()
	two := mustRead(t, strings.NewReader(heading+"'I10','x',1\n'A000','x',1\n'Z23','x',1\n")).Table()
	want := []Change{{"I10", Neither, Chronic}, {"Z23", Neither, Chronic}}
	if got := Compare(one, two); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Compare(two, two); got != nil {
		t.Errorf("a table differs from itself: %v", got)
	}
}

func TestReadCCIRefuses(t *testing.T) {
	const secret = "CANARY"
	for name, try := range map[string]struct {
		file string
		want string // the error
	}{
		"nothing":                  {"", "line 1, column 1: the file ends before a heading of columns"},
		"no heading":               {strings.Repeat(secret+",x,1\n", 20), "line 10, column 1: no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far"},
		"no codes":                 {heading + "\n,,\n", "line 5, column 1: the file ends before a code"},
		"another tool of AHRQ":     {"title\n'ICD-10-CM CODE','DESCRIPTION','DEFAULT CCSR'\n", "line 2, column 1: no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far"},
		"a web page":               {"<html><head>" + strings.Repeat("\n", 30), "line 10, column 1: no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far"},
		"a code that is none":      {heading + "'A000','x',1\n'" + secret + "','x',1\n", "line 5, column 1: not a code of ICD-10-CM"},
		"a row without a code":     {heading + ",'x',1\n", "line 4, column 1: not a code of ICD-10-CM"},
		"an indicator that isn't":  {heading + "'A000','a, b',2\n", "line 4, column 15: the indicator must be 0, 1 or 9"},
		"an empty indicator":       {heading + "'A000','x',\n", "line 4, column 12: the indicator must be 0, 1 or 9"},
		"a word for an indicator":  {heading + "'A000','x'," + secret + "\n", "line 4, column 12: the indicator must be 0, 1 or 9"},
		"two kinds of indicators":  {heading + "'A000','x',1\n'A001','x',A\n", "line 5, column 12: the indicator must be 0, 1 or 9"},
		"two kinds, letters first": {heading + "'A000','x',A\n'A001','x',1\n", "line 5, column 12: the indicator must be A, B, C or N"},
		"a row cut short":          {heading + "'A000','x',1\n'A00", "line 5, column 1: the indicator must be 0, 1 or 9"},
		"a code with two verdicts": {heading + "'A000','x',1\n'A001','x',1\n'A000','x',0\n", "line 6, column 1: the code has another indicator in line 4"},
		"an endless line":          {heading + "'A000','" + strings.Repeat("x", maxLine) + "',1\n", "line 4, column 1: longer than 8192 bytes"},
		"no body system":           {"'ICD-10-CM CODE','X','CHRONIC INDICATOR','BODY SYSTEM'\n'A000','1'\n", "line 2, column 1: the indicator must be 0, 1 or 9"},
	} {
		c, err := ReadCCI(strings.NewReader(try.file))
		var syntax *SyntaxError
		if err == nil || err.Error() != try.want || !errors.As(err, &syntax) {
			t.Errorf("%s: the error is %v, want %s", name, err, try.want)
		}
		if c != nil {
			t.Errorf("%s: refused, but something came of it", name)
		}
	}
}

func TestReadCCIHasLimits(t *testing.T) {
	_, err := ReadCCI(io.MultiReader(strings.NewReader(heading+"'A000','x',1\n"), &endless{line: strings.Repeat(" ", 4000) + "\n"}))
	if err == nil || !strings.HasSuffix(err.Error(), "the file is larger than 33554432 bytes") {
		t.Errorf("an endless file: %v", err)
	}
	_, err = ReadCCI(io.MultiReader(strings.NewReader(heading), &endless{}))
	if want := fmt.Sprintf("line %d, column 1: more than %d codes", maxCodes+4, maxCodes); err == nil || err.Error() != want {
		t.Errorf("a file with too many codes: %v", err)
	}
	broken := errors.New("broken")
	_, err = ReadCCI(io.MultiReader(strings.NewReader(heading), iotest.ErrReader(broken)))
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
		e.rest = fmt.Sprintf("'%c%02d%04d','x',1\n", 'A'+e.n/1_000_000, e.n/10000%100, e.n%10000)
		e.n++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestChapters(t *testing.T) {
	for code, want := range map[string]string{"A00": "A00", "b99.9": "A00", "C44.9": "C00", "D48": "C00", "D3A.0": "C00", "D50": "D50", "E11.9": "E00", "H59.9": "H00",
		"H60": "H60", "O9A.1": "O00", "QA0.01": "Q00", "S93.401A": "S00", "T88.9": "S00", "W10": "V00", "Z99.2": "Z00"} {
		if i := ChapterOf(code); i < 0 || Chapters[i].First != want {
			t.Errorf("%s is in chapter %d, want that of %s", code, i, want)
		}
	}
	for _, code := range []string{"", "hello", "E90", "T89", "U99", "F00"} {
		if i := ChapterOf(code); i >= 0 {
			t.Errorf("%s is in chapter %d", code, i)
		}
	}
	for _, k := range tableCodes() {
		if ChapterOf(k) < 0 {
			t.Errorf("%s has a class and no chapter", k)
		}
	}
}

// BenchmarkReadCCI reads as many codes as a full file has.
func BenchmarkReadCCI(b *testing.B) {
	var file strings.Builder
	file.WriteString(heading)
	for letter := 'A'; letter <= 'Z'; letter++ {
		for n := range 3000 {
			fmt.Fprintf(&file, "'%c%02d%02d','A made up description, as long as many of them are',%d\n", letter, n/100, n%100, n%2)
		}
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		c, err := ReadCCI(strings.NewReader(file.String()))
		if err != nil || c.Len() != 78_000 {
			b.Fatal(err)
		}
		c.Table()
	}
}
