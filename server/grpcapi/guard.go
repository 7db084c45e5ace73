package grpcapi

import (
	"context"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// guard lets a request in, or refuses it before any work is done.
func (c *Chain) guard(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if isOps(info.FullMethod) {
		return next(ctx, req)
	}
	ctx, err := c.enter(ctx, info.FullMethod, req)
	if err != nil {
		return nil, err
	}
	defer c.inFlight.Add(-1)
	if c.o.Access != nil {
		if err := c.o.Access.authorize(ctx, info.FullMethod, req); err != nil {
			return nil, err
		}
	}
	limit := c.o.RequestTimeout
	if isLong(info.FullMethod) {
		limit = c.o.BatchTimeout
	}
	late := &deadline{Context: ctx, at: time.Now().Add(limit)}
	defer late.stop()
	return next(late, req)
}

func (c *Chain) guardStream(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if isOps(info.FullMethod) {
		return next(srv, s)
	}
	ctx, err := c.enter(s.Context(), info.FullMethod, nil)
	if err != nil {
		return err
	}
	defer c.inFlight.Add(-1)
	if c.o.Access != nil {
		if err := c.o.Access.open(ctx, info.FullMethod); err != nil {
			return err
		}
		return next(srv, newAuthorized(s, ctx, info.FullMethod, c.o.Access))
	}
	return next(srv, streamWith{s, ctx})
}

// enter counts a request in, if there is room and it is known who is calling.
func (c *Chain) enter(ctx context.Context, method string, req any) (context.Context, error) {
	if !c.makeRoom() {
		return nil, overloaded
	}
	if c.o.Access == nil {
		return ctx, nil
	}
	ctx, err := c.o.Access.authenticate(ctx, method, req)
	if err != nil {
		c.inFlight.Add(-1)
	}
	return ctx, err
}

// isOps reports whether a method is for operators: health must be told and
// reflection may be, however busy the server is.
func isOps(method string) bool { return strings.HasPrefix(method, "/grpc.") }

// isLong reports whether a method does much in one call.
func isLong(method string) bool {
	switch method {
	case pb.RecommendationService_BatchRecommend_FullMethodName, pb.MemberService_RecordFacts_FullMethodName, pb.MemberService_ImportFhir_FullMethodName,
		pb.MemberService_ForgetMember_FullMethodName,
		pb.RuleService_EditDraft_FullMethodName, pb.RuleService_CheckDraft_FullMethodName, pb.RuleService_SubmitDraft_FullMethodName,
		pb.RuleService_PublishDraft_FullMethodName, pb.RuleService_ScheduleDraft_FullMethodName, pb.RuleService_RollBack_FullMethodName,
		pb.RuleService_CompareContent_FullMethodName, pb.RuleService_GetVersion_FullMethodName, pb.RuleService_RebaseDraft_FullMethodName,
		pb.RuleService_RunScenarios_FullMethodName, pb.RuleService_ExamineContent_FullMethodName:
		return true
	}
	return false
}

// validate applies the rules of the .proto files to a request.
func (c *Chain) validate(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if m, ok := req.(proto.Message); ok && !isOps(info.FullMethod) {
		if err := c.o.Validator.Check(m); err != nil {
			return nil, err
		}
	}
	return next(ctx, req)
}
