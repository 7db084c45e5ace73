package icd10

import (
	"slices"
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"acute":                     "line 1: no codes",
		"# only words\n\nacute A":   "line 3: A is no code and no range of codes",
		"acute A00-":                "line 1: A00- is no code and no range of codes",
		"acute A05-A00":             "line 1: A05-A00 is no code and no range of codes",
		"acute A00-B[0-9]9-C00":     "line 1: A00-B[0-9]9-C00 is no code and no range of codes",
		"acute A0[]":                "line 1: A0[] has a choice without an end or without characters",
		"acute A0[1":                "line 1: A0[1 has a choice without an end or without characters",
		"acute A00.[12][3":          "line 1: [3 has a choice without an end or without characters",
		"acute A00.[5-1]":           "line 1: A00.[5-1] offers nothing from 5 to 1",
		"acute A00.1 A00 # fine\nx": "line 2: x is no word of the table",
		"group":                     "line 1: group lacks a name",
		"group A00":                 "line 1: A00 is no group",
		"flag copd A00":             "line 1: copd is no flag",
		"infant infant_fever":       "line 1: no codes",
	} {
		table, err := parse(text)
		if err == nil || err.Error() != want || table != nil {
			t.Errorf("%q: the error is %v, want %s", text, err, want)
		}
	}
}

func TestLaterLinesWin(t *testing.T) {
	table, err := parse(`
		chronic A00-B99   # a chapter
		acute   A10-A19.5
		both    A15.[13-4] A19.5
		flag    stroke A15
		flag    sugar  A15.3
		chronic A15.31`)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]Class{
		"A09.9":  {Chronicity: Chronic, Groups: groupOther},
		"A10":    {Chronicity: Acute},
		"A15":    {Chronicity: Acute, Flags: 1 << 2},
		"A15.1":  {Chronicity: Both, Flags: 1 << 2, Groups: groupOther},
		"A15.2":  {Chronicity: Acute, Flags: 1 << 2},
		"A15.39": {Chronicity: Both, Flags: 1<<2 | 1<<15, Groups: groupOther},
		"A15.31": {Chronicity: Chronic, Flags: 1<<2 | 1<<15, Groups: groupOther},
		"A15.4":  {Chronicity: Both, Flags: 1 << 2, Groups: groupOther},
		"A19.4":  {Chronicity: Acute},
		"A19.59": {Chronicity: Both, Groups: groupOther},
		"A19.6":  {Chronicity: Chronic, Groups: groupOther},
		"B99.9":  {Chronicity: Chronic, Groups: groupOther},
		"C00":    {},
	} {
		if got := table.Classify(code); got != want {
			t.Errorf("%s is %+v, want %+v", code, got, want)
		}
	}
}

func TestExpand(t *testing.T) {
	got, err := expand("M[12][4-6B].0-X[Z]")
	want := []string{"M14.0-XZ", "M15.0-XZ", "M16.0-XZ", "M1B.0-XZ", "M24.0-XZ", "M25.0-XZ", "M26.0-XZ", "M2B.0-XZ"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("it is %v, %v", got, err)
	}
}

// TestEveryCodeOfTheTableMatters takes each code out of its line and looks for
// one that is then taken otherwise: the table holds nothing idle.
func TestEveryCodeOfTheTableMatters(t *testing.T) {
	full, lines := Default(), strings.Split(builtin, "\n")
	for i, line := range lines {
		words, _, _ := strings.Cut(line, "#")
		fields := strings.Fields(words)
		skip := 1
		if len(fields) > 0 && (fields[0] == "group" || fields[0] == "flag" || fields[0] == "infant") {
			skip = 2
		}
		for j := skip; j < len(fields); j++ {
			without := slices.Clone(lines)
			without[i] = strings.Join(slices.Delete(slices.Clone(fields), j, j+1), " ")
			if len(fields) == skip+1 {
				without[i] = ""
			}
			table, err := parse(strings.Join(without, "\n"))
			if err != nil {
				t.Fatal(err)
			}
			if alike(full, table) {
				t.Errorf("line %d: %s %s changes nothing", i+1, fields[0], fields[j])
			}
		}
	}
}

// alike compares two tables, where the starts of b are among those of a.
func alike(a, b *Table) bool {
	for i, k := range a.starts {
		j, exact := slices.BinarySearch(b.starts, k)
		if !exact {
			j--
		}
		if j < 0 && a.cells[i] != (cell{}) || j >= 0 && a.cells[i] != b.cells[j] {
			return false
		}
	}
	return true
}
