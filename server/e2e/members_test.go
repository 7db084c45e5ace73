package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// event is news of a member as of now.
func event(member, source string, c *pb.MemberContext) *pb.FactEvent {
	return &pb.FactEvent{MemberRef: member, Source: source, AsOf: timestamppb.New(time.Now().Add(-time.Second)), Context: c}
}

// leftTheER is what an admission feed tells two hours after an ER visit.
func leftTheER(member string) *pb.FactEvent {
	return event(member, "adt", &pb.MemberContext{HoursSinceAcuteCare: ptr[int32](2), AdtEvent: ptr(pb.AdtEvent_ADT_EVENT_DISCHARGE)})
}

// covered is what the plan's own feed tells.
func covered(member string) *pb.FactEvent {
	return event(member, "eligibility", &pb.MemberContext{CoverageStatus: ptr(pb.CoverageStatus_COVERAGE_STATUS_ACTIVE), BenefitAvailable: []string{"gym", "sleep_program"}})
}

// feed records events over gRPC; all must be taken.
func (n *node) feed(t testing.TB, asker pb.Asker, events ...*pb.FactEvent) {
	t.Helper()
	r, err := n.grpc.RecordFacts(context.Background(), &pb.RecordFactsRequest{Asker: asker, Events: events})
	if err != nil {
		t.Fatal(err)
	}
	for i, one := range r.Results {
		if err := rightvoice.EventError(one); err != nil {
			t.Fatalf("event %d: %v", i, err)
		}
	}
}

func (n *node) known(t testing.TB, asker pb.Asker, member string) map[string]*pb.KnownFact {
	t.Helper()
	r, err := n.grpc.GetMember(context.Background(), &pb.GetMemberRequest{MemberRef: member, Asker: asker})
	if err != nil {
		t.Fatal(err)
	}
	over := &pb.GetMemberResponse{}
	if got := n.post(t, "/v1/members:get", &pb.GetMemberRequest{MemberRef: member, Asker: asker}, over); got.status != http.StatusOK || len(over.Facts) != len(r.Facts) {
		t.Errorf("REST and gRPC know different things: %d %s and %v", got.status, got.body, r)
	}
	out := map[string]*pb.KnownFact{}
	for _, f := range r.Facts {
		out[f.Name] = f
	}
	return out
}

func asks(asker pb.Asker, member, topic string) *pb.RecommendRequest {
	return &pb.RecommendRequest{Asker: asker, MemberRef: member, Topic: topic}
}

// TestAFeedChangesWhoSpeaks lets the provider's feed tell of an ER visit: the
// insurer's portal, which only names the member, hands over, with the decision
// that the provider's app gets; and nothing tells the insurer why.
func TestAFeedChangesWhoSpeaks(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, clinic := start(t, sharing(redis)), start(t, sharing(redis))
	portal.feed(t, pb.Asker_ASKER_INSURER, covered("m"))
	before := portal.overREST(t, asks(pb.Asker_ASKER_INSURER, "m", "activity"))
	if r := before.Recommendations[0]; r.Sender != pb.Sender_SENDER_INSURER || len(r.Advice) == 0 {
		t.Fatalf("before the ER the insurer speaks: %v", before)
	}
	clinic.feed(t, pb.Asker_ASKER_PROVIDER, leftTheER("m"))

	first := portal.overREST(t, asks(pb.Asker_ASKER_INSURER, "m", "activity"))
	second := clinic.overGRPC(t, asks(pb.Asker_ASKER_PROVIDER, "m", "activity"))
	mine, theirs := first.Recommendations[0], second.Recommendations[0]
	if first.DecisionId == before.DecisionId || first.DecisionId != second.DecisionId {
		t.Errorf("the portal had %s, now it gets %s and the clinic %s", before.DecisionId, first.DecisionId, second.DecisionId)
	}
	if mine.Mindset != pb.Mindset_MINDSET_PATIENT || mine.Sender != pb.Sender_SENDER_PROVIDER || len(mine.Advice) != 0 || mine.Handoff == "" {
		t.Errorf("the portal gets %v", mine)
	}
	if theirs.Sender != mine.Sender || theirs.Mindset != mine.Mindset || theirs.Handoff != "" {
		t.Errorf("the clinic gets %v", theirs)
	}
	// What the insurer asked for, and what it could ask beside it.
	explained, err := portal.grpc.Explain(context.Background(), &pb.ExplainRequest{Request: asks(pb.Asker_ASKER_INSURER, "m", "activity")})
	if err != nil {
		t.Fatal(err)
	}
	looked, err := portal.grpc.GetDecision(context.Background(), &pb.GetDecisionRequest{DecisionId: first.DecisionId, Asker: pb.Asker_ASKER_INSURER})
	if err != nil {
		t.Fatal(err)
	}
	for what, m := range map[string]proto.Message{"the answer": first, "the explanation": explained, "the decision looked up": looked} {
		text := strings.ToLower(fmt.Sprint(m))
		for _, word := range []string{"left-acute-care", "left the er", "discharge"} {
			if strings.Contains(text, word) && !(what == "the explanation" && theRuleFailed(explained, word)) {
				t.Errorf("%s betrays it by %q: %v", what, word, m)
			}
		}
	}
	for _, f := range explained.FactsRead {
		if (f.Name == "hours_since_acute_care" || f.Name == "adt_event") && (f.Known || f.Value != "") {
			t.Errorf("the explanation betrays %v", f)
		}
	}
	if got := portal.known(t, pb.Asker_ASKER_INSURER, "m"); len(got) != 2 || got["coverage_status"] == nil || got["benefit_available"] == nil {
		t.Errorf("the insurer sees %v", got)
	}
	got := portal.known(t, pb.Asker_ASKER_PROVIDER, "m")
	if f := got["hours_since_acute_care"]; f.GetValue().GetNumberValue() != 2 || f.Source != "adt" || f.ToldBy != pb.Asker_ASKER_PROVIDER || f.ExpiresAt == nil {
		t.Errorf("the provider sees %v", f)
	}
}

// theRuleFailed reports whether a word stands in the explanation only where a
// rule says what it would need, which is the same for every member.
func theRuleFailed(e *pb.ExplainResponse, word string) bool {
	e = proto.CloneOf(e)
	for _, topic := range e.Topics {
		for _, row := range topic.Rows {
			if row.Verdict == pb.RowTrace_ALMOST {
				row.RuleId, row.Sentence, row.Because, row.Failed, row.Needs, row.Outcome = "", "", "", "", "", ""
			}
		}
	}
	e.FactsRead = nil
	return !strings.Contains(strings.ToLower(fmt.Sprint(e)), word)
}

func TestStoredFactsEnd(t *testing.T) {
	n := start(t, nil)
	n.feed(t, pb.Asker_ASKER_INSURER, covered("m"))
	short := leftTheER("m")
	short.MaxAge = durationpb.New(time.Hour)
	n.feed(t, pb.Asker_ASKER_PROVIDER, short)
	if r := n.overGRPC(t, asks(pb.Asker_ASKER_INSURER, "m", "activity")).Recommendations[0]; r.Sender != pb.Sender_SENDER_PROVIDER {
		t.Errorf("within the hour: %v", r)
	}
	later := time.Now().Add(61 * time.Minute)
	n.now.Store(&later)
	if r := n.overGRPC(t, asks(pb.Asker_ASKER_INSURER, "m", "activity")).Recommendations[0]; r.Sender != pb.Sender_SENDER_INSURER {
		t.Errorf("after the hour: %v", r)
	}
	if got := n.known(t, pb.Asker_ASKER_PROVIDER, "m"); got["hours_since_acute_care"] != nil {
		t.Errorf("after the hour the fact is known: %v", got)
	}
}

func optOut(member, topic string, out bool) *pb.SetChoiceRequest {
	return &pb.SetChoiceRequest{MemberRef: member, Asker: pb.Asker_ASKER_INSURER, Source: "portal",
		Change: &pb.SetChoiceRequest_TopicOptOut{TopicOptOut: &pb.TopicOptOutChange{Topic: topic, OptedOut: ptr(out)}}}
}

// TestAChoiceHoldsOnTheOtherServer opts out on one server and asks the other.
func TestAChoiceHoldsOnTheOtherServer(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, clinic := start(t, sharing(redis)), start(t, sharing(redis))
	portal.feed(t, pb.Asker_ASKER_INSURER, covered("m"))
	said := func(n *node) *pb.Recommendation {
		return n.overGRPC(t, asks(pb.Asker_ASKER_INTEGRATED, "m", "sleep")).Recommendations[0]
	}
	if r := said(clinic); r.Sender != pb.Sender_SENDER_INSURER || len(r.Advice) == 0 {
		t.Fatalf("before: %v", r)
	}
	choices := &pb.SetChoiceResponse{}
	if r := portal.post(t, "/v1/members:setChoice", optOut("m", "sleep", true), choices); r.status != http.StatusOK || len(choices.Choices.OptOutTopics) != 1 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if r := said(clinic); len(r.Advice) != 0 || len(r.Suppressed) == 0 || r.Suppressed[0].Code != pb.Reason_OPTED_OUT {
		t.Errorf("opted out: %v", r)
	}
	if r := portal.post(t, "/v1/members:setChoice", optOut("m", "sleep", false), choices); r.status != http.StatusOK || len(choices.Choices.OptOutTopics) != 0 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if r := said(clinic); len(r.Advice) == 0 {
		t.Errorf("opted in again: %v", r)
	}
	view := &pb.SetChoiceRequest{MemberRef: "m", Asker: pb.Asker_ASKER_PROVIDER, Source: "app", Change: &pb.SetChoiceRequest_View{View: &pb.ViewChange{Choice: pb.MemberChoice_MEMBER_CHOICE_PATIENT, Topic: "sleep"}}}
	if got, err := clinic.grpc.SetChoice(context.Background(), view); err != nil || len(got.Views) != 1 || got.Views[0].Topic != "sleep" || got.Views[0].ExpiresAt == nil {
		t.Fatalf("%v %v", got, err)
	}
	if r := said(portal); r.Mindset != pb.Mindset_MINDSET_PATIENT || r.Reasons[0].Code != pb.Reason_MEMBER_CHOICE {
		t.Errorf("the patient's view: %v", r)
	}
}

// TestNothingIsLostSilently takes Redis away from a feed.
func TestNothingIsLostSilently(t *testing.T) {
	redis := storetest.StartRedis(t)
	n := start(t, func(c *config.Config) { sharing(redis)(c); c.RedisBudget = 20 * time.Millisecond })
	n.feed(t, pb.Asker_ASKER_INSURER, covered("m"))
	redis.Stop(t)
	ctx, who := context.Background(), &pb.GetMemberRequest{MemberRef: "m", Asker: pb.Asker_ASKER_INSURER}
	for name, do := range map[string]func() error{
		"RecordFacts": func() error {
			_, err := n.grpc.RecordFacts(ctx, &pb.RecordFactsRequest{Asker: pb.Asker_ASKER_PROVIDER, Events: []*pb.FactEvent{leftTheER("m")}})
			return err
		},
		"ImportFhir": func() error {
			_, err := n.grpc.ImportFhir(ctx, &pb.ImportFhirRequest{MemberRef: "m", Asker: pb.Asker_ASKER_PROVIDER, Source: "ehr", Bundle: []byte(inCare)})
			return err
		},
		"SetChoice":    func() error { _, err := n.grpc.SetChoice(ctx, optOut("m", "sleep", true)); return err },
		"GetMember":    func() error { _, err := n.grpc.GetMember(ctx, who); return err },
		"ForgetMember": func() error { return n.grpc.ForgetMember(ctx, &pb.ForgetMemberRequest{MemberRef: "m", Asker: 1}) },
	} {
		var failed *rightvoice.Error
		if err := do(); !errors.As(err, &failed) || failed.Code != codes.Unavailable || failed.Reason != "MEMORY_UNAVAILABLE" {
			t.Errorf("%s without Redis: %v", name, err)
		}
	}
	if r := n.send(t, "POST", "/v1/members:get", `{"memberRef":"m","asker":"ASKER_INSURER"}`); r.status != http.StatusServiceUnavailable {
		t.Errorf("over REST: %d %s", r.status, r.body)
	}
	redis.Restart(t)
	end := time.Now().Add(recovery)
	for {
		_, err := n.grpc.RecordFacts(ctx, &pb.RecordFactsRequest{Asker: pb.Asker_ASKER_PROVIDER, Events: []*pb.FactEvent{leftTheER("m")}})
		if err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("Redis is back and the feed is refused: %v", err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := n.known(t, pb.Asker_ASKER_PROVIDER, "m"); got["hours_since_acute_care"] == nil {
		t.Errorf("told again it is not there: %v", got)
	}
}

// inCare is a bundle about somebody who is in the ER.
const inCare = `{"resourceType":"Bundle","type":"collection","entry":[
 {"resource":{"resourceType":"Patient","id":"p","birthDate":"1980-05-01"}},
 {"resource":{"resourceType":"Encounter","id":"e","status":"in-progress","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},"subject":{"reference":"Patient/p"},"period":{"start":"2026-11-01T10:00:00Z"}}},
 {"resource":{"resourceType":"Observation","id":"o","status":"entered-in-error","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]}}}]}`
