package recommend

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// DecisionLog keeps what was decided, without saying about whom, so that drafts
// can be tried on it. Log must not wait, and must not keep what its pointers
// lead to.
type DecisionLog interface {
	Log(at time.Time, tenant, revision string, set *ruleset.Set, f *fact.Facts, d *decision.Decision)
}

// log tells the decision log of each topic that was decided.
func (s *Service) log(p *pending) {
	if s.decisions == nil || p.snap.standIn {
		return
	}
	for i := range p.found.all() {
		d := &p.found.decisions[i]
		s.decisions.Log(p.now, tenant(p.ask.Tenant), p.snap.id, p.snap.set, p.asked.about(d.Topic), d)
	}
}
