package strictyaml

import "strings"

// Suggest returns the allowed word nearest to word, or "" when none is near
// enough to be what was meant. Of equally near words the first one wins.
func Suggest(word string, allowed []string) string {
	if len(word) > 64 {
		return ""
	}
	word = plain(word)
	best, limit := "", 1+len(word)/4
	for _, a := range allowed {
		if len(a) > 64 {
			continue
		}
		d := distance(word, plain(a))
		if d <= limit && d < max(len(word), len(a)) {
			best, limit = a, d-1
		}
	}
	return best
}

// plain forgives what people most often get wrong: capitals and the sign
// between words.
func plain(s string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(s))
}

// distance counts the letters to add, drop, change or swap with the next one to
// turn a into b.
func distance(a, b string) int {
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, prev, row = prev, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := prev[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, prev[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
