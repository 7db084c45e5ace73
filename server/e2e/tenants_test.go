package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// asks asks for a recommendation with somebody's token.
func (h *house) asks(as string, in *pb.RecommendRequest) *pb.Decision {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.bearing(as), time.Minute)
	defer cancel()
	out, err := pb.NewRecommendationServiceClient(h.conn).Recommend(ctx, in)
	must(h.t, err)
	if in.Tenant == "" {
		h.asked["default"]++
	} else {
		h.asked[in.Tenant]++
	}
	return out.Decision
}

// reachesTenant waits until a tenant is answered by a version.
func (h *house) reachesTenant(as, tenant string, v *pb.Version) {
	h.t.Helper()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		in := sleepless(pb.Asker_ASKER_INSURER, "")
		in.Tenant = tenant
		if d := h.asks(as, in); d.Revision == v.Revision {
			return
		}
		if time.Since(began) > time.Minute {
			h.t.Fatal("the version is not in force: ", v)
		}
	}
}

// standing lays down that a tenant stands on another one, and begins it with an
// edit of its own.
func (h *house) standing(tenant, base string, op *pb.EditOperation) *pb.Version {
	h.t.Helper()
	h.do("root", "SetSettings", &pb.SetSettingsRequest{Tenant: tenant, Settings: &pb.Settings{Base: base}}, &pb.SetSettingsResponse{})
	return h.put(tenant, h.reviewed(tenant, h.began("root", tenant, op), ""))
}

// TestTwoTenantsOnOneServer have contents of their own, one on top of the other,
// and nothing of the one reaches the other.
func TestTwoTenantsOnOneServer(t *testing.T) {
	h := newHouse(t, everyone, "", nil)
	first := h.published("default")
	watched := h.watch("ana", "east")
	east := h.standing("east", "default", sleepSays("East has a class on sleep."))
	if east.Number != 1 || east.Revision == first.Revision {
		t.Fatalf("%v", east)
	}
	h.reachesTenant("eastern", "east", east)
	h.ownDecisions(first, east)
	h.baseMovesOnItsOwn(east)
	h.ownChangeLogs()
	for _, want := range []uint32{1, 2} {
		if v := watched(); v.Number != want {
			t.Errorf("the watch of east tells of version %d, want %d", v.Number, want)
		}
	}
	h.ownImpact()
}

// watch opens a watch of a tenant and returns a function that waits for the next
// version.
func (h *house) watch(as, tenant string) func() *pb.Version {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.bearing(as), 2*time.Minute)
	h.t.Cleanup(cancel)
	stream, err := pb.NewRuleServiceClient(h.conn).WatchVersions(ctx, &pb.WatchVersionsRequest{Tenant: tenant})
	must(h.t, err)
	return func() *pb.Version {
		h.t.Helper()
		m, err := stream.Recv()
		must(h.t, err)
		return m.Version
	}
}

// ownDecisions: the same question about the same member is decided for each
// tenant by itself, also where their rules agree.
func (h *house) ownDecisions(first, east *pb.Version) {
	t := h.t
	ask := func(tenant, topic string) *pb.RecommendRequest {
		in := sleepless(pb.Asker_ASKER_INSURER, "member-of-both")
		in.Tenant, in.Topic = tenant, topic
		return in
	}
	seen := map[string]bool{}
	for _, topic := range []string{"sleep", "coverage"} {
		for range 2 { // made, and found again
			a, b := h.asks("portal", ask("", topic)), h.asks("eastern", ask("east", topic))
			if a.Revision != first.Revision || b.Revision != east.Revision || a.DecisionId == b.DecisionId {
				t.Errorf("%s: %v and %v", topic, a, b)
			}
			if topic == "sleep" && (strings.Contains(sleepText(a), "East") || !strings.Contains(sleepText(b), "East")) {
				t.Errorf("%q and %q", sleepText(a), sleepText(b))
			}
			seen[a.DecisionId], seen[b.DecisionId] = true, true
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d decisions, want one for each tenant and topic", len(seen))
	}
	api := pb.NewRecommendationServiceClient(h.conn)
	mine := h.asks("eastern", ask("east", "sleep")).DecisionId
	for name, try := range map[string]struct {
		as, tenant string
		code       codes.Code
	}{
		"its own tenant":                 {"eastern", "east", codes.OK},
		"the decision of another tenant": {"portal", "", codes.NotFound},
		"the tenant of another":          {"portal", "east", codes.PermissionDenied},
	} {
		if _, err := api.GetDecision(h.bearing(try.as), &pb.GetDecisionRequest{Tenant: try.tenant, DecisionId: mine}); status.Code(err) != try.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, err := api.ListDecisions(h.bearing("portal"), &pb.ListDecisionsRequest{MemberRef: "member-of-both"})
	if err != nil || len(list.Decisions) == 0 || slices.ContainsFunc(list.Decisions, func(d *pb.Decision) bool { return d.Revision != first.Revision }) {
		t.Errorf("%v %v", list, err)
	}
}

// baseMovesOnItsOwn: a new version of the base reaches the tenant above by a
// draft of that tenant, which passes, is approved and is published there, and in
// no other way.
func (h *house) baseMovesOnItsOwn(east *pb.Version) {
	t := h.t
	title := &pb.EditOperation{Do: "set_words", List: "advice", Row: "gym", Key: "title", Language: "en", Text: "A gym for you"}
	hours := &pb.EditOperation{Do: "write_file", File: "policy.yaml", Text: strings.Replace(h.file1("default", "policy.yaml"), "until: 21", "until: 20", 1)}
	base := h.put("default", h.reviewed("default", h.began("ana", "default", title, hours), "legal"))
	h.reachesTenant("portal", "", base)
	if v := h.published("east"); v.Number != east.Number {
		t.Errorf("the base moved what stands on it to %v", v)
	}
	d := h.began("ana", "east")
	out := &pb.RebaseDraftResponse{}
	h.do("ana", "RebaseDraft", &pb.RebaseDraftRequest{Tenant: "east", DraftId: d.DraftId, Etag: d.Etag}, out)
	d = out.Draft
	if !slices.Equal(d.Guarded, []string{"policy.yaml: quiet_hours"}) || len(d.Required) != 1 || d.Required[0].As != "legal" {
		t.Errorf("%v guarded, %v required", d.Guarded, d.Required)
	}
	h.do("ana", "SubmitDraft", &pb.SubmitDraftRequest{Tenant: "east", DraftId: d.DraftId, Etag: d.Etag}, &pb.SubmitDraftResponse{})
	if s := h.grpcAs("cy", "PublishDraft", &pb.PublishDraftRequest{Tenant: "east", DraftId: d.DraftId, Etag: d.Etag}, &pb.PublishDraftResponse{}); reasonOf(s) != "NOT_APPROVED" {
		t.Errorf("it needs approval of its own: %v", s)
	}
	approved := &pb.ApproveDraftResponse{}
	h.do("lea", "ApproveDraft", &pb.ApproveDraftRequest{Tenant: "east", DraftId: d.DraftId, Etag: d.Etag, As: "legal"}, approved)
	second := h.put("east", approved.Draft)
	h.reachesTenant("eastern", "east", second)
	in := sleepless(pb.Asker_ASKER_INSURER, "")
	in.Tenant = "east"
	own := sleepText(h.asks("eastern", in))
	in.Topic, in.Context.BenefitAvailable = "activity", []string{"gym"}
	if a := h.asks("eastern", in).Recommendations[0].Advice; !strings.Contains(own, "East") || len(a) == 0 || a[0].Title != "A gym for you" {
		t.Errorf("the overlay says %q, and the base's change is %v", own, a)
	}
}

// file1 is the text of a file in force.
func (h *house) file1(tenant, name string) string {
	h.t.Helper()
	out := &pb.GetFileResponse{}
	h.do("aud", "GetFile", &pb.GetFileRequest{Tenant: tenant, File: name}, out)
	return out.Text
}

// ownChangeLogs: each tenant's log has its own drafts and no others.
func (h *house) ownChangeLogs() {
	t := h.t
	drafts := map[string]string{} // by id, whose
	for _, tenant := range []string{"default", "east"} {
		list := &pb.ListDraftsResponse{}
		h.do("ana", "ListDrafts", &pb.ListDraftsRequest{Tenant: tenant, All: true}, list)
		for _, d := range list.Drafts {
			if drafts[d.DraftId] != "" {
				t.Errorf("draft %s is of two tenants", d.DraftId)
			}
			drafts[d.DraftId] = tenant
		}
	}
	for _, tenant := range []string{"default", "east"} {
		n := 0
		for _, e := range h.audited(tenant) {
			if of := drafts[e.DraftId]; of != "" && of != tenant {
				t.Errorf("the log of %s has %v", tenant, e)
			} else if of != "" {
				n++
			}
		}
		if n == 0 {
			t.Errorf("the log of %s has no drafts", tenant)
		}
	}
	for id, of := range drafts {
		other := "east"
		if of == other {
			other = "default"
		}
		if s := h.grpcAs("ana", "GetDraft", &pb.GetDraftRequest{Tenant: other, DraftId: id}, &pb.GetDraftResponse{}); s.Code() != codes.NotFound {
			t.Errorf("a draft of %s is found at %s: %v", of, other, s)
		}
	}
}

// ownImpact: a draft is replayed on what was recorded of its own tenant.
func (h *house) ownImpact() {
	t := h.t
	for i := range 60 {
		in := sleepless(pb.Asker_ASKER_INSURER, "")
		if h.asks("portal", in); i < 7 {
			in.Tenant = "east"
			h.asks("eastern", in)
		}
	}
	d := h.began("ana", "east", &pb.EditOperation{Do: "set_key", List: "sender", Row: "benefit-for-this-topic", Key: "then", Value: "nobody"})
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		got := h.impact("east", d)
		if asked := h.asked["east"]; got.Recorded > asked || asked >= h.asked["default"] {
			t.Fatalf("%d decisions of east were replayed, and %d were made", got.Recorded, asked)
		}
		if got.Recorded >= 7 && got.Changed >= 7 { // they are written down after they are answered
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("%v", got)
		}
	}
}

func (h *house) impact(tenant string, d *pb.Draft) *pb.Impact {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.bearing("ana"), time.Minute)
	defer cancel()
	stream, err := pb.NewRuleServiceClient(h.conn).AssessImpact(ctx, &pb.AssessImpactRequest{Tenant: tenant, DraftId: d.DraftId})
	must(h.t, err)
	for {
		m, err := stream.Recv()
		must(h.t, err)
		if m.GetImpact() != nil {
			return m.GetImpact()
		}
	}
}
