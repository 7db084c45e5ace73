package recommend

import (
	"context"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/memory"
)

// share lets both sides get one decision: whoever asked first, with facts that
// no rule can tell apart, made it. An emergency is decided anew for everyone,
// and so is a question about nobody in particular.
func (s *Service) share(ctx context.Context, p *pending) {
	for range maxTries {
		if !s.shares(p) {
			return
		}
		c := s.store.Claim(ctx, p.claim())
		if c.Status != memory.Changed {
			p.settle(c)
			return
		}
		s.reconsider(p, &c)
	}
	p.answer.Cache.Status = CacheUnavailable
}

// maxTries is how often a question is decided anew because feeds told something
// about the member meanwhile.
const maxTries = 4

// reconsider decides again with what is stored about the member.
func (s *Service) reconsider(p *pending, c *memory.Claimed) {
	p.member, p.live, p.sure, p.blind = c.Member, c.Live, true, false
	s.decide(p)
}

// claim asks for the shared decision. A fresh one takes its place: decisions are
// pure, so the other side would have got the same one, and a new id that both get
// from now on keeps it one voice.
func (p *pending) claim() memory.Claim {
	c := memory.Claim{Key: p.key(), Fresh: p.entry(), TTL: p.answer.ValidUntil.Sub(p.now), Member: p.member, Live: p.live, Replace: p.ask.Consistency == Fresh}
	if p.found.safety() {
		c.TTL, c.Replace = 0, false
	}
	return c
}

// shares reports whether the store is asked. An emergency is not shared; only one
// that rests on what this server remembers of the member is looked into first.
func (s *Service) shares(p *pending) bool {
	return s.remembers(p) && (!p.found.safety() || p.stored != nil && !p.sure)
}

// settle takes over the decision that was there first. It holds no longer than
// the facts of this question do.
func (p *pending) settle(c memory.Claimed) {
	if p.found.safety() {
		return
	}
	switch c.Status {
	case memory.Hit:
		p.answer.Cache = Cache{Status: CacheHit, Age: c.Age}
		p.answer.ID, p.answer.DecidedAt = c.Entry.DecisionID, c.Entry.DecidedAt
		if p.stored == nil || c.Entry.ValidUntil.Before(p.answer.ValidUntil) {
			p.answer.ValidUntil = c.Entry.ValidUntil
		}
		p.adopt(&c.Entry)
	case memory.Miss:
		if p.ask.Consistency != Fresh {
			p.answer.Cache.Status = CacheMiss
		}
	case memory.Unavailable:
		p.answer.Cache.Status = CacheUnavailable
	}
}

// adopt makes the shared outcome ours. It is the same unless another version of
// this program, with the same rules, decided it: then the first word stands, so
// that both sides hear one.
func (p *pending) adopt(e *memory.Entry) {
	for i := range p.found.all() {
		if i >= len(e.Recommendations) || !p.snap.same(&p.found.decisions[i], &e.Recommendations[i]) {
			if o, ok := p.snap.outcome(e); ok {
				p.found = o
			}
			return
		}
	}
}

// key says what the decision depends on. Of the revision that is what the rules
// and words of these topics come from, and no more: a change of other topics
// leaves the decision as it was, for both sides.
func (p *pending) key() memory.Key {
	k := memory.Key{Tenant: tenant(p.ask.Tenant), Member: p.ask.MemberRef, Topics: make([]string, p.found.n)}
	k.Cells = make([]byte, 0, 128)
	var rules [len(outcome{}.decisions) * len(ruleset.Print{})]byte
	named := rules[:0]
	for i := range p.found.all() {
		topic := p.found.decisions[i].Topic
		k.Topics[i] = p.snap.topicID(topic)
		k.Cells = p.snap.set.AppendCells(k.Cells, p.asked.about(topic), topic)
		print := p.snap.set.Fingerprint(topic)
		named = append(named, print[:]...)
	}
	k.Rules = string(named)
	return k
}

func tenant(name string) string {
	if name == "" {
		return DefaultTenant
	}
	return name
}

// record keeps the decision to be looked up, and reports whether that can be relied
// on. One that was shared before is kept already; where it is sent unasked it is
// kept anew, because it may have been held back then, and what is told of it counts
// by what was not.
func (s *Service) record(p *pending, reviews []review) bool {
	if s.store == nil || p.ask.MemberRef == "" && !s.anonymous || p.answer.Cache.Status == CacheHit && !p.sends {
		return true
	}
	r := memory.Record{Tenant: tenant(p.ask.Tenant), Member: p.ask.MemberRef, Entry: p.entry(), Asker: p.ask.Asker.String()}
	if v := p.see(); v != nil {
		for i := range p.found.all() {
			if u := v.unsaid(p, i); u.any() && !p.found.safety() {
				r.Private = append(r.Private, u.private(p.snap.topicID(p.found.decisions[i].Topic)))
				u.keepReasons(p.snap, &r.Recommendations[i])
			}
		}
	}
	for i := range reviews {
		for _, h := range reviews[i].held {
			r.Held = append(r.Held, memory.Held{
				Topic: p.snap.topicID(p.found.decisions[i].Topic), Advice: h.AdviceID, Code: h.Code.String(), Policy: h.PolicyID, RetryAt: h.RetryAt,
			})
		}
	}
	s.note(p, &r)
	return s.store.Record(r)
}

// entry is the decision by names, without member, facts or words.
func (p *pending) entry() memory.Entry {
	e := memory.Entry{DecisionID: p.answer.ID, Revision: p.answer.Revision, DecidedAt: p.answer.DecidedAt, ValidUntil: p.answer.ValidUntil}
	e.NeededFacts = p.snap.names(p.found.needed)
	e.Recommendations = make([]memory.Recommendation, p.found.n)
	for i := range p.found.all() {
		e.Recommendations[i] = p.snap.named(&p.found.decisions[i])
	}
	return e
}

// named is a decision by names.
func (s *Snapshot) named(d *decision.Decision) memory.Recommendation {
	r := memory.Recommendation{Topic: s.topicID(d.Topic), Mindset: d.Mindset.String(), Sender: d.Sender.String()}
	for _, why := range s.reasons(s.words.sheets[0], d) {
		r.Reasons = append(r.Reasons, memory.Reason{Code: why.Code.String(), Table: why.Table, Rule: why.RuleID})
	}
	if d.Sender == decision.Safety {
		r.Advice = []string{d.Notice.String()}
	}
	for _, i := range d.Advice() {
		r.Advice = append(r.Advice, s.set.Item(i).ID)
	}
	return r
}
