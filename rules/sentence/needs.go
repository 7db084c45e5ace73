package sentence

import (
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Needs says what would have to hold for a condition that failed, beside what
// is known now. Columns that are not facts are given beside them.
func (p *Printer) Needs(failed *ruleset.Condition, f *fact.Facts, beside map[fact.ID]int64) string {
	var now []string
	var seen []fact.ID
	leaves(failed, func(c *ruleset.Condition) {
		if slices.Contains(seen, c.Column) {
			return
		}
		seen = append(seen, c.Column)
		value := p.frames().notKnown
		if raw, derived := beside[c.Column]; derived {
			value = p.known(c.Column, raw).String()
		} else if c.Column < fact.MaxFacts && f.Known(c.Column) {
			value = p.known(c.Column, f.Raw(c.Column)).String()
		}
		now = append(now, p.Label(c.Column)+": "+value)
	})
	s := fill(p.frames().needs, map[string]Sentence{"when": p.Condition(failed), "now": {plain(strings.Join(now, "; "))}})
	return s.capital().String()
}

// leaves calls f with every comparison of a condition.
func leaves(c *ruleset.Condition, f func(*ruleset.Condition)) {
	if c == nil {
		return
	}
	if c.Op != ruleset.AllOf && c.Op != ruleset.AnyOf {
		f(c)
	}
	for _, x := range c.Of {
		leaves(x, f)
	}
}
