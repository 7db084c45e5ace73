package revision

import (
	"context"
	"time"
)

// Submission is how a draft is submitted. The zero value asks for reviews only.
type Submission struct {
	Publish    bool      // as soon as it is approved
	At         time.Time // but not before; zero: at once
	Note       string    // for the version
	MayPublish bool      // whoever submits may publish
}

// OnApproval is a publish that was asked for before the approval. It belongs to
// the content that was submitted: an edit, a rejection or a withdrawal ends it.
//
// Somebody who may publish must stand behind it: whoever asked, if they might
// publish when they asked, or else whoever's approval is the last. With neither,
// the draft is approved and waits for a publisher. Who approves is not made
// easier by it: authors still can't, and all that is required still is.
type OnApproval struct {
	By         string
	MayPublish bool
	At         time.Time `json:",omitzero"`
	Note       string    `json:",omitempty"`
}

// promise takes down what was asked for with a submission.
func (s *Service) promise(ctx context.Context, d *Draft, by string, o Submission) error {
	d.OnApproval, d.With, d.Failure = nil, "", ""
	switch {
	case !o.Publish && o.At.IsZero() && o.Note == "":
		return nil
	case !o.Publish:
		return invalid("publishAt", "only what is to be published when it is approved has a time and a note")
	case len(o.Note) > maxText:
		return invalid("note", "it must be known who publishes, and a note has at most %d characters", maxText)
	}
	if !o.At.IsZero() {
		if err := s.onTime(ctx, d, o.At, "publishAt"); err != nil {
			return err
		}
	}
	d.OnApproval = &OnApproval{By: by, MayPublish: o.MayPublish, At: o.At.UTC().Truncate(time.Second), Note: o.Note}
	return nil
}

// onTime refuses a time at which a content can't be published.
func (s *Service) onTime(ctx context.Context, d *Draft, at time.Time, field string) error {
	if d.Base == 0 {
		return refuse(WrongState, "the first version of a tenant has no time to wait for; publish it")
	}
	if !at.After(s.clock()) {
		return invalid(field, "the time is not in the future")
	}
	return s.passesOn(ctx, d, at)
}

// passesOn runs what a content has to pass for a day, and keeps that it did.
func (s *Service) passesOn(ctx context.Context, d *Draft, at time.Time) error {
	r, err := s.green(ctx, d.Etag, at)
	if err != nil {
		return err
	}
	return s.attach(ctx, d, r)
}

// approved puts a draft that nobody's approval is missing of any more at the stage
// that was asked for. By may be whose approval was the last.
func (s *Service) approved(ctx context.Context, d *Draft, by string, mayPublish bool) error {
	p := d.OnApproval
	if d.State = Approved; p == nil {
		return nil
	}
	e := Event{Action: ActSchedule, By: p.By, With: by, Tenant: d.Tenant, Draft: d.ID, Digest: d.Etag}
	switch {
	case p.MayPublish:
	case mayPublish:
		e.By, e.With = by, p.By
	default:
		d.OnApproval, d.Failure = nil, NoRole
		e.Action, e.Refused = ActPublish, NoRole
		return s.tell(ctx, e)
	}
	at := p.At
	if now := s.clock(); at.Before(now) {
		at = now.Truncate(time.Second)
	} else if err := s.passesOn(ctx, d, at); CodeOf(stored(err)) == NotGreen {
		d.OnApproval, d.Failure = nil, NotGreen
		e.Refused = NotGreen
		return s.tell(ctx, e)
	} else if err != nil {
		return err
	}
	d.State, d.At, d.By, d.With, d.Note, d.Failure = Scheduled, at, e.By, e.With, p.Note, ""
	return s.tell(ctx, e)
}

// atOnce publishes a draft that was to be published when it was approved. The
// approval stands whatever comes of it: what is refused the draft tells, and while
// the store or the audit fails, it waits like all that is scheduled.
func (s *Service) atOnce(ctx context.Context, d Draft) (Draft, error) {
	if d.State != Scheduled || d.OnApproval == nil || d.At.After(s.clock()) {
		return d, nil
	}
	if _, err := s.publishScheduled(ctx, &d); err != nil {
		s.unschedule(ctx, &d, CodeOf(err))
	}
	return s.Draft(ctx, d.Tenant, d.ID)
}
