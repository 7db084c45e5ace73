package audit

import (
	"errors"
	"fmt"
	"time"
)

// Kind is what a record is about.
type Kind uint8

const (
	Began        Kind = iota + 1 // the log itself: its first record
	Checkpointed                 // the log itself: a signature over all records before
	Repaired                     // the log itself: the end that a crash left was cut off
	Change                       // something was created, edited or deleted
	Approval                     // somebody agreed or disagreed with a change
	Publish                      // something came into force, or was planned to, or was taken back
	Access                       // somebody asked for what they may not do
)

var kinds = [...]string{"", "began", "checkpoint", "repaired", "change", "approval", "publish", "access"}

func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k]
	}
	return "unknown"
}

// Outcome is how it ended.
type Outcome uint8

const (
	Done    Outcome = iota + 1
	Refused         // Entry.Reason says by which rule
	Failed          // it was allowed and did not work
)

var outcomes = [...]string{"", "done", "refused", "failed"}

func (o Outcome) String() string {
	if int(o) < len(outcomes) {
		return outcomes[o]
	}
	return "unknown"
}

// Object is something that an entry is about, such as a draft by its id or a
// revision by its digest.
type Object struct {
	Kind string // lower case: draft, revision, schedule …
	ID   string
}

// Entry is one event to be recorded.
type Entry struct {
	Kind    Kind     // Change, Approval, Publish or Access
	Actor   string   // who, as authentication names them
	Tenant  string   // whose content; empty for what concerns all
	Action  string   // lower case with dots: draft.edit, revision.publish
	Objects []Object // at most MaxObjects
	Outcome Outcome
	Reason  string // code of a refusal or failure, such as SELF_APPROVAL; empty if Done
}

// Record is an entry in the log.
type Record struct {
	Seq  uint64 // its number, from 1
	At   time.Time
	Prev [32]byte // hash of the record before
	Hash [32]byte
	Entry

	// Detail belongs to records of the log itself: its id, a signature, or how
	// many bytes were cut off.
	Detail []byte
}

// Limits of an entry. They keep texts out as well.
const (
	MaxObjects = 32
	maxName    = 200 // bytes of an actor or the id of an object
	maxCode    = 64
)

// check refuses what is no entry. Names and codes have no spaces, so that no
// sentence can get into the log.
func (e *Entry) check() error {
	switch {
	case e.Kind < Change || e.Kind > Access:
		return errors.New("audit: an entry is a change, an approval, a publish or an access")
	case e.Outcome < Done || e.Outcome > Failed:
		return errors.New("audit: an entry says how it ended")
	case (e.Reason == "") != (e.Outcome == Done):
		return errors.New("audit: a refusal or failure has a reason, and nothing else has one")
	case len(e.Objects) > MaxObjects:
		return fmt.Errorf("audit: an entry has at most %d objects", MaxObjects)
	}
	for _, f := range []struct {
		name, value string
		most        int
		empty       bool
	}{
		{"actor", e.Actor, maxName, false}, {"tenant", e.Tenant, maxName, true}, {"action", e.Action, maxCode, false}, {"reason", e.Reason, maxCode, true},
	} {
		if !isName(f.value, f.most) && !(f.empty && f.value == "") {
			return fmt.Errorf("audit: the %s must be 1 to %d visible ASCII characters without spaces", f.name, f.most)
		}
	}
	for _, o := range e.Objects {
		if !isName(o.Kind, maxCode) || !isName(o.ID, maxName) {
			return fmt.Errorf("audit: an object's kind and id must be visible ASCII characters without spaces, at most %d and %d", maxCode, maxName)
		}
	}
	return nil
}

func isName(s string, most int) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= most
}
