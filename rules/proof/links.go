package proof

import (
	"encoding/binary"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// crisisPressure is the upper blood pressure at which rules/safety takes a
// complaint for an emergency.
const crisisPressure = 180

// linkPremises rules out members who cannot be.
func (a *answer) linkPremises() {
	for i := range a.set.Premises() {
		for _, c := range a.cubesOf(a.set.Premises()[i].Cubes()) {
			a.forbid(defines, c...)
		}
	}
}

// linkTies defines tied_benefit: coverage is active and the member has a
// benefit that the topic is tied to.
func (a *answer) linkTies() {
	active, benefits := a.value(fact.CoverageStatus, fact.CoverageActive), a.facts[fact.BenefitAvailable]
	a.forbid(defines, a.is(a.tied, 1), a.without(active))
	for v, t := range a.topics {
		none := []Side{a.is(a.tied, 1), a.is(a.topic, v)}
		if t >= 0 {
			for _, b := range a.set.Topics()[t].Benefits {
				p, _ := a.set.Catalogue().Value(fact.BenefitAvailable, b)
				col := a.element[benefits.factCuts][benefits.world[p]]
				a.forbid(defines, a.is(a.tied, 0), a.is(a.topic, v), active, a.is(col, 1))
				none = append(none, a.is(col, 0))
			}
		}
		a.forbid(defines, none...)
	}
}

// linkGate defines the safety gate as rules/safety has it.
func (a *answer) linkGate() {
	pressure := a.facts[fact.BPSystolic]
	high := a.where(a.fact[pressure.factCuts], func(v int) bool {
		known, raw := pressure.raw(v)
		return known && raw >= crisisPressure
	})
	symptom := a.value(fact.TextIntent, fact.IntentSymptom)
	open := a.is(a.safe, 0)
	quiet := []Side{a.is(a.safe, 1)}
	for _, sign := range []Side{
		a.kinds(func(k int64) bool { return k == fact.KindEmergency }),
		a.value(fact.CallReason, fact.BehavioralCallNow),
		a.value(fact.TextIntent, fact.IntentCrisis),
	} {
		a.forbid(defines, open, sign)
		quiet = append(quiet, a.without(sign))
	}
	flags := a.facts[fact.TextRedFlag]
	for _, p := range flags.world {
		flag := a.element[flags.factCuts][p]
		a.forbid(defines, open, a.is(flag, 1))
		quiet = append(quiet, a.is(flag, 0))
	}
	a.forbid(defines, open, high, symptom)
	a.forbid(defines, append(quiet[:len(quiet):len(quiet)], a.without(symptom))...)
	a.forbid(defines, append(quiet[:len(quiet):len(quiet)], a.without(high))...)
}

// readTable turns the rows of a table into cubes.
func (a *answer) readTable(t ruleset.Table) {
	table := &a.tables[t]
	for i := range a.set.Rows(t) {
		for _, c := range a.cubesOf(a.set.Rows(t)[i].Cubes()) {
			table.cubes, table.row = append(table.cubes, c), append(table.row, i)
		}
	}
}

// linkTable defines the column of a table's first cube: it is no later than any
// cube that the member is in, and the member is in it.
func (a *answer) linkTable(t ruleset.Table) {
	table := &a.tables[t]
	n := len(table.cubes)
	table.first = a.space.grow(n)
	for i, c := range table.cubes[:n-1] {
		later := a.space.All(table.first)
		clear(later[:(i+1)/64])
		later[(i+1)/64] &^= 1<<((i+1)%64) - 1
		cube := append(c[:len(c):len(c)], Side{table.first, later})
		a.links = append(a.links, link{cube: cube, says: orders, order: table, row: table.row[i]})
	}
	a.linkMisses(table)
}

// linkMisses says of each value of a column which cubes a member with that
// value is not in. Values that rule out the same cubes share a link.
func (a *answer) linkMisses(table *table) {
	misses := a.misses(table)
	for col := range a.space.Columns() {
		alike := map[string]Values{}
		var keys []string
		for v, out := range misses[col] {
			key := bytesOf(out)
			if alike[key] == nil {
				alike[key] = a.space.None(col)
				keys = append(keys, key)
			}
			alike[key].Add(v)
		}
		for _, key := range keys {
			in := alike[key]
			if c, ok := cubeOf(Side{col, in}, Side{table.first, misses[col][in.First()]}); ok {
				a.links = append(a.links, link{cube: c, says: orders, order: table, row: -1})
			}
		}
	}
}

// misses lists by column and value the cubes that the value rules out.
func (a *answer) misses(table *table) map[int][]Values {
	misses := map[int][]Values{}
	for i, c := range table.cubes {
		for _, s := range c {
			if misses[s.Col] == nil {
				misses[s.Col] = make([]Values, a.space.Size(s.Col))
				for v := range misses[s.Col] {
					misses[s.Col][v] = a.space.None(table.first)
				}
			}
			for v, out := range misses[s.Col] {
				if !s.In.Has(v) {
					out.Add(i)
				}
			}
		}
	}
	return misses
}

func bytesOf(v Values) string {
	var b []byte
	for _, w := range v {
		b = binary.NativeEndian.AppendUint64(b, w)
	}
	return string(b)
}
