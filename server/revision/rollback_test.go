package revision_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// TestRollingBackToLess goes from one content to an earlier one by a publisher
// alone: it must be refused exactly where members would be promised less.
func TestRollingBackToLess(t *testing.T) {
	const (
		g1 = "{id: G90, says: {en: One., es: Uno.}, held_by: later}"
		g2 = "{id: G91, says: {en: Two., es: Dos.}, held_by: later}"
	)
	rails := func(all ...string) string { return "guardrails: [" + strings.Join(all, ", ") + "]\n" }
	policy := string(revisiontest.Small()["policy.yaml"])
	with := func(old, now string) string {
		if !strings.Contains(policy, old) {
			t.Fatalf("%q is not there", old)
		}
		return strings.Replace(policy, old, now, 1)
	}
	for name, try := range map[string]struct {
		file, old, now string // old is the version that is gone back to
		less           bool
	}{
		"the same":                        {"guardrails.yaml", rails(g1), rails(g1) + "# a remark\n", false},
		"in another order":                {"guardrails.yaml", rails(g2, g1), rails(g1, g2), false},
		"a promise less":                  {"guardrails.yaml", rails(g1), rails(g1, g2), true},
		"a promise more":                  {"guardrails.yaml", rails(g1, g2), rails(g2), false},
		"another promise":                 {"guardrails.yaml", rails(g1), rails(g2), true},
		"a promise with other words":      {"guardrails.yaml", rails(strings.Replace(g1, "One", "Perhaps one", 1)), rails(g1), true},
		"longer hours":                    {"policy.yaml", policy, with("until: 21", "until: 20"), true},
		"shorter hours":                   {"policy.yaml", with("{from: 8, until: 21}", "{from: 9, until: 20}"), policy, false},
		"shorter at one end only":         {"policy.yaml", with("{from: 8, until: 21}", "{from: 9, until: 21}"), with("until: 21", "until: 20"), true},
		"more messages":                   {"policy.yaml", policy, with("per_week: 3", "per_week: 2"), true},
		"fewer messages":                  {"policy.yaml", with("per_week: 3", "per_week: 2"), policy, false},
		"fewer words to stop":             {"policy.yaml", policy, with("[stop]", "[stop, quit]"), true},
		"more words to stop":              {"policy.yaml", with("[stop]", "[quit, stop]"), policy, false},
		"a language to stop in more":      {"policy.yaml", with("es: [alto]", "es: [alto], fr: [arret]"), policy, false},
		"a language to stop in less":      {"policy.yaml", policy, with("es: [alto]", "es: [alto], fr: [arret]"), true},
		"other notices":                   {"policy.yaml", with("{en: help}", "{en: no help}"), policy, true},
		"other contacts":                  {"policy.yaml", policy, with("contacts: {}", "contacts: {plan_phone: {en: one, es: uno}}"), false},
		"a rule, and everything promised": {"mindset.yaml", strings.Replace(string(revisiontest.Small()["mindset.yaml"]), "is hurt", "was hurt", 1), string(revisiontest.Small()["mindset.yaml"]), false},
	} {
		t.Run(name, func(t *testing.T) {
			x := newDesk(t)
			for _, text := range []string{try.old, try.now} {
				if string(filesNow(t, x)[try.file]) != text {
					x.publishText(t, try.file, text)
				}
			}
			was, err := x.Current(ctx, "t")
			if err != nil {
				t.Fatal(err)
			}
			to := was.Number - 1
			v, err := x.RollBack(ctx, "cy", "t", to, revision.Order{})
			if !try.less {
				if err != nil || v.Restores != to {
					t.Fatalf("%+v %v", v, err)
				}
				return
			}
			e := x.refused(t, err, revision.NotApproved)
			if !slices.Equal(e.Missing, []revision.Requirement{{As: "legal", Count: 1}}) || !strings.Contains(e.Message, try.file) {
				t.Errorf("%v is missing: %s", e.Missing, e.Message)
			}
			if now, err := x.Current(ctx, "t"); err != nil || now.Number != was.Number {
				t.Errorf("version %d came into force, %v", now.Number, err)
			}
		})
	}
}

func filesNow(t *testing.T, x *desk) revision.Files {
	t.Helper()
	v, err := x.Current(ctx, "t")
	if err != nil {
		t.Fatal(err)
	}
	files, err := x.Files(ctx, v.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// publishText publishes a file with everybody's approval.
func (x *desk) publishText(t *testing.T, file, text string) {
	t.Helper()
	d := x.begun(t, edit.Op{Do: edit.WriteFile, File: file, Text: text})
	d, err := x.Submit(ctx, "ana", seen(d), revision.Submission{})
	if err == nil {
		d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "legal", Holds: []string{"legal"}})
	}
	if err == nil {
		_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTheGuardianMayTakePromisesBack is the way that the refusal names.
func TestTheGuardianMayTakePromisesBack(t *testing.T) {
	x := newDesk(t)
	if err := x.SetSettings(ctx, "root", "t", revision.Settings{Guardian: "clinical"}); err != nil {
		t.Fatal(err)
	}
	text := "guardrails: [{id: G90, says: {en: One., es: Uno.}, held_by: later}]\n"
	d := x.begun(t, edit.Op{Do: edit.WriteFile, File: "guardrails.yaml", Text: text})
	approve := func(d revision.Draft) (revision.Draft, error) {
		d, err := x.Submit(ctx, "ana", seen(d), revision.Submission{Publish: true, MayPublish: true})
		if err == nil {
			d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "clinical", Holds: []string{"clinical"}})
		}
		return d, err
	}
	if d, err := approve(d); err != nil || d.State != revision.Published {
		t.Fatal(d.State, err)
	}
	_, err := x.RollBack(ctx, "cy", "t", 1, revision.Order{})
	if e := x.refused(t, err, revision.NotApproved); e.Missing[0].As != "clinical" {
		t.Errorf("%v is missing", e.Missing)
	}
	if d, err = x.Create(ctx, "ana", revision.Creation{Tenant: "t", From: 1}); err != nil || len(d.Guarded) == 0 {
		t.Fatal(d.Guarded, err)
	}
	if d, err = approve(d); err != nil || d.State != revision.Published || d.Etag != revisiontest.Small().Digest() {
		t.Error(d.State, err)
	}
}
