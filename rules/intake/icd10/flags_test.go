package icd10

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// signs are the emergency signs of the reference.
type signs struct {
	rows   [][]string          // prefixes, for each that the file has
	byName map[string][]string // all prefixes of a sign, sorted
}

// inWords are the conditions of the file that are no prefix and no range of
// prefixes. An empty list: no code alone can tell.
var inWords = map[string][]string{
	"T36-T50 with 5th/6th char 1-4": {"T3[679][0-8]?[1-4]", "T3[679]9[1-4]", "T38[0-9]?[1-4]", "T4[0468][0-9]?[1-4]", "T41[0-35]?[1-4]", "T414[1-4]",
		"T42[0-68]?[1-4]", "T427[1-4]", "T4[3579][0-8]?[1-4]", "T4[3579]9[1-4]", "T45A?[1-4]", "T50[0-9ABZ]?[1-4]"},
	"S/T 7th char A + EMER": {},
	"R50.9 with age<90d":    {"R509"},
	"G40.x1":                {"G40[0-79ABC][01]1", "G408[0124]1", "G408[1-4]3"},
	"E1x.64":                {"E1[013]64"},
	"J46":                   {}, // the code of the WHO's ICD-10; here it is J45.x2
	"X71-X83":               {"X7", "X80", "X81", "X82", "X83"},
	"T51-T65":               {"T5[1-9]", "T6[0-5]"},
}

func loadSigns(t *testing.T) *signs {
	t.Helper()
	f, err := os.Open("../../../../shared/data/red_flags.csv")
	if err != nil {
		t.Skip("left out: the reference data is not here")
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := &signs{byName: map[string][]string{}}
	for i, r := range records[1:] {
		if r[0] != FlagNames[i] {
			t.Errorf("sign %d is %s, the reference has %s", i, FlagNames[i], r[0])
		}
		for _, p := range strings.Split(r[6], "|") {
			codes, spelled := inWords[p]
			if !spelled {
				codes = []string{strings.ReplaceAll(p, ".", "")}
			}
			prefixes := expandAll(t, codes)
			all.rows = append(all.rows, prefixes)
			all.byName[r[0]] = append(all.byName[r[0]], prefixes...)
		}
		slices.Sort(all.byName[r[0]])
	}
	return all
}

func expandAll(t *testing.T, patterns []string) (all []string) {
	t.Helper()
	for _, p := range patterns {
		codes, err := expand(strings.ReplaceAll(p, "?", "[0-9X]"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, codes...)
	}
	return all
}

// of names the signs of a code.
func (s *signs) of(code string) string {
	var found []string
	for _, name := range FlagNames {
		for n := 2; n <= len(code); n++ {
			if _, ok := slices.BinarySearch(s.byName[name], code[:n]); ok {
				found = append(found, name)
				break
			}
		}
	}
	return spell(found)
}

func spell(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ",")
}

func TestAgreementOfFlags(t *testing.T) {
	ref, listed := loadSigns(t), loadDifferences(t)
	a := &agreement{what: "prefixes of the emergency signs", kind: "flag", listed: listed, theirs: ref.of,
		ours: func(code string) string {
			c := Classify(code)
			return spell(slices.Collect((c.Flags | c.InfantFlags).Names()))
		}}
	for _, prefixes := range ref.rows {
		var codes []string
		for _, p := range prefixes {
			codes = append(codes, atHand(p)...)
		}
		a.row(t, codes)
	}
	a.report(t)
	for _, code := range tableCodes() { // the other way round: signs that only the table has
		a.row(t, atHand(code))
	}
	listed.checkAllFound(t, "flag")
}

// atHand are codes under a prefix that are of a visit for active care: of the
// others TestAftercareHintsAtNothing speaks.
func atHand(prefix string) []string {
	var codes []string
	for _, more := range []string{"", "0", "1", "2", "9", "00", "01", "12", "0X2"} {
		codes = append(codes, prefix+more)
	}
	if c := prefix[0]; len(prefix) >= minLength && (c == 'S' || c == 'T' || isCause(prefix)) {
		codes = append(codes, (prefix + "XXXX")[:maxLength-1]+"A")
	}
	return slices.DeleteFunc(codes, func(c string) bool { return len(c) > maxLength || !inChapter(c) })
}
