package recommend

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/memory"
)

// bare is an answer without what differs from one question to the next.
func bare(a *Answer) *Answer {
	out := *a
	out.ID, out.DecidedAt, out.ValidUntil, out.Cache = "", time.Time{}, time.Time{}, Cache{}
	return &out
}

// TestNothingShowsThatSomethingIsHidden compares a member of whom the provider's
// side told something with one of whom it told nothing. Where the outcome is the
// same, the insurer reads the same, in every way in which it can ask.
func TestNothingShowsThatSomethingIsHidden(t *testing.T) {
	agreed, recalled := 0, 0
	for _, f := range providerTold() {
		with, without := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
		benefits := []memory.StoredFact{claims.fact("coverage_status", memory.Text("active")), claims.fact("benefit_available", memory.List("gym", "dpp", "tobacco_cessation", "nutrition")), claims.fact("age_years", memory.Number(44_000))}
		tell(t, with, "m1", append(benefits, f)...)
		tell(t, without, "m1", benefits...)
		for _, topic := range append(with.Current("").set.Topics(), ruleset.Topic{}) {
			a, b := ask(t, with, Insurer, topic.ID), ask(t, without, Insurer, topic.ID)
			r, plain := &a.Recommendations[0], &b.Recommendations[0]
			if r.Mindset != plain.Mindset || r.Sender != plain.Sender {
				continue
			}
			agreed++
			if got, want := inJSON(t, bare(a)), inJSON(t, bare(b)); got != want {
				t.Errorf("%s, asked about %s:\n%s\n%s", f.Name, topic.ID, got, want)
			}
			ea := explained(t, with, &ExplainRequest{Request: *about(t, with, topic.ID, Request{Asker: Insurer, MemberRef: "m1"})})
			eb := explained(t, without, &ExplainRequest{Request: *about(t, without, topic.ID, Request{Asker: Insurer, MemberRef: "m1"})})
			ea.ValidUntil, eb.ValidUntil = time.Time{}, time.Time{}
			if got, want := inJSON(t, ea), inJSON(t, eb); got != want {
				t.Errorf("%s, explained about %s:\n%s\n%s", f.Name, topic.ID, got, want)
			}
			for _, later := range []bool{false, true} { // a revision that is gone has names only
				ra, rb := looked(t, with, a.ID, later), looked(t, without, b.ID, later)
				recalled++
				if got, want := inJSON(t, ra.Recommendations), inJSON(t, rb.Recommendations); got != want {
					t.Errorf("%s, looked up about %s:\n%s\n%s", f.Name, topic.ID, got, want)
				}
			}
		}
	}
	if agreed < 100 || recalled < 200 {
		t.Errorf("%d answers and %d records were compared only", agreed, recalled)
	}
}

func looked(t *testing.T, s *Service, id string, later bool) *Answer {
	t.Helper()
	if later {
		s = New(Options{StandIn: defaultSnapshot(t), Store: s.store, Now: s.now})
	}
	a, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: id, Asker: Insurer})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTheProviderStillReadsWhatDecided: the reasons for the insurer stand beside
// the real ones, not in their place.
func TestTheProviderStillReadsWhatDecided(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", append(withGym(), patientOfTheProvider())...)
	insurer, provider := ask(t, s, Insurer, "treatment"), ask(t, s, Provider, "treatment")
	if inJSON(t, insurer.Recommendations[0].Reasons) == inJSON(t, provider.Recommendations[0].Reasons) {
		t.Fatalf("nothing is hidden here: %s", inJSON(t, provider))
	}
	got, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: insurer.ID, Asker: Provider})
	if err != nil || inJSON(t, got.Recommendations[0].Reasons) != inJSON(t, provider.Recommendations[0].Reasons) {
		t.Errorf("%s, %v", inJSON(t, got), err)
	}
}

// TestTimeTellsTheInsurerNothing: an insurer that could move the time would find
// the hour in which the member left acute care.
func TestTimeTellsTheInsurerNothing(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", append(withGym(), patientOfTheProvider())...)
	for _, c := range []struct {
		asker   Asker
		member  string
		away    time.Duration
		refused bool
	}{
		{Insurer, "m1", 40 * 24 * time.Hour, true}, {Insurer, "m1", -time.Hour, true}, {Insurer, "m1", 61 * time.Second, true}, {Insurer, "nobody-knows", time.Hour, true},
		{Insurer, "m1", time.Minute, false}, {Insurer, "m1", -time.Minute, false}, {Insurer, "", time.Hour, false},
		{Provider, "m1", time.Hour, false}, {Integrated, "m1", -time.Hour, false},
	} {
		q := &ExplainRequest{Request: *about(t, s, "activity", Request{Asker: c.asker, MemberRef: c.member}), Now: moment.Add(c.away)}
		q.MemberRef = c.member
		_, err := s.Explain(context.Background(), s.Current(""), q)
		if (code(err) == InvalidArgument) != c.refused || !c.refused && err != nil {
			t.Errorf("%v about %q, %v from now: %v", c.asker, c.member, c.away, err)
		}
	}
}

// TestFeedbackTellsNothingOfTheOtherSide tries every id as an insurer would that
// wants to know what the provider's side got.
func TestFeedbackTellsNothingOfTheOtherSide(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", append(withGym(), patientOfTheProvider())...)
	a, own := ask(t, s, Provider, "activity"), ""
	if own = a.Recommendations[0].Advice[0].ID; own == "" {
		t.Fatal("the provider's side got nothing")
	}
	words := map[string]bool{}
	for _, item := range s.Current("").set.Items() {
		for _, topic := range []string{"", "activity"} {
			_, err := s.RecordFeedback(context.Background(), Feedback{DecisionID: a.ID, Outcome: Shown, Topic: topic, AdviceID: item.ID, Asker: Insurer})
			if code(err) != InvalidArgument {
				t.Errorf("%s: %v", item.ID, err)
				continue
			}
			words[err.Error()] = true
		}
	}
	if len(words) != 1 {
		t.Errorf("the refusals differ: %v", words)
	}
	for asker, id := range map[Asker]string{Provider: own, Integrated: own, Insurer: ""} {
		if _, err := s.RecordFeedback(context.Background(), Feedback{DecisionID: a.ID, Outcome: Shown, Topic: "activity", AdviceID: id, Asker: asker}); err != nil {
			t.Errorf("%v: %v", asker, err)
		}
	}
}
