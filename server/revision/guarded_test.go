package revision_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// TestWhatIsGuarded edits files in ways that a guardian must see, and in ways
// that nobody in particular has to.
func TestWhatIsGuarded(t *testing.T) {
	x := newDesk(t)
	small := revisiontest.Small()
	for name, try := range map[string]struct {
		file, old, now string
		want           []string
	}{
		"a guardrail":              {"guardrails.yaml", "guardrails: []", "guardrails: [{id: G99, says: {en: x}, held_by: later}]", []string{"guardrails.yaml"}},
		"a remark on guardrails":   {"guardrails.yaml", "guardrails: []", "guardrails: [] # weak", []string{"guardrails.yaml"}},
		"quiet hours":              {"policy.yaml", "from: 8", "from: 9", []string{"policy.yaml: quiet_hours"}},
		"consent":                  {"policy.yaml", "consent: marketing_authorization", "consent: sms_consent", []string{"policy.yaml: sms"}},
		"words that end messages":  {"policy.yaml", "[alto]", "[basta]", []string{"policy.yaml: revocation_words"}},
		"a part that is left out":  {"policy.yaml", "language_help: {en: help}\n", "", []string{"policy.yaml: language_help"}},
		"a part that is new":       {"policy.yaml", "contacts: {}", "contacts: {}\ncaps: {}", []string{"policy.yaml: caps"}},
		"a part that stands twice": {"policy.yaml", "contacts: {}", "contacts: {}\ncontacts: {}", []string{"policy.yaml"}},
		"an anchor":                {"policy.yaml", "sms: {", "sms: &x {", nil},
		"an alias":                 {"policy.yaml", "contacts: {}", "contacts: &x {en: help}\nmore: *x", []string{"policy.yaml: more"}},
		"a text that is none":      {"policy.yaml", "contacts: {}", "contacts: {", []string{"policy.yaml"}},
		"two parts":                {"policy.yaml", "from: 8, until: 21}\nsms: {consent: marketing_authorization", "from: 9, until: 21}\nsms: {consent: sms_consent", []string{"policy.yaml: quiet_hours", "policy.yaml: sms"}},
		"contacts":                 {"policy.yaml", "contacts: {}", "contacts: {plan_phone: {en: one}}", nil},
		"a remark on policy":       {"policy.yaml", "contacts: {}", "contacts: {} # none", nil},
		"words of emergencies":     {"lexicon.yaml", "flags: []", "flags: [{flag: chest_pain}]", []string{"lexicon.yaml: flags"}},
		"words of no emergency":    {"lexicon.yaml", "evidence: []", "evidence: [{}]", nil},
		"a rule":                   {"mindset.yaml", "The member is hurt.", "The member got hurt.", nil},
	} {
		text := strings.Replace(string(small[try.file]), try.old, try.now, 1)
		if text == string(small[try.file]) {
			t.Fatalf("%s: nothing was replaced", name)
		}
		d := x.begun(t, edit.Op{Do: edit.WriteFile, File: try.file, Text: text})
		if !slices.Equal(d.Guarded, try.want) {
			t.Errorf("%s: %q is guarded, want %q", name, d.Guarded, try.want)
		}
		read, err := x.Draft(ctx, "t", d.ID)
		if err != nil || !slices.Equal(read.Guarded, try.want) {
			t.Errorf("%s, read again: %q, %v", name, read.Guarded, err)
		}
		back, err := x.Restore(ctx, "ana", seen(d), small.Digest(), "")
		if err != nil || back.Guarded != nil {
			t.Errorf("%s, undone: %q, %v", name, back.Guarded, err)
		}
	}
}

// TestTheGuardianIsOneOfThoseWhoApprove says whose approval that makes in all.
func TestTheGuardianIsOneOfThoseWhoApprove(t *testing.T) {
	anyone, clinical, legal := revision.Requirement{Count: 1}, revision.Requirement{As: "clinical", Count: 1}, revision.Requirement{As: "legal", Count: 1}
	for name, try := range map[string]struct {
		set  revision.Settings
		want []revision.Requirement
	}{
		"in place of anyone": {revision.Settings{Required: []revision.Requirement{anyone}}, []revision.Requirement{legal}},
		"one of two":         {revision.Settings{Required: []revision.Requirement{{Count: 2}}}, []revision.Requirement{anyone, legal}},
		"beside others":      {revision.Settings{Required: []revision.Requirement{clinical}}, []revision.Requirement{clinical, legal}},
		"needed anyway":      {revision.Settings{Required: []revision.Requirement{legal, anyone}}, []revision.Requirement{legal, anyone}},
		"another one":        {revision.Settings{Required: []revision.Requirement{anyone}, Guardian: "clinical"}, []revision.Requirement{clinical}},
	} {
		had := slices.Clone(try.set.Required)
		if got := try.set.Needs([]string{"guardrails.yaml"}); !slices.Equal(got, try.want) {
			t.Errorf("%s: %v, want %v", name, got, try.want)
		}
		if got := try.set.Needs(nil); !slices.Equal(got, had) || !slices.Equal(try.set.Required, had) {
			t.Errorf("%s: settings changed to %v", name, got)
		}
	}
}

// TestAnAuthorCannotWeakenGuardrails tries all ways around the guardian.
func TestAnAuthorCannotWeakenGuardrails(t *testing.T) {
	x := newDesk(t)
	weaker := strings.Replace(string(revisiontest.Small()["policy.yaml"]), "{from: 8, until: 21}", "{from: 8, until: 20}", 1)
	d := x.begun(t, edit.Op{Do: edit.WriteFile, File: "policy.yaml", Text: weaker})
	set, err := x.Settings(ctx, "t")
	if err != nil || !slices.Equal(d.Missing(set), []revision.Requirement{{As: "legal", Count: 1}}) {
		t.Fatalf("before it is submitted %v is missing, %v", d.Missing(set), err)
	}
	if d, err = x.Submit(ctx, "ana", seen(d), revision.Submission{}); err != nil || !slices.Equal(d.Required, []revision.Requirement{{As: "legal", Count: 1}}) {
		t.Fatal(d.Required, err)
	}
	_, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "legal"})
	x.refused(t, err, revision.NoCapacity)
	_, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{As: "legal", Holds: []string{"clinical", "Legal", "*"}})
	x.refused(t, err, revision.NoCapacity)
	_, err = x.Reject(ctx, "ben", seen(d), revision.Opinion{As: "legal"})
	x.refused(t, err, revision.NoCapacity)
	if d, err = x.Approve(ctx, "ben", seen(d), revision.Opinion{}); err != nil || d.State != revision.InReview {
		t.Fatal(d.State, err)
	}
	_, err = x.Publish(ctx, "cy", seen(d), revision.Order{})
	if e := x.refused(t, err, revision.NotApproved); !slices.Equal(e.Missing, []revision.Requirement{{As: "legal", Count: 1}}) {
		t.Error(e.Missing)
	}
	// Other settings after it was submitted ask for more, and never for less.
	if err := x.SetSettings(ctx, "root", "t", revision.Settings{Guardian: "anyone"}); err != nil {
		t.Fatal(err)
	}
	if d, err = x.Approve(ctx, "eve", seen(d), revision.Opinion{As: "anyone", Holds: []string{"anyone"}}); err != nil || d.State != revision.InReview {
		t.Fatal(d.State, err)
	}
	if d, err = x.Approve(ctx, "dan", seen(d), revision.Opinion{As: "legal", Holds: []string{"legal"}}); err != nil || d.State != revision.Approved {
		t.Fatal(d.State, err)
	}
	if _, err = x.Publish(ctx, "cy", seen(d), revision.Order{}); err != nil {
		t.Error(err)
	}
	err = x.SetSettings(ctx, "root", "t", revision.Settings{Guardian: "Not A Word"})
	x.refused(t, err, revision.Invalid)
}
