package trial

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"io/fs"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
)

func load(t testing.TB, fsys fs.FS) *content.Revision {
	t.Helper()
	rev, problems := content.Load(fsys, casefile.DefaultAt)
	if rev == nil {
		t.Fatal(problems)
	}
	return rev
}

// TestTheWholeWay runs the cases that the program comes with, and one that only
// the whole answer can fail: the words are there, and policy holds them back.
func TestTheWholeWay(t *testing.T) {
	rev := load(t, content.Default())
	cases, problems := casefile.Load(rev.Files, rev.Set)
	if len(cases) < 100 {
		t.Fatal(len(cases), problems)
	}
	answer, level, err := Answers(rev)
	if err != nil || level != casefile.Whole {
		t.Fatal(level, err)
	}
	for _, r := range casefile.Run(cases, answer, level) {
		if !r.Holds() {
			t.Errorf("%s: %v", r.Case.ID, r.Wrong)
		}
	}
	own := fstest.MapFS{"cases/a.yaml": {Data: []byte(`cases:
  - id: at-night
    about: A text at night is held back.
    ask: {topic: sleep, asker: insurer, context: {coverage_status: active, benefit_available: [sleep_program], acute_dx_active: false, direction: outbound, channel: sms, sms_consent: true, local_hour: 23}}
    expect: [{topic: sleep, sender: insurer, advice: [sleep_help]}]
`)}}
	night, problems := casefile.Load(own, rev.Set)
	if len(night) != 1 {
		t.Fatal(problems)
	}
	if r := casefile.Run(night, casefile.Engine(rev.Set, rev.Lexicon), casefile.BeforePolicy)[0]; !r.Holds() {
		t.Fatalf("the rules alone: %v", r.Wrong)
	}
	if r := casefile.Run(night, answer, level)[0]; r.Holds() {
		t.Error("what is held back at night is taken for said")
	}
}

func TestQuestionsThatCannotBeAsked(t *testing.T) {
	answer, _, err := Answers(load(t, content.Default()))
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]struct {
		ask  casefile.Ask
		want error
	}{
		"nobody asks": {casefile.Ask{Asker: "somebody"}, ErrAsker},
		"no topic":    {casefile.Ask{Asker: "insurer", Topic: "weather"}, ErrTopic},
		"no system":   {casefile.Ask{Asker: "insurer", Diagnoses: []casefile.Diagnosis{{System: "read", Code: "X"}}}, ErrSystem},
	} {
		if _, err := answer(casefile.Case{Ask: try.ask, At: time.Now()}); !errors.Is(err, try.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkCases is what the whole way adds to a publish.
func BenchmarkCases(b *testing.B) {
	rev := load(b, content.Default())
	cases, _ := casefile.Load(rev.Files, rev.Set)
	for b.Loop() {
		answer, level, err := Answers(rev)
		if err != nil {
			b.Fatal(err)
		}
		casefile.Run(cases, answer, level)
	}
	b.ReportMetric(float64(len(cases)), "cases")
}
