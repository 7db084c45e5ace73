package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
)

// workshop is the store of revisions of a server that keeps nothing: a private
// folder that is made when someone first asks for drafts or versions, with what
// is in force as the first version, and that goes when the server stops. Whoever
// only asks for recommendations pays nothing for it.
type workshop struct {
	begin func(ctx context.Context, dir string, store revision.Store) error // after it was made
	inUse chan struct{}                                                     // closed once it is

	mu    sync.Mutex
	dir   string
	store *dirstore.Store
}

func newWorkshop(begin func(context.Context, string, revision.Store) error) *workshop {
	return &workshop{begin: begin, inUse: make(chan struct{})}
}

// open makes the store, once, and goes on if the caller who was first has no
// more time.
func (w *workshop) open(ctx context.Context) (revision.Store, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.store != nil {
		return w.store, nil
	}
	dir, err := os.MkdirTemp("", "rightvoice-")
	if err != nil {
		return nil, err
	}
	store, err := dirstore.Open(filepath.Join(dir, "revisions"), dirstore.Options{})
	if err == nil {
		if err = w.begin(context.WithoutCancel(ctx), dir, store); err != nil {
			err = errors.Join(err, store.Close())
		}
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	w.dir, w.store = dir, store
	close(w.inUse)
	return store, nil
}

// Close removes the folder.
func (w *workshop) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.store == nil {
		return nil
	}
	return errors.Join(w.store.Close(), os.RemoveAll(w.dir))
}

// Put is part of revision.Objects.
func (w *workshop) Put(ctx context.Context, b []byte) (revision.Digest, error) {
	s, err := w.open(ctx)
	if err != nil {
		return "", err
	}
	return s.Put(ctx, b)
}

// Get is part of revision.Objects.
func (w *workshop) Get(ctx context.Context, d revision.Digest) ([]byte, error) {
	s, err := w.open(ctx)
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, d)
}

// Pointer is part of revision.Pointers.
func (w *workshop) Pointer(ctx context.Context, tenant string) (revision.Pointer, error) {
	s, err := w.open(ctx)
	if err != nil {
		return revision.Pointer{}, err
	}
	return s.Pointer(ctx, tenant)
}

// Swap is part of revision.Pointers.
func (w *workshop) Swap(ctx context.Context, tenant string, was, now revision.Pointer) error {
	s, err := w.open(ctx)
	if err != nil {
		return err
	}
	return s.Swap(ctx, tenant, was, now)
}

// Tenants is part of revision.Pointers.
func (w *workshop) Tenants(ctx context.Context) ([]string, error) {
	s, err := w.open(ctx)
	if err != nil {
		return nil, err
	}
	return s.Tenants(ctx)
}

// Load is part of revision.Documents.
func (w *workshop) Load(ctx context.Context, k revision.Key) ([]byte, uint64, error) {
	s, err := w.open(ctx)
	if err != nil {
		return nil, 0, err
	}
	return s.Load(ctx, k)
}

// Save is part of revision.Documents.
func (w *workshop) Save(ctx context.Context, k revision.Key, body []byte, was uint64) error {
	s, err := w.open(ctx)
	if err != nil {
		return err
	}
	return s.Save(ctx, k, body, was)
}

// List is part of revision.Documents.
func (w *workshop) List(ctx context.Context, tenant, kind string) ([]string, error) {
	s, err := w.open(ctx)
	if err != nil {
		return nil, err
	}
	return s.List(ctx, tenant, kind)
}

// Hints is part of revision.Hinter. A store that nobody has asked for has none.
func (w *workshop) Hints(ctx context.Context) <-chan string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.store == nil {
		return make(chan string)
	}
	return w.store.Hints(ctx)
}
