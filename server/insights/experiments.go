package insights

import (
	"cmp"
	"slices"

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
