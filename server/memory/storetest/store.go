package storetest

import (
	"context"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Store is all that a store does.
type Store interface {
	Knower
	Recorder
	Lifetime
}

// Knower shares decisions, and knows what they rest on and who was told.
type Knower interface {
	Sharer
	Rememberer
	Counter
}

// Sharer lets several callers have one decision.
type Sharer interface {
	Assume(tenant, member string) memory.Assumed
	Claim(context.Context, memory.Claim) memory.Claimed
	ClaimAll(context.Context, []memory.Claim) []memory.Claimed
}

// Recorder keeps decisions, and what became of them.
type Recorder interface {
	Record(memory.Record) bool
	Reader
	Listener
}

// Reader looks decisions up.
type Reader interface {
	GetDecision(ctx context.Context, tenant, decisionID string) (memory.Record, error)
	ListDecisions(ctx context.Context, tenant, member string, limit int, after string) ([]memory.Record, error)
}

// Listener keeps feedback.
type Listener interface {
	Feedback(ctx context.Context, tenant, decisionID string, f memory.Feedback) (bool, error)
	GetFeedback(ctx context.Context, tenant, decisionID string) ([]memory.Feedback, error)
}

// Counter counts what members are shown.
type Counter interface {
	Hold(context.Context, []memory.Hold) [][]memory.Place
	Contacted(context.Context, memory.Contacted) (memory.Counted, error)
}

// Lifetime is from opening to closing.
type Lifetime interface {
	Stats() memory.Stats
	Close(context.Context) error
}
