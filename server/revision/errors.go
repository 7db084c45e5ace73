package revision

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Errors of stores. Others mean that the store can't do its work now.
var (
	ErrNotFound = errors.New("revision: there is no such object")
	ErrMoved    = errors.New("revision: someone else was quicker")
	ErrReadOnly = errors.New("revision: this store takes no changes")
	ErrName     = errors.New("revision: a name is not valid")
)

// Code says why something is refused.
type Code string

const (
	NotFound     Code = "not_found"        // no such draft, version or digest
	Invalid      Code = "invalid"          // the request can't be understood; Field says where
	StaleEtag    Code = "stale_etag"       // the draft changed meanwhile; Stale has both sides
	WrongState   Code = "wrong_state"      // not at this stage of a draft
	NotGreen     Code = "not_green"        // check, cases or proof; Report has the findings
	NotApproved  Code = "not_approved"     // Missing says whose approval
	OwnDraft     Code = "own_draft"        // authors can't approve what they wrote
	NoCapacity   Code = "capacity_missing" // nobody speaks in a capacity they do not have
	NoRole       Code = "role_missing"     // this takes a role that they do not have
	RebaseNeeded Code = "rebase_needed"    // another version was published since the draft began
	Conflict     Code = "conflict"         // both sides changed the same; Conflicts has both
	ReadOnly     Code = "read_only"        // the content is changed elsewhere
	AuditFailed  Code = "audit_failed"     // nothing happens that can't be recorded
	Unavailable  Code = "unavailable"      // the store; trying again may help
)

// Error is a refusal. Message is for people and repeats nothing that was sent.
type Error struct {
	Code      Code
	Field     string // of Invalid: what is wrong
	Message   string
	Stale     *Stale        // of StaleEtag
	Report    *Report       // of NotGreen
	Missing   []Requirement // of NotApproved: what is still needed
	Conflicts []edit.Clash  // of Conflict
	Cause     error         // of AuditFailed, Unavailable: for logs, not for callers

	format string // that Message was made of, with args
	args   []any
}

// Sentence is the format and the arguments that Message was made of, for those
// who tell it in another language.
func (e *Error) Sentence() (format string, args []any) {
	if e.format == "" {
		return e.Message, nil
	}
	return e.format, slices.Clone(e.args)
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf is the code of an *Error, empty for any other error.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Stale is both sides of an edit that came too late. Sentences puts Was, the
// content of Now and Wanted into words.
type Stale struct {
	Sent, Now    Digest        // the etag that was sent, and the draft's own
	Theirs, Mine []edit.Change // since the etag that was sent
	Was, Wanted  Files         // the content that was seen, and as the edit would have made it; nil if it is not known
}

func refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), format: format, args: args}
}

func invalid(field, format string, args ...any) *Error {
	e := refuse(Invalid, format, args...)
	e.Field = field
	return e
}

// stored translates an error of a store.
func stored(err error) error {
	var own *Error
	switch {
	case err == nil, errors.As(err, &own):
		return err
	case errors.Is(err, ErrNotFound):
		return refuse(NotFound, "that is not here")
	case errors.Is(err, ErrReadOnly):
		return refuse(ReadOnly, "content is changed elsewhere; here it can only be read")
	case errors.Is(err, ErrMoved):
		return &Error{Code: Unavailable, Message: "someone else changed the same at this moment; try again", Cause: err}
	case errors.Is(err, ErrName):
		return invalid("draftId", "names are at most 64 small letters, digits, - and _")
	}
	return &Error{Code: Unavailable, Message: "revisions cannot be stored or read now", Cause: err}
}
