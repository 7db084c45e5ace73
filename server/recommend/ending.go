package recommend

import (
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// insurersEnd is until when an answer holds, as the insurer may know it: as long
// as what the insurer knows. That a fact of the provider's side ends, or advances
// to where a rule can tell, counts only where the insurer would see another
// answer then; else the moment would tell of a fact that nothing else shows. Even
// so it is told in steps of coarse: to the second, and less a window that anybody
// can read in the rules, it would be the moment of a discharge. What is stored
// ends when the facts do, whoever asked.
func (p *pending) insurersEnd(s *Service) time.Time {
	v := p.view
	longest := s.maxTTL
	for i := range p.found.all() {
		topic := p.found.decisions[i].Topic
		var held ruleset.Holding
		if v.stored != nil {
			held = v.stored
		}
		longest = min(longest, p.snap.set.Lifetime(v.asked.about(topic), held))
		if hidden := p.shows(v, topic, longest); hidden < longest {
			longest = max(0, p.now.Add(hidden).Truncate(coarse).Sub(p.now))
		}
	}
	end := p.now.Add(longest)
	if p.sends && p.places.Before(end) {
		return p.places
	}
	return end
}

// coarse is how exactly the insurer may know when a hidden fact ends.
const coarse = 5 * time.Minute

// shows is when a hidden fact that ends changes what is decided about a topic.
func (p *pending) shows(v *view, topic uint16, longest time.Duration) time.Duration {
	f := p.asked.about(topic)
	var ends []ending
	for _, id := range p.snap.Catalogue().All() {
		if id >= fact.MaxFacts || !f.Known(id) || v.asked.facts.Known(id) && v.asked.facts.Raw(id) == p.asked.facts.Raw(id) {
			continue
		}
		var alone fact.Facts
		alone.SetRaw(id, f.Raw(id))
		left := p.snap.set.Lifetime(&alone, p.stored)
		if left < longest {
			ends = append(ends, ending{id, left})
		}
	}
	slices.SortFunc(ends, func(a, b ending) int { return int(a.left - b.left) })
	unknown, later := *f, *f
	for _, e := range ends {
		one := *f
		one.Forget(e.id)
		unknown.Forget(e.id)
		other := *f
		if p.snap.Catalogue().Def(e.id).Advances() > 0 {
			other.SetRaw(e.id, f.Raw(e.id)+1)
			later.SetRaw(e.id, f.Raw(e.id)+1)
		}
		for _, g := range [...]*fact.Facts{&one, &other, &unknown, &later} {
			if !p.looksAlike(f, g, topic) {
				return e.left
			}
		}
	}
	return longest
}

type ending struct {
	id   fact.ID
	left time.Duration
}

// looksAlike reports whether the insurer sees the same answer on both.
func (p *pending) looksAlike(f, g *fact.Facts, topic uint16) bool {
	a, b := p.snap.decide(f, topic), p.snap.decide(g, topic)
	if a.Mindset != b.Mindset || a.Sender != b.Sender || a.Notice != b.Notice {
		return false
	}
	return a.Sender != decision.Insurer || slices.Equal(a.Advice(), b.Advice())
}
