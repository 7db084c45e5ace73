package revisiontest

import (
	"fmt"
	"testing"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Service is a Service on a store that asks for no guardrails.
func Service(t testing.TB, store revision.Store) *revision.Service {
	t.Helper()
	s, err := revision.New(revision.Options{Store: store, Guardrails: []string{}})
	must(t, err)
	return s
}

// Seen is a draft as it is.
func Seen(d revision.Draft) revision.Target {
	return revision.Target{Tenant: d.Tenant, ID: d.ID, Etag: d.Etag}
}

// Approved begins a draft of ana's, edits it and has ben approve it.
func Approved(t testing.TB, s *revision.Service, tenant string, ops ...edit.Op) revision.Draft {
	t.Helper()
	d, err := s.Create(ctx, "ana", revision.Creation{Tenant: tenant, Title: "A draft"})
	must(t, err)
	d, err = s.Edit(ctx, "ana", Seen(d), ops, "")
	must(t, err)
	d, err = s.Submit(ctx, "ana", Seen(d), revision.Submission{})
	must(t, err)
	d, err = s.Approve(ctx, "ben", Seen(d), revision.Opinion{})
	must(t, err)
	return d
}

// Note is an edit that changes the content and no answer.
func Note(n any) edit.Op {
	return edit.Op{Do: edit.SetWords, List: "mindset", Row: "hurt", Key: "title", Language: "es", Text: fmt.Sprintf("Regla %v", n)}
}

func life(t *testing.T, store revision.Store) {
	s := Service(t, store)
	first, err := s.Seed(ctx, "ana", "t", Small(), "to begin with")
	must(t, err)
	d := Approved(t, s, "t", Note(1))
	v, err := s.Publish(ctx, "cy", Seen(d), revision.Order{Note: "why", Request: "r1"})
	must(t, err)
	if v.Number != 2 || v.Digest != d.Etag || v.By != "cy" || len(v.Reviews) != 1 || v.Reviews[0].By != "ben" || v.Authors[0] != "ana" {
		t.Errorf("published %+v", v)
	}
	if d, err = s.Draft(ctx, "t", d.ID); err != nil || d.State != revision.Published || d.Version != 2 {
		t.Errorf("draft %s as %d, %v", d.State, d.Version, err)
	}
	back, err := s.RollBack(ctx, "cy", "t", 1, revision.Order{})
	must(t, err)
	if back.Number != 3 || back.Digest != first.Digest || back.Restores != 1 {
		t.Errorf("rolled back to %+v", back)
	}
	if d, err = s.Draft(ctx, "t", d.ID); err != nil || d.State != revision.Archived {
		t.Errorf("draft %s, %v", d.State, err)
	}
	files, err := s.Files(ctx, back.Digest)
	if err != nil || files.Digest() != Small().Digest() {
		t.Errorf("other files came back: %v", err)
	}
	all, err := s.Versions(ctx, "t", 0, 0)
	if err != nil || len(all) != 3 || all[0].Number != 3 || all[2].Number != 1 {
		t.Errorf("history %v, %v", all, err)
	}
}
