// Package decision is the outcome of one question about one topic: which
// mindset the member is in, who speaks, which advice fits, and why.
//
// It holds no member, no facts, no words and no time, so that an answer that
// was shared equals one that was computed afresh. Rules, topics and advice are
// named by their position in the revision that decided; whoever shows a
// decision asks that revision for their ids and words.
package decision

// Mindset is how a member approaches one topic at one moment. It is never a
// trait of the member.
type Mindset uint8

const (
	Undetermined Mindset = iota
	Patient
	Consumer
)

var mindsets = [...]string{"undetermined", "patient", "consumer"}

func (m Mindset) String() string { return mindsets[m] }

// Sender is who may speak to the member about a topic.
type Sender uint8

const (
	Nobody Sender = iota
	Provider
	Insurer
	Safety // an emergency notice, said by whichever side was asked
)

var senders = [...]string{"nobody", "provider", "insurer", "safety"}

func (s Sender) String() string { return senders[s] }

// Notice is the emergency answer. There is never more than one.
type Notice uint8

const (
	NoNotice Notice = iota
	Emergency911
	Crisis988
	PoisonHelp
)

var notices = [...]string{"", "emergency_911", "crisis_988", "poison_help"}

// String is the id of the safety item in the catalogue.
func (n Notice) String() string { return notices[n] }

// Places where no row of a table decided.
const (
	BySafety       int32 = -1 // the safety gate answered before the tables
	ByMemberChoice int32 = -2 // the member said which view they want
	ByNoRules      int32 = -3 // no revision is loaded
)

// MaxAdvice is the most advice items one decision carries.
const MaxAdvice = 4

// Decision is the outcome for one topic. It is comparable: two decisions are
// the same answer for the same reasons exactly if they are equal.
type Decision struct {
	Topic   uint16
	Mindset Mindset
	Sender  Sender
	Notice  Notice // not NoNotice exactly if Sender is Safety

	// MindsetRow and SenderRow are rows of their tables, the default row being
	// the last, or one of the negative places above.
	MindsetRow, SenderRow int32

	n      uint8
	advice [MaxAdvice]uint16
}

// AddAdvice appends an advice item and reports whether there was room.
func (d *Decision) AddAdvice(item uint16) bool {
	if int(d.n) == len(d.advice) {
		return false
	}
	d.advice[d.n] = item
	d.n++
	return true
}

// Advice lists the chosen items, best first. The slice points into d.
func (d *Decision) Advice() []uint16 { return d.advice[:d.n] }

// Reason is the stable code of why a recommendation is what it is.
type Reason uint8

const (
	RuleMatch Reason = iota + 1
	Default
	SafetyOverride
	MemberChoice
	OptedOut
	FrequencyCap
	QuietHours
	ConsentMissing
	NoBenefit
	InsufficientFacts
	Holdout
	Guardrail
)

var reasons = [...]string{"", "RULE_MATCH", "DEFAULT", "SAFETY_OVERRIDE", "MEMBER_CHOICE", "OPTED_OUT", "FREQUENCY_CAP",
	"QUIET_HOURS", "CONSENT_MISSING", "NO_BENEFIT", "INSUFFICIENT_FACTS", "HOLDOUT", "GUARDRAIL"}

func (r Reason) String() string { return reasons[r] }
