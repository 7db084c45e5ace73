package icd10

import (
	"strings"
	"testing"
)

// FuzzClassify holds, for any text, that the search through the painted table
// finds what painting the one code alone finds, and that spelling is free.
func FuzzClassify(f *testing.F) {
	for _, code := range []string{"I10", "S93.401D", "t42.4x2a", "M80.051A", "I1A.0", "E11.", " Z34 ", "C97", "D3A.00", "", "....", "É10.1", "A00-B99"} {
		f.Add(code)
	}
	strokes, err := readStrokes(builtin)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, code string) {
		got := Classify(code)
		k, ok := keyOf(code)
		if !ok {
			if got != (Class{}) {
				t.Fatalf("%q is no code, yet has the class %+v", code, got)
			}
			return
		}
		var alone cell
		for _, s := range strokes {
			if s.from <= k && k < s.to {
				s.paint(&alone)
			}
		}
		want := alone.at(k)
		if want.Groups == 0 && want.Chronic() {
			want.Groups = groupOther
		}
		if got != want {
			t.Fatalf("%q is %+v, painted alone it is %+v", code, got, want)
		}
		for _, spelling := range []string{k.String(), strings.ReplaceAll(k.String(), ".", ""), strings.ToLower(k.String())} {
			if Classify(spelling) != got {
				t.Fatalf("%q and %q differ", code, spelling)
			}
		}
		if got.InfantFlags|got.Flags != 0 && !got.Known() || got.Injury && k.at(1) != 'S' && k.at(1) != 'T' {
			t.Fatalf("%q is %+v", code, got)
		}
	})
}

// FuzzImport holds that a file is refused whole with a position, or that the
// counts of its report add up and every change is in force.
func FuzzImport(f *testing.F) {
	f.Add(heading + "'A000','x',1\n'I10','x',0\n'Z23','x',9\n")
	f.Add(heading + "'A000','x',1\n'A000','x',0\n")
	f.Add("\ufeff" + heading + "\r\n\"'J44.1'\",\"a, b\",'0'\r\n")
	f.Add("'ICD-10-CM CODE','CHRONIC INDICATOR'\nA00,1")
	f.Fuzz(func(t *testing.T, file string) {
		table, r, err := Import(strings.NewReader(file))
		if err != nil {
			if table != nil || r.Codes != 0 || !strings.HasPrefix(err.Error(), "line ") {
				t.Fatalf("refused with %v, and yet %+v", err, r)
			}
			return
		}
		if r.Codes == 0 || r.Chronic+r.NotChronic+r.NoDetermination != r.Codes || len(r.Changes) > r.BecameChronic+r.NoLongerChronic+r.New {
			t.Fatalf("the counts do not add up: %+v", r)
		}
		for i, c := range r.Changes {
			if c.From == c.To || table.Classify(c.Code).Chronicity != c.To || Classify(c.Code).Chronicity != c.From {
				t.Fatalf("%+v is not in force", c)
			}
			if i > 0 && r.Changes[i-1].Code >= c.Code {
				t.Fatalf("%s stands behind %s", c.Code, r.Changes[i-1].Code)
			}
		}
	})
}
