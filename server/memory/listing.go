package memory

import (
	"cmp"
	"slices"
)

// DefaultLimit is how many decisions a page has if nobody says.
const DefaultLimit = 50

// Listed is a line in the list of a member's decisions.
type Listed struct {
	At int64 // milliseconds since 1970
	ID string
}

// SortNewestFirst orders lines and drops those that are there twice. Ties are
// broken by id, so that pages fit together.
func SortNewestFirst(lines []Listed) []Listed {
	slices.SortFunc(lines, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID))
	})
	return slices.Compact(lines)
}

// After is what follows the line with the id, all of it if id is empty. A line
// that is no longer there was the oldest: nothing follows it.
func After(lines []Listed, id string) []Listed {
	if id == "" {
		return lines
	}
	i := slices.IndexFunc(lines, func(l Listed) bool { return l.ID == id })
	if i < 0 {
		return nil
	}
	return lines[i+1:]
}

// SortOldestFirst orders feedback by when it was given.
func SortOldestFirst(all []Feedback) []Feedback {
	slices.SortStableFunc(all, func(a, b Feedback) int { return a.At.Compare(b.At) })
	return all
}
