package rightvoice

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"iter"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/types/known/timestamppb"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// Rules changes the contents of one tenant. Every failure is an *Error; its
// Reason and details say what to do: look at both sides of a stale edit, mend
// what check, cases and proof found, or ask for approval. Whatever takes a draft
// takes it as it was seen: a change that others made since is a refusal.
//
// Creating, editing, publishing and rolling back carry an id of their own, so
// that one that is repeated because its answer was lost is done once.
type Rules struct {
	c      *Client
	tenant string
	name   string
}

// Rules works on a tenant; empty is the default one.
func (c *Client) Rules(tenant string) *Rules { return &Rules{c: c, tenant: tenant} }

// As names who works, at a server that asks nobody who they are. Elsewhere the
// token does, and this counts for nothing.
func (r *Rules) As(name string) *Rules { return &Rules{r.c, r.tenant, name} }

func (r *Rules) by(ctx context.Context) context.Context {
	if r.name == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "x-rightvoice-user", r.name)
}

// Drafts lists drafts, the one changed last first; those that came to an end only
// if all are wanted.
func (r *Rules) Drafts(ctx context.Context, all bool) ([]*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.ListDrafts, &rightvoicev1.ListDraftsRequest{Tenant: r.tenant, All: all})
	return out.GetDrafts(), err
}

// Draft is one draft as it is now.
func (r *Rules) Draft(ctx context.Context, id string) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.GetDraft, &rightvoicev1.GetDraftRequest{Tenant: r.tenant, DraftId: id})
	return out.GetDraft(), err
}

// Create begins a draft from the version in force or, for an admin of a tenant
// without any, its first one.
func (r *Rules) Create(ctx context.Context, title string) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.CreateDraft, &rightvoicev1.CreateDraftRequest{Tenant: r.tenant, Title: title, RequestId: rand.Text()})
	return out.GetDraft(), err
}

// Edit does operations to a draft, all or none. The answer has the draft as it is
// then, and what check says about it.
func (r *Rules) Edit(ctx context.Context, d *rightvoicev1.Draft, ops ...*rightvoicev1.EditOperation) (*rightvoicev1.EditDraftResponse, error) {
	return call(r.by(ctx), r.c, r.c.rules.EditDraft, &rightvoicev1.EditDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), Operations: ops, RequestId: rand.Text()})
}

// Rebase brings a draft up to date with the version in force, and with that of
// the tenant's base.
func (r *Rules) Rebase(ctx context.Context, d *rightvoicev1.Draft) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.RebaseDraft, &rightvoicev1.RebaseDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag()})
	return out.GetDraft(), err
}

// Check runs parts of what a draft must pass: "check", "cases", "proof"; all if
// none is named. What speaks against the draft is in the report, and is no error.
func (r *Rules) Check(ctx context.Context, d *rightvoicev1.Draft, parts ...string) (*rightvoicev1.Report, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.CheckDraft, &rightvoicev1.CheckDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Parts: parts})
	return out.GetReport(), err
}

// Prove runs everything and tells how far it got; tell may be nil. It takes as
// long as its context lets it.
func (r *Rules) Prove(ctx context.Context, d *rightvoicev1.Draft, tell func(*rightvoicev1.Progress)) (*rightvoicev1.Report, error) {
	ctx, cancel := context.WithCancel(r.by(ctx))
	defer cancel()
	s, err := r.c.rules.ProveDraft(ctx, &rightvoicev1.ProveDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId()})
	for err == nil {
		var m *rightvoicev1.ProveDraftResponse
		if m, err = s.Recv(); err != nil {
			break
		}
		if report := m.GetReport(); report != nil {
			return report, nil
		}
		if tell != nil {
			tell(m.GetProgress())
		}
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return nil, errorOf(err)
}

// Submit asks for review.
func (r *Rules) Submit(ctx context.Context, d *rightvoicev1.Draft, text string) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.SubmitDraft, &rightvoicev1.SubmitDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), Text: text})
	return out.GetDraft(), err
}

// SubmitToPublish asks for review, and for a publish once nobody's approval is
// missing, though not before a time; the zero time is at once. It takes somebody
// who may publish: whoever submits, or else whoever's approval is the last.
func (r *Rules) SubmitToPublish(ctx context.Context, d *rightvoicev1.Draft, text string, at time.Time) (*rightvoicev1.Draft, error) {
	in := &rightvoicev1.SubmitDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), Text: text, PublishWhenApproved: true}
	if !at.IsZero() {
		in.PublishAt = timestamppb.New(at)
	}
	out, err := call(r.by(ctx), r.c, r.c.rules.SubmitDraft, in)
	return out.GetDraft(), err
}

// Approve approves a draft in a capacity, such as "legal"; empty is in none.
func (r *Rules) Approve(ctx context.Context, d *rightvoicev1.Draft, as, text string) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.ApproveDraft, &rightvoicev1.ApproveDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), As: as, Text: text})
	return out.GetDraft(), err
}

// Reject sends a draft back to its authors.
func (r *Rules) Reject(ctx context.Context, d *rightvoicev1.Draft, as, text string) (*rightvoicev1.Draft, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.RejectDraft, &rightvoicev1.RejectDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), As: as, Text: text})
	return out.GetDraft(), err
}

// Publish brings an approved draft into force.
func (r *Rules) Publish(ctx context.Context, d *rightvoicev1.Draft, note string) (*rightvoicev1.Version, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.PublishDraft, &rightvoicev1.PublishDraftRequest{Tenant: r.tenant, DraftId: d.GetDraftId(), Etag: d.GetEtag(), Note: note, RequestId: rand.Text()})
	return out.GetVersion(), err
}

// RollBack publishes the content of an earlier version again.
func (r *Rules) RollBack(ctx context.Context, number uint32, note string) (*rightvoicev1.Version, error) {
	out, err := call(r.by(ctx), r.c, r.c.rules.RollBack, &rightvoicev1.RollBackRequest{Tenant: r.tenant, Number: number, Note: note, RequestId: rand.Text()})
	return out.GetVersion(), err
}

// Watch yields the version in force and each that comes into force later, until
// ctx ends or the caller has enough. A server that leaves is followed by the next
// one, and versions that were yielded are not yielded again; what can't be had
// otherwise is one *Error at the end.
func (r *Rules) Watch(ctx context.Context) iter.Seq2[*rightvoicev1.Version, error] {
	return func(yield func(*rightvoicev1.Version, error) bool) {
		ctx, cancel := context.WithCancel(r.by(ctx))
		defer cancel()
		last, silent := uint32(0), 0
		for {
			s, err := r.c.rules.WatchVersions(ctx, &rightvoicev1.WatchVersionsRequest{Tenant: r.tenant})
			for err == nil {
				var m *rightvoicev1.WatchVersionsResponse
				if m, err = s.Recv(); err != nil {
					break
				}
				silent = 0
				if v := m.GetVersion(); v.GetNumber() > last {
					if last = v.GetNumber(); !yield(v, nil) {
						return
					}
				}
			}
			if silent++; ctx.Err() != nil {
				return
			}
			if e := errorOf(err); !errors.Is(err, io.EOF) && e.Code != codes.Unavailable || silent > r.c.opts.Attempts {
				yield(nil, e)
				return
			}
			if sleep(ctx, reconnectDelay(silent)) != nil {
				return
			}
		}
	}
}
