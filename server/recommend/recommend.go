package recommend

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// Recommend answers who should speak to this member now, about this, and with
// what words. It takes the text out of r.
func (s *Service) Recommend(ctx context.Context, snap *Snapshot, r *Request) (*Answer, error) {
	p := pending{snap: snap, ask: r}
	if err := s.prepare(&p); err != nil {
		return nil, err
	}
	s.share(ctx, &p)
	return s.finish(&p), nil
}

// pending is a request on its way through the steps.
type pending struct {
	snap   *Snapshot
	ask    *Request
	words  *sheet
	now    time.Time
	asked  question
	found  outcome
	answer *Answer
}

// prepare reads and decides: all that needs no memory.
func (s *Service) prepare(p *pending) error {
	if err := s.check(p.snap, p.ask); err != nil {
		return err
	}
	now := s.now() // to the microsecond, for the order of ids
	p.words, p.now = p.snap.words.sheet(p.ask.Language), kept(now)
	p.asked = p.snap.read(p.ask, p.now)
	p.found = p.snap.decideAll(&p.asked)
	p.answer = &Answer{ID: newID(now), Revision: p.snap.id, DecidedAt: p.now, ValidUntil: p.now.Add(s.lifetime(p))}
	return nil
}

// lifetime is how long an answer may be given again: as long as the facts under
// it hold, and not longer than the service allows.
func (s *Service) lifetime(p *pending) time.Duration {
	if p.found.safety() {
		return min(s.maxTTL, fact.ContactAge)
	}
	return min(s.maxTTL, p.snap.set.Lifetime(&p.asked.facts))
}

// finish applies the policy, says the answer in words and keeps it.
func (s *Service) finish(p *pending) *Answer {
	recommendations, reviews, hidden := p.say()
	p.answer.Recommendations = recommendations
	if !hidden {
		p.answer.NeededFacts = p.snap.names(reviews.needed(p.found.needed))
	}
	s.record(p, reviews[:p.found.n])
	return p.answer
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

// say applies the policy to every decision and renders what it leaves.
func (p *pending) say() (out []Recommendation, all reviews, hidden bool) {
	out = make([]Recommendation, 0, p.found.n)
	for i := range p.found.all() {
		d := &p.found.decisions[i]
		all[i] = p.snap.review(p.words, d, &p.asked.facts, p.now)
		rec := p.snap.say(p.words, p.ask.Asker, d, &p.asked.facts, &all[i])
		if hidden = all[i].hidden; !hidden {
			p.snap.openReasons(p.words, &rec, d, &p.asked.facts, p.found.needed)
		}
		out = append(out, rec)
	}
	return out, all, hidden
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
func (s *Service) check(snap *Snapshot, r *Request) error {
	switch {
	case r.Asker == NotSaid:
		return &Error{Code: InvalidArgument, Field: "asker", Message: "say which side asks: insurer, provider or integrated"}
	case r.HasTopic && int(r.Topic) >= len(snap.set.Topics()):
		return &Error{Code: InvalidArgument, Field: "topic", Message: "the revision in force has no such topic"}
	case r.MinRevision != "" && !s.hasReached(snap, r.MinRevision):
		return &Error{Code: RevisionNotInForce, Field: "minRevision", Message: "that revision has not come into force here"}
	}
	return nil
}
