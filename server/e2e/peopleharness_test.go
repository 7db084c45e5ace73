package e2e

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/config"
)

// people are those who may come in, by name, and what the file says of each.
type people map[string]string

// everyone has a part in the rules of two tenants.
var everyone = people{
	"root":    "kind: person, roles: {default: [admin], east: [admin], west: [admin]}",
	"ana":     "kind: person, roles: {default: [author], east: [author]}",
	"ben":     "kind: person, roles: {default: [approver], east: [approver]}, capacities: {default: [clinical]}",
	"lea":     "kind: person, roles: {default: [approver], east: [approver]}, capacities: {default: [legal], east: [legal, clinical]}",
	"cy":      "kind: person, roles: {default: [publisher], east: [publisher]}",
	"vic":     "kind: person, roles: {default: [viewer]}",
	"aud":     "kind: person, roles: {'*': [auditor]}",
	"old":     "kind: person, roles: {default: [author]}, expires: 2020-01-01T00:00:00Z",
	"portal":  "side: insurer, roles: {default: [evaluator]}",
	"app":     "side: provider, roles: {default: [evaluator]}",
	"eastern": "side: insurer, roles: {east: [evaluator]}",
	"wes":     "kind: person, roles: {west: [author, approver, publisher, auditor]}",
	"all":     "kind: person, roles: {default: [author, approver, publisher]}, capacities: {default: [legal]}",
}

// house is a server that asks who is there, and everyone's tokens.
type house struct {
	*node
	t      testing.TB
	dir    string // of its data
	file   string // of the credentials
	tokens map[string]string
	conn   *grpc.ClientConn
	asked  map[string]int32 // questions, by tenant
}

// newHouse starts a server. more is added to the file of credentials.
func newHouse(t testing.TB, who people, more string, change func(*config.Config)) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), file: filepath.Join(t.TempDir(), "access.yaml"), tokens: map[string]string{}, asked: map[string]int32{}}
	text := "tokens:\n"
	for _, name := range slices.Sorted(maps.Keys(who)) {
		token, hash, err := auth.NewToken()
		must(t, err)
		h.tokens[name] = token
		text += fmt.Sprintf("  - {name: %s, sha256: %s, %s}\n", name, hash, who[name])
	}
	must(t, os.WriteFile(h.file, []byte(text+more), 0o600))
	h.node = start(t, func(c *config.Config) {
		c.AuthFile, c.DataDir, c.BatchTimeout, c.RequestTimeout = h.file, h.dir, time.Minute, time.Minute
		if change != nil {
			change(c)
		}
	})
	var err error
	h.conn, err = grpc.NewClient(h.app.GRPCAddr(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	must(t, err)
	t.Cleanup(func() { h.conn.Close() })
	return h
}

// way calls one method of RuleService as somebody, over one transport.
type way func(as, method string, in, out proto.Message) *status.Status

// ways are both transports.
func (h *house) ways() map[string]way { return map[string]way{"gRPC": h.grpcAs, "REST": h.restAs} }

// bearing is a context with somebody's token, and a name that they would rather
// have, which counts for nothing.
func (h *house) bearing(as string) context.Context {
	return metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer "+h.tokens[as], "x-rightvoice-user", "root")
}

func (h *house) grpcAs(as, method string, in, out proto.Message) *status.Status {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.bearing(as), time.Minute)
	defer cancel()
	return status.Convert(h.conn.Invoke(ctx, "/rightvoice.v1.RuleService/"+method, in, out))
}

func (h *house) restAs(as, method string, in, out proto.Message) *status.Status {
	h.t.Helper()
	return overRule(h.t, method, in, out, func(verb, path, body string) (int, []byte) {
		r := h.send(h.t, verb, path, body, "Authorization", "Bearer "+h.tokens[as], "x-rightvoice-user", "root")
		return r.status, r.body
	})
}

// do calls a method that must work.
func (h *house) do(as, method string, in, out proto.Message) {
	h.t.Helper()
	if s := h.grpcAs(as, method, in, out); s.Code() != codes.OK {
		h.t.Fatalf("%s calls %s: %v", as, method, s)
	}
}

// reasonOf is the stable reason of a refusal.
func reasonOf(s *status.Status) string {
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return info.Reason
		}
	}
	return ""
}

// published waits for the version in force of a tenant.
func (h *house) published(tenant string) *pb.Version {
	h.t.Helper()
	out := &pb.GetVersionResponse{}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		s := h.grpcAs("aud", "GetVersion", &pb.GetVersionRequest{Tenant: tenant}, out)
		if s.Code() == codes.OK {
			return out.Version
		}
		if time.Since(began) > time.Minute {
			h.t.Fatal("nothing is published: ", s)
		}
	}
}

// began begins a draft of a tenant and edits it.
func (h *house) began(as, tenant string, ops ...*pb.EditOperation) *pb.Draft {
	h.t.Helper()
	made := &pb.CreateDraftResponse{}
	h.do(as, "CreateDraft", &pb.CreateDraftRequest{Tenant: tenant, Title: "a change"}, made)
	return h.edited("ana", tenant, made.Draft, ops...)
}

func (h *house) edited(as, tenant string, d *pb.Draft, ops ...*pb.EditOperation) *pb.Draft {
	h.t.Helper()
	if len(ops) == 0 {
		return d
	}
	out := &pb.EditDraftResponse{}
	h.do(as, "EditDraft", &pb.EditDraftRequest{Tenant: tenant, DraftId: d.DraftId, Etag: d.Etag, Operations: ops}, out)
	return out.Draft
}

// reviewed has a draft submitted and approved by lea, in a capacity.
func (h *house) reviewed(tenant string, d *pb.Draft, as string) *pb.Draft {
	h.t.Helper()
	h.do("ana", "SubmitDraft", &pb.SubmitDraftRequest{Tenant: tenant, DraftId: d.DraftId, Etag: d.Etag}, &pb.SubmitDraftResponse{})
	out := &pb.ApproveDraftResponse{}
	h.do("lea", "ApproveDraft", &pb.ApproveDraftRequest{Tenant: tenant, DraftId: d.DraftId, Etag: d.Etag, As: as}, out)
	return out.Draft
}

// put publishes a draft.
func (h *house) put(tenant string, d *pb.Draft) *pb.Version {
	h.t.Helper()
	out := &pb.PublishDraftResponse{}
	h.do("cy", "PublishDraft", &pb.PublishDraftRequest{Tenant: tenant, DraftId: d.DraftId, Etag: d.Etag}, out)
	return out.Version
}

// sleepSays is an edit of the advice on sleep.
func sleepSays(text string) *pb.EditOperation {
	return &pb.EditOperation{Do: "set_words", List: "advice", Row: "sleep_help", Key: "text", Language: "en", Text: text}
}

// audited lists the change log of a tenant.
func (h *house) audited(tenant string) []*pb.AuditEntry {
	h.t.Helper()
	out := &pb.ListAuditResponse{}
	h.do("aud", "ListAudit", &pb.ListAuditRequest{Tenant: tenant, PageSize: 500}, out)
	return out.Entries
}

// isAudited checks that the change log has, since a number, a refusal.
func (h *house) isAudited(tenant string, since uint32, by, action, reason string) {
	h.t.Helper()
	all := h.audited(tenant)
	if !slices.ContainsFunc(all, func(e *pb.AuditEntry) bool {
		return e.Number > since && e.By == by && e.Action == action && e.Refused == reason
	}) {
		h.t.Errorf("the change log of %s lacks that %s was refused %s for %s: %v", tenant, by, action, reason, all[:min(len(all), 5)])
	}
}

// lastOf is the number of the last entry in the change log of a tenant.
func (h *house) lastOf(tenant string) uint32 {
	if all := h.audited(tenant); len(all) > 0 {
		return all[0].Number
	}
	return 0
}

func nameOf(method string) protoreflect.Name { return protoreflect.Name(method) }

func newMessage(t testing.TB, d protoreflect.MessageDescriptor) proto.Message {
	t.Helper()
	kind, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	must(t, err)
	return kind.New().Interface()
}

func statusOf(err error) *status.Status { return status.Convert(err) }
