package finding

import (
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// guardrail lists edits that may mend a broken guardrail: another constant where
// a rule compares what the guardrail compares, a condition more on the rules
// that decide for the member who shows it, another outcome, or no such rule.
func (e *editor) guardrail(x *Finding) []step {
	i := slices.IndexFunc(e.set.Guardrails(), func(g ruleset.Guardrail) bool { return g.ID == x.ID })
	if i < 0 || e.set.Guardrails()[i].Never == nil {
		return nil
	}
	leaves := leavesOf(e.set.Guardrails()[i].Never)
	d := e.set.Decide(&x.example.Facts, x.example.Topic)
	sender, mindset := e.set.Row(ruleset.SenderTable, d.SenderRow), e.set.Row(ruleset.MindsetTable, d.MindsetRow)
	out := append(e.constants(leaves), e.ties(leaves, &d)...)
	for _, row := range []*ruleset.Row{sender, mindset} {
		if row != nil {
			out = append(out, e.narrower(row, leaves)...)
		}
	}
	for _, row := range []*ruleset.Row{sender, mindset} {
		if row != nil {
			out = append(out, e.otherwise(row)...)
		}
	}
	if sender != nil && !sender.Default {
		out = append(out, e.remove(sender, e.printer.Delete(sender)))
	}
	return out
}

// ties gives advice without a benefit one that its topics are tied to, where the
// guardrail speaks of the benefits of advice.
func (e *editor) ties(leaves []*ruleset.Condition, d *decision.Decision) []step {
	if !slices.ContainsFunc(leaves, func(g *ruleset.Condition) bool { return g.Column == fact.AdviceBenefit }) {
		return nil
	}
	var out []step
	for _, i := range d.Advice() {
		item := e.set.Item(i)
		if item.Benefit != "" {
			continue
		}
		for _, b := range e.benefitsOf(item.Topics) {
			edit := e.edit(item.File, func(t *text) *Edit { return t.addKey(item.Pos, "benefit: "+b) })
			value := slices.Index(e.set.Catalogue().Def(fact.BenefitAvailable).Values, b)
			out = append(out, step{edit, e.printer.Tie(item, int64(value)), Advice + "/" + item.ID})
		}
	}
	return out
}

// benefitsOf lists what some topics are tied to, what most of them are first.
func (e *editor) benefitsOf(topics []uint16) []string {
	count := map[string]int{}
	for _, t := range topics {
		for _, b := range e.set.Topics()[t].Benefits {
			count[b]++
		}
	}
	out := slices.Sorted(maps.Keys(count))
	slices.SortStableFunc(out, func(a, b string) int { return count[b] - count[a] })
	return out
}

func leavesOf(c *ruleset.Condition) []*ruleset.Condition {
	if c == nil {
		return nil
	}
	if c.Op != ruleset.AllOf && c.Op != ruleset.AnyOf {
		return []*ruleset.Condition{c}
	}
	var out []*ruleset.Condition
	for _, x := range c.Of {
		out = append(out, leavesOf(x)...)
	}
	return out
}

// constants gives rules that compare the same fact in the same way the number or
// the values of the guardrail.
func (e *editor) constants(leaves []*ruleset.Condition) []step {
	var out []step
	for _, g := range leaves {
		d := e.set.Catalogue().Def(g.Column)
		if !comparesAmounts(d, g) {
			continue
		}
		for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
			for i := range e.set.Rows(t) {
				row := &e.set.Rows(t)[i]
				for _, c := range leavesOf(row.When) {
					if c.Column == g.Column && c.Op == g.Op && !slices.Equal(c.Values, g.Values) {
						out = append(out, e.constant(row, c, g))
					}
				}
			}
		}
	}
	return out
}

// comparesAmounts reports whether it makes sense to give one comparison the
// constants of another: numbers, and lists of values of a fact.
func comparesAmounts(d *fact.Def, g *ruleset.Condition) bool {
	switch {
	case g.Column >= fact.MaxFacts || g.Op == ruleset.Known:
		return false
	case d.Kind == fact.Int || d.Kind == fact.Decimal:
		return true
	}
	return g.Op == ruleset.IsAnyOf || g.Op == ruleset.IncludesAny
}

// constant gives a comparison of a row the constants of another comparison of the
// same fact.
func (e *editor) constant(row *ruleset.Row, old, g *ruleset.Condition) step {
	now := *old
	now.Values, now.Unit = g.Values, g.Unit
	value := constant(e.set.Catalogue().Def(g.Column), g)
	return e.row(row, e.printer.Replace(row, old, &now), func(t *text) *Edit { return t.constant(old, value) })
}

// narrower adds to a rule the opposite of something that the guardrail asks, so
// that the rule no longer fits the members the guardrail is about.
func (e *editor) narrower(row *ruleset.Row, leaves []*ruleset.Condition) []step {
	var out []step
	for _, g := range leaves {
		switch g.Column {
		case fact.Topic, fact.TopicKind, fact.SenderIs, fact.AdviceBenefit:
			continue
		}
		d := e.set.Catalogue().Def(g.Column)
		for _, o := range opposites(d, g) {
			out = append(out, e.row(row, e.printer.Add(row, o), func(t *text) *Edit { return t.addCondition(row, "{"+written(d, o)+"}") }))
		}
	}
	return out
}

// otherwise gives a row another outcome, the most careful first.
func (e *editor) otherwise(row *ruleset.Row) []step {
	outcomes := []uint8{uint8(decision.Patient), uint8(decision.Undetermined), uint8(decision.Consumer)}
	if row.Table == ruleset.SenderTable {
		outcomes = []uint8{uint8(decision.Provider), uint8(decision.Nobody), uint8(decision.Insurer)}
	}
	var out []step
	for _, o := range outcomes {
		if other := (&ruleset.Row{Table: row.Table, Outcome: o}).OutcomeName(); o != row.Outcome {
			out = append(out, e.row(row, e.printer.Answer(row, o), func(t *text) *Edit { return t.setKey(row, "then", other) }))
		}
	}
	return out
}
