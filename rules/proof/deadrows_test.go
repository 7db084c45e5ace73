package proof

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestDeadRowsAgreeWithBruteForce compares the rows reported dead, and the
// covers named, with a walk over every point.
func TestDeadRowsAgreeWithBruteForce(t *testing.T) {
	dead := 0
	for seed := range 500 {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		sizes := make([]int, 3+r.IntN(2))
		for i := range sizes {
			sizes[i] = 2 + r.IntN(3)
		}
		s := NewSpace(sizes)
		all := points(s)
		rows := make([]Row, 3+r.IntN(15))
		for i := range rows {
			for range 1 + r.IntN(2) {
				rows[i].Cubes = append(rows[i].Cubes, randomCube(r, s, 1+r.IntN(3)))
			}
		}
		got, undetermined := DeadRows(s, nil, rows, 1<<24)
		if len(undetermined) > 0 {
			t.Fatalf("seed %d: rows %v undetermined", seed, undetermined)
		}
		holds := func(i int, p []int) bool {
			return slices.ContainsFunc(rows[i].Cubes, func(c Cube) bool { return c.Holds(p) })
		}
		covered := func(i int, by []int) bool {
			return !slices.ContainsFunc(all, func(p []int) bool {
				return holds(i, p) && !slices.ContainsFunc(by, func(j int) bool { return holds(j, p) })
			})
		}
		for i := range rows {
			before := make([]int, i)
			for j := range before {
				before[j] = j
			}
			k := slices.IndexFunc(got, func(d Dead) bool { return d.Row == i })
			if covered(i, before) != (k >= 0) {
				t.Fatalf("seed %d: row %d: brute force says dead is %v", seed, i, k < 0)
			}
			if k < 0 {
				continue
			}
			dead++
			d := got[k]
			if !covered(i, d.By) {
				t.Fatalf("seed %d: row %d is not covered by %v", seed, i, d.By)
			}
			for _, less := range smaller(before, len(d.By), d.Minimal) {
				if covered(i, less) {
					t.Fatalf("seed %d: row %d is covered by %v, fewer than the %v called fewest", seed, i, less, d.By)
				}
			}
		}
	}
	if dead < 200 {
		t.Fatalf("only %d dead rows seen", dead)
	}
}

// smaller lists the sets of one and of two rows that are smaller than n.
func smaller(rows []int, n int, check bool) (sets [][]int) {
	if !check {
		return nil
	}
	for i, a := range rows {
		if n > 1 {
			sets = append(sets, []int{a})
		}
		for _, b := range rows[i+1:] {
			if n > 2 {
				sets = append(sets, []int{a, b})
			}
		}
	}
	return sets
}
