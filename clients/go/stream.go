package rightvoice

import (
	"context"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// RecommendAll decides for a stream of requests of any length, such as a
// campaign, and yields the results as they come, in any order. A result holds a
// decision or an error of its own (ItemError). If the service goes away in
// between, RecommendAll connects again and repeats what was not answered; if it
// can't, it yields one *Error and ends.
//
// Each request needs a RequestId that no other unanswered request has, and must
// not be changed before its result came. requests runs on a goroutine of its
// own, at most Options.Window requests ahead of the results; it should end when
// ctx does.
func (c *Client) RecommendAll(ctx context.Context, requests iter.Seq[*rightvoicev1.RecommendRequest]) iter.Seq2[*rightvoicev1.RecommendResult, error] {
	return func(yield func(*rightvoicev1.RecommendResult, error) bool) {
		next, stop := iter.Pull(requests)
		defer stop()
		r := &run{
			client:  c,
			next:    next,
			yield:   yield,
			room:    make(chan struct{}, c.opts.Window),
			waiting: map[string]*rightvoicev1.RecommendRequest{},
		}
		if err := r.toEnd(ctx); err != nil {
			yield(nil, errorOf(err))
		}
	}
}

// run is one call of RecommendAll, across the streams it takes.
type run struct {
	client *Client
	next   func() (*rightvoicev1.RecommendRequest, bool)
	yield  func(*rightvoicev1.RecommendResult, error) bool
	room   chan struct{} // holds an element for each request in waiting

	mu      sync.Mutex
	waiting map[string]*rightvoicev1.RecommendRequest // taken from next and not answered

	drained bool // next has no more; the sender's while a stream is under way
}

type stream = grpc.BidiStreamingClient[rightvoicev1.StreamRecommendRequest, rightvoicev1.StreamRecommendResponse]

// errStopped ends a run whose caller wants no more results.
var errStopped = errors.New("stopped")

// toEnd opens streams until every request is answered.
func (r *run) toEnd(ctx context.Context) error {
	for failures := 0; ; {
		answers, err := r.stream(ctx)
		switch {
		case err == nil || errors.Is(err, errStopped):
			return nil
		case status.Code(err) != codes.Unavailable || ctx.Err() != nil:
			return err
		case answers > 0:
			failures = 0
		}
		if failures++; failures >= r.client.opts.Attempts {
			return err
		}
		if err := sleep(ctx, reconnectDelay(failures)); err != nil {
			return status.FromContextError(err).Err()
		}
	}
}

// stream answers as many requests as one stream lets it; nil means all.
func (r *run) stream(ctx context.Context) (answers int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := r.client.api.StreamRecommend(ctx)
	if err != nil {
		return 0, err
	}
	sent := make(chan error, 1)
	go func() {
		err := r.send(ctx, s)
		if err != nil {
			cancel() // wakes Recv
		}
		sent <- err
	}()
	answers, err = r.receive(s)
	cancel()
	if sendErr := <-sent; sendErr != nil {
		return answers, sendErr
	}
	if errors.Is(err, io.EOF) {
		err = r.ending()
	}
	return answers, err
}

// receive hands results to the caller until the stream or the caller ends.
func (r *run) receive(s stream) (answers int, err error) {
	for {
		answer, err := s.Recv()
		if err != nil {
			return answers, err
		}
		if err := r.take(answer.GetResult()); err != nil {
			return answers, err
		}
		answers++
	}
}

// send repeats what earlier streams left unanswered and goes on with next. Its
// error is of the caller's making; what the stream has to say, Recv tells.
func (r *run) send(ctx context.Context, s stream) error {
	for _, request := range r.unanswered() {
		if s.Send(&rightvoicev1.StreamRecommendRequest{Request: request}) != nil {
			return nil //nolint:nilerr // Recv tells why
		}
	}
	for {
		select {
		case r.room <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		request, err := r.pull()
		if err != nil {
			return err
		}
		if request == nil {
			<-r.room
			_ = s.CloseSend() // its failure is the stream's, which Recv returns
			return nil
		}
		if s.Send(&rightvoicev1.StreamRecommendRequest{Request: request}) != nil {
			return nil //nolint:nilerr // Recv tells why
		}
	}
}

// pull takes the next request, nil if there is none, and enters it in waiting.
func (r *run) pull() (*rightvoicev1.RecommendRequest, error) {
	if r.drained {
		return nil, nil
	}
	request, ok := r.next()
	if !ok {
		r.drained = true
		return nil, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	id := request.GetRequestId()
	if _, twice := r.waiting[id]; twice || id == "" {
		return nil, status.Error(codes.InvalidArgument, "a request of a stream needs a request_id that no unanswered one has")
	}
	r.waiting[id] = request
	return request, nil
}

func (r *run) unanswered() []*rightvoicev1.RecommendRequest {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*rightvoicev1.RecommendRequest, 0, len(r.waiting))
	for _, request := range r.waiting {
		all = append(all, request)
	}
	return all
}

// take hands one result to the caller.
func (r *run) take(result *rightvoicev1.RecommendResult) error {
	r.mu.Lock()
	_, known := r.waiting[result.GetRequestId()]
	delete(r.waiting, result.GetRequestId())
	r.mu.Unlock()
	if !known {
		return status.Error(codes.Internal, "the service answered a request that was not waiting")
	}
	<-r.room
	if !r.yield(result, nil) {
		return errStopped
	}
	return nil
}

// ending is nil if the stream ended because everything is answered.
func (r *run) ending() error {
	if r.drained && len(r.waiting) == 0 {
		return nil
	}
	return status.Error(codes.Unavailable, "the service ended the stream before its end")
}

// reconnectDelay grows fourfold from a tenth of a second, less up to a fifth so
// that many clients do not return at once.
func reconnectDelay(failures int) time.Duration {
	d := 100 * time.Millisecond << (2 * (failures - 1))
	return d - rand.N(d/5) //nolint:gosec // nothing secret is drawn
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
