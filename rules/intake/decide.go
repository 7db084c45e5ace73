package intake

// otherTopic is what the text is about beside the plan.
func (r *reader) otherTopic(s *summary) int8 {
	f := s.free
	sick := f.any(of(complaint, injury, drug, asksCare, asksAdvice, procedure))
	stays := f.has(chronic) || f.has(serious) && !f.has(acute)
	switch {
	case f.has(prevents):
		return r.prevention(s)
	case f.has(screening) && f.has(timing) && f.has(family) && !f.has(injury):
		return r.best(kindPreventive)
	case f.has(screening) && !f.any(of(complaint, injury)) && (f.has(timing) && !f.has(asksCare) || !f.any(sickness)):
		return r.best(kindPreventive)
	case stays && f.any(of(lifestyle, selfCare)) && !sick, stays && f.has(lifestyle) && !f.any(of(complaint, injury, drug, asksCare, procedure)):
		return r.lex.chronicCare
	case f.has(lifestyle) && !f.any(sickness):
		return r.best(kindLifestyle)
	case f.has(pregnancy) && !f.any(sickness&^of(serious, test)):
		return r.best(kindMaternity)
	case f.has(mind) && !f.any(sickness):
		return r.best(kindMind)
	case f.any(sickness):
		return r.careTopic()
	}
	return r.faintTopic(s)
}

// sickness are roles that make a text clinical.
var sickness = named | of(complaint, asksCare, asksAdvice)

// prevention is the topic of a question how to prevent something: a long-term
// illness is managed, a passing one is prevented.
func (r *reader) prevention(s *summary) int8 {
	switch f := s.free; {
	case f.has(chronic):
		return r.lex.chronicCare
	case f.any(of(acute, injury, screening)):
		return r.lex.preventive
	case f.has(lifestyle) && !f.any(sickness):
		return r.best(kindLifestyle)
	case f.any(named) || s.unknown:
		return r.lex.chronicCare
	case f.has(mind):
		return r.best(kindMind)
	}
	return r.faintTopic(s)
}

// faintTopic decides on little: words that only lean to a topic.
func (r *reader) faintTopic(s *summary) int8 {
	switch f := s.free; {
	case f.has(program):
		return r.best(kindProgram)
	case f.any(of(body, clinician)), s.unknown && (f.any(of(general, selfCare, prevents)) || len(r.tokens) <= fewWords):
		return r.careTopic()
	case s.denied.has(lifestyle):
		return r.best(kindLifestyle)
	case s.denied.any(named | of(complaint, mind, pregnancy)):
		return r.careTopic()
	}
	return noTopic
}

// careTopic is the care topic with most evidence; without any, the symptom.
func (r *reader) careTopic() int8 {
	if t := r.best(kindCare); t != noTopic {
		return t
	}
	return r.lex.symptom
}

// insurerTopic is what the text asks or says of the plan.
func (r *reader) insurerTopic(s *summary) int8 {
	if !s.insurer.any(insurers) {
		return noTopic
	}
	return r.best(kindCoverage)
}

// best is the topic of a kind with most evidence, the first one named of
// several. Questions to the plan count in every clause, everything else only
// where it is not the object of such a question.
func (r *reader) best(k kind) int8 {
	clear(r.scores[:])
	best := noTopic
	for i := range r.evidence {
		m := &r.evidence[i]
		p := &r.lex.patterns[m.pattern]
		if p.topic < 0 || r.lex.topics[p.topic].kind != k {
			continue
		}
		c := r.clauseOf(m)
		if k != kindCoverage && c.object() && p.role != asksAdvice && p.role != complaint {
			continue
		}
		r.scores[p.topic] += r.strength(p, c)
		if best == noTopic || r.scores[p.topic] > r.scores[best] {
			best = p.topic
		}
	}
	return best
}

// strength is what a match counts for its topic: questions to the plan more
// than mentions of it, and what was denied hardly anything.
func (r *reader) strength(p *pattern, c *clause) uint32 {
	w := uint32(p.weight) * 4
	if p.role == asksPlan || p.role == finds {
		w *= 4
	}
	if c.denied.has(p.role) && !c.roles.has(p.role) {
		w = 1
	}
	return w
}
