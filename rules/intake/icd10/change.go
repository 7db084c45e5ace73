package icd10

import "slices"

// Change is a code that two tables take to last differently.
type Change struct {
	Code     string // with its dot
	From, To Chronicity
}

// Compare returns the codes for which a table says another Chronicity than the
// one before, in order. Both must come from the built-in table, as all do.
func Compare(before, after *Table) []Change {
	var keys []key
	for _, t := range []*Table{before, after} {
		for _, v := range t.told { // elsewhere both are the built-in table
			keys = append(keys, v.key)
		}
	}
	slices.Sort(keys)
	var all []Change
	for _, k := range slices.Compact(keys) {
		if from, to := before.class(k).Chronicity, after.class(k).Chronicity; from != to {
			all = append(all, Change{k.String(), from, to})
		}
	}
	return all
}

// Chapter is a chapter of ICD-10-CM.
type Chapter struct {
	First, Last string // categories
	About       string // in a few plain words
}

// Chapters are all chapters, in order.
var Chapters = [...]Chapter{
	{"A00", "B99", "infections"},
	{"C00", "D49", "tumours"},
	{"D50", "D89", "blood and immunity"},
	{"E00", "E89", "glands, nutrition, metabolism"},
	{"F01", "F99", "mind and behaviour"},
	{"G00", "G99", "nerves"},
	{"H00", "H59", "eyes"},
	{"H60", "H95", "ears"},
	{"I00", "I99", "circulation"},
	{"J00", "J99", "breathing"},
	{"K00", "K95", "digestion"},
	{"L00", "L99", "skin"},
	{"M00", "M99", "joints, muscles, bones"},
	{"N00", "N99", "kidneys and sexual organs"},
	{"O00", "O9A", "pregnancy and birth"},
	{"P00", "P96", "newborns"},
	{"Q00", "QA0", "inborn conditions"},
	{"R00", "R99", "signs and findings"},
	{"S00", "T88", "injuries and poisonings"},
	{"U00", "U85", "new kinds of disease"},
	{"V00", "Y99", "outer causes"},
	{"Z00", "Z99", "reasons for a visit"},
}

// ChapterOf returns the chapter of a code, by position in Chapters, -1 if it
// lies outside all.
func ChapterOf(code string) int {
	k, ok := keyOf(code)
	if !ok {
		return -1
	}
	return slices.IndexFunc(Chapters[:], func(c Chapter) bool {
		from, _ := keyOf(c.First)
		to, _ := keyOf(c.Last)
		return from <= k && k < to.past()
	})
}
