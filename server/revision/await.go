package revision

import "context"

// Await waits until a revision, or a later one of the tenant, is in force here.
// The code is NotFound for one that the tenant never had, and Unavailable if
// ctx ends first.
func (f *Follower) Await(ctx context.Context, tenant, revision string) error {
	for tries := 0; ; tries++ {
		number, here, changed := f.number(tenant, revision)
		if number == 0 && tries > 0 {
			var err error
			if number, err = f.find(ctx, tenant, revision); err != nil {
				return err
			}
		}
		if number > 0 && here >= number {
			return nil
		}
		select {
		case f.poke <- struct{}{}:
		default:
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return refuse(Unavailable, "that revision is not in force here yet")
		}
	}
}

// number is the number of a revision, 0 if it is not known, and of the version
// in force here. The channel is closed at the next look.
func (f *Follower) number(tenant, revision string) (number, here uint64, changed <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at := f.at[tenant]; at != nil {
		number, here = at.known[revision], at.version.Number
	}
	return number, here, f.changed
}

// historyBack is how many versions are looked through for a revision.
const historyBack = 200

// find looks for a revision among the versions of a tenant.
func (f *Follower) find(ctx context.Context, tenant, revision string) (uint64, error) {
	p, err := f.o.Store.Pointer(ctx, tenant)
	for n := 0; err == nil && p.Record != "" && n < historyBack; n++ {
		var v Version
		if v, err = loadRecord(ctx, f.o.Store, p.Record); err == nil && v.Revision == revision {
			return v.Number, nil
		}
		p.Record = v.Parent
	}
	if err == nil {
		err = refuse(NotFound, "this tenant has no such revision")
	}
	return 0, stored(err)
}
