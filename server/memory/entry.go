package memory

import (
	"errors"
	"slices"
	"time"
)

// Key says which decision is meant: of whom, about what, by which rules, and
// from which facts as far as the rules can tell them apart.
type Key struct {
	Tenant string
	Member string   // opaque; a key without one is never shared
	Topics []string // ids, the main one first
	Rules  string   // names all that decides about these topics, be it in one revision or in several
	Cells  []byte   // canonical digest input of the facts, one per topic appended in their order
}

// Entry is a decision that both sides get. It names everything by id, so that
// it can be read without the revision that made it, and holds no member, no
// text, no facts and no words.
type Entry struct {
	DecisionID      string
	Revision        string
	DecidedAt       time.Time // kept to the millisecond, in UTC
	ValidUntil      time.Time // kept to the millisecond, in UTC; zero means as long as the store keeps it
	Recommendations []Recommendation
	NeededFacts     []string // names of facts, never their values
}

// Recommendation is the outcome for one topic.
type Recommendation struct {
	Topic   string
	Mindset string
	Sender  string
	Reasons []Reason
	Advice  []string // ids, best first
}

// Reason is one step that led to the outcome.
type Reason struct{ Code, Table, Rule string }

// Record is a decision as it was answered, kept to be looked up later.
type Record struct {
	Tenant string
	Member string // empty for a decision about nobody in particular, which no list shows
	Entry
	Asker   string // the side that asked first
	Held    []Held
	Private []Private
	Who     string   // a keyed mark of the member, to tell members apart and not who they are; empty if there is none
	Trials  []Trial  // what of the answer is on trial
	Cells   []string // by topic: what its rules could tell of the member, as ruleset.Set.AppendCells writes it
}

// Trial is an item whose words, or whether it is said at all, were chosen by the
// member's side of an experiment.
type Trial struct {
	Advice  string
	Variant string // of its words; empty for the base
	Holdout string // that the answer is part of; empty for none
}

// Private is what of one topic's decision rests on what the provider's side told
// and stays unsaid to the insurer's. It is kept for the provider and for audits.
type Private struct {
	Topic           string
	Mindset, Sender bool     // the rows of these tables
	Advice          []string // ids
}

// Held is an item that fitted and was held back when the decision was answered.
// It is never shared: choice, consent, caps and hours are read live.
type Held struct {
	Topic   string
	Advice  string
	Code    string
	Policy  string
	RetryAt time.Time // kept to the millisecond, in UTC; zero if time alone changes nothing
}

// Feedback is what became of a decision. All fields but At make it the same
// feedback or another one.
type Feedback struct {
	Outcome string
	Topic   string // empty means the whole decision
	Advice  string // empty means the whole recommendation
	Reason  string // a code
	Asker   string
	At      time.Time // kept to the millisecond, in UTC
}

// Defaults of what a store keeps.
const (
	DefaultRecordTTL = 30 * 24 * time.Hour
	DefaultPerMember = 200 // decisions in a member's list
)

// Claim asks for the decision that Key means: Fresh unless there is an earlier
// one. Fresh was made with the facts of Member; nil means that nothing is stored.
type Claim struct {
	Key     Key
	Fresh   Entry
	TTL     time.Duration // how long Fresh is shared at most; 0 only asks
	Member  *Member
	Replace bool // Fresh is the decision from now on, whatever was before
	Live    Live // of the answer that Member is from, if any
}

// Claimed is the answer to a Claim. If its Status is Changed, Member is what is
// stored about the member, Fresh is no answer to it, and nothing was claimed.
type Claimed struct {
	Entry  Entry
	Status Status
	Age    time.Duration
	Member *Member
	Live   Live
}

// Live are a member's shared decisions, as the store keeps them, so that the
// claim that follows may find its decision without asking again.
type Live struct {
	Names  []string
	Sealed []string
}

// Assumed is what a server takes to be stored about a member before it asks.
type Assumed struct {
	Member *Member // nil if it knows nothing
	Known  bool    // it has seen what is stored, be it nothing
	Fed    bool    // it has seen facts about members of this tenant
}

// Status tells where a decision came from.
type Status uint8

const (
	Bypass      Status = iota // sharing was not asked for
	Miss                      // the entry given is the shared one from now on
	Hit                       // an earlier entry is the shared one
	Unavailable               // the store did not answer in time; the entry given is good, and shared with nobody
	Changed                   // the member's facts are others than those that the entry was made with
)

var statuses = [...]string{"BYPASS", "MISS", "HIT", "UNAVAILABLE", "CHANGED"}

func (s Status) String() string { return statuses[s] }

var (
	// ErrNotFound means that the store has no such decision for this tenant:
	// it never was, it has expired, or it made room for others.
	ErrNotFound = errors.New("no such decision")

	// ErrUnavailable means that the store did not answer in time. Trying again
	// later may help.
	ErrUnavailable = errors.New("the decision store does not answer")
)

// Stats is a snapshot of what a store did since it was opened. All but Open
// and RecordsPending only grow.
type Stats struct {
	Hits, Misses, Unavailable uint64 // claims by outcome
	Changed                   uint64 // claims made with other facts than those stored
	Learned                   uint64 // members whose facts were written
	Repaired                  uint64 // entries found forged, damaged or ended, and overwritten
	RoundTrips                uint64 // batches of claims sent
	Opened                    uint64 // times that the breaker opened
	Open                      int    // breakers open now
	RecordsWritten            uint64
	RecordsDropped            uint64 // because the queue was full, the store refused them, or closing had no time left
	RecordsPending            int    // waiting to be written
	ContactsShown             uint64 // counted towards caps
	ContactsOver              uint64 // feedback on what went over a cap
	ContactsLost              uint64 // counted once, and no longer there when looked at again
}

// Distinct is a list in order and without repetition; nil if it is empty.
func Distinct(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// Lifetime is how long an entry may be kept: at most ttl, and never longer than
// the decision is valid. Zero or less means not at all.
func (e *Entry) Lifetime(now time.Time, ttl time.Duration) time.Duration {
	if !e.ValidUntil.IsZero() {
		ttl = min(ttl, e.ValidUntil.Sub(now))
	}
	return ttl.Truncate(time.Millisecond)
}

// Ended reports whether the decision is no longer valid.
func (e *Entry) Ended(now time.Time) bool {
	return !e.ValidUntil.IsZero() && !now.Before(e.ValidUntil)
}

// Rounded is the entry as every reader sees it: its times to the millisecond.
func (e Entry) Rounded() Entry {
	e.DecidedAt, e.ValidUntil = rounded(e.DecidedAt), rounded(e.ValidUntil)
	return e
}

// Rounded is the feedback as every reader sees it.
func (f Feedback) Rounded() Feedback {
	f.At = rounded(f.At)
	return f
}

func rounded(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// Age is how long ago the decision was made.
func (e *Entry) Age(now time.Time) time.Duration {
	return max(0, now.Sub(e.DecidedAt))
}
