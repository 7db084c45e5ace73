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
// one revision.
func (s *Server) batch(ctx context.Context, in []*pb.RecommendRequest) []*pb.RecommendResult {
	snap := s.service.Current()
	out := make([]*pb.RecommendResult, len(in))
	questions := make([]recommend.Request, len(in))
	good, place := make([]*recommend.Request, 0, len(in)), make([]int, 0, len(in))
	for i, m := range in {
		out[i] = &pb.RecommendResult{RequestId: m.GetRequestId()}
		q, err := s.read(m, snap)
		if err != nil {
			out[i].Result = s.refusal(err)
			continue
		}
		questions[i] = q
		good, place = append(good, &questions[i]), append(place, i)
	}
	for n, r := range s.service.Batch(ctx, snap, good) {
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
