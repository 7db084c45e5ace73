package proof

import (
	"cmp"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// guardrails proves or breaks the guardrails that speak of tables. The others
// are listed unchecked: Set.Guardrails says how they are held.
func (c *checker) guardrails() []GuardrailReport {
	out := make([]GuardrailReport, len(c.set.Guardrails()))
	for i := range out {
		g := &c.set.Guardrails()[i]
		out[i].Guardrail = i
		if g.Never == nil && g.Independent == nil {
			continue
		}
		out[i].Checked, out[i].Answer = true, Proved
		c.never(g, &out[i])
		if g.Independent != nil && out[i].Answer == Proved {
			c.independent(g.Independent, &out[i])
		}
	}
	return out
}

// never looks for a member who fits a guardrail's Never. The evaluator must
// agree that the guardrail's own words hold of the member.
func (c *checker) never(g *ruleset.Guardrail, r *GuardrailReport) {
	breaks := func(q Question, _ decision.Decision) bool {
		return c.set.Breaks(g, &q.Facts, q.Topic) && c.possible(q)
	}
	plain := func(q Question) Question {
		c.plainest(&q, func(q Question) bool { return breaks(q, decision.Decision{}) })
		return q
	}
	if q, ok := c.known.get(ofGuardrail, g.ID); ok && breaks(q, decision.Decision{}) {
		r.Answer, r.Example = Found, plain(q)
		return
	}
	for _, x := range c.inquiries[r.Guardrail] {
		answer, q := c.inquire(x, breaks)
		if answer == Found {
			r.Answer, r.Example = Found, plain(q)
			c.known.keep(ofGuardrail, g.ID, q)
			return
		}
		if answer == Undetermined {
			r.Answer = Undetermined
		}
	}
}

func (c *checker) inquire(x inquiry, ok shows) (Answer, Question) {
	if x.item < 0 {
		return c.find(x.cube, ok)
	}
	return c.given(x.item, x.cube, ok)
}

// inquiry is a cube of a guardrail, and the item that must be given for a point of
// it to break the guardrail; -1 for none.
type inquiry struct {
	cube Cube
	item int
}

// ask turns a cube of a guardrail into inquiries: one for each item it speaks of
// if it names advice_benefit.
func (c *checker) ask(rc ruleset.Cube) []inquiry {
	k := slices.IndexFunc(rc, func(l ruleset.Literal) bool { return l.Column == fact.AdviceBenefit })
	if k < 0 {
		if cube, ok := c.cube(rc); ok {
			return []inquiry{{cube, -1}}
		}
		return nil
	}
	rest, ok := c.cube(slices.Delete(slices.Clone(rc), k, k+1))
	if !ok {
		return nil
	}
	var out []inquiry
	for i := range c.set.Items() {
		item := &c.set.Items()[i]
		benefit, _ := c.set.Catalogue().Value(fact.AdviceBenefit, cmp.Or(item.Benefit, "none"))
		if !rc[k].Holds(true, int64(benefit)) {
			continue
		}
		for _, ic := range c.items[i] {
			if cube, ok := meet(ic, rest); ok {
				out = append(out, inquiry{cube, i})
			}
		}
	}
	return out
}
