package revision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Target is a draft as someone sees it. Etag is the content they saw; what they
// ask for is refused if it is another by now.
type Target struct {
	Tenant, ID string
	Etag       Digest
}

// Creation asks for a draft.
type Creation struct {
	Tenant string
	Title  string
	From   uint64 // version to begin from; 0 is the one in force

	// First says that they may begin the first draft of a tenant without any
	// version, and FirstOnly that they may begin no other.
	First, FirstOnly bool

	Request string // one sent twice makes one draft; empty: none
}

// maxDrafts bounds the drafts of a tenant, maxText what people write beside them.
const (
	maxDrafts = 5000
	maxText   = 4000
)

// Create begins a draft.
func (s *Service) Create(ctx context.Context, by string, c Creation) (Draft, error) {
	e := Event{Action: ActCreate, By: by, Tenant: c.Tenant}
	d, err := s.create(ctx, &e, by, c)
	return d, s.settled(ctx, e, err)
}

func (s *Service) create(ctx context.Context, e *Event, by string, c Creation) (Draft, error) {
	if by == "" || len(c.Title) > maxText {
		return Draft{}, invalid("title", "a draft has an author, and a title of at most %d characters", maxText)
	}
	now, err := s.current(ctx, c.Tenant)
	if err != nil {
		return Draft{}, err
	}
	switch {
	case now.Number == 0 && !c.First:
		return Draft{}, refuse(NoRole, "nothing was published yet at this tenant; it takes the role admin to begin its first draft")
	case now.Number > 0 && c.FirstOnly:
		return Draft{}, refuse(NoRole, "this takes the role author in the tenant")
	}
	d := Draft{Tenant: c.Tenant, ID: draftID(c), Title: c.Title, State: Drafting, Authors: []string{by}, CreatedAt: s.clock(), Base: now.Number}
	e.Draft = d.ID
	if c.Request != "" {
		if old, err := s.draft(ctx, c.Tenant, d.ID); CodeOf(stored(err)) != NotFound {
			return old, err
		}
	}
	ids, err := s.store.List(ctx, c.Tenant, kindDraft)
	if err != nil {
		return Draft{}, err
	}
	if len(ids) >= maxDrafts {
		return Draft{}, invalid("tenant", "a tenant has at most %d drafts", maxDrafts)
	}
	says, err := s.begin(ctx, &d, now, c.From)
	if err != nil {
		return Draft{}, err
	}
	if d.Guarded, err = s.guarded(ctx, d.BaseDigest, d.Etag); err != nil {
		return Draft{}, err
	}
	e.Digest = d.Etag
	d.Steps = []Step{{Etag: d.Etag, By: by, At: d.CreatedAt, Says: []string{says}}}
	if err := s.tell(ctx, *e); err != nil {
		return Draft{}, err
	}
	if err := s.save(ctx, &d); errors.Is(err, ErrMoved) { // the same request came twice at once
		return s.draft(ctx, c.Tenant, d.ID)
	} else if err != nil {
		return Draft{}, err
	}
	return d, nil
}

// begin gives a draft the content it begins from, and says what that is: a
// version or, at a tenant that has none, that of the base or of the server.
func (s *Service) begin(ctx context.Context, d *Draft, now Version, number uint64) (says string, err error) {
	from := now
	if number != 0 {
		if from, err = s.version(ctx, d.Tenant, number); err != nil {
			return "", err
		}
	}
	if d.Under, err = s.under(ctx, d.Tenant, from); err != nil {
		return "", err
	}
	switch {
	case now.Number > 0:
		d.Etag, d.BaseDigest = from.Digest, now.Digest
		return fmt.Sprintf("begun from version %d", from.Number), nil
	case d.Under != nil:
		d.Etag, d.BaseDigest = d.Under.Digest, d.Under.Digest
		return fmt.Sprintf("begun from version %d of the base", d.Under.Number), nil
	case s.first == nil:
		return "", refuse(NotFound, "nothing was published yet that a draft could begin from")
	}
	d.Etag, err = s.saveFiles(ctx, s.first, nil)
	d.BaseDigest = d.Etag
	return "begun from the content that the server was given", err
}

// draftID is made from the request, so that the same request finds its draft;
// otherwise ids rise with time.
func draftID(c Creation) string {
	if c.Request != "" {
		return string(DigestOf(frame(frame(nil, []byte(c.Tenant)), []byte(c.Request)))[:32])
	}
	id, err := uuid.NewV7()
	if err != nil {
		id = uuid.New()
	}
	return strings.ReplaceAll(id.String(), "-", "")
}

// Draft reads a draft.
func (s *Service) Draft(ctx context.Context, tenant, id string) (Draft, error) {
	d, err := s.draft(ctx, tenant, id)
	return d, stored(err)
}

func (s *Service) draft(ctx context.Context, tenant, id string) (Draft, error) {
	body, count, err := s.store.Load(ctx, Key{tenant, kindDraft, id})
	if err != nil {
		return Draft{}, err
	}
	if count == 0 {
		return Draft{}, refuse(NotFound, "there is no such draft")
	}
	var d Draft
	if json.Unmarshal(body, &d) != nil {
		return Draft{}, errDamaged
	}
	d.count = count
	if err := s.catchUp(ctx, &d); err != nil || d.State == Published || d.State == Archived {
		return d, err
	}
	d.Guarded, err = s.guarded(ctx, d.BaseDigest, d.Etag)
	return d, err
}

// catchUp tells of a draft what only the history of versions knows: that it was
// published although whoever did it ended before writing that down, and that
// another version came since.
func (s *Service) catchUp(ctx context.Context, d *Draft) error {
	if d.State != Approved && d.State != Scheduled && d.State != Published {
		return nil
	}
	now, err := s.current(ctx, d.Tenant)
	if err != nil {
		return err
	}
	if d.State != Published && now.Number > d.Base {
		err = s.walk(ctx, d.Tenant, func(v Version) bool {
			if v.Draft == d.ID {
				d.publishedAs(v)
			}
			return v.Draft != d.ID && v.Number > d.Base+1
		})
	}
	if d.State == Published && now.Number > d.Version {
		d.State = Archived
	}
	return err
}

// Drafts lists the drafts of a tenant, the one changed last first.
func (s *Service) Drafts(ctx context.Context, tenant string) ([]Draft, error) {
	ids, err := s.store.List(ctx, tenant, kindDraft)
	if err != nil {
		return nil, stored(err)
	}
	var out []Draft
	for _, id := range ids {
		d, err := s.draft(ctx, tenant, id)
		if err != nil {
			return nil, stored(err)
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Draft) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	return out, nil
}

func (s *Service) save(ctx context.Context, d *Draft) error {
	d.UpdatedAt = s.clock()
	body, err := json.Marshal(d)
	if err == nil {
		err = s.store.Save(ctx, Key{d.Tenant, kindDraft, d.ID}, body, d.count)
	}
	if err == nil {
		d.count++
	}
	return err
}

// change reads a draft, lets do change it, and keeps it, again if someone else
// was quicker. do is told of the present draft each time and fills in the event.
func (s *Service) change(ctx context.Context, e Event, t Target, do func(d *Draft, e *Event) error) (Draft, error) {
	e.Tenant, e.Draft = t.Tenant, t.ID
	for {
		d, err := s.draft(ctx, t.Tenant, t.ID)
		if err != nil {
			return Draft{}, s.settled(ctx, e, err)
		}
		e.Digest = d.Etag
		if err := do(&d, &e); errors.Is(err, errDone) {
			return d, nil
		} else if err != nil {
			return d, s.settled(ctx, e, err)
		}
		if d.Guarded, err = s.guarded(ctx, d.BaseDigest, d.Etag); err != nil {
			return d, s.settled(ctx, e, err)
		}
		if err := s.tell(ctx, e); err != nil {
			return d, err
		}
		err = s.save(ctx, &d)
		if !errors.Is(err, ErrMoved) {
			return d, s.settled(ctx, e, err)
		}
		if ctx.Err() != nil {
			return d, stored(ctx.Err())
		}
	}
}

// errDone ends a change that was made before.
var errDone = errors.New("revision: done before")
