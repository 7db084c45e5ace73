package icd10

import (
	"fmt"
	"iter"
	"slices"
)

// chapters are the first and last categories of the chapters of ICD-10-CM.
var chapters = [][2]string{{"A00", "B99"}, {"C00", "C96"}, {"D00", "D49"}, {"D50", "D89"}, {"E00", "E89"}, {"F01", "F99"}, {"G00", "G99"}, {"H00", "H59"}, {"H60", "H95"},
	{"I00", "I99"}, {"J00", "J99"}, {"K00", "K95"}, {"L00", "L99"}, {"M00", "M99"}, {"N00", "N99"}, {"O00", "O9A"}, {"P00", "P96"}, {"Q00", "Q99"},
	{"R00", "R99"}, {"S00", "T88"}, {"U00", "U85"}, {"V00", "Y99"}, {"Z00", "Z99"}}

func inChapter(code string) bool {
	return len(code) >= minLength && slices.ContainsFunc(chapters, func(c [2]string) bool { return code[:3] >= c[0] && code[:3] <= c[1] })
}

// categories yields the categories from first to last that lie in a chapter:
// all with two digits, and those in use with a letter.
func categories(first, last string) iter.Seq[string] {
	return func(yield func(string) bool) {
		all := []string{"C4A", "C7A", "C7B", "D3A", "I1A", "M1A", "O9A", "Z3A"}
		for letter := 'A'; letter <= 'Z'; letter++ {
			for n := range 100 {
				all = append(all, fmt.Sprintf("%c%02d", letter, n))
			}
		}
		for _, c := range all {
			if c >= first && c <= last && inChapter(c) && !yield(c) {
				return
			}
		}
	}
}

// isCause tells the chapter of outer causes, V to Y. The reference leaves it
// out; TestCausesAreNoIllness looks at it.
func isCause(code string) bool { return code[0] >= 'V' && code[0] <= 'Y' }

// visitsInUse are the seventh characters of injuries, fractures and causes.
const visitsInUse = "ABCDEFGHJKMNPQRS"

// standIns are codes under a prefix outside the chapter of injuries: itself if
// it is long enough to be a code, the same with one and with two digits more,
// and with every visit where the prefix ends in one.
func standIns(prefix string) []string {
	if prefix == "" {
		return slices.DeleteFunc(slices.Collect(categories("A00", "Z99")), isCause)
	}
	codes := []string{prefix}
	for i := range 10 {
		codes = append(codes, fmt.Sprintf("%s%d", prefix, i))
	}
	for i := range 100 {
		codes = append(codes, fmt.Sprintf("%s%02d", prefix, i))
	}
	if stem := len(prefix) - 1; len(prefix) == maxLength {
		for _, visit := range visitsInUse {
			codes = append(codes, prefix[:stem]+string(visit))
		}
	}
	return slices.DeleteFunc(codes, func(c string) bool { return len(c) > maxLength || !inChapter(c) })
}

// injuryStandIns are codes under a prefix of the chapter of injuries: itself,
// the same with a digit more, and filled up to every kind of visit.
func injuryStandIns(prefix string) []string {
	codes := []string{prefix}
	if len(prefix) < maxLength-1 {
		for i := range 10 {
			codes = append(codes, fmt.Sprintf("%s%d", prefix, i))
		}
	}
	stem := prefix[:min(len(prefix), maxLength-1)]
	for len(stem) < maxLength-1 {
		stem += "X"
	}
	for _, visit := range visitsInUse {
		codes = append(codes, stem+string(visit))
	}
	return codes
}

// cord are the subdivisions for injuries of the spinal cord. Filled up with X
// they are no codes in use; the exceptions of the reference list those that are.
var cord = []string{"S140", "S141", "S240", "S241", "S340", "S341", "S343"}

// everyVisit are the codes of an injury category: itself and its subdivisions,
// bare and for every kind of visit.
func everyVisit(category string) []string {
	codes := []string{category}
	for i := range 10 {
		if stem := fmt.Sprintf("%s%d", category, i); !slices.Contains(cord, stem) {
			codes = append(codes, injuryStandIns(stem)...)
		}
	}
	return codes
}

// missedDoses are codes for too little of a drug that the exceptions of the
// reference lack, though they hold the like for other drugs.
var missedDoses = []string{"T50906", "T50996", "T40416", "T40426", "T40496", "T40716", "T40726", "T45AX6"}
