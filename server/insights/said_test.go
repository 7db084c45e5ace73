package insights

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// voices is what was said, and by whom, so that a test can tell which figures
// are about few.
type voices struct {
	said
	yes, no people
}

func (v voices) plus(o voices) voices {
	return voices{v.said.plus(o.said), v.yes.plus(o.yes), v.no.plus(o.no)}
}

// someFeedback is what members said in a month; variants and rules go with items,
// as they do.
func someFeedback(r *rand.Rand) map[feedback.About]voices {
	cells := map[feedback.About]voices{}
	for id := range 100 + r.IntN(32*64-100) {
		item := int(r.ExpFloat64() * 3)
		a := feedback.About{Topic: fmt.Sprint("t", item/2), Advice: fmt.Sprint("a", item), Sender: []string{"insurer", "provider"}[item%2], Mindset: "consumer",
			Rules: [2]string{fmt.Sprint("m", item/4), fmt.Sprint("s", item/2)}, Language: []string{"en", "es", "other"}[int(r.ExpFloat64())%3], Revision: fmt.Sprint("r-", int(r.ExpFloat64()))}
		if item == 1 {
			a.Variant = []string{feedback.Base, "coach"}[r.IntN(2)]
		}
		v := voices{said: said{who: marks([]string{fmt.Sprintf("%08d", id)})}}
		if r.IntN(3) > 0 {
			v.counts[feedback.Accepted], v.yes = 1, person(id)
		} else {
			v.counts[feedback.Dismissed], v.no = 1, person(id)
		}
		cells[a] = cells[a].plus(v)
	}
	return cells
}

// saidFigures are all figures that the API shows of feedback, and pairs of them.
func saidFigures(all map[feedback.About]voices) (out []voices) {
	parts := []func(feedback.About) string{
		func(feedback.About) string { return "all" }, func(a feedback.About) string { return a.Rules[0] }, func(a feedback.About) string { return a.Rules[1] },
		func(a feedback.About) string { return a.Advice }, func(a feedback.About) string { return a.Sender }, func(a feedback.About) string { return a.Topic },
		func(a feedback.About) string { return a.Language }, func(a feedback.About) string { return a.Revision }, func(a feedback.About) string { return a.Variant },
	}
	for _, x := range parts {
		for _, y := range parts {
			for _, v := range sum(all, func(a feedback.About) ([2]string, bool) { return [2]string{x(a), y(a)}, x(a) != "" && y(a) != "" }) {
				out = append(out, v)
			}
		}
	}
	return out
}

// small is the first number of people, of one side of a share, that taking two
// figures from each other tells of and that is too small; 0 if there is none.
func small(figures []voices) int {
	for _, a := range figures {
		for _, b := range figures {
			for _, side := range [][2]people{{a.yes, b.yes}, {a.no, b.no}} {
				left, both := side[0].without(side[1])
				for _, n := range []int{left, both} {
					if !enough(n) {
						return n
					}
				}
			}
		}
	}
	return 0
}

// TestNoSubtractionOfFeedbackLeadsToAFew takes all figures of feedback from each
// other; and shows that it can fail, by figures that are large enough and no more.
func TestNoSubtractionOfFeedbackLeadsToAFew(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	for range rounds {
		cells := someFeedback(r)
		all := groups(cells, saidSteps...)
		if n := small(saidFigures(all)); n > 0 {
			t.Fatalf("two figures lead to %d", n)
		}
		var plain []voices
		for _, v := range saidFigures(cells) {
			if v.safe() {
				plain = append(plain, v)
			}
		}
		if len(plain) > 1 && small(plain) == 0 {
			t.Error("figures that were not put into groups lead to nobody either")
		}
	}
}

// TestOneMemberIsNoGroup: eleven decisions of one member are not eleven members.
func TestOneMemberIsNoGroup(t *testing.T) {
	for members, want := range map[int]int{1: 0, Floor - 1: 0, Floor: 22} {
		s, counts := recorded(t, 0)
		var events []feedback.Event
		for i := range 22 {
			events = append(events, feedback.Event{Tenant: "default", Member: fmt.Sprint("m", i%members), Decision: fmt.Sprint("d", i), At: march, Kind: feedback.Accepted,
				About: feedback.About{Topic: "sleep", Advice: "sleep_help", Sender: "insurer"}})
		}
		if err := counts.Count(context.Background(), append(events, events...)); err != nil {
			t.Fatal(err)
		}
		f, err := s.Figures(context.Background(), Query{Tenant: "default"})
		if err != nil || f.Feedback.Helpful.Of != want {
			t.Errorf("%d members: %+v %v", members, f.Feedback, err)
		}
	}
}

// onTrial is what members on the two sides of a holdout, and with two wordings,
// were given and took up.
func onTrial(base, coach, held [2]int) (events []feedback.Event) {
	about := feedback.About{Topic: "sleep", Advice: "sleep_help", Mindset: "consumer", Sender: "insurer", Revision: "r-1"}
	tell := func(a feedback.About, given feedback.Kind, n [2]int) {
		for i := range n[1] {
			e := feedback.Event{Tenant: "default", Member: fmt.Sprint(a.Variant, a.Holdout, i), Decision: fmt.Sprint(a.Variant, a.Holdout, i), At: march, Kind: given, About: a}
			events = append(events, e)
			if e.Kind = feedback.Accepted; i >= n[0] {
				e.Kind = feedback.Dismissed
			}
			if given == feedback.Offered || i < n[0] {
				events = append(events, e)
			}
		}
	}
	about.Holdout = "spring"
	for variant, n := range map[string][2]int{feedback.Base: base, "coach": coach} {
		about.Variant = variant
		tell(about, feedback.Offered, n)
	}
	about.Variant, about.Holdout = "", "spring"+feedback.Held
	tell(about, feedback.HeldBack, held)
	return events
}

func TestExperimentsAndHoldout(t *testing.T) {
	s, counts := recorded(t, 0)
	if err := counts.Count(context.Background(), onTrial([2]int{44, 110}, [2]int{88, 110}, [2]int{22, 110})); err != nil {
		t.Fatal(err)
	}
	c, err := s.read(context.Background(), "default", Period{From: monthOf(march), Until: monthOf(march).AddDate(0, 1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	x := c.experiments(newWording(nil, "en"))
	if len(x) != 1 || len(x[0].Arms) != 2 || x[0].InForce {
		t.Fatalf("%+v", x)
	}
	base, coach := x[0].Arms[0], x[0].Arms[1]
	if base.ID != "" || base.Feedback.Helpful.Count != 44 || base.Feedback.Helpful.Of != 110 || base.Lift != nil ||
		coach.ID != "coach" || coach.Feedback.Helpful.Count != 88 || coach.Feedback.Helpful.Of != 110 || coach.Lift == nil || coach.Lift.Low <= 0 || coach.Lift.Value != 0.4 {
		t.Errorf("%+v and %+v", base, coach)
	}
	h := &content.Holdout{}
	h.ID.Value, h.Percent.Value = "spring", 20
	got := c.holdout(h)
	// 132 of 220 were taken up, and 22 of 110.
	if got.Offered.Count != 132 || got.Offered.Of != 220 || got.HeldBack.Count != 22 || got.HeldBack.Of != 110 || got.Lift == nil || got.Lift.Low <= 0 {
		t.Errorf("%+v", got)
	}
	h.ID.Value = "summer"
	if other := c.holdout(h); other.Offered.Of != 0 || other.HeldBack.Of != 0 || other.Lift != nil {
		t.Errorf("another holdout: %+v", other)
	}
	if c.holdout(nil) != nil {
		t.Error("a holdout that there is not")
	}
	// What the held back did by themselves is no feedback on advice.
	if w := c.whole(); w.Helpful.Of != 220 {
		t.Errorf("%+v", w)
	}
}
