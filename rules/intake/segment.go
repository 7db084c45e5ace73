package intake

// maxClauses bounds the clauses of one text; what follows joins the last one.
const maxClauses = 256

// clause is a part of a sentence that says one thing.
type clause struct {
	sentence uint16
	first    uint16 // token
	hasAt    uint16 // token of the first "I have", or noToken
	pastAt   uint16 // token where "years ago" and the like begins, or noToken
	alarmed  bool   // holds words of a red flag or signal
	roles    roles
	denied   roles // named only to deny them
}

const noToken = 1 << 15

// segment gives every token its clause: a new one begins after a comma, at
// "but", at "and" before a new subject or question, and where a question begins
// without a sign, as people type it: "my knee hurts is it covered".
func (r *reader) segment() {
	sentence := -1
	for i := range r.tokens {
		t := &r.tokens[i]
		t.unit = t.word == numberWord && i+1 < len(r.tokens) && r.in(i+1, setUnit)
		if i == 0 || t.brk == sentenceBreak {
			t.brk = sentenceBreak
			sentence++
		}
		if (t.brk != noBreak || r.turns(i)) && len(r.clauses) < maxClauses {
			r.clauses = append(r.clauses, clause{sentence: uint16(sentence), first: uint16(i), hasAt: noToken, pastAt: noToken})
		}
		t.clause = uint16(len(r.clauses) - 1)
	}
}

// turns reports whether the clause ends before token i though no sign says so.
func (r *reader) turns(i int) bool {
	if r.in(i, setBut) {
		return true
	}
	if i+1 >= len(r.tokens) {
		return false
	}
	opens := r.in(i+1, setSubject|setAux|setWh)
	switch {
	case r.in(i, setAnd):
		return opens || r.in(i+1, setPresent)
	case r.in(i, setAux):
		return r.in(i+1, setSubject) && !r.in(i-1, setWh|setReport|setAnd|setSubject|setAux)
	case r.in(i, setWh):
		return r.in(i+1, setAux|setWh) && !r.in(i-1, setWh|setReport|setAnd|setAux)
	}
	return false
}

// in reports whether token i belongs to one of the grammar's sets.
func (r *reader) in(i int, sets uint64) bool {
	return r.lex.words.sets[r.tokens[i].word]&sets != 0
}

// negated is how many words a "not" reaches.
const negated = 8

// negate finds what every "not" governs: the words after it up to the end of
// the list it opens ("no chest pain, fever or cough"), a "but", a new subject
// after a comma, or a comma after saying when ("no tears when he cries, floppy").
func (r *reader) negate() {
	r.answered()
	for i := range r.tokens {
		if !r.in(i, setNot) || i+1 == len(r.tokens) || r.tokens[i+1].brk != noBreak || r.in(i+1, setNotNot) {
			continue
		}
		dated := false
		for j := i + 1; j < len(r.tokens) && j <= i+negated; j++ {
			t := &r.tokens[j]
			begins := j > i+1 && int(r.clauses[t.clause].first) == j
			if t.brk == sentenceBreak || r.in(j, setBut) || begins && (t.brk == noBreak || dated || r.in(j, setSubject|setAux|setWh)) {
				break
			}
			dated = dated || r.in(j, setWhen)
			t.neg = int16(i)
		}
	}
}

// answered lets a "no" that is a sentence of its own deny the question before
// it: "Passed out? No."
func (r *reader) answered() {
	for _, last := range r.scanner.asked {
		no := last + 1
		alone := no < len(r.tokens) && r.in(no, setNot) && (no+1 == len(r.tokens) || r.tokens[no+1].brk != noBreak)
		for i := last; alone && i >= 0; i-- {
			r.tokens[i].neg = int16(no)
			if r.tokens[i].brk == sentenceBreak {
				break
			}
		}
	}
}

// denies reports whether a "not" outside the match governs one of its words.
func (r *reader) denies(m *match) bool {
	for k := range m.n {
		n := r.tokens[m.at[k]].neg
		if n < 0 {
			continue
		}
		own := false
		for j := range m.n {
			own = own || int16(m.at[j]) == n
		}
		if !own {
			return true
		}
	}
	return false
}
