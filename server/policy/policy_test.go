package policy

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

var catalogue = func() *fact.Catalogue {
	c, err := fact.NewCatalogue(map[string][]string{"opt_out_topics": {"sleep", "stress"}},
		[]fact.Def{{Name: "sms_consent", Kind: fact.Bool}, {Name: "shoe_size", Kind: fact.Int}})
	if err != nil {
		panic(err) // a test's fixture
	}
	return c
}()

var noon = time.Date(2026, 3, 1, 12, 20, 0, 0, time.UTC)

// knows builds facts from "name=value" pairs as content spells them.
func knows(t testing.TB, pairs ...any) *fact.Facts {
	t.Helper()
	var f fact.Facts
	for i := 0; i < len(pairs); i += 2 {
		id, ok := catalogue.Lookup(pairs[i].(string))
		if !ok {
			t.Fatalf("no fact %v", pairs[i])
		}
		switch v := pairs[i+1].(type) {
		case bool:
			f.SetBool(id, v)
		case int:
			f.SetRaw(id, int64(v))
		case string:
			at, ok := catalogue.Value(id, v)
			if !ok {
				t.Fatalf("%v has no value %s", pairs[i], v)
			}
			if catalogue.Def(id).Kind == fact.Set {
				f.Add(id, at)
			} else {
				f.SetRaw(id, int64(at))
			}
		}
	}
	return &f
}

func mentalHealth(t testing.TB) int64 {
	return knows(t, "sensitive_topics_shareable", "mental_health").Raw(fact.SensitiveTopicsShareable)
}

var (
	benefit  = Terms{Sender: decision.Insurer, OptOutTopic: 0}
	careTeam = Terms{Sender: decision.Provider, OptOutTopic: 0}
)

func compiled(t testing.TB, o Options) *Policy {
	t.Helper()
	p, err := New(catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// try is one line of a guardrail's test: facts and an item, and what holds it.
type try struct {
	name  string
	facts []any
	item  Terms
	want  string // policy id, empty if kept
	code  decision.Reason
}

func run(t *testing.T, p *Policy, tries []try) {
	t.Helper()
	for _, c := range tries {
		t.Run(c.name, func(t *testing.T) {
			got := p.Check(knows(t, c.facts...), &c.item, Clock{Now: noon})
			if got.Policy != c.want || got.Code != c.code {
				t.Errorf("got %q %v, want %q %v", got.Policy, got.Code, c.want, c.code)
			}
		})
	}
}

func TestG01SafetyIsExemptFromEveryPolicy(t *testing.T) {
	p := compiled(t, Options{})
	worst := knows(t, "opt_out_topics", "sleep", "opt_out_channels", "sms", "channel", "sms", "direction", "outbound", "local_hour", 3,
		"confidential_channel", true, "viewer_role", "policyholder_other", "age_years", 12, "line_of_business", "medicaid")
	notice := Terms{Sender: decision.Safety, Sensitive: mentalHealth(t), MinorConsent: true, ThirdParty: true, Reward: true, Runes: 500}
	if v := p.Check(worst, &notice, Clock{Now: noon}); !v.Kept() {
		t.Errorf("an emergency notice was held back by %s", v.Policy)
	}
	notice.Sender = decision.Insurer
	if v := p.Check(worst, &notice, Clock{Now: noon}); v.Kept() {
		t.Error("the same item of the plan was not held back")
	}
}

func TestNewRefuses(t *testing.T) {
	for name, o := range map[string]Options{
		"hours before eight":   {FromHour: 7, UntilHour: 20},
		"hours past nine":      {FromHour: 8, UntilHour: 22},
		"hours that never are": {FromHour: 12, UntilHour: 12},
		"texts without end":    {SMSRunes: 161},
		"consent nobody tells": {SMSConsent: "sms_permission"},
		"consent in shoe size": {SMSConsent: "shoe_size"},
	} {
		if _, err := New(catalogue, o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	p := compiled(b, Options{})
	f := knows(b, "opt_out_topics", "stress", "opt_out_channels", "sms", "channel", "insurer_portal", "direction", "outbound", "local_hour", 9, "viewer_role", "self", "age_years", 40)
	b.ReportAllocs()
	for b.Loop() {
		if v := p.Check(f, &benefit, Clock{Now: noon}); !v.Kept() {
			b.Fatal(v.Policy)
		}
	}
}
