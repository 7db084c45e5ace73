package ruleset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// maker makes random rule sets over a random choice of columns, and random
// questions that are likely to meet their constants.
type maker struct {
	*rand.Rand
	t         testing.TB
	catalogue *fact.Catalogue
	topics    []Topic
	pool      []fact.ID           // facts that the rules read
	constants map[fact.ID][]int64 // of Int and Decimal facts
}

func newMaker(t testing.TB, seed uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, constants: map[fact.ID][]int64{}}
	var topics []string
	for i := range 4 + m.IntN(14) {
		topics = append(topics, fmt.Sprintf("topic_%d", i))
	}
	benefits := numbered("benefit", 3+m.IntN(20))
	c, err := fact.NewCatalogue(map[string][]string{"topic": topics, "opt_out_topics": topics, "benefit_available": benefits, "advice_benefit": benefits,
		"chronic_dx": numbered("dx", 2+m.IntN(62)), "care_gap": numbered("gap", 5), "page_group": numbered("page", 9), "call_reason": numbered("reason", 80)},
		[]fact.Def{{Name: "own_points", Kind: fact.Int, Min: -50, Max: 50, Unit: "points", MaxAge: fact.Contact, Readers: fact.ByRules}})
	if err != nil {
		t.Fatal(err)
	}
	m.catalogue = c
	kinds := c.Def(fact.TopicKind).Values
	for i, id := range topics {
		k := m.IntN(len(kinds))
		topic := Topic{ID: id, Kind: kinds[k], kind: int64(k)}
		for b := range benefits {
			if m.IntN(len(benefits)) < i%4 {
				topic.Benefits, topic.benefits = append(topic.Benefits, benefits[b]), topic.benefits|1<<b
			}
		}
		m.topics = append(m.topics, topic)
	}
	for _, id := range c.All() {
		if c.Def(id).ReadBy(fact.ByRules) && id < fact.MaxFacts && m.IntN(3) > 0 {
			m.pool = append(m.pool, id)
		}
	}
	return m
}

func numbered(word string, n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("%s_%d", word, i))
	}
	return out
}

// set makes a rule set with about n rules in each table.
func (m *maker) set(n int) *Set {
	s := &Set{catalogue: m.catalogue, topics: m.topics}
	for t, reader := range []fact.Readers{fact.ByMindset, fact.BySender} {
		for i := range n {
			r := Row{ID: fmt.Sprint(i), Table: Table(t), Outcome: uint8(m.IntN(3))}
			r.When, r.cubes = m.rule(reader, nil)
			s.tables[t] = append(s.tables[t], r)
		}
		s.tables[t] = append(s.tables[t], Row{ID: "default", Table: Table(t), Outcome: uint8(m.IntN(3)), Default: true, cubes: []Cube{{}}})
	}
	for i := range 1 + m.IntN(60) {
		item := Item{ID: fmt.Sprintf("item_%d", i), Sender: decision.Sender(m.IntN(3))}
		for _, topic := range m.Perm(len(m.topics))[:1+m.IntN(len(m.topics))] {
			item.Topics = append(item.Topics, uint16(topic))
		}
		tie := &Condition{Op: AllOf}
		if m.IntN(2) == 0 {
			b := m.IntN(len(m.catalogue.Def(fact.BenefitAvailable).Values))
			item.Benefit = m.catalogue.Def(fact.BenefitAvailable).Values[b]
			tie.Of = []*Condition{{Op: Is, Column: fact.CoverageStatus, Values: []int64{0}}, {Op: IncludesAny, Column: fact.BenefitAvailable, Values: []int64{int64(b)}}}
		}
		if m.IntN(2) == 0 {
			item.When, _ = m.rule(fact.ByAdvice, nil)
			tie.Of = append(tie.Of, item.When)
		}
		item.eligible = tie
		if item.Sender != decision.Nobody {
			item.cubes = m.cubes(item.whole())
		}
		s.items = append(s.items, item)
	}
	s.compiled = compile(s)
	return s
}

func (m *maker) cubes(c *Condition) []Cube {
	cubes, err := (&multiplier{m.catalogue, m.topics}).cubes(c)
	if err != nil {
		m.t.Fatal(err)
	}
	return cubes
}

// rule makes a condition that does not multiply out too far.
func (m *maker) rule(reader fact.Readers, extra *Condition) (*Condition, []Cube) {
	for {
		c := &Condition{Op: AllOf}
		if extra != nil {
			c.Of = append(c.Of, extra)
		}
		for range 1 + m.IntN(5) {
			c.Of = append(c.Of, m.condition(reader, 1))
		}
		if cubes, err := (&multiplier{m.catalogue, m.topics}).cubes(c); err == nil {
			return c, cubes
		}
	}
}

func (m *maker) condition(reader fact.Readers, depth int) *Condition {
	if depth < maxDepth && m.IntN(6) == 0 {
		c := &Condition{Op: AllOf + Op(m.IntN(2))}
		for range 1 + m.IntN(3) {
			c.Of = append(c.Of, m.condition(reader, depth+1))
		}
		return c
	}
	derived := []fact.ID{fact.Topic, fact.TopicKind, fact.TiedBenefit, fact.MindsetIs}
	for {
		id := m.pool[m.IntN(len(m.pool))]
		if m.IntN(3) == 0 {
			id = derived[m.IntN(len(derived))]
		}
		if m.catalogue.Def(id).ReadBy(reader) {
			return m.comparison(id)
		}
	}
}

func (m *maker) comparison(id fact.ID) *Condition {
	d := m.catalogue.Def(id)
	fitting := operators[d.Kind]
	c := &Condition{Op: fitting[m.IntN(len(fitting))], Column: id}
	for c.Op == Known && id >= fact.MaxFacts {
		c.Op = fitting[m.IntN(len(fitting))]
	}
	switch {
	case c.Op == Known, d.Kind == fact.Bool:
		c.Values = []int64{m.Int64N(2)}
	case d.Kind == fact.Int, d.Kind == fact.Decimal:
		c.Values = []int64{m.number(id, d)}
		if c.Op == Between {
			c.Values = append(c.Values, m.number(id, d))
			slices.Sort(c.Values)
		}
	default:
		n := 1
		if c.Op == IsAnyOf || d.Kind == fact.Set {
			n = 1 + m.IntN(min(4, len(d.Values)))
		}
		for _, v := range m.Perm(len(d.Values))[:n] {
			c.Values = append(c.Values, int64(v))
		}
	}
	return c
}

func (m *maker) number(id fact.ID, d *fact.Def) int64 {
	v := d.Min + m.Int64N(d.Max-d.Min+1)
	if known := m.constants[id]; len(known) > 3 {
		v = known[m.IntN(len(known))]
	}
	m.constants[id] = append(m.constants[id], v)
	return v
}

// question makes facts and a topic. Flags are rare, or nothing but safety would
// be tried.
func (m *maker) question() (fact.Facts, uint16) {
	var f fact.Facts
	for _, id := range m.pool {
		m.fill(&f, id)
	}
	for _, id := range []fact.ID{fact.BenefitAvailable, fact.CoverageStatus} {
		m.fill(&f, id)
	}
	if m.IntN(8) == 0 {
		m.fill(&f, fact.MemberChoice)
	}
	if m.IntN(20) == 0 {
		m.fill(&f, fact.TextRedFlag)
	}
	return f, uint16(m.IntN(len(m.topics) + 1))
}

func (m *maker) fill(f *fact.Facts, id fact.ID) {
	d := m.catalogue.Def(id)
	f.Forget(id)
	if m.IntN(4) == 0 {
		return
	}
	switch d.Kind {
	case fact.Bool:
		f.SetRaw(id, m.Int64N(2))
	case fact.Enum:
		f.SetRaw(id, m.Int64N(int64(len(d.Values))))
	case fact.Set:
		f.SetRaw(id, int64(m.Uint64()&m.Uint64()&(1<<(len(d.Values)-1)<<1-1)))
	default:
		v := d.Min + m.Int64N(d.Max-d.Min+1)
		if known := m.constants[id]; len(known) > 0 && m.IntN(4) > 0 {
			v = min(max(known[m.IntN(len(known))]+m.Int64N(3)-1, d.Min), d.Max)
		}
		f.SetRaw(id, v)
	}
}
