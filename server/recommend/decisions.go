package recommend

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
)

// GetDecision looks up a decision made earlier, in words for one side. What the
// policy held back then stays held back, and nothing sensitive is said, because
// nobody tells who reads it.
func (s *Service) GetDecision(ctx context.Context, q DecisionQuery) (*Answer, error) {
	if s.store == nil {
		return nil, notFound(q.DecisionID, s.clock(), nil)
	}
	r, err := s.store.GetDecision(ctx, tenant(q.Tenant), q.DecisionID)
	if err != nil {
		return nil, s.lookupError(q.DecisionID, err)
	}
	return s.recall(&r, &q), nil
}

// ListDecisions lists the decisions about one member, the newest first. The
// insurer's list has none that the provider's side asked for first: what they are
// about is what the member asked the doctor. One of them that the insurer was
// given as well it can look up by its id.
func (s *Service) ListDecisions(ctx context.Context, q DecisionQuery) ([]*Answer, error) {
	if q.MemberRef == "" {
		return nil, &Error{Code: InvalidArgument, Field: "memberRef", Message: "say which member"}
	}
	if q.After != "" && uuid.Validate(q.After) != nil {
		return nil, &Error{Code: InvalidArgument, Field: "pageToken", Message: "must be the nextPageToken of the page before"}
	}
	if s.store == nil {
		return nil, nil
	}
	if q.Limit <= 0 {
		q.Limit = memory.DefaultLimit
	}
	out := make([]*Answer, 0, q.Limit)
	for after := q.After; ; {
		records, err := s.store.ListDecisions(ctx, tenant(q.Tenant), q.MemberRef, q.Limit, after)
		if err != nil {
			return nil, s.lookupError(q.After, err)
		}
		for i := range records {
			if after = records[i].DecisionID; !q.lists(&records[i]) {
				continue
			}
			if out = append(out, s.recall(&records[i], &q)); len(out) == q.Limit {
				return out, nil
			}
		}
		if len(records) < q.Limit {
			return out, nil
		}
	}
}

// lists reports whether a decision has a place in the list of the side that asks.
func (q *DecisionQuery) lists(r *memory.Record) bool {
	return q.Asker != Insurer || r.Asker != Provider.String()
}

// shows reports whether the side was shown the advice. Advice of the other side
// is refused like advice that is not there: trying one id after the other must
// not tell what the other side got.
func shows(rec *memory.Recommendation, asker Asker, private []memory.Private, advice string) bool {
	if sender, _ := parseSender(rec.Sender); sender != decision.Safety && !owns(asker, sender) {
		return false
	}
	if asker == Insurer {
		if secret := unsaidOf(private, rec.Topic); slices.Contains(secret.advice, advice) {
			return false
		}
	}
	return slices.Contains(rec.Advice, advice)
}

func parseSender(name string) (decision.Sender, bool) {
	return parse(name, decision.Nobody, decision.Provider, decision.Insurer, decision.Safety)
}

// lookupError puts an error of the store into words.
func (s *Service) lookupError(decisionID string, err error) error {
	if errors.Is(err, memory.ErrNotFound) {
		return notFound(decisionID, s.clock(), err)
	}
	return &Error{Code: Unavailable, Message: "decisions can't be looked up now; try again", Cause: err}
}

// notFound tells a decision that has ended from one that never was: the id
// holds the time at which it was made.
func notFound(decisionID string, now time.Time, cause error) error {
	if id, err := uuid.Parse(decisionID); err == nil && id.Version() == 7 {
		sec, nsec := id.Time().UnixTime()
		if now.Sub(time.Unix(sec, nsec)) > memory.DefaultRecordTTL {
			return &Error{Code: Expired, Field: "decisionId", Message: "that decision is no longer kept", Cause: cause}
		}
	}
	return &Error{Code: NotFound, Field: "decisionId", Message: "there is no such decision", Cause: cause}
}

// recall puts a record into words again.
func (s *Service) recall(r *memory.Record, q *DecisionQuery) *Answer {
	a := &Answer{ID: r.DecisionID, Revision: r.Revision, DecidedAt: r.DecidedAt}
	a.Cache = Cache{Status: CacheHit, Age: max(0, s.clock().Sub(r.DecidedAt))}
	asker := q.Asker
	if asker == NotSaid {
		asker, _ = ParseAsker(r.Asker)
	}
	a.ends(r, asker)
	if snap := s.past(r.Tenant, r.Revision); snap != nil {
		if o, ok := snap.outcome(&r.Entry); ok {
			a.Recommendations = snap.recallAll(&o, asker, q.Language, r)
			return a
		}
	}
	for i := range r.Recommendations {
		a.Recommendations = append(a.Recommendations, s.nameOnly(&r.Recommendations[i], asker, q.Language, r.Private))
	}
	return a
}

// recallAll renders a decision of this revision.
func (s *Snapshot) recallAll(o *outcome, asker Asker, language string, r *memory.Record) []Recommendation {
	w := s.words.sheet(language)
	var unknown fact.Facts // facts are not kept
	out := make([]Recommendation, 0, o.n)
	for i := range o.all() {
		topic := s.topicID(o.decisions[i].Topic)
		var secret unsaid
		if asker == Insurer {
			secret = s.recallUnsaid(r, topic)
		}
		d := s.without(&o.decisions[i], &secret)
		held := slices.DeleteFunc(heldBack(r.Held, topic), func(h Suppressed) bool { return slices.Contains(secret.advice, h.AdviceID) })
		review := s.recalled(w, &d, held)
		review.voice.kept = trialsOf(r)
		rec := s.say(w, asker, &d, &unknown, &review)
		if !review.hidden {
			secret.generalise(w, &rec)
		}
		out = append(out, rec)
	}
	return out
}

// ends is until when a decision that was kept holds, and what was wanting, as far
// as the side that asks may know. Both rest on all facts there were: the insurer
// is told the same of every decision, that it has to ask again.
func (a *Answer) ends(r *memory.Record, asker Asker) {
	a.ValidUntil, a.NeededFacts = r.ValidUntil, r.NeededFacts
	if asker == Insurer {
		a.ValidUntil, a.NeededFacts = r.DecidedAt, nil
	}
}

func heldBack(all []memory.Held, topic string) []Suppressed {
	var out []Suppressed
	for _, h := range all {
		if h.Topic != topic {
			continue
		}
		code, _ := parse(h.Code, decision.OptedOut, decision.FrequencyCap, decision.QuietHours, decision.ConsentMissing, decision.InsufficientFacts,
			decision.Holdout, decision.Guardrail)
		out = append(out, Suppressed{AdviceID: h.Advice, Code: code, PolicyID: h.Policy, RetryAt: h.RetryAt})
	}
	return out
}

// nameOnly gives a recommendation of a revision that is no longer here by its
// names alone: other words than those that were said would be made up. An
// emergency notice is the same in every revision.
func (s *Service) nameOnly(r *memory.Recommendation, asker Asker, language string, private []memory.Private) Recommendation {
	out := Recommendation{Topic: r.Topic}
	out.Mindset, _ = parse(r.Mindset, decision.Undetermined, decision.Patient, decision.Consumer)
	out.Sender, _ = parseSender(r.Sender)
	reasons, own := ownReasons(r)
	if asker == Insurer && len(own) > 0 {
		reasons = own
	}
	for _, why := range reasons {
		code, _ := parse(why.Code, decision.RuleMatch, decision.Default, decision.SafetyOverride, decision.MemberChoice, decision.Guardrail)
		out.Reasons = append(out.Reasons, &Reason{Code: code, Table: why.Table, RuleID: why.Rule})
	}
	var secret unsaid
	if asker == Insurer {
		secret = unsaidOf(private, r.Topic)
		secret.agrees = len(own) > 0
		secret.generalise(s.standIn.words.sheet(language), &out)
	}
	for _, id := range r.Advice {
		switch notice, ok := parse(id, decision.Emergency911, decision.Crisis988, decision.PoisonHelp); {
		case out.Sender == decision.Safety && ok:
			out.Advice = append(out.Advice, s.standIn.words.sheet(language).notices[notice])
		case owns(asker, out.Sender) && !slices.Contains(secret.advice, id):
			out.Advice = append(out.Advice, &Advice{ID: id})
		}
	}
	return out
}
