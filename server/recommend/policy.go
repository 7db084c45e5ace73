package recommend

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/policy"
)

// review is what the policy leaves of one decision, for this viewer, now. It is
// made anew for every answer and never shared.
type review struct {
	hidden bool // this viewer learns nothing
	n      int
	kept   [decision.MaxAdvice]uint16
	held   []Suppressed
	voice  voice  // chooses the words
	trial  string // the holdout that the answer is part of
}

// review applies the member's choice, consent, privacy and hours to a decision.
func (s *Snapshot) review(w *sheet, d *decision.Decision, f *fact.Facts, c policy.Clock) review {
	var out review
	if d.Sender == decision.Safety {
		return out
	}
	out.hidden = s.policy.Hidden(f)
	for _, i := range d.Advice() {
		item := &w.items[i]
		if item.silent {
			continue
		}
		terms := item.terms
		terms.OptOutTopic = s.optOut[d.Topic]
		if v := s.policy.Check(f, &terms, c); !v.Kept() {
			out.held = append(out.held, Suppressed{AdviceID: item.advice.ID, Code: v.Code, PolicyID: v.Policy, RetryAt: v.RetryAt})
			continue
		}
		out.kept[out.n] = i
		out.n++
	}
	return out
}

// holdBack holds back what the plan would say about anything but coverage, because
// what feeds told about this member can't be read now (G34).
func (s *Snapshot) holdBack(w *sheet, d *decision.Decision, r *review) {
	if topics := s.set.Topics(); d.Sender != decision.Insurer || int(d.Topic) < len(topics) && topics[d.Topic].Kind == "coverage" {
		return
	}
	r.holdAll(w, decision.Guardrail, policy.MemberUnknown)
}

// holdAll holds back all that is kept.
func (r *review) holdAll(w *sheet, code decision.Reason, policyID string) {
	for _, i := range r.kept[:r.n] {
		r.held = append(r.held, Suppressed{AdviceID: w.items[i].advice.ID, Code: code, PolicyID: policyID})
	}
	r.n = 0
}

// unwanted reports whether the member does not want to hear of this: then the
// other side points to nothing either.
func (r *review) unwanted() bool {
	return r.n == 0 && slices.ContainsFunc(r.held, func(h Suppressed) bool { return h.Code == decision.OptedOut })
}

// recalled is the review of a decision that is looked up later. Nobody says who
// reads it, so that what is sensitive stays unsaid.
func (s *Snapshot) recalled(w *sheet, d *decision.Decision, held []Suppressed) review {
	out := review{held: held}
	for _, h := range held {
		out.hidden = out.hidden || h.PolicyID == policy.ConfidentialChannel
	}
	for _, i := range d.Advice() {
		item := &w.items[i]
		switch {
		case item.silent || isHeld(held, item.advice.ID):
		case item.terms.Sensitive != 0 || item.terms.MinorConsent:
			out.held = append(out.held, Suppressed{AdviceID: item.advice.ID, Code: decision.ConsentMissing, PolicyID: policy.SensitiveOwnLogin})
		default:
			out.kept[out.n] = i
			out.n++
		}
	}
	return out
}

func isHeld(held []Suppressed, adviceID string) bool {
	for i := range held {
		if held[i].AdviceID == adviceID {
			return true
		}
	}
	return false
}
