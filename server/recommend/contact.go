package recommend

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/policy"
)

// contact asks the store for a place for what would be sent unasked, for many
// requests in one round trip: what was shown before, and what others are about to
// show, may leave no room. An answer to a question asks for nothing. Without the
// store's word nothing is sent.
func (s *Service) contact(ctx context.Context, all []*pending) {
	var holds []memory.Hold
	var of []*pending
	for _, p := range all {
		switch {
		case !s.remembers(p) || p.found.safety() || !p.snap.policy.Outbound(&p.asked.facts):
		case p.answer.Cache.Status == CacheUnavailable:
			p.withhold()
		default:
			if h := p.hold(); len(h.Contacts) > 0 {
				holds, of = append(holds, h), append(of, p)
			}
		}
	}
	if len(holds) == 0 {
		return
	}
	for i, places := range s.store.Hold(ctx, holds) {
		of[i].take(places, holds[i].Until)
	}
}

// withhold holds back all that would be sent, because nobody can tell what the
// member was sent before, or chose since.
func (p *pending) withhold() {
	for i := range p.found.all() {
		p.reviews[i].holdAll(p.words, decision.Guardrail, policy.ContactsUnknown)
	}
}

// hold is what the answer would show.
func (p *pending) hold() memory.Hold {
	pol := p.snap.policy
	h := memory.Hold{Tenant: tenant(p.ask.Tenant), Member: p.ask.MemberRef, Keep: pol.Longest(), Until: p.now.Add(pol.Hold())}
	for i := range p.found.all() {
		d, r := &p.said[i], &p.reviews[i]
		if r.hidden || !owns(p.ask.Asker, d.Sender) {
			continue
		}
		for _, item := range r.kept[:r.n] {
			if p.limited(item) {
				h.Contacts = append(h.Contacts, p.bounded(d, item))
			}
		}
	}
	return h
}

// take holds back what has no place. What has one may be shown until its place
// ends.
func (p *pending) take(places []memory.Place, until time.Time) {
	if places == nil {
		p.withhold()
		return
	}
	for i := range p.found.all() {
		d, r := &p.said[i], &p.reviews[i]
		if r.hidden || !owns(p.ask.Asker, d.Sender) {
			continue
		}
		kept := r.kept[:r.n]
		r.n = 0
		for _, item := range kept {
			if p.limited(item) {
				place := places[0]
				if places = places[1:]; place.Limit != "" {
					r.held = append(r.held, Suppressed{AdviceID: p.words.items[item].advice.ID, Code: decision.FrequencyCap, PolicyID: place.Limit, RetryAt: place.RetryAt})
					continue
				}
				if p.sends, p.places = true, until; until.Before(p.answer.ValidUntil) {
					p.answer.ValidUntil = until
				}
			}
			r.kept[r.n] = item
			r.n++
		}
	}
}

// limited reports whether there are limits that an item of the answer must keep to.
func (p *pending) limited(item uint16) bool {
	t := &p.words.items[item].terms
	return p.snap.policy.Limited(t.Sender, t.Kind, p.snap.channel(&p.asked.facts) == texts)
}

// bounded is an item of the answer as a contact, with the limits that it must keep
// to.
func (p *pending) bounded(d *decision.Decision, item uint16) memory.Bounded {
	w := &p.words.items[item]
	return p.snap.bounded(memory.Contact{Decision: p.answer.ID, Advice: w.advice.ID, Topic: p.snap.topicID(d.Topic), Channel: p.snap.channel(&p.asked.facts)}, &w.terms)
}

// bounded is a contact with the limits that it must keep to.
func (s *Snapshot) bounded(c memory.Contact, t *policy.Terms) memory.Bounded {
	c.Sender, c.Kind = t.Sender.String(), t.Kind.String()
	limits := s.policy.Limits(t.Sender, t.Kind, c.Channel == texts)
	b := memory.Bounded{Contact: c, Limits: make([]memory.Limit, len(limits))}
	for i, l := range limits {
		b.Limits[i] = memory.Limit{Policy: l.ID, Most: l.Messages, Window: l.Window, PerHelpful: l.PerHelpful}
		to := &b.Limits[i]
		switch l.By {
		case policy.ByTopic:
			to.Topic = c.Topic
		case policy.BySender:
			to.Sender = c.Sender
		case policy.ByText:
			to.Channel = texts
		case policy.ByBalance:
			to.Sender, to.Kind = c.Sender, policy.Ask.String()
		}
	}
	return b
}

const texts = "sms"

// channel is how the member would be reached; empty if nobody says.
func (s *Snapshot) channel(f *fact.Facts) string {
	if !f.Known(fact.Channel) {
		return ""
	}
	return s.Catalogue().Def(fact.Channel).Values[f.Raw(fact.Channel)]
}
