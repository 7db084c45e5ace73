package grpcapi

import (
	"context"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/wire"
)

// RuleOptions are what Rules is made of. Book and Validator are required.
type RuleOptions struct {
	Book      *rulebook.Book
	Validator *wire.Validator // for streams; the chain validates single requests

	// Open says that nobody has to say who they are, which the wiring allows on
	// loopback only. Callers may then name themselves by UserHeader, so that
	// people who try the product can be author and approver in turn.
	Open bool

	// Leaving is closed when the server begins to drain: whoever watches is sent
	// away. nil: they stay until they go.
	Leaving <-chan struct{}
}

// UserHeader is the metadata by which callers of an open server name themselves.
const UserHeader = "x-rightvoice-user"

// Rules is the methods of those who work on the rules.
type Rules struct {
	pb.UnimplementedRuleServiceServer
	o    RuleOptions
	book *rulebook.Book
}

// NewRules makes the methods.
func NewRules(o RuleOptions) *Rules { return &Rules{o: o, book: o.Book} }

// Register serves the methods on s.
func (r *Rules) Register(on grpc.ServiceRegistrar) { pb.RegisterRuleServiceServer(on, r) }

// who is calling.
func (r *Rules) who(ctx context.Context) *auth.Principal {
	who := auth.From(ctx)
	if !r.o.Open {
		return who
	}
	md, _ := metadata.FromIncomingContext(ctx)
	names := md.Get(UserHeader)
	if len(names) != 1 || !isName(names[0]) {
		return who
	}
	named := *who
	named.Name = names[0]
	return &named
}

// isName reports whether s may name somebody in the audit.
func isName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= 64
}

// of is the tenant that a request is about.
func of(tenant string) string {
	if tenant == "" {
		return auth.DefaultTenant
	}
	return tenant
}

// target is a draft as the caller of a request saw it.
type targeted interface {
	GetTenant() string
	GetDraftId() string
	GetEtag() string
}

func target(in targeted) revision.Target {
	return revision.Target{Tenant: of(in.GetTenant()), ID: in.GetDraftId(), Etag: revision.Digest(in.GetEtag())}
}

// ListFacts lists the facts that rules may read.
func (r *Rules) ListFacts(ctx context.Context, in *pb.ListFactsRequest) (*pb.ListFactsResponse, error) {
	all, err := r.book.Facts(ctx, of(in.Tenant), rulebook.Ref{Version: uint64(in.Version), Draft: in.DraftId}, in.Language)
	if err != nil {
		return nil, err
	}
	return wire.Facts(all), nil
}

// GetMeta says what this server is.
func (r *Rules) GetMeta(ctx context.Context, in *pb.GetMetaRequest) (*pb.GetMetaResponse, error) {
	m, err := r.book.Meta(ctx, of(in.Tenant))
	if err != nil {
		return nil, err
	}
	return &pb.GetMetaResponse{Build: m.Build, Version: uint32(m.Version), Revision: m.Revision, ReadOnly: m.ReadOnly, Languages: m.Languages, Stale: m.Stale}, nil
}

// GetMe says who is calling and what they may do.
func (r *Rules) GetMe(ctx context.Context, in *pb.GetMeRequest) (*pb.GetMeResponse, error) {
	m, err := r.book.Me(ctx, r.who(ctx), of(in.Tenant))
	if err != nil {
		return nil, err
	}
	return &pb.GetMeResponse{Name: m.Name, Roles: m.Roles, Permissions: wire.Permissions(m.Permissions), Tenants: m.Tenants, Open: r.o.Open, Capacities: m.Capacities}, nil
}

// defaultPage is how many entries a page has unless more or fewer are asked for.
const defaultPage = 50

// page reads where a page begins and how long it is; one more is read, to know
// whether another page follows.
func page(size int32, token string) (limit int, before uint64, err error) {
	limit = int(size)
	if limit == 0 {
		limit = defaultPage
	}
	if token != "" {
		if before, err = strconv.ParseUint(token, 10, 63); err != nil || before == 0 {
			return 0, 0, wire.Invalid{{Field: "pageToken", Message: "must be the nextPageToken of the page before"}}
		}
	}
	return limit, before, nil
}

// ListVersions lists the published versions.
func (r *Rules) ListVersions(ctx context.Context, in *pb.ListVersionsRequest) (*pb.ListVersionsResponse, error) {
	limit, before, err := page(in.PageSize, in.PageToken)
	if err != nil {
		return nil, err
	}
	all, err := r.book.Versions(ctx, of(in.Tenant), before, limit)
	if err != nil {
		return nil, err
	}
	out := &pb.ListVersionsResponse{}
	for i := range all {
		out.Versions = append(out.Versions, wire.Version(&all[i]))
	}
	if n := len(all); n > 0 && n == min(limit, 100) && all[n-1].Number > 1 {
		out.NextPageToken = strconv.FormatUint(all[n-1].Number, 10)
	}
	return out, nil
}

// GetVersion returns one version.
func (r *Rules) GetVersion(ctx context.Context, in *pb.GetVersionRequest) (*pb.GetVersionResponse, error) {
	v, err := r.book.Version(ctx, of(in.Tenant), uint64(in.Number), in.Language)
	if err != nil {
		return nil, err
	}
	return wire.Published(v), nil
}

// GetContent puts a content into words, unless the caller has them.
func (r *Rules) GetContent(ctx context.Context, in *pb.GetContentRequest) (*pb.GetContentResponse, error) {
	ref := rulebook.Ref{Version: uint64(in.Version), Draft: in.DraftId}
	if in.KnownEtag != "" {
		tag, err := r.book.ContentTag(ctx, of(in.Tenant), ref, in.Language)
		if err != nil {
			return nil, err
		}
		if tag == in.KnownEtag {
			return &pb.GetContentResponse{Etag: tag}, nil
		}
	}
	c, err := r.book.Content(ctx, of(in.Tenant), ref, in.Language)
	if err != nil {
		return nil, err
	}
	return &pb.GetContentResponse{Content: wire.Content(c, in.Language), Etag: r.book.TagOf(c.Digest, in.Language)}, nil
}

// GetFile returns one file of a content.
func (r *Rules) GetFile(ctx context.Context, in *pb.GetFileRequest) (*pb.GetFileResponse, error) {
	text, digest, err := r.book.File(ctx, of(in.Tenant), rulebook.Ref{Version: uint64(in.Version), Draft: in.DraftId}, in.File)
	if err != nil {
		return nil, err
	}
	return &pb.GetFileResponse{Text: text, Digest: string(digest)}, nil
}

// CompareContent tells what differs between two contents.
func (r *Rules) CompareContent(ctx context.Context, in *pb.CompareContentRequest) (*pb.CompareContentResponse, error) {
	c, err := r.book.Compare(ctx, of(in.Tenant), wire.Ref(in.Before), wire.Ref(in.After), in.Language, in.Regions)
	if err != nil {
		return nil, err
	}
	return &pb.CompareContentResponse{Changes: wire.Changes(c.Changes), Regions: wire.Regions(c.Regions), Cut: c.Cut,
		BeforeDigest: string(c.Before), AfterDigest: string(c.After)}, nil
}

// RunScenarios runs the scenarios of a content.
func (r *Rules) RunScenarios(ctx context.Context, in *pb.RunScenariosRequest) (*pb.RunScenariosResponse, error) {
	by := []rulebook.Ref{wire.Ref(in.Of)}
	if len(in.Contents) > 0 {
		by = by[:0]
		for _, ref := range in.Contents {
			by = append(by, wire.Ref(ref))
		}
	}
	runs, err := r.book.Run(ctx, of(in.Tenant), wire.Ref(in.Of), by, in.Ids)
	if err != nil {
		return nil, err
	}
	return wire.Runs(runs), nil
}

// ExamineContent finds members that show how the rules of a content lie to each
// other.
func (r *Rules) ExamineContent(ctx context.Context, in *pb.ExamineContentRequest) (*pb.ExamineContentResponse, error) {
	found, err := r.book.Examine(ctx, of(in.Tenant), wire.Ref(in.Content), in.Language, wire.Wanted(in))
	if err != nil {
		return nil, err
	}
	return wire.Examined(found), nil
}

// ListAudit lists what was done and refused.
func (r *Rules) ListAudit(_ context.Context, in *pb.ListAuditRequest) (*pb.ListAuditResponse, error) {
	limit, before, err := page(in.PageSize, in.PageToken)
	if err != nil {
		return nil, err
	}
	all, err := r.book.Audit(of(in.Tenant), in.DraftId, before, limit+1)
	if err != nil {
		return nil, err
	}
	out := &pb.ListAuditResponse{Entries: wire.AuditEntries(all[:min(limit, len(all))])}
	if len(all) > limit {
		out.NextPageToken = strconv.FormatUint(all[limit-1].Seq, 10)
	}
	return out, nil
}
