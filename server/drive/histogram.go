package drive

import (
	"math"
	"math/bits"
	"time"
)

// precision is how many bits of a time are kept below the highest one, which
// makes a quantile right within 1 %.
const precision = 7

// Histogram counts times. The zero Histogram is empty.
type Histogram struct {
	counts [(64 - precision) << precision]uint64
	n      uint64
	sum    float64
	max    time.Duration
}

// Add counts a time; one below zero counts as zero.
func (h *Histogram) Add(d time.Duration) {
	d = max(d, 0)
	h.counts[slot(uint64(d))]++
	h.n++
	h.sum += float64(d)
	h.max = max(h.max, d)
}

// Merge adds what another Histogram counted.
func (h *Histogram) Merge(o *Histogram) {
	for i, n := range o.counts {
		h.counts[i] += n
	}
	h.n += o.n
	h.sum += o.sum
	h.max = max(h.max, o.max)
}

// Count is how many times were counted.
func (h *Histogram) Count() uint64 { return h.n }

// Max is the longest time.
func (h *Histogram) Max() time.Duration { return h.max }

// Mean is the mean of the times, 0 of none.
func (h *Histogram) Mean() time.Duration {
	if h.n == 0 {
		return 0
	}
	return time.Duration(h.sum / float64(h.n))
}

// Quantile is the time that a share q of all times, from 0 to 1, does not
// exceed; 0 of none.
func (h *Histogram) Quantile(q float64) time.Duration {
	rank := uint64(math.Ceil(q * float64(h.n)))
	var seen uint64
	for i, n := range h.counts {
		if seen += n; n > 0 && seen >= rank {
			return min(time.Duration(ceiling(i)), h.max)
		}
	}
	return h.max
}

// slot is the place of a value: exact below 128, then 128 places for each power
// of two.
func slot(v uint64) int {
	e := max(bits.Len64(v)-1-precision, 0)
	return e<<precision + int(v>>e)
}

// ceiling is the largest value of a place.
func ceiling(i int) uint64 {
	e := max(i>>precision-1, 0)
	return uint64(i-e<<precision+1)<<e - 1
}
