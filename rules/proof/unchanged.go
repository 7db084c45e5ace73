package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// remembered is a dead row by the ids of the rows that cover it, by what all of
// them say themselves.
type remembered struct {
	by      []string
	minimal bool
}

func (w *witnesses) keepDead(c *checker, t ruleset.Table, d Dead, bySelf bool) {
	key := shown{uint8(t), c.set.Rows(t)[d.Row].ID}
	if delete(w.dead, key); !bySelf {
		return
	}
	r := remembered{minimal: d.Minimal}
	for _, by := range d.By {
		r.by = append(r.by, c.set.Rows(t)[by].ID)
	}
	w.dead[key] = r
}

// stillDead reports whether a row is dead for the reason it was dead before,
// which readFor found unchanged. A row that is new before it might cover it with
// fewer, and then it is looked for.
func (w *witnesses) stillDead(c *checker, t ruleset.Table, i int) (Dead, bool) {
	rows := c.set.Rows(t)
	r, ok := w.dead[shown{uint8(t), rows[i].ID}]
	if !ok {
		return Dead{}, false
	}
	d := Dead{Row: i, Minimal: r.minimal}
	for k := range rows[:i] {
		if slices.Contains(r.by, rows[k].ID) {
			d.By = append(d.By, k)
		}
	}
	if len(d.By) > 1 && w.newBefore(c, t, i) {
		d = c.cover(t, i, d.By)
		w.keepDead(c, t, d, true)
	}
	return d, true
}

// newBefore reports whether a row before row i that fits some of its members is
// not what or where it was.
func (w *witnesses) newBefore(c *checker, t ruleset.Table, i int) bool {
	rows, mine := c.set.Rows(t), c.rowCubes(t, i)
	for k := range rows[:i] {
		if id := rows[k].ID; w.same[t][id] && w.was[t][id] < w.was[t][rows[i].ID] {
			continue
		}
		if slices.ContainsFunc(c.rowCubes(t, k), func(x Cube) bool { return slices.ContainsFunc(mine, x.Meets) }) {
			return true
		}
	}
	return false
}

// placesOf lists by table the place of each row.
func placesOf(set *ruleset.Set) (out [2]map[string]int) {
	for t := range out {
		out[t] = map[string]int{}
		rows := set.Rows(ruleset.Table(t))
		for i := range rows {
			out[t][rows[i].ID] = i
		}
	}
	return out
}

// unchangedRows lists by table the ids of the rows that ask the same in both
// Sets; none where a definition changed that rows rest on.
func unchangedRows(was, is *ruleset.Set) (out [2]map[string]bool) {
	if was == nil || !sameNumbers(was.Catalogue(), is.Catalogue()) || !sameNumbers(is.Catalogue(), was.Catalogue()) || !sameDefinitions(was, is) {
		return out
	}
	for t := range out {
		out[t] = map[string]bool{}
		before := map[string][]ruleset.Cube{}
		rows := was.Rows(ruleset.Table(t))
		for i := range rows {
			before[rows[i].ID] = rows[i].Cubes()
		}
		rows = is.Rows(ruleset.Table(t))
		for i := range rows {
			if cubes, ok := before[rows[i].ID]; ok && slices.EqualFunc(cubes, rows[i].Cubes(), sameCube) {
				out[t][rows[i].ID] = true
			}
		}
	}
	return out
}

// sameDefinitions compares what stands behind topics, ties and premises.
func sameDefinitions(was, is *ruleset.Set) bool {
	return slices.EqualFunc(was.Topics(), is.Topics(), func(a, b ruleset.Topic) bool {
		return a.ID == b.ID && a.Kind == b.Kind && slices.Equal(a.Benefits, b.Benefits)
	}) && slices.EqualFunc(was.Premises(), is.Premises(), func(a, b ruleset.Premise) bool {
		return slices.EqualFunc(a.Cubes(), b.Cubes(), sameCube)
	})
}

func sameCube(a, b ruleset.Cube) bool {
	return slices.EqualFunc(a, b, func(x, y ruleset.Literal) bool {
		return x.Column == y.Column && x.Unknown == y.Unknown && x.None == y.None && slices.Equal(x.Ranges, y.Ranges) && slices.Equal(x.Any, y.Any)
	})
}

// sameNumbers reports whether every fact and value that the old catalogue has
// is at the same place in the new one.
func sameNumbers(old, now *fact.Catalogue) bool {
	for _, id := range old.All() {
		d := old.Def(id)
		if id < fact.MaxFacts && int(id) >= now.Len() {
			return false
		}
		n := now.Def(id)
		if n.Name != d.Name || n.Kind != d.Kind || n.Unit != d.Unit || len(n.Values) < len(d.Values) || d.Min < n.Min || d.Max > n.Max {
			return false
		}
		for i, v := range d.Values {
			if n.Values[i] != v {
				return false
			}
		}
	}
	return true
}
