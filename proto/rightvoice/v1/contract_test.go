package rightvoicev1_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"buf.build/go/protovalidate"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// request reads a RecommendRequest from JSON as strictly as the server does.
func request(t *testing.T, fields string) *rightvoicev1.RecommendRequest {
	t.Helper()
	m := &rightvoicev1.RecommendRequest{}
	if err := protojson.Unmarshal([]byte(`{`+fields+`}`), m); err != nil {
		t.Fatal(err)
	}
	return m
}

// broken names the fields that the validation rules refuse.
func broken(t *testing.T, m proto.Message) []string {
	t.Helper()
	err := protovalidate.Validate(m)
	var invalid *protovalidate.ValidationError
	if err == nil {
		return nil
	}
	if !errors.As(err, &invalid) {
		t.Fatalf("a rule that does not work: %v", err)
	}
	var paths []string
	for _, v := range invalid.Violations {
		paths = append(paths, protovalidate.FieldPathString(v.Proto.GetField()))
	}
	slices.Sort(paths)
	return paths
}

func TestRequestsThatFit(t *testing.T) {
	for name, fields := range map[string]string{
		"nothing but the asker": `"topic": ""`,
		"the longest text":      `"text": "` + strings.Repeat("é", 2000) + `"`,
		"the longest ids":       `"memberRef": "` + strings.Repeat("m", 128) + `", "requestId": "` + strings.Repeat("r", 128) + `"`,
		"a language":            `"language": "es-419"`,
		"the ends of ranges":    `"context": {"ageYears": 0, "hoursSinceAcuteCare": 8784, "a1cPct": 25, "bpSystolic": 40, "localHour": 0}`,
		"lists":                 `"context": {"benefitAvailable": ["gym", "gym"], "optOutChannels": ["OPT_OUT_CHANNEL_SMS"], "knownEmpty": ["chronic_dx"]}`,
		"a known false":         `"context": {"acuteDxActive": false, "encounterClassNow": "ENCOUNTER_CLASS_NONE"}`,
		"attributes":            `"attributes": {"a": {"boolValue": false}, "b": {"setValue": {}}, "c": {"decimalValue": -0.5}}`,
		"diagnoses":             `"diagnoses": [{"system": "ICD10CM", "code": "S93.401A", "onset": "2026-01-02"}, {"system": "SNOMED", "code": "444814009"}]`,
		"a revision to wait on": `"minRevision": "r-0123456789abcdef", "consistency": "FRESH"`,
	} {
		if got := broken(t, request(t, `"asker": "ASKER_INSURER", `+fields)); got != nil {
			t.Errorf("%s: refused for %v", name, got)
		}
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	for name, try := range map[string]struct{ fields, path string }{
		"no asker":                {`"asker": "ASKER_UNSPECIFIED"`, "asker"},
		"a number for asker":      {`"asker": 9`, "asker"},
		"text too long":           {`"text": "` + strings.Repeat("é", 2001) + `"`, "text"},
		"member id too long":      {`"memberRef": "` + strings.Repeat("m", 129) + `"`, "member_ref"},
		"request id too long":     {`"requestId": "` + strings.Repeat("r", 129) + `"`, "request_id"},
		"a language in words":     {`"language": "en us"`, "language"},
		"a tenant with a /":       {`"tenant": "a/b"`, "tenant"},
		"negative hours":          {`"context": {"hoursSinceAcuteCare": -1}`, "context.hours_since_acute_care"},
		"negative days":           {`"context": {"newRxDays": -1}`, "context.new_rx_days"},
		"an old member":           {`"context": {"ageYears": 121}`, "context.age_years"},
		"no number":               {`"context": {"bmi": "NaN"}`, "context.bmi"},
		"endless":                 {`"context": {"a1cPct": "Infinity"}`, "context.a1c_pct"},
		"an enum's zero":          {`"context": {"encounterClassNow": "ENCOUNTER_CLASS_UNSPECIFIED"}`, "context.encounter_class_now"},
		"an enum's number":        {`"context": {"optOutChannels": [1, 99]}`, "context.opt_out_channels[1]"},
		"an empty word":           {`"context": {"chronicDx": [""]}`, "context.chronic_dx[0]"},
		"no such list":            {`"context": {"knownEmpty": ["bmi"]}`, "context.known_empty[0]"},
		"an attribute of no type": {`"attributes": {"a": {}}`, `attributes["a"].value`},
		"a code with spaces":      {`"diagnoses": [{"system": "ICD10CM", "code": "J 01"}]`, "diagnoses[0].code"},
		"a code of no system":     {`"diagnoses": [{"code": "J01"}]`, "diagnoses[0].system"},
		"a date in words":         {`"diagnoses": [{"system": "ICD10CM", "code": "J01", "onset": "May 2"}]`, "diagnoses[0].onset"},
		"a revision in words":     {`"minRevision": "latest"`, "min_revision"},
	} {
		if !strings.Contains(try.fields, "asker") {
			try.fields += `, "asker": "ASKER_PROVIDER"`
		}
		if got := broken(t, request(t, try.fields)); !slices.Equal(got, []string{try.path}) {
			t.Errorf("%s: refused for %v, want %s", name, got, try.path)
		}
	}
}

func TestOtherRequests(t *testing.T) {
	bad := &rightvoicev1.RecommendRequest{Text: strings.Repeat("x", 2001)}
	for name, try := range map[string]struct {
		m    proto.Message
		path []string
	}{
		"a bad one does not fail a batch":   {&rightvoicev1.BatchRecommendRequest{Requests: []*rightvoicev1.RecommendRequest{bad}}, nil},
		"an empty batch":                    {&rightvoicev1.BatchRecommendRequest{}, []string{"requests"}},
		"a batch of 1,001":                  {&rightvoicev1.BatchRecommendRequest{Requests: make([]*rightvoicev1.RecommendRequest, 1001)}, []string{"requests"}},
		"a bad one does not end a stream":   {&rightvoicev1.StreamRecommendRequest{Request: bad}, nil},
		"nothing to explain":                {&rightvoicev1.ExplainRequest{}, []string{"request"}},
		"a bad one to explain":              {&rightvoicev1.ExplainRequest{Request: bad}, []string{"request.asker", "request.text"}},
		"an id of another form":             {&rightvoicev1.GetDecisionRequest{DecisionId: "1"}, []string{"decision_id"}},
		"nobody's decisions":                {&rightvoicev1.ListDecisionsRequest{PageSize: 101}, []string{"member_ref", "page_size"}},
		"shown needs no reason":             {feedback(rightvoicev1.FeedbackKind_FEEDBACK_KIND_SHOWN, ""), nil},
		"overridden needs one":              {feedback(rightvoicev1.FeedbackKind_FEEDBACK_KIND_OVERRIDDEN, ""), []string{""}},
		"overridden with one":               {feedback(rightvoicev1.FeedbackKind_FEEDBACK_KIND_OVERRIDDEN, "declined"), nil},
		"feedback that says nothing of use": {feedback(0, ""), []string{"kind"}},
	} {
		if got := broken(t, try.m); !slices.Equal(got, try.path) {
			t.Errorf("%s: refused for %q, want %q", name, got, try.path)
		}
	}
}

func feedback(kind rightvoicev1.FeedbackKind, reason string) *rightvoicev1.RecordFeedbackRequest {
	return &rightvoicev1.RecordFeedbackRequest{DecisionId: "0198d3a4-0000-7000-8000-000000000000", Kind: kind, Reason: reason, Asker: rightvoicev1.Asker_ASKER_INSURER}
}

// TestUnknownIsNotZero holds the promise that a fact left out differs from one
// that is false, zero or none, on the wire and in JSON.
func TestUnknownIsNotZero(t *testing.T) {
	fields := (&rightvoicev1.MemberContext{}).ProtoReflect().Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !f.IsList() && !f.HasOptionalKeyword() {
			t.Errorf("%s cannot tell unknown from zero", f.Name())
		}
	}
	m := request(t, `"context": {"acuteDxActive": false, "newRxDays": 0}`)
	raw, err := protojson.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	back := &rightvoicev1.RecommendRequest{}
	if err := protojson.Unmarshal(raw, back); err != nil {
		t.Fatal(err)
	}
	if c := back.Context; c.AcuteDxActive == nil || c.NewRxDays == nil || c.InjuryDxRecent != nil || c.Bmi != nil {
		t.Errorf("after a round trip: %s", raw)
	}
}

// TestKnownEmptyNamesEveryList keeps MemberContext.known_empty in step with
// the lists beside it.
func TestKnownEmptyNamesEveryList(t *testing.T) {
	fields := (&rightvoicev1.MemberContext{}).ProtoReflect().Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if f.IsList() && f.Name() != "known_empty" {
			m := &rightvoicev1.RecommendRequest{Asker: 1, Context: &rightvoicev1.MemberContext{KnownEmpty: []string{string(f.Name())}}}
			if got := broken(t, m); got != nil {
				t.Errorf("known_empty does not take %s", f.Name())
			}
		}
	}
}

// services are those of the API.
var services = []protoreflect.ServiceDescriptor{
	rightvoicev1.File_rightvoice_v1_recommendation_service_proto.Services().ByName("RecommendationService"),
	rightvoicev1.File_rightvoice_v1_member_service_proto.Services().ByName("MemberService"),
	rightvoicev1.File_rightvoice_v1_rule_service_proto.Services().ByName("RuleService"),
	rightvoicev1.File_rightvoice_v1_insights_service_proto.Services().ByName("InsightsService"),
}

// sent are messages that are sent as well as answered: in them, left out means
// that it does not apply.
var sent = map[protoreflect.FullName]bool{
	"rightvoice.v1.RecommendRequest": true,
	"rightvoice.v1.EditOperation":    true,
	"rightvoice.v1.Condition":        true,
}

// TestAnswersAreAlwaysWhole checks that every field of an answer is marked
// REQUIRED, absent ones being named here, so that generated TypeScript types
// need no question mark.
func TestAnswersAreAlwaysWhole(t *testing.T) {
	absent := map[protoreflect.FullName]bool{
		"rightvoice.v1.Suppressed.retry_at":            true,
		"rightvoice.v1.RecommendResult.decision":       true,
		"rightvoice.v1.RecommendResult.error":          true,
		"rightvoice.v1.RecordFactsResult.recorded":     true,
		"rightvoice.v1.RecordFactsResult.error":        true,
		"rightvoice.v1.KnownFact.expires_at":           true,
		"rightvoice.v1.FactValue.bool_value":           true,
		"rightvoice.v1.FactValue.enum_value":           true,
		"rightvoice.v1.FactValue.set_value":            true,
		"rightvoice.v1.FactValue.number_value":         true,
		"rightvoice.v1.Rule.when":                      true,
		"rightvoice.v1.RuleExample.example":            true,
		"rightvoice.v1.Reason.title":                   true,
		"rightvoice.v1.Draft.publish_at":               true,
		"rightvoice.v1.Draft.publish_when_approved":    true,
		"rightvoice.v1.Draft.summary":                  true,
		"rightvoice.v1.PublishWhenApproved.publish_at": true,
		"rightvoice.v1.Version.summary":                true,
		"rightvoice.v1.GetVersionResponse.impact":      true,
		"rightvoice.v1.GetContentResponse.content":     true,
		"rightvoice.v1.Impact.assessed_at":             true,
		"rightvoice.v1.ProveDraftResponse.progress":    true,
		"rightvoice.v1.ProveDraftResponse.report":      true,
		"rightvoice.v1.AssessImpactResponse.progress":  true,
		"rightvoice.v1.AssessImpactResponse.impact":    true,
		"rightvoice.v1.GetInsightsResponse.holdout":    true,
		"rightvoice.v1.Arm.lift":                       true,
		"rightvoice.v1.Holdout.lift":                   true,
		"rightvoice.v1.DriftRow.drift":                 true,
	}
	seen := map[protoreflect.FullName]bool{}
	var visit func(protoreflect.MessageDescriptor)
	visit = func(m protoreflect.MessageDescriptor) {
		if seen[m.FullName()] || sent[m.FullName()] || m.IsMapEntry() || !strings.HasPrefix(string(m.FullName()), "rightvoice.") {
			return
		}
		seen[m.FullName()] = true
		for i := range m.Fields().Len() {
			f := m.Fields().Get(i)
			if required(f) == absent[f.FullName()] {
				t.Errorf("%s: required is %v", f.FullName(), required(f))
			}
			if f.Message() != nil {
				visit(f.Message())
			}
		}
	}
	for _, service := range services {
		for j := range service.Methods().Len() {
			visit(service.Methods().Get(j).Output())
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d messages were visited", len(seen))
	}
}

func required(f protoreflect.FieldDescriptor) bool {
	marks, _ := proto.GetExtension(f.Options(), annotations.E_FieldBehavior).([]annotations.FieldBehavior)
	return slices.Contains(marks, annotations.FieldBehavior_REQUIRED)
}
