package grpcapi

import (
	"context"

	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/wire"
)

// BatchRecommend decides for many. An item that is bad gets its own error.
func (s *Server) BatchRecommend(ctx context.Context, in *pb.BatchRecommendRequest) (*pb.BatchRecommendResponse, error) {
	return &pb.BatchRecommendResponse{Results: s.batch(ctx, in.Requests)}, nil
}

// batch answers requests that nobody has validated, in their order and under
// one revision of each tenant.
func (s *Server) batch(ctx context.Context, in []*pb.RecommendRequest) []*pb.RecommendResult {
	revisions := s.pick(ctx, in)
	out := make([]*pb.RecommendResult, len(in))
	questions := make([]recommend.Request, len(in))
	good, place := make([]recommend.Asked, 0, len(in)), make([]int, 0, len(in))
	for i, m := range in {
		out[i] = &pb.RecommendResult{RequestId: m.GetRequestId()}
		snap, err := revisions.of(m)
		if err == nil {
			questions[i], err = s.read(m, snap)
		}
		if err != nil {
			out[i].Result = s.refusal(err)
			continue
		}
		good, place = append(good, recommend.Asked{Of: snap, Request: &questions[i]}), append(place, i)
	}
	for n, r := range s.service.Batch(ctx, good) {
		if r.Err != nil {
			out[place[n]].Result = s.refusal(r.Err)
			continue
		}
		d := wire.Decision(r.Answer)
		s.count.answer(d)
		out[place[n]].Result = &pb.RecommendResult_Decision{Decision: d}
	}
	return out
}

// picked are the revisions of a batch.
type picked struct {
	tenants map[string]*recommend.Snapshot
	lacking map[seen]error
}

// seen is a revision that a caller has seen.
type seen struct{ tenant, revision string }

// pick chooses one revision for each tenant of a batch, after those that callers
// have seen are in force. The first that is not ends the waiting: the next ones
// are likely to be as late.
func (s *Server) pick(ctx context.Context, in []*pb.RecommendRequest) picked {
	p := picked{map[string]*recommend.Snapshot{}, map[seen]error{}}
	for _, m := range in {
		if asked := (seen{m.GetTenant(), m.GetMinRevision()}); asked.revision != "" && p.lacking[asked] == nil {
			if err := s.service.Reached(ctx, asked.tenant, asked.revision); err != nil {
				p.lacking[asked] = err
				var ended context.CancelFunc
				ctx, ended = context.WithCancel(ctx)
				ended()
			}
		}
	}
	for _, m := range in {
		if name := m.GetTenant(); p.tenants[name] == nil {
			p.tenants[name] = s.service.Current(name)
		}
	}
	return p
}

func (p *picked) of(m *pb.RecommendRequest) (*recommend.Snapshot, error) {
	return p.tenants[m.GetTenant()], p.lacking[seen{m.GetTenant(), m.GetMinRevision()}]
}

// read validates and reads one item.
func (s *Server) read(m *pb.RecommendRequest, snap *recommend.Snapshot) (recommend.Request, error) {
	if m == nil {
		m = &pb.RecommendRequest{}
	}
	if err := s.validator.Check(m); err != nil {
		return recommend.Request{}, err
	}
	return wire.Request(m, snap.Catalogue())
}

// refusal is an error as the answer to an item.
func (s *Server) refusal(err error) *pb.RecommendResult_Error {
	s.count.refused.Inc()
	return &pb.RecommendResult_Error{Error: status.Convert(Shown(err)).Proto()}
}
