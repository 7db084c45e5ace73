package recommend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/rightvoice/rightvoice/server/memory"
)

func code(err error) Code {
	var e *Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code
}

func TestDecisionsAreRetrievable(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	ctx := context.Background()
	a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s)}))
	for asker, want := range map[Asker]string{NotSaid: "gym", Insurer: "gym", Integrated: "gym", Provider: ""} {
		got, err := s.GetDecision(ctx, DecisionQuery{DecisionID: a.ID, Asker: asker})
		if err != nil {
			t.Fatal(err)
		}
		r := &got.Recommendations[0]
		if got.ID != a.ID || got.Revision != a.Revision || !got.DecidedAt.Equal(a.DecidedAt) || adviceIDs(r) != want || (r.Handoff == "") != (want != "") || reasonCodes(r) != "RULE_MATCH RULE_MATCH" {
			t.Errorf("for %v: %s", asker, inJSON(t, got))
		}
	}
	if got, _ := s.GetDecision(ctx, DecisionQuery{DecisionID: a.ID, Language: "es"}); got.Recommendations[0].Advice[0].Language != "es" {
		t.Error("not in the language asked for")
	}
	if _, err := s.GetDecision(ctx, DecisionQuery{Tenant: "other", DecisionID: a.ID}); code(err) != NotFound {
		t.Errorf("another tenant reads it: %v", err)
	}
}

func TestADecisionOfARevisionThatIsGoneHasNoInventedWords(t *testing.T) {
	store := local(t)
	s := serving(t, Options{Store: store})
	ctx := context.Background()
	a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s)}))
	flag := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: known(t, s, "text_red_flag", "stroke")}))
	later := New(Options{StandIn: defaultSnapshot(t), Store: store, Now: s.now})
	got, err := later.GetDecision(ctx, DecisionQuery{DecisionID: a.ID})
	if err != nil {
		t.Fatal(err)
	}
	if r := &got.Recommendations[0]; adviceIDs(r) != "gym" || r.Advice[0].Text != "" || r.Reasons[0].RuleID == "" || r.Sender.String() != "insurer" {
		t.Errorf("%s", inJSON(t, got))
	}
	if got, err = later.GetDecision(ctx, DecisionQuery{DecisionID: flag.ID}); err != nil || !strings.Contains(got.Recommendations[0].Advice[0].Text, "911") {
		t.Errorf("%s %v", inJSON(t, got), err)
	}
}

func TestListDecisions(t *testing.T) {
	clock := moment
	s := serving(t, Options{Store: local(t), Now: func() time.Time { return clock }})
	var ids []string
	for _, topic := range []string{"activity", "sleep", "coverage"} {
		ids = append(ids, answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: "m1"})).ID)
		clock = clock.Add(time.Minute)
	}
	list, err := s.ListDecisions(context.Background(), DecisionQuery{MemberRef: "m1", Limit: 2})
	if err != nil || len(list) != 2 || list[0].ID != ids[2] || list[1].ID != ids[1] {
		t.Fatalf("%s %v", inJSON(t, list), err)
	}
	rest, err := s.ListDecisions(context.Background(), DecisionQuery{MemberRef: "m1", After: list[1].ID})
	if err != nil || len(rest) != 1 || rest[0].ID != ids[0] {
		t.Errorf("%s %v", inJSON(t, rest), err)
	}
	if _, err := s.ListDecisions(context.Background(), DecisionQuery{}); code(err) != InvalidArgument {
		t.Errorf("no member: %v", err)
	}
}

// TestTheInsurersListKeepsWhatTheDoctorWasAsked: pages of the insurer's list are
// whole, and neither they nor their tokens tell of what only the provider asked.
func TestTheInsurersListKeepsWhatTheDoctorWasAsked(t *testing.T) {
	clock := moment
	s := serving(t, Options{Store: local(t), Now: func() time.Time { return clock }})
	var insurers, all []string
	for i, topic := range []string{"activity", "symptom", "sleep", "medication", "test_result", "coverage", "prognosis"} {
		asker := []Asker{Insurer, Provider, Integrated, Provider, Provider, Insurer, Provider}[i]
		id := answer(t, s, about(t, s, topic, Request{Asker: asker, MemberRef: "m1"})).ID
		if all = append([]string{id}, all...); asker != Provider {
			insurers = append([]string{id}, insurers...)
		}
		clock = clock.Add(time.Minute)
	}
	for asker, want := range map[Asker][]string{Insurer: insurers, Provider: all, Integrated: all, NotSaid: all} {
		for limit := range len(all) + 1 {
			var got []string
			for after := ""; ; {
				page, err := s.ListDecisions(context.Background(), DecisionQuery{MemberRef: "m1", Asker: asker, Limit: limit, After: after})
				if err != nil || limit > 0 && len(page) > limit {
					t.Fatalf("%d on a page of %d, %v", len(page), limit, err)
				}
				for _, a := range page {
					got = append(got, a.ID)
				}
				if len(page) < limit || limit == 0 {
					break
				}
				after = page[len(page)-1].ID
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v, pages of %d: %v, not %v", asker, limit, got, want)
			}
		}
	}
}

// noRecords is a store that has no room for records.
type noRecords struct{ Store }

func (noRecords) Record(memory.Record) bool { return false }

// TestFeedbackOnWhatWasDropped: an answer whose record was dropped is an answer;
// feedback on it is refused as on any decision nobody knows, and counted, which
// feedback on one that has ended is not.
func TestFeedbackOnWhatWasDropped(t *testing.T) {
	s := serving(t, Options{Store: noRecords{local(t)}})
	a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s)}))
	if len(a.Recommendations[0].Advice) == 0 {
		t.Fatalf("an answer to a question is held back: %s", inJSON(t, a))
	}
	for i, o := range []FeedbackOutcome{Shown, Accepted} {
		if _, err := s.Feed(context.Background(), Feedback{DecisionID: a.ID, Outcome: o, Asker: Insurer, Unasked: true}); code(err) != NotFound {
			t.Errorf("%v: %v", o, err)
		}
		if n := s.UnknownFeedback(); n != uint64(i+1) {
			t.Errorf("%d are counted", n)
		}
	}
	old := uuid.Must(uuid.NewV7())
	copy(old[:6], []byte{1, 0x6f, 0, 0, 0, 0}) // some years ago
	if _, err := s.Feed(context.Background(), Feedback{DecisionID: old.String(), Outcome: Shown, Asker: Insurer}); code(err) != Expired || s.UnknownFeedback() != 2 {
		t.Errorf("%v, %d are counted", err, s.UnknownFeedback())
	}
}

func TestFeedback(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s)}))
	tell := func(f Feedback) (bool, error) {
		if f.DecisionID == "" {
			f.DecisionID = a.ID
		}
		return s.RecordFeedback(context.Background(), f)
	}
	shown := Feedback{Outcome: Shown, Topic: "activity", AdviceID: "gym", Asker: Insurer}
	if first, err := tell(shown); !first || err != nil {
		t.Errorf("%v %v", first, err)
	}
	if first, err := tell(shown); first || err != nil {
		t.Errorf("told twice: %v %v", first, err)
	}
	old := uuid.Must(uuid.NewV7())
	copy(old[:6], []byte{1, 0x6f, 0, 0, 0, 0}) // some years ago
	for name, c := range map[string]struct {
		f    Feedback
		want Code
	}{
		"no outcome":        {Feedback{}, InvalidArgument},
		"no reason":         {Feedback{Outcome: Overridden}, InvalidArgument},
		"another topic":     {Feedback{Outcome: Shown, Topic: "sleep"}, InvalidArgument},
		"another item":      {Feedback{Outcome: Shown, AdviceID: "flu_shot"}, InvalidArgument},
		"unknown decision":  {Feedback{Outcome: Shown, DecisionID: uuid.Must(uuid.NewV7()).String()}, NotFound},
		"unknown and topic": {Feedback{Outcome: Shown, Topic: "sleep", DecisionID: uuid.Must(uuid.NewV7()).String()}, NotFound},
		"long ago":          {Feedback{Outcome: Shown, DecisionID: old.String()}, Expired},
		"no id at all":      {Feedback{Outcome: Shown, DecisionID: "nonsense"}, NotFound},
	} {
		if _, err := tell(c.f); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestErrorsRepeatNothing(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	_, err := s.RecordFeedback(context.Background(), Feedback{Outcome: Shown, DecisionID: "canary", Topic: "canary", AdviceID: "canary"})
	if err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("%v", err)
	}
}

func TestWithoutAStoreNothingIsRetrievable(t *testing.T) {
	s := serving(t, Options{})
	ctx := context.Background()
	if _, err := s.GetDecision(ctx, DecisionQuery{DecisionID: "x"}); code(err) != NotFound {
		t.Error(err)
	}
	if list, err := s.ListDecisions(ctx, DecisionQuery{MemberRef: "m"}); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	if _, err := s.RecordFeedback(ctx, Feedback{Outcome: Shown, DecisionID: "x"}); code(err) != NotFound {
		t.Error(err)
	}
}

func TestAnonymousDecisionsAreKeptIfAsked(t *testing.T) {
	s := serving(t, Options{Store: local(t), RecordAnonymous: true})
	a := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s)}))
	if _, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID}); err != nil {
		t.Error(err)
	}
}

func TestNamesBecomeTheSameDecisionAgain(t *testing.T) {
	s := serving(t, Options{})
	snap := s.Current("")
	for i := range snap.set.Topics() {
		for _, f := range [][]any{{}, {"coverage_status", "active", "benefit_available", "gym"}, {"member_choice", "patient"}, {"text_red_flag", "poison"}, {"acute_dx_active", true}} {
			facts := known(t, s, f...)
			want := snap.decide(&facts, uint16(i))
			named := snap.named(&want)
			got, ok := snap.outcome(&memory.Entry{Recommendations: []memory.Recommendation{named}})
			if !ok || got.n != 1 || got.decisions[0] != want {
				t.Errorf("%+v became %+v", want, got.decisions[0])
			}
		}
	}
}

// TestDecisionsOfOneMillisecondAreListedInOrder: the store keeps milliseconds.
func TestDecisionsOfOneMillisecondAreListedInOrder(t *testing.T) {
	clock := moment
	s := serving(t, Options{Store: local(t), Now: func() time.Time { clock = clock.Add(20 * time.Microsecond); return clock }})
	var want []string
	for _, topic := range []string{"activity", "sleep", "coverage", "weight", "claim"} {
		want = append([]string{answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: "m1"})).ID}, want...)
	}
	list, err := s.ListDecisions(context.Background(), DecisionQuery{MemberRef: "m1"})
	if err != nil || len(list) != len(want) {
		t.Fatalf("%d decisions: %v", len(list), err)
	}
	for i, a := range list {
		if a.ID != want[i] || !a.DecidedAt.Equal(moment) {
			t.Errorf("%s of %v stands where %s should", a.ID, a.DecidedAt, want[i])
		}
	}
}

func TestIDsFollowTheirTime(t *testing.T) {
	for i := range 999 {
		at := moment.Add(time.Duration(i) * time.Microsecond)
		if a, b := newID(at), newID(at.Add(time.Microsecond)); a >= b {
			t.Fatalf("%s, a microsecond after %s, comes before it", b, a)
		}
	}
}

func TestIDsAreUUIDv7OfTheirTime(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		text := newID(moment)
		id, err := uuid.Parse(text)
		if err != nil || id.Version() != 7 || id.Variant() != uuid.RFC4122 || seen[text] {
			t.Fatalf("%s: %v", text, err)
		}
		if sec, nsec := id.Time().UnixTime(); !time.Unix(sec, nsec).Equal(moment) {
			t.Fatalf("%s is of %v, not of %v", text, time.Unix(sec, nsec), moment)
		}
		seen[text] = true
	}
}
