package insights

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 0.00005 }

// TestWilson compares with published figures (Newcombe 1998, Statistics in
// Medicine 17, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29).
func TestWilson(t *testing.T) {
	for _, try := range []struct {
		count, of int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {20, 20, 0.8389, 1}, {0, 0, 0, 0},
	} {
		if r := NewRate(try.count, try.of); !near(r.Low, try.low) || !near(r.High, try.high) {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", try.count, try.of, r.Low, r.High, try.low, try.high)
		}
	}
}

// TestNewcombe compares with published figures (Newcombe 1998, pages 873-890,
// method 10: 56/70 and 48/80, 9/10 and 3/10, 10/10 and 0/20).
func TestNewcombe(t *testing.T) {
	for _, try := range []struct {
		a, n, b, m int
		low, high  float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {10, 10, 0, 20, 0.6791, 1},
	} {
		d := NewRate(try.a, try.n).Less(NewRate(try.b, try.m))
		if !near(d.Low, try.low) || !near(d.High, try.high) {
			t.Errorf("%+v: %.4f to %.4f", try, d.Low, d.High)
		}
	}
	if NewRate(1, 2).Less(Rate{}) != nil || (Rate{}).Less(NewRate(1, 2)) != nil {
		t.Error("a difference from nobody")
	}
}

// TestIntervalsCover draws samples: 95 of 100 intervals have to hold the truth.
func TestIntervalsCover(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, p := range []float64{0.05, 0.3, 0.9} {
		const draws, n = 20_000, 60
		rates, differences := 0, 0
		for range draws {
			a, b := NewRate(binomial(r, n, p), n), NewRate(binomial(r, n, p/2), n)
			if a.Low <= p && p <= a.High {
				rates++
			}
			if d := a.Less(b); d.Low <= p/2 && p/2 <= d.High {
				differences++
			}
		}
		if c := float64(rates) / draws; c < 0.93 || c > 0.98 {
			t.Errorf("intervals of %v hold it in %.3f of all draws", p, c)
		}
		if c := float64(differences) / draws; c < 0.93 || c > 0.985 {
			t.Errorf("intervals of the difference of %v and its half hold it in %.3f of all draws", p, c)
		}
	}
}

func binomial(r *rand.Rand, n int, p float64) int {
	k := 0
	for range n {
		if r.Float64() < p {
			k++
		}
	}
	return k
}
