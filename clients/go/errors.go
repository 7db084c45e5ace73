package rightvoice

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// Error is how a call failed. Find it with errors.As.
type Error struct {
	// Code is gRPC's: InvalidArgument (mend the request), NotFound,
	// FailedPrecondition (another server may have the revision), Unavailable and
	// ResourceExhausted (later), DeadlineExceeded, Unauthenticated, …
	Code codes.Code

	// Reason is the service's own stable code ("TOPIC_UNKNOWN"); empty where the
	// failure did not come from the service.
	Reason string

	// Message is for developers. It never holds a value that was sent.
	Message string

	// FieldViolations are the fields to mend, with InvalidArgument.
	FieldViolations []FieldViolation

	// RetryAfter is how long to wait before asking again; zero if the service
	// did not say.
	RetryAfter time.Duration

	// What rules are refused for, each with its own Reason: Stale with STALE_ETAG
	// (what both sides changed), Report with NOT_GREEN, Missing with NOT_APPROVED
	// (whose approval), Clashes with CONFLICT.
	Stale   *rightvoicev1.StaleEdit
	Report  *rightvoicev1.Report
	Missing []*rightvoicev1.Requirement
	Clashes *rightvoicev1.Clashes

	status *status.Status
}

// FieldViolation is one field that was refused.
type FieldViolation struct {
	Field       string // its path, as in "context.hoursSinceAcuteCare"
	Description string // what is allowed
}

// Error is one line: code, reason, message and fields.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rightvoice: %s", e.Code)
	if e.Reason != "" {
		fmt.Fprintf(&b, " (%s)", e.Reason)
	}
	fmt.Fprintf(&b, ": %s", e.Message)
	for _, v := range e.FieldViolations {
		fmt.Fprintf(&b, "; %s: %s", v.Field, v.Description)
	}
	return b.String()
}

// GRPCStatus lets status.FromError and status.Code see through an *Error.
func (e *Error) GRPCStatus() *status.Status { return e.status }

// Is makes errors.Is find the context errors that a call ended with.
func (e *Error) Is(target error) bool {
	return target == context.DeadlineExceeded && e.Code == codes.DeadlineExceeded ||
		target == context.Canceled && e.Code == codes.Canceled
}

// ItemError is why one request of a batch or stream has no decision; nil if it
// has one.
func ItemError(r *rightvoicev1.RecommendResult) error {
	if r.GetError() == nil {
		return nil
	}
	return newError(status.FromProto(r.GetError()))
}

// errorOf makes an *Error of what gRPC returned: never nil, as err is not.
func errorOf(err error) *Error { return newError(status.Convert(err)) }

func newError(s *status.Status) *Error {
	e := &Error{Code: s.Code(), Message: s.Message(), status: s}
	for _, detail := range s.Details() {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason = d.GetReason()
		case *errdetails.RetryInfo:
			e.RetryAfter = d.GetRetryDelay().AsDuration()
		case *rightvoicev1.StaleEdit:
			e.Stale = d
		case *rightvoicev1.Report:
			e.Report = d
		case *rightvoicev1.MissingApprovals:
			e.Missing = d.GetMissing()
		case *rightvoicev1.Clashes:
			e.Clashes = d
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				e.FieldViolations = append(e.FieldViolations, FieldViolation{v.GetField(), v.GetDescription()})
			}
		}
	}
	return e
}
