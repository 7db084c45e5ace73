package recommend

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// Answer says who should speak, about what, with which words, and why.
//
// What its pointers lead to may belong to the revision and is the same for
// every caller: read it, never write it.
type Answer struct {
	ID              string // UUIDv7; the same for both sides as long as the decision is
	Revision        string // empty when no revision was in force
	DecidedAt       time.Time
	ValidUntil      time.Time
	Recommendations []Recommendation // the main one first, at most three
	NeededFacts     []string         // names of facts that would settle what is undetermined, best first
	Cache           Cache
}

// Recommendation is the answer for one topic.
type Recommendation struct {
	Topic      string // the topic's id; that of a topic of kind none if nothing told what this is about
	Mindset    decision.Mindset
	Sender     decision.Sender
	Advice     []*Advice // empty for the side that does not own the topic
	Handoff    string    // what the asking side may say when the other owns the topic
	Reasons    []*Reason
	Suppressed []Suppressed
}

// Advice is one catalogue item in words.
type Advice struct {
	ID           string
	Title        string
	Text         string
	Language     string // BCP-47 tag of Title and Text; not always the one asked for
	BenefitID    string // the plan benefit it is tied to, if any
	Links        []Link
	Placeholders []string // names of {placeholders} left in Text for the caller to fill
	Variant      string   // which of the item's variants Title and Text are; empty for the base words
}

// Link leads to a page of the asking side.
type Link struct{ Label, URL string }

// Reason is one step that led to the answer.
type Reason struct {
	Code   decision.Reason
	Table  string // mindset or sender; empty where no table spoke
	RuleID string // the row that decided; empty where no table spoke
	Text   string // because …, in the language of the answer
	Title  string // what people call the row; empty where it has no title
}

// Suppressed is an item that fits and was held back.
type Suppressed struct {
	AdviceID string
	Code     decision.Reason
	PolicyID string    // the line of the policy
	RetryAt  time.Time // when it may be said; zero if time alone changes nothing
}

// CacheStatus tells where the decision came from.
type CacheStatus uint8

const (
	CacheBypass      CacheStatus = iota // sharing was not asked for, or never happens for this answer
	CacheMiss                           // decided now, and shared from now on
	CacheHit                            // decided earlier for the same facts, perhaps for the other side
	CacheUnavailable                    // decided now; the memory did not answer in time
)

var cacheStatuses = [...]string{"BYPASS", "MISS", "HIT", "UNAVAILABLE"}

func (s CacheStatus) String() string { return cacheStatuses[s] }

// Cache tells how an answer was come by.
type Cache struct {
	Status CacheStatus
	Age    time.Duration // since the decision was made; 0 unless CacheHit
}
