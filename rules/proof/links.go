package proof

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// forbid adds a cube of points that cannot be.
func (m *model) forbid(sides ...Side) {
	box := map[int]Values{}
	for _, s := range sides {
		narrowBox(box, s.Col, s.In)
	}
	if c, ok := boxOf(box); ok {
		m.links = append(m.links, c)
	}
}

// is restricts a column to some values, not to all others.
func (m *model) is(col int, values ...int) Side { return Side{col, m.space.Of(col, values...)} }

func (m *model) not(col int, values ...int) Side {
	return Side{col, m.space.Not(col, m.space.Of(col, values...))}
}

// known is the column value of a fact's raw value.
func known(raw int64) int { return int(raw) + 1 }

// linkSets says that an unknown set includes nothing.
func (m *model) linkSets() {
	for _, id := range m.set.Catalogue().All() {
		for _, p := range m.positions(id) {
			m.forbid(m.is(m.at[id], 0), m.is(m.element[id][p], 1))
		}
	}
}

// linkTies defines tied_benefit: coverage is active and the member has a
// benefit that the topic is tied to.
func (m *model) linkTies() {
	active := known(fact.CoverageActive)
	m.forbid(m.is(m.tied, 1), m.not(m.at[fact.CoverageStatus], active))
	for t, topic := range m.set.Topics() {
		none := []Side{m.is(m.tied, 1), m.is(m.topic, t)}
		for _, b := range topic.Benefits {
			p, _ := m.set.Catalogue().Value(fact.BenefitAvailable, b)
			col := m.element[fact.BenefitAvailable][p]
			m.forbid(m.is(m.tied, 0), m.is(m.topic, t), m.is(m.at[fact.CoverageStatus], active), m.is(col, 1))
			none = append(none, m.is(col, 0))
		}
		m.forbid(none...)
	}
}

// linkGate defines the safety gate of rules/safety.
func (m *model) linkGate() {
	call, intent, pressure := m.at[fact.CallReason], m.at[fact.TextIntent], m.at[fact.BPSystolic]
	behavioural, symptom, crisis := known(fact.BehavioralCallNow), known(fact.IntentSymptom), known(fact.IntentCrisis)
	high := Side{pressure, m.where(pressure, func(v int) bool { return v > 0 && m.facts[pressure].samples[v] >= 180 })}
	emergency := Side{m.topic, m.kinds(func(k int64) bool { return k == fact.KindEmergency })}

	open := m.is(m.safe, 0)
	m.forbid(open, emergency)
	m.forbid(open, m.is(call, behavioural))
	m.forbid(open, m.is(intent, crisis))
	m.forbid(open, high, m.is(intent, symptom))
	quiet := []Side{m.is(m.safe, 1), {m.topic, m.space.Not(m.topic, emergency.In)}, m.not(call, behavioural), m.not(intent, crisis)}
	for _, p := range m.positions(fact.TextRedFlag) {
		flag := m.element[fact.TextRedFlag][p]
		m.forbid(open, m.is(flag, 1))
		quiet = append(quiet, m.is(flag, 0))
	}
	m.forbid(append(quiet[:len(quiet):len(quiet)], m.not(intent, symptom))...)
	m.forbid(append(quiet[:len(quiet):len(quiet)], Side{pressure, m.space.Not(pressure, high.In)})...)
}

// linkRows defines the column of a table's first fitting cube: it is no later
// than any cube that fits, and it fits.
func (m *model) linkRows(t ruleset.Table) {
	table := &m.tables[t]
	for r, row := range m.set.Rows(t) {
		for _, c := range row.Cubes() {
			for _, cube := range m.cubes(c) {
				table.cubes = append(table.cubes, cube)
				table.row = append(table.row, r)
			}
		}
	}
	for i, cube := range table.cubes {
		later := Side{table.first, m.where(table.first, func(v int) bool { return v > i })}
		m.forbid(append([]Side{later}, cube...)...)
		for _, s := range cube {
			m.forbid(m.is(table.first, i), Side{s.Col, m.space.Not(s.Col, s.In)})
		}
	}
}

// outcomes is the set of first cubes of table t whose row has an outcome.
func (m *model) outcomes(t ruleset.Table, outcome uint8) Side {
	table := &m.tables[t]
	return Side{table.first, m.where(table.first, func(v int) bool {
		return v < len(table.row) && m.set.Rows(t)[table.row[v]].Outcome == outcome
	})}
}

// linkOutcomes defines mindset and sender: the gate first, then the member's
// choice, then the tables.
func (m *model) linkOutcomes() {
	choice := m.at[fact.MemberChoice]
	patient, consumer := known(fact.ChoicePatient), known(fact.ChoiceConsumer)
	open := m.is(m.safe, 0)
	m.forbid(m.is(m.safe, 1), m.not(m.mindset, int(decision.Patient)))
	m.forbid(m.is(m.safe, 1), m.not(m.sender, int(decision.Safety)))
	m.forbid(open, m.is(choice, patient), m.not(m.mindset, int(decision.Patient)))
	m.forbid(open, m.is(choice, consumer), m.not(m.mindset, int(decision.Consumer)))
	for o := range 3 {
		m.forbid(open, m.not(choice, patient, consumer), m.outcomes(ruleset.MindsetTable, uint8(o)), m.not(m.mindset, o))
	}
	for o := range 4 {
		m.forbid(open, m.outcomes(ruleset.SenderTable, uint8(o)), m.not(m.sender, o))
	}
}
