package proof

import "slices"

// Find looks for a point of cube that no forbidden cube holds, spending at
// most budget.
func (v *Solver) Find(cube Cube, budget Budget) Answer {
	v.backTo(0)
	v.steps, v.conflicts = budget, 0
	v.proof, v.point = v.dead, nil
	if v.dead != nil {
		return Proved
	}
	restart := 100
	for {
		if bad := v.propagate(); bad != nil {
			if len(v.levels) == 0 {
				v.fail(bad)
			}
			if len(v.levels) <= len(cube) { // only what was asked led here
				v.proof = v.trace(bad)
				return Proved
			}
			v.conflicts++
			v.learn(bad)
			continue
		}
		if v.steps < 0 {
			return Undetermined
		}
		if v.conflicts >= restart {
			restart += restart / 2
			v.forget()
			v.backTo(0)
			continue
		}
		if n := len(v.levels); n < len(cube) {
			if !v.ask(cube[n]) {
				v.proof = v.trace(&clause{id: asked, sides: cube[n : n+1]})
				return Proved
			}
			continue
		}
		c := v.pick()
		if c < 0 {
			v.read()
			return Found
		}
		v.decide(c)
	}
}

// ask opens a level for one side of the cube asked about, or reports that no
// value of it is open.
func (v *Solver) ask(s Side) bool {
	if !s.In.meets(v.open(s.Col)) {
		return false
	}
	v.levels = append(v.levels, int32(len(v.trail)))
	v.narrow(s.Col, s.In, nil)
	return true
}

// pick chooses the most active column that is still open, or -1.
func (v *Solver) pick() int {
	for {
		c, ok := v.heap.pop()
		if !ok {
			return -1
		}
		if v.used[c] && v.open(c).Count() > 1 {
			return c
		}
	}
}

// decide fixes a column to one value, the one it last had if that is open.
func (v *Solver) decide(c int) {
	x := int(v.saved[c])
	if x < 0 || !v.open(c).Has(x) {
		x = v.open(c).First()
	}
	v.levels = append(v.levels, int32(len(v.trail)))
	v.narrow(c, v.space.Of(c, x), nil)
}

// read notes the point that was found.
func (v *Solver) read() {
	v.point = make([]int, v.space.Columns())
	for c := range v.point {
		v.point[c] = v.open(c).First()
	}
	v.backTo(0)
}

// Point is the point of the last query that Found one: a value for each column.
func (v *Solver) Point() []int { return v.point }

// learn turns a conflict into a clause that would have avoided it, undoes the
// levels it refutes and follows it.
func (v *Solver) learn(bad *clause) {
	start := int(v.levels[len(v.levels)-1])
	v.explain(bad, start, func() bool { return v.openColumns(start) == 1 })
	cl, back := v.clauseOf(start)
	v.clauses++
	cl.born = v.clauses
	v.bump /= 0.95 // older activity weighs less
	v.backTo(back)
	v.learnt = append(v.learnt, cl)
	v.attach(cl)
	v.narrow(cl.sides[0].Col, cl.sides[0].In, cl)
}

// trace gathers in one clause without sides what a clause that cannot hold
// came from.
func (v *Solver) trace(bad *clause) *clause {
	v.explain(bad, 0, func() bool { return false })
	root, _ := v.clauseOf(0)
	root.sides = nil
	return root
}

// explain resolves a conflict backwards through the events of the trail from
// start on, until done.
func (v *Solver) explain(bad *clause, start int, done func() bool) {
	v.from = v.from[:0]
	v.require(bad, -1)
	i := len(v.trail) - 1
	for ; i >= start; i-- {
		e := &v.trail[i]
		c := int(e.col)
		if v.needed[c] && v.mattered(e) {
			if done() {
				break
			}
			if e.by != nil {
				v.resolve(c, e.by)
			}
		}
		v.after[c] = e.old
	}
	for j := len(v.trail) - 1; j > i; j-- {
		v.after[v.trail[j].col] = nil
	}
}

// mattered reports whether an event, the one explain looks at, removed a value
// whose removal the conflict needs.
func (v *Solver) mattered(e *event) bool {
	c := int(e.col)
	d, n := v.after[c], v.needOf(c)
	if d == nil {
		d = v.open(c)
	}
	for i := range d {
		if e.old[i]&^d[i]&n[i] != 0 {
			return true
		}
	}
	return false
}

// require adds the sides of cl, all but that of column except, to what the
// conflict needs: every value in them must have been removed.
func (v *Solver) require(cl *clause, except int) {
	v.from = append(v.from, cl)
	cl.score += v.bump
	for _, s := range cl.sides {
		if s.Col == except {
			continue
		}
		if !v.needed[s.Col] {
			v.needed[s.Col] = true
			v.needCols = append(v.needCols, int32(s.Col))
			v.raise(s.Col)
		}
		v.needOf(s.Col).join(s.In)
	}
}

// resolve replaces the needed removals in column c that clause by explains by
// the reasons of that clause.
func (v *Solver) resolve(c int, by *clause) {
	n := v.needOf(c)
	for _, s := range by.sides {
		if s.Col == c {
			n.narrow(s.In)
		}
	}
	v.require(by, c)
}

// openColumns counts the columns whose needed removals were not all done
// before the trail was start long.
func (v *Solver) openColumns(start int) int {
	n := 0
	for _, c := range v.needCols {
		if v.before(int(c), start).meets(v.needOf(int(c))) {
			n++
		}
	}
	return n
}

// before is the domain column c had when the trail was n long.
func (v *Solver) before(c, n int) Values {
	d := v.open(c)
	for i := v.latest[c]; i >= int32(n); i = v.trail[i].prev {
		d = v.trail[i].old
	}
	return d
}

// clauseOf makes the clause of what is needed and tells the level at which all
// but its first side were refuted; the second was refuted last. It clears the
// scratch.
func (v *Solver) clauseOf(start int) (*clause, int) {
	cl := &clause{id: learnt, from: slices.Clone(v.from), score: v.bump}
	back := 0
	for _, c32 := range v.needCols {
		c := int(c32)
		n := v.needOf(c)
		if n.First() >= 0 {
			cl.sides = append(cl.sides, Side{c, slices.Clone(n)})
			last := len(cl.sides) - 1
			if v.before(c, start).meets(n) {
				cl.sides[0], cl.sides[last] = cl.sides[last], cl.sides[0]
			}
		}
		v.needed[c] = false
		clear(n)
	}
	v.needCols = v.needCols[:0]
	for i := 1; i < len(cl.sides); i++ {
		if l := v.refuted(cl.sides[i].Col, cl.sides[i].In, start); l >= back {
			back = l
			cl.sides[1], cl.sides[i] = cl.sides[i], cl.sides[1]
		}
	}
	return cl, back
}

// refuted is the level at which the last value of n was closed in column c,
// before the trail was start long.
func (v *Solver) refuted(c int, n Values, start int) int {
	for i := v.latest[c]; i >= 0; i = v.trail[i].prev {
		if e := &v.trail[i]; i < int32(start) && e.old.meets(n) {
			return int(e.level)
		}
	}
	return 0
}
