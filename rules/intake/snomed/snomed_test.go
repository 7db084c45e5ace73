package snomed

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/intake/icd10"
)

// TestEveryCodeIsKnown holds that a concept in the table is never left to its
// dates, and that what stands for it is a full code.
func TestEveryCodeIsKnown(t *testing.T) {
	for _, e := range entries() {
		if !icd10.Classify(e.code).Known() {
			t.Errorf("%d stands for %s, which has no class", e.concept, e.code)
		}
		if letter := e.code[0]; (letter == 'S' || letter == 'T') && e.code[:3] != "T30" && e.code[:3] != "T86" && (len(e.code) != 8 || e.code[7] != 'A') {
			t.Errorf("%d stands for %s, which does not say that care is active", e.concept, e.code)
		}
	}
}

// TestSamples holds what a reader of a problem list would look up first.
func TestSamples(t *testing.T) {
	for concept, want := range map[string]string{ // chronicity, override, groups
		"444814009": "acute none",                 // viral sinusitis
		"40055000":  "chronic none other",         // chronic sinusitis
		"62106007":  "acute none",                 // concussion
		"44054006":  "chronic none diabetes",      // diabetes, type 2
		"15777000":  "neither none prediabetes",   // prediabetes
		"59621000":  "chronic none hypertension",  // high blood pressure
		"162864005": "chronic none obesity",       // body mass index above 30
		"195967001": "chronic none asthma",        // asthma
		"708038006": "both acute asthma",          // asthma got worse
		"195951007": "both acute copd",            // COPD got worse
		"22298006":  "chronic acute cad",          // heart attack
		"399211009": "chronic none cad",           // heart attack, years ago
		"230690007": "chronic acute other",        // stroke
		"88805009":  "chronic none heart_failure", // heart failure
		"443253003": "both acute heart_failure",   // heart failure got worse
		"431857002": "chronic none ckd",           // kidney disease, stage 4
		"370143000": "chronic none depression",    // depression
		"197480006": "chronic none anxiety",       // anxiety
		"239873007": "chronic none arthritis",     // worn knee
		"278860009": "acute none back_pain",       // low back pain
		"55822004":  "chronic none high_cholesterol",
		"78275009":  "chronic none sleep_apnea",
		"37796009":  "chronic none migraine",
		"254837009": "chronic treatment cancer", // breast cancer
		"75544000":  "chronic none sud",         // opioid dependence
		"86406008":  "chronic none hiv",         // HIV
		"6471006":   "acute crisis",             // thoughts of suicide
		"72892002":  "neither none",             // normal pregnancy
		"398254007": "acute acute",              // pre-eclampsia
		"160903007": "neither none",             // employed
		"73595000":  "neither none",             // stress
		"314529007": "neither none",             // medicines to be reviewed
		"706893006": "neither none",             // hurt by a partner, as a survey asks
	} {
		code, _ := ICD10CM(concept)
		c := icd10.Classify(code)
		got := []string{c.Chronicity.String(), c.Override.String()}
		for name := range c.Groups.Names() {
			got = append(got, name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s (%s) is %v, want %s", concept, code, got, want)
		}
	}
}

func TestTheTableIsReadable(t *testing.T) {
	all, err := parse(builtin)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 500 || len(entries()) != len(all) {
		t.Fatalf("the table holds %d concepts, %d are in use", len(all), len(entries()))
	}
	for _, e := range all {
		id := strconv.FormatUint(e.concept, 10)
		if !checked(id) {
			t.Errorf("%s is no concept: its check digit is wrong", id)
		}
		if code, held := ICD10CM(id); !held || code != e.code {
			t.Errorf("%s is %q, want %s", id, code, e.code)
		}
	}
}

func TestSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"38341003":                 "I10",
		" 38341003\r\n":            "I10",
		"67811000119102":           "C34.90",
		"38341004":                 "", // another check digit
		"038341003":                "",
		"3834 1003":                "",
		"38341003.":                "",
		"-38341003":                "",
		"I10":                      "",
		"":                         "",
		"38341":                    "",
		"１２３４５６７８":                 "",
		strings.Repeat("9", 18):    "",
		strings.Repeat("9", 40):    "",
		strings.Repeat(" ", 1<<20): "",
	} {
		if code, held := ICD10CM(text); code != want || held != (want != "") {
			t.Errorf("%.20q is %q, %t, want %q", text, code, held, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"# words\nI10":                 "line 2: no concepts",
		"I10 38341003 x":               "line 1: x is no identifier of a concept",
		"I10 12345":                    "line 1: 12345 is no identifier of a concept",
		"I10 38341003\nE11.9 38341003": "38341003 stands in two places",
	} {
		if all, err := parse(text); err == nil || err.Error() != want || all != nil {
			t.Errorf("%q: the error is %v, want %s", text, err, want)
		}
	}
}

func TestICD10CMDoesNotAllocate(t *testing.T) {
	ICD10CM("38341003")
	if n := testing.AllocsPerRun(100, func() { ICD10CM("444814009"); ICD10CM("404684003") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// checked reports whether the last digit of an identifier is its check digit
// (Verhoeff's scheme: permuted digits, multiplied in the dihedral group D5) and
// the two before it say that it names a concept.
func checked(id string) bool {
	permuted := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	sum := 0
	for i := range len(id) {
		digit := int(id[len(id)-1-i] - '0')
		for range i % 8 {
			digit = permuted[digit]
		}
		sum = multiplied(sum, digit)
	}
	kind := id[len(id)-3 : len(id)-1]
	return sum == 0 && (kind == "00" || kind == "10")
}

// multiplied is the product of two elements of D5: rotations 0 to 4, reflections
// 5 to 9.
func multiplied(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return (a+b)%5 + 5
	case b < 5:
		return (a-5-b+5)%5 + 5
	}
	return (a - b + 5) % 5
}
