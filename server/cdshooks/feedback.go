package cdshooks

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// maxFeedback is how many entries one call may hold.
const maxFeedback = 1000

// overrideReasons are what a card offers to those who do otherwise. The code is
// what becomes of it in feedback.
var overrideReasons = []struct{ code, display string }{
	{"member_asked_about_coverage", "Member asked about coverage"},
	{"condition_is_long_standing", "Condition is long-standing"},
	{"fact_is_wrong", "Fact is wrong"},
}

// Reasons for what a clinician did not choose from the list: none at all, or
// one of the client's own. Those may be anybody's words and are not kept.
const (
	reasonNotGiven = "not_given"
	reasonOther    = "other"
)

// feedback records what became of cards. Each entry stands for itself: those
// that are good are recorded even if the call is refused for others, and to
// send all of them again changes nothing. A card that is not known, or no
// longer, can't be fed back on by sending it again, so it is counted and taken.
func (h *Handler) feedback(ctx context.Context, from trust.Client, body []byte) error {
	o := parse(body)
	if len(*o.wrong) > 0 {
		return *o.wrong
	}
	all := o.list("feedback", true)
	o.known()
	if len(all) > maxFeedback {
		o.fail("feedback", "must have at most "+strconv.Itoa(maxFeedback)+" entries")
	}
	if len(*o.wrong) > 0 {
		return *o.wrong
	}
	for i, raw := range all {
		f, entry := parseFeedback(o, i, raw)
		if entry == nil {
			h.count.outcomes[fedRefused].Inc()
			continue
		}
		f.Tenant = from.Tenant
		if err := h.record(ctx, f, entry); err != nil {
			return err
		}
	}
	if len(*o.wrong) > 0 {
		p := invalid(*o.wrong)
		p.message += "; the other entries were recorded, and to send them again changes nothing"
		return p
	}
	return nil
}

// record passes one entry on. That it is of a time that can't be is a mistake of
// the entry, as feedback over the other transports has it.
func (h *Handler) record(ctx context.Context, f recommend.Feedback, entry *object) error {
	ctx, cancel := context.WithTimeout(ctx, h.o.Timeout)
	defer cancel()
	outcome, known := fedUnknown, uuid.Validate(f.DecisionID) == nil
	if known {
		first, err := h.o.Listener.RecordFeedback(ctx, f)
		var refused *recommend.Error
		switch {
		case errors.As(err, &refused) && (refused.Code == recommend.NotFound || refused.Code == recommend.Expired):
		case errors.As(err, &refused) && refused.Code == recommend.Unavailable:
			return unavailable
		case errors.As(err, &refused) && refused.Code == recommend.InvalidArgument && refused.Field == "at":
			outcome = fedRefused
			entry.fail("outcomeTimestamp", refused.Message)
		case err != nil:
			return err
		case !first:
			outcome = fedRepeated
		case f.Outcome == recommend.Accepted:
			outcome = fedAccepted
		default:
			outcome = fedOverridden
		}
	}
	h.count.outcomes[outcome].Inc()
	return nil
}

// parseFeedback checks one entry, which is nil if it is not good. The comment of
// a user is anybody's words: its form is checked and it is dropped.
func parseFeedback(o *object, i int, raw json.RawMessage) (f recommend.Feedback, entry *object) {
	before := len(*o.wrong)
	e := o.child("feedback["+strconv.Itoa(i)+"]", raw)
	if e == nil {
		return f, nil
	}
	f.DecisionID, f.Asker = e.text("card", true), recommend.Provider
	outcome := e.text("outcome", true)
	suggestions := e.list("acceptedSuggestions", false)
	override := e.object("overrideReason", false)
	if at := e.text("outcomeTimestamp", true); at != "" {
		var err error
		if f.At, err = time.Parse(time.RFC3339, at); err != nil {
			e.fail("outcomeTimestamp", "must be a time such as 2026-03-01T15:04:05Z")
		}
	}
	switch outcome {
	case "":
	case "accepted":
		f.Outcome = recommend.Accepted
		if len(suggestions) == 0 {
			e.fail("acceptedSuggestions", "must name a suggestion if the outcome is accepted")
		}
	case "overridden":
		f.Outcome, f.Reason = recommend.Overridden, parseReason(override)
	default:
		e.fail("outcome", "must be accepted or overridden")
	}
	for j, s := range suggestions {
		if one := e.child("acceptedSuggestions["+strconv.Itoa(j)+"]", s); one != nil {
			one.text("id", true)
			one.known()
		}
	}
	e.known()
	if len(*o.wrong) > before {
		return f, nil
	}
	return f, e
}

// parseReason is the code of why a card was overridden.
func parseReason(o *object) string {
	if o == nil {
		return reasonNotGiven
	}
	o.text("userComment", false)
	reason := o.object("reason", false)
	o.known()
	if reason == nil {
		return reasonNotGiven
	}
	code := reason.text("code", true)
	reason.text("system", false)
	reason.text("display", false)
	for _, known := range overrideReasons {
		if code == known.code {
			return code
		}
	}
	return reasonOther
}
