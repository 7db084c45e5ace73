package recommend

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/memory"
)

// RecordFeedback keeps what became of a decision, and reports whether it had not
// been told before.
func (s *Service) RecordFeedback(ctx context.Context, f Feedback) (first bool, err error) {
	fed, err := s.Feed(ctx, f)
	return fed.First, err
}

// Feed keeps what became of a decision. What was shown to the member counts towards
// the caps, each item of a decision once, before the feedback itself is kept: a
// call that failed is told again, and then counts what it did not.
func (s *Service) Feed(ctx context.Context, f Feedback) (Fed, error) {
	now := s.clock()
	if err := f.check(now); err != nil {
		return Fed{}, err
	}
	if s.store == nil {
		return Fed{}, notFound(f.DecisionID, now, nil)
	}
	var r *memory.Record
	if f.Topic != "" || f.AdviceID != "" || !f.At.IsZero() || f.Outcome == Shown || s.outcomes != nil {
		found, err := s.store.GetDecision(ctx, tenant(f.Tenant), f.DecisionID)
		if err != nil {
			return Fed{}, s.unknown(s.lookupError(f.DecisionID, err))
		}
		if r = &found; f.At.IsZero() {
			f.At = now
		}
		if err := f.concerns(r); err != nil {
			return Fed{}, err
		}
	}
	var out Fed
	if f.Outcome == Shown && f.Unasked {
		counted, err := s.count(ctx, &f, r)
		if err != nil {
			return Fed{}, err
		}
		out.Over = counted.Over
	}
	if f.At.IsZero() {
		f.At = now
	}
	var err error
	out.First, err = s.store.Feedback(ctx, tenant(f.Tenant), f.DecisionID, memory.Feedback{
		Outcome: f.Outcome.String(), Topic: f.Topic, Advice: f.AdviceID, Reason: f.Reason, Asker: f.Asker.String(), At: f.At,
	})
	if err != nil {
		return Fed{}, s.unknown(s.lookupError(f.DecisionID, err))
	}
	s.tell(&f, r)
	return out, nil
}

// unknown counts feedback on a decision that is not there though it would be kept
// still. An id is no proof that there was one: nothing in it is sealed, and without
// the record nobody knows what the member was shown, so that it can't be counted as
// if there had been. But it may be our own fault, of a record that was dropped
// under load; operators see it beside the number of those.
func (s *Service) unknown(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Code == NotFound {
		s.unknowns.Add(1)
	}
	return err
}

// UnknownFeedback is how often feedback was on a decision that nobody knows.
func (s *Service) UnknownFeedback() uint64 { return s.unknowns.Load() }

// check refuses what is wrong whatever the decision was.
func (f *Feedback) check(now time.Time) error {
	switch {
	case f.Outcome == 0:
		return &Error{Code: InvalidArgument, Field: "kind", Message: "say what became of the decision"}
	case f.Outcome == Overridden && f.Reason == "":
		return &Error{Code: InvalidArgument, Field: "reason", Message: "say why the decision was overridden"}
	case f.At.After(now.Add(memory.MaxSkew)):
		return &Error{Code: InvalidArgument, Field: "at", Message: "must not be in the future"}
	case f.At.After(now):
		f.At = now
	}
	return nil
}

// concerns checks that feedback is about something the decision has, and came
// after it.
func (f *Feedback) concerns(r *memory.Record) error {
	if f.At.Before(r.DecidedAt.Add(-memory.MaxSkew)) {
		return &Error{Code: InvalidArgument, Field: "at", Message: "must not be before the decision was made"}
	}
	asker := f.side(r)
	topic, advice := f.Topic == "", f.AdviceID == ""
	for i := range r.Recommendations {
		rec := &r.Recommendations[i]
		about := f.Topic == "" || rec.Topic == f.Topic
		topic = topic || about
		advice = advice || about && shows(rec, asker, r.Private, f.AdviceID)
	}
	switch {
	case !topic:
		return &Error{Code: InvalidArgument, Field: "topic", Message: "the decision has no such topic"}
	case !advice:
		return &Error{Code: InvalidArgument, Field: "adviceId", Message: "the decision has no such advice"}
	}
	return nil
}

// side is the side that tells; the one that asked first if nobody says.
func (f *Feedback) side(r *memory.Record) Asker {
	if f.Asker != NotSaid {
		return f.Asker
	}
	asker, _ := ParseAsker(r.Asker)
	return asker
}

// count counts what was shown. An emergency notice counts for nothing, and neither
// does what the side that tells was not given.
func (s *Service) count(ctx context.Context, f *Feedback, r *memory.Record) (memory.Counted, error) {
	snap := s.past(tenant(f.Tenant), r.Revision)
	pol := s.Current(f.Tenant).policy
	c := memory.Contacted{Tenant: tenant(f.Tenant), Decision: f.DecisionID, At: f.At, Keep: pol.Longest()}
	for i := range r.Recommendations {
		rec := &r.Recommendations[i]
		sender, _ := parseSender(rec.Sender)
		if f.Topic != "" && rec.Topic != f.Topic || sender == decision.Safety {
			continue
		}
		for _, id := range rec.Advice {
			if f.AdviceID != "" && id != f.AdviceID || !shows(rec, f.side(r), r.Private, id) || f.AdviceID == "" && held(r, rec.Topic, id) {
				continue
			}
			c.Contacts = append(c.Contacts, s.shown(snap, f, rec, id))
		}
	}
	if len(c.Contacts) == 0 || c.Keep == 0 {
		return memory.Counted{}, nil
	}
	counted, err := s.store.Contacted(ctx, c)
	if err != nil {
		return counted, s.lookupError(f.DecisionID, err)
	}
	return counted, nil
}

// held reports whether an item was held back when the decision was answered.
func held(r *memory.Record, topic, advice string) bool {
	return slices.ContainsFunc(r.Held, func(h memory.Held) bool { return h.Topic == topic && h.Advice == advice })
}

// shown is an item that was shown, with the limits that are in force now. What an
// item of a revision that is gone wanted of the member nobody knows: it asked.
func (s *Service) shown(snap *Snapshot, f *Feedback, rec *memory.Recommendation, id string) memory.Bounded {
	sender, _ := parseSender(rec.Sender)
	c := memory.Contact{Decision: f.DecisionID, Advice: id, Topic: rec.Topic, Channel: f.Channel}
	terms := snap.terms(id)
	terms.Sender = sender
	return s.Current(f.Tenant).bounded(c, &terms)
}
