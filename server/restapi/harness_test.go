package restapi

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// fake is a service that answers what a test tells it to.
type fake struct {
	pb.UnimplementedRecommendationServiceServer
	ctx context.Context
	in  any
	err error
}

func (f *fake) Recommend(ctx context.Context, in *pb.RecommendRequest) (*pb.RecommendResponse, error) {
	f.ctx, f.in = ctx, in
	if in.Topic == "panic" {
		panic("canary")
	}
	return &pb.RecommendResponse{Decision: &pb.Decision{DecisionId: "d", DecidedAt: &timestamppb.Timestamp{Seconds: 1}}}, f.err
}

func (f *fake) Explain(ctx context.Context, in *pb.ExplainRequest) (*pb.ExplainResponse, error) {
	f.ctx, f.in = ctx, in
	return &pb.ExplainResponse{}, f.err
}

func (f *fake) GetDecision(ctx context.Context, in *pb.GetDecisionRequest) (*pb.GetDecisionResponse, error) {
	f.ctx, f.in = ctx, in
	return &pb.GetDecisionResponse{Decision: &pb.Decision{DecisionId: in.DecisionId}}, f.err
}

func (f *fake) RecordFeedback(ctx context.Context, in *pb.RecordFeedbackRequest) (*pb.RecordFeedbackResponse, error) {
	f.ctx, f.in = ctx, in
	return &pb.RecordFeedbackResponse{Recorded: true}, f.err
}

// fakeMembers is the other service, and keeps what it was asked.
type fakeMembers struct {
	pb.UnimplementedMemberServiceServer
	in      any
	waiting chan struct{} // while not nil, imports wait until it is closed
}

func (f *fakeMembers) RecordFacts(_ context.Context, in *pb.RecordFactsRequest) (*pb.RecordFactsResponse, error) {
	f.in = in
	return &pb.RecordFactsResponse{Summary: &pb.RecordFactsSummary{Recorded: int32(len(in.Events))}}, nil
}

func (f *fakeMembers) ImportFhir(_ context.Context, in *pb.ImportFhirRequest) (*pb.ImportFhirResponse, error) {
	if f.waiting != nil { // several at once: what they bring is not kept
		<-f.waiting
		return &pb.ImportFhirResponse{}, nil
	}
	f.in = in
	return &pb.ImportFhirResponse{}, nil
}

func (f *fakeMembers) GetMember(_ context.Context, in *pb.GetMemberRequest) (*pb.GetMemberResponse, error) {
	f.in = in
	return &pb.GetMemberResponse{}, nil
}

func (f *fakeMembers) ForgetMember(_ context.Context, in *pb.ForgetMemberRequest) (*pb.ForgetMemberResponse, error) {
	f.in = in
	return &pb.ForgetMemberResponse{}, nil
}

type bench struct {
	*fake
	members *fakeMembers
	handler http.Handler
	log     *bytes.Buffer
	ready   bool
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{fake: &fake{}, members: &fakeMembers{}, log: &bytes.Buffer{}}
	tel, err := telemetry.New(context.Background(), telemetry.Options{LogTo: b.log, LogLevel: "debug"})
	if err != nil {
		t.Fatal(err)
	}
	chain := grpcapi.NewChain(grpcapi.ChainOptions{Log: tel.Log, Calls: tel.Calls(), Validator: wire.NewValidator(), RequestTimeout: time.Second, BatchTimeout: time.Second, MaxInFlight: 10})
	b.handler, err = New(context.Background(), Options{Server: b.fake, Members: b.members, Chain: chain, Telemetry: tel, Ready: func() bool { return b.ready },
		MaxBody: 4096, MaxImport: 64 << 10, CORSOrigins: []string{"https://portal.example"}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// send makes one request; headers are name, value, name, value.
func (b *bench) send(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

// refusal is the body of an error.
type refusal struct {
	Code    codes.Code
	Message string
	Details []struct {
		Type            string `json:"@type"`
		Reason, Domain  string
		FieldViolations []struct{ Field, Description string }
	}
}

func refusalOf(t *testing.T, w *httptest.ResponseRecorder) (r refusal, fields []string) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Header().Get("Content-Type") != "application/json" || len(r.Details) == 0 {
		t.Fatalf("no google.rpc.Status: %d %s %v", w.Code, w.Body, err)
	}
	for _, d := range r.Details {
		for _, v := range d.FieldViolations {
			fields = append(fields, v.Field)
		}
	}
	return r, fields
}

const ask = `{"asker":"ASKER_INSURER"}`
