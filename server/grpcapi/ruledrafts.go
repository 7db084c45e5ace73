package grpcapi

import (
	"context"
	"slices"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/wire"
)

// CreateDraft begins a draft.
func (r *Rules) CreateDraft(ctx context.Context, in *pb.CreateDraftRequest) (*pb.CreateDraftResponse, error) {
	d, err := r.book.Create(ctx, r.who(ctx), revision.Creation{Tenant: of(in.Tenant), Title: in.Title, From: uint64(in.FromVersion), Request: in.RequestId})
	if err != nil {
		return nil, err
	}
	return &pb.CreateDraftResponse{Draft: wire.Draft(d)}, nil
}

// ListDrafts lists drafts.
func (r *Rules) ListDrafts(ctx context.Context, in *pb.ListDraftsRequest) (*pb.ListDraftsResponse, error) {
	all, err := r.book.Drafts(ctx, r.who(ctx), of(in.Tenant), in.All)
	if err != nil {
		return nil, err
	}
	out := &pb.ListDraftsResponse{}
	for _, d := range all {
		out.Drafts = append(out.Drafts, wire.Draft(d))
	}
	return out, nil
}

// GetDraft returns one draft.
func (r *Rules) GetDraft(ctx context.Context, in *pb.GetDraftRequest) (*pb.GetDraftResponse, error) {
	d, err := r.book.Draft(ctx, r.who(ctx), of(in.Tenant), in.DraftId)
	if err != nil {
		return nil, err
	}
	return &pb.GetDraftResponse{Draft: wire.Draft(d)}, nil
}

// EditDraft does operations to a draft.
func (r *Rules) EditDraft(ctx context.Context, in *pb.EditDraftRequest) (*pb.EditDraftResponse, error) {
	ops, err := wire.Operations(in.Operations)
	if err != nil {
		return nil, err
	}
	e, err := r.book.Edit(ctx, r.who(ctx), target(in), ops, in.RequestId, in.Language)
	if err != nil {
		return nil, err
	}
	return &pb.EditDraftResponse{Draft: wire.Draft(e.Draft), Problems: wire.Report(e.Report).Problems, Rules: wire.Rules(e.Rows)}, nil
}

// step does something to a draft by the service of revisions.
type step func(s *revision.Service, by string) (revision.Draft, error)

func (r *Rules) do(ctx context.Context, in targeted, do step) (*pb.Draft, error) {
	d, err := r.book.Do(ctx, r.who(ctx), target(in), do)
	if err != nil {
		return nil, err
	}
	return wire.Draft(d), nil
}

// RestoreDraft gives a draft a content it had before.
func (r *Rules) RestoreDraft(ctx context.Context, in *pb.RestoreDraftRequest) (*pb.RestoreDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Restore(ctx, by, target(in), revision.Digest(in.To), in.RequestId)
	})
	if err != nil {
		return nil, err
	}
	return &pb.RestoreDraftResponse{Draft: d}, nil
}

// RebaseDraft brings a draft up to date.
func (r *Rules) RebaseDraft(ctx context.Context, in *pb.RebaseDraftRequest) (*pb.RebaseDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) { return s.Rebase(ctx, by, target(in)) })
	if err != nil {
		return nil, err
	}
	return &pb.RebaseDraftResponse{Draft: d}, nil
}

// publishes is what it takes to publish.
const publishes = "/rightvoice.v1.RuleService/PublishDraft"

// SubmitDraft asks for review. What reviewers should know becomes a comment.
func (r *Rules) SubmitDraft(ctx context.Context, in *pb.SubmitDraftRequest) (*pb.SubmitDraftResponse, error) {
	o := revision.Submission{Publish: in.PublishWhenApproved, Note: in.Note, MayPublish: r.who(ctx).May(publishes, of(in.Tenant))}
	if in.PublishAt != nil {
		if in.PublishAt.CheckValid() != nil {
			return nil, wire.Invalid{{Field: "publishAt", Message: "must be a time"}}
		}
		o.At = in.PublishAt.AsTime()
	}
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) {
		d, err := s.Submit(ctx, by, target(in), o)
		if err == nil && in.Text != "" {
			return s.Comment(ctx, by, target(in), "", in.Text)
		}
		return d, err
	})
	if err != nil {
		return nil, err
	}
	return &pb.SubmitDraftResponse{Draft: d}, nil
}

// WithdrawDraft takes a draft back.
func (r *Rules) WithdrawDraft(ctx context.Context, in *pb.WithdrawDraftRequest) (*pb.WithdrawDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) { return s.Withdraw(ctx, by, target(in)) })
	if err != nil {
		return nil, err
	}
	return &pb.WithdrawDraftResponse{Draft: d}, nil
}

// reviewing is a request that says what a reviewer thinks.
type reviewing interface {
	GetTenant() string
	GetAs() string
	GetText() string
}

// opinion is what a reviewer says, and in which capacities they may say it.
func (r *Rules) opinion(ctx context.Context, in reviewing) revision.Opinion {
	o := revision.Opinion{As: in.GetAs(), Text: in.GetText(), Holds: r.who(ctx).SpeaksAs(of(in.GetTenant())),
		MayPublish: r.who(ctx).May(publishes, of(in.GetTenant()))}
	if slices.Contains(o.Holds, auth.AnyCapacity) {
		o.Holds = []string{o.As}
	}
	return o
}

// ApproveDraft approves the content that was seen.
func (r *Rules) ApproveDraft(ctx context.Context, in *pb.ApproveDraftRequest) (*pb.ApproveDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Approve(ctx, by, target(in), r.opinion(ctx, in))
	})
	if err != nil {
		return nil, err
	}
	return &pb.ApproveDraftResponse{Draft: d}, nil
}

// RejectDraft sends a draft back.
func (r *Rules) RejectDraft(ctx context.Context, in *pb.RejectDraftRequest) (*pb.RejectDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Reject(ctx, by, target(in), r.opinion(ctx, in))
	})
	if err != nil {
		return nil, err
	}
	return &pb.RejectDraftResponse{Draft: d}, nil
}

// CommentDraft says something about a draft.
func (r *Rules) CommentDraft(ctx context.Context, in *pb.CommentDraftRequest) (*pb.CommentDraftResponse, error) {
	t := revision.Target{Tenant: of(in.Tenant), ID: in.DraftId}
	d, err := r.book.Do(ctx, r.who(ctx), t, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Comment(ctx, by, t, in.On, in.Text)
	})
	if err != nil {
		return nil, err
	}
	return &pb.CommentDraftResponse{Draft: wire.Draft(d)}, nil
}

// ScheduleDraft has a draft published later.
func (r *Rules) ScheduleDraft(ctx context.Context, in *pb.ScheduleDraftRequest) (*pb.ScheduleDraftResponse, error) {
	if in.At.CheckValid() != nil {
		return nil, wire.Invalid{{Field: "at", Message: "must be a time"}}
	}
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Schedule(ctx, by, target(in), in.At.AsTime(), revision.Order{Note: in.Note})
	})
	if err != nil {
		return nil, err
	}
	return &pb.ScheduleDraftResponse{Draft: d}, nil
}

// CancelDraft takes a draft from the schedule.
func (r *Rules) CancelDraft(ctx context.Context, in *pb.CancelDraftRequest) (*pb.CancelDraftResponse, error) {
	d, err := r.do(ctx, in, func(s *revision.Service, by string) (revision.Draft, error) { return s.Cancel(ctx, by, target(in)) })
	if err != nil {
		return nil, err
	}
	return &pb.CancelDraftResponse{Draft: d}, nil
}

// PublishDraft brings a draft into force.
func (r *Rules) PublishDraft(ctx context.Context, in *pb.PublishDraftRequest) (*pb.PublishDraftResponse, error) {
	v, err := r.book.Publish(ctx, r.who(ctx), target(in), revision.Order{Note: in.Note, Request: in.RequestId})
	if err != nil {
		return nil, err
	}
	return &pb.PublishDraftResponse{Version: wire.Version(&v)}, nil
}

// RollBack publishes an old content again.
func (r *Rules) RollBack(ctx context.Context, in *pb.RollBackRequest) (*pb.RollBackResponse, error) {
	v, err := r.book.RollBack(ctx, r.who(ctx), of(in.Tenant), uint64(in.Number), revision.Order{Note: in.Note, Request: in.RequestId})
	if err != nil {
		return nil, err
	}
	return &pb.RollBackResponse{Version: wire.Version(&v)}, nil
}

// GetSettings returns what a tenant lays down about publishing.
func (r *Rules) GetSettings(ctx context.Context, in *pb.GetSettingsRequest) (*pb.GetSettingsResponse, error) {
	s, err := r.book.Settings(ctx, of(in.Tenant))
	if err != nil {
		return nil, err
	}
	return &pb.GetSettingsResponse{Settings: wire.Settings(s)}, nil
}

// SetSettings lays it down.
func (r *Rules) SetSettings(ctx context.Context, in *pb.SetSettingsRequest) (*pb.SetSettingsResponse, error) {
	s, err := r.book.SetSettings(ctx, r.who(ctx), of(in.Tenant), wire.ReadSettings(in.Settings))
	if err != nil {
		return nil, err
	}
	return &pb.SetSettingsResponse{Settings: wire.Settings(s)}, nil
}

// CheckDraft runs check, cases and proof.
func (r *Rules) CheckDraft(ctx context.Context, in *pb.CheckDraftRequest) (*pb.CheckDraftResponse, error) {
	parts, err := rulebook.PartsOf(in.Parts)
	if err != nil {
		return nil, err
	}
	report, err := r.book.Check(ctx, of(in.Tenant), in.DraftId, parts, in.Language, nil)
	if err != nil {
		return nil, err
	}
	return &pb.CheckDraftResponse{Report: wire.Report(report)}, nil
}
