package proof

import (
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// maxConflicts is how many pairs one table reports: enough to work on.
const maxConflicts = 50

// conflicts finds pairs of rows of one tier with different outcomes and a
// member whom both fit and no earlier tier answers.
func (c *checker) conflicts(r *TableReport) {
	table, rows := &c.tables[r.Table], c.set.Rows(r.Table)
	settled := map[[2]int]bool{}
	for from := 0; from < len(table.row); {
		to := from
		for to < len(table.row) && rows[table.row[to]].Tier == rows[table.row[from]].Tier && !rows[table.row[to]].Default {
			to++
		}
		c.overlaps(table.cubes[from:to], func(i, j int) bool {
			i, j = i+from, j+from
			pair := [2]int{table.row[i], table.row[j]}
			if rows[pair[0]].Outcome != rows[pair[1]].Outcome && !settled[pair] {
				settled[pair] = c.conflict(r, pair, table.cubes[i], table.cubes[j])
			}
			return len(r.Conflicts)+len(r.OpenPairs) < maxConflicts
		})
		from = max(to, from+1)
	}
}

// conflict looks at two cubes of a pair of rows, and reports whether nothing
// more is to be found out about the pair.
func (c *checker) conflict(r *TableReport, pair [2]int, a, b Cube) bool {
	rows := c.set.Rows(r.Table)
	inTier := c.rows(r.Table, func(row *ruleset.Row, _ int) bool { return row.Tier == rows[pair[0]].Tier })
	both, ok := meet(a, b, c.asked(r.Table), Cube{inTier})
	if !ok {
		return false
	}
	fitBoth := func(q Question, _ decision.Decision) bool { return c.possible(q) && c.fits(r.Table, pair, &q) }
	switch answer, q := c.find(both, fitBoth); answer {
	case Found:
		c.plainest(&q, func(q Question) bool {
			row := decided(c.set, r.Table, &q)
			return row >= 0 && rows[row].Tier == rows[pair[0]].Tier && c.fits(r.Table, pair, &q)
		})
		r.Conflicts = append(r.Conflicts, Conflict{pair, q})
	case Undetermined:
		r.OpenPairs = append(r.OpenPairs, pair)
	case Proved:
		return false
	}
	return true
}

// fits reports whether both rows fit a member, by the words of their
// conditions.
func (c *checker) fits(t ruleset.Table, pair [2]int, q *Question) bool {
	n := 0
	for _, table := range c.set.Explain(&q.Facts, q.Topic).Tables {
		for _, row := range table.Rows {
			if table.Table == t && row.Fit != ruleset.Almost && (int(row.Row) == pair[0] || int(row.Row) == pair[1]) {
				n++
			}
		}
	}
	return n == 2
}

// overlaps calls visit with the positions of every two cubes that have a point
// in common, until it returns false. Bit maps of the cubes that allow each value
// rule out nearly all pairs.
func (c *checker) overlaps(cubes []Cube, visit func(i, j int) bool) {
	words := (len(cubes) + 63) / 64
	allow := map[int][][]uint64{} // by column, by value
	for _, cube := range cubes {
		for _, s := range cube {
			if allow[s.Col] == nil {
				allow[s.Col] = c.allowing(cubes, s.Col)
			}
		}
	}
	left, some := make([]uint64, words), make([]uint64, words)
	for i, cube := range cubes {
		for w := range left {
			left[w] = ^uint64(0)
		}
		for _, s := range cube {
			clear(some)
			for v, m := range allow[s.Col] {
				if s.In.Has(v) {
					for w := range some {
						some[w] |= m[w]
					}
				}
			}
			for w := range left {
				left[w] &= some[w]
			}
		}
		for w := (i + 1) / 64; w < words; w++ {
			m := left[w]
			if w == (i+1)/64 {
				m &= ^uint64(0) << ((i + 1) % 64)
			}
			for ; m != 0; m &= m - 1 {
				j := w*64 + bits.TrailingZeros64(m)
				if j < len(cubes) && !visit(i, j) {
					return
				}
			}
		}
	}
}

// allowing makes for each value of a column the map of the cubes that allow it.
func (c *checker) allowing(cubes []Cube, col int) [][]uint64 {
	maps := make([][]uint64, c.space.Size(col))
	for v := range maps {
		maps[v] = make([]uint64, (len(cubes)+63)/64)
	}
	for k, cube := range cubes {
		i := slices.IndexFunc(cube, func(s Side) bool { return s.Col == col })
		for v := range maps {
			if i < 0 || cube[i].In.Has(v) {
				maps[v][k/64] |= 1 << (k % 64)
			}
		}
	}
	return maps
}
