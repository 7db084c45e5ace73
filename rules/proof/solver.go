package proof

import "slices"

// Answer is what a query came to.
type Answer uint8

const (
	Undetermined Answer = iota // the budget was spent first
	Found                      // a point exists; Solver.Point tells it
	Proved                     // no point exists
)

func (a Answer) String() string { return [...]string{"undetermined", "found", "proved"}[a] }

// Budget bounds one query. Its unit is steps, about one look at a constraint
// each, so that the same query ends the same way on any machine.
type Budget int64

// Solver looks for points outside forbidden cubes: conflict-driven search with
// clause learning over many-valued columns. What it learns follows from the
// forbidden cubes alone, so it is kept from query to query; cubes can be
// forbidden between queries. Not safe for concurrent use.
type Solver struct {
	space     *Space
	forbidden int
	learnt    []*clause
	watches   [][]watch // by column

	dom    []uint64 // the values still open, all columns flat
	trail  []event
	latest []int32 // by column: its newest event, -1 for none
	levels []int32 // where each level begins in the trail
	queue  []int32 // columns to propagate
	queued []bool

	activity []float64
	bump     float64
	used     []bool // columns that some clause names
	saved    []int32
	heap     heap

	need      Values // scratch of analyse: per column, the values whose removal matters
	needed    []bool
	needCols  []int32
	after     []Values // scratch of analyse: per column, its domain after the event looked at
	from      []*clause
	steps     Budget
	conflicts int
	clauses   int     // learnt so far
	dead      *clause // set once the forbidden cubes cover the whole space
	proof     *clause // what the last proof came from
	point     []int
}

// clause says: the value of some column lies in its set. It is the complement
// of a forbidden cube. The first two sides are watched.
type clause struct {
	sides []Side
	id    int       // of a forbidden cube, -1 when learnt
	from  []*clause // what it was learnt from
	born  int       // learnt clauses are numbered as they come
	score float64
	gone  bool
}

// watch is a clause in the list of a column it watches. The clause itself need
// not be looked at while the side it watches can hold.
type watch struct {
	clause *clause
	bits   uint64 // the side's set, where it fits a word
}

// event is one narrowing of one column.
type event struct {
	col   int32
	level int32
	prev  int32 // the column's event before this one
	old   Values
	by    *clause // nil for a decision
}

// NewSolver makes a solver with nothing forbidden.
func NewSolver(s *Space) *Solver {
	n := s.Columns()
	v := &Solver{space: s, watches: make([][]watch, n), dom: make([]uint64, s.words), latest: make([]int32, n), queued: make([]bool, n),
		activity: make([]float64, n), bump: 1, used: make([]bool, n), saved: make([]int32, n), need: make(Values, s.words), needed: make([]bool, n), after: make([]Values, n)}
	for c := range n {
		s.fill(v.open(c), c)
		v.latest[c] = -1
		v.saved[c] = -1
	}
	v.heap.init(n, v.activity)
	return v
}

// open is the live domain of column c.
func (v *Solver) open(c int) Values {
	o := v.space.off[c]
	return v.dom[o : o+(v.space.size[c]+63)/64]
}

func (v *Solver) needOf(c int) Values {
	o := v.space.off[c]
	return v.need[o : o+(v.space.size[c]+63)/64]
}

// Forbid excludes a cube from all later queries. id names it in Core.
func (v *Solver) Forbid(c Cube, id int) {
	v.backTo(0)
	cl := &clause{id: id}
	can := 0 // sides that can still hold, moved to the front to be watched
	for _, s := range c {
		out := v.space.Not(s.Col, s.In)
		if out.First() < 0 {
			continue // a side that allows all values excludes nothing
		}
		cl.sides = append(cl.sides, Side{s.Col, out})
		if out.meets(v.open(s.Col)) {
			last := len(cl.sides) - 1
			cl.sides[can], cl.sides[last] = cl.sides[last], cl.sides[can]
			can++
		}
	}
	v.forbidden++
	v.attach(cl)
	switch {
	case v.dead != nil:
	case can == 0:
		v.fail(cl)
	case can == 1:
		v.narrow(cl.sides[0].Col, cl.sides[0].In, cl)
		if bad := v.propagate(); bad != nil {
			v.fail(bad)
		}
	}
}

// attach starts watching the first two sides of a clause.
func (v *Solver) attach(c *clause) {
	for _, s := range c.sides {
		v.used[s.Col] = true
		v.heap.insert(s.Col)
	}
	if len(c.sides) >= 2 {
		v.watch(c, 0)
		v.watch(c, 1)
	}
}

func (v *Solver) watch(c *clause, i int) {
	s := &c.sides[i]
	w := watch{clause: c}
	if len(s.In) == 1 {
		w.bits = s.In[0]
	}
	v.watches[s.Col] = append(v.watches[s.Col], w)
}

// fail notes that nothing is left of the space.
func (v *Solver) fail(c *clause) { v.dead = v.trace(c) }

// narrow keeps of column c only the values in keep.
func (v *Solver) narrow(c int, keep Values, by *clause) {
	d := v.open(c)
	if d.within(keep) {
		return
	}
	v.trail = append(v.trail, event{int32(c), int32(len(v.levels)), v.latest[c], slices.Clone(d), by})
	v.latest[c] = int32(len(v.trail) - 1)
	d.narrow(keep)
	if !v.queued[c] {
		v.queued[c] = true
		v.queue = append(v.queue, int32(c))
	}
}

// propagate narrows columns until nothing follows any more. It returns a
// clause that cannot hold, or nil.
func (v *Solver) propagate() (bad *clause) {
	for len(v.queue) > 0 && bad == nil {
		c := int(v.queue[len(v.queue)-1])
		v.queue = v.queue[:len(v.queue)-1]
		v.queued[c] = false
		bad = v.visit(c)
	}
	if bad != nil {
		for _, c := range v.queue {
			v.queued[c] = false
		}
		v.queue = v.queue[:0]
	}
	return bad
}

// visit looks at the clauses that watch column c.
func (v *Solver) visit(c int) *clause {
	list := v.watches[c]
	keep := list[:0]
	var open uint64
	if v.space.size[c] <= 64 {
		open = v.dom[v.space.off[c]]
	}
	for i, w := range list {
		v.steps--
		if w.bits&open != 0 {
			keep = append(keep, w)
			continue
		}
		cl := w.clause
		if cl.gone {
			continue
		}
		if cl.sides[0].Col == c {
			cl.sides[0], cl.sides[1] = cl.sides[1], cl.sides[0]
		}
		if cl.sides[1].In.meets(v.open(c)) {
			keep = append(keep, w)
			continue
		}
		other := &cl.sides[0]
		if d := v.open(other.Col); d.within(other.In) || !v.moveWatch(cl) {
			keep = append(keep, w)
			if !d.meets(other.In) {
				v.watches[c] = append(keep, list[i+1:]...)
				return cl
			}
			v.narrow(other.Col, other.In, cl)
		}
	}
	v.watches[c] = keep
	return nil
}

// moveWatch hands the second watch of cl to a side that can still hold.
func (v *Solver) moveWatch(cl *clause) bool {
	for j := 2; j < len(cl.sides); j++ {
		if cl.sides[j].In.meets(v.open(cl.sides[j].Col)) {
			cl.sides[1], cl.sides[j] = cl.sides[j], cl.sides[1]
			v.watch(cl, 1)
			return true
		}
	}
	return false
}

// backTo undoes every narrowing above a level.
func (v *Solver) backTo(level int) {
	if len(v.levels) <= level {
		return
	}
	v.undo(int(v.levels[level]))
	v.levels = v.levels[:level]
}

// undo takes the trail back to length n.
func (v *Solver) undo(n int) {
	for i := len(v.trail) - 1; i >= n; i-- {
		e := &v.trail[i]
		c := int(e.col)
		v.saved[c] = int32(v.open(c).First())
		copy(v.open(c), e.old)
		v.latest[c] = e.prev
		v.heap.insert(c)
	}
	v.trail = v.trail[:n]
}
