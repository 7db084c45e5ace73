package ruleset

import (
	"cmp"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Breaks reports whether a member, answered as Decide answers, shows what a
// guardrail forbids. A guardrail that speaks of advice_benefit is asked of every
// item given. It goes by the words of the guardrail and shares nothing with its
// cubes, so that a proof about those can be checked.
func (s *Set) Breaks(g *Guardrail, f *fact.Facts, topic uint16) bool {
	if g.Never == nil || s == nil || s.catalogue == nil {
		return false
	}
	d := s.Decide(f, topic)
	v := s.view(f, topic)
	v.set(fact.MindsetIs, int64(d.Mindset))
	v.set(fact.SenderIs, int64(d.Sender))
	return v.meets(g.Never) || slices.ContainsFunc(d.Advice(), func(i uint16) bool {
		benefit, _ := s.catalogue.Value(fact.AdviceBenefit, cmp.Or(s.items[i].Benefit, "none"))
		v.set(fact.AdviceBenefit, int64(benefit))
		return v.meets(g.Never)
	})
}

// meets reports whether a condition holds; nil always does.
func (v *view) meets(c *Condition) bool {
	if c == nil {
		return true
	}
	n, _ := v.fails(c)
	return n == 0
}
