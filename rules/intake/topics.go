package intake

// maxTopics is the most topics a lexicon can speak of.
const maxTopics = 64

// longStory is a text so long that a question about the plan is hardly all of
// it, if it names clinical things too.
const longStory = 80

// summary is what the clauses say together.
type summary struct {
	insurer roles // of words about the plan
	free    roles // of everything that is not the object of a question to the plan
	denied  roles
	open    bool // a question or request that does not concern the plan
	unknown bool // a long word in no list
	member  bool // the member's plan is mentioned, not only money
	named   int  // clinical things in free clauses
}

// answer decides what the text is about.
func (r *reader) answer() Reading {
	if flags := r.redFlags(); flags != 0 {
		return r.lex.alarm(flags)
	}
	s := r.summarise()
	if s.alarming() {
		return r.lex.alarm(0)
	}
	first, second := r.choose(&s, r.otherTopic(&s), r.insurerTopic(&s))
	return r.lex.reading(first, second)
}

// alarming reports whether the text calls for help at once without naming a sign:
// whoever asks whether somebody is in danger has seen one.
func (s *summary) alarming() bool {
	if s.insurer.any(insurers) {
		return false
	}
	return s.free.has(emergency) || s.free.has(danger) && s.free.any(sickness) && !s.free.any(of(general, history, family))
}

// choose puts the provider's side and the plan's side of a text in order.
func (r *reader) choose(s *summary, other, mine int8) (first, second int8) {
	switch {
	case mine == noTopic:
		return other, noTopic
	case other == noTopic:
		return mine, noTopic
	}
	clinical := r.lex.topics[other].kind.clinical()
	switch {
	case !s.insurer.any(of(asksPlan, finds)) && !s.member:
		return other, noTopic // only money was mentioned
	case !s.insurer.any(of(asksPlan, finds)):
		if clinical {
			return other, mine
		}
		return mine, noTopic
	case clinical && s.careToo(len(r.tokens)):
		return other, mine
	case !clinical && s.open:
		return mine, other
	}
	return mine, noTopic
}

// careToo reports whether a text that asks the plan something is about care as
// well: by a complaint or question of care, by another open question beside
// clinical words, by a drug named while looking for a doctor, or by its length.
func (s *summary) careToo(words int) bool {
	if s.free.any(wantsCare) || s.named > 2 && words > longStory {
		return true
	}
	looking := !s.insurer.has(asksPlan)
	return s.free.any(named) && (s.open || looking && s.free.has(drug))
}

// wantsCare are roles that make a text about care beside a question to the plan.
var wantsCare = of(complaint, asksCare, asksAdvice, selfCare, prevents)

// summarise adds the clauses up.
func (r *reader) summarise() (s summary) {
	for i := range r.clauses {
		c := &r.clauses[i]
		s.insurer |= c.roles & insurers
		s.denied |= c.denied
		paid := r.paidFor(c)
		if !paid && !c.object() && !(c.roles.has(hypothetical) && r.sentenceRoles(c.sentence).has(asksPlan)) {
			s.free |= c.roles
			continue
		}
		keep := of(asksAdvice)
		if !paid && !c.roles.has(hypothetical) {
			keep |= of(complaint)
		}
		s.free |= c.roles & keep
	}
	for i := range r.evidence {
		m := &r.evidence[i]
		p := &r.lex.patterns[m.pattern]
		s.member = s.member || p.role == plan && p.weight > 1
		if c := r.clauseOf(m); named.has(p.role) && !c.object() && !r.paidFor(c) {
			s.named++
		}
	}
	s.open = r.openQuestion()
	for i := range r.tokens {
		s.unknown = s.unknown || r.tokens[i].word == unknownWord
	}
	return s
}

// object reports whether the clinical words of the clause are only what a
// question to the plan is about. A drug named to a doctor one looks for is more
// than that.
func (c *clause) object() bool {
	return c.roles.has(asksPlan) || c.roles.has(finds) && !c.roles.has(drug)
}

// paidFor reports whether the clause only tells of the past care that a question
// to the plan is about: "In May I cut my hand. Now they bill me."
func (r *reader) paidFor(c *clause) bool {
	if !r.asksPlan || c.roles.has(recent) {
		return false
	}
	s := r.sentenceRoles(c.sentence)
	return s.has(history) && !s.any(of(asksCare, asksAdvice, recent))
}

// openQuestion reports whether some sentence asks something and says nothing of
// the plan.
func (r *reader) openQuestion() bool {
	asked := r.scanner.asked
	for i := range r.clauses {
		c := &r.clauses[i]
		for len(asked) > 0 && asked[0] < int(c.first) {
			asked = asked[1:]
		}
		question := c.roles.has(asks) || r.in(int(c.first), setAux|setWh)
		if len(asked) > 0 && r.clauses[r.tokens[asked[0]].clause].sentence == c.sentence {
			question = true
		}
		if question && !c.roles.has(finds) && !r.sentenceRoles(c.sentence).any(of(asksPlan, plan)) {
			return true
		}
	}
	return false
}
