package intake

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// compiler turns the written lexicon into the compiled one.
type compiler struct {
	*Lexicon
	f *file
	c *fact.Catalogue
	p *strictyaml.Problems

	parse   parser
	spelled []spelling
	known   map[string]bool      // words in spelled
	seen    map[string][]uint16  // what was written → its words
	affixes map[string]uint16    // by group: the word all its endings stand for
	kept    map[string]bool      // patterns, by key
	bits    map[string]uint64    // sets that phrases or the grammar ask for
	members map[string][]written // what each set holds
	signals map[string]int16
}

func compile(f *file, c *fact.Catalogue, codes *icd10.Table, p *strictyaml.Problems) *Lexicon {
	l := &Lexicon{slots: map[uint16]int8{}}
	l.words = vocabulary{ids: make(map[string]uint16, 1<<13), sets: make([]uint64, firstWord), endings: map[string]uint16{}, beginnings: map[string]uint16{}}
	k := &compiler{Lexicon: l, f: f, c: c, p: p,
		known: make(map[string]bool, 1<<12), seen: make(map[string][]uint16, 1<<12), kept: make(map[string]bool, 1<<13), affixes: map[string]uint16{},
		bits: map[string]uint64{}, members: map[string][]written{}, signals: map[string]int16{}}
	k.parse = parser{word: k.word, set: k.set}
	k.topicTable()
	k.contact()
	k.wordForms()
	k.gather()
	k.evidence()
	k.alarms()
	if k.p.Failed() {
		return l
	}
	k.fillSets()
	k.ordinary()
	k.endings()
	l.words.near = newNeighbours(k.spelled)
	k.anchors()
	l.codes = newCodes(c, codes)
	l.readers = &sync.Pool{New: func() any {
		r := &reader{lex: l}
		r.scanner.find, r.scanner.number = l.words.find, l.words.numbers
		return r
	}}
	return l
}

// word is the vocabulary's place of what was written as one word, or the places
// of its parts. The words become right spellings.
func (k *compiler) word(text string) []uint16 {
	if ids, ok := k.seen[text]; ok {
		return ids
	}
	var ids []uint16
	for _, w := range k.fold(text) {
		ids = append(ids, k.words.intern(w))
		k.spell(w)
	}
	k.seen[text] = ids
	return ids
}

// fold cuts text into folded words.
func (k *compiler) fold(text string) []string {
	if folded(text) {
		return []string{text}
	}
	var out []string
	s := scanner{text: text, find: func(w []byte, _ *[maxWord]byte) uint16 {
		out = append(out, string(w))
		return unknownWord
	}}
	s.scan()
	return out
}

// folded reports whether text is one folded word as it stands, as most are.
func folded(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 'a' || c > 'z' || i > 1 && c == text[i-1] && c == text[i-2] {
			return false
		}
	}
	return text != "" && len(text) <= maxWord
}

// gather finds what every set holds: the words listed for it, or the single
// words of the evidence of that name.
func (k *compiler) gather() {
	for i, name := range grammar {
		if _, ok := k.f.Sets[name]; !ok && 1<<i < setWhen {
			k.p.Errorf(strictyaml.Pos{File: File, Line: 1, Col: 1}, "missing-set", "the set %q is missing", name)
		}
		k.bits[name] = 1 << i
	}
	for name, words := range k.f.Sets {
		k.members[name] = words
	}
	k.members[unknownName] = nil
	seen := map[string]bool{}
	for _, e := range k.f.Evidence {
		if seen[e.ID.Value] {
			k.p.Errorf(e.ID.Pos, "group-twice", "there are two groups named %q", e.ID.Value)
		}
		seen[e.ID.Value] = true
		for _, w := range e.Says {
			k.members[e.ID.Value] = append(k.members[e.ID.Value], w)
		}
	}
}

// set gives a set its bit when the first phrase asks for it.
func (k *compiler) set(name string) (uint64, bool) {
	if bit, ok := k.bits[name]; ok {
		return bit, true
	}
	if _, ok := k.members[name]; !ok {
		return 0, false
	}
	if len(k.bits) == maxSets {
		k.p.Errorf(strictyaml.Pos{File: File, Line: 1, Col: 1}, "too-many-sets", "phrases speak of more than %d sets", maxSets)
		return 0, true
	}
	k.bits[name] = 1 << len(k.bits)
	return k.bits[name], true
}

// maxSets is the most sets that phrases and the grammar can speak of.
const maxSets = 64

// unknownName is the set of all long words that are in no list.
const unknownName = "unknown"

// fillSets marks the words of every set that is asked for.
func (k *compiler) fillSets() {
	k.words.sets[unknownWord] |= k.bits[unknownName]
	for _, name := range slices.Sorted(maps.Keys(k.bits)) {
		for _, w := range k.members[name] {
			if id, ok := k.affix(w.Value, name); ok {
				k.words.sets[id] |= k.bits[name]
			} else if special(w.Value) {
				continue
			} else if ids := k.word(w.Value); len(ids) == 1 {
				k.words.sets[ids[0]] |= k.bits[name]
			}
		}
	}
}

// add compiles a phrase that has the effect.
func (k *compiler) add(w written, owner string, e effect) {
	if id, ok := k.affix(w.Value, owner); ok {
		k.keep(w, pattern{effect: e, elements: []element{{words: []uint16{id}}}})
		return
	}
	for _, phrase := range expand(w.Value) {
		elements, err := k.parse.parse(phrase)
		if err != nil {
			k.refuse(w, err)
			return
		}
		k.keep(w, pattern{effect: e, elements: elements})
	}
}

// keep files a pattern unless the same one is there: "pain" and "pains" are one.
func (k *compiler) keep(w written, p pattern) {
	key := p.key()
	switch {
	case k.kept[key]:
	case len(k.patterns) == 1<<16-1:
		k.p.Errorf(w.Pos, "too-many-phrases", "there are too many phrases")
	default:
		k.kept[key] = true
		k.patterns = append(k.patterns, p)
	}
}

func (k *compiler) refuse(w written, err error) {
	var set unknownSet
	if errors.As(err, &set) {
		k.p.Unknown(w.Pos, "unknown-set", "set", string(set), slices.Sorted(maps.Keys(k.members)))
		return
	}
	k.p.Errorf(w.Pos, "bad-phrase", "%s", err)
}

// anchors files every pattern under the words of its rarest element.
func (k *compiler) anchors() {
	use := k.usage()
	bySet := k.wordsBySet()
	idioms, phrases := make([][]uint16, len(k.words.sets)), make([][]uint16, len(k.words.sets))
	for i := range k.patterns {
		p := &k.patterns[i]
		best := -1
		var under []uint16
		for j := range p.elements {
			words := p.elements[j].anchorWords(bySet)
			cost := 0
			for _, w := range words {
				cost += use[w]
			}
			if len(words) > 0 && (best < 0 || cost < best) {
				best, under, p.anchor = cost, words, uint8(j)
			}
		}
		for _, w := range under {
			if p.hides {
				idioms[w] = append(idioms[w], uint16(i))
			} else {
				phrases[w] = append(phrases[w], uint16(i))
			}
		}
	}
	k.idioms, k.Lexicon.phrases = newIndex(len(k.words.sets), idioms), newIndex(len(k.words.sets), phrases)
}
