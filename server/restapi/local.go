package restapi

import (
	"context"

	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/grpcapi"
)

// local is a client that calls the service in process: through the server's
// interceptors, without a connection and without encoding a message twice.
type local struct {
	server  pb.RecommendationServiceServer
	through grpc.UnaryServerInterceptor
}

// call runs one method through the interceptors.
func call[In, Out any](ctx context.Context, through grpc.UnaryServerInterceptor, method string, in *In, do func(context.Context, *In) (*Out, error)) (*Out, error) {
	if md, ok := metadata.FromOutgoingContext(ctx); ok {
		ctx = metadata.NewIncomingContext(ctx, md)
	}
	info := &grpc.UnaryServerInfo{FullMethod: method}
	out, err := through(ctx, in, info, func(ctx context.Context, req any) (any, error) { return do(ctx, req.(*In)) })
	if err != nil {
		return nil, err
	}
	return out.(*Out), nil
}

func (l *local) Recommend(ctx context.Context, in *pb.RecommendRequest, _ ...grpc.CallOption) (*pb.RecommendResponse, error) {
	return call(ctx, l.through, pb.RecommendationService_Recommend_FullMethodName, in, l.server.Recommend)
}

func (l *local) BatchRecommend(ctx context.Context, in *pb.BatchRecommendRequest, _ ...grpc.CallOption) (*pb.BatchRecommendResponse, error) {
	out, err := call(ctx, l.through, pb.RecommendationService_BatchRecommend_FullMethodName, in, l.server.BatchRecommend)
	for i, wrong := range badItems(ctx) {
		if err == nil && i < len(out.Results) {
			out.Results[i].Result = &pb.RecommendResult_Error{Error: shown(wrong)}
		}
	}
	return out, err
}

func (l *local) Explain(ctx context.Context, in *pb.ExplainRequest, _ ...grpc.CallOption) (*pb.ExplainResponse, error) {
	return call(ctx, l.through, pb.RecommendationService_Explain_FullMethodName, in, l.server.Explain)
}

func (l *local) GetDecision(ctx context.Context, in *pb.GetDecisionRequest, _ ...grpc.CallOption) (*pb.GetDecisionResponse, error) {
	return call(ctx, l.through, pb.RecommendationService_GetDecision_FullMethodName, in, l.server.GetDecision)
}

func (l *local) ListDecisions(ctx context.Context, in *pb.ListDecisionsRequest, _ ...grpc.CallOption) (*pb.ListDecisionsResponse, error) {
	return call(ctx, l.through, pb.RecommendationService_ListDecisions_FullMethodName, in, l.server.ListDecisions)
}

func (l *local) RecordFeedback(ctx context.Context, in *pb.RecordFeedbackRequest, _ ...grpc.CallOption) (*pb.RecordFeedbackResponse, error) {
	return call(ctx, l.through, pb.RecommendationService_RecordFeedback_FullMethodName, in, l.server.RecordFeedback)
}

// shown is what a caller learns of an item that was left empty. The service
// refused it for that; this is the reason why it was left so.
func shown(wrong error) *spb.Status { return status.Convert(grpcapi.Shown(wrong)).Proto() }

// StreamRecommend has no REST form; the client interface asks for it.
func (l *local) StreamRecommend(context.Context, ...grpc.CallOption) (grpc.BidiStreamingClient[pb.StreamRecommendRequest, pb.StreamRecommendResponse], error) {
	return nil, status.Error(codes.Unimplemented, "streams are served over gRPC only")
}
