package revision

import (
	"context"
	"errors"
	"time"
)

// Order asks for a publish.
type Order struct {
	Note    string // for people: why
	Request string // one sent twice is done once; empty: none
}

// Publish brings an approved draft into force. When it returns a Version, that
// survives a crash. After the code Unavailable it may have happened: send the
// same request again.
func (s *Service) Publish(ctx context.Context, by string, t Target, o Order) (Version, error) {
	e := Event{Action: ActPublish, By: by, Tenant: t.Tenant, Draft: t.ID, Digest: t.Etag}
	v, err := s.publish(ctx, &e, t, o, time.Time{})
	return v, s.settled(ctx, e, err)
}

// publish publishes a draft that is approved, or scheduled for a time.
func (s *Service) publish(ctx context.Context, e *Event, t Target, o Order, scheduled time.Time) (Version, error) {
	d, err := s.draft(ctx, t.Tenant, t.ID)
	if err != nil {
		return Version{}, err
	}
	if d.State == Published || d.State == Archived {
		return s.publishedBefore(ctx, &d, o)
	}
	if err := s.publishable(ctx, &d, e.By, t, o); err != nil {
		return Version{}, err
	}
	was, err := s.current(ctx, d.Tenant)
	if err != nil {
		return Version{}, err
	}
	if was.Number != d.Base {
		return Version{}, s.overtaken()
	}
	r, err := s.green(ctx, d.Etag, time.Time{})
	if err != nil {
		return Version{}, err
	}
	v := Version{Draft: d.ID, Title: d.Title, Authors: d.Authors, For: scheduled, Under: d.Under, With: e.With, Note: o.Note, Request: o.Request}
	for _, x := range d.Reviews {
		if x.Approves && !x.Void && x.Etag == d.Etag {
			v.Reviews = append(v.Reviews, x)
		}
	}
	if v.Evidence, err = s.upToDate(ctx, &d, was, r); err != nil {
		return Version{}, err
	}
	if len(d.Comments) > 0 {
		if v.Said, err = s.saveJSON(ctx, d.Comments); err != nil {
			return Version{}, err
		}
	}
	if v, err = s.move(ctx, e, was, v, r); err != nil {
		return Version{}, err
	}
	d.publishedAs(v)
	// What it says from now on also follows from the history, so it does not
	// matter if this is lost.
	_ = s.save(context.WithoutCancel(ctx), &d)
	return v, s.at("publish.settled")
}

func (s *Service) overtaken() *Error {
	return refuse(RebaseNeeded, "another version was published since this began; bring it up to date first")
}

func (d *Draft) publishedAs(v Version) {
	d.State, d.Version, d.Note, d.Failure = Published, v.Number, v.Note, ""
}

// publishedBefore is the version that a request sent twice has made.
func (s *Service) publishedBefore(ctx context.Context, d *Draft, o Order) (Version, error) {
	v, err := s.version(ctx, d.Tenant, d.Version)
	if err == nil && (o.Request == "" || v.Request != o.Request) {
		err = refuse(WrongState, "this draft was published already")
	}
	return v, err
}

// publishable refuses a draft that is not approved as it was seen.
func (s *Service) publishable(ctx context.Context, d *Draft, by string, t Target, o Order) error {
	if by == "" || len(o.Note) > maxText || len(o.Request) > maxPath {
		return invalid("note", "it must be known who publishes, and a note has at most %d characters", maxText)
	}
	if t.Etag != d.Etag {
		return s.staleEtag(d, t.Etag)
	}
	set, _, err := s.settings(ctx, d.Tenant)
	if err != nil {
		return err
	}
	open := d.lacking(set)
	if len(open) > 0 || d.State != Approved && d.State != Scheduled {
		e := refuse(NotApproved, "this content is not approved")
		e.Missing = open
		return e
	}
	return nil
}

// move makes a version of a content that passed and moves the pointer to it.
func (s *Service) move(ctx context.Context, e *Event, was, v Version, r *Report) (Version, error) {
	if err := s.at("publish.gated"); err != nil {
		return v, err
	}
	var err error
	if v.Report, err = s.saveJSON(ctx, r); err != nil {
		return v, err
	}
	v.Tenant, v.Number, v.Digest, v.Revision, v.Parent, v.By, v.At = e.Tenant, was.Number+1, r.Digest, r.Revision, was.record, e.By, s.clock()
	if err := s.at("publish.reported"); err != nil {
		return v, err
	}
	if v.record, err = s.saveJSON(ctx, v); err != nil {
		return v, err
	}
	if err := s.at("publish.recorded"); err != nil {
		return v, err
	}
	e.Digest, e.Version = v.Digest, v.Number
	if err := s.tell(ctx, *e); err != nil {
		return v, err
	}
	if err := s.at("publish.audited"); err != nil {
		return v, err
	}
	if err := s.swap(ctx, was, v); err != nil {
		return v, err
	}
	return v, s.at("publish.moved")
}

// swap moves the pointer. Where the store can't say whether it did, the pointer
// itself does.
func (s *Service) swap(ctx context.Context, was, v Version) error {
	now := Pointer{v.Number, v.record}
	err := s.store.Swap(ctx, v.Tenant, Pointer{was.Number, was.record}, now)
	if err == nil {
		return nil
	}
	if p, failed := s.store.Pointer(context.WithoutCancel(ctx), v.Tenant); failed == nil && p == now {
		return nil
	}
	if errors.Is(err, ErrMoved) {
		return s.overtaken()
	}
	return err
}

// RollBack publishes the content of an old version again, as a new one. It was
// approved then; it must still pass everything now, and promise members no less
// than the one in force.
func (s *Service) RollBack(ctx context.Context, by, tenant string, to uint64, o Order) (Version, error) {
	e := Event{Action: ActRollBack, By: by, Tenant: tenant}
	v, err := s.rollBack(ctx, &e, to, o)
	return v, s.settled(ctx, e, err)
}

func (s *Service) rollBack(ctx context.Context, e *Event, to uint64, o Order) (Version, error) {
	if e.By == "" || len(o.Note) > maxText || len(o.Request) > maxPath {
		return Version{}, invalid("note", "it must be known who publishes, and a note has at most %d characters", maxText)
	}
	was, err := s.current(ctx, e.Tenant)
	if err != nil {
		return Version{}, err
	}
	if v, ok, err := s.requested(ctx, e.Tenant, o.Request); ok || err != nil {
		return v, err
	}
	old, err := s.version(ctx, e.Tenant, to)
	if err != nil {
		return Version{}, err
	}
	e.Digest = old.Digest
	if old.Digest == was.Digest {
		return Version{}, invalid("number", "that content is in force now")
	}
	if err := s.kept(ctx, e.Tenant, was.Digest, old.Digest); err != nil {
		return Version{}, err
	}
	r, err := s.green(ctx, old.Digest, time.Time{})
	if err != nil {
		return Version{}, err
	}
	v := Version{Title: old.Title, Authors: old.Authors, Reviews: old.Reviews, Under: old.Under, Restores: old.Number, Note: o.Note, Request: o.Request}
	if v.Evidence, err = s.evidence(ctx, e.Tenant, was.Digest, r, countWithinBack); err != nil {
		return Version{}, err
	}
	return s.move(ctx, e, was, v, r)
}

// requestsBack is among how many versions a request sent twice is recognized.
const requestsBack = 100

func (s *Service) requested(ctx context.Context, tenant, request string) (found Version, ok bool, err error) {
	if request == "" {
		return Version{}, false, nil
	}
	n := 0
	err = s.walk(ctx, tenant, func(v Version) bool {
		if n++; v.Request == request {
			found, ok = v, true
		}
		return !ok && n < requestsBack
	})
	return found, ok, err
}

// Seed publishes the first version of a tenant: the files, or for nil those of
// its base. It must pass everything and needs no approval. If the tenant has
// versions, it returns the one in force.
func (s *Service) Seed(ctx context.Context, by, tenant string, files Files, note string) (Version, error) {
	e := Event{Action: ActPublish, By: by, Tenant: tenant}
	v, err := s.seed(ctx, &e, files, note)
	return v, s.settled(ctx, e, err)
}

func (s *Service) seed(ctx context.Context, e *Event, files Files, note string) (Version, error) {
	was, err := s.current(ctx, e.Tenant)
	if err != nil || was.Number > 0 {
		return was, err
	}
	under, err := s.newestUnder(ctx, e.Tenant)
	if err != nil {
		return was, err
	}
	if files == nil {
		if under == nil {
			return was, invalid("files", "a tenant without a base begins with files of its own")
		}
		if files, err = loadFiles(ctx, s.store, under.Digest); err != nil {
			return was, err
		}
	}
	digest, err := s.saveFiles(ctx, files, nil)
	if err != nil {
		return was, err
	}
	r, err := s.green(ctx, digest, time.Time{})
	if err != nil {
		return was, err
	}
	v, err := s.move(ctx, e, was, Version{Note: note, Authors: []string{e.By}, Under: under}, r)
	if CodeOf(err) == RebaseNeeded { // another server did the same
		return s.current(ctx, e.Tenant)
	}
	return v, err
}
