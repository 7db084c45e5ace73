package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// maxLooks bounds the search for the smallest cover of one row: sets of rows
// looked at.
const maxLooks = 400

// cover finds the smallest set of rows that fits all members of a dead row. by
// are rows that do. Where they do by what rows say themselves, whatever the
// other table says, so do those found.
func (c *checker) cover(t ruleset.Table, r int, by []int) Dead {
	v := &coverer{c: c, t: t, row: r, cubes: c.membersOf(t, r)}
	if len(by) == 0 {
		return Dead{Row: r, Minimal: true}
	}
	if c.impossible(v.cubes) {
		return Dead{Row: r, Minimal: true}
	}
	if one := v.within(); one >= 0 {
		return Dead{Row: r, By: []int{one}, Minimal: true}
	}
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
	c     *checker
	t     ruleset.Table
	row   int
	cubes []Cube // the row's members
	links []Cube // that have anything to do with them
	looks int
	point []int // outside the rows last looked at
	core  []int // rows that the last look rested on
	open  bool  // a look was undetermined
}

func (v *coverer) tired() bool { return v.open || v.looks > maxLooks }

// over sets the links; those that no member of the row is in say nothing.
func (v *coverer) over(links []Cube) {
	v.links = slices.DeleteFunc(links, func(l Cube) bool { return !slices.ContainsFunc(v.cubes, l.Meets) })
}

// rowCubes are the cubes of one row of the table.
func (v *coverer) rowCubes(r int) []Cube {
	table := &v.c.tables[v.t]
	from, _ := slices.BinarySearch(table.row, r)
	to, _ := slices.BinarySearch(table.row, r+1)
	return table.cubes[from:to]
}

// within finds one earlier row whose cubes plainly hold those of the row.
func (v *coverer) within() int {
	for r := range v.row {
		earlier := v.rowCubes(r)
		holds := func(c Cube) bool { return slices.ContainsFunc(earlier, c.Within) }
		if !slices.ContainsFunc(v.cubes, func(c Cube) bool { return !holds(c) }) {
			return r
		}
	}
	return -1
}

// look finds out whether some rows fit all members of the row.
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
		if answer != Proved {
			v.point, v.open = point, v.open || answer == Undetermined
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

// search looks for a cover that has some rows and at most more others: one of
// the others must hold the point that those rows leave out.
func (v *coverer) search(have []int, more int) []int {
	if v.tired() {
		return nil
	}
	switch v.look(have) {
	case Proved:
		return slices.AppendSeq([]int{}, slices.Values(slices.Sorted(slices.Values(have))))
	case Undetermined:
		return nil
	}
	if more == 0 {
		return nil
	}
	point := v.point
	for r := range v.row {
		if slices.ContainsFunc(v.rowCubes(r), func(c Cube) bool { return c.Holds(point) }) {
			if found := v.search(append(have[:len(have):len(have)], r), more-1); found != nil {
				return found
			}
		}
	}
	return nil
}
