package rightvoice_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// fake is a service whose answers tests choose: it routes everything to the
// insurer unless answer says otherwise.
type fake struct {
	rightvoicev1.UnimplementedRecommendationServiceServer
	answer func(context.Context, *rightvoicev1.RecommendRequest) error // nil error means a decision
	ended  func(answered int) bool                                     // whether a stream breaks off here

	mu     sync.Mutex
	calls  int
	header metadata.MD
}

// seen counts a call and keeps its metadata.
func (f *fake) seen(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	f.header, _ = metadata.FromIncomingContext(ctx)
}

func (f *fake) Recommend(ctx context.Context, r *rightvoicev1.RecommendRequest) (*rightvoicev1.RecommendResponse, error) {
	f.seen(ctx)
	if f.answer != nil {
		if err := f.answer(ctx, r); err != nil {
			return nil, err
		}
	}
	return &rightvoicev1.RecommendResponse{Decision: decide(r)}, nil
}

func (f *fake) BatchRecommend(ctx context.Context, b *rightvoicev1.BatchRecommendRequest) (*rightvoicev1.BatchRecommendResponse, error) {
	f.seen(ctx)
	answer := &rightvoicev1.BatchRecommendResponse{}
	for _, r := range b.GetRequests() {
		answer.Results = append(answer.Results, f.result(ctx, r))
	}
	return answer, nil
}

func (f *fake) result(ctx context.Context, r *rightvoicev1.RecommendRequest) *rightvoicev1.RecommendResult {
	result := &rightvoicev1.RecommendResult{RequestId: r.GetRequestId()}
	if f.answer != nil {
		if err := f.answer(ctx, r); err != nil {
			result.Result = &rightvoicev1.RecommendResult_Error{Error: status.Convert(err).Proto()}
			return result
		}
	}
	result.Result = &rightvoicev1.RecommendResult_Decision{Decision: decide(r)}
	return result
}

func (f *fake) StreamRecommend(s grpc.BidiStreamingServer[rightvoicev1.StreamRecommendRequest, rightvoicev1.StreamRecommendResponse]) error {
	f.seen(s.Context())
	for answered := 0; ; answered++ {
		r, err := s.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if f.ended != nil && f.ended(answered) {
			return status.Error(codes.Unavailable, "restarting")
		}
		if err := s.Send(&rightvoicev1.StreamRecommendResponse{Result: f.result(s.Context(), r.GetRequest())}); err != nil {
			return err
		}
	}
}

func (f *fake) Explain(ctx context.Context, r *rightvoicev1.ExplainRequest) (*rightvoicev1.ExplainResponse, error) {
	f.seen(ctx)
	return &rightvoicev1.ExplainResponse{Decision: decide(r.GetRequest())}, nil
}

func (f *fake) GetDecision(ctx context.Context, r *rightvoicev1.GetDecisionRequest) (*rightvoicev1.GetDecisionResponse, error) {
	f.seen(ctx)
	return &rightvoicev1.GetDecisionResponse{Decision: &rightvoicev1.Decision{DecisionId: r.GetDecisionId()}}, nil
}

func (f *fake) ListDecisions(ctx context.Context, _ *rightvoicev1.ListDecisionsRequest) (*rightvoicev1.ListDecisionsResponse, error) {
	f.seen(ctx)
	return &rightvoicev1.ListDecisionsResponse{NextPageToken: "next"}, nil
}

func (f *fake) RecordFeedback(ctx context.Context, _ *rightvoicev1.RecordFeedbackRequest) (*rightvoicev1.RecordFeedbackResponse, error) {
	f.seen(ctx)
	return &rightvoicev1.RecordFeedbackResponse{Recorded: true}, nil
}

func decide(r *rightvoicev1.RecommendRequest) *rightvoicev1.Decision {
	return &rightvoicev1.Decision{Recommendations: []*rightvoicev1.Recommendation{{
		Topic:   r.GetTopic(),
		Mindset: rightvoicev1.Mindset_MINDSET_CONSUMER,
		Sender:  rightvoicev1.Sender_SENDER_INSURER,
	}}}
}

// start serves f on a free port and dials it.
func start(t *testing.T, f *fake, o rightvoice.Options) *rightvoice.Client {
	t.Helper()
	l := listen(t)
	serve(t, f, l)
	o.Address = l.Addr().String()
	return dial(t, o)
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func serve(t *testing.T, f *fake, l net.Listener) {
	t.Helper()
	s := grpc.NewServer()
	rightvoicev1.RegisterRecommendationServiceServer(s, f)
	go func() { _ = s.Serve(l) }() // ends with Stop
	t.Cleanup(s.Stop)
}

func dial(t *testing.T, o rightvoice.Options) *rightvoice.Client {
	t.Helper()
	c, err := rightvoice.Dial(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}
