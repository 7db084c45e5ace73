package recommend

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/memory"
)

// by is what one side tells about members.
type by struct {
	side string
	ago  time.Duration
}

func (b by) fact(name string, v memory.Value) memory.StoredFact {
	return memory.StoredFact{Name: name, Value: v, Source: b.side + "-feed", Side: b.side, AsOf: moment.Add(-b.ago), ToldAt: moment, MaxAge: memory.ConsentAge}
}

var (
	claims = by{"insurer", time.Hour}
	ehr    = by{"provider", time.Hour}
)

func tell(t testing.TB, s *Service, member string, facts ...memory.StoredFact) {
	t.Helper()
	store, ok := s.store.(interface {
		RecordFacts(context.Context, string, []memory.Told) error
	})
	if !ok {
		t.Fatal("the store keeps no facts")
	}
	if err := store.RecordFacts(context.Background(), "default", []memory.Told{{Member: member, Facts: facts}}); err != nil {
		t.Fatal(err)
	}
}

// withGym is what the claims feed tells of a member who may hear about the gym.
func withGym() []memory.StoredFact {
	return []memory.StoredFact{claims.fact("coverage_status", memory.Text("active")), claims.fact("benefit_available", memory.List("gym"))}
}

// ask asks about a topic with the member's name only.
func ask(t testing.TB, s *Service, asker Asker, topic string) *Answer {
	t.Helper()
	return answer(t, s, about(t, s, topic, Request{Asker: asker, MemberRef: "m1"}))
}

func TestTheMemberIsEnough(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", withGym()...)
	a := ask(t, s, Insurer, "activity")
	if r := &a.Recommendations[0]; r.Sender.String() != "insurer" || adviceIDs(r) != "gym" || a.Cache.Status != CacheMiss {
		t.Errorf("%s", inJSON(t, a))
	}
	if b := ask(t, s, Provider, "activity"); b.ID != a.ID || b.Cache.Status != CacheHit {
		t.Errorf("the other side: %s", inJSON(t, b))
	}
	said := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: known(t, s, "coverage_status", "cancelled")}))
	if r := &said.Recommendations[0]; r.Sender.String() == "insurer" {
		t.Errorf("what is said now does not count before what is stored: %s", inJSON(t, said))
	}
}

// patientOfTheProvider left the hospital two days ago, which the EHR told.
func patientOfTheProvider() memory.StoredFact {
	return ehr.fact("hours_since_acute_care", memory.Since(moment.Add(-48*time.Hour)))
}

// TestWhatTheProviderToldStaysWithTheProvider looks at every way in which the
// insurer can read a decision.
func TestWhatTheProviderToldStaysWithTheProvider(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	ctx := context.Background()
	tell(t, s, "m1", append(withGym(), patientOfTheProvider())...)
	insurer, provider := ask(t, s, Insurer, "activity"), ask(t, s, Provider, "activity")
	if r := &insurer.Recommendations[0]; r.Sender.String() != "provider" || insurer.ID != provider.ID || len(r.Advice) != 0 || len(r.Suppressed) != 0 {
		t.Fatalf("the outcome: %s", inJSON(t, insurer))
	}
	if text := inJSON(t, provider); !strings.Contains(text, "left-acute-care") {
		t.Errorf("the provider's side is not told why: %s", text)
	}
	looked, err := s.GetDecision(ctx, DecisionQuery{DecisionID: insurer.ID, Asker: Insurer})
	if err != nil {
		t.Fatal(err)
	}
	listed, err := s.ListDecisions(ctx, DecisionQuery{MemberRef: "m1", Asker: Insurer})
	if err != nil || len(listed) != 1 {
		t.Fatal(len(listed), err)
	}
	e, err := s.Explain(ctx, s.Current(""), &ExplainRequest{Request: *about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1"})})
	if err != nil {
		t.Fatal(err)
	}
	for what, got := range map[string]any{"the answer": insurer, "the decision looked up": looked, "the decision listed": listed, "the explanation": e} {
		text := strings.ToLower(inJSON(t, got))
		for _, word := range []string{"acute", "habits-of", "hospital", "er or", "left ", "hours"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q: %s", what, word, text)
			}
		}
		if !strings.Contains(text, "best voice now") {
			t.Errorf("%s gives no reason: %s", what, text)
		}
	}
	real, err := s.GetDecision(ctx, DecisionQuery{DecisionID: insurer.ID, Asker: Provider})
	if err != nil || !strings.Contains(inJSON(t, real), "left-acute-care") {
		t.Errorf("the record does not keep the reason: %s, %v", inJSON(t, real), err)
	}
	spanish := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Language: "es"}))
	if text := inJSON(t, spanish); !strings.Contains(text, "Su equipo médico es la mejor voz ahora.") {
		t.Errorf("in Spanish: %s", text)
	}
}

// TestWhatTheProviderSaidInAQuestionStaysToo looks up a decision that the
// provider's app asked for.
func TestWhatTheProviderSaidInAQuestionStaysToo(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	a := answer(t, s, about(t, s, "activity", Request{Asker: Provider, MemberRef: "m1", Facts: gym(t, s, "injury_dx_recent", true)}))
	got, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID, Asker: Insurer})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.ToLower(inJSON(t, got)); strings.Contains(text, "injury") || strings.Contains(text, "habits-of") || strings.Contains(text, "acute") {
		t.Errorf("%s", text)
	}
	if got, _ = s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID, Asker: Provider}); !strings.Contains(inJSON(t, got), `"injury"`) {
		t.Errorf("the provider's side: %s", inJSON(t, got))
	}
}

// providerTold is one value of many clinical facts.
func providerTold() []memory.StoredFact {
	return []memory.StoredFact{
		patientOfTheProvider(), ehr.fact("encounter_class_now", memory.Text("IMP")), ehr.fact("acute_dx_active", memory.Bool(true)), ehr.fact("injury_dx_recent", memory.Bool(true)),
		ehr.fact("chronic_flare_recent", memory.Bool(true)), ehr.fact("surgery_phase", memory.Text("planned_30d")), ehr.fact("chronic_dx", memory.List("diabetes", "depression")),
		ehr.fact("chronic_dx", memory.List("prediabetes")), ehr.fact("a1c_pct", memory.Number(6000)), ehr.fact("bmi", memory.Number(31000)), ehr.fact("bp_systolic", memory.Number(150_000)),
		ehr.fact("tobacco", memory.Text("current")), ehr.fact("pregnancy", memory.Text("pregnant")), ehr.fact("new_rx_days", memory.Since(moment.Add(-time.Hour))),
		ehr.fact("abnormal_result_days", memory.Since(moment.Add(-time.Hour))), ehr.fact("new_serious_dx_days", memory.Since(moment.Add(-time.Hour))),
		ehr.fact("rx_course", memory.Text("continuous")), ehr.fact("page_group", memory.List("test_results", "message_doctor")), ehr.fact("adt_event", memory.Text("discharge")),
	}
}

// TestNoRuleTellsWhatItRead tells one clinical fact after the other and looks at
// all topics: a rule or an item that reads the fact may only be named to the
// insurer if the insurer would have got it without the fact.
func TestNoRuleTellsWhatItRead(t *testing.T) {
	snap := defaultSnapshot(t)
	changed := 0
	for _, f := range providerTold() {
		id, _ := snap.Catalogue().Lookup(f.Name)
		with, without := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
		benefits := []memory.StoredFact{claims.fact("coverage_status", memory.Text("active")), claims.fact("benefit_available", memory.List("gym", "dpp", "tobacco_cessation", "nutrition")), claims.fact("age_years", memory.Number(44_000))}
		tell(t, with, "m1", append(benefits, f)...)
		tell(t, without, "m1", benefits...)
		for _, topic := range append(snap.set.Topics(), ruleset.Topic{}) {
			a, b := ask(t, with, Insurer, topic.ID), ask(t, without, Insurer, topic.ID)
			r, plain := &a.Recommendations[0], &b.Recommendations[0]
			if r.Topic != plain.Topic {
				t.Errorf("%s: the topic tells it: %s, not %s", f.Name, r.Topic, plain.Topic)
			}
			if r.Sender != plain.Sender || r.Mindset != plain.Mindset {
				changed++
			}
			for _, why := range r.Reasons {
				if row := rowNamed(snap, why.RuleID); row == nil && why.Title != "" || row != nil && why.Title != row.Title["en"] {
					t.Errorf("%s, asked about %s: %q beside %q", f.Name, topic.ID, why.Title, why.RuleID)
				}
				if row := rowNamed(snap, why.RuleID); row != nil && slices.Contains(row.Reads(), id) && !strings.Contains(inJSON(t, plain), `"`+why.RuleID+`"`) {
					t.Errorf("%s, asked about %s: the insurer reads %s", f.Name, topic.ID, why.RuleID)
				}
			}
			for _, advice := range r.Advice {
				if item := snap.set.Item(snap.items[advice.ID]); slices.Contains(item.Reads(), id) && !strings.Contains(inJSON(t, plain), `"`+advice.ID+`"`) {
					t.Errorf("%s, asked about %s: the insurer gets %s", f.Name, topic.ID, advice.ID)
				}
			}
			if veiled := strings.Contains(inJSON(t, r), "best voice") || strings.Contains(inJSON(t, r), "good time for a message"); !veiled && !slices.Equal(a.NeededFacts, b.NeededFacts) {
				t.Errorf("%s, asked about %s: needed %v, not %v", f.Name, topic.ID, a.NeededFacts, b.NeededFacts)
			}
			if provider := ask(t, with, Provider, topic.ID); provider.Recommendations[0].Topic == r.Topic && provider.Recommendations[0].Sender != r.Sender {
				t.Errorf("%s, asked about %s: the sides hear of %v and %v", f.Name, topic.ID, r.Sender, provider.Recommendations[0].Sender)
			}
		}
	}
	if changed < 50 {
		t.Errorf("what the provider told changed %d answers only", changed)
	}
}

func rowNamed(s *Snapshot, id string) *ruleset.Row {
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		if i, ok := s.rows[table][id]; ok {
			return s.set.Row(table, i)
		}
	}
	return nil
}

// TestG13StoredSUDIsNotThere compares members of whom it is and is not stored.
func TestG13StoredSUDIsNotThere(t *testing.T) {
	with, without := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
	tell(t, with, "m1", append(withGym(), ehr.fact("chronic_dx", memory.List("sud")))...)
	tell(t, without, "m1", withGym()...)
	agreed := serving(t, Options{Store: local(t)})
	tell(t, agreed, "m1", append(withGym(), ehr.fact("chronic_dx", memory.List("sud")), ehr.fact("part2_consent", memory.Text("tpo")))...)
	differs := false
	for _, topic := range with.Current("").set.Topics() {
		for _, asker := range []Asker{Insurer, Provider, Integrated} {
			a, b, c := ask(t, with, asker, topic.ID), ask(t, without, asker, topic.ID), ask(t, agreed, asker, topic.ID)
			a.ID, b.ID, c.ID, a.Cache, b.Cache, c.Cache = "", "", "", Cache{}, Cache{}, Cache{}
			if inJSON(t, a) != inJSON(t, b) {
				t.Errorf("%s: %s\n%s", topic.ID, inJSON(t, a), inJSON(t, b))
			}
			differs = differs || inJSON(t, a) != inJSON(t, c)
		}
	}
	if !differs {
		t.Error("consent changes nothing, so that nothing is shown here")
	}
}

func TestAChoiceCountsOnTheOtherServerAtOnce(t *testing.T) {
	store := local(t)
	portal, app := serving(t, Options{Store: store}), serving(t, Options{Store: store})
	tell(t, portal, "m1", withGym()...)
	if a := ask(t, app, Insurer, "activity"); adviceIDs(&a.Recommendations[0]) != "gym" {
		t.Fatalf("%s", inJSON(t, a))
	}
	choose := func(topic, view string, at time.Time) {
		tell(t, portal, "m1", memory.Choice{Topic: topic, View: view, Source: "portal", Side: "member", At: at}.Fact())
	}
	choose("activity", "patient", moment.Add(-3*time.Minute))
	a := ask(t, app, Insurer, "activity")
	if !strings.HasPrefix(reasonCodes(&a.Recommendations[0]), "MEMBER_CHOICE") || a.Recommendations[0].Sender.String() == "insurer" {
		t.Errorf("chosen for this topic: %s", inJSON(t, a))
	}
	if b := ask(t, app, Insurer, "stress"); strings.Contains(reasonCodes(&b.Recommendations[0]), "MEMBER_CHOICE") {
		t.Errorf("chosen for another topic: %s", inJSON(t, b))
	}
	choose("activity", "", moment.Add(-2*time.Minute))
	if a = ask(t, app, Insurer, "activity"); adviceIDs(&a.Recommendations[0]) != "gym" {
		t.Errorf("taken back: %s", inJSON(t, a))
	}
	tell(t, portal, "m1", memory.OptOut{Topic: "activity", Source: "portal", Side: "member", At: moment}.Fact())
	a = ask(t, app, Insurer, "activity")
	if r := &a.Recommendations[0]; len(r.Advice) != 0 || len(r.Suppressed) == 0 || r.Suppressed[0].PolicyID != "opt_out_topic" || a.Cache.Status != CacheHit {
		t.Errorf("opted out: %s", inJSON(t, a))
	}
}

func TestNoAnswerOutlivesWhatItRestsOn(t *testing.T) {
	s := serving(t, Options{Store: local(t), MaxTTL: 100 * time.Hour})
	short := claims.fact("benefit_available", memory.List("gym"))
	short.MaxAge = time.Hour + 5*time.Minute
	tell(t, s, "m1", claims.fact("coverage_status", memory.Text("active")), short)
	if a := ask(t, s, Insurer, "activity"); a.ValidUntil != moment.Add(5*time.Minute) {
		t.Errorf("a benefit that is known for 5 more minutes: %v", a.ValidUntil.Sub(moment))
	}
	tell(t, s, "m2", ehr.fact("hours_since_acute_care", memory.Since(moment.Add(-715*time.Hour-30*time.Minute))))
	a := answer(t, s, about(t, s, "activity", Request{Asker: Provider, MemberRef: "m2"}))
	if a.ValidUntil != moment.Add(4*time.Hour+30*time.Minute) {
		t.Errorf("715.5 hours after acute care: %v", a.ValidUntil.Sub(moment))
	}
}

func TestTheMembersZoneTellsTheHour(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", withGym()...)
	outbound := func() *Answer {
		return answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: known(t, s, "direction", "outbound", "channel", "email")}))
	}
	if a := outbound(); !strings.Contains(inJSON(t, a), "INSUFFICIENT_FACTS") && len(a.Recommendations[0].Suppressed) == 0 {
		t.Errorf("sent without an hour: %s", inJSON(t, a))
	}
	for hours := -11; hours <= 12; hours++ {
		name := "Etc/GMT"
		if hours != 0 {
			name += map[bool]string{true: "-", false: "+"}[hours > 0] + strings.TrimLeft(time.Duration(max(hours, -hours)*int(time.Hour)).String(), "0")
			name = strings.TrimSuffix(name, "h0m0s")
		}
		zone := claims.fact(memory.TimeZone, memory.Text(name))
		zone.AsOf = moment.Add(time.Duration(hours-60) * time.Second)
		tell(t, s, "m1", zone)
		local := (moment.Hour() + hours + 24) % 24
		if sent := len(outbound().Recommendations[0].Advice) > 0; sent != (local >= 8 && local < 21) {
			t.Errorf("at %d where the member lives (%s): sent %v", local, name, sent)
		}
	}
}

// TestWithoutTheStore is what is said while the store is away.
func TestWithoutTheStore(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	plain := gym(t, s)
	sent := func(member string) *Answer {
		return answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: member, Facts: plain}))
	}
	store.down = true
	if a := sent("m1"); adviceIDs(&a.Recommendations[0]) != "gym" || a.Cache.Status != CacheUnavailable {
		t.Errorf("a tenant without feeds: %s", inJSON(t, a))
	}
	store.assumed = memory.Assumed{Fed: true}
	a := sent("m2")
	if r := &a.Recommendations[0]; len(r.Advice) != 0 || len(r.Suppressed) != 1 || r.Suppressed[0].Code.String() != "GUARDRAIL" || a.Cache.Status != CacheUnavailable {
		t.Errorf("G34, a member nobody knows here: %s", inJSON(t, a))
	}
	for topic, said := range map[string]bool{"coverage": true, "claim": true, "activity": false} {
		a := answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: "m2", Facts: plain}))
		if got := len(a.Recommendations[0].Advice) > 0; got != said && topic != "claim" {
			t.Errorf("G34, %s: %s", topic, inJSON(t, a))
		}
	}
	m := &memory.Member{Version: "v", Facts: []memory.StoredFact{patientOfTheProvider()}}
	store.assumed = memory.Assumed{Fed: true, Known: true, Member: m}
	if a := sent("m3"); a.Recommendations[0].Sender.String() != "provider" || a.Cache.Status != CacheUnavailable {
		t.Errorf("with a copy: %s", inJSON(t, a))
	}
	ended := patientOfTheProvider()
	ended.MaxAge = time.Minute
	store.assumed.Member = &memory.Member{Version: "v", Facts: []memory.StoredFact{ended}}
	if a := sent("m4"); adviceIDs(&a.Recommendations[0]) != "gym" {
		t.Errorf("with a copy that has ended: %s", inJSON(t, a))
	}
}

// TestAnEmergencyRestsOnNoOldCopy: what this server remembers may be over.
func TestAnEmergencyRestsOnNoOldCopy(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	high := memory.StoredFact{Name: "bp_systolic", Value: memory.Number(200_000), Source: "ehr", Side: "provider", AsOf: moment.Add(-time.Hour), ToldAt: moment, MaxAge: time.Hour * 24}
	store.assumed = memory.Assumed{Fed: true, Known: true, Member: &memory.Member{Version: "old", Facts: []memory.StoredFact{high}}}
	symptom := func() *Answer { return ask(t, s, Insurer, "symptom") }
	if a := symptom(); a.Recommendations[0].Sender.String() != "provider" {
		t.Errorf("an old copy: %s", inJSON(t, a))
	}
	tell(t, s, "m1", high)
	if a := symptom(); a.Recommendations[0].Sender.String() != "safety" || a.Cache.Status != CacheBypass {
		t.Errorf("stored: %s", inJSON(t, a))
	}
	store.down = true
	if a := symptom(); a.Recommendations[0].Sender.String() != "safety" {
		t.Errorf("with the store away: %s", inJSON(t, a))
	}
}

func TestBatchesReadWhatIsStored(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", append(withGym(), patientOfTheProvider())...)
	tell(t, s, "m2", withGym()...)
	var all []*Request
	for _, m := range []string{"m1", "m2", "m3"} {
		all = append(all, about(t, s, "activity", Request{Asker: Insurer, MemberRef: m}))
	}
	got := s.Batch(context.Background(), allOf(s.Current(""), all...))
	var senders []string
	for _, r := range got {
		senders = append(senders, r.Answer.Recommendations[0].Sender.String())
	}
	if want := []string{"provider", "insurer", "nobody"}; !slices.Equal(senders, want) {
		t.Errorf("%v, want %v", senders, want)
	}
}

// TestTextIsHeardOnce asks in words what has to be decided twice.
func TestTextIsHeardOnce(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	tell(t, s, "m1", withGym()...)
	s.store = &forgetful{s.store.(Store)}
	r := &Request{Asker: Integrated, MemberRef: "m1", Text: "my knee hurts, is PT covered?"}
	a := answer(t, s, r)
	if len(a.Recommendations) != 2 || a.Recommendations[0].Sender.String() != "provider" || a.Recommendations[1].Sender.String() != "insurer" || r.Text != "" {
		t.Errorf("%s", inJSON(t, a))
	}
}

// forgetful is a store whose server has never seen a member.
type forgetful struct{ Store }

func (*forgetful) Assume(string, string) memory.Assumed { return memory.Assumed{Fed: true} }

func TestValuesThatTheRevisionDoesNotKnow(t *testing.T) {
	snap := defaultSnapshot(t)
	m := &memory.Member{Facts: []memory.StoredFact{
		claims.fact("nothing_of_ours", memory.Bool(true)), claims.fact("tobacco", memory.Text("sometimes")), claims.fact("tobacco", memory.Number(1000)),
		claims.fact("chronic_dx", memory.List("made_up")), claims.fact("bmi", memory.Number(1)), claims.fact("injury_dx_recent", memory.Text("yes")), claims.fact(memory.TimeZone, memory.Text("Mars/Olympus")),
	}}
	if got, zone := snap.Known(m, moment); len(got) != 0 || zone != nil {
		t.Errorf("%+v in %v", got, zone)
	}
	m.Facts = []memory.StoredFact{claims.fact("chronic_dx", memory.List("made_up", "diabetes")), claims.fact("hours_since_acute_care", memory.Number(5000))}
	got, _ := snap.Known(m, moment)
	if len(got) != 2 || got[0].Fact != fact.ChronicDx || got[0].Value == 0 || got[1].Since != moment.Add(-6*time.Hour) {
		t.Errorf("%+v", got)
	}
}
