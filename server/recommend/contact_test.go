package recommend

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
	"github.com/rightvoice/rightvoice/server/policy"
)

// campaign sends messages that nobody asked for, at a time of its own.
type campaign struct {
	testing.TB
	*Service
	now time.Time
}

func newCampaign(t testing.TB) *campaign {
	t.Helper()
	c := &campaign{TB: t, now: moment}
	clock := func() time.Time { return c.now }
	store, err := localstore.Open(localstore.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	c.Service = serving(t, Options{Store: store, Now: clock})
	return c
}

// reach is everything the plan can offer, in a message that nobody asked for.
func (c *campaign) reach(pairs ...any) fact.Facts {
	all := []any{"coverage_status", "active", "direction", "outbound", "local_hour", 12, "channel", "email"}
	for _, b := range []string{"gym", "sleep_program", "nutrition", "weight_program", "tobacco_cessation"} {
		all = append(all, "benefit_available", b)
	}
	return known(c, c.Service, append(all, pairs...)...)
}

func (c *campaign) send(topic string, pairs ...any) *Answer {
	c.Helper()
	return answer(c, c.Service, about(c, c.Service, topic, Request{Asker: Insurer, MemberRef: "m", Facts: c.reach(pairs...)}))
}

// show tells that an answer was shown as a whole.
func (c *campaign) show(a *Answer) Fed {
	c.Helper()
	fed, err := c.Feed(context.Background(), Feedback{DecisionID: a.ID, Outcome: Shown, Asker: Insurer, Unasked: true})
	if err != nil {
		c.Fatal(err)
	}
	return fed
}

// heldBy is the policy that held everything back; empty if something was kept.
func heldBy(a *Answer) (string, *Suppressed) {
	r := &a.Recommendations[0]
	if len(r.Advice) > 0 || len(r.Suppressed) == 0 {
		return "", nil
	}
	return r.Suppressed[0].PolicyID, &r.Suppressed[0]
}

func (c *campaign) wants(a *Answer, policyID string, retry time.Time) {
	c.Helper()
	got, s := heldBy(a)
	if got != policyID || s != nil && (s.Code != decision.FrequencyCap || !s.RetryAt.Equal(retry)) {
		c.Errorf("held back by %q, %+v; want %q until %v: %s", got, s, policyID, retry, inJSON(c, a))
	}
}

const day = 24 * time.Hour

// TestG20CapsOnATopic shows a message and asks again until, at and after the end
// of the window.
func TestG20CapsOnATopic(t *testing.T) {
	c := newCampaign(t)
	first := c.send("sleep")
	c.wants(first, "", time.Time{})
	c.wants(c.send("sleep"), "", time.Time{}) // nothing was shown yet, and it is the same decision
	if fed := c.show(first); !fed.First || len(fed.Over) > 0 {
		t.Errorf("%+v", fed)
	}
	if fed := c.show(first); fed.First {
		t.Error("told twice and counted twice")
	}
	shown := c.now
	for _, after := range []time.Duration{time.Hour, 13 * day, 14*day - time.Millisecond} {
		c.now = shown.Add(after)
		c.wants(c.send("sleep"), "caps.per_topic", shown.Add(14*day))
		if a := answer(t, c.Service, about(t, c.Service, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach("direction", "inbound")})); len(a.Recommendations[0].Advice) == 0 {
			t.Errorf("%v after: a member who asked got no answer: %s", after, inJSON(t, a))
		}
	}
	c.now = shown.Add(14 * day)
	c.wants(c.send("sleep"), "", time.Time{})
}

// TestG20CapsOnAllMessages shows three messages in a week: the fourth waits until
// the first is a week old.
func TestG20CapsOnAllMessages(t *testing.T) {
	c := newCampaign(t)
	var shown []time.Time
	for _, topic := range []string{"sleep", "activity", "nutrition"} {
		a := c.send(topic)
		c.wants(a, "", time.Time{})
		if fed := c.show(a); !fed.First || len(fed.Over) > 0 {
			t.Errorf("%s: %+v", topic, fed)
		}
		shown = append(shown, c.now)
		c.now = c.now.Add(day)
	}
	got, s := heldBy(c.send("tobacco"))
	if s == nil || got != "caps.per_sender" && got != "caps.overall" || !s.RetryAt.Equal(shown[0].Add(7*day)) {
		t.Errorf("the fourth: %q %+v", got, s)
	}
	c.now = shown[0].Add(7 * day)
	c.wants(c.send("tobacco"), "", time.Time{})
}

// TestG20APlaceIsKeptUntilItIsShown lets two campaigns ask at once: the second
// waits for the first to show its message, or for its place to end.
func TestG20APlaceIsKeptUntilItIsShown(t *testing.T) {
	c := newCampaign(t)
	first := c.send("sleep")
	if want := c.now.Add(5 * time.Minute); !first.ValidUntil.Equal(want) {
		t.Errorf("valid until %v, its place ends at %v", first.ValidUntil, want)
	}
	asked := c.now
	second := answer(t, c.Service, about(t, c.Service, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach(), Consistency: Fresh}))
	c.wants(second, "caps.per_topic", asked.Add(5*time.Minute))
	c.now = asked.Add(5 * time.Minute)
	third := answer(t, c.Service, about(t, c.Service, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach(), Consistency: Fresh}))
	c.wants(third, "", time.Time{})
	c.show(third)
	if fed := c.show(first); !fed.First || len(fed.Over) == 0 {
		t.Errorf("shown after its place had ended: %+v", fed)
	}
}

// TestContactBalance: what the plan asks for stays below what it gives.
func TestContactBalance(t *testing.T) {
	c := newCampaign(t)
	var asked []time.Time
	for _, topic := range []string{"activity", "tobacco"} {
		a := c.send(topic)
		c.wants(a, "", time.Time{})
		c.show(a)
		asked = append(asked, c.now)
		c.now = c.now.Add(8 * day)
	}
	c.wants(c.send("weight"), "contact_balance", asked[0].Add(30*day))
	for range 2 {
		help := c.send("claim", "claim_event", "new_eob")
		c.wants(help, "", time.Time{})
		c.show(help)
		c.now = c.now.Add(time.Minute)
		c.now = c.now.Add(14 * day)
	}
	c.wants(c.send("weight"), "", time.Time{})
}

// deaf does not answer what was shown before.
type deaf struct{ Store }

func (deaf) Hold(_ context.Context, holds []memory.Hold) [][]memory.Place {
	return make([][]memory.Place, len(holds))
}

func (deaf) Contacted(context.Context, memory.Contacted) (memory.Counted, error) {
	return memory.Counted{}, memory.ErrUnavailable
}

// gone shares nothing now.
type gone struct{ Store }

func (gone) Claim(_ context.Context, c memory.Claim) memory.Claimed {
	return memory.Claimed{Entry: c.Fresh, Status: memory.Unavailable}
}

// TestNothingIsSentBlind: without the store questions are answered and nothing is
// sent.
func TestNothingIsSentBlind(t *testing.T) {
	for name, store := range map[string]Store{"what was shown is not known": deaf{local(t)}, "nothing is known": gone{local(t)}} {
		s := serving(t, Options{Store: store})
		c := &campaign{TB: t, Service: s, now: moment}
		if got, held := heldBy(c.send("sleep")); got != policy.ContactsUnknown || held.Code != decision.Guardrail {
			t.Errorf("%s: held back by %q", name, got)
		}
		if a := c.send("sleep", "direction", "inbound"); len(a.Recommendations[0].Advice) == 0 {
			t.Errorf("%s: a question got no answer: %s", name, inJSON(t, a))
		}
		if a := c.send("sleep", "text_red_flag", "chest_pain"); a.Recommendations[0].Sender != decision.Safety || len(a.Recommendations[0].Advice) != 1 {
			t.Errorf("%s: an emergency: %s", name, inJSON(t, a))
		}
	}
	s := serving(t, Options{Store: deaf{local(t)}})
	a := answer(t, s, about(t, s, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: known(t, s, "coverage_status", "active", "benefit_available", "sleep_program")}))
	var refused *Error
	if _, err := s.Feed(context.Background(), Feedback{DecisionID: a.ID, Outcome: Shown, Asker: Insurer, Unasked: true}); !errors.As(err, &refused) || refused.Code != Unavailable {
		t.Errorf("what was shown and could not be counted: %v", err)
	}
}

// TestFeedbackThatIsWrong: nothing of it counts.
func TestFeedbackThatIsWrong(t *testing.T) {
	c := newCampaign(t)
	a := c.send("sleep")
	good := Feedback{DecisionID: a.ID, Outcome: Shown, Asker: Insurer, Unasked: true}
	for name, wrong := range map[string]struct {
		change func(*Feedback)
		code   Code
		field  string
	}{
		"of no decision":        {func(f *Feedback) { f.DecisionID = newID(c.now) }, NotFound, "decisionId"},
		"of one that has ended": {func(f *Feedback) { f.DecisionID = newID(c.now.Add(-40 * day)) }, Expired, "decisionId"},
		"of another tenant":     {func(f *Feedback) { f.Tenant = "other" }, NotFound, "decisionId"},
		"from the wrong side":   {func(f *Feedback) { f.Asker, f.AdviceID = Provider, "sleep_help" }, InvalidArgument, "adviceId"},
		"of another topic":      {func(f *Feedback) { f.Topic = "stress" }, InvalidArgument, "topic"},
		"of other advice":       {func(f *Feedback) { f.AdviceID = "gym" }, InvalidArgument, "adviceId"},
		"from the future":       {func(f *Feedback) { f.At = c.now.Add(6 * time.Minute) }, InvalidArgument, "at"},
		"before the decision":   {func(f *Feedback) { f.At = c.now.Add(-time.Hour) }, InvalidArgument, "at"},
		"of no kind":            {func(f *Feedback) { f.Outcome = 0 }, InvalidArgument, "kind"},
		"of no reason":          {func(f *Feedback) { f.Outcome = Overridden }, InvalidArgument, "reason"},
	} {
		f := good
		wrong.change(&f)
		var refused *Error
		if _, err := c.Feed(context.Background(), f); !errors.As(err, &refused) || refused.Code != wrong.code || refused.Field != wrong.field {
			t.Errorf("%s: %v, want %v of %s", name, err, wrong.code, wrong.field)
		}
	}
	other := good
	other.Asker = Provider // what the plan says was not the provider's to show
	if fed, err := c.Feed(context.Background(), other); err != nil || len(fed.Over) > 0 {
		t.Errorf("%+v %v", fed, err)
	}
	asked := good
	asked.Unasked, asked.Topic = false, "sleep"
	if _, err := c.Feed(context.Background(), asked); err != nil {
		t.Error(err)
	}
	fresh := func() *Answer {
		return answer(t, c.Service, about(t, c.Service, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach(), Consistency: Fresh}))
	}
	c.now = c.now.Add(6 * time.Minute)
	c.wants(fresh(), "", time.Time{}) // nothing of the above counts
	c.now = c.now.Add(6 * time.Minute)
	early := good
	early.At = c.now.Add(-11 * time.Minute)
	c.Feed(context.Background(), Feedback{DecisionID: a.ID, Outcome: Accepted, Asker: Insurer}) // before it is told that it was shown
	if fed, err := c.Feed(context.Background(), early); err != nil || len(fed.Over) > 0 {
		t.Errorf("told late: %+v %v", fed, err)
	}
	c.wants(fresh(), "caps.per_topic", early.At.Add(14*day))
	late := good
	late.AdviceID, late.At = "sleep_help", c.now.Add(2*time.Minute) // a fast clock is now
	if fed, err := c.Feed(context.Background(), late); err != nil || len(fed.Over) > 0 {
		t.Errorf("the same item by its name: %+v %v", fed, err)
	}
	c.wants(fresh(), "caps.per_topic", early.At.Add(14*day))
}

// TestG20WhatWasHeldBackFirstCountsWhenItIsSent asks too early, and again when it is
// time: both get one decision, and what is told of it counts.
func TestG20WhatWasHeldBackFirstCountsWhenItIsSent(t *testing.T) {
	c := newCampaign(t)
	early := c.send("sleep", "local_hour", 7)
	if got, _ := heldBy(early); got != "quiet_hours" {
		t.Fatalf("at seven: held back by %q", got)
	}
	c.now = c.now.Add(5 * time.Minute)
	sent := c.send("sleep", "local_hour", 8)
	if c.wants(sent, "", time.Time{}); sent.ID != early.ID {
		t.Error("asked again within minutes, and decided anew")
	}
	c.show(sent)
	shown := c.now
	c.now = c.now.Add(time.Hour)
	c.wants(c.send("sleep", "local_hour", 9), "caps.per_topic", shown.Add(14*day))
}

// full keeps no record.
type full struct{ Store }

func (full) Record(memory.Record) bool { return false }

// TestNothingIsSentThatNobodyCouldTellOf: without a record what is shown could not be
// counted.
func TestNothingIsSentThatNobodyCouldTellOf(t *testing.T) {
	s := serving(t, Options{Store: full{local(t)}})
	c := &campaign{TB: t, Service: s, now: moment}
	if got, _ := heldBy(c.send("sleep")); got != policy.ContactsUnknown {
		t.Errorf("held back by %q", got)
	}
	if a := c.send("sleep", "direction", "inbound"); len(a.Recommendations[0].Advice) == 0 {
		t.Errorf("a question got no answer: %s", inJSON(t, a))
	}
}

// holding counts the places that are taken.
type holding struct {
	Store
	holds int
}

func (h *holding) Hold(ctx context.Context, all []memory.Hold) [][]memory.Place {
	h.holds += len(all)
	return h.Store.Hold(ctx, all)
}

// TestLookingTakesNoPlace: what only looks at decisions, or at how they come
// about, takes no place under a cap; what is to be sent does.
func TestLookingTakesNoPlace(t *testing.T) {
	store := &holding{Store: local(t)}
	s := serving(t, Options{Store: store})
	ctx := context.Background()
	r := about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: (&campaign{TB: t, Service: s}).reach()})
	a := answer(t, s, r)
	if store.holds != 1 || len(a.Recommendations[0].Advice) == 0 {
		t.Fatalf("%d places: %s", store.holds, inJSON(t, a))
	}
	for range 3 {
		if list, err := s.ListDecisions(ctx, DecisionQuery{MemberRef: "m1", Asker: Insurer}); err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if _, err := s.GetDecision(ctx, DecisionQuery{DecisionID: a.ID, Asker: Insurer}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Explain(ctx, s.Current(""), &ExplainRequest{Request: *r}); err != nil {
			t.Fatal(err)
		}
	}
	if store.holds != 1 {
		t.Errorf("looking took %d places", store.holds-1)
	}
}
