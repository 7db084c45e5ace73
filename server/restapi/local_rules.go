package restapi

import (
	"context"

	"google.golang.org/grpc"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// localRules is local for the methods of those who work on the rules.
type localRules struct {
	server  pb.RuleServiceServer
	through grpc.UnaryServerInterceptor
	streams grpc.StreamServerInterceptor
}

func (l *localRules) ListFacts(ctx context.Context, in *pb.ListFactsRequest, _ ...grpc.CallOption) (*pb.ListFactsResponse, error) {
	return call(ctx, l.through, pb.RuleService_ListFacts_FullMethodName, in, l.server.ListFacts)
}

func (l *localRules) GetMeta(ctx context.Context, in *pb.GetMetaRequest, _ ...grpc.CallOption) (*pb.GetMetaResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetMeta_FullMethodName, in, l.server.GetMeta)
}

func (l *localRules) GetMe(ctx context.Context, in *pb.GetMeRequest, _ ...grpc.CallOption) (*pb.GetMeResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetMe_FullMethodName, in, l.server.GetMe)
}

func (l *localRules) ListVersions(ctx context.Context, in *pb.ListVersionsRequest, _ ...grpc.CallOption) (*pb.ListVersionsResponse, error) {
	return call(ctx, l.through, pb.RuleService_ListVersions_FullMethodName, in, l.server.ListVersions)
}

func (l *localRules) GetVersion(ctx context.Context, in *pb.GetVersionRequest, _ ...grpc.CallOption) (*pb.GetVersionResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetVersion_FullMethodName, in, l.server.GetVersion)
}

func (l *localRules) GetContent(ctx context.Context, in *pb.GetContentRequest, _ ...grpc.CallOption) (*pb.GetContentResponse, error) {
	if err := known(ctx, in); err != nil {
		return nil, err
	}
	out, err := call(ctx, l.through, pb.RuleService_GetContent_FullMethodName, in, l.server.GetContent)
	if err == nil && out.Content == nil {
		return nil, notModified(out.Etag)
	}
	return out, err
}

func (l *localRules) GetFile(ctx context.Context, in *pb.GetFileRequest, _ ...grpc.CallOption) (*pb.GetFileResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetFile_FullMethodName, in, l.server.GetFile)
}

func (l *localRules) CompareContent(ctx context.Context, in *pb.CompareContentRequest, _ ...grpc.CallOption) (*pb.CompareContentResponse, error) {
	return call(ctx, l.through, pb.RuleService_CompareContent_FullMethodName, in, l.server.CompareContent)
}

func (l *localRules) RunScenarios(ctx context.Context, in *pb.RunScenariosRequest, _ ...grpc.CallOption) (*pb.RunScenariosResponse, error) {
	return call(ctx, l.through, pb.RuleService_RunScenarios_FullMethodName, in, l.server.RunScenarios)
}

func (l *localRules) ExamineContent(ctx context.Context, in *pb.ExamineContentRequest, _ ...grpc.CallOption) (*pb.ExamineContentResponse, error) {
	return call(ctx, l.through, pb.RuleService_ExamineContent_FullMethodName, in, l.server.ExamineContent)
}

func (l *localRules) RollBack(ctx context.Context, in *pb.RollBackRequest, _ ...grpc.CallOption) (*pb.RollBackResponse, error) {
	return call(ctx, l.through, pb.RuleService_RollBack_FullMethodName, in, l.server.RollBack)
}

func (l *localRules) CreateDraft(ctx context.Context, in *pb.CreateDraftRequest, _ ...grpc.CallOption) (*pb.CreateDraftResponse, error) {
	return call(ctx, l.through, pb.RuleService_CreateDraft_FullMethodName, in, l.server.CreateDraft)
}

func (l *localRules) ListDrafts(ctx context.Context, in *pb.ListDraftsRequest, _ ...grpc.CallOption) (*pb.ListDraftsResponse, error) {
	return call(ctx, l.through, pb.RuleService_ListDrafts_FullMethodName, in, l.server.ListDrafts)
}

func (l *localRules) GetDraft(ctx context.Context, in *pb.GetDraftRequest, _ ...grpc.CallOption) (*pb.GetDraftResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetDraft_FullMethodName, in, l.server.GetDraft)
}

func (l *localRules) EditDraft(ctx context.Context, in *pb.EditDraftRequest, _ ...grpc.CallOption) (*pb.EditDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_EditDraft_FullMethodName, in, l.server.EditDraft)
}

func (l *localRules) RestoreDraft(ctx context.Context, in *pb.RestoreDraftRequest, _ ...grpc.CallOption) (*pb.RestoreDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_RestoreDraft_FullMethodName, in, l.server.RestoreDraft)
}

func (l *localRules) RebaseDraft(ctx context.Context, in *pb.RebaseDraftRequest, _ ...grpc.CallOption) (*pb.RebaseDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_RebaseDraft_FullMethodName, in, l.server.RebaseDraft)
}

func (l *localRules) CheckDraft(ctx context.Context, in *pb.CheckDraftRequest, _ ...grpc.CallOption) (*pb.CheckDraftResponse, error) {
	return call(ctx, l.through, pb.RuleService_CheckDraft_FullMethodName, in, l.server.CheckDraft)
}

func (l *localRules) ProveDraft(ctx context.Context, in *pb.ProveDraftRequest, _ ...grpc.CallOption) (grpc.ServerStreamingClient[pb.ProveDraftResponse], error) {
	return stream[pb.ProveDraftResponse](ctx, l.streams, pb.RuleService_ProveDraft_FullMethodName, in, l.server)
}

func (l *localRules) Evaluate(ctx context.Context, in *pb.EvaluateRequest, _ ...grpc.CallOption) (*pb.EvaluateResponse, error) {
	return call(ctx, l.through, pb.RuleService_Evaluate_FullMethodName, in, l.server.Evaluate)
}

func (l *localRules) AssessImpact(ctx context.Context, in *pb.AssessImpactRequest, _ ...grpc.CallOption) (grpc.ServerStreamingClient[pb.AssessImpactResponse], error) {
	return stream[pb.AssessImpactResponse](ctx, l.streams, pb.RuleService_AssessImpact_FullMethodName, in, l.server)
}

func (l *localRules) SubmitDraft(ctx context.Context, in *pb.SubmitDraftRequest, _ ...grpc.CallOption) (*pb.SubmitDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_SubmitDraft_FullMethodName, in, l.server.SubmitDraft)
}

func (l *localRules) WithdrawDraft(ctx context.Context, in *pb.WithdrawDraftRequest, _ ...grpc.CallOption) (*pb.WithdrawDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_WithdrawDraft_FullMethodName, in, l.server.WithdrawDraft)
}

func (l *localRules) ApproveDraft(ctx context.Context, in *pb.ApproveDraftRequest, _ ...grpc.CallOption) (*pb.ApproveDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_ApproveDraft_FullMethodName, in, l.server.ApproveDraft)
}

func (l *localRules) RejectDraft(ctx context.Context, in *pb.RejectDraftRequest, _ ...grpc.CallOption) (*pb.RejectDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_RejectDraft_FullMethodName, in, l.server.RejectDraft)
}

func (l *localRules) CommentDraft(ctx context.Context, in *pb.CommentDraftRequest, _ ...grpc.CallOption) (*pb.CommentDraftResponse, error) {
	return call(ctx, l.through, pb.RuleService_CommentDraft_FullMethodName, in, l.server.CommentDraft)
}

func (l *localRules) PublishDraft(ctx context.Context, in *pb.PublishDraftRequest, _ ...grpc.CallOption) (*pb.PublishDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_PublishDraft_FullMethodName, in, l.server.PublishDraft)
}

func (l *localRules) ScheduleDraft(ctx context.Context, in *pb.ScheduleDraftRequest, _ ...grpc.CallOption) (*pb.ScheduleDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_ScheduleDraft_FullMethodName, in, l.server.ScheduleDraft)
}

func (l *localRules) CancelDraft(ctx context.Context, in *pb.CancelDraftRequest, _ ...grpc.CallOption) (*pb.CancelDraftResponse, error) {
	return callMatching(ctx, l.through, pb.RuleService_CancelDraft_FullMethodName, in, l.server.CancelDraft)
}

func (l *localRules) WatchVersions(ctx context.Context, in *pb.WatchVersionsRequest, _ ...grpc.CallOption) (grpc.ServerStreamingClient[pb.WatchVersionsResponse], error) {
	return stream[pb.WatchVersionsResponse](ctx, l.streams, pb.RuleService_WatchVersions_FullMethodName, in, l.server)
}

func (l *localRules) GetSettings(ctx context.Context, in *pb.GetSettingsRequest, _ ...grpc.CallOption) (*pb.GetSettingsResponse, error) {
	return call(ctx, l.through, pb.RuleService_GetSettings_FullMethodName, in, l.server.GetSettings)
}

func (l *localRules) SetSettings(ctx context.Context, in *pb.SetSettingsRequest, _ ...grpc.CallOption) (*pb.SetSettingsResponse, error) {
	return call(ctx, l.through, pb.RuleService_SetSettings_FullMethodName, in, l.server.SetSettings)
}

func (l *localRules) ListAudit(ctx context.Context, in *pb.ListAuditRequest, _ ...grpc.CallOption) (*pb.ListAuditResponse, error) {
	return call(ctx, l.through, pb.RuleService_ListAudit_FullMethodName, in, l.server.ListAudit)
}
