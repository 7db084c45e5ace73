package proof

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// generate makes n cubes over 24 columns, the shape of large rule tables. With
// share of them random; the others refine a few themes, each rule its own
// cell of them, as tables that grew by hand do.
func generate(n int, share float64, seed uint64) (*Space, []Cube) {
	r := rand.New(rand.NewPCG(seed, 1))
	sizes := make([]int, 24)
	for i := range sizes {
		sizes[i] = []int{3, 3, 4, 6, 12, 30}[i%6]
	}
	s := NewSpace(sizes)
	cubes := make([]Cube, n)
	for i := range cubes {
		if r.Float64() < share {
			cubes[i] = randomSides(r, s, 2+r.IntN(4))
			continue
		}
		theme := r.IntN(6) * 4
		var c Cube
		for col := theme; col < theme+4; col++ {
			if r.IntN(5) > 0 {
				c = append(c, Side{col, s.Of(col, r.IntN(s.Size(col)))})
			}
		}
		cubes[i] = c
		if len(c) < 2 {
			cubes[i] = randomSides(r, s, 4)
		}
	}
	return s, cubes
}

func randomSides(r *rand.Rand, s *Space, width int) Cube {
	var c Cube
	for left, col := width, 0; col < s.Columns(); col++ {
		if r.IntN(s.Columns()-col) >= left {
			continue
		}
		left--
		v := s.None(col)
		for range 1 + r.IntN(max(1, s.Size(col)/2)) {
			v.Add(r.IntN(s.Size(col)))
		}
		c = append(c, Side{col, v})
	}
	return c
}

// BenchmarkDeadRules asks of each rule whether the rules before it leave
// anything to it: the bulk of a full check.
func BenchmarkDeadRules(b *testing.B) {
	for _, kind := range []struct {
		name  string
		share float64
	}{{"structured", 0}, {"mixed20", 0.2}, {"mixed50", 0.5}, {"random", 1}} {
		for _, n := range []int{50, 500, 5000} {
			b.Run(fmt.Sprintf("%s/rules=%d", kind.name, n), func(b *testing.B) {
				s, cubes := generate(n, kind.share, 1)
				for b.Loop() {
					v := NewSolver(s)
					count := [3]int{}
					for i, c := range cubes {
						count[v.Find(c, 1<<22)]++
						v.Forbid(c, i)
					}
					b.ReportMetric(float64(count[Proved]), "dead")
					b.ReportMetric(float64(count[Undetermined]), "undetermined")
				}
			})
		}
	}
}
