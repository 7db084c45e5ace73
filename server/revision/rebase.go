package revision

import (
	"context"
	"fmt"

	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Rebase brings a draft up to date: what it changes is changed in the version
// in force now and, of a tenant with a base, on the base's version in force
// now. What both sides changed is a Conflict, and the draft stays as it is.
func (s *Service) Rebase(ctx context.Context, by string, t Target) (Draft, error) {
	return s.change(ctx, Event{Action: ActEdit, By: by}, t, func(d *Draft, e *Event) error {
		if t.Etag != d.Etag {
			return s.staleEtag(d, t.Etag)
		}
		now, err := s.current(ctx, d.Tenant)
		if err != nil {
			return err
		}
		mine, err := loadFiles(ctx, s.store, d.Etag)
		if err != nil {
			return err
		}
		says := []string{}
		merged := mine
		if now.Number != d.Base {
			if merged, err = s.merge(ctx, d.BaseDigest, mine, now.Digest); err != nil {
				return err
			}
			says = append(says, fmt.Sprintf("brought up to version %d", now.Number))
		}
		under, err := s.newestUnder(ctx, d.Tenant)
		if err != nil {
			return err
		}
		if under != nil && d.Under != nil && *under != *d.Under {
			if merged, err = s.merge(ctx, d.Under.Digest, merged, under.Digest); err != nil {
				return err
			}
			says = append(says, fmt.Sprintf("put on version %d of the base", under.Number))
		}
		if err := s.renew(ctx, d, by, mine, merged, says); err != nil {
			return err
		}
		d.Base, d.Under = now.Number, under
		switch {
		case now.Number > 0:
			d.BaseDigest = now.Digest
		case under != nil: // nothing was published since it began: it stands on the base alone
			d.BaseDigest = under.Digest
		}
		e.Digest = d.Etag
		return nil
	})
}

// merge makes on one content what leads from another to mine.
func (s *Service) merge(ctx context.Context, from Digest, mine Files, onto Digest) (Files, error) {
	base, err := loadFiles(ctx, s.store, from)
	if err != nil {
		return nil, err
	}
	theirs, err := loadFiles(ctx, s.store, onto)
	if err != nil {
		return nil, err
	}
	merged, clashes := edit.Merge(base, mine, theirs)
	if len(clashes) > 0 {
		e := refuse(Conflict, "both sides changed the same; decide for each which to keep, and edit the draft accordingly")
		e.Conflicts = clashes
		return nil, e
	}
	return merged, nil
}

// under is the version of the base tenant below a version. A tenant that was
// given a base just now stands on the base's version in force.
func (s *Service) under(ctx context.Context, tenant string, v Version) (*Under, error) {
	now, err := s.newestUnder(ctx, tenant)
	if err != nil || now == nil || v.Under == nil || v.Under.Tenant != now.Tenant {
		return now, err
	}
	return v.Under, nil
}

// newestUnder is the base's version in force; nil for tenants without a base.
func (s *Service) newestUnder(ctx context.Context, tenant string) (*Under, error) {
	set, _, err := s.settings(ctx, tenant)
	if err != nil || set.Base == "" {
		return nil, err
	}
	v, err := s.current(ctx, set.Base)
	if err == nil && v.Number == 0 {
		err = refuse(NotFound, "the base has not published yet")
	}
	return &Under{set.Base, v.Number, v.Digest}, err
}

// Overlay is what a content has instead of its base's, and beside it.
func (s *Service) Overlay(ctx context.Context, under Under, d Digest) ([]edit.Change, error) {
	return s.Compare(ctx, under.Digest, d)
}

// Compare lists what differs between two contents, row by row.
func (s *Service) Compare(ctx context.Context, before, after Digest) ([]edit.Change, error) {
	a, err := loadFiles(ctx, s.store, before)
	if err != nil {
		return nil, stored(err)
	}
	b, err := loadFiles(ctx, s.store, after)
	if err != nil {
		return nil, stored(err)
	}
	return edit.Compare(a, b), nil
}
