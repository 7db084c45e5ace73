package intake

import (
	"cmp"
	"strings"
)

// Spelling tolerance: one letter off from five letters on, two from eight on.
const (
	minSpelled = 5
	minTwoOff  = 8
	maxSpelled = 20 // no word a member misspells is longer
	// minTwoDrops is the shortest word that a text of minTwoOff letters can be
	// two letters off from and still begins alike often enough to be meant.
	minTwoDrops = 7
)

// shortest is the least length of a word, by how many letters it may be off.
var shortest = [...]int{1: minSpelled, 2: minTwoOff}

// neighbours finds words by misspellings. It is a hash table of every word with
// up to two letters left out, each pointing to the word: a misspelling and the
// word share such a form, so a look-up costs the number of forms of the
// misspelling and does not grow with the vocabulary.
type neighbours struct {
	forms []form // open addressing; the length is a power of two
	words []spelling
}

type form struct {
	hash uint32
	word uint16 // index into words, plus one
}

type spelling struct {
	text string
	id   uint16
}

func newNeighbours(words []spelling) neighbours {
	n := 0
	for _, w := range words {
		n += drops(len(w.text))
	}
	size := 64
	for size < 2*n {
		size *= 2
	}
	t := neighbours{make([]form, size), words}
	for i, w := range words {
		t.add(uint16(i+1), []byte(w.text))
	}
	return t
}

// add files every form of a word.
func (t *neighbours) add(word uint16, w []byte) {
	none := len(w)
	t.put(form{hash(w, none, none), word})
	for i := range w {
		t.put(form{hash(w, i, none), word})
		for j := i + 1; len(w) >= minTwoDrops && j < len(w); j++ {
			t.put(form{hash(w, i, j), word})
		}
	}
}

// drops counts the forms of a word of n letters.
func drops(n int) int {
	if n >= minTwoDrops {
		return 1 + n + n*(n-1)/2
	}
	return 1 + n
}

func (t *neighbours) put(f form) {
	mask := uint32(len(t.forms) - 1)
	i := f.hash & mask
	for t.forms[i].word != 0 {
		if t.forms[i] == f {
			return
		}
		i = (i + 1) & mask
	}
	t.forms[i] = f
}

// find is the nearest word at most most letters off from w, or from its stem.
func (t *neighbours) find(w, stem []byte, most int) uint16 {
	best := candidate{id: unknownWord, off: most + 1}
	t.search(w, most, &best)
	if len(stem) < len(w) && len(stem) >= shortest[most] {
		t.search(stem, most, &best)
	}
	return best.id
}

// candidate is the best word so far. Ties go to the word of equal length, then
// to the one listed first, so that the answer never depends on hashing.
type candidate struct {
	id          uint16
	off, longer int
	order       uint16
}

func (t *neighbours) search(w []byte, most int, best *candidate) {
	if len(t.forms) == 0 {
		return
	}
	none := len(w)
	t.probe(hash(w, none, none), w, most, best)
	for i := range w {
		t.probe(hash(w, i, none), w, most, best)
		for j := i + 1; most == 2 && j < len(w); j++ {
			t.probe(hash(w, i, j), w, most, best)
		}
	}
}

// probe considers every word that has a form with the hash.
func (t *neighbours) probe(h uint32, w []byte, most int, best *candidate) {
	mask := uint32(len(t.forms) - 1)
	for i := h & mask; t.forms[i].word != 0; i = (i + 1) & mask {
		if t.forms[i].hash == h {
			t.consider(t.forms[i].word-1, w, most, best)
		}
	}
}

func (t *neighbours) consider(i uint16, w []byte, most int, best *candidate) {
	s := t.words[i]
	off := distance(w, s.text, most)
	if off > most || off > 0 && !meant(w, s.text, off) {
		return
	}
	c := candidate{s.id, off, max(len(w)-len(s.text), len(s.text)-len(w)), i}
	if cmp.Or(c.off-best.off, c.longer-best.longer, int(c.order)-int(best.order)) < 0 {
		*best = c
	}
}

// meant reports whether w may be a slip of the pen for s, given how many letters
// off it is. People get the beginning right; in short words, where another word
// is never far, they change a letter only for one that sounds or lies near it.
func meant(w []byte, s string, off int) bool {
	switch {
	case w[0] == s[1] && w[1] == s[0]:
		return true
	case w[0] != s[0]:
		return false
	case off == 2:
		return w[1] == s[1]
	case len(w) != len(s) || len(w) > shortWord:
		return true
	}
	i := 0
	for w[i] == s[i] {
		i++
	}
	return i+1 < len(s) && w[i] == s[i+1] && w[i+1] == s[i] || alike(w[i], s[i])
}

// shortWord is the length up to which a changed letter must be alike.
const shortWord = 6

// alike lists letters that are taken for each other by ear, and rows of a
// keyboard whose neighbours are hit by mistake.
func alike(a, b byte) bool {
	for _, sounds := range [...]string{"aeiouy", "cksxzq", "gj", "fvpb", "dt", "mn"} {
		if strings.IndexByte(sounds, a) >= 0 && strings.IndexByte(sounds, b) >= 0 {
			return true
		}
	}
	for _, row := range [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		i, j := strings.IndexByte(row, a), strings.IndexByte(row, b)
		if i >= 0 && j >= 0 && (i-j == 1 || j-i == 1) {
			return true
		}
	}
	return false
}

// hash is FNV-1a over w without the letters at i and j.
func hash(w []byte, i, j int) uint32 {
	h := uint32(2166136261)
	for k, c := range w {
		if k != i && k != j {
			h = (h ^ uint32(c)) * 16777619
		}
	}
	return h
}

// distance counts letters to add, drop, change or swap with the next one, and
// gives up with most+1.
func distance(a []byte, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][maxWord + 1]uint8
	two, one, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		one[j] = uint8(j)
	}
	for i := range a {
		row[0] = uint8(i + 1)
		least := row[0]
		for j := range len(b) {
			d := min(one[j+1], row[j]) + 1
			if a[i] == b[j] {
				d = min(d, one[j])
			} else {
				d = min(d, one[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, two[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if int(least) > most+1 {
			return most + 1
		}
		two, one, row = one, row, two
	}
	return int(one[len(b)])
}
