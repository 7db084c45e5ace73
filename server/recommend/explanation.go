package recommend

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// Explanation is the whole trace of one decision, in words.
type Explanation struct {
	Revision        string
	At              time.Time
	ValidUntil      time.Time
	Recommendations []Recommendation
	NeededFacts     []string
	FactsRead       []FactRead // what the rules that were looked at depend on, known or not
	Topics          []TopicTrace
}

// FactRead is a fact that took part in the decision.
type FactRead struct {
	Name  string // as in the catalogue
	Label string // in words
	Value string // in words; empty if not known
	Known bool
}

// TopicTrace is how one topic was decided, table by table.
type TopicTrace struct {
	Topic string
	Rows  []RowTrace // in the order in which they were tried
}

// Verdict is what became of a row.
type Verdict uint8

const (
	Decided Verdict = iota + 1 // it fitted first and its outcome stands
	Fitted                     // it fits as well, but an earlier row decided
	Almost                     // one condition failed
)

var verdicts = [...]string{"", "DECIDED", "FITTED", "ALMOST"}

func (v Verdict) String() string { return verdicts[v] }

// RowTrace is one row of a table, or one advice item, that fitted or almost did.
type RowTrace struct {
	Table    string // safety, mindset, sender or advice
	RuleID   string
	Tier     string
	Verdict  Verdict
	Outcome  string // the mindset, sender or advice it stands for
	Sentence string // the whole rule in words
	Because  string
	Failed   string // the one condition that failed, if Almost
	Needs    string // what would have to hold instead, if Almost
	Code     decision.Reason
}
