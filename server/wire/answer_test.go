package wire

import (
	"math"
	"testing"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// name is a value of the API as the domain spells it.
func name(e protoreflect.Enum, prefix string) string {
	return string(e.Descriptor().Values().ByNumber(e.Number()).Name()[len(prefix):])
}

func upper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// TestVocabulariesAgree walks every closed vocabulary of answers and requests
// that is translated by number.
func TestVocabulariesAgree(t *testing.T) {
	same := func(what, domain, api string) {
		t.Helper()
		if upper(domain) != api {
			t.Errorf("%s %s became %s", what, domain, api)
		}
	}
	if n := pb.Mindset(0).Descriptor().Values().Len() - 1; n != len(mindsets) {
		t.Errorf("%d mindsets, the API has %d", len(mindsets), n)
	}
	for i, m := range mindsets {
		same("mindset", decision.Mindset(i).String(), name(m, "MINDSET_"))
	}
	if n := pb.Sender(0).Descriptor().Values().Len() - 1; n != len(senders) {
		t.Errorf("%d senders, the API has %d", len(senders), n)
	}
	for i, s := range senders {
		same("sender", decision.Sender(i).String(), name(s, "SENDER_"))
	}
	for i, s := range statuses {
		same("status", recommend.CacheStatus(i).String(), name(s, ""))
	}
	codes := pb.Reason_Code(0).Descriptor().Values().Len()
	for i := 1; i < codes; i++ {
		same("code", decision.Reason(i).String(), name(pb.Reason_Code(i), ""))
	}
	for i := 1; i < pb.Asker(0).Descriptor().Values().Len(); i++ {
		same("asker", asker(pb.Asker(i)).String(), name(pb.Asker(i), "ASKER_"))
	}
	for i := 1; i < pb.FeedbackKind(0).Descriptor().Values().Len(); i++ {
		same("feedback", recommend.FeedbackOutcome(i).String(), name(pb.FeedbackKind(i), "FEEDBACK_KIND_"))
	}
	for i := 1; i < pb.RowTrace_Verdict(0).Descriptor().Values().Len(); i++ {
		same("verdict", recommend.Verdict(i).String(), name(pb.RowTrace_Verdict(i), ""))
	}
}

var moment = time.Date(2026, 3, 1, 10, 0, 0, 250_000_000, time.UTC)

// fullAnswer is an answer with something in every field.
func fullAnswer() *recommend.Answer {
	rec := recommend.Recommendation{
		Topic: "sleep", Mindset: decision.Consumer, Sender: decision.Insurer, Handoff: "ask your plan",
		Advice: []*recommend.Advice{{ID: "sleep_help", Title: "title", Text: "text {x}", Language: "es", BenefitID: "sleep_program",
			Links: []recommend.Link{{Label: "label", URL: "/url"}}, Placeholders: []string{"x"}, Variant: "short"}},
		Reasons:    []*recommend.Reason{{Code: decision.RuleMatch, Table: "sender", RuleID: "row", Text: "because", Title: "title"}},
		Suppressed: []recommend.Suppressed{{AdviceID: "gym", Code: decision.QuietHours, PolicyID: "quiet_hours", RetryAt: moment.Add(time.Hour)}, {AdviceID: "dpp", Code: decision.OptedOut, PolicyID: "opt_out"}},
	}
	return &recommend.Answer{ID: "id", Revision: "r-1", DecidedAt: moment, ValidUntil: moment.Add(time.Minute), NeededFacts: []string{"bmi"},
		Cache: recommend.Cache{Status: recommend.CacheHit, Age: 1500 * time.Millisecond}, Recommendations: []recommend.Recommendation{rec, rec, rec, rec}}
}

// TestDecisionSaysAll looks for fields that an answer leaves empty.
func TestDecisionSaysAll(t *testing.T) {
	d := Decision(fullAnswer())
	empty(t, "decision", d.ProtoReflect())
	if len(d.Recommendations) != 4 || d.Recommendations[3].Topic != "sleep" {
		t.Errorf("%d recommendations", len(d.Recommendations))
	}
	if !d.DecidedAt.AsTime().Equal(moment) || !d.ValidUntil.AsTime().Equal(moment.Add(time.Minute)) || d.Cache.Age.AsDuration() != 1500*time.Millisecond {
		t.Errorf("the times are %v", d)
	}
	held := d.Recommendations[0].Suppressed
	if held[0].RetryAt.AsTime() != moment.Add(time.Hour) || held[1].RetryAt != nil {
		t.Errorf("retry at %v, %v", held[0].RetryAt, held[1].RetryAt)
	}
	if d := Decision(&recommend.Answer{}); d.DecidedAt == nil || d.Cache.Status != pb.Cache_BYPASS || d.Cache.Age == nil {
		t.Errorf("an empty answer: %v", d)
	}
}

// empty fails for each field of m that is not set, at any depth of first elements.
func empty(t *testing.T, path string, m protoreflect.Message) {
	t.Helper()
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		at := path + "." + string(f.Name())
		if !m.Has(f) {
			t.Errorf("%s is empty", at)
			continue
		}
		switch {
		case f.IsList() && f.Message() != nil:
			empty(t, at, m.Get(f).List().Get(0).Message())
		case f.Message() != nil && f.Message().ParentFile().Package() == "rightvoice.v1":
			empty(t, at, m.Get(f).Message())
		}
	}
}

func TestExplanationSaysAll(t *testing.T) {
	a := fullAnswer()
	m := Explanation(&recommend.Explanation{Revision: "r-1", At: moment, ValidUntil: moment, Recommendations: a.Recommendations, NeededFacts: a.NeededFacts,
		FactsRead: []recommend.FactRead{{Name: "bmi", Label: "BMI", Value: "31", Known: true}},
		Topics: []recommend.TopicTrace{{Topic: "sleep", Rows: []recommend.RowTrace{{Table: "sender", RuleID: "row", Tier: "coverage", Verdict: recommend.Almost,
			Outcome: "insurer", Sentence: "If …", Because: "because", Failed: "failed", Needs: "needs", Code: decision.RuleMatch}}}}})
	m.Decision.DecisionId = "none, because nothing is stored"
	empty(t, "explanation", m.ProtoReflect())
	if m.Decision.Cache.Status != pb.Cache_BYPASS {
		t.Errorf("the cache says %v", m.Decision.Cache.Status)
	}
}

func TestRequest(t *testing.T) {
	words := vocabulary(t)
	m := typical()
	m.Consistency, m.MinRevision = pb.RecommendRequest_FRESH, "r-0123456789abcdef"
	m.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "2026-01-02", Abated: "2026-02-03"}, {System: pb.Diagnosis_SNOMED, Code: "1"}}
	q, err := Request(m, words)
	if err != nil {
		t.Fatal(err)
	}
	if q.RequestID != "q-1" || q.Tenant != "default" || q.MemberRef != "m-1" || q.Asker != recommend.Insurer || q.Text != "I can't sleep" || q.Language != "en" ||
		q.Consistency != recommend.Fresh || !q.HasTopic || q.Topic != 0 || !q.Facts.Known(1) {
		t.Errorf("got %+v", q)
	}
	if d := q.Diagnoses; len(d) != 2 || d[0].Code != "E11.9" || d[0].Onset.Format(time.DateOnly) != "2026-01-02" || d[0].Abated.Format(time.DateOnly) != "2026-02-03" || !d[1].Onset.IsZero() || d[0].System == d[1].System {
		t.Errorf("the diagnoses are %+v", d)
	}
	if q, err := Request(&pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED}, nil); err != nil || q.HasTopic || q.Asker != recommend.Integrated || q.Consistency != recommend.Cached {
		t.Errorf("an empty request without a revision: %+v %v", q, err)
	}
	m.Topic, m.Diagnoses[1].Abated = "canary", "2026-02-30"
	_, err = Request(m, words)
	if err == nil || err.Error() != "diagnoses[1].abated: must be a day such as 2026-01-31; topic: must be one of sleep, weight, coverage" {
		t.Errorf("got %v", err)
	}
	_, err = ExplainRequest(&pb.ExplainRequest{Request: m}, words)
	if invalid, ok := err.(Invalid); !ok || invalid[1].Field != "request.topic" {
		t.Errorf("got %v", err)
	}
	if _, err := ExplainRequest(&pb.ExplainRequest{Request: typical()}, words); err != nil {
		t.Errorf("a good one: %v", err)
	}
	for _, now := range []*timestamppb.Timestamp{{Seconds: -62135596800}, {Seconds: -1}, {Nanos: -1}, {Seconds: 253402300799}, {Seconds: math.MaxInt64}} {
		_, err := ExplainRequest(&pb.ExplainRequest{Request: typical(), Now: now}, words)
		if invalid, ok := err.(Invalid); !ok || invalid[0].Field != "now" {
			t.Errorf("the time %v: %v", now, err)
		}
	}
}

func TestPages(t *testing.T) {
	answers := []*recommend.Answer{{ID: "c"}, {ID: "b"}, {ID: "a"}}
	q := &pb.ListDecisionsRequest{PageSize: 2, PageToken: "d", MemberRef: "m", Tenant: "t", Asker: pb.Asker_ASKER_PROVIDER, Language: "es"}
	if got := ListQuery(q); got != (recommend.DecisionQuery{Tenant: "t", MemberRef: "m", Asker: recommend.Provider, Language: "es", Limit: 3, After: "d"}) {
		t.Errorf("got %+v", got)
	}
	if p := Page(q, answers); len(p.Decisions) != 2 || p.NextPageToken != "b" {
		t.Errorf("a page with another behind it: %v", p)
	}
	if p := Page(q, answers[:2]); len(p.Decisions) != 2 || p.NextPageToken != "" {
		t.Errorf("the last page, which is full: %v", p)
	}
	if got := ListQuery(&pb.ListDecisionsRequest{}); got.Limit != DefaultPage+1 || got.Asker != recommend.NotSaid {
		t.Errorf("got %+v", got)
	}
}

func TestFeedbackAndQuery(t *testing.T) {
	f, err := Feedback(&pb.RecordFeedbackRequest{DecisionId: "d", Tenant: "t", Asker: pb.Asker_ASKER_PROVIDER, Kind: pb.FeedbackKind_FEEDBACK_KIND_OVERRIDDEN, Topic: "sleep", AdviceId: "a", Reason: "r"})
	if err != nil || f != (recommend.Feedback{Tenant: "t", DecisionID: "d", Outcome: recommend.Overridden, Topic: "sleep", AdviceID: "a", Reason: "r", Asker: recommend.Provider, Unasked: true}) {
		t.Errorf("got %+v, %v", f, err)
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f, err = Feedback(&pb.RecordFeedbackRequest{At: timestamppb.New(at), Channel: pb.Channel_CHANNEL_SMS, Direction: pb.Direction_DIRECTION_INBOUND})
	if err != nil || !f.At.Equal(at) || f.Channel != "sms" || f.Unasked {
		t.Errorf("got %+v, %v", f, err)
	}
	if _, err = Feedback(&pb.RecordFeedbackRequest{At: &timestamppb.Timestamp{Nanos: -1}}); err == nil {
		t.Error("a time that is none is taken")
	}
	q := DecisionQuery(&pb.GetDecisionRequest{DecisionId: "d", Tenant: "t", Asker: pb.Asker_ASKER_INSURER, Language: "es"})
	if q != (recommend.DecisionQuery{Tenant: "t", DecisionID: "d", Asker: recommend.Insurer, Language: "es"}) {
		t.Errorf("got %+v", q)
	}
}

func BenchmarkDecision(b *testing.B) {
	a := fullAnswer()
	a.Recommendations = a.Recommendations[:1]
	b.ReportAllocs()
	for b.Loop() {
		Decision(a)
	}
}
