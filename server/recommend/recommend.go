package recommend

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/policy"
)

// Recommend answers who should speak to this member now, about this, and with
// what words. It takes the text out of r.
func (s *Service) Recommend(ctx context.Context, snap *Snapshot, r *Request) (*Answer, error) {
	p := pending{snap: snap, ask: r, assign: s.assign}
	if err := s.prepare(&p); err != nil {
		return nil, err
	}
	if err := s.end(ctx, &p); err != nil {
		return nil, err
	}
	s.share(ctx, &p)
	p.review()
	s.contact(ctx, []*pending{&p})
	return s.finish(&p), nil
}

// pending is a request on its way through the steps.
type pending struct {
	snap   *Snapshot
	ask    *Request
	words  *sheet
	now    time.Time
	heard  *intake.Reading // what the text said
	asked  question
	found  outcome
	answer *Answer

	live   memory.Live          // the member's shared decisions, where the store has shown them
	member *memory.Member       // what is stored about the member, as far as this server knows
	stored *intake.Recollection // what of it counts; nil if nothing is stored
	sure   bool                 // the store has said that member is what is stored
	blind  bool                 // the store is away, the tenant has feeds, and nothing is known of this member
	view   *view                // how the insurer could have decided; nil if no other way
	viewed bool                 // view has been made
	assign *assign.Key          // nil if nothing is on trial here

	places  time.Time                           // until when what is sent unasked has a place; zero if nothing is
	sends   bool                                // something has a place to be shown unasked
	ends    []string                            // channels that the member's words end
	said    [intake.MaxTopics]decision.Decision // what of the decisions may be said to the side that asks
	reviews reviews                             // what the policy leaves of it
}

// prepare reads and decides: all that needs no memory.
func (s *Service) prepare(p *pending) error {
	if err := p.snap.check(p.ask); err != nil {
		return err
	}
	now := s.now() // to the microsecond, for the order of ids
	p.words, p.now = p.snap.words.sheet(p.ask.Language), kept(now)
	p.answer = &Answer{ID: newID(now), Revision: p.snap.id, DecidedAt: p.now}
	if s.remembers(p) {
		assumed := s.store.Assume(tenant(p.ask.Tenant), p.ask.MemberRef)
		p.member, p.blind = assumed.Member, assumed.Fed && !assumed.Known
	}
	s.decide(p)
	return nil
}

// remembers reports whether there can be something stored about the member.
func (s *Service) remembers(p *pending) bool {
	return s.store != nil && p.ask.MemberRef != "" && !p.snap.standIn
}

// decide decides with what is known now.
func (s *Service) decide(p *pending) {
	p.read()
	p.found = p.snap.decideAll(&p.asked)
	p.answer.ValidUntil = p.now.Add(s.lifetime(p))
}

// lifetime is how long an answer may be given again: as long as the facts under
// it hold, and not longer than the service allows.
func (s *Service) lifetime(p *pending) time.Duration {
	if p.found.safety() {
		return min(s.maxTTL, fact.ContactAge)
	}
	if p.stored == nil {
		return min(s.maxTTL, p.snap.set.Lifetime(&p.asked.facts, nil))
	}
	longest := s.maxTTL
	for i := range p.found.all() {
		longest = min(longest, p.snap.set.Lifetime(p.asked.about(p.found.decisions[i].Topic), p.stored))
	}
	return longest
}

// finish keeps the answer and says it in words. What nobody could tell of later, for
// want of a record, is not sent.
func (s *Service) finish(p *pending) *Answer {
	if !s.record(p, p.reviews[:p.found.n]) && p.sends {
		p.withhold()
	}
	if p.ask.Asker == Insurer && p.see() != nil && !p.found.safety() {
		p.answer.ValidUntil = p.insurersEnd(s)
	}
	recommendations, hidden := p.say()
	p.answer.Recommendations = recommendations
	if !hidden {
		p.answer.NeededFacts = p.snap.names(p.reviews.needed(p.needed()))
	}
	s.log(p)
	return p.answer
}

// see makes the insurer's view, once.
func (p *pending) see() *view {
	if !p.viewed {
		p.viewed, p.view = true, p.insurersView()
	}
	return p.view
}

// shown is what the asking side may know of the question and of the decision.
func (p *pending) shown() (*question, *outcome) {
	if p.ask.Asker == Insurer {
		if v := p.see(); v != nil {
			return &v.asked, &v.found
		}
	}
	return &p.asked, &p.found
}

// needed are the facts that would settle what is open, as far as the asking side
// may know.
func (p *pending) needed() []fact.ID {
	for i := range p.found.all() {
		if u := p.unsaid(i); u.veiled() {
			return nil
		}
	}
	_, found := p.shown()
	return found.needed
}

// unsaid is what the decision on topic i must not say to the side that asks.
func (p *pending) unsaid(i int) unsaid {
	if p.ask.Asker == Insurer && !p.found.safety() {
		if v := p.see(); v != nil {
			return v.unsaid(p, i)
		}
	}
	return unsaid{}
}

type reviews [len(outcome{}.decisions)]review

// needed adds what the policy would have to know to the facts that the rules
// would: an outbound message waits until the hour is told.
func (all *reviews) needed(ids []fact.ID) []fact.ID {
	for i := range all {
		for _, h := range all[i].held {
			if h.Code == decision.InsufficientFacts {
				return append(slices.Clip(ids), fact.LocalHour)
			}
		}
	}
	return ids
}

// review applies the policy to every decision, but for what only the store knows.
func (p *pending) review() {
	for i := range p.found.all() {
		secret := p.unsaid(i)
		p.said[i] = p.snap.without(&p.found.decisions[i], &secret)
		d, r := &p.said[i], &p.reviews[i]
		*r = p.snap.review(p.words, d, p.asked.about(d.Topic), p.clock())
		if p.blind && p.answer.Cache.Status == CacheUnavailable {
			p.snap.holdBack(p.words, d, r)
		}
		if len(p.ends) > 0 {
			r.holdAll(p.words, decision.OptedOut, policy.Revocation)
		}
		p.holdOut(d, r)
		r.voice = p.voice()
	}
}

// clock is now, and the zone the member lives in.
func (p *pending) clock() policy.Clock {
	c := policy.Clock{Now: p.now}
	if p.stored != nil {
		c.Zone = p.stored.Zone
	}
	return c
}

// say renders what the policy leaves of every decision.
func (p *pending) say() (out []Recommendation, hidden bool) {
	out = make([]Recommendation, 0, p.found.n)
	q, found := p.shown()
	for i := range p.found.all() {
		secret, d := p.unsaid(i), &p.said[i]
		f := q.about(d.Topic)
		rec := p.snap.say(p.words, p.ask.Asker, d, f, &p.reviews[i])
		if hidden = p.reviews[i].hidden; !hidden {
			if secret.generalise(p.words, &rec); !secret.veiled() {
				p.snap.openReasons(p.words, &rec, d, f, found.needed)
			}
			p.policyReasons(&rec, d)
		}
		out = append(out, rec)
	}
	return out, hidden
}

// policyReasons adds what the policy did to the whole answer: an emergency notice
// is exempt from what holds messages back, and a member ended them.
func (p *pending) policyReasons(rec *Recommendation, d *decision.Decision) {
	switch {
	case d.Sender == decision.Safety && p.snap.policy.Outbound(&p.asked.facts):
		rec.Reasons = append(rec.Reasons, &p.words.exempt)
	case d.Sender != decision.Safety && len(p.ends) > 0:
		rec.Reasons = append(rec.Reasons, &p.words.ended)
	}
}

func (s *Snapshot) names(ids []fact.ID) []string {
	if len(ids) == 0 {
		return nil
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = s.Catalogue().Def(id).Name
	}
	return out
}

// check refuses what can't be answered here.
func (s *Snapshot) check(r *Request) error {
	switch {
	case r.Asker == NotSaid:
		return &Error{Code: InvalidArgument, Field: "asker", Message: "say which side asks: insurer, provider or integrated"}
	case r.HasTopic && int(r.Topic) >= len(s.set.Topics()):
		return &Error{Code: InvalidArgument, Field: "topic", Message: "the revision in force has no such topic"}
	}
	return nil
}
