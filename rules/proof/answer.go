package proof

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// answer is the columns of what one Set says to one member: both tables are
// composed, so that one question can speak of facts, topic, mindset and sender
// at once.
type answer struct {
	*member
	*lens
	tied, safe, mindset, sender int
	tables                      [2]table
	items                       [][]Cube    // by item: who fits it
	fitting                     map[int]int // by item, as far as asked for: the column that tells which of those cubes the member is in
}

// table is the order of one table's rows.
type table struct {
	first int    // the column that tells the first cube the member is in
	cubes []Cube // of all rows, in order
	row   []int  // by cube
}

// answer adds the columns of what a Set answers to a member. Where it is plain
// that the Set defines something like another one does, both share its columns:
// it is then no question whether they differ.
func (m *model) answer(b *member, l *lens, like *answer) *answer {
	a := &answer{member: b, lens: l, fitting: map[int]int{}, mindset: -1, sender: -1}
	a.linkPremises()
	if like != nil && a.sameTies(like) {
		a.tied = like.tied
	} else {
		a.tied = m.space.grow(2)
		a.linkTies()
	}
	if like != nil && a.sameKinds(like) {
		a.safe = like.safe
	} else {
		a.safe = m.space.grow(2)
		a.linkGate()
	}
	a.readTable(ruleset.MindsetTable)
	if like != nil && a.safe == like.safe && a.sameRows(like, ruleset.MindsetTable) {
		a.mindset, a.tables[ruleset.MindsetTable].first = like.mindset, like.tables[ruleset.MindsetTable].first
	} else {
		a.mindset = m.space.grow(3)
		a.linkTable(ruleset.MindsetTable)
		a.linkMindset()
	}
	a.sender = m.space.grow(4)
	a.readTable(ruleset.SenderTable)
	a.linkTable(ruleset.SenderTable)
	a.linkSender()
	for i := range l.set.Items() {
		a.items = append(a.items, a.cubesOf(l.set.Items()[i].Cubes()))
	}
	return a
}

// cube turns a cube of rules into one of the space; false if nobody meets it.
func (a *answer) cube(c ruleset.Cube) (Cube, bool) {
	sides := make([]Side, 0, len(c))
	for i := range c {
		sides = a.sides(sides, &c[i])
	}
	return cubeOf(sides...)
}

// cubesOf turns a union of cubes.
func (a *answer) cubesOf(cubes []ruleset.Cube) []Cube {
	var out []Cube
	for _, rc := range cubes {
		if c, ok := a.cube(rc); ok {
			out = append(out, c)
		}
	}
	return out
}

// sides appends what a literal asks.
func (a *answer) sides(to []Side, l *ruleset.Literal) []Side {
	derived := func(v int) bool { return l.Holds(true, int64(v)) }
	switch l.Column {
	case fact.Topic:
		return append(to, a.where(a.topic, func(v int) bool { return l.Holds(a.topics[v] >= 0, int64(a.topics[v])) }))
	case fact.TopicKind:
		return append(to, a.kinds(func(kind int64) bool { return l.Holds(true, kind) }))
	case fact.TiedBenefit:
		return append(to, a.where(a.tied, derived))
	case fact.MindsetIs:
		return append(to, a.where(a.mindset, derived))
	case fact.SenderIs:
		return append(to, a.where(a.sender, derived))
	}
	s := a.facts[l.Column]
	if s.kind != fact.Set {
		return append(to, a.where(a.fact[s.factCuts], func(v int) bool { return l.Holds(s.raw(v)) }))
	}
	if l.Unknown {
		return append(to, a.is(a.fact[s.factCuts], 0))
	}
	return a.setSides(to, s, l)
}

func (a *answer) setSides(to []Side, s *seenFact, l *ruleset.Literal) []Side {
	to = append(to, a.is(a.fact[s.factCuts], 1))
	for _, any := range l.Any {
		to = append(to, a.is(a.includesAny(s.factCuts, s.positions(any)), 1))
	}
	if l.None != 0 {
		to = append(to, a.is(a.includesAny(s.factCuts, s.positions(l.None)), 0))
	}
	return to
}

// positions lists the world's positions for a mask of own ones.
func (s *seenFact) positions(mask uint64) []int {
	var out []int
	for p, i := range s.world {
		if mask>>p&1 == 1 {
			out = append(out, i)
		}
	}
	return out
}

// kinds restricts the topic to those whose kind is ok.
func (a *answer) kinds(ok func(kind int64) bool) Side {
	return a.where(a.topic, func(v int) bool {
		if a.topics[v] < 0 {
			return false
		}
		kind, _ := a.set.Catalogue().Value(fact.TopicKind, a.set.Topics()[a.topics[v]].Kind)
		return ok(int64(kind))
	})
}

// value restricts an enum fact to some of its raw values.
func (a *answer) value(id fact.ID, raws ...int64) Side {
	s := a.facts[id]
	return a.where(a.fact[s.factCuts], func(v int) bool {
		known, raw := s.raw(v)
		for _, r := range raws {
			if known && raw == r {
				return true
			}
		}
		return false
	})
}

func (a *answer) without(s Side) Side { return Side{s.Col, a.space.Not(s.Col, s.In)} }

// chose restricts the member's choice to one that stands in for the mindset
// table.
func (a *answer) chose() Side {
	return a.value(fact.MemberChoice, fact.ChoicePatient, fact.ChoiceConsumer)
}

// asked is what must hold for a table to be asked at all.
func (a *answer) asked(t ruleset.Table) []Side {
	s := []Side{a.is(a.safe, 0)}
	if t == ruleset.MindsetTable {
		s = append(s, a.without(a.chose()))
	}
	return s
}

// rows restricts a table's first cube to those of some rows.
func (a *answer) rows(t ruleset.Table, ok func(row *ruleset.Row, i int) bool) Side {
	table, rows := &a.tables[t], a.set.Rows(t)
	return a.where(table.first, func(v int) bool { return v < len(table.row) && ok(&rows[table.row[v]], table.row[v]) })
}

// linkMindset defines the mindset: the gate first, then the member's choice,
// then the table.
func (a *answer) linkMindset() {
	open := a.is(a.safe, 0)
	a.forbid(answers, a.is(a.safe, 1), a.not(a.mindset, int(decision.Patient)))
	a.forbid(answers, open, a.value(fact.MemberChoice, fact.ChoicePatient), a.not(a.mindset, int(decision.Patient)))
	a.forbid(answers, open, a.value(fact.MemberChoice, fact.ChoiceConsumer), a.not(a.mindset, int(decision.Consumer)))
	for o := range 3 {
		a.forbid(answers, open, a.without(a.chose()), a.outcome(ruleset.MindsetTable, o), a.not(a.mindset, o))
	}
}

// linkSender defines the sender: the gate first, then the table.
func (a *answer) linkSender() {
	a.forbid(answers, a.is(a.safe, 1), a.not(a.sender, int(decision.Safety)))
	for o := range 4 {
		a.forbid(answers, a.is(a.safe, 0), a.outcome(ruleset.SenderTable, o), a.not(a.sender, o))
	}
}

// outcome restricts a table's first cube to those of rows with an outcome.
func (a *answer) outcome(t ruleset.Table, o int) Side {
	return a.rows(t, func(r *ruleset.Row, _ int) bool { return int(r.Outcome) == o })
}
