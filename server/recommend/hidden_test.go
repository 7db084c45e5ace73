package recommend

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
)

// clinicalNews is something acute of each clinical fact, as the provider's side
// tells it, and what an insurer could say to the contrary.
var clinicalNews = []struct {
	name   string
	told   memory.Value
	denial []any
}{
	{"encounter_class_now", memory.Text("IMP"), []any{"none", "AMB"}},
	{"adt_event", memory.Text("admit"), []any{"none"}},
	{"hours_since_acute_care", memory.Since(moment.Add(-5 * time.Hour)), []any{6, 800, 8784}},
	{"days_since_problem_visit", memory.Since(moment.Add(-30 * time.Hour)), []any{2, 3650}},
	{"acute_dx_active", memory.Bool(true), []any{false}},
	{"acute_dx_onset_days", memory.Since(moment.Add(-30 * time.Hour)), []any{36500}},
	{"injury_dx_recent", memory.Bool(true), []any{false}},
	{"chronic_flare_recent", memory.Bool(true), []any{false}},
	{"surgery_phase", memory.Text("recent_30d"), []any{"none"}},
	{"new_rx_days", memory.Since(moment.Add(-30 * time.Hour)), []any{3650}},
	{"rx_course", memory.Text("acute"), []any{"unknown", "continuous"}},
	{"abnormal_result_days", memory.Since(moment.Add(-30 * time.Hour)), []any{3650}},
	{"new_serious_dx_days", memory.Since(moment.Add(-72 * time.Hour)), []any{30000}},
	{"chronic_dx", memory.List("diabetes"), []any{[]string{}}},
	{"a1c_pct", memory.Number(9_000), []any{5_000}},
	{"bmi", memory.Number(41_000), []any{22_000}},
	{"bp_systolic", memory.Number(190_000), []any{120}},
	{"tobacco", memory.Text("current"), []any{"unknown", "never"}},
	{"pregnancy", memory.Text("pregnant"), []any{"unknown", "no"}},
}

// TestNobodyFindsAFactByOverridingIt probes a member of whom the provider told
// one thing, by every fact that could deny it.
func TestNobodyFindsAFactByOverridingIt(t *testing.T) {
	changed := 0
	for _, n := range clinicalNews {
		s, plain := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
		news := ehr.fact(n.name, n.told)
		tell(t, s, "m1", append(withGym(), news)...)
		tell(t, plain, "m1", withGym()...)
		for _, topic := range []string{"activity", "nutrition", "stress", "symptom", "coverage"} {
			want := outcomes(ask(t, s, Insurer, topic))
			if want != outcomes(ask(t, plain, Insurer, topic)) {
				changed++
			}
			for _, probe := range clinicalNews {
				for at, v := range probe.denial {
					if probe.name != n.name && at < len(probe.denial)-1 {
						continue
					}
					sent := denial(t, s, probe.name, v)
					got := outcomes(answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: "m1", Facts: sent})))
					none := outcomes(answer(t, plain, about(t, plain, topic, Request{Asker: Insurer, MemberRef: "m1", Facts: sent})))
					if got != want && none == outcomes(ask(t, plain, Insurer, topic)) {
						t.Errorf("%s is told, asked about %s with %s %v: %s, not %s", n.name, topic, probe.name, v, got, want)
					}
				}
			}
		}
	}
	if changed < 10 {
		t.Errorf("what the provider told changed %d answers only", changed)
	}
}

func denial(t *testing.T, s *Service, name string, v any) fact.Facts {
	t.Helper()
	if _, list := v.([]string); list {
		id, _ := s.Current("").Catalogue().Lookup(name)
		var f fact.Facts
		f.SetRaw(id, 0)
		return f
	}
	return known(t, s, name, v)
}

func outcomes(a *Answer) string {
	var out string
	for i := range a.Recommendations {
		r := &a.Recommendations[i]
		out += r.Topic + " " + r.Mindset.String() + " " + r.Sender.String() + " " + adviceIDs(r) + "; "
	}
	return out
}

// TestClaimedConsentOpensNothingOfTheOtherSide asks with and without a consent
// that nothing stored bears out.
func TestClaimedConsentOpensNothingOfTheOtherSide(t *testing.T) {
	sud := ehr.fact("chronic_dx", memory.List("sud"))
	for what, c := range map[string]struct {
		news  []memory.StoredFact
		opens bool
	}{
		"nothing stored":        {[]memory.StoredFact{sud}, false},
		"the insurer's consent": {[]memory.StoredFact{sud, claims.fact("part2_consent", memory.Text("tpo"))}, false},
		"its holder's consent":  {[]memory.StoredFact{sud, ehr.fact("part2_consent", memory.Text("tpo"))}, true},
		"the member's consent":  {[]memory.StoredFact{sud, by{"member", time.Hour}.fact("part2_consent", memory.Text("tpo"))}, true},
	} {
		s, without := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
		tell(t, s, "m1", append(withGym(), c.news...)...)
		tell(t, without, "m1", withGym()...)
		opened := false
		for _, topic := range s.Current("").set.Topics() {
			ask := func(s *Service, f fact.Facts) string {
				a := answer(t, s, about(t, s, topic.ID, Request{Asker: Insurer, MemberRef: "m1", Facts: f}))
				a.ID, a.Cache = "", Cache{}
				return inJSON(t, a)
			}
			claim := known(t, s, "part2_consent", "tpo")
			if a, b := ask(s, fact.Facts{}), ask(s, claim); a != b {
				t.Errorf("%s, %s: the claim shows:\n%s\n%s", what, topic.ID, a, b)
			}
			opened = opened || ask(s, claim) != ask(without, claim)
		}
		if opened != c.opens {
			t.Errorf("%s: it counts %v", what, opened)
		}
	}
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", append(withGym(), claims.fact("chronic_dx", memory.List("sud")))...)
	claim := known(t, s, "part2_consent", "tpo")
	own := outcomes(answer(t, s, about(t, s, "alcohol", Request{Asker: Insurer, MemberRef: "m1", Facts: claim})))
	if own == outcomes(ask(t, s, Insurer, "alcohol")) {
		t.Error("a claim opens nothing of what the claiming side told")
	}
}
