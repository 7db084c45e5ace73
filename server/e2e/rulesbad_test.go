package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/grpcapi"
)

// TestWhatIsRefusedOfThoseWhoWorkOnRules is one desk with all that goes wrong.
func TestWhatIsRefusedOfThoseWhoWorkOnRules(t *testing.T) {
	d := newDesk(t)
	s := &story{desk: d, t: t, call: d.overREST}
	s.staleEdits()
	s.editsAfterApproval()
	s.overtakenDrafts()
	s.badRequests()
	s.lines()
	s.latency()
	if strings.Contains(d.log.String(), "canary") {
		t.Error("the log repeats what was sent")
	}
}

// staleEdits are refused with both sides in words, over HTTP as 412.
func (s *story) staleEdits() {
	t, seen := s.t, s.create("ann", "two at once")
	now := s.edit("ben", seen, days("new-drug", "0", "10 days")).Draft
	late := &pb.EditDraftRequest{DraftId: seen.DraftId, Etag: seen.Etag, Operations: []*pb.EditOperation{days("new-drug", "0", "12 days")}}
	for _, way := range []call{s.overREST, s.overGRPC} {
		both := &story{desk: s.desk, t: t, call: way}
		details := both.refused("ann", "EditDraft", late, &pb.EditDraftResponse{}, codes.Aborted, "STALE_ETAG")
		m, ok := details[0].(*pb.StaleEdit)
		if !ok || m.Etag != now.Etag || len(m.Theirs) != 1 || len(m.Mine) != 1 || !strings.Contains(text(m.Theirs[0].After), "10 days") || !strings.Contains(text(m.Mine[0].After), "12 days") {
			t.Errorf("both sides are told: %v", details)
		}
	}
	// If-Match and ETag are HTTP's words for the same.
	const body = `{"operations":[{"do":"set_value","list":"mindset","row":"new-drug","at":"0","values":["12 days"]}]}`
	path := "/v1/drafts/" + seen.DraftId
	_, _, head := s.send(t, "GET", path, "")
	for header, want := range map[string]int{`"` + seen.Etag + `"`: 412, seen.Etag: 400, "*": 400, "": 400, `"canary"`: 400} {
		if code, answer, _ := s.send(t, "PATCH", path, body, "If-Match", header); code != want || bytes.Contains(answer, []byte("canary")) {
			t.Errorf("If-Match %s: %d, want %d: %s", header, code, want, answer)
		}
	}
	code, answer, after := s.send(t, "PATCH", path, body, "If-Match", head.Get("ETag"))
	if code != 200 || after.Get("ETag") == head.Get("ETag") || after.Get("ETag") == "" {
		t.Errorf("%d %s", code, answer)
	}
	if code, answer, _ := s.send(t, "POST", path+":withdraw", `{"etag":"`+seen.Etag+`"}`, "If-Match", after.Get("ETag")); code != 400 {
		t.Errorf("two etags that differ: %d %s", code, answer)
	}
	// Undo and redo.
	out := &pb.RestoreDraftResponse{}
	s.do("ann", "RestoreDraft", &pb.RestoreDraftRequest{DraftId: seen.DraftId, Etag: strings.Trim(after.Get("ETag"), `"`), To: now.Etag}, out)
	if out.Draft.Etag != now.Etag {
		t.Errorf("%v", out.Draft)
	}
}

// published brings a change into force and returns the draft, as it is approved.
func (s *story) approved(d *pb.Draft) *pb.Draft {
	s.t.Helper()
	s.do("ann", "SubmitDraft", &pb.SubmitDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, &pb.SubmitDraftResponse{})
	out := &pb.ApproveDraftResponse{}
	s.do("ben", "ApproveDraft", &pb.ApproveDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, out)
	return out.Draft
}

func words(row, says string) *pb.EditOperation {
	return &pb.EditOperation{Do: "set_words", List: "mindset", Row: row, Key: "because", Language: "en", Text: says}
}

// editsAfterApproval void it.
func (s *story) editsAfterApproval() {
	t := s.t
	d := s.approved(s.edit("ann", s.create("ann", "words"), words("new-drug", "The member got a new drug a short time ago.")).Draft)
	s.do("ben", "ScheduleDraft", &pb.ScheduleDraftRequest{DraftId: d.DraftId, Etag: d.Etag, At: timestamppb.New(time.Now().Add(time.Hour))}, &pb.ScheduleDraftResponse{})
	s.do("ben", "CancelDraft", &pb.CancelDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, &pb.CancelDraftResponse{})
	e := s.edit("ann", d, words("new-drug", "The member got a new drug not long ago.")).Draft
	if e.State != pb.Draft_DRAFT || len(e.Missing) != 1 || !e.Reviews[0].Void {
		t.Errorf("an edit voids the approval: %v", e)
	}
	s.refused("ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: e.DraftId, Etag: e.Etag}, &pb.PublishDraftResponse{}, codes.FailedPrecondition, "NOT_APPROVED")
	s.refused("ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, &pb.PublishDraftResponse{}, codes.Aborted, "STALE_ETAG")
	s.refused("ben", "CancelDraft", &pb.CancelDraftRequest{DraftId: e.DraftId, Etag: e.Etag}, &pb.CancelDraftResponse{}, codes.FailedPrecondition, "WRONG_STATE")
	code, _, _ := s.send(t, "POST", "/v1/drafts/"+e.DraftId+":publish", `{"etag":"`+e.Etag+`"}`)
	if code != http.StatusConflict {
		t.Errorf("what is not approved is a conflict over HTTP, not %d", code)
	}
}

// overtakenDrafts have to be brought up to date, and may clash.
func (s *story) overtakenDrafts() {
	t := s.t
	late := s.edit("ann", s.create("ann", "late"), words("injury", "The member is hurt and in care.")).Draft
	clash := s.edit("ann", s.create("ann", "clash"), words("new-drug", "Mine.")).Draft
	first := s.approved(s.edit("ann", s.create("ann", "first"), words("new-drug", "The member got a new drug lately.")).Draft)
	s.do("ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: first.DraftId, Etag: first.Etag}, &pb.PublishDraftResponse{})
	s.refused("ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: first.DraftId, Etag: first.Etag, RequestId: "another"}, &pb.PublishDraftResponse{}, codes.FailedPrecondition, "WRONG_STATE")
	late = s.approved(late)
	if ok, why := may(late, "publish"); ok || !strings.Contains(why, "up to date") {
		t.Errorf("%v %s", ok, why)
	}
	s.refused("ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: late.DraftId, Etag: late.Etag}, &pb.PublishDraftResponse{}, codes.FailedPrecondition, "REBASE_NEEDED")
	out := &pb.RebaseDraftResponse{}
	s.do("ann", "RebaseDraft", &pb.RebaseDraftRequest{DraftId: late.DraftId, Etag: late.Etag}, out)
	if out.Draft.BaseVersion != out.Draft.LiveVersion || out.Draft.State != pb.Draft_DRAFT {
		t.Errorf("%v", out.Draft)
	}
	details := s.refused("ann", "RebaseDraft", &pb.RebaseDraftRequest{DraftId: clash.DraftId, Etag: clash.Etag}, &pb.RebaseDraftResponse{}, codes.Aborted, "CONFLICT")
	if m, ok := details[0].(*pb.Clashes); !ok || len(m.Clashes) != 1 || m.Clashes[0].Id != "new-drug" || !strings.Contains(m.Clashes[0].Mine, "Mine.") {
		t.Errorf("%v", details)
	}
	list := &pb.ListDraftsResponse{}
	s.do("ann", "ListDrafts", &pb.ListDraftsRequest{}, list)
	open := len(list.Drafts)
	s.do("ann", "ListDrafts", &pb.ListDraftsRequest{All: true}, list)
	if open != 4 || len(list.Drafts) != 5 || len(list.Drafts[0].Steps) != 1 {
		t.Errorf("%d open of %d drafts", open, len(list.Drafts))
	}
}

// badRequests repeat nothing that was sent.
func (s *story) badRequests() {
	t := s.t
	d := s.create("ann", "bad")
	etag, path := d.Etag, "/v1/drafts/"+d.DraftId
	edit := func(ops string) string { return `{"etag":"` + etag + `","operations":[` + ops + `]}` }
	for name, try := range map[string]struct {
		verb, path, body string
		code             int
		reason           string
	}{
		"no operations":           {"PATCH", path, `{"etag":"` + etag + `"}`, 400, "INVALID_ARGUMENT"},
		"no such operation":       {"PATCH", path, edit(`{"do":"canary"}`), 400, "INVALID_ARGUMENT"},
		"no such list":            {"PATCH", path, edit(`{"do":"delete","list":"canary","row":"x"}`), 400, "INVALID_ARGUMENT"},
		"no such row":             {"PATCH", path, edit(`{"do":"delete","list":"mindset","row":"canary"}`), 400, "INVALID_ARGUMENT"},
		"no such place":           {"PATCH", path, edit(`{"do":"set_value","list":"mindset","row":"new-drug","at":"7.7.7","values":["canary"]}`), 400, "INVALID_ARGUMENT"},
		"a file outside":          {"PATCH", path, edit(`{"do":"write_file","file":"../canary.yaml","text":"x"}`), 400, "INVALID_ARGUMENT"},
		"conditions without end":  {"PATCH", path, edit(`{"do":"add_condition","list":"mindset","row":"new-drug","condition":` + strings.Repeat(`{"all":[`, 20) + `{"fact":"canary"}` + strings.Repeat(`]}`, 20) + `}`), 400, "INVALID_ARGUMENT"},
		"an unknown field":        {"PATCH", path, edit(`{"unheard":"canary"}`), 400, "INVALID_ARGUMENT"},
		"no such draft":           {"GET", "/v1/drafts/canary", "", 404, "NOT_FOUND"},
		"a draft id with dots":    {"GET", "/v1/drafts/can.ary", "", 400, "INVALID_ARGUMENT"},
		"no such action":          {"POST", path + ":canary", "{}", 404, "NO_SUCH_PATH"},
		"no such version":         {"GET", "/v1/versions/99", "", 404, "NOT_FOUND"},
		"a version in words":      {"GET", "/v1/versions/canary", "", 400, "INVALID_ARGUMENT"},
		"roll back to the same":   {"POST", "/v1/versions/2:rollBack", "{}", 400, "INVALID_ARGUMENT"},
		"no such file":            {"GET", "/v1/content/file?file=canary.yaml", "", 404, "NOT_FOUND"},
		"no such tenant":          {"GET", "/v1/content?tenant=canary", "", 404, "NOT_FOUND"},
		"a tenant with a slash":   {"GET", "/v1/drafts?tenant=can%2Fary", "", 400, "INVALID_ARGUMENT"},
		"a version and a draft":   {"GET", "/v1/content?version=1&draftId=" + d.DraftId, "", 400, "INVALID_ARGUMENT"},
		"no such part":            {"POST", path + ":check", `{"parts":["canary"]}`, 400, "INVALID_ARGUMENT"},
		"a schedule in the past":  {"POST", path + ":schedule", `{"etag":"` + etag + `","at":"2001-01-01T00:00:00Z"}`, 409, "WRONG_STATE"},
		"no time to schedule":     {"POST", path + ":schedule", `{"etag":"` + etag + `"}`, 400, "INVALID_ARGUMENT"},
		"an empty comment":        {"POST", path + ":comment", `{}`, 400, "INVALID_ARGUMENT"},
		"a member to be tried":    {"POST", "/v1/content:evaluate", `{"request":{"asker":"ASKER_INSURER","memberRef":"canary"}}`, 400, "INVALID_ARGUMENT"},
		"a topic of nobody":       {"POST", "/v1/content:evaluate", `{"request":{"asker":"ASKER_INSURER","topic":"canary"}}`, 400, "INVALID_ARGUMENT"},
		"a page of another list":  {"GET", "/v1/audit?pageToken=canary", "", 400, "INVALID_ARGUMENT"},
		"settings for nobody":     {"PUT", "/v1/settings", `{"required":[{"as":"legal","count":0}]}`, 400, "INVALID_ARGUMENT"},
		"a base that stands":      {"PUT", "/v1/settings", `{"base":"default"}`, 400, "INVALID_ARGUMENT"},
		"the impact of a bad day": {"POST", path + ":impact", `{"fromDay":"2026-13-77"}`, 400, "INVALID_ARGUMENT"},
		"the proof of nothing":    {"POST", "/v1/drafts/canary:prove", `{}`, 404, "NOT_FOUND"},
		"an edit of a body cut":   {"PATCH", path, `{"etag":"canary`, 400, "INVALID_ARGUMENT"},
	} {
		code, answer, _ := s.send(t, try.verb, try.path, try.body, grpcapi.UserHeader, "ann")
		if code != try.code || !bytes.Contains(answer, []byte(`"`+try.reason+`"`)) {
			t.Errorf("%s: %d %s", name, code, answer)
		}
		if bytes.Contains(answer, []byte("canary")) {
			t.Errorf("%s: what was sent is repeated: %s", name, answer)
		}
	}
	out := &pb.GetMeResponse{}
	s.do("eve canary", "GetMe", &pb.GetMeRequest{}, out) // no name for the audit
	if out.Name != "local" || !out.Open || len(out.Tenants) != 1 || len(out.Permissions) == 0 {
		t.Errorf("%v", out)
	}
}

// lines are how long answers come over HTTP.
func (s *story) lines() {
	t := s.t
	d := s.edit("ann", s.create("ann", "lines"), days("left-acute-care", "0.0", "7 days")).Draft
	code, answer, head := s.send(t, "POST", "/v1/drafts/"+d.DraftId+":prove", `{"language":"es"}`)
	all := bufio.NewScanner(bytes.NewReader(answer))
	all.Buffer(nil, 4<<20)
	var last *pb.ProveDraftResponse
	n := 0
	for ; all.Scan(); n++ {
		last = &pb.ProveDraftResponse{}
		must(t, protojson.Unmarshal(all.Bytes(), last))
	}
	if code != 200 || head.Get("Content-Type") != "application/x-ndjson" || n < 2 || last.GetReport() == nil {
		t.Fatalf("%d %v: %d lines, %v", code, head, n, last)
	}
	if f := last.GetReport().Findings; len(f) == 0 || !strings.Contains(f[0].Stories[0], "miembro") {
		t.Errorf("stories in Spanish: %v", f)
	}
	// A watch ends when the server leaves, and begins with what is in force.
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+"/v1/versions:watch", nil)
	must(t, err)
	resp, err := http.DefaultClient.Do(r)
	must(t, err)
	defer resp.Body.Close()
	in := bufio.NewScanner(resp.Body)
	in.Scan()
	first := &pb.WatchVersionsResponse{}
	must(t, protojson.Unmarshal(in.Bytes(), first))
	if first.Version.Number != 2 {
		t.Errorf("%v", first)
	}
	close(s.leave)
	in.Scan()
	var end struct {
		Error struct{ Details []struct{ Reason string } }
	}
	if err := json.Unmarshal(in.Bytes(), &end); err != nil || end.Error.Details[0].Reason != "LEAVING" || in.Scan() {
		t.Errorf("%s %v", in.Bytes(), err)
	}
}

// latency is what people wait for while they type: the best of a few, because
// the machine may be busy.
func (s *story) latency() {
	d := s.create("ann", "speed")
	var edited, proved time.Duration
	for i := range 5 {
		began := time.Now()
		d = s.edit("ann", d, days("new-drug", "0", fmt.Sprintf("%d days", 8+i))).Draft
		took := time.Since(began)
		began = time.Now()
		s.check(d, "proof")
		if i == 0 || took < edited {
			edited = took
		}
		if took := time.Since(began); i == 0 || took < proved {
			proved = took
		}
	}
	s.t.Logf("edit, check and sentence %v, proof %v", edited, proved)
	if edited > 3*time.Second || proved > 3*time.Second { // 100 ms and 200 ms on a machine that does nothing else
		s.t.Errorf("edit, check and sentence %v, proof %v", edited, proved)
	}
}
