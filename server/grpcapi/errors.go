package grpcapi

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/rightvoice/rightvoice/server/insights"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Domain names this service in ErrorInfo.
const Domain = "rightvoice"

// Reasons beside those of recommend.Code. They are stable and meant for programs.
const (
	ReasonInvalid     = "INVALID_ARGUMENT"
	ReasonOverloaded  = "OVERLOADED"
	ReasonTimeout     = "TIMEOUT"
	ReasonCancelled   = "CANCELLED"
	ReasonInternal    = "INTERNAL"
	ReasonUnavailable = "UNAVAILABLE"
)

// table says what each error of the use cases is in gRPC. The words are the
// error's own; they name fields and allowed values only.
var table = map[recommend.Code]codes.Code{
	recommend.InvalidArgument:    codes.InvalidArgument,
	recommend.NotFound:           codes.NotFound,
	recommend.Expired:            codes.NotFound,
	recommend.RevisionNotFound:   codes.FailedPrecondition,
	recommend.RevisionNotInForce: codes.FailedPrecondition,
	recommend.Unavailable:        codes.Unavailable,
}

// Errors that are the same each time are made once.
var (
	overloaded = NewStatus(codes.ResourceExhausted, ReasonOverloaded, "too many requests at once; try again",
		&errdetails.RetryInfo{RetryDelay: durationpb.New(retryAfter)}).Err()
	timedOut  = NewStatus(codes.DeadlineExceeded, ReasonTimeout, "the time for this request is over").Err()
	cancelled = NewStatus(codes.Canceled, ReasonCancelled, "the caller gave up").Err()
	internal  = NewStatus(codes.Internal, ReasonInternal, "an error inside the service").Err()
)

// Shown is err as callers may see it: with a stable reason, the fields to
// blame, and not a word of what was sent or of what is inside.
func Shown(err error) error { return shownTo(context.Background(), err) }

// shownTo is Shown in the language of whoever asks, where the use cases have
// words in it.
func shownTo(ctx context.Context, err error) error {
	var invalid wire.Invalid
	var known *recommend.Error
	var refused *revision.Error
	var insight *insights.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &invalid):
		return Invalid(invalid).Err()
	case errors.As(err, &known):
		return fromCode(known).Err()
	case errors.As(err, &refused):
		return fromRevision(ctx, err, refused).Err()
	case errors.As(err, &insight):
		return fromInsights(insight).Err()
	case errors.Is(err, context.DeadlineExceeded):
		return timedOut
	case errors.Is(err, context.Canceled):
		return cancelled
	}
	if s, ok := status.FromError(err); ok && isOurs(s) {
		return err
	}
	return internal
}

// fromCode is an error of the use cases as a status.
func fromCode(e *recommend.Error) *status.Status {
	code, ok := table[e.Code]
	if !ok {
		return status.Convert(internal)
	}
	var details []protoadapt.MessageV1
	if e.Field != "" {
		details = append(details, fields(wire.Invalid{{Field: e.Field, Message: e.Message}}))
	}
	return NewStatus(code, e.Code.String(), e.Error(), details...)
}

// Invalid is a refusal of what was sent as a status, with the fields to blame.
func Invalid(v wire.Invalid) *status.Status {
	message := v[:1].Error()
	if more := len(v) - 1; more > 0 {
		message = fmt.Sprintf("%s (and %d more)", message, more)
	}
	return NewStatus(codes.InvalidArgument, ReasonInvalid, message, fields(v))
}

// maxFields bounds how many fields one error names: details travel in a header.
const maxFields = 16

func fields(v wire.Invalid) *errdetails.BadRequest {
	bad := &errdetails.BadRequest{}
	for _, one := range v[:min(len(v), maxFields)] {
		bad.FieldViolations = append(bad.FieldViolations, &errdetails.BadRequest_FieldViolation{Field: one.Field, Description: one.Message})
	}
	return bad
}

// NewStatus is a status with a reason, which it puts before any other details. the reason before any other details.
func NewStatus(code codes.Code, reason, message string, details ...protoadapt.MessageV1) *status.Status {
	s := status.New(code, message)
	info := &errdetails.ErrorInfo{Reason: reason, Domain: Domain}
	if with, err := s.WithDetails(append([]protoadapt.MessageV1{info}, details...)...); err == nil {
		return with
	}
	return s
}

// isOurs reports whether a status was made here: those of libraries may repeat
// what was sent.
func isOurs(s *status.Status) bool {
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok && info.Domain == Domain {
			return true
		}
	}
	return false
}
