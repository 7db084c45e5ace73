package intake

// Reading is what a text says, as positions in the catalogue's vocabularies. It
// holds no piece of the text.
type Reading struct {
	// Topics are what the text is about, the main one first, at most three and
	// never two that the same side answers. Empty when nothing was recognised.
	Topics []uint16
	// RedFlags has a bit for each of fact.RedFlags that was raised. With any of
	// them, Topics is the emergency topic alone.
	RedFlags int64
	// Intent is the position in text_intent.
	Intent int
}

// MaxTopics is the most topics one text can have.
const MaxTopics = 3

// reader is the working memory of one reading, kept from one to the next.
type reader struct {
	lex      *Lexicon
	scanner  scanner
	tokens   []token
	clauses  []clause
	evidence []match // of roles
	alarms   []match // of red flags and signals
	found    match   // the one being looked at
	scores   [maxTopics]uint32
	asksPlan bool // some clause asks what only the plan can answer
	lessons  int  // clauses that say that this is a lesson, a story or a joke
}

// Read says what a text is about. It is total: any bytes are a text.
func (l *Lexicon) Read(text string) Reading {
	r := l.readers.Get().(*reader)
	defer l.readers.Put(r)
	r.read(text)
	return r.answer()
}

func (r *reader) read(text string) {
	r.scanner.text, r.scanner.at = text, 0
	r.scanner.tokens, r.scanner.asked = r.tokens[:0], r.scanner.asked[:0]
	r.scanner.scan()
	r.scanner.text = ""
	r.tokens = r.scanner.tokens
	r.clauses, r.evidence, r.alarms = r.clauses[:0], r.evidence[:0], r.alarms[:0]
	r.segment()
	r.negate()
	r.match(&r.lex.idioms, (*reader).idiom)
	r.match(&r.lex.phrases, (*reader).keep)
	r.weigh()
}

// idiom takes the words of an idiom out of the text, so that nothing else is
// read into them.
func (r *reader) idiom(m *match) {
	for k := range m.n {
		r.tokens[m.at[k]].hidden = true
	}
	if r.lex.patterns[m.pattern].role < roleCount {
		r.evidence = append(r.evidence, *m)
	}
}

// keep keeps a match until all are known.
func (r *reader) keep(m *match) {
	p := &r.lex.patterns[m.pattern]
	if p.flag >= 0 || p.signal >= 0 {
		r.alarms = append(r.alarms, *m)
		return
	}
	r.evidence = append(r.evidence, *m)
	if m.n > 1 && m.together() && things.has(p.role) {
		for k := range m.n {
			r.tokens[m.at[k]].whole = true
		}
	}
}

// things are roles of words that name something, so that a longer name hides
// the shorter names in it: sleep apnea is no question about sleep.
var things = named | of(body, clinician, lifestyle, screening, pregnancy, mind, program, plan)

// clauseOf is the clause a match belongs to.
func (r *reader) clauseOf(m *match) *clause {
	return &r.clauses[r.tokens[m.at[r.lex.patterns[m.pattern].anchor]].clause]
}

// weigh gives every clause the roles of what was found in it.
func (r *reader) weigh() {
	kept := r.evidence[:0]
	for i := range r.evidence {
		m := &r.evidence[i]
		p, c := &r.lex.patterns[m.pattern], r.clauseOf(m)
		switch {
		case m.n == 1 && !p.hides && things.has(p.role) && r.tokens[m.at[0]].whole:
			continue
		case deniable.has(p.role) && r.denies(m):
			c.denied |= of(p.role)
		default:
			c.roles |= of(p.role)
			switch p.role {
			case has:
				c.hasAt = min(c.hasAt, m.at[0])
			case history:
				c.pastAt = min(c.pastAt, m.at[0])
			}
		}
		kept = append(kept, *m)
	}
	r.evidence = kept
	for i := range kept {
		m := &kept[i]
		p, c := &r.lex.patterns[m.pattern], r.clauseOf(m)
		if p.role == symptom && m.at[0] > c.hasAt && c.roles.has(symptom) && !c.roles.any(insurers) {
			c.roles |= of(complaint)
		}
	}
	for i := range r.alarms {
		r.clauseOf(&r.alarms[i]).alarmed = true
	}
	r.spreadHistory()
	r.asksPlan, r.lessons = false, 0
	for i := range r.clauses {
		r.asksPlan = r.asksPlan || r.clauses[i].roles.has(asksPlan)
		if r.clauses[i].roles.has(elsewhere) {
			r.lessons++
		}
	}
}

// deniable are roles that a "not" takes back.
var deniable = named | of(complaint, has, body, lifestyle, pregnancy, mind, happening)

// shortClause is the most words of a clause that says only when.
const shortClause = 4

// spreadHistory lets a clause that says only when ("two years ago, I …") speak
// for its neighbour in the sentence.
func (r *reader) spreadHistory() {
	for i := range r.clauses {
		c := &r.clauses[i]
		end := len(r.tokens)
		if i+1 < len(r.clauses) {
			end = int(r.clauses[i+1].first)
		}
		if c.roles != of(history) || c.alarmed || end-int(c.first) > shortClause {
			continue
		}
		if i+1 < len(r.clauses) && r.clauses[i+1].sentence == c.sentence {
			r.clauses[i+1].roles |= of(history)
		} else if i > 0 && r.clauses[i-1].sentence == c.sentence {
			r.clauses[i-1].roles |= of(history)
		}
	}
}

// sentenceRoles are the roles in any clause of a sentence.
func (r *reader) sentenceRoles(sentence uint16) (s roles) {
	for i := range r.clauses {
		if r.clauses[i].sentence == sentence {
			s |= r.clauses[i].roles
		}
	}
	return s
}
