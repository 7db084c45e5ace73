package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// Kind is what an item wants of the member.
type Kind uint8

const (
	Ask          Kind = iota // to enrol, buy, switch, come or do
	Help                     // nothing: it tells what the member can use
	Appreciation             // nothing: it thanks
)

var kinds = [...]string{"ask", "help", "appreciation"}

func (k Kind) String() string { return kinds[k] }

// Limit is how much a member may be shown in a rolling window of time.
type Limit struct {
	ID         string // as in content: "caps.per_topic"
	By         Scope
	Messages   int // or, of ByBalance, items that ask
	Window     time.Duration
	PerHelpful int // of ByBalance: so many more for each 100 items that do not ask
}

// Scope is what a Limit counts together.
type Scope uint8

const (
	ByTopic   Scope = iota // messages about one topic
	BySender               // messages of one sender
	Overall                // all messages
	ByText                 // text messages
	ByBalance              // items of one sender that ask for something
)

// Cap is a number of messages in a number of days; the zero Cap is none.
type Cap struct{ Messages, Days int }

// Balance limits what a sender may ask for by what it gives.
type Balance struct {
	Sender                     decision.Sender
	Days, FreeAsks, PerHelpful int
}

// Caps are the limits that a plan chose.
type Caps struct {
	PerTopic, Overall Cap
	Insurer, Provider Cap           // what each side may send
	Hold              time.Duration // how long an answer keeps its place until it is shown; 0 means 5 minutes
	TextsPerDay       int
	TextsPerWeek      int
	Balances          []Balance
}

const (
	day         = 24 * time.Hour
	defaultHold = 5 * time.Minute
	perTopicID  = "caps.per_topic"
)

// limits are the compiled caps, by sender and whether they speak of texts or of
// items that ask.
type limits struct {
	all      []limit
	perTopic Cap
	hold     time.Duration
	longest  time.Duration
}

type limit struct {
	Limit
	sender decision.Sender // that it is about; Nobody is any
}

func compileCaps(c Caps) (limits, error) {
	out := limits{hold: c.Hold, perTopic: c.PerTopic}
	if out.hold == 0 {
		out.hold = defaultHold
	}
	out.cap(perTopicID, ByTopic, decision.Nobody, c.PerTopic)
	out.cap("caps.per_sender", BySender, decision.Insurer, c.Insurer)
	out.cap("caps.per_sender", BySender, decision.Provider, c.Provider)
	out.cap("caps.overall", Overall, decision.Nobody, c.Overall)
	out.cap("sms.per_day", ByText, decision.Nobody, Cap{c.TextsPerDay, 1})
	out.cap("sms.per_week", ByText, decision.Nobody, Cap{c.TextsPerWeek, 7})
	for _, b := range c.Balances {
		out.add(limit{Limit{"contact_balance", ByBalance, b.FreeAsks, time.Duration(b.Days) * day, b.PerHelpful}, b.Sender})
	}
	for _, l := range out.all {
		if l.Messages < 0 || l.Messages == 0 && l.By != ByBalance || l.Window <= 0 || l.PerHelpful < 0 {
			return out, fmt.Errorf("%s needs a number of messages and of days above zero", l.ID)
		}
	}
	return out, nil
}

func (l *limits) cap(id string, by Scope, sender decision.Sender, c Cap) {
	if c.Messages != 0 {
		l.add(limit{Limit{ID: id, By: by, Messages: c.Messages, Window: time.Duration(c.Days) * day}, sender})
	}
}

func (l *limits) add(x limit) {
	l.all = append(l.all, x)
	l.longest = max(l.longest, x.Window)
}

// Limits are those that a message must keep to.
func (p *Policy) Limits(sender decision.Sender, kind Kind, texted bool) []Limit {
	out := make([]Limit, 0, len(p.limits.all))
	for i := range p.limits.all {
		if l := &p.limits.all[i]; l.limits(sender, kind, texted) {
			out = append(out, l.Limit)
		}
	}
	return out
}

// Limited reports whether there are any such.
func (p *Policy) Limited(sender decision.Sender, kind Kind, texted bool) bool {
	return slices.ContainsFunc(p.limits.all, func(l limit) bool { return l.limits(sender, kind, texted) })
}

func (l *limit) limits(sender decision.Sender, kind Kind, texted bool) bool {
	switch {
	case l.sender != decision.Nobody && l.sender != sender, l.By == ByText && !texted, l.By == ByBalance && kind != Ask:
		return false
	}
	return true
}

// Hold is how long an answer keeps its place until it is shown.
func (p *Policy) Hold() time.Duration { return p.limits.hold }

// Longest is the longest window of a limit; 0 if there is none.
func (p *Policy) Longest() time.Duration { return p.limits.longest }

// lastSent applies the cap on a topic to what the caller itself remembers: how
// many days ago advice on the topic was sent.
func (p *Policy) lastSent(f *fact.Facts, now time.Time) Verdict {
	c := p.limits.perTopic
	if c.Messages != 1 || !p.Outbound(f) || !f.Known(fact.AdviceLastSentDays) {
		return Verdict{}
	}
	left := int64(c.Days) - f.Raw(fact.AdviceLastSentDays)
	if left <= 0 {
		return Verdict{}
	}
	return Verdict{Code: decision.FrequencyCap, Policy: perTopicID, RetryAt: now.Add(time.Duration(left) * day)}
}
