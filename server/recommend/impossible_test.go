package recommend

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// TestImpossibleFactsAreNotBelieved sends facts that never go together: what
// the proof need not look at must not reach the rules.
func TestImpossibleFactsAreNotBelieved(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	r, problems := content.Load(content.Default(), now)
	if r == nil {
		t.Fatal(problems)
	}
	s, err := NewSnapshot(r)
	if err != nil {
		t.Fatal(err)
	}
	ask := Request{}
	ask.Facts.SetRaw(fact.AcuteDxOnsetDays, 3)
	if q := s.gather(intake.Question{Facts: ask.Facts, Now: now}, nil); q.facts.Known(fact.AcuteDxOnsetDays) {
		t.Error("the days of an illness are known, and not whether there is one")
	}
	ask.Facts.SetBool(fact.AcuteDxActive, true)
	if q := s.gather(intake.Question{Facts: ask.Facts, Now: now}, nil); !q.facts.Known(fact.AcuteDxOnsetDays) {
		t.Error("the days of an illness were dropped without need")
	}
}
