package restapi

import (
	"context"

	"google.golang.org/grpc"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// localMembers is local for the methods about what is stored.
type localMembers struct {
	server  pb.MemberServiceServer
	through grpc.UnaryServerInterceptor
}

func (l *localMembers) RecordFacts(ctx context.Context, in *pb.RecordFactsRequest, _ ...grpc.CallOption) (*pb.RecordFactsResponse, error) {
	out, err := call(ctx, l.through, pb.MemberService_RecordFacts_FullMethodName, in, l.server.RecordFacts)
	for i, wrong := range badItems(ctx) {
		if err == nil && i < len(out.Results) {
			out.Results[i].Result = &pb.RecordFactsResult_Error{Error: shown(wrong)}
		}
	}
	return out, err
}

func (l *localMembers) ImportFhir(ctx context.Context, in *pb.ImportFhirRequest, _ ...grpc.CallOption) (*pb.ImportFhirResponse, error) {
	return call(ctx, l.through, pb.MemberService_ImportFhir_FullMethodName, in, l.server.ImportFhir)
}

func (l *localMembers) SetChoice(ctx context.Context, in *pb.SetChoiceRequest, _ ...grpc.CallOption) (*pb.SetChoiceResponse, error) {
	return call(ctx, l.through, pb.MemberService_SetChoice_FullMethodName, in, l.server.SetChoice)
}

func (l *localMembers) GetMember(ctx context.Context, in *pb.GetMemberRequest, _ ...grpc.CallOption) (*pb.GetMemberResponse, error) {
	return call(ctx, l.through, pb.MemberService_GetMember_FullMethodName, in, l.server.GetMember)
}

func (l *localMembers) ForgetMember(ctx context.Context, in *pb.ForgetMemberRequest, _ ...grpc.CallOption) (*pb.ForgetMemberResponse, error) {
	return call(ctx, l.through, pb.MemberService_ForgetMember_FullMethodName, in, l.server.ForgetMember)
}
