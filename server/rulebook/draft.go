package rulebook

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Draft is a draft with what can be done about it.
type Draft struct {
	revision.Draft
	Live        uint64 // the version in force
	Required    []revision.Requirement
	Missing     []revision.Requirement
	Permissions []Permission
}

// show adds to a draft what the caller wants to know beside it.
func (b *Book) show(ctx context.Context, who *auth.Principal, d revision.Draft) (*Draft, error) {
	all, err := b.showAll(ctx, who, d.Tenant, []revision.Draft{d})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func (b *Book) showAll(ctx context.Context, who *auth.Principal, tenant string, all []revision.Draft) ([]*Draft, error) {
	set, err := b.o.Revisions.Settings(ctx, tenant)
	if err != nil {
		return nil, err
	}
	live, err := b.o.Revisions.Current(ctx, tenant)
	if err != nil && revision.CodeOf(err) != revision.NotFound {
		return nil, err
	}
	out := make([]*Draft, len(all))
	for i, d := range all {
		x := &Draft{Draft: d, Live: live.Number, Required: d.Required, Missing: d.Missing(set)}
		if len(x.Required) == 0 {
			x.Required = set.Needs(d.Guarded)
		}
		x.Permissions = b.draftPermissions(ctx, who, x)
		out[i] = x
	}
	return out, nil
}

// Draft is one draft.
func (b *Book) Draft(ctx context.Context, who *auth.Principal, tenant, id string) (*Draft, error) {
	d, err := b.o.Revisions.Draft(ctx, tenant, id)
	if err != nil {
		return nil, err
	}
	return b.show(ctx, who, d)
}

// Drafts lists drafts, the one changed last first, without their earlier
// contents. Those that came to an end are left out unless all are wanted.
func (b *Book) Drafts(ctx context.Context, who *auth.Principal, tenant string, all bool) ([]*Draft, error) {
	drafts, err := b.o.Revisions.Drafts(ctx, tenant)
	if err != nil {
		return nil, err
	}
	ended := []revision.State{revision.Published, revision.Archived, revision.Withdrawn}
	drafts = slices.DeleteFunc(drafts, func(d revision.Draft) bool { return !all && slices.Contains(ended, d.State) })
	for i := range drafts {
		drafts[i].Steps = drafts[i].Steps[max(0, len(drafts[i].Steps)-1):]
	}
	return b.showAll(ctx, who, tenant, drafts)
}

// Create begins a draft. The first one of a tenant is an admin's to begin, and
// all others are an author's.
func (b *Book) Create(ctx context.Context, who *auth.Principal, c revision.Creation) (*Draft, error) {
	roles := who.In(c.Tenant)
	c.First, c.FirstOnly = roles&auth.Admin != 0, roles&auth.Author == 0
	d, err := b.o.Revisions.Create(ctx, who.Name, c)
	if err != nil {
		return nil, err
	}
	return b.show(ctx, who, d)
}

// Do does something to a draft by the service of revisions and shows what
// became of it.
func (b *Book) Do(ctx context.Context, who *auth.Principal, t revision.Target, do func(s *revision.Service, by string) (revision.Draft, error)) (*Draft, error) {
	d, err := do(b.o.Revisions, who.Name)
	if err != nil {
		return nil, b.stale(ctx, err, t, "")
	}
	return b.show(ctx, who, d)
}

// Edited is what became of an edit.
type Edited struct {
	Draft  *Draft
	Report *revision.Report // of check
	Rows   *Content         // the rules that were changed
}

// Edit does operations to a draft and checks the result. A stale edit is
// refused with both sides in words.
func (b *Book) Edit(ctx context.Context, who *auth.Principal, t revision.Target, ops []edit.Op, request, language string) (*Edited, error) {
	d, err := b.o.Revisions.Edit(ctx, who.Name, t, ops, request)
	if err != nil {
		return nil, b.stale(ctx, err, t, language)
	}
	out := &Edited{}
	var both errgroup.Group // whoever types waits for it
	both.Go(func() (err error) {
		out.Rows, err = b.touched(ctx, t.Etag, d.Etag, language)
		return err
	})
	both.Go(func() (err error) {
		out.Report, err = b.o.Revisions.Run(ctx, d.Etag, time.Time{}, revision.PartCheck)
		return err
	})
	if err := both.Wait(); err != nil {
		return nil, err
	}
	out.Report = Told(ctx, out.Report)
	out.Draft, err = b.show(ctx, who, d)
	return out, err
}

// touched are the rules of a content that differ from an earlier one.
func (b *Book) touched(ctx context.Context, before, after revision.Digest, language string) (*Content, error) {
	x, err := b.compile(ctx, before)
	if err != nil {
		return nil, err
	}
	y, err := b.compile(ctx, after)
	if err != nil {
		return nil, err
	}
	out := y.worded(ctx, language)
	if y.set == nil {
		return out, nil
	}
	changed := map[revision.RowName]bool{}
	for _, c := range edit.Compare(x.files, y.files) {
		changed[revision.RowName{List: c.List, ID: c.ID}] = true
	}
	out.Rules = slices.DeleteFunc(y.rules(), func(r Rule) bool { return !changed[revision.RowName{List: r.Table.String(), ID: r.ID}] })
	return out, nil
}

// StaleError is a refused request of somebody who saw an earlier content, with
// both sides in words.
type StaleError struct {
	Of           *revision.Error
	Theirs, Mine []Change
}

func (e *StaleError) Error() string { return e.Of.Message }
func (e *StaleError) Unwrap() error { return e.Of }

// stale puts both sides of a stale request into words.
func (b *Book) stale(ctx context.Context, err error, t revision.Target, language string) error {
	var e *revision.Error
	if !errors.As(err, &e) || e.Stale == nil {
		return err
	}
	out := &StaleError{Of: e}
	d, lost := b.o.Revisions.Draft(ctx, t.Tenant, t.ID)
	// Only contents of this draft are shown: a digest says nothing about whose
	// content it is.
	if lost != nil || !slices.ContainsFunc(d.Steps, func(x revision.Step) bool { return x.Etag == e.Stale.Sent }) {
		return out
	}
	was, lost := b.o.Revisions.Files(ctx, e.Stale.Sent)
	if lost != nil {
		return out
	}
	now, lost := b.o.Revisions.Files(ctx, e.Stale.Now)
	if lost != nil {
		return out
	}
	out.Theirs = b.changes(was, now, edit.Compare(was, now), language)
	if e.Stale.Wanted != nil {
		out.Mine = b.changes(was, e.Stale.Wanted, e.Stale.Mine, language)
	}
	return out
}
