package icd10

import (
	"errors"
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

// FuzzReadCCI holds that a file is refused whole with a place, or that what it
// says is in force, adds up, and stays the same when written.
func FuzzReadCCI(f *testing.F) {
	f.Add(heading + "'A000','x',1\n'I10','x',0\n'Z23','x',9\n")
	f.Add(heading + "'A000','x',1\n'A000','x',0\n")
	f.Add("\ufeff" + heading + "\r\n\"'J44.1'\",\"a, b\",'0'\r\n")
	f.Add("'ICD-10-CM CODE','CHRONIC INDICATOR'\nA00,1")
	f.Add("a, title\nICD-10-CM CODE,CHRONIC INDICATOR,BODY SYSTEM\nI10,B,7\nI11,A,7")
	f.Fuzz(func(t *testing.T, file string) {
		c, err := ReadCCI(strings.NewReader(file))
		var syntax *SyntaxError
		if err != nil {
			if c != nil || !errors.As(err, &syntax) || syntax.Line < 1 || syntax.Col < 1 {
				t.Fatalf("refused with %v, and yet %+v", err, c)
			}
			return
		}
		n := 0
		for _, indicator := range []byte(digits + letters) {
			n += c.Count(indicator)
		}
		if n == 0 || n != c.Len() {
			t.Fatalf("%d codes, %d by indicator", c.Len(), n)
		}
		table := c.Table()
		for i, change := range Compare(Default(), table) {
			if change.From == change.To || table.Classify(change.Code).Chronicity != change.To || Classify(change.Code).Chronicity != change.From {
				t.Fatalf("change %d, %+v, is not in force", i, change)
			}
		}
		sameAfterWriting(t, c)
	})
}
