package lint

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// assumption is one fact of a member; nothing else is known about them.
type assumption struct {
	id    fact.ID
	known bool
	value int64
}

// possible reports whether a member of whom one fact is given can meet the
// condition. It says yes rather than no where conditions on other facts shut
// each other out, so that a lint built on it errs on the strict side.
func (a assumption) possible(c *ruleset.Condition) bool {
	switch {
	case c == nil:
		return true
	case c.Op == ruleset.AllOf:
		return !slices.ContainsFunc(c.Of, func(x *ruleset.Condition) bool { return !a.possible(x) })
	case c.Op == ruleset.AnyOf:
		return slices.ContainsFunc(c.Of, a.possible)
	case c.Column != a.id:
		return true
	}
	return a.holds(c)
}

// holds decides a comparison with the assumed fact, an enumeration.
func (a assumption) holds(c *ruleset.Condition) bool {
	switch c.Op {
	case ruleset.Known:
		return a.known == (c.Values[0] == 1)
	case ruleset.Is, ruleset.IsAnyOf:
		return a.known && slices.Contains(c.Values, a.value)
	case ruleset.IsNot:
		return a.known && !slices.Contains(c.Values, a.value)
	}
	return true
}

// when builds the assumption that an enumeration has a value, by its name.
func (p *pass) when(id fact.ID, value string) assumption {
	i, _ := p.Set.Catalogue().Value(id, value)
	return assumption{id, true, int64(i)}
}

// inPublicPlan reports whether a member of Medicare or Medicaid can be given
// the item.
func (p *pass) inPublicPlan(i *ruleset.Item) bool {
	return slices.ContainsFunc([]string{"medicare_advantage", "medicaid", "chip", "ffs_medicare"}, func(line string) bool {
		return p.when(fact.LineOfBusiness, line).possible(i.Eligible())
	})
}

// onlyAfterDenial reports whether the item is given only once a claim or an
// approval was denied.
func (p *pass) onlyAfterDenial(i *ruleset.Item) bool {
	c := i.Eligible()
	if (assumption{id: fact.ClaimEvent}).possible(c) {
		return false
	}
	for _, v := range p.Set.Catalogue().Def(fact.ClaimEvent).Values {
		if v != "denied" && v != "prior_auth_denied" && p.when(fact.ClaimEvent, v).possible(c) {
			return false
		}
	}
	return true
}
