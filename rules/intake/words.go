package intake

// Words that stand for more than themselves.
const (
	unknownWord uint16 = iota // in no list, and long enough to be a term
	numberWord
	plainWord // an everyday word that is evidence of nothing
	firstWord // of the words that phrases speak of
)

// vocabulary turns the words of a text into the words of the lexicon.
type vocabulary struct {
	ids        map[string]uint16 // by spelling and by stem
	sets       []uint64          // by word: the named sets it belongs to
	endings    map[string]uint16 // -itis
	beginnings map[string]uint16 // neuro-
	numbers    []int64           // what the first words count, in thousandths: two, three …
	near       neighbours
}

// Lengths of clinical endings and beginnings, and how much of a word must be
// left beside them: "april" is no drug.
const (
	minAffix, maxAffix = 3, 8
	minRest            = 3
	minTerm            = 6 // of an unknown word that may be a clinical term
)

// find is the lexicon's word for a folded word of a text. It works in room.
func (v *vocabulary) find(w []byte, room *[maxWord]byte) uint16 {
	if id, ok := v.ids[string(w)]; ok {
		return id
	}
	s := stem(room[:copy(room[:], w)])
	if id, ok := v.ids[string(s)]; ok {
		return id
	}
	if len(w) < minSpelled {
		return plainWord
	}
	spelled := len(w) <= maxSpelled
	if spelled {
		if id := v.near.find(w, s, 1); id != unknownWord {
			return id
		}
	}
	if id := v.clinical(w); id != unknownWord {
		return id
	}
	if spelled && len(w) >= minTwoOff {
		return v.near.find(w, s, 2)
	}
	if len(w) < minTerm {
		return plainWord
	}
	return unknownWord
}

// clinical recognises words by how clinical words are built.
func (v *vocabulary) clinical(w []byte) uint16 {
	for _, w := range [2][]byte{w, singular(w)} {
		for n := min(maxAffix, len(w)-minRest); n >= minAffix; n-- {
			if id, ok := v.endings[string(w[len(w)-n:])]; ok {
				return id
			}
		}
	}
	for n := min(maxAffix, len(w)-minRest); n >= minAffix; n-- {
		if id, ok := v.beginnings[string(w[:n])]; ok {
			return id
		}
	}
	return unknownWord
}

func singular(w []byte) []byte {
	if ends(w, "s") {
		return w[:len(w)-1]
	}
	return w
}

// intern gives a folded word its place, the same for all words with its stem.
func (v *vocabulary) intern(word string) uint16 {
	if id, ok := v.ids[word]; ok && id >= firstWord {
		return id
	}
	s := string(stem([]byte(word)))
	id, ok := v.ids[s]
	if !ok {
		id = v.fresh()
		v.ids[s] = id
	}
	v.ids[word] = id
	return id
}

func (v *vocabulary) fresh() uint16 {
	v.sets = append(v.sets, 0)
	return uint16(len(v.sets) - 1)
}

// same makes all forms of a word one: take, took, taken. It reports the form
// that already is another word. A single form is a word of its own, whatever its
// stem: having is not have.
func (v *vocabulary) same(forms []string) (taken string) {
	if len(forms) == 1 {
		v.ids[forms[0]] = v.fresh()
		return ""
	}
	id := v.intern(forms[0])
	for _, f := range forms[1:] {
		if other, ok := v.ids[f]; ok && other != id {
			return f
		}
		v.ids[f] = id
		if s := string(stem([]byte(f))); v.ids[s] == unknownWord {
			v.ids[s] = id
		}
	}
	return ""
}

// plain marks an everyday word, and what has its stem, so that it is never read
// as a misspelling of another. Words that phrases speak of keep their place.
func (v *vocabulary) plain(word string) {
	for _, w := range [2]string{word, string(stem([]byte(word)))} {
		if _, ok := v.ids[w]; !ok {
			v.ids[w] = plainWord
		}
	}
}
