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
		tier, to := rows[table.row[from]].Tier, from
		var outcomes []uint8
		for to < len(table.row) && rows[table.row[to]].Tier == tier && !rows[table.row[to]].Default {
			outcomes = append(outcomes, rows[table.row[to]].Outcome)
			to++
		}
		c.overlaps(table.cubes[from:to], outcomes, func(i, j int) bool {
			pair := [2]int{table.row[from+i], table.row[from+j]}
			if settled[pair] {
				return true
			}
			if r.Cut = len(r.Conflicts)+len(r.OpenPairs) >= maxConflicts; !r.Cut {
				settled[pair] = c.conflict(r, pair, table.cubes[from+i], table.cubes[from+j])
			}
			return !r.Cut
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

// overlaps calls visit with the positions of every two cubes of different
// outcomes that have a point in common, until it returns false. Bit maps of the
// cubes that allow each value rule out nearly all pairs.
func (c *checker) overlaps(cubes []Cube, outcomes []uint8, visit func(i, j int) bool) {
	others := map[uint8]Values{} // by outcome: the cubes with another one
	for i, o := range outcomes {
		if others[o] == nil {
			others[o] = make(Values, (len(cubes)+63)/64)
			for j := range cubes {
				if outcomes[j] != outcomes[i] {
					others[o].Add(j)
				}
			}
		}
	}
	if len(others) < 2 {
		return
	}
	allow := c.allowing(cubes)
	left, some := slices.Clone(others[outcomes[0]]), slices.Clone(others[outcomes[0]])
	for i, cube := range cubes {
		copy(left, others[outcomes[i]])
		for _, s := range cube {
			clear(some)
			for v, m := range allow[s.Col] {
				if s.In.Has(v) {
					some.join(m)
				}
			}
			left.narrow(some)
		}
		for w := (i + 1) / 64; w < len(left); w++ {
			m := left[w]
			if w == (i+1)/64 {
				m &= ^uint64(0) << ((i + 1) % 64)
			}
			for ; m != 0; m &= m - 1 {
				if !visit(i, w*64+bits.TrailingZeros64(m)) {
					return
				}
			}
		}
	}
}

// allowing makes by column and value the map of the cubes that allow it, for
// the columns that some cube names.
func (c *checker) allowing(cubes []Cube) map[int][]Values {
	all := make(Values, (len(cubes)+63)/64)
	for i := range cubes {
		all.Add(i)
	}
	allow := map[int][]Values{}
	for k, cube := range cubes {
		for _, s := range cube {
			maps := allow[s.Col]
			if maps == nil {
				maps = make([]Values, c.space.Size(s.Col))
				for v := range maps {
					maps[v] = slices.Clone(all)
				}
				allow[s.Col] = maps
			}
			for v, m := range maps {
				if !s.In.Has(v) {
					m[k/64] &^= 1 << (k % 64)
				}
			}
		}
	}
	return allow
}
