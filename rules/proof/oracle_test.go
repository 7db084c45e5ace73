package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/safety"
)

// oracle answers one member the plain way: condition after condition, as the
// words say. It shares no code with cubes, index, trace or model.
type oracle struct {
	set     *ruleset.Set
	q       Question
	mindset decision.Mindset
	sender  decision.Sender
	benefit string // of the item looked at; empty for none in view
}

// told is an oracle's answer. Rows are -1 where the table was not asked.
type told struct {
	mindset decision.Mindset
	sender  decision.Sender
	row     [2]int
	items   []int
}

func (o *oracle) kind() int64 {
	k, _ := o.set.Catalogue().Value(fact.TopicKind, o.set.Topics()[o.q.Topic].Kind)
	return int64(k)
}

func (o *oracle) tell() told {
	t := told{row: [2]int{-1, -1}}
	f := &o.q.Facts
	if safety.Gate(f, o.kind()) != decision.NoNotice {
		o.mindset, o.sender = decision.Patient, decision.Safety
		t.mindset, t.sender = o.mindset, o.sender
		return t
	}
	switch {
	case f.Known(fact.MemberChoice) && f.Raw(fact.MemberChoice) == 1:
		o.mindset = decision.Patient
	case f.Known(fact.MemberChoice) && f.Raw(fact.MemberChoice) == 2:
		o.mindset = decision.Consumer
	default:
		t.row[0] = o.first(ruleset.MindsetTable)
		o.mindset = decision.Mindset(o.set.Rows(ruleset.MindsetTable)[t.row[0]].Outcome)
	}
	t.row[1] = o.first(ruleset.SenderTable)
	o.sender = decision.Sender(o.set.Rows(ruleset.SenderTable)[t.row[1]].Outcome)
	t.mindset, t.sender = o.mindset, o.sender
	for i := range o.set.Items() {
		if len(t.items) < decision.MaxAdvice && o.sender != decision.Nobody && o.fitsItem(&o.set.Items()[i]) {
			t.items = append(t.items, i)
		}
	}
	return t
}

func (o *oracle) first(t ruleset.Table) int {
	return slices.IndexFunc(o.set.Rows(t), func(r ruleset.Row) bool { return o.holds(r.When) })
}

func (o *oracle) fitsItem(i *ruleset.Item) bool {
	return i.Sender == o.sender && slices.Contains(i.Topics, o.q.Topic) && (i.Benefit == "" || o.has(i.Benefit)) && o.holds(i.When)
}

func (o *oracle) has(benefit string) bool {
	i := slices.Index(o.set.Catalogue().Def(fact.BenefitAvailable).Values, benefit)
	f := &o.q.Facts
	return f.Known(fact.CoverageStatus) && f.Raw(fact.CoverageStatus) == 0 && f.Known(fact.BenefitAvailable) && f.Raw(fact.BenefitAvailable)>>i&1 == 1
}

// breaks asks a guardrail of the answer told last, with each of its items.
func (o *oracle) breaks(g *ruleset.Guardrail, t told) bool {
	o.benefit = ""
	if o.holds(g.Never) {
		return true
	}
	for _, i := range t.items {
		if o.benefit = o.set.Items()[i].Benefit; o.benefit == "" {
			o.benefit = "none"
		}
		if o.holds(g.Never) {
			return true
		}
	}
	return false
}

func (o *oracle) value(id fact.ID) (v int64, known bool) {
	switch id {
	case fact.Topic:
		return int64(o.q.Topic), true
	case fact.TopicKind:
		return o.kind(), true
	case fact.MindsetIs:
		return int64(o.mindset), true
	case fact.SenderIs:
		return int64(o.sender), true
	case fact.AdviceBenefit:
		i, _ := o.set.Catalogue().Value(id, o.benefit)
		return int64(i), o.benefit != ""
	case fact.TiedBenefit:
		if slices.ContainsFunc(o.set.Topics()[o.q.Topic].Benefits, o.has) {
			return 1, true
		}
		return 0, true
	}
	return o.q.Facts.Raw(id), o.q.Facts.Known(id)
}

func (o *oracle) holds(c *ruleset.Condition) bool {
	if c == nil {
		return true
	}
	switch c.Op {
	case ruleset.AllOf:
		return !slices.ContainsFunc(c.Of, func(x *ruleset.Condition) bool { return !o.holds(x) })
	case ruleset.AnyOf:
		return slices.ContainsFunc(c.Of, o.holds)
	}
	v, known := o.value(c.Column)
	if c.Op == ruleset.Known {
		return known == (c.Values[0] == 1)
	}
	in := func(x int64) bool { return v>>x&1 == 1 }
	switch {
	case !known:
		return false
	case c.Op == ruleset.IsNot:
		return !slices.Contains(c.Values, v)
	case c.Op == ruleset.AtMost:
		return v <= c.Values[0]
	case c.Op == ruleset.AtLeast:
		return v >= c.Values[0]
	case c.Op == ruleset.Between:
		return v >= c.Values[0] && v <= c.Values[1]
	case c.Op == ruleset.IncludesAny:
		return slices.ContainsFunc(c.Values, in)
	case c.Op == ruleset.IncludesNone:
		return !slices.ContainsFunc(c.Values, in)
	case c.Op == ruleset.IncludesAll:
		return !slices.ContainsFunc(c.Values, func(x int64) bool { return !in(x) })
	}
	return slices.Contains(c.Values, v)
}
