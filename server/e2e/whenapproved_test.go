package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestPublishedByTheLastApproval asks for it when submitting, over both ways in,
// as people who may publish and people who may not.
func TestPublishedByTheLastApproval(t *testing.T) {
	who := maps.Clone(everyone)
	who["apu"] = "kind: person, roles: {default: [author, publisher]}"
	who["pam"] = "kind: person, roles: {default: [approver, publisher]}"
	h := newHouse(t, who, "", nil)
	number := h.published("default").Number
	texts := []string{"A class on sleep.", "A class helps you sleep.", "A sleep class.", "Your plan has a sleep class.", "Your plan pays for a sleep class.", "Your plan has a class on sleep."}
	for _, try := range []struct{ author, approver, by, with, failure string }{
		{"apu", "lea", "apu", "lea", ""}, {"ana", "pam", "pam", "ana", ""}, {"ana", "lea", "ana", "lea", "ROLE_MISSING"},
	} {
		for name, call := range h.ways() {
			made := &pb.CreateDraftResponse{}
			h.do(try.author, "CreateDraft", &pb.CreateDraftRequest{Title: "a change"}, made)
			d := h.edited(try.author, "default", made.Draft, sleepSays(texts[0]))
			texts = texts[1:]
			sent := &pb.SubmitDraftResponse{}
			if s := call(try.author, "SubmitDraft", &pb.SubmitDraftRequest{DraftId: d.DraftId, Etag: d.Etag, PublishWhenApproved: true, Note: "agreed"}, sent); s.Code() != codes.OK {
				t.Fatal(name, s)
			}
			if p := sent.Draft.PublishWhenApproved; p == nil || p.By != try.author || p.MayPublish != (try.author == "apu") || p.Note != "agreed" {
				t.Fatalf("%s: %v", name, p)
			}
			since, out := h.lastOf("default"), &pb.ApproveDraftResponse{}
			if s := call(try.approver, "ApproveDraft", &pb.ApproveDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, out); s.Code() != codes.OK {
				t.Fatal(name, s)
			}
			entries := slices.DeleteFunc(h.audited("default"), func(e *pb.AuditEntry) bool { return e.Number <= since || e.Action != "publish" })
			if len(entries) != 1 || entries[0].By != try.by || entries[0].With != try.with || entries[0].Refused != try.failure {
				t.Errorf("%s, %v: the audit has %v", name, try, entries)
			}
			if try.failure != "" {
				if out.Draft.State != pb.Draft_APPROVED || out.Draft.Failure != try.failure || h.published("default").Number != number {
					t.Errorf("%s, nobody may publish: %v", name, out.Draft)
				}
				continue
			}
			number++
			if v := h.published("default"); out.Draft.State != pb.Draft_PUBLISHED || v.Number != number || v.By != try.by || v.With != try.with || v.Note != "agreed" {
				t.Errorf("%s, %v: %v, %v", name, try, out.Draft, v)
			}
		}
	}
	d := h.began("ana", "default", sleepSays("Sleep well."))
	for name, in := range map[string]*pb.SubmitDraftRequest{
		"the past":           {PublishWhenApproved: true, PublishAt: timestamppb.New(time.Now().Add(-time.Hour))},
		"a time alone":       {PublishAt: timestamppb.New(time.Now().Add(time.Hour))},
		"no time that is":    {PublishWhenApproved: true, PublishAt: &timestamppb.Timestamp{Seconds: 1 << 60}},
		"a note that is all": {Note: "x"},
	} {
		in.DraftId, in.Etag = d.DraftId, d.Etag
		if s := h.grpcAs("ana", "SubmitDraft", in, &pb.SubmitDraftResponse{}); s.Code() != codes.InvalidArgument {
			t.Errorf("%s: %v", name, s)
		}
	}
}

// TestAPublisherAloneTakesNoPromiseBack, but any other version.
func TestAPublisherAloneTakesNoPromiseBack(t *testing.T) {
	h := newHouse(t, everyone, "", nil)
	first := h.published("default")
	file := &pb.GetFileResponse{}
	h.do("ana", "GetFile", &pb.GetFileRequest{File: "policy.yaml"}, file)
	if strings.Count(file.Text, "en: [stop, stopall,") != 1 {
		t.Fatal("the policy reads otherwise by now")
	}
	stricter := strings.Replace(file.Text, "en: [stop, stopall,", "en: [stop, stop now at once, stopall,", 1)
	d := h.began("ana", "default", &pb.EditOperation{Do: "write_file", File: "policy.yaml", Text: stricter})
	longer := h.put("default", h.reviewed("default", d, "legal"))
	words := h.put("default", h.reviewed("default", h.began("ana", "default", sleepSays("A class on sleep.")), ""))
	back := &pb.RollBackResponse{}
	h.do("cy", "RollBack", &pb.RollBackRequest{Number: longer.Number}, back) // one press: it promises the same
	if back.Version.Restores != longer.Number {
		t.Fatal(back)
	}
	since := h.lastOf("default")
	for name, call := range h.ways() {
		s := call("cy", "RollBack", &pb.RollBackRequest{Number: first.Number}, &pb.RollBackResponse{})
		if s.Code() != codes.FailedPrecondition || reasonOf(s) != "NOT_APPROVED" || !strings.Contains(s.Message(), "policy.yaml: revocation_words") {
			t.Errorf("%s: %v", name, s)
		}
	}
	h.isAudited("default", since, "cy", "roll_back", "NOT_APPROVED")
	h.do("cy", "RollBack", &pb.RollBackRequest{Number: words.Number}, back)
	again := &pb.CreateDraftResponse{}
	h.do("ana", "CreateDraft", &pb.CreateDraftRequest{Title: "as it was", FromVersion: first.Number}, again)
	if v := h.put("default", h.reviewed("default", again.Draft, "legal")); v.Digest != first.Digest {
		t.Errorf("with the guardian it is taken back: %v", v)
	}
}
