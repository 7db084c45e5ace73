package proof

import (
	"cmp"
	"math"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// world is what can be known about a member and asked by one, as far as the
// rules of some Sets can tell it apart. Facts, values and topics of different
// Sets are the same if they have the same names.
type world struct {
	facts  []*factCuts
	byKey  map[string]*factCuts
	topics []string
}

// factCuts is one fact and where rules cut it.
type factCuts struct {
	key     string // name, kind and unit
	kind    fact.Kind
	values  []string     // of Bool, Enum and Set
	asked   map[int]bool // of Set: the positions that are asked about
	least   int64        // of Int and Decimal
	most    int64
	starts  []int64
	samples []int64 // of Int and Decimal, by column value: a number of each interval; the first is of no meaning
}

// lens is how one Set sees the world.
type lens struct {
	set    *ruleset.Set
	facts  map[fact.ID]*seenFact
	topics []int // by the world's topic: the Set's own, -1 if it has none such
}

// seenFact relates the positions of a Set's values to those of the world.
type seenFact struct {
	*factCuts
	world []int // by own position
	own   []int // by the world's position; -1 where the Set has no such value
}

// newWorld gathers what the rules of all sets ask. The lenses are in the order
// of the sets.
func newWorld(sets ...*ruleset.Set) (*world, []*lens) {
	w := &world{byKey: map[string]*factCuts{}}
	lenses := make([]*lens, len(sets))
	for i, set := range sets {
		l := &lens{set: set, facts: map[fact.ID]*seenFact{}}
		for id, literals := range literals(set) {
			if id < fact.MaxFacts {
				l.facts[id] = w.see(set.Catalogue().Def(id), literals)
			}
		}
		for i := range set.Topics() {
			if id := set.Topics()[i].ID; !slices.Contains(w.topics, id) {
				w.topics = append(w.topics, id)
			}
		}
		lenses[i] = l
	}
	if len(w.topics) == 0 {
		w.topics = []string{""} // a Set without topics is asked about no topic
	}
	for _, l := range lenses {
		l.finish(w)
	}
	for _, f := range w.facts {
		f.cut()
	}
	slices.SortFunc(w.facts, func(a, b *factCuts) int { return cmp.Compare(a.key, b.key) })
	return w, lenses
}

// literals gathers all that a Set asks of each column, and what the safety gate
// and the definitions ask.
func literals(set *ruleset.Set) map[fact.ID][]*ruleset.Literal {
	by := map[fact.ID][]*ruleset.Literal{}
	add := func(cubes []ruleset.Cube) {
		for _, c := range cubes {
			for i := range c {
				by[c[i].Column] = append(by[c[i].Column], &c[i])
			}
		}
	}
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i := range set.Rows(t) {
			add(set.Rows(t)[i].Cubes())
		}
	}
	for i := range set.Items() {
		add(set.Items()[i].Cubes())
	}
	for i := range set.Guardrails() {
		add(set.Guardrails()[i].Cubes())
	}
	for i := range set.Premises() {
		add(set.Premises()[i].Cubes())
	}
	for _, id := range []fact.ID{fact.CallReason, fact.TextIntent, fact.MemberChoice, fact.CoverageStatus} {
		by[id] = append(by[id], &ruleset.Literal{Column: id, Unknown: true})
	}
	for _, id := range []fact.ID{fact.TextRedFlag, fact.BenefitAvailable} {
		by[id] = append(by[id], &ruleset.Literal{Column: id, None: math.MaxUint64})
	}
	by[fact.BPSystolic] = append(by[fact.BPSystolic], &ruleset.Literal{Column: fact.BPSystolic, Ranges: []ruleset.Range{{From: crisisPressure, To: math.MaxInt64}}})
	return by
}

// see adds what a Set asks of a fact to the world.
func (w *world) see(d *fact.Def, literals []*ruleset.Literal) *seenFact {
	key := d.Name + " " + d.Kind.String() + " " + d.Unit
	f := w.byKey[key]
	if f == nil {
		f = &factCuts{key: key, kind: d.Kind, least: d.Min, most: d.Max, asked: map[int]bool{}}
		w.byKey[key] = f
		w.facts = append(w.facts, f)
	}
	f.least, f.most = min(f.least, d.Min), max(f.most, d.Max)
	s := &seenFact{factCuts: f}
	values := d.Values
	if d.Kind == fact.Bool {
		values = []string{"false", "true"}
	}
	for _, v := range values {
		i := slices.Index(f.values, v)
		if i < 0 {
			i = len(f.values)
			f.values = append(f.values, v)
		}
		s.world = append(s.world, i)
	}
	for _, l := range literals {
		s.ask(l)
	}
	return s
}

// ask notes where a literal cuts the fact.
func (s *seenFact) ask(l *ruleset.Literal) {
	mask := l.None
	for _, any := range l.Any {
		mask |= any
	}
	for p, i := range s.world {
		if s.kind == fact.Set && mask>>p&1 == 1 {
			s.asked[i] = true
		}
	}
	if s.kind != fact.Int && s.kind != fact.Decimal {
		return
	}
	for _, r := range l.Ranges {
		s.starts = append(s.starts, r.From)
		if r.To != math.MaxInt64 {
			s.starts = append(s.starts, r.To+1)
		}
	}
}

// cut makes an interval of all that lies between two constants, within the
// fact's own range.
func (f *factCuts) cut() {
	if f.kind != fact.Int && f.kind != fact.Decimal {
		return
	}
	f.starts = append(f.starts, f.least)
	slices.Sort(f.starts)
	f.samples = []int64{0}
	for _, s := range slices.Compact(f.starts) {
		if f.least <= s && s <= f.most {
			f.samples = append(f.samples, s)
		}
	}
}

// size is the number of column values: unknown, and one for each value or
// interval. The own column of a set says only whether it is known.
func (f *factCuts) size() int {
	switch f.kind {
	case fact.Set:
		return 2
	case fact.Int, fact.Decimal:
		return len(f.samples)
	}
	return len(f.values) + 1
}

// finish inverts what the Set's positions stand for.
func (l *lens) finish(w *world) {
	for _, s := range l.facts {
		s.own = invert(s.world, len(s.values))
	}
	world := make([]int, len(l.set.Topics()))
	for i := range world {
		world[i] = slices.Index(w.topics, l.set.Topics()[i].ID)
	}
	l.topics = invert(world, len(w.topics))
}

func invert(to []int, n int) []int {
	from := make([]int, n)
	for i := range from {
		from[i] = -1
	}
	for i, x := range to {
		from[x] = i
	}
	return from
}

// raw is what a Set sees of the value v of a fact's column; a value it has no
// name for is unknown to it.
func (s *seenFact) raw(v int) (known bool, raw int64) {
	switch {
	case v == 0:
		return false, 0
	case s.samples != nil:
		return true, s.samples[v]
	}
	own := s.own[v-1]
	return own >= 0, int64(max(own, 0))
}
