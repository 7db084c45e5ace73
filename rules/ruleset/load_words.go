package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// factWords gathers the words of all facts: those of facts.yaml, of own facts,
// and the labels of values.
func (l *loader) factWords(n strictyaml.Node, v *vocabulary, own map[string]*ownFact) {
	c := l.set.catalogue
	l.set.words = make(map[fact.ID]*FactWords)
	for _, id := range c.All() {
		d := c.Def(id)
		w := &FactWords{Values: make([]Words, len(d.Values))}
		labels := v.labels[d.Name]
		if o := own[d.Name]; o != nil {
			w.Label, w.Phrase, w.Synonyms, labels = o.Label, o.Phrase, o.Synonyms, map[string]Words{}
			for _, x := range o.Values {
				labels[x.ID.Value] = x.Label
			}
		}
		for i, value := range d.Values {
			w.Values[i] = labels[value]
		}
		l.set.words[id] = w
	}
	if n.Kind() != strictyaml.Nothing {
		n.Is(strictyaml.Mapping)
	}
	names := newParser(c, 0, "").names
	for _, e := range n.Entries() {
		id, ok := c.Lookup(e.Key)
		if !ok {
			l.problems.Unknown(e.At, "unknown-fact", "fact", e.Key, names)
			continue
		}
		l.readWords(e.Value, id)
	}
}

func (l *loader) readWords(n strictyaml.Node, id fact.ID) {
	var f factWords
	if !n.Decode(&f) {
		return
	}
	w := l.set.words[id]
	w.Label, w.Phrase, w.Synonyms = f.Label, f.Phrase, f.Synonyms
	if f.Values.Kind() != strictyaml.Nothing {
		f.Values.Is(strictyaml.Mapping)
	}
	d := l.set.catalogue.Def(id)
	for _, e := range f.Values.Entries() {
		i, ok := l.set.catalogue.Value(id, e.Key)
		if !ok {
			l.problems.Unknown(e.At, "unknown-value", "value of "+d.Name+" called", e.Key, d.Values)
			continue
		}
		e.Value.Decode(&w.Values[i])
	}
}
