package ruleset

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

func TestLoadGood(t *testing.T) {
	s := mustLoad(t, good(t), march)
	var order []string
	for _, r := range s.Rows(MindsetTable) {
		order = append(order, r.ID)
	}
	if diff := cmp.Diff([]string{"acute-care-lately", "plan-questions", "long-term", "nothing-known"}, order); diff != "" {
		t.Errorf("tiers come first, then the order of the file, and what is not in force is left out:\n%s", diff)
	}
	if r := s.Row(SenderTable, 2); r.ID != "benefit-there" || r.Tier != TierEngagement || r.OutcomeName() != "insurer" || r.File != "sender.yaml" || r.Line != 14 || r.Because["en"] == "" {
		t.Errorf("got %+v", r)
	}
	if last := s.Row(SenderTable, 4); !last.Default || last.OutcomeName() != "nobody" || s.Row(SenderTable, 5) != nil || s.Row(MindsetTable, decision.ByMemberChoice) != nil {
		t.Errorf("got %+v", last)
	}
	if diff := cmp.Diff([]fact.ID{fact.TiedBenefit, fact.MindsetIs}, s.Row(SenderTable, 2).Reads()); diff != "" {
		t.Error(diff)
	}
}

func TestItems(t *testing.T) {
	s := mustLoad(t, good(t), march)
	byID := map[string]Item{}
	var order []string
	for i, x := range s.Items() {
		byID[x.ID] = x
		order = append(order, x.ID)
		if s.Item(uint16(i)).ID != x.ID {
			t.Errorf("item %d is %s", i, s.Item(uint16(i)).ID)
		}
	}
	if diff := cmp.Diff([]string{"claim_help", "emergency_911", "see_doctor", "stay_silent", "sleep_class", "gym_pass"}, order); diff != "" {
		t.Errorf("items are ranked, then by id:\n%s", diff)
	}
	sleep, gym := byID["sleep_class"], byID["gym_pass"]
	if sleep.Reward.Alternative["en"] == "" || !sleep.Reward.HealthContingent || sleep.Sensitive[0] != "mental_health" || sleep.PaidBy != "plan" || gym.Links[0].URL != "/benefits/gym" {
		t.Errorf("got %+v and %+v", sleep, gym)
	}
	if diff := cmp.Diff([]fact.ID{fact.CoverageStatus, fact.BenefitAvailable}, gym.Reads()); diff != "" {
		t.Error(diff)
	}
	if silent := byID["stay_silent"]; len(silent.Cubes()) != 0 || silent.Eligible() != nil || s.Item(99) != nil {
		t.Errorf("got %+v", silent)
	}
}

func TestWordsAndOwnFacts(t *testing.T) {
	s := mustLoad(t, good(t), march)
	c := s.Catalogue()
	steps, _ := c.Lookup("steps_a_day")
	if d := c.Def(steps); d.Max != 100000 || d.MaxAge != 48*time.Hour || !d.ReadBy(fact.ByMindset) || s.FactWords(steps).Label["en"] != "steps a day" {
		t.Errorf("got %+v", d)
	}
	mood, _ := c.Lookup("mood")
	if c.Def(mood).MaxAge != fact.Contact || s.FactWords(mood).Values[1]["en"] != "high" {
		t.Errorf("got %+v", c.Def(mood))
	}
	if got := s.FactWords(fact.CoverageStatus).Values[0]["es"]; got != "vigente" {
		t.Errorf("got %q", got)
	}
	if got := s.FactWords(fact.Topic).Values[1]["es"]; got != "sueño" {
		t.Errorf("got %q", got)
	}
	if w := s.FactWords(fact.CallReason); w.Values[0]["en"] != "behavioral emergency" || w.Values[1]["en"] != "pharmacy" || len(w.Values) != 2 {
		t.Errorf("got %+v", w)
	}
	if w := s.FactWords(fact.HoursSinceAcuteCare); w.Phrase["en"] == "" || len(w.Synonyms["en"]) != 2 {
		t.Errorf("got %+v", w)
	}
	words := Words{"en": "hello", "es": "hola", "pt-BR": "oi"}
	for tag, want := range map[string]string{"es-MX": "es", "ES": "es", "en": "en", "fr": "en", "pt-BR": "pt-BR", "": "en"} {
		if _, got := words.In(tag); got != want {
			t.Errorf("%q: got %s, want %s", tag, got, want)
		}
	}
}

func TestHandoff(t *testing.T) {
	s := mustLoad(t, good(t), march)
	if got := s.Handoff(topicOf(t, s, "sleep"), decision.Insurer, decision.Provider)["es"]; got == "" {
		t.Error("the insurer has no words for a topic of the provider")
	}
	if got := s.Handoff(topicOf(t, s, "claim"), decision.Insurer, decision.Provider); got != nil {
		t.Errorf("got %v", got)
	}
	if got := s.Handoff(99, decision.Insurer, decision.Provider); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestEffectiveDates(t *testing.T) {
	for day, want := range map[string]decision.Mindset{
		"2026-05-31": decision.Undetermined, "2026-06-01": decision.Consumer, "2026-08-31": decision.Consumer, "2026-09-01": decision.Undetermined,
	} {
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		late := on.Add(23 * time.Hour).In(time.FixedZone("east", 0))
		for _, when := range []time.Time{on, late} {
			s := mustLoad(t, good(t), when)
			if got := s.Decide(&fact.Facts{}, topicOf(t, s, "activity")).Mindset; got != want {
				t.Errorf("%v: got %s, want %s", when, got, want)
			}
		}
	}
	s := mustLoad(t, good(t), march)
	if got := s.Changes(); len(got) != 2 || got[0].Format(time.DateOnly) != "2026-06-01" || got[1].Format(time.DateOnly) != "2026-09-01" {
		t.Errorf("got %v", got)
	}
}

func TestGuardrails(t *testing.T) {
	s := mustLoad(t, good(t), march)
	g := s.Guardrails()
	if len(g) != 4 || g[0].ID != "G05" || len(g[0].Cubes()) != 1 || g[3].HeldBy != "later" || g[3].Never != nil {
		t.Fatalf("got %+v", g)
	}
	if diff := cmp.Diff(&Independence{Table: MindsetTable, Of: []fact.ID{fact.AgeYears}}, g[2].Independent); diff != "" {
		t.Error(diff)
	}
	none := g[1].Cubes()[0].on(fact.AdviceBenefit)
	if none == nil || !none.Holds(true, fact.ItemWithoutBenefit) || none.Holds(true, 1) {
		t.Errorf("got %+v", g[1].Cubes())
	}
	files := good(t)
	delete(files, "guardrails.yaml")
	if s, problems := Load(files, march); s == nil || len(problems) != 1 || problems[0].Code != "no-guardrails" {
		t.Errorf("got %v", problems)
	}
}

func TestMissingFiles(t *testing.T) {
	for _, name := range []string{"facts.yaml", "topics.yaml", "mindset.yaml", "sender.yaml"} {
		files := good(t)
		delete(files, name)
		if s, problems := Load(files, march); s != nil || len(problems) != 1 || problems[0].Code != "unreadable-file" || problems[0].File != name {
			t.Errorf("%s: got %v", name, problems)
		}
	}
	files := good(t)
	delete(files, "advice/all.yaml")
	if s := mustLoad(t, files, march); len(s.Items()) != 0 {
		t.Errorf("got %v", s.Items())
	}
}

// TestMemberlessSet holds that Decide is total: without rules emergencies are
// answered and otherwise nobody speaks.
func TestMemberlessSet(t *testing.T) {
	var flagged fact.Facts
	flagged.Add(fact.TextRedFlag, fact.FlagSeizure)
	for _, s := range []*Set{nil, {}} {
		if d := s.Decide(&flagged, 3); d.Sender != decision.Safety || d.Notice != decision.Emergency911 || d.MindsetRow != decision.BySafety {
			t.Errorf("got %+v", d)
		}
		if d := s.Decide(&fact.Facts{}, 3); d.Sender != decision.Nobody || d.SenderRow != decision.ByNoRules || d.MindsetRow != decision.ByNoRules || d.Topic != 3 {
			t.Errorf("got %+v", d)
		}
		if len(s.AppendCells(nil, &flagged, 1)) == 0 || s.Lifetime(&flagged, nil) != LongestLifetime || s.Needed(&flagged, 1) != nil || len(s.Explain(&flagged, 1).Tables) != 0 {
			t.Error("a set without rules does more than nothing")
		}
		if _, ok := s.Topic("sleep"); ok || s.Topics() != nil || s.Rows(MindsetTable) != nil || s.Item(0) != nil || s.Guardrails() != nil || s.Handoff(0, decision.Insurer, decision.Provider) != nil {
			t.Error("a set without rules knows something")
		}
	}
}
