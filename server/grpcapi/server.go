package grpcapi

import (
	"context"

	"google.golang.org/grpc"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// ServiceNames are what health is asked for.
var ServiceNames = []string{pb.RecommendationService_ServiceDesc.ServiceName, pb.MemberService_ServiceDesc.ServiceName, pb.RuleService_ServiceDesc.ServiceName,
	pb.InsightsService_ServiceDesc.ServiceName}

// Options are what a Server is made of. All fields are required.
type Options struct {
	Service   *recommend.Service
	Validator *wire.Validator // for the items of batches and streams; the chain validates single requests
	Telemetry *telemetry.Telemetry
}

// Server is the methods of the API. Each request works on one revision.
type Server struct {
	pb.UnimplementedRecommendationServiceServer
	service   *recommend.Service
	validator *wire.Validator
	count     *counters
}

// New makes the methods.
func New(o Options) *Server {
	return &Server{service: o.Service, validator: o.Validator, count: newCounters(o.Telemetry)}
}

// Register serves the methods on s.
func (s *Server) Register(on grpc.ServiceRegistrar) { pb.RegisterRecommendationServiceServer(on, s) }

// Recommend decides who should speak to one member.
func (s *Server) Recommend(ctx context.Context, in *pb.RecommendRequest) (*pb.RecommendResponse, error) {
	d, err := s.recommend(ctx, in)
	if err != nil {
		return nil, err
	}
	return &pb.RecommendResponse{Decision: d}, nil
}

// recommend answers one request that is valid.
func (s *Server) recommend(ctx context.Context, in *pb.RecommendRequest) (*pb.Decision, error) {
	if err := s.service.Reached(ctx, in.Tenant, in.MinRevision); err != nil {
		return nil, err
	}
	snap := s.service.Current(in.Tenant)
	q, err := wire.Request(in, snap.Catalogue())
	if err != nil {
		return nil, err
	}
	a, err := s.service.Recommend(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	d := wire.Decision(a)
	s.count.answer(d)
	return d, nil
}

// Explain decides as Recommend does, and says how.
func (s *Server) Explain(ctx context.Context, in *pb.ExplainRequest) (*pb.ExplainResponse, error) {
	asked := in.GetRequest()
	if err := s.service.Reached(ctx, asked.GetTenant(), asked.GetMinRevision()); err != nil {
		return nil, err
	}
	snap, err := s.service.Revision(asked.GetTenant(), in.Revision)
	if err != nil {
		return nil, err
	}
	q, err := wire.ExplainRequest(in, snap.Catalogue())
	if err != nil {
		return nil, err
	}
	e, err := s.service.Explain(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	return wire.Explanation(e), nil
}

// GetDecision returns a decision made earlier.
func (s *Server) GetDecision(ctx context.Context, in *pb.GetDecisionRequest) (*pb.GetDecisionResponse, error) {
	a, err := s.service.GetDecision(ctx, wire.DecisionQuery(in))
	if err != nil {
		return nil, err
	}
	return &pb.GetDecisionResponse{Decision: wire.Decision(a)}, nil
}

// ListDecisions lists the decisions made for one member, the newest first.
func (s *Server) ListDecisions(ctx context.Context, in *pb.ListDecisionsRequest) (*pb.ListDecisionsResponse, error) {
	answers, err := s.service.ListDecisions(ctx, wire.ListQuery(in))
	if err != nil {
		return nil, err
	}
	return wire.Page(in, answers), nil
}

// RecordFeedback records what became of a decision.
func (s *Server) RecordFeedback(ctx context.Context, in *pb.RecordFeedbackRequest) (*pb.RecordFeedbackResponse, error) {
	f, err := wire.Feedback(in)
	if err != nil {
		return nil, err
	}
	fed, err := s.service.Feed(ctx, f)
	if err != nil {
		return nil, err
	}
	return wire.Fed(fed), nil
}
