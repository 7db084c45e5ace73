package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// maxLooks and maxTries bound the search for the smallest cover of one row: sets
// of rows looked at with all members, and sets tried on those known.
const (
	maxLooks = 400
	maxTries = 50_000
)

// cover finds the smallest set of rows that fits all members of a dead row. by
// are rows that do. Where they do by what rows say themselves, whatever the
// other table says, so do those found.
func (c *checker) cover(t ruleset.Table, r int, by []int) Dead {
	v := &coverer{c: c, t: t, cubes: c.membersOf(t, r)}
	if len(by) == 0 {
		return Dead{Row: r, Minimal: true}
	}
	if c.impossible(v.cubes) {
		return Dead{Row: r, Minimal: true}
	}
	if one := v.within(r); one >= 0 {
		return Dead{Row: r, By: []int{one}, Minimal: true}
	}
	v.findNear(r)
	if v.over(c.model.cubes(defines)); v.look(by) != Proved {
		v.over(c.linksBut(t))
	}
	by = v.spare(by)
	for size := 1; size < len(by); size++ {
		if fewer := v.search(nil, size); fewer != nil {
			return Dead{Row: r, By: fewer, Minimal: !v.tired()}
		}
	}
	return Dead{Row: r, By: by, Minimal: !v.tired()}
}

// impossible reports whether the definitions alone leave nobody in any of some
// cubes.
func (c *checker) impossible(cubes []Cube) bool {
	if c.defined == nil {
		c.defined = newProver(c.space, &c.left, &c.tally, c.model.cubes(defines)...)
	}
	return !slices.ContainsFunc(cubes, func(x Cube) bool {
		answer, _ := c.defined.find(x, c.budget)
		return answer != Proved
	})
}

// membersOf are the cubes of a row's members for whom the table is asked.
func (c *checker) membersOf(t ruleset.Table, r int) []Cube {
	var out []Cube
	table := &c.tables[t]
	for k, cube := range table.cubes {
		if table.row[k] != r {
			continue
		}
		if m, ok := meet(cube, c.asked(t)); ok {
			out = append(out, m)
		}
	}
	return out
}

// linksBut are all links but those about the order of one table.
func (c *checker) linksBut(t ruleset.Table) []Cube {
	var out []Cube
	for i := range c.links {
		if c.links[i].order != &c.tables[t] {
			out = append(out, c.links[i].cube)
		}
	}
	return out
}

type coverer struct {
	c      *checker
	t      ruleset.Table
	cubes  []Cube // the row's members
	near   []int  // rows before it that fit some of them
	nearBy [][]Cube
	links  []Cube   // that have anything to do with them
	left   []Values // for each point that some rows left out: which of near fit it
	looks  int
	tries  int
	core   []int // rows that the last look rested on
	open   bool  // a look was undetermined
}

func (v *coverer) tired() bool { return v.open || v.looks > maxLooks || v.tries > maxTries }

// over sets the links; those that no member of the row is in say nothing. Points
// found under other links may not be members under these.
func (v *coverer) over(links []Cube) {
	v.left = nil
	v.links = slices.DeleteFunc(links, func(l Cube) bool { return !slices.ContainsFunc(v.cubes, l.Meets) })
}

// rowCubes are the cubes of one row of the table.
func (v *coverer) rowCubes(r int) []Cube { return v.c.rowCubes(v.t, r) }

func (c *checker) rowCubes(t ruleset.Table, r int) []Cube {
	table := &c.tables[t]
	from, _ := slices.BinarySearch(table.row, r)
	to := from
	for to < len(table.row) && table.row[to] == r {
		to++
	}
	return table.cubes[from:to]
}

func (v *coverer) findNear(row int) {
	table := &v.c.tables[v.t]
	for k := 0; k < len(table.cubes) && table.row[k] < row; {
		to, meets := k, false
		for ; to < len(table.cubes) && table.row[to] == table.row[k]; to++ {
			meets = meets || slices.ContainsFunc(v.cubes, table.cubes[to].Meets)
		}
		if meets {
			v.near, v.nearBy = append(v.near, table.row[k]), append(v.nearBy, table.cubes[k:to])
		}
		k = to
	}
}

// within finds one row before a row whose cubes plainly hold all its members.
func (v *coverer) within(row int) int {
	table := &v.c.tables[v.t]
	for k := 0; k < len(table.cubes) && table.row[k] < row; k++ {
		if v.cubes[0].Within(table.cubes[k]) && v.holds(table.row[k]) {
			return table.row[k]
		}
	}
	return -1
}

// holds reports whether the cubes of a row plainly hold all members.
func (v *coverer) holds(r int) bool {
	cubes := v.rowCubes(r)
	return !slices.ContainsFunc(v.cubes, func(c Cube) bool { return !slices.ContainsFunc(cubes, c.Within) })
}

// look finds out whether some rows fit all members of the row. A point that
// they leave out is kept.
func (v *coverer) look(by []int) Answer {
	v.looks++
	p := newProver(v.c.space, &v.c.left, &v.c.tally, v.links...)
	var of []int
	for _, r := range by {
		for _, c := range v.rowCubes(r) {
			p.forbid(c)
			of = append(of, r)
		}
	}
	v.core = nil
	for _, c := range v.cubes {
		answer, point := p.find(c, v.c.budget)
		if answer == Found {
			v.keep(point)
		}
		if answer != Proved {
			v.open = v.open || answer == Undetermined
			return answer
		}
		for _, id := range p.solver.Core() {
			if id >= len(v.links) {
				v.core = append(v.core, of[id-len(v.links)])
			}
		}
	}
	slices.Sort(v.core)
	v.core = slices.Compact(v.core)
	return Proved
}

// spare leaves out rows, one after the other, that the others do without.
func (v *coverer) spare(by []int) []int {
	for i := 0; i < len(by); {
		rest := slices.Delete(slices.Clone(by), i, i+1)
		if v.look(rest) == Proved {
			by = v.core // what could not be spared before is in it still, in front
			continue
		}
		i++
	}
	return by
}

// keep notes which rows fit a point that others leave out.
func (v *coverer) keep(point []int) {
	fit := make(Values, (len(v.near)+63)/64)
	for i, cubes := range v.nearBy {
		if slices.ContainsFunc(cubes, func(c Cube) bool { return c.Holds(point) }) {
			fit.Add(i)
		}
	}
	v.left = append(v.left, fit)
}

// search looks for a cover that has some rows, named by their places in near,
// and at most more others: one of the others must fit a point that those rows
// leave out, and a last one all such points that are known.
func (v *coverer) search(have []int, more int) []int {
	if v.tries++; v.tired() {
		return nil
	}
	left := v.leftOut(have)
	if len(left) == 0 {
		rows := make([]int, len(have))
		for i, n := range have {
			rows[i] = v.near[n]
		}
		slices.Sort(rows)
		if v.look(rows) == Proved {
			return rows
		}
		if left = v.leftOut(have); len(left) == 0 {
			return nil // undetermined
		}
	}
	if more == 0 {
		return nil
	}
	next := slices.Clone(left[0])
	for _, fit := range left[1:] {
		if more == 1 {
			next.narrow(fit)
		}
	}
	for n := range v.near {
		if next.Has(n) {
			if found := v.search(append(have[:len(have):len(have)], n), more-1); found != nil {
				return found
			}
		}
	}
	return nil
}

// leftOut lists the known points that some rows leave out.
func (v *coverer) leftOut(have []int) (out []Values) {
	for _, fit := range v.left {
		if !slices.ContainsFunc(have, fit.Has) {
			out = append(out, fit)
		}
	}
	return out
}
