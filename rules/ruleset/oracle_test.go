package ruleset

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/safety"
)

// oracle decides the plain way: row after row, condition after condition, as
// the words of a rule say. It shares no code with the index, the cubes or the
// trace.
type oracle struct {
	s       *Set
	f       *fact.Facts
	topic   uint16
	mindset decision.Mindset
	sender  decision.Sender
}

func (o *oracle) decide() decision.Decision {
	d := decision.Decision{Topic: o.topic}
	known := int(o.topic) < len(o.s.topics)
	kind := fact.KindNone
	if known {
		kind = o.s.topics[o.topic].kind
	}
	if d.Notice = safety.Gate(o.f, kind); d.Notice != decision.NoNotice {
		d.Mindset, d.Sender, d.MindsetRow, d.SenderRow = decision.Patient, decision.Safety, decision.BySafety, decision.BySafety
		return d
	}
	switch {
	case o.f.Known(fact.MemberChoice) && o.f.Raw(fact.MemberChoice) == fact.ChoicePatient:
		d.Mindset, d.MindsetRow = decision.Patient, decision.ByMemberChoice
	case o.f.Known(fact.MemberChoice) && o.f.Raw(fact.MemberChoice) == fact.ChoiceConsumer:
		d.Mindset, d.MindsetRow = decision.Consumer, decision.ByMemberChoice
	default:
		d.MindsetRow = o.first(MindsetTable)
		d.Mindset = decision.Mindset(o.s.tables[MindsetTable][d.MindsetRow].Outcome)
	}
	o.mindset = d.Mindset
	d.SenderRow = o.first(SenderTable)
	d.Sender = decision.Sender(o.s.tables[SenderTable][d.SenderRow].Outcome)
	o.sender = d.Sender
	for i := range o.s.items {
		item := &o.s.items[i]
		if item.Sender != d.Sender || d.Sender == decision.Nobody || !slices.Contains(item.Topics, o.topic) {
			continue
		}
		if item.Benefit != "" && !o.has(item.Benefit) {
			continue
		}
		if o.holds(item.When) && !d.AddAdvice(uint16(i)) {
			break
		}
	}
	return d
}

func (o *oracle) has(benefit string) bool {
	i := slices.Index(o.s.catalogue.Def(fact.BenefitAvailable).Values, benefit)
	return o.f.Known(fact.CoverageStatus) && o.f.Raw(fact.CoverageStatus) == 0 && o.f.Known(fact.BenefitAvailable) && o.f.Raw(fact.BenefitAvailable)&(1<<i) != 0
}

func (o *oracle) first(t Table) int32 {
	for i, r := range o.s.tables[t] {
		if o.holds(r.When) {
			return int32(i)
		}
	}
	return -99
}

func (o *oracle) value(id fact.ID) (v int64, known bool) {
	topic := int(o.topic) < len(o.s.topics)
	switch {
	case id == fact.Topic:
		return int64(o.topic), topic
	case id == fact.TopicKind && topic:
		return int64(slices.Index(o.s.catalogue.Def(fact.TopicKind).Values, o.s.topics[o.topic].Kind)), true
	case id == fact.TopicKind:
		return 0, false
	case id == fact.MindsetIs:
		return int64(o.mindset), true
	case id == fact.TiedBenefit:
		if topic && slices.ContainsFunc(o.s.topics[o.topic].Benefits, o.has) {
			return 1, true
		}
		return 0, true
	}
	return o.f.Raw(id), o.f.Known(id)
}

func (o *oracle) holds(c *Condition) bool {
	if c == nil {
		return true
	}
	switch c.Op {
	case AllOf:
		return !slices.ContainsFunc(c.Of, func(x *Condition) bool { return !o.holds(x) })
	case AnyOf:
		return slices.ContainsFunc(c.Of, o.holds)
	}
	v, known := o.value(c.Column)
	if c.Op == Known {
		return known && c.Values[0] == 1 || !known && c.Values[0] == 0
	}
	if !known {
		return false
	}
	within := func(x int64) bool { return v&(1<<x) != 0 }
	switch c.Op {
	case Is, IsAnyOf:
		return slices.Contains(c.Values, v)
	case IsNot:
		return !slices.Contains(c.Values, v)
	case AtMost:
		return v <= c.Values[0]
	case AtLeast:
		return v >= c.Values[0]
	case Between:
		return v >= c.Values[0] && v <= c.Values[1]
	case IncludesAny:
		return slices.ContainsFunc(c.Values, within)
	case IncludesNone:
		return !slices.ContainsFunc(c.Values, within)
	case IncludesAll:
		return !slices.ContainsFunc(c.Values, func(x int64) bool { return !within(x) })
	}
	return false
}
