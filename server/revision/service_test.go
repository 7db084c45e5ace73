package revision_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// ops make a content of their own and change no answer.
func ops(n any) []edit.Op { return []edit.Op{revisiontest.Note(fmt.Sprint(n))} }

// desk is a service on a store of its own, with a clock and what the audit was
// told.
type desk struct {
	*revision.Service
	store  revision.Store
	now    time.Time
	events []revision.Event
	deaf   error // of the audit
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := dirstore.Open(t.TempDir(), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := &desk{store: store, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	d.Service, err = revision.New(revision.Options{Store: store, Guardrails: []string{}, Now: func() time.Time { return d.now }, Audit: d.hear})
	if err == nil {
		_, err = d.Seed(ctx, "ana", "t", revisiontest.Small(), "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// hear is the audit.
func (x *desk) hear(_ context.Context, e revision.Event) error {
	x.events = append(x.events, e)
	return x.deaf
}

var seen = revisiontest.Seen

// begun is a draft of ana's with an edit.
func (x *desk) begun(t *testing.T, ops ...edit.Op) revision.Draft {
	t.Helper()
	d, err := x.Create(ctx, "ana", revision.Creation{Tenant: "t", Title: "A draft"})
	if err == nil {
		d, err = x.Edit(ctx, "ana", seen(d), ops, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// refused checks the code of an error, and that the audit heard of it last.
func (x *desk) refused(t *testing.T, err error, code revision.Code) *revision.Error {
	t.Helper()
	var e *revision.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("%v (%s), want %s", err, revision.CodeOf(err), code)
	}
	if last := x.events[len(x.events)-1]; last.Refused != code {
		t.Errorf("%s: the audit heard last of %+v", code, last)
	}
	return e
}

const breaks = "rules: []\ndefault: {id: last, then: consumer}\n"

func TestRefusals(t *testing.T) {
	x := newDesk(t)
	d := x.begun(t, ops(1)...)
	_, err := x.Publish(ctx, "cy", seen(d), revision.Order{})
	if e := x.refused(t, err, revision.NotApproved); len(e.Missing) != 1 || e.Missing[0].Count != 1 {
		t.Errorf("missing %v", e.Missing)
	}
	_, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	x.refused(t, err, revision.WrongState)
	if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{}); err != nil || d.State != revision.InReview || len(d.Checks) != 1 || !d.Checks[0].Green {
		t.Fatalf("%+v, %v", d, err)
	}
	_, err = x.Approve(ctx, "ana", seen(d), revision.Opinion{})
	x.refused(t, err, revision.OwnDraft)
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	x.refused(t, err, revision.NotApproved)
	if d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{Text: "good"}); err != nil || d.State != revision.Approved {
		t.Fatalf("%+v, %v", d, err)
	}

	approvedEtag := d.Etag
	if d, err = x.Edit(ctx, "ana", seen(d), ops(2), ""); err != nil || d.State != revision.Drafting || !d.Reviews[0].Void {
		t.Fatalf("an edit after approval left %s, %v", d.State, err)
	}
	old := seen(d)
	old.Etag = approvedEtag
	_, err = x.Publish(ctx, "cy", old, revision.Order{})
	x.refused(t, err, revision.StaleEtag)
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	x.refused(t, err, revision.NotApproved)
	if d, err = x.Restore(ctx, "ana", seen(d), approvedEtag, ""); err != nil || d.Etag != approvedEtag {
		t.Fatalf("undo: %v", err)
	}
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	x.refused(t, err, revision.NotApproved)

	for name, bad := range map[string]error{
		"no draft":   fail(x.Edit(ctx, "ana", revision.Target{Tenant: "t", ID: "none"}, nil, "")),
		"no version": fail(x.RollBack(ctx, "cy", "t", 9, revision.Order{})),
	} {
		if revision.CodeOf(bad) != revision.NotFound {
			t.Errorf("%s: %v", name, bad)
		}
	}
	_, err = x.Edit(ctx, "ana", seen(d), []edit.Op{{Do: edit.Delete, List: "mindset", Row: "none"}}, "")
	if e := x.refused(t, err, revision.Invalid); e.Field != "operations[0].row" {
		t.Errorf("field %q", e.Field)
	}
	_, err = x.Edit(ctx, "ana", seen(d), []edit.Op{{Do: edit.WriteFile, File: "../x.yaml"}}, "")
	x.refused(t, err, revision.Invalid)
	if v, err := x.Current(ctx, "t"); err != nil || v.Number != 1 {
		t.Errorf("after all refusals version %d is in force, %v", v.Number, err)
	}
}

func fail[T any](_ T, err error) error { return err }

func TestNotGreen(t *testing.T) {
	x := newDesk(t)
	for name, op := range map[string]edit.Op{
		"check": {Do: edit.WriteFile, File: "mindset.yaml", Text: breaks},
		"cases": {Do: edit.WriteFile, File: "cases/a.yaml", Text: "cases:\n  - {id: a, about: It is not so., ask: {topic: sleep}, expect: [{sender: provider}]}\n"},
		"proof": {Do: edit.Duplicate, List: "mindset", Row: "hurt", Value: "hurt-two"},
	} {
		d := x.begun(t, op)
		_, err := x.Submit(ctx, "ana", seen(d), revision.Submission{})
		r := x.refused(t, err, revision.NotGreen).Report
		if (len(r.Problems) > 0) != (name == "check") || (len(r.Failed) > 0) != (name == "cases") || (r.Proof != nil && len(r.Proof.Findings) > 0) != (name == "proof") {
			t.Errorf("%s: %+v", name, r)
		}
	}
	strict, err := revision.New(revision.Options{Store: x.store, Guardrails: []string{"G05"}})
	if err != nil {
		t.Fatal(err)
	}
	d := x.begun(t, ops("g")...)
	_, err = strict.Submit(ctx, "ana", seen(d), revision.Submission{})
	if revision.CodeOf(err) != revision.NotGreen || !strings.Contains(err.(*revision.Error).Report.Problems[0].Message, "G05") {
		t.Errorf("a content without a guardrail: %v", err)
	}
}

// TestCheckedForTheDay publishes and schedules a content that will not pass any
// more: one of its rules ends, and a case needs it.
func TestCheckedForTheDay(t *testing.T) {
	x := newDesk(t)
	d := x.begun(t, edit.Op{Do: edit.WriteFile, File: "cases/a.yaml", Text: "cases:\n  - {id: a, about: Until March., ask: {topic: sleep, context: {injury_dx_recent: true}}, expect: [{sender: provider}]}\n"},
		edit.Op{Do: edit.SetKey, List: "mindset", Row: "hurt", Key: "until", Value: "2026-03-31"})
	d, err := x.Submit(ctx, "ana", seen(d), revision.Submission{})
	if err == nil {
		d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	}
	if err != nil {
		t.Fatalf("%v %+v", err, err.(*revision.Error).Report)
	}
	_, err = x.Schedule(ctx, "cy", seen(d), time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC), revision.Order{})
	x.refused(t, err, revision.NotGreen)
	x.now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	x.refused(t, err, revision.NotGreen)
}

func TestStaleEditShowsBothSides(t *testing.T) {
	x := newDesk(t)
	d := x.begun(t, ops(1)...)
	mine := seen(d)
	if _, err := x.Edit(ctx, "dan", mine, []edit.Op{{Do: edit.SetKey, List: "mindset", Row: "hurt", Key: "then", Value: "undetermined"}}, ""); err != nil {
		t.Fatal(err)
	}
	_, err := x.Edit(ctx, "ana", mine, []edit.Op{{Do: edit.SetKey, List: "mindset", Row: "hurt", Key: "then", Value: "consumer"}}, "")
	s := x.refused(t, err, revision.StaleEtag).Stale
	if s.Sent != mine.Etag || len(s.Theirs) != 1 || len(s.Mine) != 1 || !strings.Contains(s.Theirs[0].After, "then: undetermined") || !strings.Contains(s.Mine[0].After, "then: consumer") {
		t.Errorf("%+v", s)
	}
	row := revision.RowName{List: "mindset", ID: "hurt"}
	for want, files := range map[string]revision.Files{"patient": s.Was, "consumer": s.Wanted} {
		if all, problems := revision.Sentences(files, x.now, "en"); !strings.Contains(all[row].String(), want) {
			t.Errorf("%q does not say %s; %v", all[row], want, problems)
		}
	}
	if now, err := x.Service.Draft(ctx, "t", d.ID); err != nil || !slices.Equal(now.Authors, []string{"ana", "dan"}) || now.Etag != s.Now {
		t.Errorf("%+v, %v", now, err)
	}
}

// TestOneRequestAtOnce sends one request from eight at once.
func TestOneRequestAtOnce(t *testing.T) {
	x := newDesk(t)
	quiet, err := revision.New(revision.Options{Store: x.store, Guardrails: []string{}})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	ids := make([]string, 8)
	for i := range ids {
		all.Go(func() {
			d, err := quiet.Create(ctx, "ana", revision.Creation{Tenant: "t", Request: "c"})
			if err != nil {
				t.Error(err)
			}
			ids[i] = d.ID
		})
	}
	all.Wait()
	if drafts, err := quiet.Drafts(ctx, "t"); err != nil || len(drafts) != 1 || len(slices.Compact(ids)) != 1 {
		t.Errorf("%d drafts, %v, %v", len(drafts), ids, err)
	}
}

// TestRequestsOnce sends every request twice.
func TestRequestsOnce(t *testing.T) {
	x := newDesk(t)
	d, err := x.Create(ctx, "ana", revision.Creation{Tenant: "t", Request: "c"})
	again, err2 := x.Create(ctx, "ana", revision.Creation{Tenant: "t", Request: "c"})
	if err != nil || err2 != nil || d.ID != again.ID {
		t.Fatal(d.ID, again.ID, err, err2)
	}
	before := seen(d)
	copied := []edit.Op{{Do: edit.SetKey, List: "mindset", Row: "hurt", Key: "from", Value: "2026-01-01"}}
	d, err = x.Edit(ctx, "ana", before, copied, "e")
	again, err2 = x.Edit(ctx, "ana", before, copied, "e")
	if err != nil || err2 != nil || d.Etag != again.Etag || len(again.Steps) != 2 {
		t.Fatal(err, err2, again.Steps)
	}
	if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{}); err == nil {
		d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, publish := range []func() (revision.Version, error){
		func() (revision.Version, error) { return x.Publish(ctx, "cy", seen(d), revision.Order{Request: "p"}) },
		func() (revision.Version, error) { return x.RollBack(ctx, "cy", "t", 1, revision.Order{Request: "r"}) },
	} {
		v, err := publish()
		w, err2 := publish()
		if err != nil || err2 != nil || v.Number != w.Number {
			t.Errorf("%d and %d, %v, %v", v.Number, w.Number, err, err2)
		}
	}
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{Request: "another"})
	x.refused(t, err, revision.WrongState)
	if v, _ := x.Current(ctx, "t"); v.Number != 3 {
		t.Errorf("%d versions", v.Number)
	}
}

func TestNothingWithoutAudit(t *testing.T) {
	x := newDesk(t)
	d := revisiontest.Approved(t, x.Service, "t", ops(1)...)
	x.deaf = errors.New("disk full")
	_, err := x.Publish(ctx, "cy", seen(d), revision.Order{})
	_, err2 := x.Edit(ctx, "ana", seen(d), ops(2), "")
	_, err3 := x.RollBack(ctx, "cy", "t", 1, revision.Order{})
	if revision.CodeOf(err) != revision.AuditFailed || revision.CodeOf(err2) != revision.AuditFailed || err3 == nil {
		t.Errorf("%v, %v, %v", err, err2, err3)
	}
	x.deaf = nil
	now, err := x.Service.Draft(ctx, "t", d.ID)
	if v, _ := x.Current(ctx, "t"); v.Number != 1 || err != nil || now.State != revision.Approved || now.Etag != d.Etag {
		t.Errorf("version %d, draft %s, %v", v.Number, now.State, err)
	}
	v, err := x.Publish(ctx, "cy", seen(now), revision.Order{})
	if err != nil {
		t.Fatal(err)
	}
	if last := x.events[len(x.events)-1]; last.Action != revision.ActPublish || last.Version != v.Number || last.Digest != v.Digest || last.By != "cy" || last.Refused != "" {
		t.Errorf("the audit heard %+v", last)
	}
}

func TestRequirements(t *testing.T) {
	x := newDesk(t)
	if err := x.SetSettings(ctx, "root", "t", revision.Settings{Required: []revision.Requirement{{As: "clinical", Count: 1}, {As: "legal", Count: 1}, {Count: 1}}}); err != nil {
		t.Fatal(err)
	}
	d := x.begun(t, ops(1)...)
	d, err := x.Submit(ctx, "ana", seen(d), revision.Submission{})
	if err != nil || len(d.Required) != 3 {
		t.Fatal(d.Required, err)
	}
	for i, step := range []struct {
		by, as string
		done   bool
	}{{"ben", "clinical", false}, {"ben", "legal", false}, {"cy", "clinical", false}, {"dan", "clinical", true}} {
		if d, err = x.Approve(ctx, step.by, seen(d), revision.Opinion{As: step.as, Holds: []string{"clinical", "legal"}}); err != nil || (d.State == revision.Approved) != step.done {
			t.Fatalf("step %d: %s, %v", i, d.State, err)
		}
	}
	if d, err = x.Reject(ctx, "dan", seen(d), revision.Opinion{Text: "no"}); err != nil || d.State != revision.Rejected {
		t.Fatal(d.State, err)
	}
	if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{}); err == nil {
		d, err = x.Withdraw(ctx, "ana", seen(d))
	}
	if err != nil || d.State != revision.Withdrawn {
		t.Fatal(d.State, err)
	}
	if d, err = x.Comment(ctx, "eve", seen(d), "hurt", "why?"); err != nil || len(d.Comments) != 1 {
		t.Error(d.Comments, err)
	}
	err = x.SetSettings(ctx, "root", "t", revision.Settings{Required: []revision.Requirement{{Count: 0}}})
	x.refused(t, err, revision.Invalid)
}

func TestSchedule(t *testing.T) {
	x := newDesk(t)
	a, b := revisiontest.Approved(t, x.Service, "t", ops("a")...), revisiontest.Approved(t, x.Service, "t", ops("b")...)
	_, err := x.Schedule(ctx, "cy", seen(a), x.now, revision.Order{})
	x.refused(t, err, revision.Invalid)
	at := x.now.Add(time.Hour)
	for _, d := range []revision.Draft{a, b} {
		if _, err := x.Schedule(ctx, "cy", seen(d), at, revision.Order{Note: "in spring"}); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Minute)
	}
	if out, err := x.PublishDue(ctx); len(out) != 0 || err != nil {
		t.Errorf("too early: %v, %v", out, err)
	}
	x.now = x.now.Add(2 * time.Hour)
	out, err := x.PublishDue(ctx) // a is published; b is overtaken by it
	if len(out) != 1 || out[0].Draft != a.ID || out[0].Note != "in spring" || out[0].For.IsZero() || revision.CodeOf(err) != revision.RebaseNeeded {
		t.Fatalf("%+v, %v", out, err)
	}
	if b, err = x.Service.Draft(ctx, "t", b.ID); err != nil || b.State != revision.Approved || b.Failure != revision.RebaseNeeded {
		t.Errorf("%s %s, %v", b.State, b.Failure, err)
	}
	if out, err := x.PublishDue(ctx); len(out) != 0 || err != nil {
		t.Errorf("once more: %v, %v", out, err)
	}
	c := revisiontest.Approved(t, x.Service, "t", ops("c")...)
	if c, err = x.Schedule(ctx, "cy", seen(c), x.now.Add(time.Hour), revision.Order{}); err == nil {
		c, err = x.Cancel(ctx, "cy", seen(c))
	}
	if err != nil || c.State != revision.Approved || !c.At.IsZero() {
		t.Errorf("%s, %v", c.State, err)
	}
}

// TestScheduleRuns lets two servers publish what is due: it is published once.
func TestScheduleRuns(t *testing.T) {
	x := newDesk(t)
	d := revisiontest.Approved(t, x.Service, "t", ops(1)...)
	if _, err := x.Schedule(ctx, "cy", seen(d), x.now.Add(time.Minute), revision.Order{}); err != nil {
		t.Fatal(err)
	}
	later := x.now.Add(time.Hour)
	run, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	for range 2 {
		s, err := revision.New(revision.Options{Store: x.store, Guardrails: []string{}, Now: func() time.Time { return later }})
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			s.RunSchedule(run, time.Millisecond, func(err error) {
				if code := revision.CodeOf(err); code != revision.WrongState && code != revision.RebaseNeeded {
					t.Error(err)
				}
			})
		})
	}
	for v := range x.Watch(run, "t") {
		if v.Number == 2 {
			stop()
		}
	}
	all.Wait()
	if v, err := x.Current(ctx, "t"); err != nil || v.Number != 2 || v.Draft != d.ID {
		t.Errorf("%+v, %v", v, err)
	}
	if d, err := x.Service.Draft(ctx, "t", d.ID); err != nil || d.State != revision.Published || d.Failure != "" {
		t.Errorf("%s %s, %v", d.State, d.Failure, err)
	}
}

func TestRebase(t *testing.T) {
	x := newDesk(t)
	mine := x.begun(t, edit.Op{Do: edit.SetWords, List: "mindset", Row: "long-ill", Key: "title", Language: "en", Text: "Mine"})
	theirs := revisiontest.Approved(t, x.Service, "t", ops("theirs")...)
	if _, err := x.Publish(ctx, "cy", seen(theirs), revision.Order{}); err != nil {
		t.Fatal(err)
	}
	mine, err := x.Submit(ctx, "ana", seen(mine), revision.Submission{})
	if err == nil {
		mine, err = x.Approve(ctx, "ben", seen(mine), revision.Opinion{})
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = x.Publish(ctx, "cy", seen(mine), revision.Order{})
	x.refused(t, err, revision.RebaseNeeded)
	if mine, err = x.Rebase(ctx, "ana", seen(mine)); err != nil || mine.Base != 2 || mine.State != revision.Drafting {
		t.Fatalf("%+v, %v", mine, err)
	}
	files, err := x.Files(ctx, mine.Etag)
	if text := string(files["mindset.yaml"]); err != nil || !strings.Contains(text, "Mine") || !strings.Contains(text, "Regla theirs") {
		t.Errorf("%v in\n%s", err, text)
	}
	mine, err = x.Edit(ctx, "ana", seen(mine), ops("mine"), "")
	other := revisiontest.Approved(t, x.Service, "t", ops("other")...)
	if _, err := x.Publish(ctx, "cy", seen(other), revision.Order{}); err != nil {
		t.Fatal(err)
	}
	_, err = x.Rebase(ctx, "ana", seen(mine))
	if e := x.refused(t, err, revision.Conflict); len(e.Conflicts) != 1 || e.Conflicts[0].ID != "hurt" || !strings.Contains(e.Conflicts[0].Theirs, "Regla other") {
		t.Errorf("%+v", e.Conflicts)
	}
}

// TestTenants gives a tenant a row of its own on top of another tenant's
// content, and moves it to a new version of that.
func TestTenants(t *testing.T) {
	x := newDesk(t)
	if err := x.SetSettings(ctx, "root", "plan", revision.Settings{Base: "t"}); err != nil {
		t.Fatal(err)
	}
	err := x.SetSettings(ctx, "root", "sub", revision.Settings{Base: "plan"})
	x.refused(t, err, revision.Invalid)
	if _, err := x.Seed(ctx, "ana", "plan", nil, ""); err != nil {
		t.Fatal(err)
	}
	own := revisiontest.Approved(t, x.Service, "plan", edit.Op{Do: edit.SetWords, List: "mindset", Row: "long-ill", Key: "title", Language: "en", Text: "Own"})
	v, err := x.Publish(ctx, "cy", seen(own), revision.Order{})
	if err != nil || v.Under == nil || v.Under.Number != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	base := revisiontest.Approved(t, x.Service, "t", ops("base")...)
	if _, err := x.Publish(ctx, "cy", seen(base), revision.Order{}); err != nil {
		t.Fatal(err)
	}
	if now, _ := x.Current(ctx, "plan"); now.Number != 2 {
		t.Errorf("the tenant moved with its base to %d", now.Number)
	}
	d, err := x.Create(ctx, "ana", revision.Creation{Tenant: "plan"})
	if err == nil {
		d, err = x.Rebase(ctx, "ana", seen(d))
	}
	if err != nil || d.Under.Number != 2 {
		t.Fatalf("%+v, %v", d.Under, err)
	}
	overlay, err := x.Overlay(ctx, *d.Under, d.Etag)
	if err != nil || len(overlay) != 1 || overlay[0].ID != "long-ill" || !strings.Contains(overlay[0].After, "Own") {
		t.Errorf("overlay %+v, %v", overlay, err)
	}
	if all, err := x.Tenants(ctx); err != nil || !slices.Equal(all, []string{"plan", "t"}) {
		t.Errorf("%v, %v", all, err)
	}
}
