package proof

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// sameTies reports whether both Sets tie the topics that both have to the same
// benefits.
func (a *answer) sameTies(like *answer) bool {
	benefits := func(x *answer, v int) []int {
		var out []int
		for _, b := range x.set.Topics()[x.topics[v]].Benefits {
			p, _ := x.set.Catalogue().Value(fact.BenefitAvailable, b)
			out = append(out, x.facts[fact.BenefitAvailable].world[p])
		}
		slices.Sort(out)
		return out
	}
	for v := range a.topics {
		if a.topics[v] >= 0 && like.topics[v] >= 0 && !slices.Equal(benefits(a, v), benefits(like, v)) {
			return false
		}
	}
	return true
}

// sameKinds reports whether the topics that both Sets have are of the same
// kinds, so that the safety gate takes them alike.
func (a *answer) sameKinds(like *answer) bool {
	for v := range a.topics {
		if a.topics[v] >= 0 && like.topics[v] >= 0 && a.set.Topics()[a.topics[v]].Kind != like.set.Topics()[like.topics[v]].Kind {
			return false
		}
	}
	return true
}

// sameRows reports whether a table has the same rows in both Sets: the same
// cubes, with the same outcomes, in the same order.
func (a *answer) sameRows(like *answer, t ruleset.Table) bool {
	return slices.Equal(a.rowKeys(t), like.rowKeys(t))
}

// rowKeys says of each row of a table what it asks and what it answers; two rows
// with equal keys are the same row. A mindset is the Set's own.
func (a *answer) rowKeys(t ruleset.Table) []string {
	table, rows := &a.tables[t], a.set.Rows(t)
	keys := make([][]byte, len(rows))
	for i := range rows {
		keys[i] = append(keys[i], rows[i].Outcome)
	}
	for k, c := range table.cubes {
		keys[table.row[k]] = a.appendCube(append(keys[table.row[k]], 'c'), c)
	}
	out := make([]string, len(rows))
	for i, k := range keys {
		out[i] = string(k)
	}
	return out
}

func (a *answer) appendCube(key []byte, c Cube) []byte {
	for _, s := range c {
		col := s.Col
		switch col {
		case a.mindset:
			col = -1
		case a.sender:
			col = -2
		}
		key = binary.AppendVarint(key, int64(col))
		for _, w := range s.In {
			key = binary.BigEndian.AppendUint64(key, w)
		}
	}
	return key
}

// changedRows finds rows of two tables such that all others are the same and in
// the same order. A member is answered differently only where one of them
// decides: of two first rows that both Sets have, neither comes before the other
// in both.
func changedRows(old, now []string) (inOld, inNow []int) {
	places := map[string][]int{} // of rows of the new table, by key
	for j, k := range now {
		places[k] = append(places[k], j)
	}
	type match struct{ i, j int }
	var matches []match
	for i, k := range old {
		if at := places[k]; len(at) > 0 {
			matches, places[k] = append(matches, match{i, at[0]}), at[1:]
		}
	}
	// The longest run of matches that rises in both tables is kept.
	var ends []int // by length: the match that ends the best run so far
	before := make([]int, len(matches))
	for n, m := range matches {
		at, _ := slices.BinarySearchFunc(ends, m.j, func(e, j int) int { return cmp.Compare(matches[e].j, j) })
		if before[n] = -1; at > 0 {
			before[n] = ends[at-1]
		}
		ends = append(ends[:at], append([]int{n}, ends[min(at+1, len(ends)):]...)...)
	}
	keptOld, keptNow := make([]bool, len(old)), make([]bool, len(now))
	for n := last(ends); n >= 0; n = before[n] {
		keptOld[matches[n].i], keptNow[matches[n].j] = true, true
	}
	return left(keptOld), left(keptNow)
}

func last(ends []int) int {
	if len(ends) == 0 {
		return -1
	}
	return ends[len(ends)-1]
}

func left(kept []bool) (out []int) {
	for i, k := range kept {
		if !k {
			out = append(out, i)
		}
	}
	return out
}
