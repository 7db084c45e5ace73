package decisionlog

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Translator puts the records of one revision into the terms of a Set. A value
// that the Set does not have is unknown to it, an element of a set is left out.
type Translator struct {
	set    *ruleset.Set
	facts  []translation
	topics []int32 // -1 where the Set has none of that name
	gaps   []gap
}

// translation is what becomes of one fact of the schema.
type translation struct {
	id     fact.ID
	kind   fact.Kind // 0: the Set has no such fact
	low    int64
	high   int64
	values []int8 // of Enum and Set facts: the positions in the Set, -1 for none
}

// NewTranslator prepares a Set to be asked about the records of a schema.
func NewTranslator(s *Schema, set *ruleset.Set) *Translator {
	t := &Translator{set: set}
	for _, f := range s.Facts {
		t.facts = append(t.facts, translate(&f, set.Catalogue()))
	}
	for _, name := range s.Topics {
		at, ok := set.Topic(name)
		if !ok {
			t.topics = append(t.topics, -1)
			continue
		}
		t.topics = append(t.topics, int32(at))
	}
	t.findGaps(s)
	return t
}

func translate(f *Fact, c *fact.Catalogue) (t translation) {
	id, ok := c.Lookup(f.Name)
	if !ok || id >= fact.MaxFacts || c.Def(id).Kind != f.Kind {
		return t
	}
	t = translation{id: id, kind: f.Kind, low: c.Def(id).Min, high: c.Def(id).Max}
	for _, name := range f.Values {
		at, ok := c.Value(id, name)
		if !ok {
			at = -1
		}
		t.values = append(t.values, int8(at))
	}
	return t
}

// Topic is the topic of a record in the Set.
func (t *Translator) Topic(d *Decision) (uint16, bool) {
	at := t.topics[d.Topic]
	return uint16(max(at, 0)), at >= 0
}

// Facts makes f the facts of a record in the Set.
func (t *Translator) Facts(d *Decision, f *fact.Facts) {
	*f = fact.Facts{}
	for i := range t.facts {
		if x := &t.facts[i]; d.known[i] && x.kind != 0 {
			x.tell(f, d.raw[i])
		}
	}
	t.set.DropImpossible(f)
}

func (t *translation) tell(f *fact.Facts, raw int64) {
	switch t.kind {
	case fact.Bool:
		f.SetBool(t.id, raw != 0)
	case fact.Enum:
		if raw >= 0 && raw < int64(len(t.values)) && t.values[raw] >= 0 {
			f.SetRaw(t.id, int64(t.values[raw]))
		}
	case fact.Set:
		f.SetRaw(t.id, 0)
		for i, at := range t.values {
			if raw>>i&1 == 1 && at >= 0 {
				f.Add(t.id, int(at))
			}
		}
	default:
		if raw >= t.low && raw <= t.high {
			f.SetRaw(t.id, raw)
		}
	}
}
