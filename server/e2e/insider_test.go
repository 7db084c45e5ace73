package e2e

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestTenantsCannotBeMixedUp tries names that look like a tenant's, and two
// places for a name in one request. dora has rights at one tenant, and aud at
// all of them.
func TestTenantsCannotBeMixedUp(t *testing.T) {
	who := people{"dora": "kind: person, roles: {default: [author, admin, auditor]}", "root": everyone["root"], "aud": "kind: person, roles: {'*': [author, admin, auditor]}"}
	h := newHouse(t, who, "", nil)
	h.published("default")
	secret := &pb.CreateDraftResponse{}
	h.do("root", "CreateDraft", &pb.CreateDraftRequest{Tenant: "east", Title: "canary"}, secret)
	for _, name := range []string{"East", "EAST", "east ", " east", "\uff45ast", "e\u0430st", "east\u200b", "ea\u0301st", "east\x00", "../east", "east/..", "east,default", "*", "-east", "_east",
		"default\x00east", strings.Repeat("e", 65), "east\n", "%65ast"} {
		for as, code := range map[string]codes.Code{"dora": codes.PermissionDenied, "aud": codes.InvalidArgument} {
			for method, in := range map[string]proto.Message{"CreateDraft": &pb.CreateDraftRequest{Tenant: name}, "GetDraft": &pb.GetDraftRequest{Tenant: name, DraftId: secret.Draft.DraftId},
				"ListDrafts": &pb.ListDraftsRequest{Tenant: name}, "GetSettings": &pb.GetSettingsRequest{Tenant: name}} {
				if s := h.grpcAs(as, method, in, newAnswer(t, method)); s.Code() != code || strings.Contains(s.Message(), "ast") {
					t.Errorf("%s calls %s of %q: %v", as, method, name, s)
				}
			}
		}
	}
	east := h.lastOf("east")
	for name, try := range map[string]struct {
		verb, path, body string
		code             int
	}{
		"another in the query":    {"POST", "/v1/drafts?tenant=east", `{"title":"x"}`, 400},
		"both, body mine":         {"POST", "/v1/drafts?tenant=east", `{"tenant":"default"}`, 400},
		"both, query mine":        {"POST", "/v1/drafts?tenant=default", `{"tenant":"east"}`, 400},
		"twice in the query":      {"GET", "/v1/drafts?tenant=default&tenant=east", "", 400},
		"twice, the other way":    {"GET", "/v1/drafts?tenant=east&tenant=default", "", 400},
		"twice in the body":       {"POST", "/v1/drafts", `{"tenant":"default","tenant":"east"}`, 400},
		"settings in the body":    {"PUT", "/v1/settings?tenant=default", `{"tenant":"east","required":[]}`, 400},
		"settings in the query":   {"PUT", "/v1/settings?tenant=east", `{"required":[]}`, 403},
		"a draft of another":      {"GET", "/v1/drafts/" + secret.Draft.DraftId, "", 404},
		"and with its tenant":     {"GET", "/v1/drafts/" + secret.Draft.DraftId + "?tenant=east", "", 403},
		"a question in a trial":   {"POST", "/v1/content:evaluate", `{"tenant":"default","request":{"asker":"ASKER_INSURER","tenant":"east"}}`, 403},
		"a draft to compare with": {"POST", "/v1/content:compare", `{"after":{"draftId":"` + secret.Draft.DraftId + `"}}`, 404},
		"a base of another":       {"PUT", "/v1/settings", `{"base":"east"}`, 403},
	} {
		r := h.send(t, try.verb, try.path, try.body, "Authorization", "Bearer "+h.tokens["dora"])
		if r.status != try.code || strings.Contains(string(r.body), "canary") {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	for _, e := range h.audited("east") {
		if e.Number > east && (e.By != "dora" || e.Refused == "") {
			t.Errorf("somebody got through: %v", e)
		}
	}
	list := &pb.ListDraftsResponse{}
	if h.do("aud", "ListDrafts", &pb.ListDraftsRequest{Tenant: "east", All: true}, list); len(list.Drafts) != 1 {
		t.Errorf("%v", list)
	}
}

// TestRequestIdsAreOfOneTenant: what was asked for at one is not found at
// another.
func TestRequestIdsAreOfOneTenant(t *testing.T) {
	h := newHouse(t, everyone, "", nil)
	h.published("default")
	east := h.standing("east", "default", sleepSays("East has a class."))
	create := func(tenant string) *pb.Draft {
		out := &pb.CreateDraftResponse{}
		h.do("ana", "CreateDraft", &pb.CreateDraftRequest{Tenant: tenant, RequestId: "r-1"}, out)
		return out.Draft
	}
	mine, theirs := create("default"), create("east")
	if mine.DraftId == theirs.DraftId || create("default").DraftId != mine.DraftId || create("east").DraftId != theirs.DraftId {
		t.Errorf("%s and %s", mine.DraftId, theirs.DraftId)
	}
	publish := func(tenant string, d *pb.Draft) *pb.Version {
		out := &pb.PublishDraftResponse{}
		h.do("cy", "PublishDraft", &pb.PublishDraftRequest{Tenant: tenant, DraftId: d.DraftId, Etag: d.Etag, RequestId: "r-2"}, out)
		return out.Version
	}
	mine = h.reviewed("default", h.edited("ana", "default", mine, sleepSays("A class.")), "")
	theirs = h.reviewed("east", h.edited("ana", "east", theirs, sleepSays("East has two classes.")), "")
	a, b := publish("default", mine), publish("east", theirs)
	if a.Digest != mine.Etag || b.Digest != theirs.Etag || b.Number != east.Number+1 {
		t.Errorf("%v and %v", a, b)
	}
	if again := publish("default", mine); again.Number != a.Number || again.Digest != a.Digest {
		t.Errorf("sent twice: %v, then %v", a, again)
	}
}

// TestRightsThatWereTakenAwayEndStreams that were opened before.
func TestRightsThatWereTakenAwayEndStreams(t *testing.T) {
	who := maps.Clone(everyone)
	who["vera"] = who["vic"]
	h := newHouse(t, who, "", nil)
	h.published("default")
	ctx, cancel := context.WithTimeout(h.bearing("vic"), 2*time.Minute)
	defer cancel()
	watch, err := pb.NewRuleServiceClient(h.conn).WatchVersions(ctx, &pb.WatchVersionsRequest{})
	must(t, err)
	_, err = watch.Recv()
	must(t, err)
	lines := h.watchLines("vera")
	if !lines.Scan() {
		t.Fatal("nothing came over REST")
	}
	asking, end := context.WithTimeout(h.bearing("portal"), 2*time.Minute)
	defer end()
	questions, err := pb.NewRecommendationServiceClient(h.conn).StreamRecommend(asking)
	must(t, err)
	ask := func() error {
		if err := questions.Send(&pb.StreamRecommendRequest{Request: sleepless(pb.Asker_ASKER_UNSPECIFIED, "")}); err != nil {
			return nil // the answer says why
		}
		_, err := questions.Recv()
		return err
	}
	must(t, ask())

	h.without("vic", "vera", "portal")
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if err := ask(); err != nil {
			if status.Code(err) != codes.Unauthenticated {
				t.Errorf("the stream of questions: %v", err)
			}
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatal("the stream of questions goes on")
		}
	}
	d := h.began("ana", "default", sleepSays("A class on sleep."))
	h.put("default", h.reviewed("default", d, ""))
	if m, err := watch.Recv(); status.Code(err) != codes.Unauthenticated {
		t.Errorf("the watch goes on: %v %v", m, err)
	}
	if lines.Scan(); !strings.Contains(lines.Text(), "TOKEN_INVALID") || lines.Scan() {
		t.Errorf("the watch over REST goes on: %s", lines.Text())
	}
}

// without takes people out of the file of credentials.
func (h *house) without(names ...string) {
	h.t.Helper()
	data, err := os.ReadFile(h.file)
	must(h.t, err)
	lines := slices.DeleteFunc(strings.Split(string(data), "\n"), func(line string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(line, "{name: "+name+",") })
	})
	must(h.t, os.WriteFile(h.file, []byte(strings.Join(lines, "\n")), 0o600))
}

// watchLines is a watch over REST.
func (h *house) watchLines(as string) *bufio.Scanner {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	h.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", "http://"+h.app.HTTPAddr()+"/v1/versions:watch", nil)
	must(h.t, err)
	r.Header.Set("Authorization", "Bearer "+h.tokens[as])
	resp, err := http.DefaultClient.Do(r)
	must(h.t, err)
	h.t.Cleanup(func() { resp.Body.Close() })
	return bufio.NewScanner(resp.Body)
}

// TestApprovalsAndEditsAtOnce lets people edit, approve and publish one draft as
// fast as they can. Whatever comes into force was approved, exactly as it is, by
// somebody who never wrote in it.
func TestApprovalsAndEditsAtOnce(t *testing.T) {
	who := people{"aud": everyone["aud"]}
	for _, name := range []string{"a", "b", "c"} {
		who[name] = "kind: person, roles: {default: [author, approver, publisher]}"
	}
	h := newHouse(t, who, "", nil)
	h.published("default")
	made := &pb.CreateDraftResponse{}
	h.do("a", "CreateDraft", &pb.CreateDraftRequest{}, made)
	id := made.Draft.DraftId
	var published atomic.Pointer[pb.Version]
	turn := func(name string, edit *pb.EditOperation) {
		now := &pb.GetDraftResponse{}
		if s := h.grpcAs(name, "GetDraft", &pb.GetDraftRequest{DraftId: id}, now); s.Code() != codes.OK {
			t.Error(s)
			return
		}
		etag := now.Draft.Etag
		if edit != nil {
			h.grpcAs(name, "EditDraft", &pb.EditDraftRequest{DraftId: id, Etag: etag, Operations: []*pb.EditOperation{edit}}, &pb.EditDraftResponse{})
		}
		h.grpcAs(name, "SubmitDraft", &pb.SubmitDraftRequest{DraftId: id, Etag: etag}, &pb.SubmitDraftResponse{})
		h.grpcAs(name, "ApproveDraft", &pb.ApproveDraftRequest{DraftId: id, Etag: etag}, &pb.ApproveDraftResponse{})
		out := &pb.PublishDraftResponse{}
		if s := h.grpcAs(name, "PublishDraft", &pb.PublishDraftRequest{DraftId: id, Etag: etag}, out); s.Code() == codes.OK {
			published.Store(out.Version)
		}
	}
	var all sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		all.Go(func() {
			for n := range 5 {
				var edit *pb.EditOperation
				if name == "a" || name == "b" && n == 2 {
					edit = sleepSays(fmt.Sprintf("A class on sleep, %s %d.", name, n))
				}
				if turn(name, edit); published.Load() != nil {
					return
				}
			}
		})
	}
	all.Wait()
	if published.Load() == nil {
		turn("c", nil) // who wrote nothing
	}
	v := published.Load()
	if v == nil {
		t.Fatal("nothing came into force")
	}
	if len(v.Reviews) == 0 {
		t.Errorf("%v was approved by nobody", v)
	}
	for _, r := range v.Reviews {
		if r.Etag != v.Digest || !r.Approves || r.Void || slices.Contains(v.Authors, r.By) {
			t.Errorf("%v was approved by %v", v, r)
		}
	}
}
