package rulebook

import (
	"context"
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Version is one version and whether it is in force.
type Version struct {
	revision.Version
	Live bool
}

// Versions lists the versions before a number, the newest first.
func (b *Book) Versions(ctx context.Context, tenant string, before uint64, limit int) ([]Version, error) {
	live, err := b.o.Revisions.Current(ctx, tenant)
	if err != nil {
		if revision.CodeOf(err) == revision.NotFound {
			return nil, nil
		}
		return nil, err
	}
	all, err := b.o.Revisions.Versions(ctx, tenant, before, limit)
	out := make([]Version, len(all))
	for i, v := range all {
		out[i] = Version{v, v.Number == live.Number}
	}
	return out, err
}

// Published is a version with what was kept when it was published, as it was then.
type Published struct {
	Version
	Report  *revision.Report
	Changes []Change
	Impact  *Impact // nil where none was kept
	Said    []revision.Comment
}

// Version is one version; number 0 is the one in force.
func (b *Book) Version(ctx context.Context, tenant string, number uint64, language string) (*Published, error) {
	live, err := b.o.Revisions.Current(ctx, tenant)
	if err != nil {
		return nil, err
	}
	v := live
	if number != 0 {
		if v, err = b.o.Revisions.Version(ctx, tenant, number); err != nil {
			return nil, err
		}
	}
	out := &Published{Version: Version{v, v.Number == live.Number}}
	if out.Report, err = b.Passed(ctx, &v, language); err != nil {
		return nil, err
	}
	if out.Said, err = b.o.Revisions.Said(ctx, &v); err != nil {
		return nil, err
	}
	if v.Evidence != nil {
		out.Changes, out.Impact, err = b.kept(ctx, v.Evidence, language)
		return out, err
	}
	out.Changes, err = b.sinceBefore(ctx, &v, language)
	return out, err
}

// sinceBefore compares a version with the one before it, for those that nothing
// was kept of.
func (b *Book) sinceBefore(ctx context.Context, v *revision.Version, language string) ([]Change, error) {
	if v.Number < 2 {
		return nil, nil
	}
	before, err := b.o.Revisions.Version(ctx, v.Tenant, v.Number-1)
	if err != nil {
		return nil, err
	}
	x, err := b.o.Revisions.Files(ctx, before.Digest)
	if err != nil {
		return nil, err
	}
	y, err := b.o.Revisions.Files(ctx, v.Digest)
	if err != nil {
		return nil, err
	}
	return b.changes(x, y, edit.Compare(x, y), language), nil
}

// Publish brings a draft into force.
func (b *Book) Publish(ctx context.Context, who *auth.Principal, t revision.Target, o revision.Order) (Version, error) {
	v, err := b.o.Revisions.Publish(ctx, who.Name, t, o)
	return Version{v, true}, b.stale(ctx, err, t, "")
}

// RollBack publishes an old content again.
func (b *Book) RollBack(ctx context.Context, who *auth.Principal, tenant string, to uint64, o revision.Order) (Version, error) {
	v, err := b.o.Revisions.RollBack(ctx, who.Name, tenant, to, o)
	return Version{v, true}, err
}

// Settings are what a tenant lays down about publishing.
func (b *Book) Settings(ctx context.Context, tenant string) (revision.Settings, error) {
	return b.o.Revisions.Settings(ctx, tenant)
}

// SetSettings lays them down and returns them as they count from now on.
// Whoever puts a tenant on a base must be allowed to read that one: drafts
// begin with what the base has.
func (b *Book) SetSettings(ctx context.Context, who *auth.Principal, tenant string, s revision.Settings) (revision.Settings, error) {
	if s.Base != "" && !who.May(methods+"GetContent", s.Base) {
		e := revision.Event{Action: revision.ActSettings, By: who.Name, Tenant: tenant}
		return s, b.o.Revisions.Refuse(ctx, e, &revision.Error{Code: revision.NoRole, Message: "these credentials may not read the content of that base"})
	}
	if err := b.o.Revisions.SetSettings(ctx, who.Name, tenant, s); err != nil {
		return s, err
	}
	return b.o.Revisions.Settings(ctx, tenant)
}

// Watch tells of the version in force and of each that comes into force on this
// server later, until ctx ends or tell fails.
func (b *Book) Watch(ctx context.Context, tenant string, tell func(Version) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // the watched channel ends with it
	for v := range b.o.Revisions.Watch(ctx, tenant) {
		if b.o.Await != nil && b.o.Await(ctx, tenant, v.Revision) != nil {
			continue // overtaken, or ctx ended
		}
		if err := tell(Version{v, true}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Meta is what this server is.
type Meta struct {
	Build     string
	Version   uint64
	Revision  string
	ReadOnly  bool
	Stale     bool // kept from before, because a newer one could not be looked for
	Languages []string
}

// Meta tells what this server is and what is in force on it.
func (b *Book) Meta(ctx context.Context, tenant string) (*Meta, error) {
	out := &Meta{Build: b.o.Build, ReadOnly: b.o.ReadOnly}
	var v revision.Version
	if b.o.InForce != nil {
		v, out.Stale = b.o.InForce(ctx, tenant)
	} else {
		var err error
		if v, err = b.o.Revisions.Current(ctx, tenant); err != nil && revision.CodeOf(err) != revision.NotFound {
			return nil, err
		}
	}
	out.Version, out.Revision = v.Number, v.Revision
	if v.Digest == "" {
		return out, nil
	}
	c, err := b.compile(ctx, v.Digest)
	switch {
	case err != nil && out.Stale:
		return out, nil // the store, which is away, has its words
	case err != nil:
		return nil, err
	case c.set != nil:
		out.Languages = languages(c.set)
	}
	return out, nil
}

// languages are those that all advice has words in.
func languages(set *ruleset.Set) []string {
	count, items := map[string]int{}, 0
	for _, item := range set.Items() {
		if len(item.Text) == 0 {
			continue
		}
		items++
		for tag := range item.Text {
			count[tag]++
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < items })
	return slices.Sorted(maps.Keys(count))
}

// Rules is a version and what it answers by.
type Rules struct {
	revision.Version
	Set   *ruleset.Set // as it is read today; nil if it can't be
	Files []string     // names, in order
}

// Rules are a version's; number 0 is the version in force. They are zero if none
// is.
func (b *Book) Rules(ctx context.Context, tenant string, number uint64) (Rules, error) {
	var v revision.Version
	var err error
	if number != 0 {
		v, err = b.o.Revisions.Version(ctx, tenant, number)
	} else if v, err = b.o.Revisions.Current(ctx, tenant); revision.CodeOf(err) == revision.NotFound {
		return Rules{}, nil
	}
	if err != nil {
		return Rules{}, err
	}
	c, err := b.compile(ctx, v.Digest)
	if err != nil {
		return Rules{}, err
	}
	return Rules{v, c.set, slices.Sorted(maps.Keys(c.files))}, nil
}
