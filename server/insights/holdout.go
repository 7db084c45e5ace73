package insights

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strings"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Holdout is the holdout in force and what it shows.
type Holdout struct {
	ID       string
	Share    float64
	Topics   []string
	Offered  Rate // of what was offered, what was taken up
	HeldBack Rate // of what was held back, what was taken up
	Lift     *Difference
}

// trial is one side of a holdout, as it is shown: the sum of months, each with
// its own rounding.
type trial struct{ accepted, of, months int }

// publish adds what may be shown of the sides of holdouts in a month.
func (c *counted) publish(noise func(side string) uint64, month map[string]said) {
	for side, n := range month {
		if len(n.who) < Floor*markLen {
			continue
		}
		of := n.counts[feedback.Offered]
		if strings.HasSuffix(side, feedback.Held) {
			of = n.counts[feedback.HeldBack]
		}
		up := int(noise(side) % Floor)
		t := c.trials[side]
		t.accepted += roundedUpBy(min(n.accepted(), of), up)
		t.of += roundedUpBy(of, up)
		t.months++
		c.trials[side] = t
	}
}

// roundedUpBy is a multiple of Floor near n: the next one where up is enough to
// get there, else the one before. Over all of up, from none to Floor-1, its mean
// is n; and more of one thing is never less of the other.
func roundedUpBy(n, up int) int { return rounded(n + up) }

// plainNoise is for servers that nobody gave a secret.
func plainNoise(names ...string) uint64 {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return binary.BigEndian.Uint64(sum[:])
}

// holdout is how the two sides of the holdout did.
func (c *counted) holdout(h *content.Holdout) *Holdout {
	if h == nil {
		return nil
	}
	out := &Holdout{ID: h.ID.Value, Share: float64(h.Percent.Value) / 100}
	for _, t := range h.Topics {
		out.Topics = append(out.Topics, t.Value)
	}
	out.Offered, out.HeldBack = c.trials[out.ID].rate(), c.trials[out.ID+feedback.Held].rate()
	out.Lift = out.Offered.Less(out.HeldBack)
	return out
}

// rate is the share that was taken up. Its interval reaches from what it would be
// if rounding had added as much as it does one time in forty, to what it would be
// if rounding had taken as much.
func (t trial) rate() Rate {
	r := NewRate(t.accepted, t.of)
	if t.of == 0 {
		return r
	}
	of, months := float64(t.of), float64(t.months)
	// A number is wrong by at most Floor-1 in a month, and its square by at most
	// Floor²/4 in the mean.
	wrong := min((Floor-1)*months, z*math.Sqrt(Floor*Floor/4.0*months))
	r.Low, _ = wilson(max(0, float64(t.accepted)-wrong)/of, of)
	_, r.High = wilson(min(of, float64(t.accepted)+wrong)/of, of)
	return r
}
