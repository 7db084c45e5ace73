package rightvoice_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// workshop is a service of rules that refuses what tests choose.
type workshop struct {
	rightvoicev1.UnimplementedRuleServiceServer

	mu       sync.Mutex
	refuse   error
	away     int // calls that are not answered, from the next one on
	requests []string
	header   metadata.MD
	watches  [][]uint32 // versions of each watch, in order; then the server leaves
}

func (w *workshop) here(ctx context.Context, request string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, request)
	w.header, _ = metadata.FromIncomingContext(ctx)
	if w.away > 0 {
		w.away--
		return status.Error(codes.Unavailable, "away")
	}
	return w.refuse
}

func (w *workshop) CreateDraft(ctx context.Context, in *rightvoicev1.CreateDraftRequest) (*rightvoicev1.CreateDraftResponse, error) {
	return &rightvoicev1.CreateDraftResponse{Draft: &rightvoicev1.Draft{DraftId: "d", Etag: "e", Title: in.Title}}, w.here(ctx, in.RequestId)
}

func (w *workshop) SubmitDraft(ctx context.Context, _ *rightvoicev1.SubmitDraftRequest) (*rightvoicev1.SubmitDraftResponse, error) {
	return &rightvoicev1.SubmitDraftResponse{}, w.here(ctx, "")
}

func (w *workshop) ProveDraft(_ *rightvoicev1.ProveDraftRequest, s grpc.ServerStreamingServer[rightvoicev1.ProveDraftResponse]) error {
	if err := w.here(s.Context(), ""); err != nil {
		return err
	}
	return errors.Join(
		s.Send(&rightvoicev1.ProveDraftResponse{Step: &rightvoicev1.ProveDraftResponse_Progress{Progress: &rightvoicev1.Progress{Says: "proving"}}}),
		s.Send(&rightvoicev1.ProveDraftResponse{Step: &rightvoicev1.ProveDraftResponse_Report{Report: &rightvoicev1.Report{Green: true}}}))
}

func (w *workshop) WatchVersions(_ *rightvoicev1.WatchVersionsRequest, s grpc.ServerStreamingServer[rightvoicev1.WatchVersionsResponse]) error {
	w.mu.Lock()
	if len(w.watches) == 0 {
		w.mu.Unlock()
		return status.Error(codes.PermissionDenied, "no more")
	}
	now := w.watches[0]
	w.watches = w.watches[1:]
	w.mu.Unlock()
	for _, number := range now {
		if err := s.Send(&rightvoicev1.WatchVersionsResponse{Version: &rightvoicev1.Version{Number: number}}); err != nil {
			return err
		}
	}
	return status.Error(codes.Unavailable, "leaving")
}

func rulesOf(t *testing.T, w *workshop) *rightvoice.Rules {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := grpc.NewServer()
	rightvoicev1.RegisterRuleServiceServer(s, w)
	go s.Serve(l)
	t.Cleanup(s.Stop)
	return dial(t, rightvoice.Options{Address: l.Addr().String()}).Rules("east")
}

// TestWhatIsRepeatedHasAnId, and what has none is not repeated.
func TestWhatIsRepeatedHasAnId(t *testing.T) {
	w := &workshop{away: 2}
	r, ctx := rulesOf(t, w).As("ana"), context.Background()
	if d, err := r.Create(ctx, "a title"); err != nil || d.Title != "a title" {
		t.Fatal(d, err)
	}
	if len(w.requests) != 3 || w.requests[0] == "" || w.requests[0] != w.requests[2] || !slices.Equal(w.header.Get("x-rightvoice-user"), []string{"ana"}) {
		t.Errorf("%q by %v", w.requests, w.header.Get("x-rightvoice-user"))
	}
	if _, err := r.Create(ctx, "a title"); err != nil || w.requests[3] == w.requests[0] {
		t.Errorf("another draft has the same id: %q %v", w.requests, err)
	}
	w.away, w.requests = 1, nil
	if _, err := r.Submit(ctx, &rightvoicev1.Draft{DraftId: "d"}, ""); status.Code(err) != codes.Unavailable || len(w.requests) != 1 {
		t.Errorf("%d calls, %v", len(w.requests), err)
	}
}

// TestRefusalsOfRulesSayWhatToDo by typed details.
func TestRefusalsOfRulesSayWhatToDo(t *testing.T) {
	w := &workshop{}
	r, d := rulesOf(t, w), &rightvoicev1.Draft{DraftId: "d", Etag: "e"}
	for name, try := range map[string]struct {
		detail protoadapt.MessageV1
		told   func(e *rightvoice.Error) bool
	}{
		"stale":        {&rightvoicev1.StaleEdit{Etag: "now"}, func(e *rightvoice.Error) bool { return e.Stale.GetEtag() == "now" }},
		"not green":    {&rightvoicev1.Report{Digest: "x"}, func(e *rightvoice.Error) bool { return e.Report.GetDigest() == "x" }},
		"not approved": {&rightvoicev1.MissingApprovals{Missing: []*rightvoicev1.Requirement{{As: "legal", Count: 1}}}, func(e *rightvoice.Error) bool { return len(e.Missing) == 1 && e.Missing[0].As == "legal" }},
		"a conflict":   {&rightvoicev1.Clashes{Cut: true}, func(e *rightvoice.Error) bool { return e.Clashes.GetCut() }},
	} {
		s, err := status.New(codes.Aborted, name).WithDetails(try.detail)
		if err != nil {
			t.Fatal(err)
		}
		w.refuse = s.Err()
		_, single := r.Submit(context.Background(), d, "")
		_, streamed := r.Prove(context.Background(), d, nil)
		for how, err := range map[string]error{"alone": single, "in a stream": streamed} {
			var e *rightvoice.Error
			if !errors.As(err, &e) || !try.told(e) {
				t.Errorf("%s, %s: %v", name, how, err)
			}
		}
	}
	w.refuse = nil
	var said []string
	if report, err := r.Prove(context.Background(), d, func(p *rightvoicev1.Progress) { said = append(said, p.Says) }); err != nil || !report.Green || !slices.Equal(said, []string{"proving"}) {
		t.Errorf("%v %v %q", report, err, said)
	}
}

// TestAWatchGoesOnAtTheNextServer and yields each version once.
func TestAWatchGoesOnAtTheNextServer(t *testing.T) {
	w := &workshop{watches: [][]uint32{{1, 2}, {2}, {}, {2, 3}}}
	r := rulesOf(t, w)
	var seen []uint32
	var last error
	for v, err := range r.Watch(context.Background()) {
		if last = err; err == nil {
			seen = append(seen, v.Number)
		}
	}
	if !slices.Equal(seen, []uint32{1, 2, 3}) || status.Code(last) != codes.PermissionDenied {
		t.Errorf("%v, then %v", seen, last)
	}
	w.watches = [][]uint32{{1, 2}}
	for range r.Watch(context.Background()) {
		break // enough
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w.watches = [][]uint32{{1}, {1}, {1}}
	for _, err := range r.Watch(ctx) {
		if cancel(); err != nil {
			t.Errorf("an end that was asked for is an error: %v", err)
		}
	}
}
