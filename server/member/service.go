package member

import (
	"context"
	"errors"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Store keeps what feeds tell about members.
type Store interface {
	RecordFacts(ctx context.Context, tenant string, told []memory.Told) error
	GetMember(ctx context.Context, tenant, member string) (memory.Member, error)
	ForgetMember(ctx context.Context, tenant, member string) error
}

// Words is one revision, as far as stored facts need it.
type Words interface {
	Catalogue() *fact.Catalogue
	Lexicon() *intake.Lexicon
	Known(m *memory.Member, now time.Time) ([]intake.Known, *time.Location)
}

// Hearing is a revision that knows the words by which members end messages.
type Hearing interface {
	Words
	// Stops are the channels that a member's words end; none if they end nothing.
	Stops(text, channel string) []string
}

// Options are what a Service is made of.
type Options struct {
	Store   Store            // required
	Now     func() time.Time // the clock; nil means time.Now
	Imports int              // bundles read at once, the others wait; 0 means 2
}

// Service is the use cases. It is safe for concurrent use.
type Service struct {
	store   Store
	now     func() time.Time
	reading chan struct{} // one for each bundle that is being read
}

// New makes a Service.
func New(o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Imports <= 0 {
		o.Imports = 2
	}
	return &Service{store: o.Store, now: o.Now, reading: make(chan struct{}, o.Imports)}
}

// Who names one member and the side that speaks.
type Who struct {
	Tenant string // empty means "default"
	Member string // opaque, as the caller names the member
	Side   recommend.Asker
}

func tenant(name string) string {
	if name == "" {
		return "default"
	}
	return name
}

// failed makes an error of the store one that a caller can do something about.
func failed(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, memory.ErrUnavailable):
		return &recommend.Error{Code: recommend.Unavailable, Message: "the memory did not answer in time; send the same again", Cause: err}
	}
	return err
}

// asOf is the moment that something was told for: now if nobody said. Clocks
// may be a little fast, so that a moment just ahead is now.
func asOf(at, now time.Time) (time.Time, error) {
	switch {
	case at.IsZero():
		return now, nil
	case at.After(now.Add(memory.MaxSkew)):
		return now, invalid("asOf", "must not be in the future")
	case at.After(now):
		return now, nil
	}
	return at, nil
}

func invalid(field, message string) error {
	return &recommend.Error{Code: recommend.InvalidArgument, Field: field, Message: message}
}
