package e2e

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// attempt is something that somebody may not do.
type attempt struct {
	as, method string
	in         proto.Message
	code       codes.Code
	reason     string
	tenant     string // whose change log has it; empty: default
	action     string // as the log names it; empty: rules.METHOD
}

// TestRefusalsAreTypedReadableAndRecorded tries everything that must be refused
// with real credentials over both transports, and looks each up in the change
// log.
func TestRefusalsAreTypedReadableAndRecorded(t *testing.T) {
	h := newHouse(t, everyone, "", nil)
	h.published("default")
	draft := h.began("ana", "default", sleepSays("Your plan has a class on sleep."))
	own := &pb.CreateDraftResponse{}
	h.do("all", "CreateDraft", &pb.CreateDraftRequest{}, own)
	mine := &pb.EditDraftResponse{}
	h.do("all", "EditDraft", &pb.EditDraftRequest{DraftId: own.Draft.DraftId, Etag: own.Draft.Etag, Operations: []*pb.EditOperation{sleepSays("Sleep well with your plan.")}}, mine)
	h.do("all", "SubmitDraft", &pb.SubmitDraftRequest{DraftId: own.Draft.DraftId, Etag: mine.Draft.Etag}, &pb.SubmitDraftResponse{})
	approved := h.reviewed("default", h.began("ana", "default", sleepSays("Sleep better with a class.")), "")
	again := h.edited("ana", "default", approved, sleepSays("Sleep better with a class of your plan."))
	moved := h.edited("ana", "default", h.began("ana", "default"), sleepSays("A class on sleep is free."))

	edit := func(d *pb.Draft, etag string) *pb.EditDraftRequest {
		return &pb.EditDraftRequest{DraftId: d.DraftId, Etag: etag, Operations: []*pb.EditOperation{sleepSays("Mine.")}}
	}
	for name, try := range map[string]attempt{
		"a viewer edits":                {"vic", "EditDraft", edit(draft, draft.Etag), codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"a publisher edits":             {"cy", "EditDraft", edit(draft, draft.Etag), codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"a token of another tenant":     {"wes", "EditDraft", edit(draft, draft.Etag), codes.PermissionDenied, "TENANT_NOT_ALLOWED", "", ""},
		"an author of no such tenant":   {"ana", "CreateDraft", &pb.CreateDraftRequest{Tenant: "west"}, codes.PermissionDenied, "TENANT_NOT_ALLOWED", "west", ""},
		"an author approves":            {"ana", "ApproveDraft", &pb.ApproveDraftRequest{DraftId: draft.DraftId, Etag: draft.Etag}, codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"an author approves their own":  {"all", "ApproveDraft", &pb.ApproveDraftRequest{DraftId: own.Draft.DraftId, Etag: mine.Draft.Etag}, codes.PermissionDenied, "OWN_DRAFT", "", "approve"},
		"an approver publishes":         {"ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: approved.DraftId, Etag: approved.Etag}, codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"a capacity nobody gave":        {"ben", "ApproveDraft", &pb.ApproveDraftRequest{DraftId: own.Draft.DraftId, Etag: mine.Draft.Etag, As: "legal"}, codes.PermissionDenied, "CAPACITY_MISSING", "", "approve"},
		"a capacity to reject in":       {"ben", "RejectDraft", &pb.RejectDraftRequest{DraftId: own.Draft.DraftId, Etag: mine.Draft.Etag, As: "legal", Text: "no"}, codes.PermissionDenied, "CAPACITY_MISSING", "", "reject"},
		"what was not approved":         {"cy", "PublishDraft", &pb.PublishDraftRequest{DraftId: draft.DraftId, Etag: draft.Etag}, codes.FailedPrecondition, "NOT_APPROVED", "", "publish"},
		"edited after approval":         {"cy", "PublishDraft", &pb.PublishDraftRequest{DraftId: again.DraftId, Etag: again.Etag}, codes.FailedPrecondition, "NOT_APPROVED", "", "publish"},
		"what was approved before that": {"cy", "PublishDraft", &pb.PublishDraftRequest{DraftId: again.DraftId, Etag: approved.Etag}, codes.Aborted, "STALE_ETAG", "", "publish"},
		"a stale edit":                  {"ana", "EditDraft", edit(moved, moved.Steps[0].Etag), codes.Aborted, "STALE_ETAG", "", "edit"},
		"an expired token":              {"old", "CreateDraft", &pb.CreateDraftRequest{}, codes.Unauthenticated, "TOKEN_EXPIRED", "", ""},
		"a portal reads rules":          {"portal", "ListDrafts", &pb.ListDraftsRequest{}, codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"a viewer reads who did what":   {"vic", "ListAudit", &pb.ListAuditRequest{}, codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"an author lays down settings":  {"ana", "SetSettings", &pb.SetSettingsRequest{Settings: &pb.Settings{}}, codes.PermissionDenied, "ROLE_MISSING", "", ""},
		"an admin begins a later draft": {"root", "CreateDraft", &pb.CreateDraftRequest{}, codes.PermissionDenied, "ROLE_MISSING", "", "create"},
		"an author begins a tenant":     {"ana", "CreateDraft", &pb.CreateDraftRequest{Tenant: "east"}, codes.PermissionDenied, "ROLE_MISSING", "east", "create"},
		"a base that is not theirs":     {"root", "SetSettings", &pb.SetSettingsRequest{Tenant: "east", Settings: &pb.Settings{Base: "north"}}, codes.PermissionDenied, "ROLE_MISSING", "east", "settings"},
	} {
		for transport, call := range h.ways() {
			tenant, action := try.tenant, try.action
			if tenant == "" {
				tenant = "default"
			}
			if action == "" {
				action = try.method
			}
			since := h.lastOf(tenant)
			s := call(try.as, try.method, proto.Clone(try.in), newAnswer(t, try.method))
			if s.Code() != try.code || reasonOf(s) != try.reason || !strings.Contains(s.Message(), " ") {
				t.Errorf("%s over %s: %v %s", name, transport, s, reasonOf(s))
			}
			h.isAudited(tenant, since, try.as, action, try.reason)
		}
	}
	h.staleOverREST(moved)
	h.otherSide()
	h.unknownRole()
}

// newAnswer is an empty answer of a method.
func newAnswer(t testing.TB, method string) proto.Message {
	t.Helper()
	m := pb.File_rightvoice_v1_rule_service_proto.Services().ByName("RuleService").Methods().ByName(nameOf(method))
	return newMessage(t, m.Output())
}

// staleOverREST is 412 with both sides in words.
func (h *house) staleOverREST(d *pb.Draft) {
	h.t.Helper()
	body := `{"operations":[{"do":"set_words","list":"advice","row":"sleep_help","key":"text","language":"en","text":"Mine."}]}`
	r := h.send(h.t, "PATCH", "/v1/drafts/"+d.DraftId, body, "Authorization", "Bearer "+h.tokens["ana"], "If-Match", `"`+d.Steps[0].Etag+`"`)
	if answer := string(r.body); r.status != 412 || !strings.Contains(answer, "A class on sleep is free.") || !strings.Contains(answer, "Mine.") || !strings.Contains(answer, `"theirs"`) {
		h.t.Errorf("%d %s", r.status, r.body)
	}
}

// otherSide asks as the provider with the insurer's token.
func (h *house) otherSide() {
	t := h.t
	for transport, ask := range map[string]func() (reason string){
		"gRPC": func() string {
			ctx, cancel := context.WithTimeout(h.bearing("portal"), time.Minute)
			defer cancel()
			_, err := pb.NewRecommendationServiceClient(h.conn).Recommend(ctx, &pb.RecommendRequest{Asker: pb.Asker_ASKER_PROVIDER, Topic: "sleep"})
			return reasonOf(statusOf(err))
		},
		"REST": func() string {
			r := h.send(t, "POST", recommendations, `{"asker":"ASKER_PROVIDER","topic":"sleep"}`, "Authorization", "Bearer "+h.tokens["portal"])
			return refusalOf(t, r).reason
		},
	} {
		since := h.lastOf("default")
		if reason := ask(); reason != "SIDE_NOT_ALLOWED" {
			t.Errorf("over %s: %s", transport, reason)
		}
		h.isAudited("default", since, "portal", "RecommendationService.Recommend", "SIDE_NOT_ALLOWED")
	}
}

// unknownRole is a mistake in the file of credentials: the last good one stays
// in force, and both are in the change log. A server does not start with it.
func (h *house) unknownRole() {
	t := h.t
	good, err := os.ReadFile(h.file)
	must(t, err)
	since := h.lastOf("default")
	bad := strings.Replace(string(good), "default: [viewer]", "default: [owner]", 1)
	must(t, os.WriteFile(h.file, []byte(bad), 0o600))
	for began := time.Now(); h.lastOf("default") == since; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nobody looked at the file")
		}
	}
	h.isAudited("default", since, "rightvoice", "access.load", "ACCESS_FILE_INVALID")
	h.do("vic", "ListDrafts", &pb.ListDraftsRequest{}, &pb.ListDraftsResponse{})
	if !strings.Contains(h.log.String(), "roles are viewer, author") {
		t.Error("the log does not say what is wrong with the file")
	}
	must(t, os.WriteFile(h.file, good, 0o600))
}
