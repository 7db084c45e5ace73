package rulebook

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Options are what a Book is made of. Revisions and Explain are needed.
type Options struct {
	Revisions *revision.Service

	// Explain answers a question by a content and tells why, storing nothing:
	// recommend.Service.Explain.
	Explain func(ctx context.Context, s *recommend.Snapshot, r *recommend.ExplainRequest) (*recommend.Explanation, error)

	// Decisions opens what was recorded, for the impact of drafts; the Book
	// closes it. nil: nothing is recorded here.
	Decisions func() (*decisionlog.Reader, error)
	// Dropped counts decisions that were not written down. nil: none.
	Dropped func() uint64

	// Audit lists what was done and refused, the newest first: audit.Log.List.
	// nil: it is not kept here.
	Audit func(audit.Filter) ([]audit.Record, error)

	// InForce is the version that this server answers by, the zero Version before
	// there is one, and whether it was kept from before and could not be followed
	// since. nil: the one that the store has.
	InForce func(ctx context.Context, tenant string) (v revision.Version, stale bool)
	// Await waits until a revision is in force on this server, so that whoever
	// watches is told of no version before: revision.Follower.Await. nil: it
	// waits for nothing.
	Await func(ctx context.Context, tenant, revision string) error

	// Loader reads contents; the one of Revisions saves the most. nil: one of this
	// Book's own.
	Loader *content.Loader

	Build    string           // names the build of the program
	ReadOnly bool             // contents are changed elsewhere
	Now      func() time.Time // the clock; nil means time.Now
}

// Book is the use cases. It is safe for concurrent use.
type Book struct {
	o Options

	mu       sync.Mutex
	compiled []*compiled // latest last
}

// New makes a Book.
func New(o Options) (*Book, error) {
	if o.Revisions == nil || o.Explain == nil {
		return nil, errors.New("rulebook: Revisions and Explain are needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Loader == nil {
		o.Loader = content.NewLoader()
	}
	return &Book{o: o}, nil
}

// today is the day of use of whatever is looked at now.
func (b *Book) today() time.Time { return b.o.Now().UTC().Truncate(24 * time.Hour) }
