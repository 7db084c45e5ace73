package grpcapi

import (
	"cmp"
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/insights"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Insights is the methods that tell what became of answers.
type Insights struct {
	pb.UnimplementedInsightsServiceServer
	service *insights.Service
}

// NewInsights makes the methods.
func NewInsights(s *insights.Service) *Insights { return &Insights{service: s} }

// Register serves the methods on s.
func (i *Insights) Register(on grpc.ServiceRegistrar) { pb.RegisterInsightsServiceServer(on, i) }

// GetInsights counts what was answered and what was said back.
func (i *Insights) GetInsights(ctx context.Context, in *pb.GetInsightsRequest) (*pb.GetInsightsResponse, error) {
	f, err := i.service.Figures(ctx, insights.Query{Tenant: of(in.Tenant), From: in.FromDay, To: in.ToDay, Language: in.Language})
	if err != nil {
		return nil, err
	}
	return wire.Insights(f), nil
}

// GetDrift compares what a version was to change with what came.
func (i *Insights) GetDrift(ctx context.Context, in *pb.GetDriftRequest) (*pb.GetDriftResponse, error) {
	d, err := i.service.Drift(ctx, of(in.Tenant), uint64(in.Version), in.Language)
	if err != nil {
		return nil, err
	}
	return wire.Drift(d, in.Language), nil
}

// defaultReports is how many reports are listed unless more or fewer are asked for.
const defaultReports = 50

// ListReports lists reports that the wrong side spoke.
func (i *Insights) ListReports(ctx context.Context, in *pb.ListReportsRequest) (*pb.ListReportsResponse, error) {
	all, err := i.service.Reports(ctx, of(in.Tenant), in.Language, cmp.Or(int(in.PageSize), defaultReports))
	if err != nil {
		return nil, err
	}
	return wire.Reports(all), nil
}

// fromInsights is a refusal of insights as a status.
func fromInsights(e *insights.Error) *status.Status {
	if e.Field != "" {
		return Invalid(wire.Invalid{{Field: e.Field, Message: e.Message}})
	}
	return NewStatus(codes.Unavailable, ReasonUnavailable, e.Message)
}
