package recommend

// Code classes the errors that a caller can do something about. Its String is
// stable and meant for programs.
type Code uint8

const (
	InvalidArgument    Code = iota + 1 // Field names what to change
	NotFound                           // no such decision, or not this tenant's
	Expired                            // the decision is known to have ended
	RevisionNotFound                   // the revision named is not here
	RevisionNotInForce                 // the revision in force here is older than asked for: try again
	Unavailable                        // the memory did not answer: try again
)

var codes = [...]string{"", "INVALID_ARGUMENT", "DECISION_NOT_FOUND", "DECISION_EXPIRED", "REVISION_NOT_FOUND", "REVISION_NOT_IN_FORCE", "MEMORY_UNAVAILABLE"}

func (c Code) String() string { return codes[c] }

// Error is the only kind of error that leaves this package. Its words may be
// shown to anyone: they name fields and allowed values, never what was sent.
type Error struct {
	Code    Code
	Field   string // path in the request, as the API spells it; empty if none is to blame
	Message string
	Cause   error // for the log of the operator; never shown to the caller
}

func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Cause }
