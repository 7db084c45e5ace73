package recommend

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

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

// Archive keeps decisions to be looked up. Record does not wait.
type Archive interface {
	Record(r memory.Record)
	GetDecision(ctx context.Context, tenant, decisionID string) (memory.Record, error)
	ListDecisions(ctx context.Context, tenant, member string, limit int, after string) ([]memory.Record, error)
}

// Listener keeps what became of decisions, and knows what feeds told about a
// member.
type Listener interface {
	GetMember(ctx context.Context, tenant, member string) (memory.Member, error)
	Feedback(ctx context.Context, tenant, decisionID string, f memory.Feedback) (first bool, err error)
}

// Store is the memory of the service.
type Store interface {
	Sharer
	Archive
	Listener
}

// Options are what a Service is made of.
type Options struct {
	Store   Store            // nil: nothing is shared, remembered or retrievable
	StandIn *Snapshot        // reads questions while no revision is in force; required
	MaxTTL  time.Duration    // a decision is shared no longer than this; 0 means 15 minutes
	Now     func() time.Time // the clock; nil means time.Now

	Decisions DecisionLog // nil logs nothing

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

	current atomic.Pointer[Snapshot]
	mu      sync.Mutex   // of writers of recent
	recent  atomic.Value // []*Snapshot, the newest first
}

// maxRecent is how many earlier revisions stay at hand to put recorded
// decisions into words.
const maxRecent = 8

// New makes a Service with no revision in force.
func New(o Options) *Service {
	s := &Service{store: o.Store, standIn: o.StandIn.asStandIn(), maxTTL: o.MaxTTL, now: o.Now, anonymous: o.RecordAnonymous, decisions: o.Decisions}
	if s.maxTTL <= 0 {
		s.maxTTL = defaultMaxTTL
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.recent.Store([]*Snapshot(nil))
	return s
}

// clock is the time now, as exact as decisions are kept.
func (s *Service) clock() time.Time { return kept(s.now()) }

// kept is a time as exact as decisions are kept.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// Use brings a revision into force. Requests on the way keep their own.
func (s *Service) Use(snap *Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := slices.DeleteFunc(slices.Clone(s.known()), func(old *Snapshot) bool { return old.id == snap.id })
	recent = append([]*Snapshot{snap}, recent...)
	s.recent.Store(recent[:min(len(recent), maxRecent)])
	s.current.Store(snap)
}

func (s *Service) known() []*Snapshot {
	recent, _ := s.recent.Load().([]*Snapshot)
	return recent
}

// Current is the revision in force. Without one it is a stand-in whose ID is
// empty: it knows emergencies and where else to look, and nothing besides.
func (s *Service) Current() *Snapshot {
	if snap := s.current.Load(); snap != nil {
		return snap
	}
	return s.standIn
}

// Revision is the revision of that name, the one in force if the name is empty.
func (s *Service) Revision(id string) (*Snapshot, error) {
	if id == "" {
		return s.Current(), nil
	}
	if snap := s.find(id); snap != nil {
		return snap, nil
	}
	return nil, &Error{Code: RevisionNotFound, Field: "revision", Message: "that revision is not here"}
}

func (s *Service) find(id string) *Snapshot {
	for _, snap := range s.known() {
		if snap.id == id {
			return snap
		}
	}
	return nil
}

// hasReached reports whether a revision that a caller has seen is snap or came
// before it. Names are digests and have no order, so that only revisions that
// were in force in this process are known to be earlier ones.
func (s *Service) hasReached(snap *Snapshot, seen string) bool {
	return snap.id == seen || s.find(seen) != nil
}
