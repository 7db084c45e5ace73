package decisionlog

import (
	"math/bits"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// gap is something that a Set reads and the schema had no name for: a fact, or
// values of a set.
type gap struct {
	name   string
	id     fact.ID
	adds   bool    // could are values beside those that are known
	could  []int64 // what it could have been, nothing and unknown left out
	topics []bool  // by topic of the Set: whether a rule of it reads this
}

// maxCombinations bounds how many members are tried in place of one.
const maxCombinations = 64

// findGaps lists what the Set reads and the schema has no name for.
func (t *Translator) findGaps(s *Schema) {
	for _, col := range t.set.Columns() {
		if col.ID >= fact.MaxFacts {
			continue
		}
		at := slices.IndexFunc(t.facts, func(x translation) bool { return x.kind != 0 && x.id == col.ID })
		g := gap{name: t.set.Catalogue().Def(col.ID).Name, id: col.ID}
		switch {
		case at < 0 && col.Samples != nil:
			g.could = col.Samples[1:]
		case at < 0:
			g.could = append(subsets(col.Mentioned), 0)
		case col.Samples == nil:
			g.adds, g.could = true, subsets(t.mentioned(&col)&^named(&t.facts[at]))
		}
		if len(g.could) > 0 {
			g.topics = t.readers(col.ID)
			t.gaps = append(t.gaps, g)
		}
	}
	t.tiedGap(s)
}

// mentioned are the values of a set fact that rules name, or that tie a topic to
// the plan.
func (t *Translator) mentioned(col *ruleset.Column) uint64 {
	out := col.Mentioned
	if col.ID == fact.BenefitAvailable {
		out |= t.tied()
	}
	return out
}

// tied are the benefits of all topics.
func (t *Translator) tied() (out uint64) {
	for _, topic := range t.set.Topics() {
		for _, b := range topic.Benefits {
			if at, ok := t.set.Catalogue().Value(fact.BenefitAvailable, b); ok {
				out |= 1 << at
			}
		}
	}
	return out
}

// tiedGap is the gap of benefits in a Set that reads them through the tie only.
func (t *Translator) tiedGap(s *Schema) {
	if slices.ContainsFunc(t.set.Columns(), func(c ruleset.Column) bool { return c.ID == fact.BenefitAvailable }) {
		return // looked at already
	}
	for i := range s.Facts {
		if x := &t.facts[i]; x.kind != 0 && x.id == fact.BenefitAvailable {
			if could := subsets(t.tied() &^ named(x)); len(could) > 0 {
				t.gaps = append(t.gaps, gap{s.Facts[i].Name, x.id, true, could, t.readers(x.id)})
			}
		}
	}
}

// named are the values that the schema had names for.
func named(x *translation) (out uint64) {
	for _, at := range x.values {
		if at >= 0 {
			out |= 1 << at
		}
	}
	return out
}

// subsets lists the sets of some values, the empty one left out; of many values
// only each by itself and all together.
func subsets(values uint64) (out []int64) {
	if bits.OnesCount64(values) > 4 {
		for rest := values; rest != 0; rest &= rest - 1 {
			out = append(out, int64(rest&-rest))
		}
		return append(out, int64(values))
	}
	for sub := values; sub != 0; sub = (sub - 1) & values {
		out = append(out, int64(sub))
	}
	return out
}

// readers says for each topic whether some rule or item that can fit it reads a
// fact, by name or through the tie to a benefit.
func (t *Translator) readers(id fact.ID) []bool {
	out := make([]bool, len(t.set.Topics()))
	mark := func(cubes []ruleset.Cube) {
		for _, c := range cubes {
			reads := slices.ContainsFunc(c, func(l ruleset.Literal) bool {
				return l.Column == id || l.Column == fact.TiedBenefit && id == fact.BenefitAvailable
			})
			for topic := range out {
				out[topic] = out[topic] || reads && t.canFit(c, topic)
			}
		}
	}
	for table := range ruleset.AdviceTable {
		for _, row := range t.set.Rows(table) {
			mark(row.Cubes())
		}
	}
	for _, item := range t.set.Items() {
		mark(item.Cubes())
	}
	return out
}

func (t *Translator) canFit(c ruleset.Cube, topic int) bool {
	kind, _ := t.set.Catalogue().Value(fact.TopicKind, t.set.Topics()[topic].Kind)
	return !slices.ContainsFunc(c, func(l ruleset.Literal) bool {
		return l.Column == fact.Topic && !l.Holds(true, int64(topic)) || l.Column == fact.TopicKind && !l.Holds(true, int64(kind))
	})
}

// settled decides, and reports whether all that was not recorded would have
// left the decision the same. If not, gaps are what to blame.
func (t *Translator) settled(f *fact.Facts, topic uint16) (d decision.Decision, blame []string) {
	d = t.set.Decide(f, topic)
	if len(t.gaps) == 0 {
		return d, nil
	}
	var open []*gap
	n := 1
	for i := range t.gaps {
		g := &t.gaps[i]
		if g.topics[topic] && (!g.adds || f.Known(g.id)) {
			open = append(open, g)
			n *= len(g.could) + 1
		}
	}
	if n > 1 && (n > maxCombinations || t.differs(*f, open, &d)) {
		for _, g := range open {
			blame = append(blame, g.name)
		}
	}
	return d, blame
}

// differs tries all that the gaps could have been.
func (t *Translator) differs(f fact.Facts, open []*gap, d *decision.Decision) bool {
	if len(open) == 0 {
		now := t.set.Decide(&f, d.Topic)
		now.MindsetRow, now.SenderRow = d.MindsetRow, d.SenderRow // by which rule does not matter
		return now != *d
	}
	if t.differs(f, open[1:], d) {
		return true
	}
	g := open[0]
	before := f.Raw(g.id)
	for _, raw := range g.could {
		if g.adds {
			raw |= before
		}
		f.SetRaw(g.id, raw)
		if t.differs(f, open[1:], d) {
			return true
		}
	}
	return false
}
