package rightvoice

import (
	"context"

	"google.golang.org/grpc"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// Recommend decides who should speak to one member. Every failure is an *Error.
func (c *Client) Recommend(ctx context.Context, r *rightvoicev1.RecommendRequest) (*rightvoicev1.Decision, error) {
	answer, err := call(ctx, c, c.api.Recommend, r)
	return answer.GetDecision(), err
}

// RecommendBatch decides for up to 1,000 members or topics. The results are in
// the order of the requests; each holds a decision or an error, which ItemError
// makes an *Error. A failure returned beside them is of the batch as a whole.
func (c *Client) RecommendBatch(ctx context.Context, rs []*rightvoicev1.RecommendRequest) ([]*rightvoicev1.RecommendResult, error) {
	answer, err := call(ctx, c, c.api.BatchRecommend, &rightvoicev1.BatchRecommendRequest{Requests: rs})
	return answer.GetResults(), err
}

// Explain decides as Recommend does and says how. It stores nothing.
func (c *Client) Explain(ctx context.Context, r *rightvoicev1.ExplainRequest) (*rightvoicev1.ExplainResponse, error) {
	return call(ctx, c, c.api.Explain, r)
}

// GetDecision returns a decision made earlier.
func (c *Client) GetDecision(ctx context.Context, r *rightvoicev1.GetDecisionRequest) (*rightvoicev1.Decision, error) {
	answer, err := call(ctx, c, c.api.GetDecision, r)
	return answer.GetDecision(), err
}

// ListDecisions returns one page of a member's decisions, the newest first.
func (c *Client) ListDecisions(ctx context.Context, r *rightvoicev1.ListDecisionsRequest) (*rightvoicev1.ListDecisionsResponse, error) {
	return call(ctx, c, c.api.ListDecisions, r)
}

// RecordFeedback tells what became of a decision, and reports whether that was
// new. Telling it twice counts once.
func (c *Client) RecordFeedback(ctx context.Context, r *rightvoicev1.RecordFeedbackRequest) (recorded bool, err error) {
	answer, err := call(ctx, c, c.api.RecordFeedback, r)
	return answer.GetRecorded(), err
}

// call makes one call with a deadline and turns its failure into an *Error.
func call[In, Out any](ctx context.Context, c *Client, method func(context.Context, *In, ...grpc.CallOption) (*Out, error), in *In) (*Out, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.opts.Timeout)
		defer cancel()
	}
	out, err := method(ctx, in)
	if err != nil {
		return nil, errorOf(err)
	}
	return out, nil
}
