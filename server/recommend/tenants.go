package recommend

import (
	"context"
	"maps"
	"slices"
)

// DefaultTenant is meant where no tenant is named. Its revision also answers
// for tenants that have none of their own.
const DefaultTenant = "default"

// maxRecent is how many earlier revisions of a tenant stay at hand to put
// recorded decisions into words.
const maxRecent = 8

// revisions are those of each tenant, the newest first. A value is never
// changed.
type revisions map[string][]*Snapshot

// Use brings a revision into force for a tenant. Requests on the way keep their
// own.
func (s *Service) Use(name string, snap *Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := maps.Clone(*s.revisions.Load())
	recent := slices.DeleteFunc(slices.Clone(all[tenant(name)]), func(old *Snapshot) bool { return old.id == snap.id })
	recent = slices.Insert(recent, 0, snap)
	all[tenant(name)] = recent[:min(len(recent), maxRecent)]
	s.revisions.Store(&all)
}

// Current is the revision in force for a tenant: its own, or else that of
// DefaultTenant. Without one it is a stand-in whose ID is empty: it knows
// emergencies and where else to look, and nothing besides.
func (s *Service) Current(name string) *Snapshot {
	if recent := s.recent(name); len(recent) > 0 {
		return recent[0]
	}
	return s.standIn
}

// recent are the revisions that answer for a tenant.
func (s *Service) recent(name string) []*Snapshot {
	all := *s.revisions.Load()
	if recent := all[tenant(name)]; len(recent) > 0 {
		return recent
	}
	return all[DefaultTenant]
}

// Revision is the revision of that name, the one in force if the name is empty.
func (s *Service) Revision(name, id string) (*Snapshot, error) {
	if id == "" {
		return s.Current(name), nil
	}
	if snap := find(s.recent(name), id); snap != nil {
		return snap, nil
	}
	return nil, &Error{Code: RevisionNotFound, Field: "revision", Message: "that revision is not here"}
}

func find(recent []*Snapshot, id string) *Snapshot {
	for _, snap := range recent {
		if snap.id == id {
			return snap
		}
	}
	return nil
}

// past finds a revision that a decision was made by. A tenant that has revisions
// of its own now was answered by those of DefaultTenant before.
func (s *Service) past(name, id string) *Snapshot {
	all := *s.revisions.Load()
	if snap := find(all[tenant(name)], id); snap != nil {
		return snap
	}
	return find(all[DefaultTenant], id)
}

// Reached waits, not for long, until a revision that a caller has seen is in
// force for a tenant, or a later one. Names are digests and have no order: those
// that were in force in this process are known to be reached, and about others
// Options.Await is asked. Current is good enough for the caller from then on.
func (s *Service) Reached(ctx context.Context, name, seen string) error {
	if seen == "" || find(s.recent(name), seen) != nil {
		return nil
	}
	owner := tenant(name)
	if len((*s.revisions.Load())[owner]) == 0 {
		owner = DefaultTenant
	}
	if s.await != nil && s.await(ctx, owner, seen) == nil {
		return nil
	}
	return &Error{Code: RevisionNotInForce, Field: "minRevision", Message: "that revision has not come into force here"}
}
