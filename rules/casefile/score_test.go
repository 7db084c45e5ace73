package casefile

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// corpus has a question for each way to count. The text is the answer that the
// fake engine gives, as senders of its recommendations, then the mindset.
const corpus = `
{"id":"right","source":"a","text":"provider patient","expected_sender":"provider","expected_mindset":"patient","credit":"nobody"}
{"id":"wrong","source":"a","text":"insurer consumer","expected_sender":"none","expected_mindset":"patient"}
{"id":"unsafe-beside","source":"a","text":"provider,insurer patient","expected_sender":"provider","expected_mindset":"ambiguous"}
{"id":"ambiguous","source":"b","text":"insurer consumer","expected_sender":"ambiguous","expected_mindset":"ambiguous"}
{"id":"emergency","source":"b","text":"safety patient","expected_sender":"provider","expected_mindset":"patient","expected_emergency":true}
{"id":"missed","source":"b","text":"provider patient","expected_sender":"provider","expected_mindset":"patient","expected_emergency":true}
{"id":"alarm","source":"b","text":"safety patient","expected_sender":"insurer","expected_mindset":"consumer"}
{"id":"no-alarm","source":"b","text":"nobody consumer","expected_sender":"none","expected_mindset":"consumer","expected_emergency":false}
{"id":"unjudged-alarm","source":"b","text":"safety patient","expected_sender":"provider","expected_mindset":"patient"}
{"id":"with","source":"b","text":"benefit consumer","expected_sender":"none","expected_mindset":"consumer","expected_sender_with_benefit":"insurer","context":{"chronic_dx":["asthma"],"new_rx_days":3}}
{"id":"gone","source":"c","text":"gone","expected_sender":"provider","expected_mindset":"patient"}
`

func fake(c Case) (Outcome, error) {
	senders, mindset, _ := strings.Cut(c.Ask.Text, " ")
	if senders == "gone" {
		return Outcome{}, errors.New("gone")
	}
	if senders == "benefit" {
		senders = "nobody"
		if c.Ask.Facts.Equals(fact.CoverageStatus, fact.CoverageActive) && c.Ask.Facts.Raw(fact.BenefitAvailable) != 0 && c.Ask.Facts.Equals(fact.NewRxDays, 3) {
			senders = "insurer"
		}
	}
	var out Outcome
	for s := range strings.SplitSeq(senders, ",") {
		out.Recommendations = append(out.Recommendations, Recommendation{Sender: s, Mindset: mindset})
	}
	return out, nil
}

func grade(t *testing.T) Score {
	t.Helper()
	c := rules().Catalogue()
	questions, err := ReadCorpus(strings.NewReader(corpus), c)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Grade(questions, c, fake)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGradeCounts(t *testing.T) {
	s := grade(t)
	all := s.All()
	for what, x := range map[string][2]Share{
		"sender":       {all.Sender, {7, 10}}, // wrong: wrong, alarm, gone
		"mindset":      {all.Mindset, {6, 9}}, // wrong: wrong, alarm, gone
		"with benefit": {all.WithBenefit, {1, 1}},
		"emergencies":  {all.Emergency, {1, 2}},
		"false alarms": {all.FalseAlarm, {1, 4}}, // wrong, alarm, no-alarm, with
		"source a":     {s.Sources[0].Sender, {2, 3}},
	} {
		if x[0] != x[1] {
			t.Errorf("%s: %v, want %v", what, x[0], x[1])
		}
	}
	for what, x := range map[string][2][]string{
		"unsafe": {s.Unsafe, {"unsafe-beside"}}, "missed": {s.Missed, {"missed"}}, "alarmed": {s.Alarmed, {"alarm"}}, "failed": {s.Failed, {"gone"}},
	} {
		if !slices.Equal(x[0], x[1]) {
			t.Errorf("%s: %v, want %v", what, x[0], x[1])
		}
	}
	if s.Confusion[Pair{"none", "insurer"}] != 1 || s.Confusion[Pair{"provider", "provider"}] != 5 {
		t.Errorf("confusion %v", s.Confusion)
	}
	if len(s.Sources) != 4 || s.Sources[3].Name != "all" || s.Questions != 11 {
		t.Errorf("sources %v", s.Sources)
	}
}

func TestFloors(t *testing.T) {
	s := grade(t)
	if below := s.Below(Floors{Sender: 0.70, Mindset: 0.66, WithBenefit: 1, EmergencyRecall: 0.5, FalseAlarms: 0.25, Unsafe: 1, LimitFalseAlarms: true, LimitUnsafe: true}); !slices.Equal(below, []string{"1 questions got no answer"}) {
		t.Errorf("below %v", below)
	}
	below := s.Below(Floors{Sender: 0.71, Mindset: 0.67, EmergencyRecall: 0.51, LimitFalseAlarms: true, LimitUnsafe: true})
	if len(below) != 6 {
		t.Errorf("below %v", below)
	}
}

func TestScoreWritesNoQuestion(t *testing.T) {
	s := grade(t)
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0.700 (7 of 10)", "unsafe (insurer where the provider is expected): 1 (unsafe-beside)", "wrong: sender insurer, want none", "sender: label"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	for _, text := range []string{"provider patient", "benefit consumer"} {
		if strings.Contains(b.String(), text) {
			t.Errorf("the question %q is written", text)
		}
	}
}

func TestReadCorpusRefuses(t *testing.T) {
	for line, want := range map[string]string{
		`{`:          "no JSON object",
		`[1]`:        "no JSON object",
		`{"id":"x"}`: "id and text are needed",
		`{"id":"x","text":"t","expected_sender":"doctor"}`:          "expected_sender can be",
		`{"id":"x","text":"t","expected_mindset":"sick"}`:           "expected_mindset can be",
		`{"id":"x","text":"t","context":{"nothing":1}}`:             "context.nothing: there is no fact nothing",
		`{"id":"x","text":"t","context":{"acute_dx_active":"yes"}}`: "context.acute_dx_active: acute_dx_active must be a bool",
		`{"id":"x","text":"t","context":{"acute_dx_active":null}}`:  "a fact is true or false",
		`{"id":"x","text":"t","context":{"new_rx_days":-1}}`:        "new_rx_days is from 0",
		`{"id":"x","text":"t","context":[]}`:                        "context must be an object",
		`{"id":"x","text":"` + strings.Repeat("a", maxLine) + `"}`:  "longer than",
	} {
		if _, err := ReadCorpus(strings.NewReader(line), rules().Catalogue()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %s", line, err, want)
		}
	}
	got, err := ReadCorpus(strings.NewReader("\n\n{\"id\":\"x\",\"text\":\"t\",\"context\":{\"benefit_available\":[\"gym\"],\"bmi\":31.5}}\n"), rules().Catalogue())
	if err != nil || len(got) != 1 || got[0].Line != 3 || !got[0].Ask.Facts.Equals(fact.BMI, 31500) {
		t.Errorf("%v %+v", err, got)
	}
}

func TestEmptyCorpusHasNoFigures(t *testing.T) {
	s, err := Grade(nil, rules().Catalogue(), fake)
	if err != nil || s.All().Sender.String() != "–" || len(s.Below(Floors{Sender: 1, LimitFalseAlarms: true, LimitUnsafe: true})) != 0 {
		t.Errorf("%v %v", err, s.All())
	}
}
