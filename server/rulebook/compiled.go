package rulebook

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Ref names one content: a version by its number, or a draft. The zero Ref is
// the version in force.
type Ref struct {
	Version uint64
	Draft   string
}

// compiled is one content as it is read on one day. Contents are immutable, so
// that it can be kept.
type compiled struct {
	digest revision.Digest
	day    time.Time
	files  revision.Files
	folder fs.FS
	loader *content.Loader

	set      *ruleset.Set // rules that disagree are left in; nil if it can't be read
	problems []strictyaml.Problem

	once sync.Once
	snap *recommend.Snapshot // nil if it can't answer
	bad  []strictyaml.Problem
}

// kept is how many contents are at hand: those that a few people work on.
const kept = 16

// digest finds the content that a Ref names.
func (b *Book) digest(ctx context.Context, tenant string, r Ref) (revision.Digest, error) {
	switch {
	case r.Draft != "" && r.Version != 0:
		return "", &revision.Error{Code: revision.Invalid, Field: "draftId", Message: "name a version or a draft, not both"}
	case r.Draft != "":
		d, err := b.o.Revisions.Draft(ctx, tenant, r.Draft)
		return d.Etag, err
	case r.Version != 0:
		v, err := b.o.Revisions.Version(ctx, tenant, r.Version)
		return v.Digest, err
	}
	v, err := b.o.Revisions.Current(ctx, tenant)
	return v.Digest, err
}

// open reads the content that a Ref names.
func (b *Book) open(ctx context.Context, tenant string, r Ref) (*compiled, error) {
	d, err := b.digest(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	return b.compile(ctx, d)
}

// compile reads a content for today.
func (b *Book) compile(ctx context.Context, d revision.Digest) (*compiled, error) {
	day := b.today()
	if c := b.known(d, day); c != nil {
		return c, nil
	}
	files, err := b.o.Revisions.Files(ctx, d)
	if err != nil {
		return nil, err
	}
	folder, err := files.FS()
	if err != nil {
		return nil, err
	}
	c := &compiled{digest: d, day: day, files: files, folder: b.o.Loader.Folder(folder), loader: b.o.Loader}
	c.set, c.problems = c.loader.Draft(c.folder, day)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.compiled = append(b.compiled, c)
	b.compiled = b.compiled[max(0, len(b.compiled)-kept):]
	return c, nil
}

// known finds a content that is at hand, and keeps it longest from now on.
func (b *Book) known(d revision.Digest, day time.Time) *compiled {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.compiled, func(c *compiled) bool { return c.digest == d && c.day.Equal(day) })
	if i < 0 {
		return nil
	}
	c := b.compiled[i]
	b.compiled = append(slices.Delete(b.compiled, i, i+1), c)
	return c
}

// snapshot makes a content ready to answer.
func (c *compiled) snapshot() (*recommend.Snapshot, []strictyaml.Problem) {
	c.once.Do(func() {
		rev, problems := c.loader.Load(c.folder, c.day)
		if rev == nil {
			c.bad = problems
			return
		}
		var err error
		if c.snap, err = recommend.NewSnapshot(rev); err != nil {
			c.bad = []strictyaml.Problem{{File: ".", Line: 1, Col: 1, Severity: strictyaml.Error, Code: "unusable", Message: err.Error()}}
		}
	})
	return c.snap, c.bad
}
