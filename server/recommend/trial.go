package recommend

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/memory"
)

// voice chooses the words of items for one member. It knows the member's name
// and nothing else about them. The zero voice says the base words.
type voice struct {
	key            *assign.Key
	tenant, member string
	kept           []memory.Trial // of a decision that is looked up: as it was said then
}

// voice is that of the member who is asked about.
func (p *pending) voice() voice {
	return voice{key: p.assign, tenant: tenant(p.ask.Tenant), member: p.ask.MemberRef}
}

// says is the item in the words that are for this member: of its variants, or its
// own.
func (v *voice) says(item *itemWords) *itemWords {
	if len(item.variants) == 0 {
		return item
	}
	if v.kept != nil {
		for i := range item.variants {
			if variantOf(v.kept, item.advice.ID) == item.variants[i].advice.Variant {
				return &item.variants[i]
			}
		}
		return item
	}
	if v.key == nil || v.member == "" {
		return item
	}
	if i := assign.Arm(v.key.Part(v.tenant, item.experiment, v.member), item.percents...); i >= 0 {
		return &item.variants[i]
	}
	return item
}

func variantOf(trials []memory.Trial, advice string) string {
	for _, t := range trials {
		if t.Advice == advice {
			return t.Variant
		}
	}
	return ""
}

// holdout is the revision's holdout, ready to ask.
type holdout struct {
	said           *content.Holdout
	id, experiment string
	percent        int
	topics         []uint16
}

func (s *Snapshot) newHoldout(h *content.Holdout) *holdout {
	if h == nil {
		return nil
	}
	out := &holdout{said: h, id: h.ID.Value, experiment: "holdout " + h.ID.Value, percent: h.Percent.Value}
	for _, t := range h.Topics {
		if i, ok := s.set.Topic(t.Value); ok {
			out.topics = append(out.topics, i)
		}
	}
	return out
}

// Holdout is the revision's holdout; nil if it has none.
func (s *Snapshot) Holdout() *content.Holdout {
	if s.holdout == nil {
		return nil
	}
	return s.holdout.said
}

// HoldoutPolicy begins the policy of what a holdout held back.
const HoldoutPolicy = "holdout:"

// inHoldout reports whether a decision is one that the holdout is about: advice of
// the plan on habits that goes out unasked. Emergencies, care, coverage, the care
// team's advice and all that a member asked for are none.
func (p *pending) inHoldout(d *decision.Decision) bool {
	h := p.snap.holdout
	return h != nil && p.assign != nil && p.ask.MemberRef != "" && d.Sender == decision.Insurer && p.heard == nil &&
		p.snap.policy.Outbound(&p.asked.facts) && slices.Contains(h.topics, d.Topic)
}

// holdOut holds back what the holdout is about, of members who are in it.
func (p *pending) holdOut(d *decision.Decision, r *review) {
	if !p.inHoldout(d) {
		return
	}
	r.trial = p.snap.holdout.id
	if p.assign.Part(tenant(p.ask.Tenant), p.snap.holdout.experiment, p.ask.MemberRef) < p.snap.holdout.percent {
		r.holdAll(p.words, decision.Holdout, HoldoutPolicy+r.trial)
	}
}

// trials are what of an answer is on trial.
func (p *pending) trials() []memory.Trial {
	var out []memory.Trial
	v := p.voice()
	for i := range p.found.all() {
		for _, item := range p.found.decisions[i].Advice() {
			w := &p.words.items[item]
			variant := v.says(w).advice.Variant
			if variant == "" && len(w.variants) > 0 && v.key != nil && v.member != "" {
				variant = feedback.Base
			}
			if variant != "" || p.reviews[i].trial != "" {
				out = append(out, memory.Trial{Advice: w.advice.ID, Variant: variant, Holdout: p.reviews[i].trial})
			}
		}
	}
	return out
}

// trialsOf are the trials of a record, never nil.
func trialsOf(r *memory.Record) []memory.Trial {
	if r.Trials == nil {
		return []memory.Trial{}
	}
	return r.Trials
}
