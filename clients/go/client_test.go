package rightvoice_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

var question = &rightvoicev1.RecommendRequest{Asker: rightvoicev1.Asker_ASKER_PROVIDER, Topic: "sleep", RequestId: "1"}

func TestEveryMethodReachesItsOwn(t *testing.T) {
	c, ctx := start(t, &fake{}, rightvoice.Options{}), context.Background()
	if d, err := c.Recommend(ctx, question); err != nil || d.GetRecommendations()[0].GetTopic() != "sleep" {
		t.Error(d, err)
	}
	if rs, err := c.RecommendBatch(ctx, []*rightvoicev1.RecommendRequest{question, question}); err != nil || len(rs) != 2 {
		t.Error(rs, err)
	}
	if e, err := c.Explain(ctx, &rightvoicev1.ExplainRequest{Request: question}); err != nil || len(e.GetDecision().GetRecommendations()) != 1 {
		t.Error(e, err)
	}
	if d, err := c.GetDecision(ctx, &rightvoicev1.GetDecisionRequest{DecisionId: "d"}); err != nil || d.GetDecisionId() != "d" {
		t.Error(d, err)
	}
	if l, err := c.ListDecisions(ctx, &rightvoicev1.ListDecisionsRequest{}); err != nil || l.GetNextPageToken() != "next" {
		t.Error(l, err)
	}
	if recorded, err := c.RecordFeedback(ctx, &rightvoicev1.RecordFeedbackRequest{}); err != nil || !recorded {
		t.Error(recorded, err)
	}
}

func TestCallsEndInTime(t *testing.T) {
	hang := func(ctx context.Context, _ *rightvoicev1.RecommendRequest) error {
		<-ctx.Done()
		return ctx.Err()
	}
	c := start(t, &fake{answer: hang}, rightvoice.Options{Timeout: 50 * time.Millisecond})
	began := time.Now()
	_, err := c.Recommend(context.Background(), question)
	var e *rightvoice.Error
	if !errors.As(err, &e) || e.Code != codes.DeadlineExceeded || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the client's own timeout: %v", err)
	}
	if waited := time.Since(began); waited < 50*time.Millisecond || waited > 5*time.Second {
		t.Errorf("it took %v", waited)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.Recommend(ctx, question); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's deadline: %v", err)
	}
}

func TestUnavailableIsTriedAgain(t *testing.T) {
	fails := 2
	f := &fake{answer: func(context.Context, *rightvoicev1.RecommendRequest) error {
		if fails--; fails >= 0 {
			return status.Error(codes.Unavailable, "starting")
		}
		return nil
	}}
	if _, err := start(t, f, rightvoice.Options{}).Recommend(context.Background(), question); err != nil || f.calls != 3 {
		t.Errorf("%d calls, %v", f.calls, err)
	}
}

func TestRetriesHaveAnEnd(t *testing.T) {
	for attempts, want := range map[int]int{0: rightvoice.DefaultAttempts, 1: 1, 2: 2} {
		f := &fake{answer: func(context.Context, *rightvoicev1.RecommendRequest) error {
			return status.Error(codes.Unavailable, "starting")
		}}
		_, err := start(t, f, rightvoice.Options{Attempts: attempts}).Recommend(context.Background(), question)
		var e *rightvoice.Error
		if !errors.As(err, &e) || e.Code != codes.Unavailable || f.calls != want {
			t.Errorf("Attempts %d: %d calls, %v", attempts, f.calls, err)
		}
	}
}

func TestOnlyUnavailableIsTriedAgain(t *testing.T) {
	for _, code := range []codes.Code{codes.InvalidArgument, codes.Internal, codes.ResourceExhausted, codes.Unauthenticated} {
		f := &fake{answer: func(context.Context, *rightvoicev1.RecommendRequest) error { return status.Error(code, "no") }}
		_, err := start(t, f, rightvoice.Options{}).Recommend(context.Background(), question)
		if status.Code(err) != code || f.calls != 1 {
			t.Errorf("%v: %d calls, %v", code, f.calls, err)
		}
	}
}

// TestAServiceThatStartsLate: nothing listens at first, so the first tries fail
// in the connection and not in the service.
func TestAServiceThatStartsLate(t *testing.T) {
	l := listen(t)
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	c := dial(t, rightvoice.Options{Address: address, Attempts: 5})
	if _, err := dial(t, rightvoice.Options{Address: address, Attempts: 1}).Recommend(context.Background(), question); status.Code(err) != codes.Unavailable {
		t.Fatalf("with nobody there: %v", err)
	}
	listening := make(chan net.Listener, 1)
	time.AfterFunc(20*time.Millisecond, func() {
		late, err := net.Listen("tcp", address)
		if err != nil {
			late = nil
		}
		listening <- late
	})
	answered := make(chan error, 1)
	go func() {
		_, err := c.Recommend(context.Background(), question)
		for i := 0; i < 20 && status.Code(err) == codes.Unavailable; i++ { // a slow machine may need more than five tries
			_, err = c.Recommend(context.Background(), question)
		}
		answered <- err
	}()
	late := <-listening
	if late == nil {
		t.Skip("left out: another program took the port")
	}
	serve(t, &fake{}, late)
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

func TestErrorsTellWhatToMend(t *testing.T) {
	refused, err := status.New(codes.InvalidArgument, "the request does not fit").WithDetails(
		&errdetails.ErrorInfo{Reason: "TOPIC_UNKNOWN", Domain: "rightvoice"},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "topic", Description: "is no topic of this revision"}}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(3 * time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(context.Context, *rightvoicev1.RecommendRequest) error { return refused.Err() }
	c := start(t, &fake{answer: refuse}, rightvoice.Options{})

	_, single := c.Recommend(context.Background(), question)
	results, err := c.RecommendBatch(context.Background(), []*rightvoicev1.RecommendRequest{question})
	if err != nil {
		t.Fatal(err)
	}
	for how, err := range map[string]error{"alone": single, "in a batch": rightvoice.ItemError(results[0])} {
		var e *rightvoice.Error
		if !errors.As(err, &e) {
			t.Fatalf("%s: %v", how, err)
		}
		want := []rightvoice.FieldViolation{{Field: "topic", Description: "is no topic of this revision"}}
		if e.Code != codes.InvalidArgument || e.Reason != "TOPIC_UNKNOWN" || e.RetryAfter != 3*time.Second || !slices.Equal(e.FieldViolations, want) {
			t.Errorf("%s: %+v", how, e)
		}
		if text := err.Error(); text != "rightvoice: InvalidArgument (TOPIC_UNKNOWN): the request does not fit; topic: is no topic of this revision" {
			t.Errorf("%s: %s", how, text)
		}
		if status.Code(err) != codes.InvalidArgument {
			t.Errorf("%s: gRPC does not see its code", how)
		}
	}
	if err := rightvoice.ItemError(&rightvoicev1.RecommendResult{}); err != nil {
		t.Errorf("a result without an error has one: %v", err)
	}
}

func TestWhoIsAsking(t *testing.T) {
	f := &fake{}
	c := start(t, f, rightvoice.Options{
		UserAgent: "cardiology-app/2.1",
		Token:     func(context.Context) (string, error) { return "abc", nil },
	})
	if _, err := c.Recommend(context.Background(), question); err != nil {
		t.Fatal(err)
	}
	if got := f.header.Get("authorization"); !slices.Equal(got, []string{"Bearer abc"}) {
		t.Errorf("authorization is %q", got)
	}
	if got := strings.Join(f.header.Get("user-agent"), ""); !strings.HasPrefix(got, "cardiology-app/2.1 rightvoice-go") {
		t.Errorf("user-agent is %q", got)
	}
}

func TestATokenThatCannotBeHad(t *testing.T) {
	f := &fake{}
	c := start(t, f, rightvoice.Options{Token: func(context.Context) (string, error) { return "", errors.New("no token today") }})
	var e *rightvoice.Error
	if _, err := c.Recommend(context.Background(), question); !errors.As(err, &e) || f.calls != 0 {
		t.Errorf("%d calls, %v", f.calls, err)
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	token := func(context.Context) (string, error) { return "abc", nil }
	for name, o := range map[string]rightvoice.Options{
		"a negative timeout":     {Timeout: -1},
		"too many attempts":      {Attempts: 6},
		"negative attempts":      {Attempts: -1},
		"keepalive as a flood":   {Keepalive: time.Second},
		"a negative window":      {Window: -1},
		"a token in plain text":  {Address: "rightvoice.example:9090", Plaintext: true, Token: token},
		"an address of no shape": {Address: "rightvoice.example:9090\x00"},
	} {
		if c, err := rightvoice.Dial(o); err == nil {
			t.Errorf("%s: accepted", name)
			_ = c.Close()
		}
	}
}
