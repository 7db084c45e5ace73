package proof

import (
	"math"
	"math/bits"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// maxPlain bounds how many plain members are made of one row.
const maxPlain = 24

// plain makes members of whom nothing is known but what cubes of rules ask for.
// They are guesses: most rows and items are reached by one of them, and then
// need no search.
func (c *checker) plain(cubes []ruleset.Cube) []Question {
	var out []Question
	for _, rc := range cubes {
		on := map[fact.ID]*ruleset.Literal{}
		for i := range rc {
			on[rc[i].Column] = &rc[i]
		}
		for t := range c.set.Topics() {
			if l := on[fact.Topic]; l != nil && !l.Holds(true, int64(t)) {
				continue
			}
			if len(out) == maxPlain {
				return out
			}
			out = append(out, c.plainMember(on, uint16(t)))
			if on[fact.Topic] == nil && on[fact.TiedBenefit] == nil {
				break // one topic is as good as another
			}
		}
	}
	return out
}

func (c *checker) plainMember(on map[fact.ID]*ruleset.Literal, topic uint16) Question {
	q := Question{Topic: topic}
	for id, l := range on {
		if id < fact.MaxFacts {
			meetPlainly(&q.Facts, c.set.Catalogue().Def(id), id, l)
		}
	}
	tied, mindset := on[fact.TiedBenefit], on[fact.MindsetIs]
	if tied != nil && !tied.Holds(true, 0) {
		c.tie(&q)
	}
	if mindset == nil || q.Facts.Known(fact.MemberChoice) {
		return q
	}
	// The member's choice stands in for the mindset table.
	switch {
	case mindset.Holds(true, int64(decision.Patient)):
		q.Facts.SetRaw(fact.MemberChoice, fact.ChoicePatient)
	case mindset.Holds(true, int64(decision.Consumer)):
		q.Facts.SetRaw(fact.MemberChoice, fact.ChoiceConsumer)
	}
	return q
}

// tie gives the member the first benefit that the topic is tied to.
func (c *checker) tie(q *Question) {
	for _, b := range c.set.Topics()[q.Topic].Benefits {
		p, _ := c.set.Catalogue().Value(fact.BenefitAvailable, b)
		q.Facts.SetRaw(fact.CoverageStatus, fact.CoverageActive)
		q.Facts.Add(fact.BenefitAvailable, p)
		return
	}
}

// meetPlainly sets a fact to the plainest value that meets a literal.
func meetPlainly(f *fact.Facts, d *fact.Def, id fact.ID, l *ruleset.Literal) {
	switch {
	case l.Unknown:
	case l.Ranges == nil:
		var in int64
		for _, any := range l.Any {
			in |= 1 << bits.TrailingZeros64(any)
		}
		f.SetRaw(id, in)
	default:
		from, to := bounds(l.Ranges[0], d)
		switch {
		case from > d.Min || l.Ranges[0].To == math.MaxInt64:
			f.SetRaw(id, min(max(from, 0), to))
		default:
			f.SetRaw(id, to)
		}
	}
}

// bounds are the ends of a range within the fact's own.
func bounds(r ruleset.Range, d *fact.Def) (from, to int64) {
	if d.Kind != fact.Int && d.Kind != fact.Decimal {
		return r.From, min(r.To, max(int64(len(d.Values)), 2)-1)
	}
	return max(r.From, d.Min), min(r.To, d.Max)
}
