package revision_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// publish takes a draft all the way.
func (x *desk) publish(t *testing.T, d revision.Draft) revision.Version {
	t.Helper()
	d, err := x.Submit(ctx, "ana", seen(d), revision.Submission{})
	if err == nil {
		d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "legal", Holds: []string{"legal"}})
	}
	var v revision.Version
	if err == nil {
		v, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestTheFirstVersionOfATenant is begun by whoever may, and by nobody else, and
// goes the way of all drafts.
func TestTheFirstVersionOfATenant(t *testing.T) {
	store, err := dirstore.Open(t.TempDir(), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	x := &desk{store: store, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	x.Service, err = revision.New(revision.Options{Store: store, Guardrails: []string{}, First: revisiontest.Small(), Now: func() time.Time { return x.now },
		Audit: x.hear})
	if err != nil {
		t.Fatal(err)
	}
	_, err = x.Create(ctx, "ana", revision.Creation{Tenant: "east"})
	x.refused(t, err, revision.NoRole)
	_, err = x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true, From: 1})
	x.refused(t, err, revision.NotFound)
	if all, err := x.Tenants(ctx); err != nil || len(all) != 0 {
		t.Fatal(all, err)
	}
	d, err := x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true})
	if err != nil || d.Etag != revisiontest.Small().Digest() || d.Base != 0 || d.Guarded != nil || !strings.Contains(d.Steps[0].Says[0], "given") {
		t.Fatalf("%+v, %v", d, err)
	}
	late, err := x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true})
	if err == nil {
		late, err = x.Edit(ctx, "ana", seen(late), ops("late"), "")
	}
	if err != nil {
		t.Fatal(err)
	}
	if v := x.publish(t, d); v.Number != 1 || v.Digest != d.Etag { // unchanged is good enough to begin with
		t.Errorf("%+v", v)
	}
	// Two began at once: the second stands on the first, with both's edits.
	if late, err = x.Submit(ctx, "ana", seen(late), revision.Submission{}); err == nil {
		late, err = x.Approve(ctx, "ben", seen(late), revision.Opinion{})
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = x.Schedule(ctx, "cy", seen(late), x.now.Add(time.Hour), revision.Order{})
	x.refused(t, err, revision.WrongState)
	_, err = x.Publish(ctx, "cy", seen(late), revision.Order{})
	x.refused(t, err, revision.RebaseNeeded)
	if late, err = x.Rebase(ctx, "ana", seen(late)); err != nil || late.Base != 1 {
		t.Fatal(err)
	}
	if v := x.publish(t, late); v.Number != 2 {
		t.Errorf("%+v", v)
	}
	_, err = x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true, FirstOnly: true})
	x.refused(t, err, revision.NoRole)
}

// TestATenantOnABase begins with the content of its base, keeps its own rows,
// and takes a new version of the base by a draft of its own and in no other way.
func TestATenantOnABase(t *testing.T) {
	x := newDesk(t)
	if err := x.SetSettings(ctx, "root", "east", revision.Settings{Base: "t"}); err != nil {
		t.Fatal(err)
	}
	own := edit.Op{Do: edit.SetWords, List: "sender", Row: "care", Key: "title", Language: "en", Text: "Ours"}
	d, err := x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true})
	if err != nil || d.Under == nil || d.Under.Number != 1 || d.Etag != revisiontest.Small().Digest() {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = x.Edit(ctx, "ana", seen(d), []edit.Op{own}, ""); err != nil {
		t.Fatal(err)
	}
	first := x.publish(t, d)
	overlay, err := x.Overlay(ctx, *first.Under, first.Digest)
	if err != nil || len(overlay) != 1 || overlay[0].ID != "care" {
		t.Fatal(overlay, err)
	}

	// The base publishes; a part that is guarded is among what it changes.
	policy := strings.Replace(string(revisiontest.Small()["policy.yaml"]), "until: 21", "until: 20", 1)
	x.publish(t, x.begun(t, append(ops("of the base"), edit.Op{Do: edit.WriteFile, File: "policy.yaml", Text: policy})...))
	if v, err := x.Current(ctx, "east"); err != nil || v.Number != 1 || v.Digest != first.Digest {
		t.Fatalf("the base moved what stands on it: %+v, %v", v, err)
	}
	if d, err = x.Create(ctx, "ana", revision.Creation{Tenant: "east"}); err != nil || d.Under.Number != 1 {
		t.Fatal(d.Under, err)
	}
	_, err = x.Submit(ctx, "ana", seen(d), revision.Submission{})
	x.refused(t, err, revision.Invalid) // it changes nothing yet
	if d, err = x.Rebase(ctx, "ana", seen(d)); err != nil || d.Under.Number != 2 || !slices.Equal(d.Guarded, []string{"policy.yaml: quiet_hours"}) {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{}); err != nil {
		t.Fatal(err)
	}
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	x.refused(t, err, revision.NotApproved)
	if d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{}); err != nil || d.State != revision.InReview {
		t.Fatal(d.State, err) // a guardian of this tenant must see it, whoever saw it at the base
	}
	if d, err = x.Approve(ctx, "eve", seen(d), revision.Opinion{As: "legal", Holds: []string{"legal"}}); err != nil {
		t.Fatal(err)
	}
	second, err := x.Publish(ctx, "cy", seen(d), revision.Order{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := x.Files(ctx, second.Digest)
	if err != nil || !strings.Contains(string(files["sender.yaml"]), "Ours") || !strings.Contains(string(files["policy.yaml"]), "until: 20") || second.Under.Number != 2 {
		t.Errorf("%+v, %v", second, err)
	}
	// What both changed is for people to decide.
	x.publish(t, x.begun(t, edit.Op{Do: edit.SetWords, List: "sender", Row: "care", Key: "title", Language: "en", Text: "Theirs"}))
	if d, err = x.Create(ctx, "ana", revision.Creation{Tenant: "east"}); err != nil {
		t.Fatal(err)
	}
	_, err = x.Rebase(ctx, "ana", seen(d))
	if e := x.refused(t, err, revision.Conflict); len(e.Conflicts) != 1 || e.Conflicts[0].ID != "care" {
		t.Error(e.Conflicts)
	}
}

// TestAFirstDraftFollowsItsBase before anything was published.
func TestAFirstDraftFollowsItsBase(t *testing.T) {
	x := newDesk(t)
	if err := x.SetSettings(ctx, "root", "east", revision.Settings{Base: "t"}); err != nil {
		t.Fatal(err)
	}
	if last := x.events[len(x.events)-1]; last.Action != revision.ActSettings || !last.Digest.Valid() {
		t.Errorf("what was laid down can't be found: %+v", last)
	}
	d, err := x.Create(ctx, "root", revision.Creation{Tenant: "east", First: true})
	if err == nil {
		d, err = x.Edit(ctx, "ana", seen(d), []edit.Op{{Do: edit.SetWords, List: "sender", Row: "care", Key: "title", Language: "en", Text: "Ours"}}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	policy := strings.Replace(string(revisiontest.Small()["policy.yaml"]), "until: 21", "until: 20", 1)
	base := x.publish(t, x.begun(t, edit.Op{Do: edit.WriteFile, File: "policy.yaml", Text: policy}))
	if d, err = x.Rebase(ctx, "ana", seen(d)); err != nil || d.Base != 0 || d.Under.Number != base.Number || d.BaseDigest != base.Digest || d.Guarded != nil {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = x.Draft(ctx, "east", d.ID); err != nil {
		t.Fatal(err)
	}
	if v := x.publish(t, d); v.Number != 1 || v.Under.Number != base.Number {
		t.Errorf("%+v", v)
	}
}
