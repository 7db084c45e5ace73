package policy

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// check is one reason to hold an item back.
type check struct {
	id    string
	code  decision.Reason
	holds func(*Policy, *fact.Facts, *Terms) bool
}

var checks = [...]check{
	{ConfidentialChannel, decision.ConsentMissing, confidential},
	{"opt_out_topic", decision.OptedOut, optedOutOfTopic},
	{"opt_out_channel", decision.OptedOut, optedOutOfChannel},
	{"minor_consent", decision.ConsentMissing, notForTheParent},
	{SensitiveOwnLogin, decision.ConsentMissing, sensitive},
	{"marketing_authorization", decision.ConsentMissing, paidByOthers},
	{"sms_consent", decision.ConsentMissing, textedByThePlan},
	{"sms_length", decision.Guardrail, tooLongForAText},
	{"reward_rule", decision.Guardrail, rewardNotPermitted},
}

// confidential: every message goes to the protected person by the route they
// asked for. The route is only known by the contact that the member began.
func confidential(p *Policy, f *fact.Facts, _ *Terms) bool {
	return f.Is(fact.ConfidentialChannel) && (p.Hidden(f) || p.outbound(f))
}

func optedOutOfTopic(_ *Policy, f *fact.Facts, t *Terms) bool {
	return t.OptOutTopic != NoTopic && f.Has(fact.OptOutTopics, t.OptOutTopic)
}

// optedOutOfChannel: an opt-out is about being reached. A member who began the
// contact gets an answer where they asked.
func optedOutOfChannel(p *Policy, f *fact.Facts, _ *Terms) bool {
	if f.Equals(fact.Direction, p.words.inbound) || !f.Known(fact.Channel) || !f.Known(fact.OptOutChannels) {
		return false
	}
	return f.Raw(fact.OptOutChannels)&p.words.channelBits[f.Raw(fact.Channel)] != 0
}

// notForTheParent: what a minor may consent to alone is shown to the minor
// alone, and nothing sensitive to a parent. A member whose parent is looking is
// taken for a minor unless their age says otherwise.
func notForTheParent(p *Policy, f *fact.Facts, t *Terms) bool {
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
func sensitive(p *Policy, f *fact.Facts, t *Terms) bool {
	if t.Sensitive == 0 {
		return false
	}
	if p.outbound(f) {
		return true
	}
	own := !f.Known(fact.ViewerRole) || f.Equals(fact.ViewerRole, p.words.self)
	return !own && t.Sensitive&^f.Raw(fact.SensitiveTopicsShareable) != 0
}

func paidByOthers(_ *Policy, f *fact.Facts, t *Terms) bool {
	return t.ThirdParty && !f.Is(fact.MarketingAuthorization)
}

func textedByThePlan(p *Policy, f *fact.Facts, t *Terms) bool {
	if t.Sender != decision.Insurer || !p.Texted(f) {
		return false
	}
	return !p.hasConsent || !f.Is(p.smsConsent)
}

func tooLongForAText(p *Policy, f *fact.Facts, t *Terms) bool {
	return t.Runes > p.smsRunes && p.Texted(f)
}

// rewardNotPermitted: in Medicare and Medicaid a gift needs the rule that
// permits it.
func rewardNotPermitted(p *Policy, f *fact.Facts, t *Terms) bool {
	if !t.Reward || t.RewardRule || !f.Known(fact.LineOfBusiness) {
		return false
	}
	return p.words.publicLines>>f.Raw(fact.LineOfBusiness)&1 == 1
}

func (p *Policy) outbound(f *fact.Facts) bool { return f.Equals(fact.Direction, p.words.outbound) }
