package proof

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// randomCube restricts about width columns to random sets of values.
func randomCube(r *rand.Rand, s *Space, width int) Cube {
	var c Cube
	for col := range s.Columns() {
		if r.IntN(s.Columns()) >= width {
			continue
		}
		v := s.None(col)
		for x := range s.Size(col) {
			if r.IntN(2) == 0 {
				v.Add(x)
			}
		}
		if v.First() < 0 {
			v.Add(r.IntN(s.Size(col)))
		}
		c = append(c, Side{col, v})
	}
	return c
}

// points lists every point of a space.
func points(s *Space) [][]int {
	all := [][]int{{}}
	for c := range s.Columns() {
		var next [][]int
		for _, p := range all {
			for x := range s.Size(c) {
				next = append(next, append(slices.Clone(p), x))
			}
		}
		all = next
	}
	return all
}

func outside(p []int, cubes []Cube) bool {
	return !slices.ContainsFunc(cubes, func(c Cube) bool { return c.Holds(p) })
}

// TestBothEnginesAgreeWithBruteForce asks growing random sets of cubes the
// same questions of the solver, which keeps what it learnt, of the splitter,
// and of a walk over every point.
func TestBothEnginesAgreeWithBruteForce(t *testing.T) {
	sets := 2_000
	if testing.Short() {
		sets = 200
	}
	found, proved := 0, 0
	for seed := range sets {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		sizes := make([]int, 2+r.IntN(5))
		for i := range sizes {
			sizes[i] = 1 + r.IntN(4)
		}
		if r.IntN(10) == 0 {
			sizes = []int{2, 70, 3} // more than a word of values
		}
		s := NewSpace(sizes)
		all, solver := points(s), NewSolver(s)
		var cubes []Cube
		for range 1 + r.IntN(30) {
			c := randomCube(r, s, 1+r.IntN(4))
			q := randomCube(r, s, r.IntN(3))
			answer := solver.Find(q, 1<<30)
			point, core := solver.Point(), solver.Core()
			want := Proved
			if slices.ContainsFunc(all, func(p []int) bool { return q.Holds(p) && outside(p, cubes) }) {
				want = Found
			}
			if answer != want {
				t.Fatalf("seed %d: solver says %s, brute force %s", seed, answer, want)
			}
			if a, p := Split(s, q, cubes, 1<<20); a != want || a == Found && (!q.Holds(p) || !outside(p, cubes)) {
				t.Fatalf("seed %d: splitter says %s %v, brute force %s", seed, a, p, want)
			}
			if a, _ := Split(s, q, cubes, 1+r.IntN(4)); a != want && a != Undetermined {
				t.Fatalf("seed %d: the splitter says %s before it looked at everything", seed, a)
			}
			if answer == Found {
				found++
				if !q.Holds(point) || !outside(point, cubes) {
					t.Fatalf("seed %d: %v is no such point", seed, point)
				}
			} else {
				proved++
				checkLog(t, seed, s, solver.Log(q), q, cubes, all)
				var of []Cube
				for _, id := range core {
					of = append(of, cubes[id])
				}
				if slices.ContainsFunc(all, func(p []int) bool { return q.Holds(p) && outside(p, of) }) {
					t.Fatalf("seed %d: the core %v does not carry the proof", seed, core)
				}
			}
			solver.Forbid(c, len(cubes))
			cubes = append(cubes, c)
		}
	}
	if found < sets || proved < sets {
		t.Fatalf("%d found and %d proved: the questions are too much alike", found, proved)
	}
}

// checkLog demands that a written proof is accepted, and that a proof of too
// much is not.
func checkLog(t *testing.T, seed int, s *Space, log []Step, q Cube, cubes []Cube, all [][]int) {
	t.Helper()
	forbidden := func(id int) Cube { return cubes[id] }
	if !Replay(s, q, forbidden, log) {
		t.Fatalf("seed %d: a right proof is refused", seed)
	}
	whole := !slices.ContainsFunc(all, func(p []int) bool { return !q.Holds(p) })
	if Replay(s, nil, forbidden, log) && !whole {
		t.Fatalf("seed %d: a proof about a part is taken for one about the whole space", seed)
	}
	if circle := []Step{{Cube: nil, From: []Source{{0, true}}}}; Replay(s, nil, forbidden, circle) {
		t.Fatalf("seed %d: a step may rest on itself", seed)
	}
	for i := range log {
		wrong := slices.Clone(log)
		wrong[i].Cube = nil // the whole space
		covered := !slices.ContainsFunc(all, func(p []int) bool { return outside(p, cubes) })
		if Replay(s, nil, forbidden, wrong) && !covered {
			t.Fatalf("seed %d: step %d proves that nothing is left of the space", seed, i)
		}
		for k := range log[i].From {
			wrong := slices.Clone(log)
			wrong[i].From = slices.Delete(slices.Clone(log[i].From), k, k+1)
			rests := !slices.ContainsFunc(all, func(p []int) bool { return wrong[i].Cube.Holds(p) && outside(p, bodies(wrong, i, cubes)) })
			if Replay(s, q, forbidden, wrong) && !rests {
				t.Fatalf("seed %d: step %d is accepted without a source it needs", seed, i)
			}
		}
	}
}

// bodies are the cubes that a step of a proof rests on.
func bodies(log []Step, i int, cubes []Cube) (out []Cube) {
	for _, f := range log[i].From {
		if f.Earlier {
			out = append(out, log[f.ID].Cube)
		} else {
			out = append(out, cubes[f.ID])
		}
	}
	return out
}

// TestPigeons asks what has no short proof by cases: n+1 pigeons in n holes.
func TestPigeons(t *testing.T) {
	const holes = 6
	sizes := make([]int, holes+1)
	for i := range sizes {
		sizes[i] = holes
	}
	s := NewSpace(sizes)
	v := NewSolver(s)
	var cubes []Cube
	id := 0
	for a := range sizes {
		for b := range a {
			for h := range holes {
				cubes = append(cubes, Cube{{b, s.Of(b, h)}, {a, s.Of(a, h)}})
				v.Forbid(cubes[id], id)
				id++
			}
		}
	}
	if a := v.Find(nil, 200); a != Undetermined {
		t.Errorf("with a budget of 200 steps: %s", a)
	}
	if a := v.Find(nil, 1<<32); a != Proved {
		t.Errorf("%d pigeons in %d holes: %s", holes+1, holes, a)
	}
	log := v.Log(nil)
	if !Replay(s, nil, func(id int) Cube { return cubes[id] }, log) {
		t.Errorf("a proof of %d steps is refused", len(log))
	}
	if len(log) < 20 {
		t.Errorf("a proof of %d steps only", len(log))
	}
}
