// Package policy holds back advice that fits but may not be said now, here or
// to this viewer: opt-outs, privacy, consent, telephone rules, quiet hours and
// caps. It also hears the words by which a member ends messages.
//
// In: the facts as they are at this moment, what an item is (Terms), the time and
// the member's zone. Out: a Verdict: kept, or held back with a reason code, the
// policy's id and, where waiting helps, the time to try again. It is applied after
// a decision was shared and its verdicts are never shared or stored, so that a
// member who opts out is heard at once. An emergency notice is exempt from all
// of it.
//
// What was shown to a member before is counted by server/memory, which is asked
// with Limits; here they are only chosen.
package policy

import (
	"errors"
	"fmt"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// Terms are what the policy has to know of one item in one language.
type Terms struct {
	Sender       decision.Sender
	OptOutTopic  int   // position of its topic in opt_out_topics, or NoTopic
	Sensitive    int64 // bits of sensitive_topics_shareable; 0 if it is not sensitive
	MinorConsent bool  // about care that a minor may consent to alone
	ThirdParty   bool  // someone other than the plan pays for the message
	Reward       bool  // gives the member something of value
	RewardRule   bool  // and names the rule that permits it
	Runes        int   // length of its text message
	Kind         Kind  // what it wants of the member
}

// NoTopic is the OptOutTopic of an item that has no place in opt_out_topics.
const NoTopic = -1

// Verdict is what the policy says of one item. The zero Verdict keeps it.
type Verdict struct {
	Code    decision.Reason
	Policy  string
	RetryAt time.Time // zero if waiting changes nothing
}

// Kept reports whether the item may be said.
func (v Verdict) Kept() bool { return v.Code == 0 }

// Options are what a plan may choose. The zero value is the outer limit that
// the law sets.
type Options struct {
	FromHour, UntilHour int    // outbound messages go out at FromHour:00 and later, before UntilHour:00, member's time; both 0 mean 8 and 21
	SMSRunes            int    // a text message is no longer than this; 0 means 160
	SMSConsent          string // name of a bool fact: prior express consent to texts from the plan; empty means there is none
	Caps                Caps

	Ends, Beside map[string][]string // by language: phrases that end messages, and what may stand beside one
}

// Limits of 47 CFR 64.1200 that options may narrow and never widen.
const (
	earliestHour = 8
	latestHour   = 21
	longestSMS   = 160
)

// Policy is compiled for one revision's catalogue. It is immutable.
type Policy struct {
	from, until int64
	smsRunes    int
	smsConsent  fact.ID
	hasConsent  bool

	words  positions
	limits limits
	ends   revocation
}

// New compiles a policy.
func New(c *fact.Catalogue, o Options) (*Policy, error) {
	if o.FromHour == 0 && o.UntilHour == 0 {
		o.FromHour, o.UntilHour = earliestHour, latestHour
	}
	if o.FromHour < earliestHour || o.UntilHour > latestHour || o.FromHour >= o.UntilHour {
		return nil, fmt.Errorf("outbound hours must lie within %d and %d", earliestHour, latestHour)
	}
	if o.SMSRunes == 0 {
		o.SMSRunes = longestSMS
	}
	if o.SMSRunes < 0 || o.SMSRunes > longestSMS {
		return nil, fmt.Errorf("a text message has at most %d characters", longestSMS)
	}
	p := &Policy{from: int64(o.FromHour), until: int64(o.UntilHour), smsRunes: o.SMSRunes}
	if o.SMSConsent != "" {
		id, ok := c.Lookup(o.SMSConsent)
		if !ok || id >= fact.MaxFacts || c.Def(id).Kind != fact.Bool {
			return nil, fmt.Errorf("the fact named for consent to text messages is no yes-or-no fact of this revision")
		}
		p.smsConsent, p.hasConsent = id, true
	}
	var errs [3]error
	p.words, errs[0] = resolve(c)
	p.limits, errs[1] = compileCaps(o.Caps)
	p.ends, errs[2] = newRevocation(o.Ends, o.Beside)
	return p, errors.Join(errs[:]...)
}

// Check says whether an item may be said to this viewer, here and now. The
// reason given is the weightiest one that holds.
func (p *Policy) Check(f *fact.Facts, t *Terms, c Clock) Verdict {
	if t.Sender == decision.Safety {
		return Verdict{}
	}
	if v := p.forbids(f, t); !v.Kept() {
		return v
	}
	if v := p.quietHours(f, c); !v.Kept() {
		return v
	}
	return p.lastSent(f, c.Now)
}

// Hidden reports whether this viewer may learn nothing at all, not even that
// something was held back: the member asked for confidential communication and
// the viewer is not known to be the member (45 CFR 164.522(b)).
func (p *Policy) Hidden(f *fact.Facts) bool {
	return f.Is(fact.ConfidentialChannel) && !f.Equals(fact.ViewerRole, p.words.self)
}

// Texted reports whether the words go out as a text message.
func (p *Policy) Texted(f *fact.Facts) bool { return f.Equals(fact.Channel, p.words.sms) }

// Policies that others name too.
const (
	ConfidentialChannel = "confidential_channel"
	SensitiveOwnLogin   = "sensitive_own_login"
	MemberUnknown       = "member_facts_unavailable"    // what feeds told can't be read now
	ContactsUnknown     = "contact_history_unavailable" // what was shown before can't be read now
	Revocation          = "revocation"                  // the member has just ended messages
)
