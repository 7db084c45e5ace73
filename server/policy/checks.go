package policy

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// forbids is the first reason to hold an item back, in the order of their
// weight; the zero Verdict if there is none.
func (p *Policy) forbids(f *fact.Facts, t *Terms) Verdict {
	switch {
	case p.confidential(f):
		return Verdict{Code: decision.ConsentMissing, Policy: ConfidentialChannel}
	case optedOutOfTopic(f, t):
		return Verdict{Code: decision.OptedOut, Policy: "opt_out_topic"}
	case p.optedOutOfChannel(f):
		return Verdict{Code: decision.OptedOut, Policy: "opt_out_channel"}
	case p.notForTheParent(f, t):
		return Verdict{Code: decision.ConsentMissing, Policy: "minor_consent"}
	case p.sensitive(f, t):
		return Verdict{Code: decision.ConsentMissing, Policy: SensitiveOwnLogin}
	case paidByOthers(f, t):
		return Verdict{Code: decision.ConsentMissing, Policy: "marketing_authorization"}
	case p.textedByThePlan(f, t):
		return Verdict{Code: decision.ConsentMissing, Policy: "sms_consent"}
	case p.tooLongForAText(f, t):
		return Verdict{Code: decision.Guardrail, Policy: "sms_length"}
	case p.rewardNotPermitted(f, t):
		return Verdict{Code: decision.Guardrail, Policy: "reward_rule"}
	}
	return Verdict{}
}

// confidential: every message goes to the protected person by the route they
// asked for. The route is only known by the contact that the member began.
func (p *Policy) confidential(f *fact.Facts) bool {
	return f.Is(fact.ConfidentialChannel) && (p.Hidden(f) || p.Outbound(f))
}

func optedOutOfTopic(f *fact.Facts, t *Terms) bool {
	return t.OptOutTopic != NoTopic && f.Has(fact.OptOutTopics, t.OptOutTopic)
}

// optedOutOfChannel: an opt-out is about being reached. A member who began the
// contact gets an answer where they asked.
func (p *Policy) optedOutOfChannel(f *fact.Facts) bool {
	if f.Equals(fact.Direction, p.words.inbound) || !f.Known(fact.Channel) || !f.Known(fact.OptOutChannels) {
		return false
	}
	return f.Raw(fact.OptOutChannels)&p.words.channelBits[f.Raw(fact.Channel)] != 0
}

// notForTheParent: what a minor may consent to alone is shown to the minor
// alone, and nothing sensitive to a parent. A member whose parent is looking is
// taken for a minor unless their age says otherwise.
func (p *Policy) notForTheParent(f *fact.Facts, t *Terms) bool {
	minor := f.Known(fact.AgeYears) && f.Raw(fact.AgeYears) < adult
	if t.MinorConsent && minor && f.Known(fact.ViewerRole) && !f.Equals(fact.ViewerRole, p.words.self) {
		return true
	}
	parent := f.Equals(fact.ViewerRole, p.words.parent)
	return parent && (minor || !f.Known(fact.AgeYears)) && (t.Sensitive != 0 || t.MinorConsent)
}

const adult = 18

// sensitive: shown in the member's own login, elsewhere only as far as the
// member agreed, and in no message that others may see arrive. A viewer nobody
// named is the one who logged in: the member.
func (p *Policy) sensitive(f *fact.Facts, t *Terms) bool {
	if t.Sensitive == 0 {
		return false
	}
	if p.Outbound(f) {
		return true
	}
	own := !f.Known(fact.ViewerRole) || f.Equals(fact.ViewerRole, p.words.self)
	return !own && t.Sensitive&^f.Raw(fact.SensitiveTopicsShareable) != 0
}

func paidByOthers(f *fact.Facts, t *Terms) bool {
	return t.ThirdParty && !f.Is(fact.MarketingAuthorization)
}

func (p *Policy) textedByThePlan(f *fact.Facts, t *Terms) bool {
	if t.Sender != decision.Insurer || !p.Texted(f) {
		return false
	}
	return !p.hasConsent || !f.Is(p.smsConsent)
}

func (p *Policy) tooLongForAText(f *fact.Facts, t *Terms) bool {
	return t.Runes > p.smsRunes && p.Texted(f)
}

// rewardNotPermitted: in Medicare and Medicaid a gift needs the rule that
// permits it.
func (p *Policy) rewardNotPermitted(f *fact.Facts, t *Terms) bool {
	if !t.Reward || t.RewardRule || !f.Known(fact.LineOfBusiness) {
		return false
	}
	return p.words.publicLines>>f.Raw(fact.LineOfBusiness)&1 == 1
}

// Outbound reports whether the member did not ask.
func (p *Policy) Outbound(f *fact.Facts) bool { return f.Equals(fact.Direction, p.words.outbound) }
