package rulebook

import (
	"context"
	"errors"
	"time"

	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Options are what a Book is made of. Revisions is needed.
type Options struct {
	Revisions *revision.Service

	// Decisions opens what was recorded, for the impact of drafts; the Book
	// closes it. nil: nothing is recorded here.
	Decisions func() (*decisionlog.Reader, error)
	// Dropped counts decisions that were not written down. nil: none.
	Dropped func() uint64

	// Audit lists what was done and refused, the newest first. nil: it is not
	// kept here.
	Audit func(audit.Filter) ([]audit.Record, error)

	// InForce is the version that this server answers by; false before there is
	// one. nil: the one that the store has.
	InForce func(tenant string) (revision.Version, bool)
	// Await waits until a revision is in force on this server, so that whoever
	// watches is told of no version before. nil: it waits for nothing.
	Await func(ctx context.Context, tenant, revision string) error

	Build    string           // names the build of the program
	ReadOnly bool             // contents are changed elsewhere
	Now      func() time.Time // the clock; nil means time.Now
}

// Book is the use cases. It is safe for concurrent use.
type Book struct {
	o Options
}

// New makes a Book.
func New(o Options) (*Book, error) {
	if o.Revisions == nil {
		return nil, errors.New("rulebook: the service of revisions is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Book{o: o}, nil
}
