package insights

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// TestRoundingIsFair: over all of chance, a number is itself; it is never one
// below Floor but none; and a part is never more than its whole.
func TestRoundingIsFair(t *testing.T) {
	for n := range 300 {
		sum := 0
		for up := range Floor {
			r := roundedUpBy(n, up)
			if sum += r; r%Floor != 0 || r > n+Floor-1 || r < n-Floor+1 || n > 0 && roundedUpBy(n-1, up) > r {
				t.Fatalf("%d becomes %d", n, r)
			}
		}
		if sum != n*Floor {
			t.Errorf("%d is %v in the mean", n, float64(sum)/Floor)
		}
	}
}

// TestTwoAnswersLeadToNobody: from what is shown before and after some came, or of
// two numbers with one rounding, nobody can tell that they are between one and
// Floor-1, whatever they are.
func TestTwoAnswersLeadToNobody(t *testing.T) {
	type seen struct{ a, b int }
	could := map[seen]map[int]bool{} // what the difference can be, by what is seen
	for n := range 120 {
		for more := range 60 {
			for up := range Floor {
				s := seen{roundedUpBy(n, up), roundedUpBy(n+more, up)}
				if could[s] == nil {
					could[s] = map[int]bool{}
				}
				could[s][more] = true
			}
		}
	}
	for s, all := range could {
		few := 0
		for more := range all {
			if more > 0 && more < Floor {
				few++
			}
		}
		if s.b < 100 && few == len(all) {
			t.Errorf("%+v: between 1 and %d came", s, Floor-1)
		}
	}
}

// aTrial is what members on both sides of a holdout did in some months, each with
// its own chance to take up what it is about.
func aTrial(r *rand.Rand, months []time.Time, offered, held int, p, q float64) (all [][]feedback.Counted, c *counted) {
	for range months {
		var one []feedback.Counted
		for _, side := range []struct {
			name string
			kind feedback.Kind
			n    int
			p    float64
		}{{"spring", feedback.Offered, offered, p}, {"spring" + feedback.Held, feedback.HeldBack, held, q}} {
			x := feedback.Counted{About: feedback.About{Topic: "sleep", Advice: "sleep_help", Sender: "insurer", Holdout: side.name}}
			x.Counts[side.kind] = side.n
			for i := range side.n {
				if i < feedback.MembersMost {
					x.Who = append(x.Who, fmt.Sprintf("%08d", i))
				}
				if r.Float64() < side.p {
					x.Counts[feedback.Accepted]++
				}
			}
			one = append(one, x)
		}
		all = append(all, one)
	}
	return all, &counted{groups: map[feedback.About]said{}, trials: map[string]trial{}}
}

// TestHoldoutRatesAreFair: over many holdouts the shown rates are the true ones in
// the mean, and their intervals hold them as often as they say.
func TestHoldoutRatesAreFair(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	h := &content.Holdout{}
	h.ID.Value = "spring"
	months := []time.Time{march.AddDate(0, -1, 0), march}
	for _, try := range []struct {
		offered, held int
		p, q          float64
	}{{90, 40, 0.3, 0.1}, {400, 45, 0.05, 0.02}, {60, 60, 0.9, 0.5}, {25, 14, 0.4, 0.4}} {
		const rounds = 1000
		var lifts float64
		var sum, squares [2]float64
		in := [2]int{}
		for i := range rounds {
			all, c := aTrial(r, months, try.offered, try.held, try.p, try.q)
			for m := range all {
				_, sides := c.sort(all[m])
				c.publish(func(side string) uint64 { return plainNoise(fmt.Sprint(i), side, fmt.Sprint(m)) }, sides)
			}
			got := c.holdout(h)
			for k, rate := range []Rate{got.Offered, got.HeldBack} {
				if rate.Of < Floor || rate.Of%Floor != 0 || rate.Count%Floor != 0 || rate.Count > rate.Of {
					t.Fatalf("%+v is shown", rate)
				}
				sum[k] += rate.Share
				squares[k] += rate.Share * rate.Share
				if truth := []float64{try.p, try.q}[k]; rate.Low <= truth && truth <= rate.High {
					in[k]++
				}
			}
			lifts += got.Lift.Value
		}
		for k, truth := range []float64{try.p, try.q} {
			// A share of few whose whole is rounded too is wrong by a little; that has
			// to be lost in what chance alone does to one share.
			mean := sum[k] / rounds
			deviation := math.Sqrt(squares[k]/rounds - mean*mean)
			if off := math.Abs(mean - truth); off > deviation/5 {
				t.Errorf("%+v, side %d: %.4f in the mean, not %.2f ± %.4f", try, k, mean, truth, deviation)
			}
			if in[k] < rounds*93/100 {
				t.Errorf("%+v, side %d: the interval holds it %d times of %d", try, k, in[k], rounds)
			}
		}
		if lift := lifts / rounds; math.Abs(lift-(try.p-try.q)) > 0.03 {
			t.Errorf("%+v: a lift of %.4f in the mean", try, lift)
		}
	}
}

// TestHoldoutOfFew: a side of too few members is not there, whatever they did, and
// neither is a month of it in a longer period.
func TestHoldoutOfFew(t *testing.T) {
	s, counts := recorded(t, 0)
	tell := func(at time.Time, side string, kind feedback.Kind, members, taken int) {
		var events []feedback.Event
		for i := range members {
			e := feedback.Event{Tenant: "default", Member: fmt.Sprint(at, side, i), Decision: fmt.Sprint(at, side, i), At: at, Kind: kind,
				About: feedback.About{Topic: "sleep", Advice: "sleep_help", Sender: "insurer", Holdout: side}}
			events = append(events, e)
			if e.Kind = feedback.Accepted; i < taken {
				events = append(events, e)
			}
		}
		if err := counts.Count(context.Background(), events); err != nil {
			t.Fatal(err)
		}
	}
	february := march.AddDate(0, -1, 0)
	tell(february, "spring", feedback.Offered, 200, 80)
	tell(february, "spring"+feedback.Held, feedback.HeldBack, Floor-1, 5)
	tell(march, "spring", feedback.Offered, Floor-1, Floor-1)
	tell(march, "spring"+feedback.Held, feedback.HeldBack, 300, 33)
	h := &content.Holdout{}
	h.ID.Value = "spring"
	read := func(from, until time.Time) *Holdout {
		c, err := s.read(context.Background(), "default", Period{From: monthOf(from), Until: monthOf(until).AddDate(0, 1, 0)})
		if err != nil {
			t.Fatal(err)
		}
		return c.holdout(h)
	}
	first, second, both := read(february, february), read(march, march), read(february, march)
	if first.Offered.Of == 0 || first.HeldBack.Of != 0 || second.Offered.Of != 0 || second.HeldBack.Of == 0 {
		t.Errorf("%+v, %+v", first, second)
	}
	if both.Offered != first.Offered || both.HeldBack != second.HeldBack {
		t.Errorf("both months: %+v\none: %+v\nthe other: %+v", both, first, second)
	}
	for range 50 {
		if again := read(february, march); again.Offered != both.Offered || again.HeldBack != both.HeldBack {
			t.Fatalf("asked again: %+v, then %+v", both, again)
		}
	}
}
