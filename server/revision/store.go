package revision

import (
	"context"
	"regexp"
)

// Objects keeps immutable bytes under their digest.
type Objects interface {
	// Put keeps an object; once it returns, the object survives a crash. An
	// object that is already there is not written again.
	Put(ctx context.Context, b []byte) (Digest, error)
	// Get reads an object. The error is ErrNotFound if there is none, and
	// another one if what is there is not what the digest says.
	Get(ctx context.Context, d Digest) ([]byte, error)
}

// Pointers keeps which version of each tenant is in force.
type Pointers interface {
	// Pointer is the zero Pointer for a tenant without any version.
	Pointer(ctx context.Context, tenant string) (Pointer, error)
	// Swap moves a pointer from was to now, or returns ErrMoved if it is not
	// was any more. Once Swap returns nil the move survives a crash; after
	// another error it may or may not have happened.
	Swap(ctx context.Context, tenant string, was, now Pointer) error
	// Tenants lists those that have a pointer, in order.
	Tenants(ctx context.Context) ([]string, error)
}

// Documents keeps small things that change.
type Documents interface {
	// Load reads a document; one that is not there has the count 0.
	Load(ctx context.Context, k Key) (body []byte, count uint64, err error)
	// Save replaces a document whose count is was, and counts one up; it
	// returns ErrMoved if the count is another by now.
	Save(ctx context.Context, k Key, body []byte, was uint64) error
	// List names the documents of one kind of a tenant, in order.
	List(ctx context.Context, tenant, kind string) ([]string, error)
}

// Hinter tells of moved pointers early. Hints may be lost or false.
type Hinter interface {
	// Hints sends the tenant whose pointer may have moved, until ctx ends.
	// The channel is never closed.
	Hints(ctx context.Context) <-chan string
}

// Store is what a Service and a Follower stand on. Every store passes the suite
// of revisiontest and is safe for concurrent use.
type Store interface {
	Objects
	Followed
	Documents
}

// Followed is what tells replicas where to look.
type Followed interface {
	Pointers
	Hinter
}

// Pointer names the record of a version. Numbers count up from 1 by one.
type Pointer struct {
	Number uint64
	Record Digest
}

// Key names a document.
type Key struct{ Tenant, Kind, ID string }

var name = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// ValidName reports whether s may name a tenant, a kind or a document: at most
// 64 small letters, digits, - and _. Stores may rely on it for file names and
// keys, and refuse others.
func ValidName(s string) bool { return name.MatchString(s) }

// Valid reports whether all parts of a key are valid names.
func (k Key) Valid() bool { return ValidName(k.Tenant) && ValidName(k.Kind) && ValidName(k.ID) }
