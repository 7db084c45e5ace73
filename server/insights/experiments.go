package insights

import (
	"cmp"
	"slices"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Experiment is an item whose words come in variants.
type Experiment struct {
	AdviceID, Label string
	Arms            []Arm // the base words first
	InForce         bool
}

// Arm is one choice of words.
type Arm struct {
	ID       string  // empty for the base words
	Share    float64 // of members, by the content in force
	Feedback FeedbackFigure
	Lift     *Difference // of the helpful rate, from the base
}

// Holdout is the holdout in force and what it shows.
type Holdout struct {
	ID       string
	Share    float64
	Topics   []string
	Offered  Rate // of what was offered, what was taken up
	HeldBack Rate // of what was held back, what was taken up
	Lift     *Difference
}

// experiments are the items that have variants, or had in the period.
func (c *counted) experiments(w *wording) []Experiment {
	type arm struct{ advice, variant string }
	found := sum(c.groups, func(a feedback.About) (arm, bool) { return arm{a.Advice, a.Variant}, a.Variant != "" })
	ids := map[string][]string{} // of arms, by item
	for i := range w.set.Items() {
		item := &w.set.Items()[i]
		for j := range item.Variants {
			ids[item.ID] = append(ids[item.ID], item.Variants[j].ID)
		}
	}
	live := map[string]bool{}
	for id := range ids {
		live[id] = true
	}
	for a := range found {
		if a.variant != feedback.Base && !slices.Contains(ids[a.advice], a.variant) {
			ids[a.advice] = append(ids[a.advice], a.variant)
		}
	}
	var out []Experiment
	for id, variants := range ids {
		x := Experiment{AdviceID: id, Label: w.item(id), InForce: live[id]}
		base := found[arm{id, feedback.Base}].figure("variant", id, "", x.Label)
		x.Arms = []Arm{{Share: 1, Feedback: base}}
		for _, v := range variants {
			a := Arm{ID: v, Share: float64(w.percent(id, v)) / 100, Feedback: found[arm{id, v}].figure("variant", id, v, v)}
			a.Lift = a.Feedback.Helpful.Less(base.Helpful)
			x.Arms[0].Share -= a.Share
			x.Arms = append(x.Arms, a)
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Experiment) int { return cmp.Compare(a.AdviceID, b.AdviceID) })
	return out
}

// holdout is how the two sides of the holdout did. Its numbers are rounded as
// those of a Drift are: they are about some of the same answers as other figures.
func (c *counted) holdout(h *content.Holdout) *Holdout {
	if h == nil {
		return nil
	}
	out := &Holdout{ID: h.ID.Value, Share: float64(h.Percent.Value) / 100}
	for _, t := range h.Topics {
		out.Topics = append(out.Topics, t.Value)
	}
	offered, held := c.trials[feedback.About{Holdout: out.ID}], c.trials[feedback.About{Holdout: out.ID + feedback.Held}]
	out.Offered = takenUp(offered.accepted(), offered.counts[feedback.Offered], offered.who)
	out.HeldBack = takenUp(held.accepted(), held.counts[feedback.HeldBack], held.who)
	out.Lift = out.Offered.Less(out.HeldBack)
	return out
}

// takenUp is the share that was taken up, nothing where too few members took part.
func takenUp(accepted, of int, who string) Rate {
	if len(who) < Floor*markLen {
		return Rate{}
	}
	return NewRate(min(rounded(accepted), rounded(of)), rounded(of))
}
