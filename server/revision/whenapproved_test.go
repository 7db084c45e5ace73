package revision_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// promised is a draft of ana's that is to be published once it is approved.
func (x *desk) promised(t *testing.T, n any, o revision.Submission) revision.Draft {
	t.Helper()
	d := x.begun(t, ops(n)...)
	o.Publish = true
	d, err := x.Submit(ctx, "ana", seen(d), o)
	if err != nil || d.OnApproval == nil || d.OnApproval.By != "ana" {
		t.Fatalf("%+v %v", d.OnApproval, err)
	}
	return d
}

// done are the events since some number of them, as action, by, with and refusal.
func (x *desk) done(since int) (out [][4]string) {
	for _, e := range x.events[since:] {
		out = append(out, [4]string{string(e.Action), e.By, e.With, string(e.Refused)})
	}
	return out
}

// TestTheLastApprovalPublishes is whoever may publish standing behind it: the one
// who asked, or the one whose approval is the last.
func TestTheLastApprovalPublishes(t *testing.T) {
	for name, try := range map[string]struct {
		author, approver bool // may publish
		by, with         string
	}{
		"the author may":   {true, false, "ana", "ben"},
		"the approver may": {false, true, "ben", "ana"},
		"both may":         {true, true, "ana", "ben"},
	} {
		x := newDesk(t)
		d := x.promised(t, name, revision.Submission{MayPublish: try.author, Note: "as agreed"})
		since := len(x.events)
		d, err := x.Approve(ctx, "ben", seen(d), revision.Opinion{MayPublish: try.approver})
		if err != nil || d.State != revision.Published || d.Version != 2 || d.Failure != "" {
			t.Fatalf("%s: %+v %v", name, d, err)
		}
		v, err := x.Version(ctx, "t", 2)
		if err != nil || v.By != try.by || v.With != try.with || v.Digest != d.Etag || v.Note != "as agreed" || !v.For.IsZero() || len(v.Reviews) != 1 || v.Reviews[0].By != "ben" {
			t.Errorf("%s: %+v %v", name, v, err)
		}
		want := [][4]string{{"schedule", try.by, try.with, ""}, {"approve", "ben", "", ""}, {"publish", try.by, try.with, ""}}
		if got := x.done(since); !slices.Equal(got, want) {
			t.Errorf("%s: the audit heard %v", name, got)
		}
	}
}

func TestNobodyPublishesWithoutTheRight(t *testing.T) {
	x := newDesk(t)
	d := x.promised(t, 1, revision.Submission{})
	since := len(x.events)
	d, err := x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	if err != nil || d.State != revision.Approved || d.Failure != revision.NoRole || d.OnApproval != nil {
		t.Fatalf("%+v %v", d, err)
	}
	if got := x.done(since); !slices.Equal(got, [][4]string{{"publish", "ana", "ben", "role_missing"}, {"approve", "ben", "", ""}}) {
		t.Errorf("the audit heard %v", got)
	}
	// Later approvals bring back nothing that ended.
	if d, err = x.Approve(ctx, "cy", seen(d), revision.Opinion{MayPublish: true}); err != nil || d.State != revision.Approved {
		t.Errorf("%s %v", d.State, err)
	}
	if v, err := x.Current(ctx, "t"); err != nil || v.Number != 1 {
		t.Errorf("version %d, %v", v.Number, err)
	}
}

// TestWhatWasAskedForBeforeTheApprovalEnds with the content that it was asked for.
func TestWhatWasAskedForBeforeTheApprovalEnds(t *testing.T) {
	for name, end := range map[string]func(x *desk, d revision.Draft) (revision.Draft, error){
		"edited": func(x *desk, d revision.Draft) (revision.Draft, error) {
			return x.Edit(ctx, "ana", seen(d), ops("other"), "")
		},
		"withdrawn": func(x *desk, d revision.Draft) (revision.Draft, error) {
			return x.Withdraw(ctx, "ana", seen(d))
		},
		"rejected": func(x *desk, d revision.Draft) (revision.Draft, error) {
			return x.Reject(ctx, "cy", seen(d), revision.Opinion{})
		},
		"undone": func(x *desk, d revision.Draft) (revision.Draft, error) {
			return x.Restore(ctx, "ana", seen(d), d.Steps[0].Etag, "")
		},
	} {
		x := newDesk(t)
		asked := x.promised(t, name, revision.Submission{MayPublish: true})
		d, err := end(x, asked)
		if err != nil || d.OnApproval != nil {
			t.Fatalf("%s: %+v %v", name, d.OnApproval, err)
		}
		if _, err = x.Approve(ctx, "ben", seen(asked), revision.Opinion{MayPublish: true}); err == nil {
			t.Errorf("%s: it was approved all the same", name)
		}
		if name == "undone" {
			continue // nothing is left to submit
		}
		if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{MayPublish: true}); err == nil {
			d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{MayPublish: true})
		}
		if err != nil || d.State != revision.Approved {
			t.Errorf("%s, submitted again without: %s %v", name, d.State, err)
		}
	}
}

func TestFourEyesStayFour(t *testing.T) {
	x := newDesk(t)
	two := revision.Settings{Required: []revision.Requirement{{As: "legal", Count: 1}, {Count: 1}}}
	if err := x.SetSettings(ctx, "root", "t", two); err != nil {
		t.Fatal(err)
	}
	d := x.promised(t, 1, revision.Submission{MayPublish: true})
	_, err := x.Approve(ctx, "ana", seen(d), revision.Opinion{MayPublish: true})
	x.refused(t, err, revision.OwnDraft)
	if d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{MayPublish: true}); err != nil || d.State != revision.InReview {
		t.Fatalf("one of two: %s %v", d.State, err)
	}
	if d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "legal", Holds: []string{"legal"}, MayPublish: true}); err != nil || d.State != revision.InReview {
		t.Fatalf("the same one again: %s %v", d.State, err)
	}
	if d, err = x.Approve(ctx, "cy", seen(d), revision.Opinion{}); err != nil || d.State != revision.Published {
		t.Errorf("both: %s %v", d.State, err)
	}
}

func TestPublishedWhenApprovedAtATime(t *testing.T) {
	x := newDesk(t)
	at := x.now.Add(48 * time.Hour)
	d := x.promised(t, 1, revision.Submission{MayPublish: true, At: at})
	d, err := x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	if err != nil || d.State != revision.Scheduled || !d.At.Equal(at) || d.By != "ana" || d.With != "ben" {
		t.Fatalf("%+v %v", d, err)
	}
	if all, err := x.PublishDue(ctx); len(all) != 0 || err != nil {
		t.Fatal(all, err)
	}
	x.now = at
	all, err := x.PublishDue(ctx)
	if err != nil || len(all) != 1 || all[0].By != "ana" || all[0].With != "ben" || !all[0].For.Equal(at) {
		t.Fatalf("%+v %v", all, err)
	}
	late := x.promised(t, 2, revision.Submission{MayPublish: true, At: x.now.Add(time.Hour)})
	x.now = x.now.Add(2 * time.Hour) // nobody approved in time: it is published as soon as somebody does
	if late, err = x.Approve(ctx, "ben", seen(late), revision.Opinion{}); err != nil || late.State != revision.Published {
		t.Errorf("%s %v", late.State, err)
	}
	for name, bad := range map[string]revision.Submission{
		"a time in the past":         {Publish: true, At: x.now},
		"a time without a publish":   {At: x.now.Add(time.Hour)},
		"a note without a publish":   {Note: "x"},
		"a note that is much longer": {Publish: true, Note: string(make([]byte, 5000))},
	} {
		d := x.begun(t, ops(name)...)
		_, err := x.Submit(ctx, "ana", seen(d), bad)
		x.refused(t, err, revision.Invalid)
	}
}

// TestAnApprovalStandsWhenThePublishIsRefused shows the reasons there are.
func TestAnApprovalStandsWhenThePublishIsRefused(t *testing.T) {
	x := newDesk(t)
	d, other := x.promised(t, 1, revision.Submission{MayPublish: true}), revisiontest.Approved(t, x.Service, "t", ops(2)...)
	if _, err := x.Publish(ctx, "cy", seen(other), revision.Order{}); err != nil {
		t.Fatal(err)
	}
	d, err := x.Approve(ctx, "ben", seen(d), revision.Opinion{})
	if err != nil || d.State != revision.Approved || d.Failure != revision.RebaseNeeded || len(d.Reviews) != 1 || d.Reviews[0].Void {
		t.Errorf("behind: %+v %v", d, err)
	}
	d = x.promised(t, 3, revision.Submission{MayPublish: true})
	x.deaf = errors.New("no disk")
	if _, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{}); revision.CodeOf(err) != revision.AuditFailed {
		t.Errorf("an audit that fails: %v", err)
	}
	x.deaf = nil
	if d, err = x.Draft(ctx, "t", d.ID); err != nil || d.State != revision.InReview {
		t.Errorf("%s %v", d.State, err)
	}
}

// TestAPublishThatIsCutOffIsMadeUpFor by whichever server looks for what is due.
func TestAPublishThatIsCutOffIsMadeUpFor(t *testing.T) {
	x := newDesk(t)
	d := x.promised(t, 1, revision.Submission{MayPublish: true})
	for _, point := range []string{"publish.gated", "publish.recorded", "publish.audited"} {
		failing, err := revision.New(revision.Options{Store: x.store, Guardrails: []string{}, Now: func() time.Time { return x.now }, At: func(at string) error {
			if at == point {
				return errors.New("the power went")
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if d.State == revision.InReview {
			d, err = failing.Approve(ctx, "ben", seen(d), revision.Opinion{})
		} else {
			_, err = failing.PublishDue(ctx)
			if err == nil {
				t.Fatalf("%s: it was published", point)
			}
			d, err = x.Draft(ctx, "t", d.ID)
		}
		if err != nil || d.State != revision.Scheduled || len(d.Reviews) != 1 {
			t.Fatalf("%s: %+v %v", point, d, err)
		}
	}
	all, err := x.PublishDue(ctx)
	if err != nil || len(all) != 1 || all[0].By != "ana" || all[0].With != "ben" || !all[0].For.IsZero() {
		t.Fatalf("%+v %v", all, err)
	}
	if again, err := x.PublishDue(ctx); err != nil || len(again) != 0 {
		t.Errorf("%+v %v", again, err)
	}
}
