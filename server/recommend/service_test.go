package recommend

import (
	"context"
	"encoding/json"
	"fmt"
	"github.com/rightvoice/rightvoice/rules/decision"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
)

// moment is when the tests ask: now, because stores have clocks of their own.
var moment = time.Now().UTC().Truncate(time.Minute)

// compiled is the content that the program comes with.
var compiled = sync.OnceValues(func() (*Snapshot, error) {
	rev, problems := content.Load(content.Default(), moment)
	if rev == nil {
		return nil, fmt.Errorf("%v", problems)
	}
	return NewSnapshot(rev)
})

func defaultSnapshot(t testing.TB) *Snapshot {
	t.Helper()
	snap, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// serving is a service with the default content in force.
func serving(t testing.TB, o Options) *Service {
	t.Helper()
	snap := defaultSnapshot(t)
	o.StandIn = snap
	if o.Now == nil {
		o.Now = func() time.Time { return moment }
	}
	s := New(o)
	s.Use("", snap)
	return s
}

func local(t testing.TB) *localstore.Store {
	t.Helper()
	store, err := localstore.Open(localstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	return store
}

// known builds facts from names and values as content spells them.
func known(t testing.TB, s *Service, pairs ...any) fact.Facts {
	t.Helper()
	var f fact.Facts
	c := s.Current("").Catalogue()
	for i := 0; i < len(pairs); i += 2 {
		id, ok := c.Lookup(pairs[i].(string))
		if !ok {
			t.Fatalf("no fact %v", pairs[i])
		}
		switch v := pairs[i+1].(type) {
		case bool:
			f.SetBool(id, v)
		case int:
			f.SetRaw(id, int64(v))
		case string:
			at, ok := c.Value(id, v)
			if !ok {
				t.Fatalf("%v has no value %s", pairs[i], v)
			}
			if c.Def(id).Kind == fact.Set {
				f.Add(id, at)
			} else {
				f.SetRaw(id, int64(at))
			}
		}
	}
	return f
}

// about asks about a topic by name.
func about(t testing.TB, s *Service, topic string, r Request) *Request {
	t.Helper()
	if topic != "" {
		if r.Topic, r.HasTopic = s.Current("").Topic(topic); !r.HasTopic {
			t.Fatalf("no topic %s", topic)
		}
	}
	if r.Asker == NotSaid {
		r.Asker = Integrated
	}
	return &r
}

func answer(t testing.TB, s *Service, r *Request) *Answer {
	t.Helper()
	a, err := s.Recommend(context.Background(), s.Current(""), r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func adviceIDs(r *Recommendation) string {
	var ids []string
	for _, a := range r.Advice {
		ids = append(ids, a.ID)
	}
	return strings.Join(ids, " ")
}

func reasonCodes(r *Recommendation) string {
	var out []string
	for _, why := range r.Reasons {
		out = append(out, why.Code.String())
	}
	return strings.Join(out, " ")
}

func inJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// gym is a member who may hear about the gym.
func gym(t testing.TB, s *Service, more ...any) fact.Facts {
	return known(t, s, append([]any{"coverage_status", "active", "benefit_available", "gym"}, more...)...)
}

func TestABenefitIsTheInsurersToSpeakOf(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s)}))
	r := &a.Recommendations[0]
	if r.Sender.String() != "insurer" || r.Mindset.String() != "consumer" || adviceIDs(r) != "gym" || reasonCodes(r) != "RULE_MATCH RULE_MATCH" {
		t.Errorf("%s", inJSON(t, a))
	}
	if len(a.ID) != 36 || a.ID[14] != '7' || a.Revision != s.Current("").ID() || a.DecidedAt != moment || !a.ValidUntil.After(moment) || a.Cache.Status != CacheBypass {
		t.Errorf("%s", inJSON(t, a))
	}
	for _, why := range r.Reasons {
		if why.Text == "" || why.RuleID == "" || why.Table == "" {
			t.Errorf("a reason without words or a place: %+v", why)
		}
	}
}

// TestReasonsHaveTheTitlesOfTheirRules asks in both languages; a default row has
// no title.
func TestReasonsHaveTheTitlesOfTheirRules(t *testing.T) {
	s := serving(t, Options{})
	for language, want := range map[string][2]string{
		"en": {"Asks about daily habits", "The member has a benefit for this"}, "es-US": {"Pregunta por hábitos diarios", "El miembro tiene un beneficio para esto"},
	} {
		r := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s), Language: language})).Recommendations[0]
		if len(r.Reasons) != 2 || r.Reasons[0].Title != want[0] || r.Reasons[1].Title != want[1] {
			t.Errorf("%s: %s", language, inJSON(t, r))
		}
	}
	r := answer(t, s, about(t, s, "none", Request{})).Recommendations[0]
	if r.Reasons[1].Code != decision.Default || r.Reasons[1].Title != "" {
		t.Errorf("%s", inJSON(t, r))
	}
}

func TestWithoutABenefitTheAnswerSaysSo(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "activity", Request{}))
	if r := &a.Recommendations[0]; r.Sender.String() != "nobody" || len(r.Advice) != 0 || !strings.Contains(reasonCodes(r), "NO_BENEFIT") {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestNothingKnownNamesWhatWouldSettleIt(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "", Request{}))
	r := &a.Recommendations[0]
	if r.Sender.String() != "nobody" || r.Mindset.String() != "undetermined" || len(a.NeededFacts) == 0 || !strings.Contains(reasonCodes(r), "DEFAULT") || !strings.Contains(reasonCodes(r), "INSUFFICIENT_FACTS") {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestMemberChoiceIsNamed(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s, "member_choice", "patient")}))
	if r := &a.Recommendations[0]; r.Mindset.String() != "patient" || r.Sender.String() == "insurer" || !strings.HasPrefix(reasonCodes(r), "MEMBER_CHOICE") {
		t.Errorf("%s", inJSON(t, a))
	}
	a = answer(t, s, about(t, s, "symptom", Request{Facts: known(t, s, "member_choice", "consumer")}))
	if r := &a.Recommendations[0]; r.Sender.String() != "provider" {
		t.Errorf("a choice moved care away from the provider: %s", inJSON(t, a))
	}
}

func TestAMixedQuestionHasTwoOwners(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "", Request{Text: "my knee hurts, is PT covered?"}))
	if len(a.Recommendations) != 2 || a.Recommendations[0].Sender.String() != "provider" || a.Recommendations[1].Sender.String() != "insurer" {
		t.Errorf("%s", inJSON(t, a))
	}
}

func TestRefused(t *testing.T) {
	s := serving(t, Options{})
	for name, c := range map[string]struct {
		r    Request
		code Code
	}{
		"no asker":       {Request{}, InvalidArgument},
		"a topic beyond": {Request{Asker: Insurer, Topic: 60000, HasTopic: true}, InvalidArgument},
	} {
		_, err := s.Recommend(context.Background(), s.Current(""), &c.r)
		e, ok := err.(*Error)
		if !ok || e.Code != c.code || e.Field == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTextEndsWithIntake(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	r := about(t, s, "", Request{Text: "zebra-canary my knee hurts", MemberRef: "m-canary", Tenant: "t"})
	a := answer(t, s, r)
	if r.Text != "" {
		t.Error("the text is still in the request")
	}
	if out := inJSON(t, a); strings.Contains(out, "canary") {
		t.Errorf("what the member said or who they are came back: %s", out)
	}
}

func TestFactsFillTheWords(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "coverage", Request{Facts: known(t, s, "deductible_left_usd", 1250, "coverage_status", "active")}))
	text := inJSON(t, a.Recommendations[0].Advice)
	if !strings.Contains(text, "$1,250") || strings.Contains(text, "{deductible_left}") {
		t.Errorf("%s", text)
	}
	if again := inJSON(t, answer(t, s, about(t, s, "coverage", Request{Facts: known(t, s, "deductible_left_usd", 7)})).Recommendations[0].Advice); !strings.Contains(again, "$7 ") {
		t.Errorf("one member's amount stays in the words: %s", again)
	}
	denied := answer(t, s, about(t, s, "claim", Request{Facts: known(t, s, "claim_event", "denied")}))
	if p := denied.Recommendations[0].Advice[0].Placeholders; len(p) != 1 || p[0] != "appeal_by" {
		t.Errorf("left for the portal: %v", p)
	}
	for _, a := range denied.Recommendations[0].Advice {
		if strings.Contains(a.Text, "_phone}") {
			t.Errorf("a contact of the policy is not filled in: %s", a.Text)
		}
	}
}

func TestTextMessagesSayHowToStop(t *testing.T) {
	s := serving(t, Options{})
	a := answer(t, s, about(t, s, "symptom", Request{Facts: known(t, s, "channel", "sms")}))
	for _, advice := range a.Recommendations[0].Advice {
		if !strings.HasSuffix(advice.Text, "STOP to end.") || len([]rune(advice.Text)) > 160 {
			t.Errorf("%d: %s", len(advice.Text), advice.Text)
		}
	}
	if a = answer(t, s, about(t, s, "symptom", Request{})); strings.Contains(inJSON(t, a), "STOP") {
		t.Error("said on a page too")
	}
}
