package fhir

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
)

// MaxBytes is how much a Reader takes in all, unless Options say otherwise.
const MaxBytes = 8 << 20

// MaxIgnored is how many left-out resources a Result lists; it counts the rest.
const MaxIgnored = 1000

// Options say whose record it is and as of when. Catalogue and Now are needed.
type Options struct {
	Catalogue *fact.Catalogue
	Codes     *icd10.Table   // of diagnoses; nil is the built-in one
	Now       time.Time      // the moment to judge at
	Zone      *time.Location // of the member; nil is what Patient says, else UTC
	Patient   string         // id of the member ("123" or "Patient/123"); empty leaves it to the documents
	Part2     bool           // the member is known to have agreed to the use of substance-use facts
	MaxBytes  int64          // of all documents together; 0 is MaxBytes
}

// Read reads one document: NewReader, Add and Result in one.
func Read(r io.Reader, o Options) (Result, error) {
	all := NewReader(o)
	if err := all.Add(r); err != nil {
		return Result{}, err
	}
	return all.Result()
}

// Result is what the documents say as of Options.Now.
type Result struct {
	Patient  string         // id of the member as the documents spell it, empty if none was named
	Facts    fact.Facts     // elapsed facts are counted up to Options.Now
	Origins  []Origin       // one for each known fact, by fact
	Ignored  []Ignored      // at most MaxIgnored, in the order they were met
	Unlisted int            // how many more were left out
	Event    Event          // of a message, if it is one the package knows
	Language string         // BCP-47 tag of the language the member prefers, if known
	Zone     *time.Location // in which dates without a time were read
}

// Origin tells where a fact comes from. Its value is in Result.Facts.
type Origin struct {
	Fact  fact.ID
	Since time.Time // of elapsed facts such as hours_since_acute_care: the moment they count from
	AsOf  time.Time // when it was observed or reported; Options.Now where the documents carry no date
	Until time.Time // of what holds for a while after an onset: when the last such while is over
	From  []string  // "Encounter/123", sorted; at most 20
	// Labels are the sensitive topics of the resources, as bits of the positions
	// in sensitive_topics_shareable.
	Labels int64
}

// Event is an admission, transfer or discharge that a message tells of.
type Event struct {
	Kind string // admit, transfer or discharge; empty if there is none
	At   time.Time
}

// Ignored is one thing that was left out. It never holds a value of the
// document other than ids and the place.
type Ignored struct {
	Resource string // "Condition/123", or the type alone
	Field    string // within the resource, empty for the whole of it
	Why      Reason
}

// Reason says why something was left out.
type Reason string

// Reasons. They are stable: callers may branch on them.
const (
	Malformed        Reason = "malformed"         // a field has the wrong type or an impossible value
	DuplicateKey     Reason = "duplicate_key"     // an object says the same twice
	TooDeep          Reason = "too_deep"          // nests deeper than any resource does
	TooLarge         Reason = "too_large"         // holds more values than any resource does
	NoType           Reason = "no_resource_type"  // not a resource
	Retracted        Reason = "retracted"         // entered in error, refuted, cancelled
	Future           Reason = "future"            // begins after now
	Contradictory    Reason = "contradictory"     // its dates or status can't both be true
	LeftOpen         Reason = "left_open"         // never closed, counted from its start
	NoDate           Reason = "no_date"           // nothing tells when
	Expired          Reason = "expired"           // older than the fact keeps
	OtherSubject     Reason = "other_subject"     // about somebody else
	NoSubject        Reason = "no_subject"        // about nobody that can be told
	UnknownSystem    Reason = "unknown_system"    // codes of a system the package does not know
	UnknownCode      Reason = "unknown_code"      // of a known system
	OutOfRange       Reason = "out_of_range"      // a number that can't be, or in an unknown unit
	NotInVocabulary  Reason = "not_in_vocabulary" // a value that the revision in force does not have
	OperationOutcome Reason = "operation_outcome" // the server sent a problem in place of data
	MorePages        Reason = "more_pages"        // a searchset that goes on elsewhere
)

// Why a document can't be read. Error wraps one of them.
var (
	ErrTooLarge    = errors.New("the document is larger than the limit")
	ErrTruncated   = errors.New("the document ends in the middle")
	ErrNotJSON     = errors.New("the document is not JSON")
	ErrNotUTF8     = errors.New("the document is not UTF-8")
	ErrTooDeep     = errors.New("the document nests too deep")
	ErrWrongType   = errors.New("the document is neither a Bundle nor a resource that is read here")
	ErrDuplicate   = errors.New("the document says the same thing twice")
	ErrWhichMember = errors.New("the document speaks of several people and does not say who the member is")
	ErrRead        = errors.New("the document can't be read to its end")
)

// Error is why a whole document is refused, and where. It repeats nothing of
// the document.
type Error struct {
	Err    error // one of the Err… values
	Offset int64 // bytes into the document
	Entry  int   // of the bundle, from 0; -1 outside of its entries
}

func (e *Error) Error() string {
	if e.Entry >= 0 {
		return fmt.Sprintf("%v (entry %d, near byte %d)", e.Err, e.Entry, e.Offset)
	}
	return fmt.Sprintf("%v (near byte %d)", e.Err, e.Offset)
}

func (e *Error) Unwrap() error { return e.Err }
