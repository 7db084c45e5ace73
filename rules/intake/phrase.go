package intake

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// The phrase language, as lexicon.yaml explains it to its editors:
//
//	chest pain             these words side by side, in any form and spelling
//	pain .. chest          up to four words between; "." is up to one, "..." up to ten; they add up
//	chest|heart pain       either word
//	bleed (a lot|heavily)  either group of words
//	<body> hurts           any word of the set or of the evidence named so
//	sugar over 400+        a number: 400+ is at least that (0+ any), 1-12 between, 911 that one
//	took 5-99x pills       a count: the same with an x, but no unit such as mg follows
//	-itis, neuro-          words that end or begin so, as a phrase of its own
var gaps = map[string]uint8{".": 1, "..": 4, "...": 10}

// maxElements is the most words a phrase can have.
const maxElements = 8

// element is one place of a phrase.
type element struct {
	words  []uint16
	sets   uint64 // or any word of these sets
	number bool   // or a number from lo to hi, in thousandths
	count  bool   // that no unit follows
	lo, hi int64
	gap    uint8 // tokens that may stand before it
}

func (e *element) fits(t *token, sets []uint64) bool {
	if t.hidden {
		return false
	}
	if e.sets&sets[t.word] != 0 {
		return true
	}
	for _, w := range e.words {
		if w == t.word {
			return true
		}
	}
	return e.number && t.num >= 0 && e.lo <= t.num && t.num <= e.hi && !(e.count && t.unit)
}

// pattern is a compiled phrase and what it tells.
type pattern struct {
	elements []element
	anchor   uint8 // the element that is looked for first: its rarest
	effect
}

// key is equal for patterns that are found alike and tell alike.
func (p *pattern) key() string {
	b := []byte{byte(p.role), byte(p.topic), p.weight, byte(p.flag), byte(p.urgency), byte(p.signal), 0}
	if p.hides {
		b[6] = 1
	}
	for i := range p.elements {
		e := &p.elements[i]
		b = append(b, e.gap, byte(len(e.words)))
		if e.count {
			b = append(b, 'x')
		}
		for _, w := range e.words {
			b = binary.LittleEndian.AppendUint16(b, w)
		}
		b = binary.LittleEndian.AppendUint64(b, e.sets)
		b = binary.LittleEndian.AppendUint64(b, uint64(e.lo))
		b = binary.LittleEndian.AppendUint64(b, uint64(e.hi))
	}
	return string(b)
}

// effect is what a phrase tells when it is found.
type effect struct {
	role    role
	topic   int8 // slot of a topic, or -1
	weight  uint8
	hides   bool // its words tell nothing else
	flag    int8 // position of a red flag, or -1
	urgency urgency
	signal  int16 // or -1
}

// expand writes a phrase with groups out, one phrase for each choice; choices of
// a single word stay together as alternatives.
func expand(phrase string) []string {
	open := strings.IndexByte(phrase, '(')
	if open < 0 {
		return []string{phrase}
	}
	length := strings.IndexByte(phrase[open:], ')')
	if length < 0 {
		return []string{phrase}
	}
	var words, out []string
	choose := func(choice string) {
		out = append(out, expand(phrase[:open]+choice+phrase[open+length+1:])...)
	}
	for choice := range strings.SplitSeq(phrase[open+1:open+length], "|") {
		if choice != "" && !strings.ContainsAny(choice, " -0123456789") {
			words = append(words, choice)
		} else {
			choose(choice)
		}
	}
	if len(words) > 0 {
		choose(strings.Join(words, "|"))
	}
	return out
}

// parser turns written phrases into elements.
type parser struct {
	word func(text string) []uint16 // places of the words that text folds to
	set  func(name string) (bit uint64, ok bool)
}

// parse reads one phrase.
func (p *parser) parse(phrase string) ([]element, error) {
	var out []element
	gap := uint8(0)
	for field := range strings.FieldsSeq(phrase) {
		if g, ok := gaps[field]; ok {
			gap += g
			continue
		}
		elements, err := p.element(field)
		if err != nil {
			return nil, err
		}
		elements[0].gap = gap
		gap = 0
		out = append(out, elements...)
	}
	switch {
	case len(out) == 0:
		return nil, fmt.Errorf("a phrase needs a word")
	case len(out) > maxElements:
		return nil, fmt.Errorf("a phrase has at most %d words", maxElements)
	case out[0].gap > 0 || gap > 0:
		return nil, fmt.Errorf("a gap stands between two words")
	}
	return out, nil
}

// element reads one field: a word (which hyphens may make several), a number or
// alternatives.
func (p *parser) element(field string) ([]element, error) {
	if field[0] >= '0' && field[0] <= '9' {
		e, err := number(field)
		return []element{e}, err
	}
	if !strings.ContainsAny(field, "|<") {
		words := p.word(field)
		if len(words) == 0 {
			return nil, fmt.Errorf("%q is no word", field)
		}
		out := make([]element, len(words))
		for i := range words {
			out[i].words = words[i : i+1 : i+1]
		}
		return out, nil
	}
	var e element
	for a := range strings.SplitSeq(field, "|") {
		if name, ok := strings.CutPrefix(a, "<"); ok {
			bit, ok := p.set(strings.TrimSuffix(name, ">"))
			if !ok {
				return nil, unknownSet(strings.TrimSuffix(name, ">"))
			}
			e.sets |= bit
			continue
		}
		words := p.word(a)
		if len(words) != 1 {
			return nil, fmt.Errorf("%q is not one word; put groups of words in brackets: (a lot|badly)", a)
		}
		e.words = append(e.words, words[0])
	}
	return []element{e}, nil
}

// unknownSet is the error for <name> where nothing has that name.
type unknownSet string

func (u unknownSet) Error() string { return "there is no set " + string(u) }

// number reads 400+, 1-12 or 911, each with an x for a count.
func number(s string) (element, error) {
	s, count := strings.CutSuffix(s, "x")
	lo, hi, between := strings.Cut(s, "-")
	low, more := strings.CutSuffix(lo, "+")
	e := element{number: true, count: count, lo: thousandths(low)}
	switch {
	case between:
		e.hi = thousandths(hi)
	case more:
		e.hi = 1 << 62
	default:
		e.hi = e.lo
	}
	if e.lo < 0 || e.hi < e.lo || between && more {
		return e, fmt.Errorf("%q is no number; write 400+ or 1-12 or 911", s)
	}
	return e, nil
}

func thousandths(s string) int64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1e6 {
		return -1
	}
	return int64(f*1000 + 0.5)
}
