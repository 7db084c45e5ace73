package revision

import (
	"context"
	"encoding/json"
	"time"
)

// Current is the version in force.
func (s *Service) Current(ctx context.Context, tenant string) (Version, error) {
	v, err := s.current(ctx, tenant)
	if err == nil && v.Number == 0 {
		err = refuse(NotFound, "nothing was published yet")
	}
	return v, stored(err)
}

// current is the zero Version if nothing was published.
func (s *Service) current(ctx context.Context, tenant string) (Version, error) {
	if !ValidName(tenant) {
		return Version{}, ErrName
	}
	p, err := s.store.Pointer(ctx, tenant)
	if err != nil || p.Number == 0 {
		return Version{}, err
	}
	return s.record(ctx, p.Record)
}

// record reads the record of a version.
func (s *Service) record(ctx context.Context, d Digest) (Version, error) {
	s.mu.Lock()
	v, ok := s.records[d]
	s.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := loadRecord(ctx, s.store, d)
	if err == nil {
		s.mu.Lock()
		s.records[d] = v
		s.mu.Unlock()
	}
	return v, err
}

func loadRecord(ctx context.Context, store Objects, d Digest) (v Version, err error) {
	b, err := store.Get(ctx, d)
	if err != nil {
		return v, err
	}
	if json.Unmarshal(b, &v) != nil {
		return v, errDamaged
	}
	v.record = d
	return v, nil
}

// Versions lists the versions of a tenant before a number, the newest first;
// before 0 is from the version in force on. At most limit, or 100.
func (s *Service) Versions(ctx context.Context, tenant string, before uint64, limit int) ([]Version, error) {
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	var out []Version
	err := s.walk(ctx, tenant, func(v Version) bool {
		if before == 0 || v.Number < before {
			out = append(out, v)
		}
		return len(out) < limit
	})
	return out, stored(err)
}

// Version is one version of a tenant.
func (s *Service) Version(ctx context.Context, tenant string, number uint64) (Version, error) {
	v, err := s.version(ctx, tenant, number)
	return v, stored(err)
}

func (s *Service) version(ctx context.Context, tenant string, number uint64) (found Version, err error) {
	err = s.walk(ctx, tenant, func(v Version) bool {
		if v.Number == number {
			found = v
		}
		return v.Number > number
	})
	if err == nil && (found.Number == 0 || number == 0) {
		err = refuse(NotFound, "there is no such version")
	}
	return found, err
}

// walk shows versions from the one in force back, until yield returns false.
func (s *Service) walk(ctx context.Context, tenant string, yield func(Version) bool) error {
	v, err := s.current(ctx, tenant)
	for err == nil && v.Number > 0 && yield(v) && v.Parent != "" {
		v, err = s.record(ctx, v.Parent)
	}
	return err
}

// pollEvery is how often a pointer is looked at without a hint.
const pollEvery = 2 * time.Second

// Watch sends the version in force, and each that comes into force later, until
// ctx ends, when the channel is closed. A slow reader misses versions between,
// never the last one. While the store does not answer nothing is sent.
func (s *Service) Watch(ctx context.Context, tenant string) <-chan Version {
	out := make(chan Version)
	hints := s.store.Hints(ctx)
	go func() {
		defer close(out)
		var last uint64
		for {
			if v, err := s.current(ctx, tenant); err == nil && v.Number > last {
				select {
				case out <- v:
					last = v.Number
				case <-ctx.Done():
					return
				}
			}
			if !await(ctx, hints, tenant, pollEvery) {
				return
			}
		}
	}()
	return out
}

// await waits for a hint about a tenant, or about any with an empty name, or
// for the next poll. It reports false once ctx ended.
func await(ctx context.Context, hints <-chan string, tenant string, poll time.Duration) bool {
	timer := time.NewTimer(poll)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case of := <-hints:
			if of == tenant || tenant == "" || of == "" {
				return true
			}
		}
	}
}
