package recommend

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// TestNoEndTellsOfAHiddenFact has the provider tell each clinical fact so that it
// ends in four minutes. Where the insurer is told the same as of a member of whom
// nobody told it, nothing in the answer is another, not even until when it holds;
// where the fact shows in the answer, it holds no longer than the fact, and does
// not say to the minute how long that is.
func TestNoEndTellsOfAHiddenFact(t *testing.T) {
	alike, ended := 0, 0
	for _, n := range clinicalNews {
		s, plain := serving(t, Options{Store: local(t)}), serving(t, Options{Store: local(t)})
		news := ehr.fact(n.name, n.told)
		news.MaxAge = time.Hour + 4*time.Minute
		tell(t, s, "m1", append(withGym(), news)...)
		tell(t, plain, "m1", withGym()...)
		end := moment.Add(4 * time.Minute)
		for _, topic := range []string{"activity", "nutrition", "stress", "symptom", "coverage", "sleep", "diabetes"} {
			if _, ok := s.Current("").set.Topic(topic); !ok {
				continue
			}
			for _, first := range []Asker{Insurer, Provider} {
				if first == Provider {
					ask(t, s, Provider, topic)
					ask(t, plain, Provider, topic)
				}
				got, want := ask(t, s, Insurer, topic), ask(t, plain, Insurer, topic)
				if got.Recommendations[0].Sender == decision.Safety {
					continue // an emergency holds as long as any
				}
				if outcomes(got) != outcomes(want) {
					if ended++; got.ValidUntil.After(end) || got.ValidUntil.Truncate(coarse) != got.ValidUntil && !got.ValidUntil.Equal(got.DecidedAt) {
						t.Errorf("%s shows in the answer about %s, which holds longer, or tells its very end: until %v", n.name, topic, got.ValidUntil)
					}
					continue
				}
				if alike++; !got.ValidUntil.Equal(want.ValidUntil) || !slices.Equal(got.NeededFacts, want.NeededFacts) {
					t.Errorf("%s, asked about %s: until %v, needed %v; not told: until %v, needed %v", n.name, topic, got.ValidUntil, got.NeededFacts, want.ValidUntil, want.NeededFacts)
				}
				a, errA := s.GetDecision(context.Background(), DecisionQuery{DecisionID: got.ID, Asker: Insurer})
				b, errB := plain.GetDecision(context.Background(), DecisionQuery{DecisionID: want.ID, Asker: Insurer})
				if errA != nil || errB != nil || !a.ValidUntil.Equal(b.ValidUntil) || !slices.Equal(a.NeededFacts, b.NeededFacts) {
					t.Errorf("%s, looked up about %s: until %v, needed %v; not told: until %v, needed %v (%v %v)", n.name, topic, a.ValidUntil, a.NeededFacts, b.ValidUntil, b.NeededFacts, errA, errB)
				}
			}
		}
	}
	if alike < 20 || ended < 20 {
		t.Errorf("%d answers alike and %d not, so this test shows little", alike, ended)
	}
}
