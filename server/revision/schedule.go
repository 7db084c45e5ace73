package revision

import (
	"context"
	"errors"
	"time"
)

// Schedule has an approved draft published at a time. The content must pass for
// that day; it is checked again when the time comes.
func (s *Service) Schedule(ctx context.Context, by string, t Target, at time.Time, o Order) (Draft, error) {
	return s.inState(ctx, ActSchedule, by, t, []State{Approved, Scheduled}, func(d *Draft) error {
		if err := s.publishable(ctx, d, by, t, o); err != nil {
			return err
		}
		if err := s.onTime(ctx, d, at, "at"); err != nil {
			return err
		}
		d.leave(Scheduled)
		d.State, d.At, d.By, d.Note, d.Failure = Scheduled, at.UTC().Truncate(time.Second), by, o.Note, ""
		return nil
	})
}

// Cancel takes a draft from the schedule; it stays approved.
func (s *Service) Cancel(ctx context.Context, by string, t Target) (Draft, error) {
	return s.inState(ctx, ActCancel, by, t, []State{Scheduled}, func(d *Draft) error {
		d.leave(Approved)
		return nil
	})
}

// PublishDue publishes what was scheduled until now, for all tenants, in the
// order of time. Several servers may call it: each draft is published once. A
// draft that is refused goes back to approved and says why; while the store or
// the audit fails, it waits.
func (s *Service) PublishDue(ctx context.Context) ([]Version, error) {
	tenants, err := s.store.Tenants(ctx)
	if err != nil {
		return nil, stored(err)
	}
	var out []Version
	var errs []error
	for _, tenant := range tenants {
		for {
			d, err := s.due(ctx, tenant)
			if err != nil || d == nil {
				errs = append(errs, err)
				break
			}
			v, err := s.publishScheduled(ctx, d)
			if err == nil {
				out = append(out, v)
				continue
			}
			errs = append(errs, err)
			if !s.unschedule(ctx, d, CodeOf(err)) {
				break
			}
		}
	}
	return out, errors.Join(errs...)
}

// due is the draft of a tenant that should have been published first; nil if
// there is none.
func (s *Service) due(ctx context.Context, tenant string) (*Draft, error) {
	drafts, err := s.Drafts(ctx, tenant)
	var first *Draft
	for i := range drafts {
		d := &drafts[i]
		if d.State == Scheduled && !d.At.After(s.clock()) && (first == nil || d.At.Before(first.At)) {
			first = d
		}
	}
	return first, err
}

func (s *Service) publishScheduled(ctx context.Context, d *Draft) (Version, error) {
	t := Target{d.Tenant, d.ID, d.Etag}
	e := Event{Action: ActPublish, By: d.By, With: d.With, Tenant: d.Tenant, Draft: d.ID, Digest: d.Etag}
	at := d.At
	if d.OnApproval != nil {
		at = d.OnApproval.At // zero: nobody asked for a time
	}
	v, err := s.publish(ctx, &e, t, Order{Note: d.Note, Request: "schedule-" + d.ID}, at)
	return v, s.settled(ctx, e, err)
}

// unschedule takes a draft that was refused from the schedule. It reports
// whether others can be tried.
func (s *Service) unschedule(ctx context.Context, d *Draft, why Code) bool {
	if d.Base > 0 && (why == "" || why == Unavailable || why == AuditFailed) {
		return false // the first version of a tenant nobody looks for again
	}
	_, err := s.inState(ctx, ActCancel, d.By, Target{d.Tenant, d.ID, d.Etag}, []State{Scheduled}, func(d *Draft) error {
		d.leave(Approved)
		d.Failure = why
		return nil
	})
	return err == nil
}

// RunSchedule calls PublishDue every so often until ctx ends. failed is told of
// errors other than that end; it may be nil.
func (s *Service) RunSchedule(ctx context.Context, every time.Duration, failed func(error)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if _, err := s.PublishDue(ctx); err != nil && failed != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
