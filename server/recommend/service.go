package recommend

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Sharer lets both sides get one decision. It never fails: where it can't
// share, it says so and gives back the decision it was given. A claim says with
// which facts about the member the decision was made; Assume is what this server
// takes them to be, without asking.
type Sharer interface {
	Assume(tenant, member string) memory.Assumed
	Claim(ctx context.Context, c memory.Claim) memory.Claimed
	ClaimAll(ctx context.Context, claims []memory.Claim) []memory.Claimed
}

// Archive keeps decisions to be looked up. Record does not wait, and reports whether
// the record is kept.
type Archive interface {
	Record(r memory.Record) bool
	GetDecision(ctx context.Context, tenant, decisionID string) (memory.Record, error)
	ListDecisions(ctx context.Context, tenant, member string, limit int, after string) ([]memory.Record, error)
}

// Listener keeps what became of decisions, and knows what feeds told about a
// member.
type Listener interface {
	GetMember(ctx context.Context, tenant, member string) (memory.Member, error)
	Feedback(ctx context.Context, tenant, decisionID string, f memory.Feedback) (first bool, err error)
}

// Counter counts what members are shown: Hold asks for places for what would be
// sent unasked, and gives nil where it can't tell; Contacted tells what was shown.
// RecordFacts keeps that a member ended messages.
type Counter interface {
	Hold(ctx context.Context, holds []memory.Hold) [][]memory.Place
	Contacted(ctx context.Context, c memory.Contacted) (memory.Counted, error)
	RecordFacts(ctx context.Context, tenant string, told []memory.Told) error
}

// Store is the memory of the service.
type Store interface {
	Sharer
	Archive
	Hearer
}

// Hearer keeps what members say and are shown.
type Hearer interface {
	Listener
	Counter
}

// Options are what a Service is made of.
type Options struct {
	Store   Store            // nil: nothing is shared, remembered or retrievable
	StandIn *Snapshot        // reads questions while no revision is in force; required
	MaxTTL  time.Duration    // a decision is shared no longer than this; 0 means 15 minutes
	Now     func() time.Time // the clock; nil means time.Now

	Decisions DecisionLog // nil logs nothing
	Outcomes  Outcomes    // nil counts nothing that is said about answers

	// Assign puts members on their sides of experiments. nil: nothing is on trial
	// here, and everyone gets the base words.
	Assign *assign.Key

	// Await waits until a revision of a tenant, or a later one, is in force, and
	// fails if it takes too long or there is no such revision. nil: nobody knows
	// of revisions that were not in force here.
	Await func(ctx context.Context, tenant, revision string) error

	// RecordAnonymous keeps decisions about nobody in particular retrievable
	// too. It suits a store in the same process; over a network it would cost
	// a message for every question.
	RecordAnonymous bool
}

const defaultMaxTTL = 15 * time.Minute

// Service is the use cases. It is safe for concurrent use.
type Service struct {
	store     Store
	standIn   *Snapshot
	maxTTL    time.Duration
	now       func() time.Time
	anonymous bool
	decisions DecisionLog
	outcomes  Outcomes
	assign    *assign.Key
	unknowns  atomic.Uint64 // feedback on decisions that nobody knows

	await func(ctx context.Context, tenant, revision string) error

	mu        sync.Mutex // of writers of revisions
	revisions atomic.Pointer[revisions]
}

// New makes a Service with no revision in force.
func New(o Options) *Service {
	s := &Service{store: o.Store, standIn: o.StandIn.asStandIn(), maxTTL: o.MaxTTL, now: o.Now, anonymous: o.RecordAnonymous, decisions: o.Decisions, outcomes: o.Outcomes, assign: o.Assign, await: o.Await}
	if s.maxTTL <= 0 {
		s.maxTTL = defaultMaxTTL
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.revisions.Store(&revisions{})
	return s
}

// clock is the time now, as exact as decisions are kept.
func (s *Service) clock() time.Time { return kept(s.now()) }

// kept is a time as exact as decisions are kept.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
