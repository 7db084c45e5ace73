package intake

// index finds the patterns that a word may anchor, without a map: the patterns
// of word w are list[start[w]:start[w+1]].
type index struct {
	start []uint32
	list  []uint16
}

func newIndex(words int, anchors [][]uint16) index {
	x := index{start: make([]uint32, words+1)}
	for w := range words {
		if w < len(anchors) {
			x.list = append(x.list, anchors[w]...)
		}
		x.start[w+1] = uint32(len(x.list))
	}
	return x
}

func (x *index) of(word uint16) []uint16 { return x.list[x.start[word]:x.start[word+1]] }

// match is a pattern found in the text.
type match struct {
	pattern uint16
	n       uint8
	at      [maxElements]uint16 // tokens, in order
}

func (m *match) first() int { return int(m.at[0]) }
func (m *match) last() int  { return int(m.at[m.n-1]) }

// together reports whether the words found stand side by side.
func (m *match) together() bool { return m.last()-m.first() == int(m.n)-1 }

// match finds patterns of x at every token and hands them to found.
func (r *reader) match(x *index, found func(*reader, *match)) {
	m := &r.found
	for i := range r.tokens {
		if r.tokens[i].hidden {
			continue
		}
		for _, p := range x.of(r.tokens[i].word) {
			if r.lex.patterns[p].at(r.tokens, r.lex.words.sets, i, m) {
				m.pattern = p
				found(r, m)
			}
		}
	}
}

// at reports whether the pattern is found with its anchor at token i, taking
// for every other element the nearest word that fits.
func (p *pattern) at(tokens []token, sets []uint64, i int, m *match) bool {
	a := int(p.anchor)
	m.n = uint8(len(p.elements))
	m.at[a] = uint16(i)
	for k, at := a+1, i; k < len(p.elements); k++ {
		e, stop := &p.elements[k], at+1+int(p.elements[k].gap)
		for at++; ; at++ {
			if at > stop || at >= len(tokens) || tokens[at].brk == sentenceBreak {
				return false
			}
			if e.fits(&tokens[at], sets) {
				break
			}
		}
		m.at[k] = uint16(at)
	}
	for k, at := a-1, i; k >= 0; k-- {
		e, stop := &p.elements[k], at-1-int(p.elements[k+1].gap)
		for {
			if tokens[at].brk == sentenceBreak || at-1 < stop || at == 0 {
				return false
			}
			at--
			if e.fits(&tokens[at], sets) {
				break
			}
		}
		m.at[k] = uint16(at)
	}
	return true
}
