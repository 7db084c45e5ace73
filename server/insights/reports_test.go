package insights

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// told is a report of a member about sleep with an example.
func told(member, id int, day, example string) feedback.Event {
	return feedback.Event{Tenant: "default", Member: fmt.Sprint("m", member), Decision: fmt.Sprint("d", id), At: march, Kind: feedback.Reported,
		About: feedback.About{Topic: "sleep", Mindset: "consumer", Sender: "insurer", Rules: [2]string{"asks-about-habits", "benefit-for-this-topic"}, Revision: "r-1", Day: day, Example: example}}
}

func reportsOf(t *testing.T, events ...feedback.Event) []Report {
	t.Helper()
	s, counts := recorded(t, 0)
	if err := counts.Count(context.Background(), events); err != nil {
		t.Fatal(err)
	}
	out, err := s.Reports(context.Background(), "default", "en", 50)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReportsOfAFewTellNoFacts: not of ten members, not of one with eleven
// decisions, and not of ten whose facts are alike and more whose facts are not.
func TestReportsOfAFewTellNoFacts(t *testing.T) {
	const theirs = "hours_since_acute_care: 721\n"
	alone := reportsOf(t, told(0, 0, "2026-03-14", ""))
	if len(alone) != 1 || alone[0].Scenario == "" || alone[0].Story == "" || !alone[0].Still || alone[0].Wanted != "provider" || len(alone[0].Rules) != 2 {
		t.Fatalf("%+v", alone)
	}
	var few, often, mixed []feedback.Event
	for i := range Floor {
		few = append(few, told(min(i, Floor-2), i, "2026-03-14", theirs))
		often = append(often, told(0, i, "2026-03-14", theirs))
		mixed = append(mixed, told(i, i, "2026-03-14", strings.Repeat(theirs, i%2)))
	}
	for name, events := range map[string][]feedback.Event{"ten": few, "one, often": often, "not alike": mixed} {
		got := reportsOf(t, events...)
		if len(got) != 1 || strings.Contains(fmt.Sprintf("%+v", got), "721") || fmt.Sprint(got[0].Given) != fmt.Sprint(alone[0].Given) || got[0].Story != alone[0].Story {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if day, count := "2026-03-01", 0; name != "not alike" && (got[0].Day != day || got[0].Count != count || got[0].ID != alone[0].ID) {
			t.Errorf("%s: day %s, count %d", name, got[0].Day, got[0].Count)
		}
	}
}

func TestReportsOfEnoughTellTheirFacts(t *testing.T) {
	var events []feedback.Event
	for i := range 2*Floor + 3 {
		events = append(events, told(i, i, fmt.Sprintf("2026-03-%02d", 1+i%14), "hours_since_acute_care: 721\nbenefit_available: [sleep_program]\ncoverage_status: active\n"))
	}
	events = append(events, told(99, 99, "2026-03-15", "no_such_fact: 3\n"))
	got := reportsOf(t, events...)
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	r := got[0]
	if r.Day != "2026-03-14" || r.Count != 2*Floor || !strings.Contains(r.Scenario, "hours_since_acute_care: 721\n") || !r.Still {
		t.Errorf("%+v", r)
	}
	if r := got[1]; r.Count != 0 || strings.Contains(r.Scenario, "721") || r.Day != "2026-03-01" {
		t.Errorf("%+v", r)
	}
	set, _ := ruleset.Load(content.Default(), march)
	for _, r := range got {
		lines := strings.Split(strings.TrimSuffix(r.Scenario, "\n"), "\n")
		text := "cases:\n  - " + strings.Join(lines, "\n    ") + "\n"
		cases, problems := casefile.Load(fstest.MapFS{"cases/reports.yaml": {Data: []byte(text)}}, set)
		if len(problems) > 0 || len(cases) != 1 {
			t.Errorf("%v\n%s", problems, text)
		}
	}
}

// TestReportsOfRulesThatAreGone have no scenario.
func TestReportsOfRulesThatAreGone(t *testing.T) {
	e := told(1, 1, "2026-03-14", "hours_since_acute_care: 721\n")
	e.About.Rules[1] = "a-rule-of-last-year"
	safe := told(2, 2, "2026-03-14", "")
	safe.About.Rules = [2]string{"emergency notice", "emergency notice"}
	topic := told(3, 3, "2026-03-14", "")
	topic.About.Topic = "a topic of last year"
	got := reportsOf(t, e, safe, topic)
	if len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	for _, r := range got {
		if r.Scenario != "" || r.Story != "" || len(r.Given) > 0 || r.Still {
			t.Errorf("%+v", r)
		}
	}
}

// TestRuleExamplesAreDecidedByTheRules asks about random members: what is read
// off the rules that decided them is decided by the same, is the same for all of
// them, and keeps out what examples never have.
func TestRuleExamplesAreDecidedByTheRules(t *testing.T) {
	set, problems := ruleset.Load(content.Default(), march)
	if set == nil {
		t.Fatal(problems)
	}
	r := rand.New(rand.NewPCG(7, 7))
	type of struct {
		topic   uint16
		mindset string
		rules   [2]string
	}
	found, all := map[of]bool{}, 0
	for range 4000 {
		f := someone(r, set.Catalogue())
		topic := uint16(r.IntN(len(set.Topics())))
		d := set.Decide(&f, topic)
		k := of{topic, d.Mindset.String(), decidedBy(set, &f, topic)}
		if _, seen := found[k]; seen || d.Sender == decision.Safety {
			continue
		}
		all++
		e, ok := ruleExample(set, topic, k.mindset, k.rules)
		if found[k] = ok; !ok {
			continue
		}
		if got := set.Decide(&e, topic); decidedBy(set, &e, topic) != k.rules || got.Sender != d.Sender || got.Mindset != d.Mindset {
			t.Errorf("%+v: the example is %v for %v", k, got.Sender, got.Mindset)
		}
		for _, id := range set.Catalogue().All() {
			if id < fact.MaxFacts && e.Known(id) && keptOut(set.Catalogue().Def(id)) {
				t.Errorf("%+v: the example has %s", k, set.Catalogue().Def(id).Name)
			}
		}
	}
	ok := 0
	for _, is := range found {
		if is {
			ok++
		}
	}
	t.Logf("%d of %d pairs of rules, by topic, have an example", ok, all)
	if ok*2 < all {
		t.Errorf("%d of %d have an example", ok, all)
	}
}

// someone knows a fact in four.
func someone(r *rand.Rand, c *fact.Catalogue) (f fact.Facts) {
	for _, id := range c.All() {
		d := c.Def(id)
		if id >= fact.MaxFacts || r.IntN(4) > 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetRaw(id, int64(r.IntN(2)))
		case fact.Enum:
			f.SetRaw(id, int64(r.IntN(len(d.Values))))
		case fact.Set:
			f.SetRaw(id, 1<<r.IntN(len(d.Values)))
		default:
			f.SetRaw(id, min(d.Min+int64(r.IntN(2000)), d.Max))
		}
	}
	f.Forget(fact.TextRedFlag)
	return f
}
