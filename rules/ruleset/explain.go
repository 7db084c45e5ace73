package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// Trace tells why a decision came out as it did. Where the safety gate
// answered, no table was asked and Tables is empty.
type Trace struct {
	Decision decision.Decision
	Tables   []TableTrace // mindset, sender, advice
	Needed   []fact.ID    // as of Set.Needed
}

// TableTrace holds the rows of one table that fitted or almost did, in the
// order they are asked. The default row is listed only where it decided.
type TableTrace struct {
	Table Table
	Rows  []RowTrace
}

// Fit is how near a row came.
type Fit uint8

const (
	Almost  Fit = iota // exactly one condition failed, and not that of another topic
	Fitted             // it fits, and a row before it decided
	Decided            // it fits and decided; of advice, it was given
)

func (f Fit) String() string { return [...]string{"almost", "fitted", "decided"}[f] }

// RowTrace is one row that fitted or almost did. What would have to hold for
// the latter is Failed: a comparison, or a group of which nothing held.
type RowTrace struct {
	Row    int32 // of Set.Row; of advice, of Set.Item
	Fit    Fit
	Failed *Condition // of Almost
	// Unknown tells that Failed may fail only because a fact is not known.
	Unknown bool
}

// Explain decides and tells why. It is for people and may take its time.
func (s *Set) Explain(f *fact.Facts, topic uint16) Trace {
	t := Trace{Decision: s.Decide(f, topic)}
	if s == nil || s.catalogue == nil || t.Decision.Sender == decision.Safety {
		return t
	}
	v := s.view(f, topic)
	mindset := s.explainTable(MindsetTable, &v, t.Decision.MindsetRow)
	v.set(fact.MindsetIs, int64(t.Decision.Mindset))
	sender := s.explainTable(SenderTable, &v, t.Decision.SenderRow)
	v.set(fact.SenderIs, int64(t.Decision.Sender))
	t.Tables = []TableTrace{mindset, sender, s.explainAdvice(&v, &t.Decision)}
	t.Needed = s.Needed(f, topic)
	return t
}

func (s *Set) explainTable(table Table, v *view, decided int32) TableTrace {
	out := TableTrace{Table: table}
	rows := s.tables[table]
	for i := range rows {
		r, near := v.trace(int32(i), rows[i].When)
		switch {
		case int32(i) == decided:
			r.Fit = Decided
		case !near || rows[i].Default:
			continue
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

// explainAdvice looks at the items of the topic and of the sender found.
func (s *Set) explainAdvice(v *view, d *decision.Decision) TableTrace {
	out := TableTrace{Table: AdviceTable}
	given := d.Advice()
	for i := range s.items {
		item := &s.items[i]
		if item.Sender != d.Sender || len(item.cubes) == 0 || !item.about(d.Topic) {
			continue
		}
		r, near := v.trace(int32(i), item.eligible)
		if !near {
			continue
		}
		for _, g := range given {
			if int(g) == i {
				r.Fit = Decided
			}
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func (i *Item) about(topic uint16) bool {
	for _, t := range i.Topics {
		if t == topic {
			return true
		}
	}
	return false
}

// trace reports whether a row fits or almost does.
func (v *view) trace(row int32, when *Condition) (RowTrace, bool) {
	if when == nil {
		return RowTrace{Row: row, Fit: Fitted}, true
	}
	fails, which := v.fails(when)
	switch fails {
	case 0:
		return RowTrace{Row: row, Fit: Fitted}, true
	case 1:
		if aboutTopic(which) {
			break
		}
		return RowTrace{Row: row, Fit: Almost, Failed: which, Unknown: v.lacks(which)}, true
	}
	return RowTrace{}, false
}

// aboutTopic reports whether a condition asks for nothing but another topic.
func aboutTopic(c *Condition) bool {
	for _, id := range c.reads() {
		if id != fact.Topic && id != fact.TopicKind {
			return false
		}
	}
	return true
}

// fails counts the conditions that keep c from holding, and names one. A group
// of which anything would do counts as its nearest member; where several are
// equally near it is named itself.
func (v *view) fails(c *Condition) (int, *Condition) {
	switch c.Op {
	case AllOf:
		sum, which := 0, c
		for _, x := range c.Of {
			if n, w := v.fails(x); n > 0 {
				sum, which = sum+n, w
			}
		}
		return sum, which
	case AnyOf:
		least, which, ties := int(^uint(0)>>1), c, 0
		for _, x := range c.Of {
			switch n, w := v.fails(x); {
			case n < least:
				least, which, ties = n, w, 1
			case n == least:
				ties++
			}
		}
		if ties > 1 {
			which = c
		}
		return least, which
	}
	if v.holds(c) {
		return 0, nil
	}
	return 1, c
}

// lacks reports whether c, or a member of it, asks for a fact that is unknown.
func (v *view) lacks(c *Condition) bool {
	lacks := false
	c.each(func(x *Condition) {
		if x.Column == fact.TiedBenefit {
			lacks = lacks || tieOf(v.f, v.benefits) >= lacksCoverage
			return
		}
		_, known := v.at(x.Column)
		lacks = lacks || !known
	})
	return lacks
}

// holds compares one fact with its constants.
func (v *view) holds(c *Condition) bool {
	raw, known := v.at(c.Column)
	if c.Op == Known {
		return known == (c.Values[0] == 1)
	}
	if !known {
		return false
	}
	switch c.Op {
	case IsNot:
		return raw != c.Values[0]
	case AtMost:
		return raw <= c.Values[0]
	case AtLeast:
		return raw >= c.Values[0]
	case Between:
		return c.Values[0] <= raw && raw <= c.Values[1]
	}
	return v.matches(c, raw)
}

// matches compares with a list of values: how many of them are met?
func (v *view) matches(c *Condition, raw int64) bool {
	met := 0
	for _, x := range c.Values {
		if (c.Op == Is || c.Op == IsAnyOf) && raw == x || c.Op >= IncludesAny && c.Op <= IncludesNone && raw>>x&1 == 1 {
			met++
		}
	}
	switch c.Op {
	case IncludesNone:
		return met == 0
	case IncludesAll:
		return met == len(c.Values)
	}
	return met > 0
}
