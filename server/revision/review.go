package revision

import (
	"context"
	"slices"
	"time"
)

// inState changes a draft whose content is the one that was seen and whose state is
// one of some.
func (s *Service) inState(ctx context.Context, a Action, by string, t Target, states []State, do func(d *Draft) error) (Draft, error) {
	return s.change(ctx, Event{Action: a, By: by}, t, func(d *Draft, _ *Event) error {
		switch {
		case by == "":
			return invalid("by", "it must be known who asks")
		case t.Etag != d.Etag:
			return s.staleEtag(d, t.Etag)
		case !slices.Contains(states, d.State):
			return refuse(WrongState, "this cannot be done to a draft at the stage %s", d.State)
		}
		return do(d)
	})
}

// Submit asks for reviews. The content must pass everything, so that nobody
// reviews what can't be published. It may be said beforehand that it is to be
// published once it is approved.
func (s *Service) Submit(ctx context.Context, by string, t Target, o Submission) (Draft, error) {
	return s.inState(ctx, ActSubmit, by, t, []State{Drafting, Rejected, Withdrawn}, func(d *Draft) error {
		if d.Etag == d.BaseDigest && d.Base > 0 {
			return invalid("draftId", "this draft changes nothing")
		}
		r, err := s.green(ctx, d.Etag, time.Time{})
		if err != nil {
			return err
		}
		if err := s.attach(ctx, d, r); err != nil {
			return err
		}
		was, err := s.current(ctx, d.Tenant)
		if err != nil {
			return err
		}
		if err := s.promise(ctx, d, by, o); err != nil {
			return err
		}
		if d.Evidence, err = s.upToDate(ctx, d, was, r); err != nil {
			return err
		}
		set, _, err := s.settings(ctx, d.Tenant)
		if err != nil {
			return err
		}
		d.State, d.Required = InReview, set.Needs(d.Guarded)
		for i := range d.Reviews {
			d.Reviews[i].Void = true // of an earlier round
		}
		return nil
	})
}

// attach keeps a report and names it in the draft.
func (s *Service) attach(ctx context.Context, d *Draft, r *Report) error {
	id, err := s.saveJSON(ctx, r)
	if err != nil {
		return err
	}
	day := r.Day.Format(time.DateOnly)
	d.Checks = slices.DeleteFunc(d.Checks, func(o Outcome) bool { return o.Etag != r.Digest || o.Day == day })
	d.Checks = append(d.Checks, Outcome{Etag: r.Digest, Day: day, Green: r.Green(), Report: id})
	return nil
}

// Withdraw takes a draft back from review, approval or the schedule, or gives
// it up.
func (s *Service) Withdraw(ctx context.Context, by string, t Target) (Draft, error) {
	return s.inState(ctx, ActWithdraw, by, t, []State{Drafting, InReview, Approved, Scheduled, Rejected}, func(d *Draft) error {
		d.leave(Withdrawn)
		return nil
	})
}

// leave ends all that was to come of a draft by itself.
func (d *Draft) leave(to State) {
	d.State, d.At, d.By, d.With, d.OnApproval = to, time.Time{}, "", "", nil
}

// Opinion is what a reviewer says.
type Opinion struct {
	As    string   // the capacity they speak in; empty for none
	Holds []string // the capacities they have
	Text  string

	MayPublish bool // what was to be published once it is approved
}

// Approve approves the content that was seen. Once all that is required is
// there, the draft is approved, and published if that was asked for: what came of
// that the draft tells.
func (s *Service) Approve(ctx context.Context, by string, t Target, o Opinion) (Draft, error) {
	d, err := s.approve(ctx, by, t, o)
	if err != nil {
		return d, err
	}
	return s.atOnce(ctx, d)
}

func (s *Service) approve(ctx context.Context, by string, t Target, o Opinion) (Draft, error) {
	return s.inState(ctx, ActApprove, by, t, []State{InReview, Approved}, func(d *Draft) error {
		if slices.Contains(d.Authors, by) {
			return refuse(OwnDraft, "authors cannot approve their own draft")
		}
		if err := s.review(d, by, o, true); err != nil {
			return err
		}
		set, _, err := s.settings(ctx, d.Tenant)
		if err != nil {
			return err
		}
		if d.State == Approved || len(d.lacking(set)) > 0 {
			return nil
		}
		return s.approved(ctx, d, by, o.MayPublish)
	})
}

// lacking is what is still needed: by the settings now, and as they were when
// the draft was submitted.
func (d *Draft) lacking(set Settings) []Requirement {
	if open := d.missing(d.Required); len(open) > 0 {
		return open
	}
	return d.missing(set.Needs(d.Guarded))
}

// Missing is whose approval is still needed.
func (d *Draft) Missing(set Settings) []Requirement { return d.lacking(set) }

// review adds a verdict, in place of an earlier one of the same person.
func (s *Service) review(d *Draft, by string, o Opinion, approves bool) error {
	if len(o.Text) > maxText || len(o.As) > 64 {
		return invalid("text", "a review has at most %d characters", maxText)
	}
	if o.As != "" && !slices.Contains(o.Holds, o.As) {
		return refuse(NoCapacity, "these credentials do not have the capacity that they speak in; leave it out or name one of their own")
	}
	for i := range d.Reviews {
		if d.Reviews[i].By == by {
			d.Reviews[i].Void = true
		}
	}
	d.Reviews = append(d.Reviews, Review{By: by, As: o.As, At: s.clock(), Etag: d.Etag, Approves: approves, Text: o.Text})
	return nil
}

// Reject sends a draft back to its authors.
func (s *Service) Reject(ctx context.Context, by string, t Target, o Opinion) (Draft, error) {
	return s.inState(ctx, ActReject, by, t, []State{InReview, Approved, Scheduled}, func(d *Draft) error {
		d.leave(Rejected)
		return s.review(d, by, o, false)
	})
}

// maxComments bounds the comments of a draft.
const maxComments = 1000

// Comment adds a remark about the draft, or about the rule or file that on
// names. It needs no etag.
func (s *Service) Comment(ctx context.Context, by string, t Target, on, text string) (Draft, error) {
	return s.change(ctx, Event{Action: ActComment, By: by}, t, func(d *Draft, _ *Event) error {
		if by == "" || text == "" || len(text) > maxText || len(on) > maxPath || len(d.Comments) >= maxComments {
			return invalid("text", "a comment has an author and 1 to %d characters, and a draft at most %d comments", maxText, maxComments)
		}
		d.Comments = append(d.Comments, Comment{By: by, At: s.clock(), On: on, Text: text, Etag: d.Etag})
		return nil
	})
}
