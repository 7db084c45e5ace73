package recommend

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
)

// anyFacts is any member at all: each fact unknown or at random.
func anyFacts(r *rand.Rand, c *fact.Catalogue) fact.Facts {
	var f fact.Facts
	for _, id := range c.All() {
		d := c.Def(id)
		if id >= fact.MaxFacts || d.Kind == fact.Opaque || r.IntN(3) == 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetRaw(id, r.Int64N(2))
		case fact.Enum:
			f.SetRaw(id, r.Int64N(int64(len(d.Values))))
		case fact.Set:
			if id != fact.TextRedFlag || r.IntN(20) == 0 { // else nearly all would be emergencies
				f.SetRaw(id, r.Int64N(1<<len(d.Values)))
			}
		default:
			f.SetRaw(id, d.Min+r.Int64N(min(d.Max-d.Min, 900)+1))
		}
	}
	f.Forget(fact.BPSystolic)
	f.Forget(fact.CallReason)
	return f
}

// TestWhereTheMembersWordRanks asks about any member and topic, with a view and an
// opt-out stored before: safety, then consent, then who may speak about care and
// coverage, then the member's view, then the rules.
func TestWhereTheMembersWordRanks(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	snap := s.Current("")
	topics := snap.set.Topics()
	r := rand.New(rand.NewPCG(5, 6))
	seen := map[string]int{}
	for i := range 6000 {
		member, topic := fmt.Sprint("m", i), topics[r.IntN(len(topics))]
		view := []string{"", "auto", "patient", "consumer"}[r.IntN(4)]
		out := r.IntN(3) == 0
		var told []memory.StoredFact
		if view != "" {
			told = append(told, memory.Choice{Topic: topic.ID, View: view, Source: "portal", Side: "insurer", At: moment}.Fact())
		}
		if _, ok := snap.Catalogue().Value(fact.OptOutTopics, topic.ID); ok && out {
			told = append(told, memory.OptOut{Topic: topic.ID, Source: "portal", Side: "insurer", At: moment}.Fact())
		} else {
			out = false
		}
		if len(told) > 0 {
			tell(t, s, member, told...)
		}
		f := anyFacts(r, snap.Catalogue())
		f.Forget(fact.MemberChoice)
		f.Forget(fact.OptOutTopics)
		asker := []Asker{Insurer, Provider, Integrated}[r.IntN(3)]
		a := answer(t, s, about(t, s, topic.ID, Request{Asker: asker, MemberRef: member, Facts: f}))
		rec := &a.Recommendations[0]
		hidden := rec.Reasons[0].Code == decision.ConsentMissing
		wrong := func(rule string) {
			t.Fatalf("%s\ntopic %s, view %q, opted out %v, asker %v, facts %+v\n%s", rule, topic.ID, view, out, asker, f, inJSON(t, a))
		}
		outbound := snap.policy.Outbound(&f)
		switch {
		case f.Raw(fact.TextRedFlag) != 0 || topic.Kind == "emergency" || rec.Sender == decision.Safety:
			seen["safety"]++
			if rec.Sender != decision.Safety || len(rec.Advice) != 1 || len(rec.Suppressed) != 0 {
				wrong("safety ranks above all")
			}
			continue
		case hidden:
			seen["hidden"]++
			if !f.Is(fact.ConfidentialChannel) || len(rec.Advice)+len(rec.Suppressed) > 0 {
				wrong("only private contact hides, and it hides all")
			}
			continue
		case out && len(rec.Advice) > 0:
			wrong("an opt-out ranks above who may speak")
		case topic.Kind == "care" && rec.Sender != decision.Provider:
			wrong("care is the provider's, whatever was chosen")
		case topic.Kind == "coverage" && rec.Sender == decision.Provider:
			wrong("coverage is the plan's, whatever was chosen")
		case view == "patient" && rec.Mindset != decision.Patient, view == "consumer" && rec.Mindset != decision.Consumer:
			wrong("the view that was chosen ranks above the rules")
		case view == "patient" && topic.Kind != "coverage" && rec.Sender == decision.Insurer:
			wrong("who would rather hear from the doctor hears nothing of the plan")
		}
		tied := f.Equals(fact.CoverageStatus, fact.CoverageActive) && f.Raw(fact.BenefitAvailable)&int64(snap.benefits[snap.optIndex(topic.ID)]) != 0
		if view == "consumer" && tied && !outbound && topic.Kind != "care" && topic.Kind != "coverage" {
			seen["the plan, as chosen"]++
			if rec.Sender != decision.Insurer {
				wrong("who would rather hear from the plan does, if a benefit is tied")
			}
		}
		if out {
			seen["opted out"]++
		}
		if view == "patient" {
			seen["the doctor, as chosen"]++
		}
	}
	for _, what := range []string{"safety", "hidden", "opted out", "the plan, as chosen", "the doctor, as chosen"} {
		if seen[what] < 20 {
			t.Errorf("%s: met %d times only", what, seen[what])
		}
	}
}

// optIndex is the position of a topic.
func (s *Snapshot) optIndex(id string) uint16 {
	topic, _ := s.set.Topic(id)
	return topic
}
