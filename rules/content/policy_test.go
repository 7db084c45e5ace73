package content

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

func TestPolicyIsRead(t *testing.T) {
	var p strictyaml.Problems
	x := loadPolicy(Default(), defaultSet().Catalogue(), &p)
	if p.Failed() {
		t.Fatal(p.List())
	}
	if x.QuietHours.From != 8 || x.QuietHours.Until != 21 || x.SMS.Consent.Value != "sms_consent" || x.SMS.MaxChars != 160 || x.Caps.Overall.Messages == 0 {
		t.Errorf("policy %+v", x)
	}
	for _, words := range []map[string]string{x.Contacts["plan_phone"], x.Contacts["provider_phone"], x.LanguageHelp, x.SMS.OptOut} {
		if words["en"] == "" || words["es"] == "" {
			t.Errorf("words are missing in %v", words)
		}
	}
	for _, word := range []string{"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"} {
		if !strings.Contains(" "+strings.Join(x.RevocationWords["en"], " ; ")+" ", " "+word+" ") {
			t.Errorf("%q does not end messages", word)
		}
	}
}

// TestBrokenPolicies has one mistake in each policy.
func TestBrokenPolicies(t *testing.T) {
	for change, code := range map[[2]string]string{
		{"from: 8,", "from: 7,"}:                               "quiet-hours",
		{"until: 21}", "until: 22}"}:                           "quiet-hours",
		{"{from: 8, until: 21}", "{from: 12, until: 12}"}:      "quiet-hours",
		{"{from: 8, until: 21}", "{from: 8}"}:                  "missing-key",
		{"consent: sms_consent", "consent: sms_consnt"}:        "unknown-fact",
		{"consent: sms_consent", "consent: age_years"}:         "unknown-fact",
		{"max_chars: 160", "max_chars: 320"}:                   "sms-limits",
		{"per_day: 1", "per_day: 2"}:                           "sms-limits",
		{"per_week: 3", "per_week: 0"}:                         "sms-limits",
		{"{messages: 1, days: 14}", "{messages: 1, days: -1}"}: "caps",
		{"{messages: 1, days: 14}", "{messages: 0, days: 14}"}: "caps",
		{"  plan_phone:", "  Plan-Phone:"}:                     "bad-id",
		{"id: copay,", "id: plan_phone,"}:                      "duplicate-id",
		{"id: copay,", "id: date,"}:                            "duplicate-id",
		{"id: copay,", "id: deductible_left,"}:                 "duplicate-id",
		{"  es: [alto,", "  pt: [alto,"}:                       "language-missing",
		{"quiet_hours:", "quiet_hour:"}:                        "unknown-key",
	} {
		files := edited(t, "policy.yaml", change[0], change[1])
		var p strictyaml.Problems
		loadPolicy(fstest.MapFS{"policy.yaml": files["policy.yaml"]}, defaultSet().Catalogue(), &p)
		if !strings.Contains(strings.Join(codes(p.List()), " "), code) {
			t.Errorf("%q for %q: found %v, want %s", change[1], change[0], p.List(), code)
		}
	}
}
