package snomed

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed snomed.txt
var builtin string

// ICD10CM returns the code of ICD-10-CM that stands for a concept, and whether
// the concept is held. Spaces around the identifier do not matter. It is total,
// does not allocate, and may be called from many goroutines.
func ICD10CM(concept string) (code string, held bool) {
	id, ok := identifier(concept)
	if !ok {
		return "", false
	}
	all := entries()
	i, held := slices.BinarySearchFunc(all, id, func(e entry, id uint64) int { return cmp.Compare(e.concept, id) })
	if !held {
		return "", false
	}
	return all[i].code, true
}

// entry is one concept and the code that stands for it.
type entry struct {
	concept uint64
	code    string
}

// entries are those of the table, by ascending concept. A test keeps the
// embedded text readable; a table that knew no concept would leave all to dates.
var entries = sync.OnceValue(func() []entry {
	all, _ := parse(builtin)
	return all
})

// Identifiers have 6 to 18 digits, the first one not 0.
const (
	minDigits = 6
	maxDigits = 18
)

func identifier(text string) (id uint64, ok bool) {
	text = strings.Trim(text, " \t\r\n")
	if len(text) < minDigits || len(text) > maxDigits || text[0] == '0' {
		return 0, false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		id = id*10 + uint64(text[i]-'0')
	}
	return id, true
}

// parse reads a table in the format that the head of snomed.txt describes.
func parse(text string) (all []entry, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 1 {
			return nil, fmt.Errorf("line %d: no concepts", n)
		}
		for i := 1; i < len(fields); i++ {
			id, ok := identifier(fields[i])
			if !ok {
				return nil, fmt.Errorf("line %d: %s is no identifier of a concept", n, fields[i])
			}
			all = append(all, entry{id, fields[0]})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.concept, b.concept) })
	for i := 1; i < len(all); i++ {
		if all[i].concept == all[i-1].concept {
			return nil, fmt.Errorf("%d stands in two places", all[i].concept)
		}
	}
	return all, nil
}
