package casefile_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
)

func revision(t *testing.T) *content.Revision {
	t.Helper()
	r, problems := content.Load(content.Default(), casefile.DefaultAt)
	if r == nil {
		t.Fatal(problems)
	}
	return r
}

// TestDefaultCases runs the cases beside the default content on its rules, and
// wants each rule and each item reached by one of them.
func TestDefaultCases(t *testing.T) {
	r := revision(t)
	cases, problems := casefile.Load(r.Files, r.Set)
	for _, p := range problems {
		t.Error(p)
	}
	if len(cases) < 100 {
		t.Errorf("%d cases only", len(cases))
	}
	results := casefile.Run(cases, casefile.Engine(r.Set, r.Lexicon), casefile.BeforePolicy)
	var b strings.Builder
	for i := range results {
		if !results[i].Holds() {
			if err := casefile.Failures(&b, results); err != nil {
				t.Fatal(err)
			}
			t.Fatal("\n" + b.String())
		}
	}
	cover := casefile.Cover(r.Set, results)
	if err := cover.Write(&b); err != nil {
		t.Fatal(err)
	}
	if len(cover.MissedRules) > 0 || len(cover.MissedItems) > 0 {
		t.Error("\n" + b.String())
	}
}

// TestVignettes scores the questions of the development corpus.
func TestVignettes(t *testing.T) {
	f, err := os.Open("../../../shared/data/vignettes_dev.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("left out: the development corpus is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := revision(t)
	corpus, err := casefile.ReadCorpus(f, r.Set.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	score, err := casefile.Grade(corpus, r.Set.Catalogue(), casefile.Engine(r.Set, r.Lexicon))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := score.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	for _, below := range score.Below(casefile.Floors{Sender: 0.95, Mindset: 0.93, WithBenefit: 0.85, EmergencyRecall: 0.95, LimitFalseAlarms: true, LimitUnsafe: true}) {
		t.Error(below)
	}
}
