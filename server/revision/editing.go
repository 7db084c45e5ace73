package revision

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Edit does operations to a draft's content. A request that was done before is
// not done again. Whatever stage the draft was at, it is a draft again, and its
// reviews are void.
func (s *Service) Edit(ctx context.Context, by string, t Target, ops []edit.Op, request string) (Draft, error) {
	return s.change(ctx, Event{Action: ActEdit, By: by}, t, func(d *Draft, e *Event) error {
		if d.done(request) {
			return errDone
		}
		had, err := loadFiles(ctx, s.store, d.Etag)
		if err != nil {
			return err
		}
		if t.Etag != d.Etag {
			return s.stale(ctx, d, t.Etag, had, ops)
		}
		now, err := edit.Apply(had, ops)
		if err != nil {
			return editError(err)
		}
		says := make([]string, len(ops))
		for i, o := range ops {
			says[i] = o.String()
		}
		err = s.renew(ctx, d, by, had, now, says)
		d.remember(request)
		e.Digest = d.Etag
		return err
	})
}

func editError(err error) error {
	var e *edit.Error
	if errors.As(err, &e) {
		return &Error{Code: Invalid, Field: fmt.Sprintf("operations[%d].%s", e.Op, e.Field), Message: e.Message}
	}
	return err
}

// renew gives a draft other content.
func (s *Service) renew(ctx context.Context, d *Draft, by string, had, now Files, says []string) error {
	if d.State == Published || d.State == Archived {
		return refuse(WrongState, "this draft was published; begin another one")
	}
	etag, err := s.saveFiles(ctx, now, had)
	if err != nil {
		return err
	}
	s.reset(d, by, etag, says)
	return nil
}

// reset makes a draft of whatever it was, with other content.
func (s *Service) reset(d *Draft, by string, etag Digest, says []string) {
	if etag == d.Etag && d.State == Drafting {
		return
	}
	d.Etag, d.State, d.At, d.By, d.Note, d.Failure, d.Checks, d.Required, d.Evidence, d.OnApproval, d.With = etag, Drafting, time.Time{}, "", "", "", nil, nil, nil, nil, ""
	for i := range d.Reviews {
		d.Reviews[i].Void = true
	}
	if !slices.Contains(d.Authors, by) {
		d.Authors = append(d.Authors, by)
	}
	d.Steps = append(d.Steps, Step{Etag: etag, By: by, At: s.clock(), Says: says})
	d.Steps = d.Steps[max(0, len(d.Steps)-maxSteps):]
}

// maxSteps is how many contents of a draft can be gone back to.
const maxSteps = 300

// stale refuses an edit of a content that is not the present one, with what
// changed on both sides.
func (s *Service) stale(ctx context.Context, d *Draft, sent Digest, had Files, ops []edit.Op) error {
	if !slices.ContainsFunc(d.Steps, func(x Step) bool { return x.Etag == sent }) {
		return s.staleEtag(d, sent)
	}
	seen, err := loadFiles(ctx, s.store, sent)
	if err != nil {
		return err
	}
	e := s.staleEtag(d, sent)
	e.Stale.Theirs, e.Stale.Was = edit.Compare(seen, had), seen
	if mine, err := edit.Apply(seen, ops); err == nil {
		e.Stale.Mine, e.Stale.Wanted = edit.Compare(seen, mine), mine
	}
	return e
}

func (s *Service) staleEtag(d *Draft, sent Digest) *Error {
	e := refuse(StaleEtag, "the draft changed since it was read; look at what changed and try again")
	e.Stale = &Stale{Sent: sent, Now: d.Etag}
	return e
}

// Restore gives a draft a content it had before: undo, and redo.
func (s *Service) Restore(ctx context.Context, by string, t Target, to Digest, request string) (Draft, error) {
	return s.change(ctx, Event{Action: ActEdit, By: by}, t, func(d *Draft, e *Event) error {
		switch {
		case d.done(request):
			return errDone
		case t.Etag != d.Etag:
			return s.staleEtag(d, t.Etag)
		case d.State == Published || d.State == Archived:
			return refuse(WrongState, "this draft was published; begin another one")
		case !slices.ContainsFunc(d.Steps, func(x Step) bool { return x.Etag == to }):
			return refuse(NotFound, "the draft never had that content, or too long ago")
		}
		s.reset(d, by, to, []string{"restored"})
		d.remember(request)
		e.Digest = to
		return nil
	})
}
