package rightvoice_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// numbered yields n requests with the ids 0 to n-1.
func numbered(n int) iter.Seq[*rightvoicev1.RecommendRequest] {
	return func(yield func(*rightvoicev1.RecommendRequest) bool) {
		for i := range n {
			if !yield(&rightvoicev1.RecommendRequest{RequestId: strconv.Itoa(i), Asker: rightvoicev1.Asker_ASKER_INSURER}) {
				return
			}
		}
	}
}

// collect counts the results by id until the first error.
func collect(results iter.Seq2[*rightvoicev1.RecommendResult, error]) (map[string]int, error) {
	times := map[string]int{}
	for r, err := range results {
		if err != nil {
			return times, err
		}
		times[r.GetRequestId()]++
	}
	return times, nil
}

func TestEveryRequestOfAStreamIsAnsweredOnce(t *testing.T) {
	const n = 2000
	for name, f := range map[string]*fake{
		"in one go":                 {},
		"with a service that drops": {ended: func(answered int) bool { return answered == 300 }},
	} {
		c := start(t, f, rightvoice.Options{Window: 64})
		times, err := collect(c.RecommendAll(context.Background(), numbered(n)))
		if err != nil || len(times) != n {
			t.Fatalf("%s: %d of %d answered, %v", name, len(times), n, err)
		}
		for id, k := range times {
			if k != 1 {
				t.Errorf("%s: request %s was answered %d times", name, id, k)
			}
		}
	}
}

func TestAStreamWithoutRequests(t *testing.T) {
	times, err := collect(start(t, &fake{}, rightvoice.Options{}).RecommendAll(context.Background(), numbered(0)))
	if err != nil || len(times) != 0 {
		t.Error(times, err)
	}
}

func TestABadRequestDoesNotEndAStream(t *testing.T) {
	f := &fake{answer: func(_ context.Context, r *rightvoicev1.RecommendRequest) error {
		if r.GetRequestId() == "1" {
			return status.Error(codes.InvalidArgument, "no")
		}
		return nil
	}}
	decided := 0
	for r, err := range start(t, f, rightvoice.Options{}).RecommendAll(context.Background(), numbered(3)) {
		if err != nil {
			t.Fatal(err)
		}
		if bad := status.Code(rightvoice.ItemError(r)) == codes.InvalidArgument; bad != (r.GetRequestId() == "1") {
			t.Errorf("request %s: %v", r.GetRequestId(), r)
		}
		if r.GetDecision() != nil {
			decided++
		}
	}
	if decided != 2 {
		t.Errorf("%d decisions", decided)
	}
}

func TestAServiceThatStaysAwayEndsAStream(t *testing.T) {
	f := &fake{ended: func(int) bool { return true }}
	times, err := collect(start(t, f, rightvoice.Options{Attempts: 2}).RecommendAll(context.Background(), numbered(10)))
	var e *rightvoice.Error
	if !errors.As(err, &e) || e.Code != codes.Unavailable || len(times) != 0 || f.calls != 2 {
		t.Errorf("%d answered in %d streams, %v", len(times), f.calls, err)
	}
}

func TestAStreamStopsWhenItsCallerDoes(t *testing.T) {
	var taken atomic.Int64
	endless := func(yield func(*rightvoicev1.RecommendRequest) bool) {
		for r := range numbered(1 << 40) {
			taken.Add(1)
			if !yield(r) {
				return
			}
		}
	}
	results := 0
	for _, err := range start(t, &fake{}, rightvoice.Options{Window: 8}).RecommendAll(context.Background(), endless) {
		if err != nil {
			t.Fatal(err)
		}
		if results++; results == 100 {
			break
		}
	}
	after := taken.Load()
	if after > 100+8 {
		t.Errorf("%d requests were taken for 100 results and a window of 8", after)
	}
	time.Sleep(20 * time.Millisecond)
	if later := taken.Load(); later != after {
		t.Errorf("requests are still taken: %d, then %d", after, later)
	}
}

func TestAStreamEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	f := &fake{answer: func(_ context.Context, r *rightvoicev1.RecommendRequest) error {
		if r.GetRequestId() == "5" {
			cancel()
		}
		return nil
	}}
	_, err := collect(start(t, f, rightvoice.Options{Window: 2}).RecommendAll(ctx, numbered(1<<40)))
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRequestsOfAStreamNeedIds(t *testing.T) {
	hold := make(chan struct{})
	f := &fake{answer: func(ctx context.Context, _ *rightvoicev1.RecommendRequest) error {
		select { // keep the first request waiting
		case <-hold:
		case <-ctx.Done():
		}
		return nil
	}}
	t.Cleanup(func() { close(hold) })
	c := start(t, f, rightvoice.Options{})
	for name, ids := range map[string][]string{"none": {""}, "one twice": {"a", "a"}} {
		requests := func(yield func(*rightvoicev1.RecommendRequest) bool) {
			for _, id := range ids {
				if !yield(&rightvoicev1.RecommendRequest{RequestId: id}) {
					return
				}
			}
		}
		if _, err := collect(c.RecommendAll(context.Background(), requests)); status.Code(err) != codes.InvalidArgument {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAFrozenNetworkIsNoticed puts a proxy between that stops carrying bytes
// without closing anything, which only keepalive can tell from a slow service.
func TestAFrozenNetworkIsNoticed(t *testing.T) {
	t.Parallel()
	l := listen(t)
	serve(t, &fake{answer: func(ctx context.Context, _ *rightvoicev1.RecommendRequest) error {
		<-ctx.Done()
		return ctx.Err()
	}}, l)
	c := dial(t, rightvoice.Options{Address: freezing(t, l.Addr().String()), Keepalive: 10 * time.Second, Attempts: 1})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	began := time.Now()
	_, err := collect(c.RecommendAll(ctx, numbered(1)))
	if status.Code(err) != codes.Unavailable || time.Since(began) > 30*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// freezing forwards connections to address and stops after a second.
func freezing(t *testing.T, address string) string {
	t.Helper()
	l := listen(t)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", address)
		if err != nil {
			_ = near.Close()
			return
		}
		t.Cleanup(func() { _, _ = near.Close(), far.Close() })
		end := time.Now().Add(time.Second)
		_, _ = near.SetReadDeadline(end), far.SetReadDeadline(end)
		go func() { _, _ = io.Copy(far, near) }()
		_, _ = io.Copy(near, far)
	}()
	return l.Addr().String()
}
