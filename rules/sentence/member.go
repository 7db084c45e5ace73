package sentence

import "github.com/rightvoice/rightvoice/rules/fact"

// Value is a fact's value in words; empty if it is not known.
func (p *Printer) Value(f *fact.Facts, id fact.ID) string {
	if id >= fact.MaxFacts || !f.Known(id) {
		return ""
	}
	return p.known(id, f.Raw(id)).String()
}

// Member describes an example or a counterexample: all that is known, fact by
// fact. Columns that are not facts, such as the topic, are given beside them.
func (p *Printer) Member(f *fact.Facts, beside map[fact.ID]int64) Sentence {
	var s Sentence
	for _, id := range p.set.Catalogue().All() {
		raw, known := beside[id]
		if id < fact.MaxFacts && f.Known(id) {
			raw, known = f.Raw(id), true
		}
		if !known || p.def(id).Kind == fact.Opaque {
			continue
		}
		if s != nil {
			s = append(s, plain("; "))
		}
		s = append(s, Token{Text: p.Label(id), Kind: Fact, Ref: p.def(id).Name}, plain(": "))
		s = append(s, p.known(id, raw)...)
	}
	if s == nil {
		return Sentence{plain(p.frames().nothing + ".")}
	}
	return append(append(Sentence{plain(p.frames().member)}, s...), plain("."))
}
