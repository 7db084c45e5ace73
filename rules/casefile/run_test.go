package casefile

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestDiffersOnlyInWhatIsStated(t *testing.T) {
	got := Recommendation{Topic: "sleep", Mindset: "consumer", Sender: "insurer", Advice: []string{"sleep_help"}, Suppressed: []Held{{"gym", "OPTED_OUT"}, {"a", "B"}}}
	for name, try := range map[string]struct {
		expect Expect
		wrong  string
	}{
		"nothing stated":    {Expect{}, ""},
		"all stated":        {Expect{Topic: "sleep", Mindset: "consumer", Sender: "insurer", Advice: []string{"sleep_help"}, Suppressed: []Held{{"a", "B"}, {"gym", "OPTED_OUT"}}}, ""},
		"another topic":     {Expect{Topic: "stress"}, "topic sleep, want stress"},
		"another mindset":   {Expect{Mindset: "patient"}, "mindset consumer, want patient"},
		"another sender":    {Expect{Sender: "provider"}, "sender insurer, want provider"},
		"no advice wanted":  {Expect{Advice: []string{}}, "advice sleep_help, want none"},
		"other advice":      {Expect{Advice: []string{"gym"}}, "advice sleep_help, want gym"},
		"nothing held back": {Expect{Suppressed: []Held{}}, "held back"},
		"another reason":    {Expect{Suppressed: []Held{{"gym", "QUIET_HOURS"}, {"a", "B"}}}, "held back"},
		"a notice":          {Expect{Notice: "crisis_988"}, "want crisis_988 and nothing beside it"},
	} {
		wrong := strings.Join(try.expect.differs(&got, "integrated", Whole), "; ")
		if (try.wrong == "") != (wrong == "") || !strings.Contains(wrong, try.wrong) {
			t.Errorf("%s: %q, want %q", name, wrong, try.wrong)
		}
	}
}

func TestNoticeStandsAlone(t *testing.T) {
	want := Expect{Notice: "crisis_988"}
	for name, try := range map[string]struct {
		got  Recommendation
		good bool
	}{
		"alone":                  {Recommendation{Sender: "safety", Advice: []string{"crisis_988"}}, true},
		"with a benefit beside":  {Recommendation{Sender: "safety", Advice: []string{"crisis_988", "stress_eap"}}, false},
		"from the insurer":       {Recommendation{Sender: "insurer", Advice: []string{"crisis_988"}}, false},
		"another notice instead": {Recommendation{Sender: "safety", Advice: []string{"emergency_911"}}, false},
	} {
		if good := len(want.differs(&try.got, "insurer", Whole)) == 0; good != try.good {
			t.Errorf("%s: good %v", name, good)
		}
	}
}

func TestBeforePolicyJoinsSaidAndHeldBack(t *testing.T) {
	got := Recommendation{Sender: "insurer", Advice: []string{"a", "b"}}
	for name, try := range map[string]struct {
		expect Expect
		asker  string
		good   bool
	}{
		"one of them held back":         {Expect{Advice: []string{"b"}, Suppressed: []Held{{"a", "X"}}}, "integrated", true},
		"one is missing":                {Expect{Advice: []string{"b"}}, "integrated", false},
		"the other side asks":           {Expect{Advice: []string{}}, "provider", true},
		"the owner asks":                {Expect{Advice: []string{}}, "insurer", false},
		"nothing is said of the advice": {Expect{Sender: "insurer"}, "insurer", true},
	} {
		if good := len(try.expect.differs(&got, try.asker, BeforePolicy)) == 0; good != try.good {
			t.Errorf("%s: good %v", name, good)
		}
	}
}

func TestRunReportsWhatIsWrong(t *testing.T) {
	cases := []Case{{ID: "good", Expect: []Expect{{Sender: "nobody"}}}, {ID: "bad", About: "Why it matters.", Expect: []Expect{{Sender: "nobody"}, {Sender: "insurer"}}}, {ID: "none", Expect: []Expect{{Sender: "nobody"}}}, {ID: "two", Expect: []Expect{{Sender: "nobody"}, {Sender: "insurer"}}}}
	results := Run(cases, func(c Case) (Outcome, error) {
		switch c.ID {
		case "none":
			return Outcome{}, errors.New("it is gone")
		case "two":
			return Outcome{[]Recommendation{{Sender: "nobody"}, {Sender: "provider"}}}, nil
		}
		return Outcome{[]Recommendation{{Topic: "sleep", Sender: "nobody"}}}, nil
	}, Whole)
	var b strings.Builder
	if err := Failures(&b, results); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{": bad\n  Why it matters.\n  - 1 recommendations, want 2: got sleep\n", "no answer: it is gone", "recommendation 2: sender provider, want insurer", "1 of 4 cases hold"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestCoverageNamesWhatIsMissed(t *testing.T) {
	set := rules()
	results := []Result{{Outcome: Outcome{[]Recommendation{
		{Rules: []Rule{{"mindset", "nothing-known"}, {"sender", "nobody-speaks"}, {"sender", "no-such-rule"}}, Advice: []string{"gym"}, Suppressed: []Held{{"sleep_help", "OPTED_OUT"}}},
	}}}}
	c := Cover(set, results)
	if c.RulesHit != 2 || c.ItemsHit != 2 || c.Rules != len(set.Rows(0))+len(set.Rows(1)) || len(c.MissedRules) != c.Rules-2 || len(c.MissedItems) != c.Items-2 {
		t.Errorf("%d of %d rules, %d of %d items", c.RulesHit, c.Rules, c.ItemsHit, c.Items)
	}
	if slices.Contains(c.MissedItems, "gym") || slices.Contains(c.MissedItems, "in_hospital_quiet") || !slices.Contains(c.MissedRules, Rule{"sender", "care-is-the-providers"}) {
		t.Errorf("missed %v %v", c.MissedRules, c.MissedItems)
	}
	var b strings.Builder
	if err := c.Write(&b); err != nil || !strings.Contains(b.String(), "no case reaches the sender rule care-is-the-providers") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
