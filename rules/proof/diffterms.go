package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// premises compares what the Sets take to be impossible and do not believe.
func (d *differ) premises() {
	keys := func(a *answer) (out []string) {
		for i := range a.set.Premises() {
			p := &a.set.Premises()[i]
			drop := ""
			for _, id := range p.Drop {
				drop += " " + a.set.Catalogue().Def(id).Name
			}
			for _, c := range a.cubesOf(p.Cubes()) {
				out = append(out, string(a.appendCube(nil, c))+drop)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	d.out.Premises = !slices.Equal(keys(d.old), keys(d.now))
}

// terms compares what is held after a decision.
func (d *differ) terms() {
	for i, k := range d.pairItems()[0] {
		if k < 0 {
			continue
		}
		a, b := &d.old.set.Items()[i], &d.now.set.Items()[k]
		sensitive := func(x *ruleset.Item) []string { return slices.Sorted(slices.Values(x.Sensitive)) }
		reward := func(x *ruleset.Item) [2]bool { return [2]bool{x.Reward != nil, x.Reward != nil && x.Reward.Rule != ""} }
		if a.PaidBy != b.PaidBy || a.MinorConsent != b.MinorConsent || reward(a) != reward(b) || !slices.Equal(sensitive(a), sensitive(b)) {
			d.out.Terms = append(d.out.Terms, a.ID)
		}
	}
}
