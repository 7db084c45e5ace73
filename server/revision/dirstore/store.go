package dirstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/rightvoice/rightvoice/server/revision"
)

// Options say how to use a directory. The zero value is good.
type Options struct {
	// ReadOnly opens beside a process that writes. Every change is refused with
	// revision.ErrReadOnly.
	ReadOnly bool

	// At is called at each named step of a change, before it; an error is taken
	// for the step's own. It is for tests of crashes. nil means nothing.
	At func(point string) error
}

// Store is a directory. It is safe for concurrent use.
type Store struct {
	dir      string
	at       func(string) error
	readOnly bool
	lock     *os.File

	mu       sync.Mutex // of changes, and of what follows
	journal  *os.File
	length   int64 // of the journal's good part
	pointers map[string]revision.Pointer
	durable  map[string]bool // folders whose entries are synced
	failed   error           // why there can be no more changes
	hints    hints
}

// ErrInUse is the error of Open for a directory that another process writes to.
// It can be opened to be read.
var ErrInUse = errors.New("dirstore: another process writes to this directory")

// Open opens a directory and makes it if its parent exists. Close it when done.
func Open(dir string, o Options) (*Store, error) {
	s := &Store{dir: dir, at: o.At, readOnly: o.ReadOnly, pointers: map[string]revision.Pointer{}, durable: map[string]bool{}}
	if s.at == nil {
		s.at = func(string) error { return nil }
	}
	if s.readOnly {
		return s, s.reread()
	}
	if err := s.openForChanges(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) openForChanges() (err error) {
	if err = makeFolder(s.dir); err != nil {
		return err
	}
	if s.lock, err = lockFile(filepath.Join(s.dir, "lock")); err != nil {
		return fmt.Errorf("%w, or it cannot be locked: %w", ErrInUse, err)
	}
	if err = os.RemoveAll(filepath.Join(s.dir, "tmp")); err != nil {
		return err
	}
	for _, name := range []string{"tmp", "objects", "documents"} {
		if err = makeFolder(filepath.Join(s.dir, name)); err != nil {
			return err
		}
	}
	return s.openJournal()
}

// makeFolder makes a folder that survives loss of power.
func makeFolder(path string) error {
	if err := os.Mkdir(path, 0o700); errors.Is(err, os.ErrExist) {
		return nil
	} else if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the entries of a folder survive loss of power.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Close lets another process write. What was acknowledged is on disk already.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, f := range []**os.File{&s.journal, &s.lock} {
		if *f != nil {
			errs = append(errs, (*f).Close())
			*f = nil
		}
	}
	s.failed = errors.Join(s.failed, os.ErrClosed)
	return errors.Join(errs...)
}

// writable is why there can be no change now; s.mu is held.
func (s *Store) writable() error {
	if s.readOnly {
		return revision.ErrReadOnly
	}
	return s.failed
}

// Pointer is part of revision.Pointers.
func (s *Store) Pointer(_ context.Context, tenant string) (revision.Pointer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.current(); err != nil {
		return revision.Pointer{}, err
	}
	return s.pointers[tenant], nil
}

// Tenants is part of revision.Pointers.
func (s *Store) Tenants(context.Context) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.current(); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(s.pointers)), nil
}

// current reads what another process wrote meanwhile; s.mu is held.
func (s *Store) current() error {
	if s.readOnly {
		return s.reread()
	}
	return nil
}

// Swap is part of revision.Pointers.
func (s *Store) Swap(_ context.Context, tenant string, was, now revision.Pointer) error {
	if !revision.ValidName(tenant) {
		return revision.ErrName
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return err
	}
	if s.pointers[tenant] != was {
		return revision.ErrMoved
	}
	if err := s.append(encode(tenant, now)); err != nil {
		return err
	}
	s.pointers[tenant] = now
	s.hints.send(tenant)
	return nil
}

// Hints is part of revision.Hinter. They come from this process only.
func (s *Store) Hints(ctx context.Context) <-chan string { return s.hints.to(ctx) }

// hints sends to everyone who listens and waits for nobody.
type hints struct {
	mu sync.Mutex
	on map[chan string]struct{}
}

func (h *hints) to(ctx context.Context) <-chan string {
	c := make(chan string, 16)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.on == nil {
		h.on = map[chan string]struct{}{}
	}
	h.on[c] = struct{}{}
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.on, c)
	})
	return c
}

func (h *hints) send(tenant string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.on {
		select {
		case c <- tenant:
		default: // it is behind; the next poll sees it
		}
	}
}
