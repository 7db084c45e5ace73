package proof

import "slices"

// Row is one row of a decision list as the engines see it: the union of its
// cubes, in the list's order.
type Row struct {
	Cubes   []Cube
	Outcome int
	Tier    int // rows of one tier are equals: their order must not matter
}

// Dead is a row that no point ever reaches.
type Dead struct {
	Row     int
	By      []int // the earlier rows that together hold all of it; none if the links rule it out
	Minimal bool  // no smaller set of rows covers it; otherwise none of By can be spared
}

// cubeID names cube k of row r among all cubes of a list.
type cubeID struct{ row, cube int }

// DeadRows finds the rows of a list that earlier rows cover, in a space from
// which the cubes links are forbidden anyway. A row is reported only when the
// splitter confirms the solver's proof. undetermined lists the rows whose
// budget was spent.
func DeadRows(s *Space, links []Cube, rows []Row, budget Budget) (dead []Dead, undetermined []int) {
	v := NewSolver(s)
	for i, l := range links {
		v.Forbid(l, i)
	}
	var all []cubeID
	for r, row := range rows {
		answer, by, linked := Proved, []int(nil), []Cube(nil)
		for _, c := range row.Cubes {
			a := v.Find(c, budget)
			if a != Proved {
				answer = a
				break
			}
			for _, id := range v.Core() {
				if id < len(links) {
					linked = append(linked, links[id])
				} else {
					by = append(by, all[id-len(links)].row)
				}
			}
		}
		if answer == Proved && len(row.Cubes) > 0 {
			slices.Sort(by)
			if d, ok := confirm(&coverer{s, linked, rows, row.Cubes, nodes(budget)}, r, slices.Compact(by)); ok {
				dead = append(dead, d)
			} else {
				undetermined = append(undetermined, r)
			}
		}
		if answer == Undetermined {
			undetermined = append(undetermined, r)
		}
		for k, c := range row.Cubes {
			v.Forbid(c, len(links)+len(all))
			all = append(all, cubeID{r, k})
		}
	}
	return dead, undetermined
}

// confirm re-proves with the splitter that the rows by cover row r, and looks
// for a smaller set that does.
func confirm(c *coverer, r int, by []int) (Dead, bool) {
	if len(by) == 0 { // the links alone leave nothing of it
		return Dead{r, nil, true}, c.covers(nil)
	}
	if !c.covers(by) {
		return Dead{}, false
	}
	if one := c.single(r); one >= 0 {
		return Dead{r, []int{one}, true}, true
	}
	for i := 0; i < len(by); {
		rest := slices.Delete(slices.Clone(by), i, i+1)
		if c.covers(rest) {
			by = rest
			continue
		}
		i++
	}
	if len(by) == 2 {
		return Dead{r, by, true}, true
	}
	two, all := c.pair(r)
	if two != nil {
		return Dead{r, two, true}, true
	}
	return Dead{r, by, all && len(by) == 3}, true
}

// nodes is the splitter's share of a budget.
func nodes(b Budget) int { return int(min(b/8, 1<<16)) }

type coverer struct {
	space *Space
	links []Cube // of those, the ones the proof rests on
	rows  []Row
	cubes []Cube // to be covered
	nodes int
}

// covers reports whether the splitter proves that rows by hold every point of
// the cubes.
func (c *coverer) covers(by []int) bool {
	over := slices.Clone(c.links)
	for _, r := range by {
		over = append(over, c.rows[r].Cubes...)
	}
	for _, cube := range c.cubes {
		if a, _ := Split(c.space, cube, over, c.nodes); a != Proved {
			return false
		}
	}
	return true
}

// single finds a row before r that covers it alone, or -1.
func (c *coverer) single(r int) int {
	p := make([]int, c.space.Columns()) // one point of the first cube: whoever covers it holds that
	for _, s := range c.cubes[0] {
		p[s.Col] = s.In.First()
	}
	for i := range r {
		if slices.ContainsFunc(c.rows[i].Cubes, func(d Cube) bool { return d.Holds(p) }) && c.covers([]int{i}) {
			return i
		}
	}
	return -1
}

// maxPairs bounds the search for two rows that cover a third together.
const maxPairs = 2000

// pair looks for two rows before r that together cover it, and tells whether
// it looked at all of them.
func (c *coverer) pair(r int) (two []int, all bool) {
	var near []int
	for i := range r {
		if c.touches(i) {
			near = append(near, i)
		}
	}
	if len(near)*(len(near)-1)/2 > maxPairs {
		return nil, false
	}
	for i, a := range near {
		for _, b := range near[i+1:] {
			if c.covers([]int{a, b}) {
				return []int{a, b}, true
			}
		}
	}
	return nil, true
}

func (c *coverer) touches(r int) bool {
	return slices.ContainsFunc(c.rows[r].Cubes, func(d Cube) bool {
		return slices.ContainsFunc(c.cubes, d.Meets)
	})
}
