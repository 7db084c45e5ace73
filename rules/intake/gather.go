package intake

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Question is all that was sent and stored about one contact.
type Question struct {
	Topic     uint16 // asked about by name, if HasTopic; a position in the catalogue's topics
	HasTopic  bool
	Text      string // the member's own words, at most 2,000 characters; read and dropped
	Diagnoses []Diagnosis
	Facts     fact.Facts // given; they win over what is derived here
	Now       time.Time  // elapsed times are counted to this moment

	Asker  Side          // who asks, if anything is Stored
	Stored *Recollection // what was told before; nil if nothing was
	Heard  *Reading      // what Text said, where it was read before and dropped
}

// Gather makes the facts and the topics of a decision, the main topic first and
// always at least one: the topic asked about, what the text is about beside it,
// else what the call or the pages seen are about, else that nothing was asked.
func (l *Lexicon) Gather(q Question) (fact.Facts, []uint16) {
	f := q.Facts
	if q.Stored != nil {
		q.Stored.consents(&f)
	}
	withholdSUD(&f, l.codes.sud) // first: a list that was dropped must not hide what diagnoses say
	l.diagnose(&f, q.Diagnoses, q.Now)
	if q.Stored != nil {
		q.Stored.fill(&f, &q.Facts)
	}
	var said Reading
	if q.Text != "" || q.Heard != nil {
		said = l.hear(&q)
		if !f.Known(fact.TextIntent) {
			f.SetRaw(fact.TextIntent, int64(said.Intent))
		}
		if said.RedFlags != 0 {
			f.SetRaw(fact.TextRedFlag, f.Raw(fact.TextRedFlag)|said.RedFlags)
		}
	}
	if q.HasTopic && !q.Facts.Known(fact.TextIntent) {
		l.complain(&f, q.Topic)
	}
	switch {
	case q.HasTopic && !l.alarming(&said):
		return f, l.beside(q.Topic, &said)
	case len(said.Topics) > 0:
		return f, said.Topics
	}
	seen := &f
	if q.Stored != nil {
		visible := q.Stored.shown(f, &q.Facts, q.Asker)
		seen = &visible
	}
	return f, []uint16{l.topics[l.contactTopic(seen)].id}
}

// hear is what the text says, read now or before.
func (l *Lexicon) hear(q *Question) Reading {
	if q.Heard != nil {
		return *q.Heard
	}
	return l.Read(q.Text)
}

// complain takes a symptom that is asked about by name for a complaint, as one
// in words would be: beside a very high blood pressure it is an emergency sign.
func (l *Lexicon) complain(f *fact.Facts, asked uint16) {
	slot, known := l.slots[asked]
	symptom := l.topics[l.symptom].intent
	if !known || l.topics[slot].intent != symptom {
		return
	}
	if !f.Known(fact.TextIntent) || f.Equals(fact.TextIntent, int64(l.topics[l.none].intent)) {
		f.SetRaw(fact.TextIntent, int64(symptom))
	}
}

// alarming reports whether the text is an emergency, which stands alone whatever
// was asked about: the notice has nothing beside it.
func (l *Lexicon) alarming(said *Reading) bool {
	return len(said.Topics) > 0 && said.Topics[0] == l.topics[l.emergency].id
}

// beside is the topic asked about and, after it, what the text adds that the
// other side owns.
func (l *Lexicon) beside(asked uint16, said *Reading) []uint16 {
	out := append(make([]uint16, 0, MaxTopics), asked)
	slot, known := l.slots[asked]
	if !known {
		return out
	}
	of := l.topics[slot].kind
	for _, t := range said.Topics {
		k := l.topics[l.slots[t]].kind
		if len(out) < MaxTopics && k != of && (k == kindCare || k == kindCoverage) {
			out = append(out, t)
		}
	}
	return out
}

// contactTopic is what the call, or else the pages seen, are about.
func (l *Lexicon) contactTopic(f *fact.Facts) int8 {
	if f.Known(fact.CallReason) {
		if t, ok := l.callReasons[f.Raw(fact.CallReason)]; ok {
			return t
		}
	}
	for _, p := range l.pages {
		if f.Has(fact.PageGroup, p.position) {
			return p.topic
		}
	}
	return l.none
}

// withholdSUD drops what tells of a substance use disorder, unless the member
// agreed to its use under 42 CFR Part 2. Dropping leaves the fact as if it had
// never been sent, so no decision can tell the difference.
func withholdSUD(f *fact.Facts, sud int) {
	if sud < 0 || mayUseSUD(f) || !f.Has(fact.ChronicDx, sud) {
		return
	}
	rest := f.Raw(fact.ChronicDx) &^ (1 << sud)
	f.Forget(fact.ChronicDx)
	if rest != 0 {
		f.SetRaw(fact.ChronicDx, rest)
	}
}

// mayUseSUD reports consent to treatment, payment and operations, or to this.
func mayUseSUD(f *fact.Facts) bool {
	return f.Equals(fact.Part2Consent, consentTPO) || f.Equals(fact.Part2Consent, consentSpecific)
}

// Positions in part2_consent.
const (
	consentTPO      = 1
	consentSpecific = 2
)
