package casefile

import (
	"fmt"
	"slices"
	"strings"
)

// Outcome is what an engine answered.
type Outcome struct {
	Recommendations []Recommendation // the main one first
}

// Recommendation is the answer for one topic, in the words of content.
type Recommendation struct {
	Topic      string
	Mindset    string
	Sender     string
	Advice     []string // ids, best first; of safety answers the notice
	Suppressed []Held
	Rules      []Rule // rows that decided
}

// Rule names a row of a table.
type Rule struct {
	Table string // mindset or sender
	ID    string
}

// Answer answers a case. Whoever runs cases supplies it.
type Answer func(Case) (Outcome, error)

// Level says how much of an answer an engine gives.
type Level uint8

const (
	Whole        Level = iota // everything a caller sees
	BeforePolicy              // the decision alone: nothing held back, every side's advice given
)

// Result is what became of one case.
type Result struct {
	Case    *Case
	Outcome Outcome
	Wrong   []string // one sentence for each difference; none if the case holds
}

// Holds reports whether the answer was as expected.
func (r *Result) Holds() bool { return len(r.Wrong) == 0 }

// Run answers every case and compares.
func Run(cases []Case, answer Answer, level Level) []Result {
	results := make([]Result, len(cases))
	for i := range cases {
		r := Result{Case: &cases[i]}
		var err error
		if r.Outcome, err = answer(cases[i]); err != nil {
			r.Wrong = []string{"no answer: " + err.Error()}
		} else {
			r.Wrong = compare(&cases[i], r.Outcome, level)
		}
		results[i] = r
	}
	return results
}

func compare(c *Case, got Outcome, level Level) []string {
	var wrong []string
	if len(got.Recommendations) != len(c.Expect) {
		return []string{fmt.Sprintf("%d recommendations, want %d: got %s", len(got.Recommendations), len(c.Expect), topicsOf(got))}
	}
	for i := range c.Expect {
		for _, w := range c.Expect[i].differs(&got.Recommendations[i], c.Ask.Asker, level) {
			if len(c.Expect) > 1 {
				w = fmt.Sprintf("recommendation %d: %s", i+1, w)
			}
			wrong = append(wrong, w)
		}
	}
	return wrong
}

// differs compares what is stated with one recommendation.
func (e *Expect) differs(got *Recommendation, asker string, level Level) []string {
	var wrong []string
	word := func(what, want, got string) {
		if want != "" && want != got {
			wrong = append(wrong, fmt.Sprintf("%s %s, want %s", what, got, want))
		}
	}
	word("topic", e.Topic, got.Topic)
	word("mindset", e.Mindset, got.Mindset)
	word("sender", e.Sender, got.Sender)
	if e.Notice != "" && (got.Sender != "safety" || !slices.Equal(got.Advice, []string{e.Notice})) {
		wrong = append(wrong, fmt.Sprintf("notice %s, want %s and nothing beside it", list(got.Advice), e.Notice))
	}
	if level == BeforePolicy {
		return append(wrong, e.beforePolicy(got, asker)...)
	}
	if e.Advice != nil && !slices.Equal(e.Advice, got.Advice) {
		wrong = append(wrong, fmt.Sprintf("advice %s, want %s", list(got.Advice), list(e.Advice)))
	}
	if e.Suppressed != nil && !sameHeld(e.Suppressed, got.Suppressed) {
		wrong = append(wrong, fmt.Sprintf("held back %v, want %v", got.Suppressed, e.Suppressed))
	}
	return wrong
}

// beforePolicy compares the items a decision holds: those the case wants said
// and those it wants held back. A side that does not own the topic is given no
// advice, which only the whole answer shows.
func (e *Expect) beforePolicy(got *Recommendation, asker string) []string {
	if e.Advice == nil || asker != "integrated" && asker != got.Sender {
		return nil
	}
	want := slices.Clone(e.Advice)
	for _, h := range e.Suppressed {
		want = append(want, h.ID)
	}
	have := slices.Clone(got.Advice)
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(want, have) {
		return []string{fmt.Sprintf("advice %s, want %s (said or held back)", list(got.Advice), list(want))}
	}
	return nil
}

func sameHeld(a, b []Held) bool {
	order := func(x, y Held) int { return strings.Compare(x.ID+x.Code, y.ID+y.Code) }
	return slices.Equal(slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order))
}

func topicsOf(o Outcome) string {
	var topics []string
	for _, r := range o.Recommendations {
		topics = append(topics, r.Topic)
	}
	return list(topics)
}

func list(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}
