package decisionlog

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// Outcome is how a topic is answered.
type Outcome struct {
	Mindset decision.Mindset
	Sender  decision.Sender
}

// Cell counts decisions of one topic, tenant and day by their outcomes under
// the two sets of rules.
type Cell struct {
	Topic, Tenant string
	Day           time.Time // in UTC
	From, To      Outcome
	Decisions     int
	Changed       int // of them, those whose mindset, sender, notice or advice is another
}

// Region counts decisions that differ in the same way, named as the regions of
// a proof's comparison: by the rules that decide, or, in the table advice, by
// the item that one side gives only, or by two items that changed their order.
type Region struct {
	Table, Old, New string
	Decisions       int
}

// Sample is a recorded question that is answered differently. It is about
// nobody: facts only.
type Sample struct {
	Topic    string
	Facts    map[string]any // as cases and requests write them
	From, To Outcome
	Before   [2]string // rules of the mindset and the sender table
	Now      [2]string
}

// NotRecorded is something that rules read and the log does not hold.
type NotRecorded struct {
	Fact      string
	Decisions int // that depend on it, or might
}

// Impact is what a draft would have changed.
type Impact struct {
	Decisions   int // replayed
	Changed     int // answered differently
	Unsettled   int // of the decisions, those that depend on what was not recorded; they count nowhere else
	OtherTopic  int // of the changed, those about a topic that only one of the two has; they are in no cell
	Drifted     int // whose recorded mindset or sender is not what the live rules answer: they were made by others
	Unreadable  int // blocks that could not be read
	NotRecorded []NotRecorded
	Cells       []Cell   // by topic, tenant, day and outcomes
	Regions     []Region // by table and rules
	Samples     []Sample // of the changed, of each kind the first few
}
