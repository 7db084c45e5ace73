package fhir

import (
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// coverageFacts tells of the member's insurance: one that is active, else the
// one that ended last.
func (j *judge) coverageFacts() {
	var since time.Time
	var sinceOf *coverage
	for i := range j.coverages {
		c := &j.coverages[i]
		if !j.mine(&c.source) {
			continue
		}
		if why := j.coverageFact(c); why != "" {
			j.ignore(c.name, "", why)
			continue
		}
		if c.status != "active" || !c.period.start.known() || !j.inForce(c.period) {
			continue
		}
		if start := c.period.start.first(j.zone); sinceOf == nil || start.Before(since) {
			since, sinceOf = start, c
		}
	}
	if sinceOf != nil {
		j.latest(fact.DaysSinceEnrolment, since, &sinceOf.source)
	}
}

func (j *judge) coverageFact(c *coverage) Reason {
	p := c.period
	if p.start.known() && p.end.known() && p.end.last(j.zone).Before(p.start.first(j.zone)) {
		return Contradictory
	}
	if p.start.known() && p.start.first(j.zone).After(j.now) {
		return Future
	}
	at := j.reported(&c.source)
	if c.inside {
		if !c.told.known() || !j.fresh(fact.CoverageStatus, j.upTo(c.told)) || c.told.first(j.zone).After(j.now) {
			return ""
		}
		at = j.upTo(c.told)
	}
	state := c.status
	switch {
	case state == "active" && !j.inForce(p):
		state = "cancelled"
	case state == "":
		return Malformed
	}
	i, ok := j.catalogue.Value(fact.CoverageStatus, state)
	if !ok {
		return UnknownCode
	}
	f := &j.found[fact.CoverageStatus]
	if f.known && (f.value == fact.CoverageActive || int64(i) != fact.CoverageActive && !at.After(f.asOf)) {
		return ""
	}
	*f = found{known: true, value: int64(i), asOf: at}
	j.credit(f, &c.source)
	if c.line != "" {
		j.found[fact.LineOfBusiness].known = false
		j.tellNamed(fact.LineOfBusiness, c.line, at, &c.source)
	}
	return ""
}

// eligibilityFacts tells what the newest answer about benefits says.
func (j *judge) eligibilityFacts() {
	var newest *eligibility
	var at time.Time
	for i := range j.eligibilities {
		e := &j.eligibilities[i]
		if !j.mine(&e.source) {
			continue
		}
		told, why := j.toldOn(e)
		if why != "" {
			j.ignore(e.name, "created", why)
			continue
		}
		if newest == nil || told.After(at) {
			newest, at = e, told
		}
	}
	if newest != nil {
		j.eligibilityFact(newest, at)
	}
}

func (j *judge) toldOn(e *eligibility) (time.Time, Reason) {
	switch {
	case !e.created.known():
		return time.Time{}, NoDate
	case e.created.first(j.zone).After(j.now.Add(skew)):
		return time.Time{}, Future
	case !j.fresh(fact.BenefitAvailable, j.upTo(e.created)), !j.inForce(e.on):
		return time.Time{}, Expired
	}
	return j.upTo(e.created), ""
}

func (j *judge) eligibilityFact(e *eligibility, at time.Time) {
	benefits, stated := int64(0), false
	for i := range e.parts {
		p := &e.parts[i]
		inForce := j.inForce(p.period)
		if p.stated {
			j.eligibleStatus(e, p.inForce && inForce, at)
			inForce = inForce && p.inForce
		}
		stated = stated || len(p.items) > 0
		if inForce {
			benefits |= j.benefits(p, &e.source)
		}
	}
	if stated {
		j.tell(fact.BenefitAvailable, benefits, at, &e.source)
	}
	best := -1
	for _, a := range e.deductible {
		if a.fit > best {
			best = a.fit
			j.found[fact.DeductibleLeftUSD].known = false
			j.tell(fact.DeductibleLeftUSD, int64(min(a.left+0.5, 1_000_000)), at, &e.source)
		}
	}
}

// eligibleStatus takes the plan's own answer over a card that says otherwise.
func (j *judge) eligibleStatus(e *eligibility, active bool, at time.Time) {
	f := &j.found[fact.CoverageStatus]
	if f.known && f.asOf.After(at) && f.value != fact.CoverageActive {
		return
	}
	state := "cancelled"
	if active {
		state = "active"
	}
	f.known = false
	j.tellNamed(fact.CoverageStatus, state, at, &e.source)
}

// benefits are the positions of the benefits that an insurance names. One that
// is excluded under one code is not available under another.
func (j *judge) benefits(p *part, s *source) (has int64) {
	excluded := int64(0)
	for _, it := range p.items {
		known := false
		for _, c := range it.codes {
			i, ok := j.catalogue.Value(fact.BenefitAvailable, benefitOf(c))
			known = known || ok || c.value == "30"
			switch {
			case ok && it.available:
				has |= 1 << i
			case ok:
				excluded |= 1 << i
			}
		}
		if !known && len(it.codes) > 0 {
			j.ignore(s.name, "insurance.item", UnknownCode)
		}
	}
	return has &^ excluded
}

// weights put the claim events of one moment in order, the gravest last.
var weights = []string{"new_eob", "prior_auth_pending", "pended", "prior_auth_denied", "denied"}

func (j *judge) claimFacts() {
	var at time.Time
	weight := -1
	for i := range j.claims {
		c := &j.claims[i]
		if !j.mine(&c.source) {
			continue
		}
		for _, s := range c.acute {
			j.claimedStay(c, s)
		}
		if c.event == "" || !c.created.known() {
			continue
		}
		if c.created.first(j.zone).After(j.now.Add(skew)) {
			j.ignore(c.name, "created", Future)
			continue
		}
		told := j.upTo(c.created)
		w := weightOf(c.event)
		if !j.fresh(fact.ClaimEvent, told) || weight >= 0 && (told.Before(at) || told.Equal(at) && w <= weight) {
			continue
		}
		at, weight = told, w
		j.found[fact.ClaimEvent].known = false
		j.tellNamed(fact.ClaimEvent, c.event, told, &c.source)
	}
}

func weightOf(event string) int {
	for i, w := range weights {
		if w == event {
			return i
		}
	}
	return 0
}

// claimedStay tells of acute care that only a claim knows of.
func (j *judge) claimedStay(c *claim, s stay) {
	if find(j.encounters, func(e *encounter) *source { return &e.source }, s.encounter, &c.source) >= 0 || !s.until.known() {
		return
	}
	end, come := j.began(s.until)
	if !come {
		return
	}
	if end = j.upTo(s.until); j.now.Sub(end) <= acuteCareReach {
		j.latest(fact.HoursSinceAcuteCare, end, &c.source)
	}
}

func (j *judge) planFacts() {
	for i := range j.plans {
		p := &j.plans[i]
		if !j.mine(&p.source) {
			continue
		}
		if p.period.start.known() && p.period.start.first(j.zone).After(j.now.Add(skew)) {
			j.ignore(p.name, "period", Future)
			continue
		}
		state, at := p.state, j.reported(&p.source)
		if state == "graduated" || state == "enrolled" && j.past(p.period.end) {
			if !j.past(p.period.end) && p.period.end.known() {
				state = "enrolled" // the end was still to come
			} else {
				state, at = "graduated", j.upTo(firstKnown(p.period.end, p.period.start))
			}
		}
		if j.fresh(fact.CareProgram, at) {
			j.tellNamed(fact.CareProgram, state, at, &p.source)
		}
	}
}

// messageFacts tells when the member was last written to, and why they called.
func (j *judge) messageFacts() {
	for i := range j.messages {
		m := &j.messages[i]
		sender := source{subject: m.sender, fullURL: m.fullURL}
		byMember := j.member.is(&sender)
		if m.subject == "" && byMember {
			m.subject = m.sender
		}
		if !j.mine(&m.source) || !m.sent.known() {
			continue
		}
		at, come := j.began(m.sent)
		if !come {
			j.ignore(m.name, "sent", Future)
			continue
		}
		if !byMember && j.received(m) {
			j.latest(fact.AdviceLastSentDays, at, &m.source)
		}
		for _, c := range m.reasons {
			name := strings.ReplaceAll(strings.ToLower(c.value), "-", "_")
			if _, ok := j.catalogue.Value(fact.CallReason, name); ok && byMember && j.fresh(fact.CallReason, at) {
				j.tellNamed(fact.CallReason, name, at, &m.source)
			}
		}
	}
}

// received reports whether the member is among those written to, which nobody
// named means.
func (j *judge) received(m *message) bool {
	for _, to := range m.recipients {
		one := source{subject: to, fullURL: m.fullURL}
		if j.member.is(&one) {
			return true
		}
	}
	return len(m.recipients) == 0
}
