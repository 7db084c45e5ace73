package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// claims are events as a claims feed tells them, of so many members.
func claims(events, members int) *pb.RecordFactsRequest {
	r := &pb.RecordFactsRequest{Asker: pb.Asker_ASKER_INSURER}
	at := time.Now().Add(-time.Hour)
	for i := range events {
		r.Events = append(r.Events, &pb.FactEvent{MemberRef: fmt.Sprintf("member-%06d", i%members), Source: "claims-east", AsOf: timestamppb.New(at.Add(time.Duration(i) * time.Millisecond)),
			Context: &pb.MemberContext{ClaimEvent: ptr(pb.ClaimEvent_CLAIM_EVENT_NEW_EOB), CoverageStatus: ptr(pb.CoverageStatus_COVERAGE_STATUS_ACTIVE),
				LineOfBusiness: ptr(pb.LineOfBusiness_LINE_OF_BUSINESS_EMPLOYER), BenefitAvailable: []string{"gym", "sleep_program", "telehealth"}, DeductibleLeftUsd: ptr(int32(i % 5000))},
			Diagnoses: []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "2020-05-01"}, {System: pb.Diagnosis_ICD10CM, Code: "J01.90"}}})
	}
	return r
}

// TestTenThousandEventsAreOneCall tells as many as one call may, over gRPC and
// with Redis, and then the same again.
func TestTenThousandEventsAreOneCall(t *testing.T) {
	redis := storetest.StartRedis(t)
	n := start(t, sharing(redis))
	r := claims(10_000, 10_000)
	for _, round := range []string{"first", "again"} {
		began := time.Now()
		out, err := n.grpc.RecordFacts(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: 10,000 events of %d bytes in %v; the answer has %d bytes", round, proto.Size(r), time.Since(began), proto.Size(out))
		if out.Summary.Recorded != 10_000 || len(out.Results) != 10_000 || len(out.Results[9999].GetRecorded().GetFacts()) < 6 {
			t.Fatalf("%v, the last being %v", out.Summary, out.Results[9999])
		}
	}
	if got := n.known(t, pb.Asker_ASKER_INSURER, "member-009999"); got["deductible_left_usd"].GetValue().GetNumberValue() != 4999 || got["chronic_dx"] == nil {
		t.Errorf("the last member: %v", got)
	}
}

// TestTenThousandBadEvents refuses each by itself.
func TestTenThousandBadEvents(t *testing.T) {
	n := start(t, nil)
	r := claims(10_000, 10)
	for _, e := range r.Events {
		e.Source, e.Context.BenefitAvailable = "a feed in words", []string{canary}
	}
	began := time.Now()
	out, err := n.grpc.RecordFacts(context.Background(), r)
	if err != nil || out.Summary.Refused != 10_000 {
		t.Fatalf("%v %v", out.GetSummary(), err)
	}
	t.Logf("10,000 refusals in %v; the answer has %d bytes", time.Since(began), proto.Size(out))
}

// TestOneBadEventNeverFailsTheRest spoils one event in every way, over both
// transports.
func TestOneBadEventNeverFailsTheRest(t *testing.T) {
	n := start(t, nil)
	for name, try := range map[string]struct {
		spoil func(*pb.FactEvent)
		field string
	}{
		"of nobody":              {func(e *pb.FactEvent) { e.MemberRef = "" }, "memberRef"},
		"of a long name":         {func(e *pb.FactEvent) { e.MemberRef = strings.Repeat(canary, 30) }, "memberRef"},
		"a feed in words":        {func(e *pb.FactEvent) { e.Source = "canary feed" }, "source"},
		"at no time":             {func(e *pb.FactEvent) { e.AsOf = nil }, "asOf"},
		"before all times":       {func(e *pb.FactEvent) { e.AsOf = &timestamppb.Timestamp{Seconds: -1} }, "asOf"},
		"in the future":          {func(e *pb.FactEvent) { e.AsOf = timestamppb.New(time.Now().Add(time.Hour)) }, "asOf"},
		"an impossible pressure": {func(e *pb.FactEvent) { e.Context.BpSystolic = ptr[int32](9000) }, "context.bpSystolic"},
		"an unknown condition":   {func(e *pb.FactEvent) { e.Context.ChronicDx = []string{"diabetes", canary} }, "context.chronicDx[1]"},
		"what a text is about":   {func(e *pb.FactEvent) { e.Context.TextIntent = ptr(pb.TextIntent_TEXT_INTENT_SYMPTOM) }, "context.textIntent"},
		"an emergency sign":      {func(e *pb.FactEvent) { e.Context.TextRedFlag = []string{"chest_pain"} }, "context.textRedFlag"},
		"the hour":               {func(e *pb.FactEvent) { e.Context.LocalHour = ptr[int32](3) }, "context.localHour"},
		"who is looking":         {func(e *pb.FactEvent) { e.Context.ViewerRole = ptr(pb.ViewerRole_VIEWER_ROLE_SELF) }, "context.viewerRole"},
		"a view":                 {func(e *pb.FactEvent) { e.Context.MemberChoice = ptr(pb.MemberChoice_MEMBER_CHOICE_PATIENT) }, "context.memberChoice"},
		"a code of no form": {func(e *pb.FactEvent) {
			e.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "canary canary"}}
		}, "diagnoses[0].code"},
		"a code of no system": {func(e *pb.FactEvent) { e.Diagnoses = []*pb.Diagnosis{{Code: "E11.9"}} }, "diagnoses[0].system"},
		"a day that never was": {func(e *pb.FactEvent) {
			e.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "2026-02-30"}}
		}, "diagnoses[0].onset"},
		"taking back no fact":    {func(e *pb.FactEvent) { e.Retract = []string{canary} }, "retract[0]"},
		"taking back what it is": {func(e *pb.FactEvent) { e.Retract = []string{"acute_dx_active"} }, "retract[0]"},
		"an attribute of no fact": {func(e *pb.FactEvent) {
			e.Attributes = map[string]*pb.AttributeValue{canary: {Value: &pb.AttributeValue_BoolValue{}}}
		}, "attributes[canary]"},
		"a zone that is none": {func(e *pb.FactEvent) { e.TimeZone = "Canary/Canary" }, "timeZone"},
		"nothing":             {func(e *pb.FactEvent) { e.Context = nil }, ""},
	} {
		bad := event("m", "ehr", &pb.MemberContext{AcuteDxActive: ptr(true)})
		try.spoil(bad)
		r := &pb.RecordFactsRequest{Asker: pb.Asker_ASKER_PROVIDER, Events: []*pb.FactEvent{leftTheER("m"), bad, leftTheER("m2")}}
		over := &pb.RecordFactsResponse{}
		if got := n.post(t, "/v1/members:recordFacts", r, over); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.status, got.body)
			continue
		}
		told, err := n.grpc.RecordFacts(context.Background(), r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for transport, out := range map[string]*pb.RecordFactsResponse{"REST": over, "gRPC": told} {
			s := out.Summary
			if s.Recorded != 2 || s.Refused != 1 || len(out.Results) != 3 || out.Results[1].GetError() == nil {
				t.Errorf("%s over %s: %v", name, transport, out)
				continue
			}
			refused := rightvoice.EventError(out.Results[1]).(*rightvoice.Error)
			field := ""
			if len(refused.FieldViolations) > 0 {
				field = refused.FieldViolations[0].Field
			}
			if field != try.field || refused.Reason != "INVALID_ARGUMENT" || try.field != "attributes[canary]" && strings.Contains(strings.ToLower(refused.Error()), canary) {
				t.Errorf("%s over %s: %v, want a word on %q", name, transport, refused, try.field)
			}
		}
	}
	if strings.Contains(strings.ToLower(n.log.String()+n.metrics(t)), canary) {
		t.Error("what was sent is in the log or the metrics")
	}
}

// TestBundlesOverBothTransports imports one bundle twice; REST takes it as the
// JSON that it is.
func TestBundlesOverBothTransports(t *testing.T) {
	n := start(t, nil)
	over := n.send(t, "POST", "/v1/members:importFhir", `{"memberRef":"r","asker":"ASKER_PROVIDER","source":"ehr","bundle":`+inCare+`}`)
	told, err := n.grpc.ImportFhir(context.Background(), &pb.ImportFhirRequest{MemberRef: "g", Asker: pb.Asker_ASKER_PROVIDER, Source: "ehr", Bundle: []byte(inCare)})
	if over.status != http.StatusOK || err != nil {
		t.Fatalf("%d %s, %v", over.status, over.body, err)
	}
	var names []string
	for _, f := range told.Facts {
		names = append(names, f.Name)
		if len(f.From) == 0 || f.AsOf == nil {
			t.Errorf("nobody knows where %v comes from", f)
		}
	}
	var body struct {
		Facts   []struct{ Name string }
		Ignored []struct{ Resource, Code string }
	}
	if err := json.Unmarshal(over.body, &body); err != nil || len(body.Facts) != len(names) || len(body.Ignored) != len(told.Ignored) || len(names) < 2 || len(told.Ignored) == 0 {
		t.Errorf("REST answers %s, gRPC %v", over.body, told)
	}
	r, g := n.known(t, pb.Asker_ASKER_PROVIDER, "r"), n.known(t, pb.Asker_ASKER_PROVIDER, "g")
	if len(r) != len(names) || len(g) != len(names) || r["age_years"].GetValue().GetNumberValue() < 46 {
		t.Errorf("known over REST: %v, over gRPC: %v", r, g)
	}
	if d := n.overREST(t, asks(pb.Asker_ASKER_INSURER, "r", "activity")).Recommendations[0]; d.Sender == pb.Sender_SENDER_INSURER {
		t.Errorf("a member in the ER: %v", d)
	}
}

// TestBundlesThatCannotBeRead store nothing and say where they break.
func TestBundlesThatCannotBeRead(t *testing.T) {
	n := start(t, nil)
	two := strings.Replace(inCare, `"entry":[`, `"entry":[{"resource":{"resourceType":"Patient","id":"q"}},{"resource":{"resourceType":"Encounter","id":"f","status":"finished","subject":{"reference":"Patient/q"}}},`, 1)
	for name, try := range map[string]struct {
		bundle        string
		status        int
		reason, field string
	}{
		"cut off":             {inCare[:len(inCare)/2], 400, "INVALID_ARGUMENT", "bundle"},
		"no JSON":             {`{"resourceType":"Bundle",canary}`, 400, "INVALID_ARGUMENT", "bundle"},
		"another thing":       {`{"resourceType":"canary"}`, 400, "INVALID_ARGUMENT", "bundle"},
		"two members":         {two, 400, "INVALID_ARGUMENT", "bundle"},
		"more than anybody":   {`{"resourceType":"Bundle","x":"` + strings.Repeat("canary", 20<<20/6) + `"}`, 413, "BODY_TOO_LARGE", ""},
		"a list of resources": {`[` + inCare + `]`, 400, "INVALID_ARGUMENT", "bundle"},
	} {
		over := n.send(t, "POST", "/v1/members:importFhir", `{"memberRef":"m","asker":"ASKER_PROVIDER","source":"ehr","bundle":`+try.bundle+`}`)
		got := refusalOf(t, over)
		if over.status != try.status || got.reason != try.reason || !strings.HasPrefix(strings.Join(got.fields, " "), try.field) || strings.Contains(string(over.body), canary) {
			t.Errorf("%s over REST: %d %s", name, over.status, over.body)
		}
		_, err := n.grpc.ImportFhir(context.Background(), &pb.ImportFhirRequest{MemberRef: "m", Asker: pb.Asker_ASKER_PROVIDER, Source: "ehr", Bundle: []byte(try.bundle)})
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%s over gRPC: %v", name, err)
		}
	}
	if got := n.known(t, pb.Asker_ASKER_PROVIDER, "m"); len(got) != 0 {
		t.Errorf("half of it is stored: %v", got)
	}
}
