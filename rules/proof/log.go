package proof

import (
	"cmp"
	"slices"
)

// Clauses that are no forbidden cubes have these ids.
const (
	learnt = -1 // it followed from others
	asked  = -2 // a side of the cube asked about
)

// Step is one line of a written proof: no point of Cube lies outside the
// forbidden cubes, which follows from those in From.
type Step struct {
	Cube Cube
	From []Source
}

// Source is a forbidden cube, by the id it was forbidden with, or an earlier
// step of the proof.
type Source struct {
	ID      int
	Earlier bool // ID is the number of a step
}

// Core names the forbidden cubes that the last Proved query rests on, in
// rising order. It need not be the smallest such set.
func (v *Solver) Core() []int {
	var out []int
	lineage(v.proof, func(c *clause) {
		if c.id >= 0 {
			out = append(out, c.id)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Log writes the last Proved query down, ending with the cube asked about, so
// that Replay can check it.
func (v *Solver) Log(cube Cube) []Step {
	var steps []*clause
	lineage(v.proof, func(c *clause) {
		if c.id == learnt && c != v.proof {
			steps = append(steps, c)
		}
	})
	slices.SortFunc(steps, func(a, b *clause) int { return cmp.Compare(a.born, b.born) })
	number := make(map[*clause]int, len(steps))
	out := make([]Step, 0, len(steps)+1)
	for i, c := range steps {
		number[c] = i
		s := Step{From: sources(c, number)}
		for _, side := range c.sides {
			s.Cube = append(s.Cube, Side{side.Col, v.space.Not(side.Col, side.In)})
		}
		out = append(out, s)
	}
	return append(out, Step{cube, sources(v.proof, number)})
}

// sources lists what a clause came from, the first cause first.
func sources(c *clause, number map[*clause]int) []Source {
	var out []Source
	for _, f := range slices.Backward(c.from) {
		switch f.id {
		case asked:
		case learnt:
			out = append(out, Source{number[f], true})
		default:
			out = append(out, Source{f.id, false})
		}
	}
	return out
}

// lineage calls visit with a clause and all that it came from, each once.
func lineage(root *clause, visit func(*clause)) {
	if root == nil {
		return
	}
	seen := map[*clause]bool{root: true}
	for work := []*clause{root}; len(work) > 0; {
		c := work[len(work)-1]
		work = work[:len(work)-1]
		visit(c)
		for _, f := range c.from {
			if !seen[f] {
				seen[f] = true
				work = append(work, f)
			}
		}
	}
}

// Replay checks a written proof that no point of cube lies outside the
// forbidden cubes. It takes each step by itself: within the step's cube, its
// sources must leave nothing, one after the other. It shares nothing with the
// solver but the sets of values.
func Replay(s *Space, cube Cube, forbidden func(id int) Cube, log []Step) bool {
	if len(log) == 0 || !within(cube, log[len(log)-1].Cube) {
		return false
	}
	r := replay{space: s, box: make([]Values, s.Columns()), whole: make([]Values, s.Columns())}
	for c := range r.box {
		r.whole[c], r.box[c] = s.All(c), s.All(c)
	}
	for i, step := range log {
		var from []Cube
		for _, f := range step.From {
			switch {
			case !f.Earlier:
				from = append(from, forbidden(f.ID))
			case f.ID < i:
				from = append(from, log[f.ID].Cube)
			default:
				return false // no step may rest on itself or on a later one
			}
		}
		if !r.closes(step.Cube, from) {
			return false
		}
	}
	return true
}

// within reports whether every point of c lies in d, sides in any order.
func within(c, d Cube) bool {
	for _, x := range d {
		i := slices.IndexFunc(c, func(y Side) bool { return y.Col == x.Col })
		if i < 0 || !c[i].In.within(x.In) {
			return false
		}
	}
	return true
}

type replay struct {
	space *Space
	box   []Values
	whole []Values
	moved []int // columns of the box that were narrowed
}

// closes reports whether cubes that hold nothing leave nothing of a cube, by
// cutting off one column at a time.
func (r *replay) closes(cube Cube, cubes []Cube) bool {
	defer r.reset()
	for _, s := range cube {
		if r.cut(s.Col, s.In) {
			return true
		}
	}
	for again := true; again; {
		again = false
		for _, c := range cubes {
			col, n := r.outside(c)
			switch n {
			case 0:
				return true // all that is left of the cube lies in c
			case 1:
				rest := r.space.Not(col.Col, col.In)
				if again = true; r.cut(col.Col, rest) {
					return true
				}
			}
		}
	}
	return false
}

// outside counts the columns in which the box reaches out of a cube, and names
// one; it counts 2 for a cube that the box does not touch or that needs no
// closer look.
func (r *replay) outside(c Cube) (col Side, n int) {
	for _, s := range c {
		switch {
		case !r.box[s.Col].meets(s.In):
			return s, 2
		case !r.box[s.Col].within(s.In):
			if col, n = s, n+1; n == 2 {
				return col, n
			}
		}
	}
	return col, n
}

// cut narrows a column of the box and reports whether nothing is left of it.
func (r *replay) cut(col int, keep Values) bool {
	b := slices.Clone(r.box[col])
	b.narrow(keep)
	r.box[col] = b
	r.moved = append(r.moved, col)
	return b.First() < 0
}

func (r *replay) reset() {
	for _, c := range r.moved {
		r.box[c] = r.whole[c]
	}
	r.moved = r.moved[:0]
}
