package recommend

import "time"

// FeedbackOutcome is what became of a decision on the page or in the visit.
type FeedbackOutcome uint8

const (
	Shown FeedbackOutcome = iota + 1
	Accepted
	Dismissed
	Overridden  // Reason says why
	WrongSender // the other side should have spoken
)

var feedbackOutcomes = [...]string{"", "shown", "accepted", "dismissed", "overridden", "wrong_sender"}

func (o FeedbackOutcome) String() string { return feedbackOutcomes[o] }

// Feedback is what a caller tells about a decision. Telling it twice is the
// same as telling it once.
type Feedback struct {
	Tenant     string
	DecisionID string
	Outcome    FeedbackOutcome
	Topic      string // which recommendation; empty means the whole decision
	AdviceID   string // which item; empty means the recommendation
	Reason     string // a code for Overridden, never free text
	Asker      Asker  // the side that tells

	At       time.Time // when it happened; zero means now
	Language string    // in which the member saw it; empty if nobody says
	Channel  string    // how the member was reached; empty if nobody says
	Unasked  bool      // of Shown: the member had not asked, or nobody says; it counts towards caps
}

// Fed is what became of feedback.
type Fed struct {
	First bool     // it had not been told before
	Over  []string // policies of the limits that what was shown went over
}

// DecisionQuery asks for one decision, or for a member's, the newest first.
type DecisionQuery struct {
	Tenant     string
	DecisionID string // of GetDecision
	MemberRef  string // of ListDecisions
	Asker      Asker  // the side to render for; NotSaid means the side that asked first
	Language   string
	Limit      int    // at most this many; 0 means 50
	After      string // the id of the last decision of the page before
}
