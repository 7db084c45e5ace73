// Package gitdir serves the content of a folder under git: whoever changes it
// there publishes by checking out another commit.
//
// In: a folder, the root of a working tree or inside it. Out: a revision.Store
// that takes no changes. Its pointer moves when another commit is checked out
// and the content of that is whole and passes check, cases and proof; until
// then the last good one stays, and Failed and Err say why. The commit is in the
// note of each version. Nothing but plain files is read, and git need not be
// installed.
//
// A commit counts, not an edit: what is changed in the folder without a commit
// is not served until the next commit is checked out, and then is part of it.
// Numbers of versions count what this process saw, and begin at 1 again with
// it.
package gitdir

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
)

// Options say how to watch. The zero value is good.
type Options struct {
	Tenant string        // whose content it is; empty means "default"
	Poll   time.Duration // how long what was seen counts; 0 means 2 s, less than 0 looks each time

	// Failed is told why the commit that is checked out is not served, once for
	// each reason. nil: nobody is.
	Failed func(error)

	// Service says how the content is checked. Its Store is not used.
	Service revision.Options
}

// Store is a watched folder. It is safe for concurrent use.
type Store struct {
	folder  string
	o       Options
	repo    repository
	service *revision.Service
	now     func() time.Time

	looking sync.Mutex // held while one caller looks
	mu      sync.Mutex // of what follows
	objects map[revision.Digest][]byte
	at      revision.Pointer
	commit  string // that at is of
	looked  time.Time
	failed  error // of the last look
}

// Open reads the folder. What is there must pass.
func Open(ctx context.Context, folder string, o Options) (*Store, error) {
	if o.Tenant == "" {
		o.Tenant = "default"
	}
	if o.Poll == 0 {
		o.Poll = 2 * time.Second
	}
	s := &Store{folder: folder, o: o, now: o.Service.Now, objects: map[revision.Digest][]byte{}}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	if s.repo, err = find(folder); err != nil {
		return nil, err
	}
	o.Service.Store = s
	if s.service, err = revision.New(o.Service); err != nil {
		return nil, err
	}
	if err := s.look(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// errChanging is a working tree that is being changed.
var errChanging = errors.New("gitdir: the folder is being changed; it is looked at again soon")

// look reads the folder if another commit is checked out.
func (s *Store) look(ctx context.Context) error {
	s.looking.Lock()
	defer s.looking.Unlock()
	s.mu.Lock()
	fresh := !s.looked.IsZero() && s.o.Poll > 0 && s.now().Sub(s.looked) < s.o.Poll
	before := s.failed
	s.mu.Unlock()
	if fresh {
		return before
	}
	err := s.read(ctx)
	s.mu.Lock()
	s.looked, s.failed = s.now(), err
	s.mu.Unlock()
	if err != nil && s.o.Failed != nil && (before == nil || before.Error() != err.Error()) {
		s.o.Failed(err)
	}
	return err
}

func (s *Store) read(ctx context.Context) error {
	commit, err := s.repo.commit()
	if err != nil || commit == s.commit {
		return err
	}
	files, err := s.whole(commit)
	if err != nil {
		return err
	}
	s.mu.Lock()
	digest := s.keep(files)
	s.mu.Unlock()
	r, err := s.service.Run(ctx, digest, time.Time{}, revision.AllParts)
	if err == nil && !r.Green() {
		err = &revision.Error{Code: revision.NotGreen, Message: "check, cases and proof do not all pass for commit " + commit, Report: r}
	}
	if err != nil {
		return err
	}
	return s.move(commit, r)
}

// whole reads the folder twice: if it is the same both times and git is not at
// work on it, it is what the commit has.
func (s *Store) whole(commit string) (revision.Files, error) {
	if s.repo.busy() {
		return nil, errChanging
	}
	files, err := revision.ReadFiles(os.DirFS(s.folder))
	if err != nil {
		return nil, err
	}
	again, err := revision.ReadFiles(os.DirFS(s.folder))
	if err != nil {
		return nil, err
	}
	now, err := s.repo.commit()
	if err != nil || now != commit || s.repo.busy() || files.Digest() != again.Digest() {
		return nil, errors.Join(errChanging, err)
	}
	return files, nil
}

// keep holds a content in memory; s.mu is held.
func (s *Store) keep(files revision.Files) revision.Digest {
	for _, text := range files {
		s.objects[revision.DigestOf(text)] = text
	}
	tree := files.Tree()
	s.objects[revision.DigestOf(tree)] = tree
	return revision.DigestOf(tree)
}

// move makes a version of a content that passed.
func (s *Store) move(commit string, r *revision.Report) error {
	v := revision.Version{Tenant: s.o.Tenant, Number: s.at.Number + 1, Digest: r.Digest, Revision: r.Revision, Parent: s.at.Record,
		By: "git", Note: "commit " + commit, At: s.now().UTC()}
	record, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := revision.DigestOf(record)
	s.objects[d] = record
	s.at, s.commit = revision.Pointer{Number: v.Number, Record: d}, commit
	return nil
}

// Err is why the commit that is checked out is not served; nil if it is.
func (s *Store) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// Pointer is part of revision.Pointers. It looks for another commit if the last
// look is long ago.
func (s *Store) Pointer(ctx context.Context, tenant string) (revision.Pointer, error) {
	if tenant != s.o.Tenant {
		return revision.Pointer{}, nil
	}
	_ = s.look(ctx) // told to Failed; the last good one stays
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at, nil
}

// Tenants is part of revision.Pointers.
func (s *Store) Tenants(context.Context) ([]string, error) { return []string{s.o.Tenant}, nil }

// Get is part of revision.Objects.
func (s *Store) Get(_ context.Context, d revision.Digest) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.objects[d]
	if !ok {
		return nil, revision.ErrNotFound
	}
	return slices.Clone(b), nil
}

// Put is part of revision.Objects; it takes no changes.
func (s *Store) Put(context.Context, []byte) (revision.Digest, error) {
	return "", revision.ErrReadOnly
}

// Swap is part of revision.Pointers; it takes no changes.
func (s *Store) Swap(context.Context, string, revision.Pointer, revision.Pointer) error {
	return revision.ErrReadOnly
}

// Load is part of revision.Documents: there are none.
func (s *Store) Load(context.Context, revision.Key) ([]byte, uint64, error) { return nil, 0, nil }

// Save is part of revision.Documents; it takes no changes.
func (s *Store) Save(context.Context, revision.Key, []byte, uint64) error {
	return revision.ErrReadOnly
}

// List is part of revision.Documents: there are none.
func (s *Store) List(context.Context, string, string) ([]string, error) { return nil, nil }

// Hints is part of revision.Hinter. None come; looking costs little.
func (s *Store) Hints(context.Context) <-chan string { return make(chan string) }
