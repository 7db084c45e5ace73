package insights

import "math"

// z is the two-sided 95 % point of the normal distribution.
const z = 1.959963984540054

// Rate is a share with Wilson's 95 % interval, which holds for small numbers and
// for shares near 0 and 1 where the usual one does not.
type Rate struct {
	Count, Of        int
	Share, Low, High float64
}

// NewRate is count of of; all is zero for none.
func NewRate(count, of int) Rate {
	if of <= 0 {
		return Rate{}
	}
	r := Rate{Count: count, Of: of, Share: float64(count) / float64(of)}
	r.Low, r.High = wilson(r.Share, float64(of))
	// Rounding would leave a hair where the interval reaches the end.
	if count == 0 {
		r.Low = 0
	}
	if count == of {
		r.High = 1
	}
	return r
}

// wilson is the interval of a share of n.
func wilson(p, n float64) (low, high float64) {
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, centre-half), min(1, centre+half)
}

// Difference is a share less another, with Newcombe's 95 % interval.
type Difference struct{ Value, Low, High float64 }

// Less is r less o, of independent groups; nil if one of them has nobody.
func (r Rate) Less(o Rate) *Difference {
	if r.Of == 0 || o.Of == 0 {
		return nil
	}
	d := r.Share - o.Share
	low := math.Hypot(r.Share-r.Low, o.High-o.Share)
	high := math.Hypot(r.High-r.Share, o.Share-o.Low)
	return &Difference{Value: d, Low: max(-1, d-low), High: min(1, d+high)}
}
