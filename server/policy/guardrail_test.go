package policy

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

func TestG09PaidMessageNeedsAuthorization(t *testing.T) {
	paid := benefit
	paid.ThirdParty = true
	run(t, compiled(t, Options{}), []try{
		{"nobody was asked", nil, paid, "marketing_authorization", decision.ConsentMissing},
		{"said no", []any{"marketing_authorization", false}, paid, "marketing_authorization", decision.ConsentMissing},
		{"said yes", []any{"marketing_authorization", true}, paid, "", 0},
		{"the plan's own benefit", nil, benefit, "", 0},
	})
}

func TestG10ConfidentialReachesTheMemberOnly(t *testing.T) {
	p := compiled(t, Options{})
	for role, hidden := range map[string]bool{"self": false, "policyholder_other": true, "parent_guardian": true, "staff": true, "caregiver": true, "personal_representative": true} {
		f := knows(t, "confidential_channel", true, "viewer_role", role)
		if p.Hidden(f) != hidden {
			t.Errorf("hidden from %s: %v", role, !hidden)
		}
		if v := p.Check(f, &careTeam, Clock{Now: noon}); v.Kept() == hidden {
			t.Errorf("%s: held back by %q", role, v.Policy)
		}
	}
	if !p.Hidden(knows(t, "confidential_channel", true)) {
		t.Error("shown to a viewer nobody named")
	}
	if p.Hidden(knows(t, "viewer_role", "policyholder_other")) || p.Hidden(knows(t, "confidential_channel", false, "viewer_role", "staff")) {
		t.Error("hidden although the member did not ask for it")
	}
	run(t, p, []try{
		{"sent by a route nobody asked for", []any{"confidential_channel", true, "viewer_role", "self", "direction", "outbound", "local_hour", 12}, careTeam, "confidential_channel", decision.ConsentMissing},
	})
}

func TestG11SensitiveOnlyInOwnLogin(t *testing.T) {
	private := benefit
	private.Sensitive = mentalHealth(t)
	run(t, compiled(t, Options{}), []try{
		{"own login", []any{"viewer_role", "self"}, private, "", 0},
		{"nobody named the viewer", nil, private, "", 0},
		{"the policyholder looks", []any{"viewer_role", "policyholder_other"}, private, "sensitive_own_login", decision.ConsentMissing},
		{"a caregiver looks, the member agreed", []any{"viewer_role", "caregiver", "sensitive_topics_shareable", "mental_health"}, private, "", 0},
		{"a caregiver looks, the member agreed to something else", []any{"viewer_role", "caregiver", "sensitive_topics_shareable", "hiv"}, private, "sensitive_own_login", decision.ConsentMissing},
		{"a preview that others see", []any{"viewer_role", "self", "direction", "outbound", "local_hour", 12, "sensitive_topics_shareable", "mental_health"}, private, "sensitive_own_login", decision.ConsentMissing},
		{"nothing sensitive", []any{"viewer_role", "policyholder_other"}, benefit, "", 0},
	})
}

func TestG12MinorsOwnCareGoesToTheMinor(t *testing.T) {
	private, own := benefit, benefit
	private.Sensitive = mentalHealth(t)
	own.MinorConsent = true
	shared := []any{"viewer_role", "parent_guardian", "sensitive_topics_shareable", "mental_health"}
	run(t, compiled(t, Options{}), []try{
		{"a parent looks, even if sharing was agreed", append(shared, "age_years", 15), private, "minor_consent", decision.ConsentMissing},
		{"a parent looks, age not told", shared, private, "minor_consent", decision.ConsentMissing},
		{"the parent of an adult who agreed", append(shared, "age_years", 18), private, "", 0},
		{"own care, a parent looks", []any{"viewer_role", "parent_guardian", "age_years", 17}, own, "minor_consent", decision.ConsentMissing},
		{"own care, a caregiver looks", []any{"viewer_role", "caregiver", "age_years", 17}, own, "minor_consent", decision.ConsentMissing},
		{"own care, the minor looks", []any{"viewer_role", "self", "age_years", 17}, own, "", 0},
		{"a parent looks at something plain", []any{"viewer_role", "parent_guardian", "age_years", 15}, benefit, "", 0},
	})
}

func TestG17OptOutIsHonoured(t *testing.T) {
	other := benefit
	other.OptOutTopic = NoTopic
	run(t, compiled(t, Options{}), []try{
		{"this topic", []any{"opt_out_topics", "sleep"}, benefit, "opt_out_topic", decision.OptedOut},
		{"the care team's word on this topic", []any{"opt_out_topics", "sleep"}, careTeam, "opt_out_topic", decision.OptedOut},
		{"another topic", []any{"opt_out_topics", "stress"}, benefit, "", 0},
		{"an item that no opt-out names", []any{"opt_out_topics", "sleep"}, other, "", 0},
		{"this channel", []any{"opt_out_channels", "email", "channel", "email", "direction", "outbound", "local_hour", 12}, benefit, "opt_out_channel", decision.OptedOut},
		{"this channel, direction not told", []any{"opt_out_channels", "portal", "channel", "insurer_portal"}, benefit, "opt_out_channel", decision.OptedOut},
		{"a call from the plan", []any{"opt_out_channels", "voice", "channel", "insurer_call"}, benefit, "opt_out_channel", decision.OptedOut},
		{"another channel", []any{"opt_out_channels", "email", "channel", "push"}, benefit, "", 0},
		{"the member called", []any{"opt_out_channels", "voice", "channel", "insurer_call", "direction", "inbound"}, benefit, "", 0},
	})
}

func TestG18TextFromThePlanNeedsConsent(t *testing.T) {
	long := careTeam
	long.Runes = 161
	texted := []any{"channel", "sms"}
	run(t, compiled(t, Options{}), []try{
		{"the plan texts", texted, benefit, "sms_consent", decision.ConsentMissing},
		{"the plan texts a flag that this policy does not know", append(texted, "sms_consent", true), benefit, "sms_consent", decision.ConsentMissing},
		{"the care team texts", texted, careTeam, "", 0},
		{"the care team texts at length", texted, long, "sms_length", decision.Guardrail},
		{"the care team mails at length", []any{"channel", "email"}, long, "", 0},
	})
	run(t, compiled(t, Options{SMSConsent: "sms_consent"}), []try{
		{"the plan texts with consent", append(texted, "sms_consent", true), benefit, "", 0},
		{"the plan texts after consent was withdrawn", append(texted, "sms_consent", false), benefit, "sms_consent", decision.ConsentMissing},
	})
}

func TestG19NoOutboundMessageAtNight(t *testing.T) {
	p := compiled(t, Options{})
	for hour := range 24 {
		v := p.Check(knows(t, "direction", "outbound", "local_hour", hour), &careTeam, Clock{Now: noon})
		if allowed := hour >= 8 && hour < 21; v.Kept() != allowed {
			t.Errorf("at %d: kept %v", hour, v.Kept())
		}
		if v.Kept() {
			continue
		}
		hours := int(v.RetryAt.Sub(noon.Truncate(time.Hour)).Hours())
		if v.Code != decision.QuietHours || (hour+hours)%24 != 8 || hours < 1 || hours > 11 {
			t.Errorf("at %d: %v, try again in %d h", hour, v.Code, hours)
		}
		if in := p.Check(knows(t, "direction", "inbound", "local_hour", hour), &careTeam, Clock{Now: noon}); !in.Kept() {
			t.Errorf("at %d a member who asked got no answer", hour)
		}
	}
	if v := p.Check(knows(t, "direction", "outbound"), &careTeam, Clock{Now: noon}); v.Code != decision.InsufficientFacts {
		t.Errorf("sent although nobody told the hour: %v", v.Code)
	}
	late := compiled(t, Options{FromHour: 10, UntilHour: 18})
	if v := late.Check(knows(t, "direction", "outbound", "local_hour", 9), &careTeam, Clock{Now: noon}); v.RetryAt != noon.Truncate(time.Hour).Add(time.Hour) {
		t.Errorf("narrower hours: %v", v.RetryAt)
	}
}

// TestG19RetryIsNeverEarly walks over the days on which clocks change: whoever
// tries again when told to, and does so until let through, is never let
// through at night.
func TestG19RetryIsNeverEarly(t *testing.T) {
	p := compiled(t, Options{})
	for _, zone := range []string{"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip("left out: no time zone data here")
		}
		for _, day := range []time.Time{time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC), time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)} {
			for minutes := 0; minutes < 48*60; minutes += 13 {
				now := day.Add(time.Duration(minutes) * time.Minute)
				tries := 0
				for ; tries < 4; tries++ {
					v := p.Check(knows(t, "direction", "outbound", "local_hour", now.In(loc).Hour()), &careTeam, Clock{Now: now})
					if v.Kept() {
						break
					}
					if !v.RetryAt.After(now) {
						t.Fatalf("%s: told to try again at once", now.In(loc))
					}
					now = v.RetryAt
				}
				if h := now.In(loc).Hour(); tries == 4 || h < 8 || h >= 21 {
					t.Fatalf("sent at %s after %d tries", now.In(loc), tries)
				}
			}
		}
	}
}

func TestG22RewardNeedsItsRule(t *testing.T) {
	gift, ruled := benefit, benefit
	gift.Reward, ruled.Reward, ruled.RewardRule = true, true, true
	run(t, compiled(t, Options{}), []try{
		{"Medicare Advantage", []any{"line_of_business", "medicare_advantage"}, gift, "reward_rule", decision.Guardrail},
		{"Medicaid", []any{"line_of_business", "medicaid"}, gift, "reward_rule", decision.Guardrail},
		{"Medicaid, with the rule", []any{"line_of_business", "medicaid"}, ruled, "", 0},
		{"an employer's plan", []any{"line_of_business", "employer"}, gift, "", 0},
	})
}
