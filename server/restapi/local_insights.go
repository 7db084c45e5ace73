package restapi

import (
	"context"

	"google.golang.org/grpc"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// localInsights is local for the methods that tell what became of answers.
type localInsights struct {
	server  pb.InsightsServiceServer
	through grpc.UnaryServerInterceptor
}

func (l *localInsights) GetInsights(ctx context.Context, in *pb.GetInsightsRequest, _ ...grpc.CallOption) (*pb.GetInsightsResponse, error) {
	return call(ctx, l.through, pb.InsightsService_GetInsights_FullMethodName, in, l.server.GetInsights)
}

func (l *localInsights) GetDrift(ctx context.Context, in *pb.GetDriftRequest, _ ...grpc.CallOption) (*pb.GetDriftResponse, error) {
	return call(ctx, l.through, pb.InsightsService_GetDrift_FullMethodName, in, l.server.GetDrift)
}

func (l *localInsights) ListReports(ctx context.Context, in *pb.ListReportsRequest, _ ...grpc.CallOption) (*pb.ListReportsResponse, error) {
	return call(ctx, l.through, pb.InsightsService_ListReports_FullMethodName, in, l.server.ListReports)
}
