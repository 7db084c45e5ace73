package proof

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// model is a Set as the engines see it: a space whose points are questions
// (a member's facts, cut where some rule or guardrail cuts them, and a topic)
// together with their answers, and the cubes of points that cannot be, which
// tie the answers to the questions.
//
// Both tables are composed: beside the columns of facts there is one for each
// outcome and one for each table's first fitting cube, so that one question can
// speak of facts, topic, mindset and sender at once.
type model struct {
	set   *ruleset.Set
	space *Space
	// links are forbidden: what the definitions of derived columns, the safety
	// gate, the member's choice and the order of the rows rule out.
	links []Cube

	facts   []factColumn // by column number, for those that stand for a fact
	at      map[fact.ID]int
	element map[fact.ID]map[int]int // of set facts: position → column

	topic, tied, safe, mindset, sender int
	tables                             [2]tableColumns
	sizes                              []int
}

// factColumn is the column of a fact, or of one position of a set fact. Value 0
// of a fact's own column is unknown; a set fact's own column says no more.
type factColumn struct {
	id       fact.ID
	position int     // of a set fact's value; -1 for the fact's own column
	samples  []int64 // a raw value of each column value; samples[0] is of no meaning
}

// tableColumns is the row order of one table.
type tableColumns struct {
	first int   // the column that tells the first fitting cube
	row   []int // the row of each cube
	cubes []Cube
}

// newModel builds the model of a Set. Further cubes are those of questions that
// will be asked, so that the columns are cut where they cut.
func newModel(set *ruleset.Set, further ...[]ruleset.Cube) *model {
	m := &model{set: set, at: map[fact.ID]int{}, element: map[fact.ID]map[int]int{}}
	m.factColumns(m.literals(further))
	m.topic = m.column(len(set.Topics()))
	m.tied = m.column(2)
	m.safe = m.column(2)
	m.mindset = m.column(3)
	m.sender = m.column(4)
	for t := range m.tables {
		n := 0
		for _, r := range set.Rows(ruleset.Table(t)) {
			for _, c := range r.Cubes() {
				n += boxes(c)
			}
		}
		m.tables[t].first = m.column(n)
	}
	m.space = NewSpace(m.sizes)
	m.linkSets()
	m.linkTies()
	m.linkGate()
	m.linkRows(ruleset.MindsetTable)
	m.linkRows(ruleset.SenderTable)
	m.linkOutcomes()
	return m
}

// boxes bounds the cubes of the space that one cube of rules becomes.
func boxes(c ruleset.Cube) int {
	n := 1
	for _, l := range c {
		for _, any := range l.Any {
			n *= bits.OnesCount64(any)
		}
	}
	return n
}

func (m *model) column(size int) int {
	m.sizes = append(m.sizes, size)
	return len(m.sizes) - 1
}

// literals gathers all that is asked of each fact.
func (m *model) literals(further [][]ruleset.Cube) map[fact.ID][]ruleset.Literal {
	by := map[fact.ID][]ruleset.Literal{}
	add := func(cubes []ruleset.Cube) {
		for _, c := range cubes {
			for _, l := range c {
				by[l.Column] = append(by[l.Column], l)
			}
		}
	}
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for _, r := range m.set.Rows(t) {
			add(r.Cubes())
		}
	}
	for _, i := range m.set.Items() {
		add(i.Cubes())
	}
	for _, g := range m.set.Guardrails() {
		add(g.Cubes())
	}
	for _, cubes := range further {
		add(cubes)
	}
	for _, id := range []fact.ID{fact.TextRedFlag, fact.CallReason, fact.TextIntent, fact.MemberChoice, fact.CoverageStatus, fact.BenefitAvailable} {
		by[id] = append(by[id], ruleset.Literal{Column: id, Unknown: true})
	}
	by[fact.BPSystolic] = append(by[fact.BPSystolic], ruleset.Literal{Column: fact.BPSystolic, Ranges: []ruleset.Range{{From: 180, To: math.MaxInt64}}})
	return by
}

func (m *model) factColumns(literals map[fact.ID][]ruleset.Literal) {
	for _, id := range m.set.Catalogue().All() {
		asked, ok := literals[id]
		if id >= fact.MaxFacts || !ok {
			continue
		}
		d := m.set.Catalogue().Def(id)
		col := factColumn{id: id, position: -1, samples: []int64{0}}
		switch d.Kind {
		case fact.Set:
			col.samples = append(col.samples, 0)
		case fact.Int, fact.Decimal:
			col.samples = append(col.samples, intervals(asked, d)...)
		default:
			for v := range max(len(d.Values), 2) {
				col.samples = append(col.samples, int64(v))
			}
		}
		m.at[id] = m.column(len(col.samples))
		m.facts = append(m.facts, col)
		if d.Kind == fact.Set {
			m.elements(id, len(d.Values), asked)
		}
	}
}

// elements gives every position of a set fact that is asked about a column.
func (m *model) elements(id fact.ID, values int, asked []ruleset.Literal) {
	var mask uint64
	for _, l := range asked {
		mask |= l.None
		for _, any := range l.Any {
			mask |= any
		}
	}
	if id == fact.TextRedFlag || id == fact.BenefitAvailable {
		mask = math.MaxUint64
	}
	m.element[id] = map[int]int{}
	for p := range values {
		if mask>>p&1 == 1 {
			m.element[id][p] = m.column(2)
			m.facts = append(m.facts, factColumn{id: id, position: p, samples: []int64{0, 1}})
		}
	}
}

// intervals gives a value of each interval between the constants asked about,
// within the fact's own range.
func intervals(asked []ruleset.Literal, d *fact.Def) []int64 {
	starts := []int64{d.Min}
	for _, l := range asked {
		for _, r := range l.Ranges {
			for _, s := range []int64{r.From, r.To} {
				if s != math.MinInt64 && s != math.MaxInt64 {
					starts = append(starts, s)
				}
			}
			if r.To != math.MaxInt64 {
				starts = append(starts, r.To+1)
			}
		}
	}
	starts = slices.DeleteFunc(starts, func(s int64) bool { return s < d.Min || s > d.Max })
	slices.Sort(starts)
	return slices.Compact(starts)
}

// cubes turns a cube of rules into cubes of the space: several where a set fact
// must include any of several values.
func (m *model) cubes(c ruleset.Cube) []Cube {
	out := []map[int]Values{{}}
	for i := range c {
		out = m.meet(out, &c[i])
	}
	var cubes []Cube
	for _, sides := range out {
		if cube, ok := boxOf(sides); ok {
			cubes = append(cubes, cube)
		}
	}
	return cubes
}

// boxOf makes a cube of column restrictions, false if one allows nothing.
func boxOf(sides map[int]Values) (Cube, bool) {
	var c Cube
	for col, in := range sides {
		if in.First() < 0 {
			return nil, false
		}
		c = append(c, Side{col, in})
	}
	slices.SortFunc(c, func(a, b Side) int { return cmp.Compare(a.Col, b.Col) })
	return c, true
}

// meet narrows every box to what a literal asks.
func (m *model) meet(boxes []map[int]Values, l *ruleset.Literal) []map[int]Values {
	if _, set := m.element[l.Column]; set && !l.Unknown {
		return m.meetSet(boxes, l)
	}
	col, in := m.side(l)
	for _, b := range boxes {
		narrowBox(b, col, in)
	}
	return boxes
}

func (m *model) meetSet(boxes []map[int]Values, l *ruleset.Literal) []map[int]Values {
	known := m.at[l.Column]
	for _, b := range boxes {
		narrowBox(b, known, m.space.Of(known, 1))
		for p, col := range m.element[l.Column] {
			if l.None>>p&1 == 1 {
				narrowBox(b, col, m.space.Of(col, 0))
			}
		}
	}
	for _, any := range l.Any {
		var next []map[int]Values
		for _, p := range m.positions(l.Column) {
			if any>>p&1 == 0 {
				continue
			}
			col := m.element[l.Column][p]
			for _, b := range boxes {
				n := map[int]Values{}
				for k, v := range b {
					n[k] = v
				}
				narrowBox(n, col, m.space.Of(col, 1))
				next = append(next, n)
			}
		}
		boxes = next
	}
	return boxes
}

// positions lists the positions of a set fact that have columns, in order.
func (m *model) positions(id fact.ID) []int {
	var out []int
	for p := range m.element[id] {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

func narrowBox(b map[int]Values, col int, in Values) {
	if old, ok := b[col]; ok {
		both := slices.Clone(old)
		for i := range both {
			both[i] &= in[i]
		}
		in = both
	}
	b[col] = in
}

// side is a literal on a column that is no set.
func (m *model) side(l *ruleset.Literal) (int, Values) {
	switch l.Column {
	case fact.Topic:
		return m.topic, m.where(m.topic, func(v int) bool { return l.Holds(true, int64(v)) })
	case fact.TopicKind:
		return m.topic, m.kinds(func(kind int64) bool { return l.Holds(true, kind) })
	case fact.TiedBenefit:
		return m.tied, m.where(m.tied, func(v int) bool { return l.Holds(true, int64(v)) })
	case fact.MindsetIs:
		return m.mindset, m.where(m.mindset, func(v int) bool { return l.Holds(true, int64(v)) })
	case fact.SenderIs:
		return m.sender, m.where(m.sender, func(v int) bool { return l.Holds(true, int64(v)) })
	}
	col := m.at[l.Column]
	return col, m.where(col, func(v int) bool { return l.Holds(v > 0, m.facts[col].samples[v]) })
}

// where is the set of the values of a column for which ok holds.
func (m *model) where(col int, ok func(int) bool) Values {
	v := m.space.None(col)
	for x := range m.space.Size(col) {
		if ok(x) {
			v.Add(x)
		}
	}
	return v
}

// kinds is the set of the topics whose kind is ok.
func (m *model) kinds(ok func(kind int64) bool) Values {
	return m.where(m.topic, func(t int) bool {
		kind, _ := m.set.Catalogue().Value(fact.TopicKind, m.set.Topics()[t].Kind)
		return ok(int64(kind))
	})
}

// Question is a member's facts and a topic.
type Question struct {
	Facts fact.Facts
	Topic uint16
}

// question reads the facts and the topic of a point.
func (m *model) question(point []int) Question {
	q := Question{Topic: uint16(point[m.topic])}
	for col, f := range m.facts {
		v := point[col]
		switch {
		case v == 0:
		case f.position < 0:
			q.Facts.SetRaw(f.id, q.Facts.Raw(f.id)|f.samples[v])
		case point[m.at[f.id]] != 0:
			q.Facts.Add(f.id, f.position)
		}
	}
	return q
}

// agrees replays a point on the evaluator that serves members and reports
// whether it answers as the point says.
func (m *model) agrees(point []int, d decision.Decision) bool {
	return int(d.Mindset) == point[m.mindset] && int(d.Sender) == point[m.sender]
}
