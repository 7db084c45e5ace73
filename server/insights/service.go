package insights

import (
	"context"
	"errors"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Version is one published content of a tenant.
type Version struct {
	Number   uint64
	Revision string
	At       time.Time
	Set      *ruleset.Set     // nil if it can't be read
	Holdout  *content.Holdout // nil if there is none
	Files    []string         // names of the content's files
}

// Rules knows the versions of a tenant.
type Rules interface {
	// Version is one version; number 0 is the one in force. The Version is zero
	// if none is in force.
	Version(ctx context.Context, tenant string, number uint64) (Version, error)
}

// Options are what a Service is made of. Rules is needed.
type Options struct {
	Rules Rules

	// Decisions opens the log of decisions; the Service closes it. nil: no log is
	// kept here.
	Decisions func() (*decisionlog.Reader, error)

	Counts feedback.Store            // what was counted of feedback; needed
	Sync   func(ctx context.Context) // waits until what was told before is counted; nil waits for nothing
	Lost   func() uint64             // events that could not be counted; nil is none

	// Noise is a number for some names, the same on every server and always, that
	// nobody else can tell; nil is one that everybody can.
	Noise func(names ...string) uint64

	Now func() time.Time // the clock; nil means time.Now
}

// Service is the use cases. It is safe for concurrent use.
type Service struct {
	o Options
}

// New makes a Service.
func New(o Options) (*Service, error) {
	if o.Rules == nil || o.Counts == nil {
		return nil, errors.New("insights: Rules and Counts are needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Noise == nil {
		o.Noise = plainNoise
	}
	return &Service{o: o}, nil
}

// Error is a request that can't be answered.
type Error struct {
	Field   string // what was wrong with the request; empty if it was none of it
	Message string
	Cause   error
}

func (e *Error) Error() string { return e.Message }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Cause }
