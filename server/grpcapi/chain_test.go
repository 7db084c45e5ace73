package grpcapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// bench is a chain with a place to look at what it tells.
type bench struct {
	chain *Chain
	tel   *telemetry.Telemetry
	log   *bytes.Buffer
	call  grpc.UnaryServerInterceptor
}

func newBench(t *testing.T, change func(*ChainOptions)) *bench {
	t.Helper()
	b := &bench{log: &bytes.Buffer{}}
	var err error
	if b.tel, err = telemetry.New(context.Background(), telemetry.Options{LogTo: b.log, LogLevel: "debug"}); err != nil {
		t.Fatal(err)
	}
	o := ChainOptions{Log: b.tel.Log, Calls: b.tel.Calls(), Validator: wire.NewValidator(), RequestTimeout: time.Second, BatchTimeout: time.Minute, MaxInFlight: 4}
	if change != nil {
		change(&o)
	}
	b.chain = NewChain(o)
	b.call = Compose(b.chain.Unary(GRPC))
	return b
}

func (b *bench) recommend(ctx context.Context, in *pb.RecommendRequest, handler grpc.UnaryHandler) error {
	_, err := b.call(ctx, in, &grpc.UnaryServerInfo{FullMethod: pb.RecommendationService_Recommend_FullMethodName}, handler)
	return err
}

func (b *bench) metrics() string {
	w := httptest.NewRecorder()
	b.tel.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

var question = &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER}

// reason is the ErrorInfo of a status, and its fields to blame.
func reason(err error) (string, []string) {
	var name string
	var fields []string
	for _, d := range status.Convert(err).Details() {
		switch d := d.(type) {
		case *errdetails.ErrorInfo:
			name = d.GetDomain() + "/" + d.GetReason()
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				fields = append(fields, v.GetField())
			}
		}
	}
	return name, fields
}

func TestErrorsBecomeStatuses(t *testing.T) {
	canary := errors.New("canary")
	for name, try := range map[string]struct {
		err    error
		code   codes.Code
		reason string
		field  string
	}{
		"a field":              {&recommend.Error{Code: recommend.InvalidArgument, Field: "topic", Message: "no such topic", Cause: canary}, codes.InvalidArgument, "INVALID_ARGUMENT", "topic"},
		"no decision":          {&recommend.Error{Code: recommend.NotFound, Message: "no such decision", Cause: canary}, codes.NotFound, "DECISION_NOT_FOUND", ""},
		"an old decision":      {&recommend.Error{Code: recommend.Expired, Message: "no longer kept"}, codes.NotFound, "DECISION_EXPIRED", ""},
		"no revision":          {&recommend.Error{Code: recommend.RevisionNotFound, Field: "revision", Message: "not here"}, codes.FailedPrecondition, "REVISION_NOT_FOUND", "revision"},
		"a revision to come":   {&recommend.Error{Code: recommend.RevisionNotInForce, Message: "not yet"}, codes.FailedPrecondition, "REVISION_NOT_IN_FORCE", ""},
		"no memory":            {fmt.Errorf("get: %w", &recommend.Error{Code: recommend.Unavailable, Message: "try again", Cause: canary}), codes.Unavailable, "MEMORY_UNAVAILABLE", ""},
		"an unknown code":      {&recommend.Error{Code: 99, Message: "canary"}, codes.Internal, "INTERNAL", ""},
		"a violation":          {wire.Invalid{{Field: "text", Message: "too long"}}, codes.InvalidArgument, "INVALID_ARGUMENT", "text"},
		"time":                 {fmt.Errorf("canary: %w", context.DeadlineExceeded), codes.DeadlineExceeded, "TIMEOUT", ""},
		"a caller that left":   {fmt.Errorf("canary: %w", context.Canceled), codes.Canceled, "CANCELLED", ""},
		"anything else":        {canary, codes.Internal, "INTERNAL", ""},
		"a library's status":   {status.Error(codes.InvalidArgument, "canary"), codes.Internal, "INTERNAL", ""},
		"a status of our own":  {overloaded, codes.ResourceExhausted, "OVERLOADED", ""},
		"another one's status": {foreignStatus(t), codes.Internal, "INTERNAL", ""},
	} {
		got := Shown(try.err)
		why, fields := reason(got)
		if status.Code(got) != try.code || why != Domain+"/"+try.reason || strings.Join(fields, " ") != try.field {
			t.Errorf("%s: %v %s %v, want %v %s %s", name, status.Code(got), why, fields, try.code, try.reason, try.field)
		}
		if strings.Contains(status.Convert(got).Proto().String(), "canary") {
			t.Errorf("%s: the status shows what is inside: %v", name, got)
		}
	}
	if Shown(nil) != nil {
		t.Error("no error became one")
	}
}

// foreignStatus is a status with the ErrorInfo of another service.
func foreignStatus(t *testing.T) error {
	t.Helper()
	s, err := status.New(codes.NotFound, "canary").WithDetails(&errdetails.ErrorInfo{Domain: "elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	return s.Err()
}

func TestManyViolationsStayReadable(t *testing.T) {
	var many wire.Invalid
	for range 100 {
		many = append(many, wire.Violation{Field: "text", Message: "too long"})
	}
	s := Invalid(many)
	if _, fields := reason(s.Err()); len(fields) != maxFields || s.Message() != "text: too long (and 99 more)" {
		t.Errorf("%d fields, %q", len(fields), s.Message())
	}
}

func TestAPanicIsAnInternalError(t *testing.T) {
	b := newBench(t, nil)
	err := b.recommend(context.Background(), question, func(context.Context, any) (any, error) { panic("canary " + question.String()) })
	if status.Code(err) != codes.Internal || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v", err)
	}
	if log := b.log.String(); strings.Contains(log, "canary") || strings.Contains(log, "ASKER") || !strings.Contains(log, `"value":"string"`) || !strings.Contains(log, "chain_test.go") {
		t.Errorf("the log must say where and not what: %s", log)
	}
	if !strings.Contains(b.metrics(), `rightvoice_requests_total{code="Internal",method="Recommend",transport="grpc"} 1`) || b.chain.InFlight() != 0 {
		t.Error("the call is not counted, or still counted as on its way")
	}
}

func TestCausesAreLoggedByTypeOnly(t *testing.T) {
	b := newBench(t, nil)
	b.recommend(context.Background(), question, func(context.Context, any) (any, error) {
		return nil, fmt.Errorf("canary: %w", errors.New("canary"))
	})
	if log := b.log.String(); strings.Contains(log, "canary") || !strings.Contains(log, "*fmt.wrapError of *errors.errorString") {
		t.Errorf("got %s", log)
	}
}

func TestInvalidRequestsDoNotReachTheMethod(t *testing.T) {
	b := newBench(t, nil)
	in := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, Text: strings.Repeat("canary ", 300), Context: &pb.MemberContext{NewRxDays: new(int32)}}
	*in.Context.NewRxDays = -3
	err := b.recommend(context.Background(), in, func(context.Context, any) (any, error) { t.Error("the method was called"); return nil, nil })
	why, fields := reason(err)
	if status.Code(err) != codes.InvalidArgument || why != "rightvoice/INVALID_ARGUMENT" || strings.Join(fields, " ") != "context.newRxDays text" {
		t.Errorf("got %v: %s %v", err, why, fields)
	}
	if all := b.log.String() + b.metrics() + err.Error(); strings.Contains(all, "canary") || strings.Contains(err.Error(), "-3") {
		t.Error("what was sent is repeated")
	}
}

func TestOverloadIsRefusedAtOnce(t *testing.T) {
	b := newBench(t, nil)
	enter, leave := make(chan struct{}), make(chan struct{})
	slow := func(context.Context, any) (any, error) { enter <- struct{}{}; <-leave; return nil, nil }
	for range 4 {
		go b.recommend(context.Background(), question, slow)
		<-enter
	}
	start := time.Now()
	err := b.recommend(context.Background(), question, slow)
	if why, _ := reason(err); status.Code(err) != codes.ResourceExhausted || why != "rightvoice/OVERLOADED" || time.Since(start) > 200*time.Millisecond {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	health := &grpc.UnaryServerInfo{FullMethod: "/grpc.health.v1.Health/Check"}
	if _, err := b.call(context.Background(), question, health, func(context.Context, any) (any, error) { return nil, nil }); err != nil {
		t.Errorf("health is refused: %v", err)
	}
	close(leave)
	for end := time.Now().Add(5 * time.Second); b.chain.InFlight() > 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if err := b.recommend(context.Background(), question, func(context.Context, any) (any, error) { return nil, nil }); err != nil {
		t.Errorf("refused although there is room: %v", err)
	}
}

func TestRequestsHaveADeadline(t *testing.T) {
	b := newBench(t, func(o *ChainOptions) { o.RequestTimeout = 10 * time.Millisecond })
	err := b.recommend(context.Background(), question, func(ctx context.Context, _ any) (any, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Second):
			return nil, nil
		}
	})
	if status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("got %v", err)
	}
	batch := &grpc.UnaryServerInfo{FullMethod: pb.RecommendationService_BatchRecommend_FullMethodName}
	_, err = b.call(context.Background(), &pb.BatchRecommendRequest{Requests: []*pb.RecommendRequest{question}}, batch, func(ctx context.Context, _ any) (any, error) {
		if at, ok := ctx.Deadline(); !ok || time.Until(at) < 30*time.Second {
			t.Error("a batch has the deadline of a single request")
		}
		return nil, nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStreamsRunThroughTheChainToo(t *testing.T) {
	b := newBench(t, func(o *ChainOptions) { o.MaxInFlight = 0 })
	all := b.chain.Stream(GRPC)
	info := &grpc.StreamServerInfo{FullMethod: pb.RecommendationService_StreamRecommend_FullMethodName}
	outer := func(next grpc.StreamHandler) error { return all[0](nil, stream{}, info, next) }
	err := outer(func(srv any, s grpc.ServerStream) error {
		return all[1](srv, s, info, func(any, grpc.ServerStream) error { t.Error("let in"); return nil })
	})
	if status.Code(err) != codes.ResourceExhausted {
		t.Errorf("overload: %v", err)
	}
	if err := outer(func(any, grpc.ServerStream) error { panic("canary") }); status.Code(err) != codes.Internal || strings.Contains(b.log.String(), "canary") {
		t.Errorf("panic: %v, %s", err, b.log)
	}
	if !strings.Contains(b.metrics(), `rightvoice_requests_total{code="ResourceExhausted",method="StreamRecommend",transport="grpc"} 1`) {
		t.Error("the stream is not counted")
	}
}

type stream struct{ grpc.ServerStream }

func (stream) Context() context.Context { return context.Background() }

func BenchmarkChain(b *testing.B) {
	t := &testing.T{}
	bench := newBench(t, func(o *ChainOptions) { o.MaxInFlight = 1000 })
	info := &grpc.UnaryServerInfo{FullMethod: pb.RecommendationService_Recommend_FullMethodName}
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bench.call(ctx, question, info, func(context.Context, any) (any, error) { return question, nil }); err != nil {
			b.Fatal(err)
		}
	}
}
