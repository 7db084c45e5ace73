package recommend

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestG01EmergencySignsWinOverEverything(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	worst := gym(t, s, "text_red_flag", "chest_pain", "member_choice", "consumer", "opt_out_topics", "activity", "opt_out_channels", "sms", "channel", "sms",
		"direction", "outbound", "local_hour", 3, "confidential_channel", true, "viewer_role", "policyholder_other")
	for _, asker := range []Asker{Insurer, Provider, Integrated} {
		for _, topic := range []string{"activity", "coverage", "symptom", ""} {
			a := answer(t, s, about(t, s, topic, Request{Asker: asker, Facts: worst, MemberRef: "m1"}))
			r := &a.Recommendations[0]
			if len(a.Recommendations) != 1 || r.Sender.String() != "safety" || adviceIDs(r) != "emergency_911" || len(r.Suppressed) != 0 || r.Handoff != "" || reasonCodes(r) != "SAFETY_OVERRIDE SAFETY_OVERRIDE" || r.Reasons[1].RuleID != "exempt" {
				t.Errorf("%v asks about %q: %s", asker, topic, inJSON(t, a))
			}
			if a.Cache.Status != CacheBypass || len(a.NeededFacts) != 0 {
				t.Errorf("%v asks about %q: %s", asker, topic, inJSON(t, a))
			}
		}
	}
	if store.claims != 0 {
		t.Errorf("an emergency was shared %d times", store.claims)
	}
	a := answer(t, s, about(t, s, "", Request{Asker: Insurer, Text: "I have chest pain, is the ER covered?"}))
	if len(a.Recommendations) != 1 || adviceIDs(&a.Recommendations[0]) != "emergency_911" {
		t.Errorf("a coverage question beside an emergency was answered: %s", inJSON(t, a))
	}
}

func TestG02SelfHarmGets988AndNothingElse(t *testing.T) {
	s := serving(t, Options{})
	f := known(t, s, "coverage_status", "active", "benefit_available", "eap")
	a := answer(t, s, about(t, s, "", Request{Asker: Insurer, Facts: f, Text: "I want to kill myself, does my plan cover therapy?"}))
	if len(a.Recommendations) != 1 || adviceIDs(&a.Recommendations[0]) != "crisis_988" || strings.Contains(inJSON(t, a), "eap") {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestG10NothingIsShownToOthersNotEvenACount(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	f := gym(t, s, "confidential_channel", true, "viewer_role", "policyholder_other", "hours_since_acute_care", 24)
	for _, asker := range []Asker{Insurer, Provider, Integrated} {
		a := answer(t, s, about(t, s, "activity", Request{Asker: asker, Facts: f, MemberRef: "m1"}))
		r := &a.Recommendations[0]
		if len(r.Advice)+len(r.Suppressed) != 0 || r.Handoff != "" || reasonCodes(r) != "CONSENT_MISSING" || r.Sender.String() != "nobody" || len(a.NeededFacts) != 0 {
			t.Errorf("%v: %s", asker, inJSON(t, a))
		}
		again, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID, Asker: asker})
		if err != nil || len(again.Recommendations[0].Advice)+len(again.Recommendations[0].Suppressed) != 0 {
			t.Errorf("%v looks it up: %s, %v", asker, inJSON(t, again), err)
		}
		e, err := s.Explain(context.Background(), s.Current(""), &ExplainRequest{Request: *about(t, s, "activity", Request{Asker: asker, Facts: f})})
		if err != nil || len(e.Topics)+len(e.FactsRead) != 0 {
			t.Errorf("%v asks why: %s, %v", asker, inJSON(t, e), err)
		}
	}
}

func TestG11SensitiveIsNotSaidWhenLookedUp(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	f := known(t, s, "coverage_status", "active", "benefit_available", "eap")
	a := answer(t, s, about(t, s, "stress", Request{Asker: Insurer, Facts: f, MemberRef: "m1"}))
	if adviceIDs(&a.Recommendations[0]) != "stress_eap" {
		t.Fatalf("%s", inJSON(t, a))
	}
	again, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID, Asker: Insurer})
	if err != nil || len(again.Recommendations[0].Advice) != 0 || again.Recommendations[0].Suppressed[0].PolicyID != "sensitive_own_login" {
		t.Errorf("%s %v", inJSON(t, again), err)
	}
}

func TestG19HeldBackUntilMorning(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, Facts: gym(t, s, "direction", "outbound", "local_hour", 22)}))
	r := &a.Recommendations[0]
	if len(r.Advice) != 0 || len(r.Suppressed) != 1 || r.Suppressed[0].Code.String() != "QUIET_HOURS" || r.Suppressed[0].RetryAt != moment.Truncate(time.Hour).Add(10*time.Hour) {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestG19AnUnknownHourIsAskedFor(t *testing.T) {
	s := serving(t, Options{})
	r := Request{Asker: Insurer, Facts: gym(t, s, "direction", "outbound")}
	a := answer(t, s, about(t, s, "activity", r))
	if len(a.Recommendations[0].Advice) != 0 || a.Recommendations[0].Suppressed[0].Code.String() != "INSUFFICIENT_FACTS" || inJSON(t, a.NeededFacts) != `["local_hour"]` {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestG27LanguageHelpWhereNoWords(t *testing.T) {
	s := serving(t, Options{})
	for tag, want := range map[string]string{"vi": "vi", "vi-VN": "vi", "zh-TW": "", "ht": "en", "not a tag": "en"} {
		a := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s), Language: tag}))
		advice := a.Recommendations[0].Advice
		if len(advice) != 1 || advice[0].ID != "gym" || advice[0].Title != "" || strings.Contains(advice[0].Text, "gym") {
			t.Errorf("%s: English said silently: %s", tag, inJSON(t, a))
			continue
		}
		if want != "" && advice[0].Language != want {
			t.Errorf("%s: in %s, want %s: %s", tag, advice[0].Language, want, advice[0].Text)
		}
		if want == "en" && !strings.Contains(advice[0].Text, "Help in your language is free") {
			t.Errorf("%s: no help with the language: %s", tag, advice[0].Text)
		}
		if handoff := answer(t, s, about(t, s, "symptom", Request{Asker: Insurer, Language: tag})).Recommendations[0].Handoff; handoff != advice[0].Text {
			t.Errorf("%s: the handoff is in English: %s", tag, handoff)
		}
	}
	a := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s), Language: "es-MX"}))
	if advice := a.Recommendations[0].Advice[0]; advice.Language != "es" || !strings.Contains(advice.Text, "gimnasio") {
		t.Errorf("%s", inJSON(t, a))
	}
	emergency := answer(t, s, about(t, s, "", Request{Facts: known(t, s, "text_red_flag", "stroke"), Language: "ht"})).Recommendations[0].Advice[0]
	if !strings.Contains(emergency.Text, "911") || !strings.Contains(emergency.Text, "Help in your language") {
		t.Errorf("an emergency in a language without words: %s", emergency.Text)
	}
}

func TestG30EveryAnswerHasReasonsAndItsFacts(t *testing.T) {
	s := serving(t, Options{})
	for _, topic := range s.Current("").set.Topics() {
		for _, tag := range []string{"en", "es"} {
			a := answer(t, s, about(t, s, topic.ID, Request{Facts: gym(t, s), Language: tag}))
			for _, why := range a.Recommendations[0].Reasons {
				if why.Code == 0 || why.Text == "" {
					t.Errorf("%s in %s: a reason without code or words: %+v", topic.ID, tag, why)
				}
			}
			if len(a.Recommendations[0].Reasons) == 0 {
				t.Errorf("%s: no reason", topic.ID)
			}
		}
	}
	e, err := s.Explain(context.Background(), s.Current(""), &ExplainRequest{Request: *about(t, s, "activity", Request{Facts: gym(t, s)})})
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for _, f := range e.FactsRead {
		read[f.Name] = f.Value
	}
	if read["coverage_status"] == "" || read["benefit_available"] == "" {
		t.Errorf("the facts that decided are not named: %v", read)
	}
}

func TestG32BothSidesHearOneVoice(t *testing.T) {
	s := serving(t, Options{})
	contexts := [][]any{{}, {"coverage_status", "active", "benefit_available", "gym"}, {"hours_since_acute_care", 20}, {"chronic_dx", "diabetes"}, {"claim_event", "denied"}}
	for _, topic := range s.Current("").set.Topics() {
		for _, c := range contexts {
			f := known(t, s, c...)
			insurer := answer(t, s, about(t, s, topic.ID, Request{Asker: Insurer, Facts: f})).Recommendations[0]
			provider := answer(t, s, about(t, s, topic.ID, Request{Asker: Provider, Facts: f})).Recommendations[0]
			if insurer.Sender != provider.Sender || insurer.Mindset != provider.Mindset {
				t.Errorf("%s %v: the insurer hears %v, the provider %v", topic.ID, c, insurer.Sender, provider.Sender)
			}
			if insurer.Sender.String() != "safety" && len(insurer.Advice) > 0 && len(provider.Advice) > 0 {
				t.Errorf("%s %v: both sides were given advice", topic.ID, c)
			}
			for side, r := range map[string]*Recommendation{"provider": &insurer, "insurer": &provider} {
				if r.Sender.String() == side && (r.Handoff == "" || len(r.Advice)+len(r.Suppressed) > 0) {
					t.Errorf("%s %v: the side that does not own it was told %s", topic.ID, c, inJSON(t, r))
				}
			}
		}
	}
}

func TestG34WithoutARevisionOnlySafetySpeaks(t *testing.T) {
	store := &spy{Store: local(t)}
	s := New(Options{StandIn: defaultSnapshot(t), Store: store, Now: func() time.Time { return moment }})
	for _, topic := range s.Current("").set.Topics() {
		if topic.Kind == "emergency" {
			continue
		}
		a := answer(t, s, about(t, s, topic.ID, Request{Asker: Integrated, Facts: gym(t, s), MemberRef: "m1"}))
		r := &a.Recommendations[0]
		if r.Sender.String() != "nobody" || len(r.Advice) != 0 || strings.Contains(r.Handoff, "plan") != (topic.Kind == "coverage") || a.Revision != "" || reasonCodes(r) != "GUARDRAIL" || a.Cache.Status != CacheBypass {
			t.Errorf("%s: %s", topic.ID, inJSON(t, a))
		}
	}
	a := answer(t, s, about(t, s, "", Request{Asker: Insurer, Text: "I have crushing chest pain right now"}))
	if adviceIDs(&a.Recommendations[0]) != "emergency_911" {
		t.Errorf("%s", inJSON(t, a))
	}
	if store.claims != 0 {
		t.Error("an answer without rules was shared")
	}
}

// TestG17NobodyPointsToWhatIsUnwanted: who does not want to hear of a topic from
// the plan is not sent there by the care team.
func TestG17NobodyPointsToWhatIsUnwanted(t *testing.T) {
	s := serving(t, Options{})
	benefit := []any{"coverage_status", "active", "benefit_available", "sleep_program"}
	for handoff, facts := range map[bool][]any{true: benefit, false: append(benefit, "opt_out_topics", "sleep")} {
		a := answer(t, s, about(t, s, "sleep", Request{Asker: Provider, Facts: known(t, s, facts...)}))
		if r := a.Recommendations[0]; (r.Handoff != "") != handoff || r.Sender.String() != "insurer" {
			t.Errorf("with %v the provider is told %q", facts, r.Handoff)
		}
	}
}
