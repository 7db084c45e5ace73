package e2e

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/prototext"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// spans is a trace collector that keeps what it is sent, as text.
type spans struct {
	collector.UnimplementedTraceServiceServer
	mu  sync.Mutex
	got strings.Builder
}

func (s *spans) Export(_ context.Context, in *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got.WriteString(prototext.Format(in))
	return &collector.ExportTraceServiceResponse{}, nil
}

func (s *spans) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got.String()
}

func startCollector(t *testing.T) (*spans, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, server := &spans{}, grpc.NewServer()
	collector.RegisterTraceServiceServer(server, s)
	go server.Serve(l)
	t.Cleanup(server.Stop)
	return s, "http://" + l.Addr().String()
}

// words that callers send, each in a place of its own. None may be found where
// operators or thieves look.
var canaries = []string{"canarytext", "canarymember", "canaryrequest", "canaryfield", "canaryvalue", "canaryquery", "canarypath", "canaryheader", "canarytopic", "canaryreason", "canarysource", "E11.641", "America/Adak", "hours_since_acute_care"}

// TestG14TextIsNeverWrittenDown sends good, bad and urgent requests over both
// transports and looks for what was sent in the log, the metrics, the traces,
// and everything that Redis holds.
func TestG14TextIsNeverWrittenDown(t *testing.T) {
	redis := storetest.StartRedis(t)
	traces, collectorURL := startCollector(t)
	n := start(t, func(c *config.Config) {
		sharing(redis)(c)
		c.OTLPEndpoint, c.TraceRatio = collectorURL, 1
	})
	decision := askEverything(t, n)
	metrics := n.metrics(t)
	var keys, values strings.Builder
	waitForRecords(t, n)
	dump(t, redis, &keys, &values)
	if err := n.end(); err != nil { // sends the traces that are left
		t.Fatal(err)
	}
	places := map[string]string{"log": n.log.String(), "metrics": metrics, "traces": traces.String(), "names of entries": keys.String(), "entries": values.String()}
	for place, text := range places {
		if len(text) < 100 {
			t.Errorf("nothing in the %s, so this test shows nothing: %q", place, text)
		}
		for _, c := range canaries {
			if strings.Contains(strings.ToLower(text), strings.ToLower(c)) {
				t.Errorf("%s is in the %s", c, place)
			}
		}
	}
	for _, place := range []string{"names of entries", "entries", "log", "metrics"} {
		if strings.Contains(places[place], decision.DecisionId) || place == "entries" && strings.Contains(places[place], decision.Revision) {
			t.Errorf("what was decided can be read in the %s", place)
		}
	}
	for _, want := range []string{"Recommend", "BatchRecommend", "GetDecision", "RecordFacts", "ImportFhir", "SetChoice", "GetMember", "ForgetMember", "rest", "grpc"} {
		if !strings.Contains(places["traces"], want) {
			t.Errorf("the traces lack %s", want)
		}
	}
}

// askEverything sends each canary in its place, over both transports.
func askEverything(t *testing.T, n *node) *pb.Decision {
	t.Helper()
	ctx := context.Background()
	good := sleepless(pb.Asker_ASKER_INSURER, "canarymember")
	good.RequestId, good.Text = "canaryrequest", "canarytext I cannot sleep"
	good.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.641"}}
	d := n.overREST(t, good)
	n.overGRPC(t, good)
	urgent := sleepless(pb.Asker_ASKER_PROVIDER, "canarymember")
	urgent.Text = "canarytext crushing chest pain"
	n.overREST(t, urgent)
	bad := sleepless(pb.Asker_ASKER_INSURER, "canarymember")
	bad.Topic, bad.Text = "canarytopic", "canarytext"
	n.post(t, recommendations, bad, &pb.Decision{})
	n.grpc.Recommend(ctx, bad)
	bad.Text = strings.Repeat("canarytext ", 300)
	n.post(t, recommendations, bad, &pb.Decision{})
	n.grpc.Recommend(ctx, bad)
	n.grpc.RecommendBatch(ctx, []*pb.RecommendRequest{good, bad})
	for range n.grpc.RecommendAll(ctx, func(yield func(*pb.RecommendRequest) bool) { _ = yield(good) && yield(urgent) }) {
	}
	n.grpc.Explain(ctx, &pb.ExplainRequest{Request: good})
	n.grpc.GetDecision(ctx, &pb.GetDecisionRequest{DecisionId: d.DecisionId})
	n.grpc.ListDecisions(ctx, &pb.ListDecisionsRequest{MemberRef: "canarymember"})
	n.grpc.RecordFeedback(ctx, &pb.RecordFeedbackRequest{DecisionId: d.DecisionId, Asker: pb.Asker_ASKER_INSURER, Kind: pb.FeedbackKind_FEEDBACK_KIND_OVERRIDDEN, Reason: "canaryreason"})
	for _, body := range []string{`{"asker":"canaryvalue"}`, `{"canaryfield":"canaryvalue"}`, `{"text":"canarytext`, `{"context":{"bmi":"canaryvalue"}}`} {
		n.send(t, "POST", recommendations, body, "X-Request-Id", "canaryheader", "Grpc-Metadata-Member", "canaryheader", "Cookie", "canaryheader")
	}
	tellEverything(t, n)
	n.send(t, "GET", "/v1/decisions/canarypath?asker=canaryquery", "")
	n.send(t, "GET", "/canarypath?canaryquery=canaryquery", "")
	n.send(t, "POST", "/v1/decisions/canarypath/feedback", `{"reason":"canaryreason"}`)
	return d
}

// tellEverything sends each canary to the methods about what is stored.
func tellEverything(t *testing.T, n *node) {
	t.Helper()
	ctx, asker := context.Background(), pb.Asker_ASKER_PROVIDER
	good := leftTheER("canarymember")
	good.Source, good.TimeZone = "canarysource", "America/Adak"
	good.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.641"}}
	bad := event("canarymember", "canary value", &pb.MemberContext{ChronicDx: []string{"canaryvalue"}, TextIntent: ptr(pb.TextIntent_TEXT_INTENT_SYMPTOM)})
	bad.Attributes = map[string]*pb.AttributeValue{"canaryfield": {}}
	r := &pb.RecordFactsRequest{Asker: asker, Events: []*pb.FactEvent{good, bad}}
	n.post(t, "/v1/members:recordFacts", r, &pb.RecordFactsResponse{})
	if _, err := n.grpc.RecordFacts(ctx, r); err != nil {
		t.Fatal(err)
	}
	n.overGRPC(t, &pb.RecommendRequest{Asker: asker, MemberRef: "canarymember", Topic: "activity"})
	for _, bundle := range []string{inCare, `{"resourceType":"canaryvalue"}`, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"canarypath"}},{"canaryfield":canaryvalue`} {
		n.send(t, "POST", "/v1/members:importFhir", `{"memberRef":"canarymember","asker":"ASKER_PROVIDER","source":"canarysource","bundle":`+bundle+`}`)
		n.grpc.ImportFhir(ctx, &pb.ImportFhirRequest{MemberRef: "canarymember", Asker: asker, Source: "canarysource", Bundle: []byte(bundle)})
	}
	for _, topic := range []string{"sleep", "canarytopic"} {
		n.post(t, "/v1/members:setChoice", optOut("canarymember", topic, true), &pb.SetChoiceResponse{})
		n.grpc.SetChoice(ctx, optOut("canarymember", topic, true))
	}
	who := &pb.GetMemberRequest{MemberRef: "canarymember", Asker: asker}
	n.post(t, "/v1/members:get", who, &pb.GetMemberResponse{})
	if m, err := n.grpc.GetMember(ctx, who); err != nil || len(m.Facts) < 4 {
		t.Fatalf("nothing is stored, so this test shows nothing: %v %v", m, err)
	}
	n.send(t, "POST", "/v1/members:get?memberRef=canaryquery", `{"memberRef":"canarymember"}`)
	n.send(t, "POST", "/v1/members:forget", `{"memberRef":"canarymember","canaryfield":1}`)
	n.grpc.ForgetMember(ctx, &pb.ForgetMemberRequest{MemberRef: "canarymember", Tenant: "another", Asker: asker})
}

// waitForRecords waits until what is written behind the answers is written.
func waitForRecords(t *testing.T, n *node) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if m := n.metrics(t); strings.Contains(m, "rightvoice_records_pending 0\n") && !strings.Contains(m, "rightvoice_records_written_total 0\n") {
			return
		}
	}
	t.Fatal("no record was written")
}

// dump reads every name and everything under it.
func dump(t *testing.T, redis *storetest.Server, keys, values *strings.Builder) {
	t.Helper()
	all, _ := redis.MustDo(t, "KEYS", "*").([]any)
	for _, k := range all {
		name := fmt.Sprint(k)
		fmt.Fprintln(keys, name)
		fmt.Fprintln(values, redis.MustDo(t, "DUMP", name))
	}
}
