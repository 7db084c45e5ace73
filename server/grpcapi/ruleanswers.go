package grpcapi

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Evaluate answers a question by several contents. It is about nobody: whoever
// works on the rules has no business with what is stored about a member.
func (r *Rules) Evaluate(ctx context.Context, in *pb.EvaluateRequest) (*pb.EvaluateResponse, error) {
	switch q := in.Request; {
	case q == nil:
		return nil, wire.Invalid{{Field: "request", Message: "is required"}}
	case q.MemberRef != "":
		return nil, wire.Invalid{{Field: "request.memberRef", Message: "must be empty: contents are tried on facts, not on members"}}
	case q.Tenant != "" && of(q.Tenant) != of(in.Tenant):
		return nil, wire.Invalid{{Field: "request.tenant", Message: "must be empty or the same as tenant"}}
	}
	refs := in.Contents
	if len(refs) == 0 {
		refs = []*pb.ContentRef{nil}
	}
	out := &pb.EvaluateResponse{}
	var wrong error
	for _, ref := range refs {
		e, err := r.evaluate(ctx, in, wire.Ref(ref))
		var invalid wire.Invalid
		if errors.As(err, &invalid) { // a word that this content does not have
			wrong = err
			e.Problems = append(e.Problems, &pb.Problem{Severity: "error", Code: "question", Message: invalid.Error()})
		} else if err != nil {
			return nil, err
		}
		out.Evaluations = append(out.Evaluations, e)
	}
	if wrong != nil && len(refs) == 1 {
		return nil, wrong
	}
	return out, nil
}

// evaluate answers by one content.
func (r *Rules) evaluate(ctx context.Context, in *pb.EvaluateRequest, ref rulebook.Ref) (*pb.Evaluation, error) {
	a, err := r.book.Answering(ctx, of(in.Tenant), ref)
	if err != nil {
		return nil, err
	}
	out := &pb.Evaluation{Digest: string(a.Digest), Problems: wire.Report(&revision.Report{Problems: a.Problems}).Problems}
	if a.Snapshot == nil {
		return out, nil
	}
	q, err := wire.ExplainRequest(&pb.ExplainRequest{Request: in.Request, Now: in.At}, a.Snapshot.Catalogue())
	if err != nil {
		return out, asEvaluated(err)
	}
	q.Tenant = of(in.Tenant)
	e, err := r.book.Explain(ctx, a, &q)
	if err != nil {
		return nil, asEvaluated(err)
	}
	told := wire.Explanation(e)
	out.Decision, out.Traces, out.Facts = told.Decision, told.Topics, told.FactsRead
	return out, nil
}

// asEvaluated is a refusal of a question with the fields of an EvaluateRequest:
// what Explain calls now is at here, and what the use cases say of a question is
// said of its request.
func asEvaluated(err error) error {
	name := func(field string) string {
		switch {
		case field == "now":
			return "at"
		case field == "" || strings.HasPrefix(field, "request."):
			return field
		}
		return "request." + field
	}
	var invalid wire.Invalid
	var refused *recommend.Error
	switch {
	case errors.As(err, &invalid):
		out := slices.Clone(invalid)
		for i := range out {
			out[i].Field = name(out[i].Field)
		}
		return out
	case errors.As(err, &refused):
		out := *refused
		out.Field = name(out.Field)
		return &out
	}
	return err
}

// between is the least time between two messages of progress.
const between = 100 * time.Millisecond

// progress sends how far work got, not too often, and from any goroutine.
type progress struct {
	send func(*pb.Progress) error

	mu   sync.Mutex
	says string
	last time.Time
	err  error
}

func (p *progress) tell(says string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil || says == p.says && time.Since(p.last) < between {
		return
	}
	p.says, p.last = says, time.Now()
	p.err = p.send(&pb.Progress{Says: says, Done: int32(done), Total: int32(total)})
}

// ProveDraft runs check, cases and proof and tells how far it got.
func (r *Rules) ProveDraft(in *pb.ProveDraftRequest, stream grpc.ServerStreamingServer[pb.ProveDraftResponse]) error {
	if err := r.o.Validator.Check(in); err != nil {
		return err
	}
	p := progress{send: func(m *pb.Progress) error {
		return stream.Send(&pb.ProveDraftResponse{Step: &pb.ProveDraftResponse_Progress{Progress: m}})
	}}
	report, err := r.book.Check(rulebook.WithLanguage(stream.Context(), in.Language), of(in.Tenant), in.DraftId, revision.AllParts, in.Language, p.tell)
	if err != nil {
		return err
	}
	return errors.Join(p.err, stream.Send(&pb.ProveDraftResponse{Step: &pb.ProveDraftResponse_Report{Report: wire.Report(report)}}))
}

// AssessImpact says whom a draft answers differently.
func (r *Rules) AssessImpact(in *pb.AssessImpactRequest, stream grpc.ServerStreamingServer[pb.AssessImpactResponse]) error {
	if err := r.o.Validator.Check(in); err != nil {
		return err
	}
	var from time.Time
	if in.FromDay != "" {
		var err error
		if from, err = time.Parse(time.DateOnly, in.FromDay); err != nil {
			return wire.Invalid{{Field: "fromDay", Message: "must be a day such as 2026-03-01"}}
		}
	}
	p := progress{send: func(m *pb.Progress) error {
		return stream.Send(&pb.AssessImpactResponse{Step: &pb.AssessImpactResponse_Progress{Progress: m}})
	}}
	impact, err := r.book.Impact(rulebook.WithLanguage(stream.Context(), in.Language), of(in.Tenant), in.DraftId, from, in.Language, p.tell)
	if err != nil {
		return err
	}
	return errors.Join(p.err, stream.Send(&pb.AssessImpactResponse{Step: &pb.AssessImpactResponse_Impact{Impact: wire.Impact(impact)}}))
}

// leaving tells those who watch that they have to ask another server.
var leaving = NewStatus(codes.Unavailable, "LEAVING", "this server is going away; watch again").Err()

// WatchVersions tells of every version that comes into force.
func (r *Rules) WatchVersions(in *pb.WatchVersionsRequest, stream grpc.ServerStreamingServer[pb.WatchVersionsResponse]) error {
	if err := r.o.Validator.Check(in); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(stream.Context())
	defer stop(nil)
	if r.o.Leaving != nil {
		go func() {
			select {
			case <-r.o.Leaving:
				stop(leaving)
			case <-ctx.Done():
			}
		}()
	}
	err := r.book.Watch(ctx, of(in.Tenant), func(v rulebook.Version) error {
		return stream.Send(&pb.WatchVersionsResponse{Version: wire.Version(&v)})
	})
	if context.Cause(ctx) == leaving {
		return leaving
	}
	return err
}
