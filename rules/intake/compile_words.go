package intake

import (
	"maps"
	"slices"
	"strings"
)

// wordForms takes in number words and irregular forms.
func (k *compiler) wordForms() {
	for _, w := range slices.Sorted(maps.Keys(k.f.Numbers)) {
		for _, f := range k.fold(w) {
			if id := k.words.intern(f); int(id-firstWord) == len(k.words.numbers) {
				k.words.numbers = append(k.words.numbers, k.f.Numbers[w]*1000)
			}
		}
	}
	for _, forms := range k.f.Forms {
		var folded []string
		for _, w := range forms {
			words := k.fold(w.Value)
			if len(words) != 1 {
				k.p.Errorf(w.Pos, "bad-form", "the forms of a word are single words")
				return
			}
			folded = append(folded, words...)
		}
		if len(folded) == 0 {
			continue
		}
		if taken := k.words.same(folded); taken != "" {
			k.p.Errorf(forms[0].Pos, "form-twice", "%q is already a form of another word", taken)
		}
		for _, f := range folded {
			k.spell(f)
		}
	}
}

// affix recognises "-itis" and "neuro-" and gives them, per group of words, the
// place of a word.
func (k *compiler) affix(s, owner string) (uint16, bool) {
	ending, isEnding := strings.CutPrefix(s, "-")
	beginning, isBeginning := strings.CutSuffix(s, "-")
	if isEnding == isBeginning {
		return 0, false
	}
	m, key := k.words.endings, ending
	if isBeginning {
		m, key = k.words.beginnings, beginning
	}
	if id, ok := m[key]; ok {
		return id, true
	}
	// All endings of a group are one word, so that they anchor one pattern.
	id, ok := k.affixes[owner]
	if !ok {
		id = k.words.fresh()
		k.affixes[owner] = id
	}
	m[key] = id
	return id, true
}

// spell remembers a word as one that can be misspelt.
func (k *compiler) spell(word string) {
	if len(word) < minSpelled || len(word) > maxSpelled || k.known[word] {
		return
	}
	k.known[word] = true
	k.spelled = append(k.spelled, spelling{word, k.words.intern(word)})
}

// ordinary takes in the everyday words: none of them is a misspelling, and none
// is what a misspelling meant.
func (k *compiler) ordinary() {
	everyday := map[string]bool{}
	for _, w := range k.f.Ordinary {
		for _, f := range k.fold(w.Value) {
			everyday[f] = true
			k.words.plain(f)
		}
	}
	k.spelled = slices.DeleteFunc(k.spelled, func(s spelling) bool { return everyday[s.text] })
}

// endings gives words that phrases name, and that no evidence lists alone, what
// their ending tells: "burst appendix or appendicitis" must not make a stranger
// of appendicitis.
func (k *compiler) endings() {
	alone, byAffix := map[uint16]bool{}, map[uint16]*pattern{}
	affixes := map[uint16]bool{}
	for _, id := range k.affixes {
		affixes[id] = true
	}
	for i := range k.patterns {
		p := &k.patterns[i]
		if len(p.elements) != 1 || p.role == roleCount {
			continue
		}
		for _, w := range p.elements[0].words {
			alone[w] = true
			if affixes[w] {
				byAffix[w] = p
			}
		}
	}
	for _, s := range k.spelled {
		id := k.words.ids[s.text]
		if p := byAffix[k.words.clinical([]byte(s.text))]; p != nil && !alone[id] {
			alone[id] = true
			k.patterns = append(k.patterns, pattern{effect: p.effect, elements: []element{{words: []uint16{id}}}})
		}
	}
}

// special reports whether a phrase is more than words.
func special(phrase string) bool { return strings.ContainsAny(phrase, "<|. ") }

// usage counts how often each word stands in phrases; everyday words and those
// of the grammar count as far more, as they are frequent in texts.
func (k *compiler) usage() []int {
	use := make([]int, len(k.words.sets))
	for i := range k.patterns {
		for _, e := range k.patterns[i].elements {
			for _, w := range e.words {
				use[w]++
			}
		}
	}
	for w, sets := range k.words.sets {
		if sets&(setAnd|setAux|setWh|setSubject|setReport|setNot|setPerson) != 0 {
			use[w] += 1000
		}
	}
	for _, w := range k.f.Ordinary {
		for _, f := range k.fold(w.Value) {
			if id := k.words.ids[f]; id >= firstWord {
				use[id] += 1000
			}
		}
	}
	return use
}

// wordsBySet lists the words of each set.
func (k *compiler) wordsBySet() (out [64][]uint16) {
	for w, sets := range k.words.sets {
		for b := range out {
			if sets>>b&1 == 1 {
				out[b] = append(out[b], uint16(w))
			}
		}
	}
	return out
}

// anchorWords are all words that fit the element, none if it is a number.
func (e *element) anchorWords(bySet [64][]uint16) []uint16 {
	words := slices.Clone(e.words)
	for b, in := range bySet {
		if e.sets>>b&1 == 1 {
			words = append(words, in...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}
