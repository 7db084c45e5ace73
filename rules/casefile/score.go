package casefile

import (
	"fmt"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Score is how a corpus was answered.
//
// A question is judged by its main recommendation, except where harm is
// counted: unsafe is a question for the provider to which any recommendation
// answers with the insurer. The labels know no safety: it counts as the
// provider, and as right for the mindset patient. Nobody is the label "none".
type Score struct {
	Questions int
	Sources   []Source // by name; the last one, "all", sums them up
	Confusion map[Pair]int
	Unsafe    []string // ids
	Missed    []string // ids of emergencies that got no emergency notice
	Alarmed   []string // ids of false alarms
	Wrong     []Mistake
	Failed    []string // ids of questions that got no answer, which count as wrong everywhere
}

// Source are the figures of one source of questions.
type Source struct {
	Name        string
	Sender      Share // where the label is not ambiguous
	Mindset     Share
	WithBenefit Share // of the sender, asked again with every benefit active
	Emergency   Share // emergencies that got an emergency notice
	FalseAlarm  Share // notices among questions that are no emergencies
}

// Share is a part of a whole.
type Share struct{ Part, Of int }

// Rate is Part/Of; 1 if there was nothing to count.
func (s Share) Rate() float64 {
	if s.Of == 0 {
		return 1
	}
	return float64(s.Part) / float64(s.Of)
}

func (s *Share) count(hit bool) {
	s.Of++
	if hit {
		s.Part++
	}
}

// Pair is a cell of the confusion table of senders.
type Pair struct{ Want, Got string }

// Mistake is one answer other than its label.
type Mistake struct {
	ID, What, Want, Got string
}

// Grade answers every question of a corpus and counts.
func Grade(corpus []Labelled, c *fact.Catalogue, answer Answer) (Score, error) {
	s := &scorer{Score: Score{Questions: len(corpus), Confusion: map[Pair]int{}}, sources: map[string]*Source{}, answer: answer}
	for i := range corpus {
		if err := s.question(&corpus[i], c); err != nil {
			return Score{}, err
		}
	}
	return s.sum(), nil
}

type scorer struct {
	Score
	sources map[string]*Source
	answer  Answer
}

const ambiguous = "ambiguous"

func (s *scorer) question(l *Labelled, c *fact.Catalogue) error {
	src := s.sources[l.Source]
	if src == nil {
		src = &Source{Name: l.Source}
		s.sources[l.Source] = src
	}
	got, failed := s.ask(l.ID, l.Ask)
	if judged(l.Sender) {
		sender := asLabel(got.main)
		src.Sender.count(s.right(l.ID, "sender", l.Sender, sender))
		s.Confusion[Pair{l.Sender, sender}]++
	}
	if judged(l.Mindset) {
		src.Mindset.count(s.right(l.ID, "mindset", l.Mindset, got.mindset(l.Mindset)))
	}
	if l.Sender == "provider" && got.insurer {
		s.Unsafe = append(s.Unsafe, l.ID)
	}
	s.emergency(src, l, got)
	if !judged(l.SenderWithBenefit) || failed {
		return nil
	}
	ask := l.Ask
	if err := withEveryBenefit(&ask, c); err != nil {
		return err
	}
	with, _ := s.ask(l.ID, ask)
	src.WithBenefit.count(s.right(l.ID, "sender with benefit", l.SenderWithBenefit, asLabel(with.main)))
	return nil
}

func judged(label string) bool { return label != "" && label != ambiguous }

// heard is what scoring needs of an answer.
type heard struct {
	main    Recommendation
	safety  bool // some recommendation is an emergency notice
	insurer bool // some recommendation is the insurer's
}

func (s *scorer) ask(id string, a Ask) (heard, bool) {
	out, err := s.answer(Case{ID: id, Ask: a, At: DefaultAt})
	if err != nil || len(out.Recommendations) == 0 {
		s.Failed = append(s.Failed, id)
		return heard{main: Recommendation{Sender: "no answer", Mindset: "no answer"}}, true
	}
	is := func(sender string) bool {
		return slices.ContainsFunc(out.Recommendations, func(r Recommendation) bool { return r.Sender == sender })
	}
	return heard{out.Recommendations[0], is("safety"), is("insurer")}, false
}

// asLabel is a sender in the words of the labels.
func asLabel(r Recommendation) string {
	switch r.Sender {
	case "nobody":
		return "none"
	case "safety":
		return "provider"
	}
	return r.Sender
}

// mindset is the mindset found, and patient for an emergency notice that was
// given to someone who is to be a patient.
func (h heard) mindset(want string) string {
	if h.main.Sender == "safety" && want == "patient" {
		return want
	}
	return h.main.Mindset
}

func (s *scorer) right(id, what, want, got string) bool {
	if want != got {
		s.Wrong = append(s.Wrong, Mistake{id, what, want, got})
	}
	return want == got
}

// emergency counts notices. A question that nobody judged counts among those
// that are no emergencies if its label says that it is for the plan or for
// nobody, because then a notice is a false alarm whatever it says.
func (s *scorer) emergency(src *Source, l *Labelled, h heard) {
	switch {
	case l.Emergency != nil && *l.Emergency:
		src.Emergency.count(h.safety)
		if !h.safety {
			s.Missed = append(s.Missed, l.ID)
		}
	case l.Emergency != nil || l.Sender == "insurer" || l.Sender == "none":
		src.FalseAlarm.count(h.safety)
		if h.safety {
			s.Alarmed = append(s.Alarmed, l.ID)
		}
	}
}

// withEveryBenefit makes coverage active and every benefit available.
func withEveryBenefit(a *Ask, c *fact.Catalogue) error {
	for name, value := range map[string]any{"coverage_status": "active", "benefit_available": c.Def(fact.BenefitAvailable).Values} {
		if err := a.Give(c, name, value); err != nil {
			return fmt.Errorf("switching on every benefit: %w", err)
		}
	}
	return nil
}

// sum brings the sources into order and adds them up.
func (s *scorer) sum() Score {
	all := Source{Name: "all"}
	for _, name := range sortedKeys(s.sources) {
		src := s.sources[name]
		s.Sources = append(s.Sources, *src)
		for _, x := range [][2]*Share{{&all.Sender, &src.Sender}, {&all.Mindset, &src.Mindset}, {&all.WithBenefit, &src.WithBenefit}, {&all.Emergency, &src.Emergency}, {&all.FalseAlarm, &src.FalseAlarm}} {
			x[0].Part += x[1].Part
			x[0].Of += x[1].Of
		}
	}
	s.Sources = append(s.Sources, all)
	return s.Score
}

// All are the figures of the whole corpus.
func (s *Score) All() Source { return s.Sources[len(s.Sources)-1] }

// Floors are the least a corpus must reach. The zero value asks for nothing
// but answers.
type Floors struct {
	Sender, Mindset, WithBenefit, EmergencyRecall float64 // at least
	FalseAlarms                                   float64 // at most; used if LimitFalseAlarms
	Unsafe                                        int     // at most; used if LimitUnsafe
	LimitFalseAlarms, LimitUnsafe                 bool
}

// Below lists, in words, every floor that a score does not reach.
func (s *Score) Below(f Floors) []string {
	var out []string
	all := s.All()
	for _, x := range []struct {
		what  string
		got   Share
		floor float64
	}{{"sender", all.Sender, f.Sender}, {"mindset", all.Mindset, f.Mindset}, {"sender with benefit", all.WithBenefit, f.WithBenefit}, {"emergency recall", all.Emergency, f.EmergencyRecall}} {
		if x.got.Rate() < x.floor {
			out = append(out, fmt.Sprintf("%s %.3f is below %.3f", x.what, x.got.Rate(), x.floor))
		}
	}
	if f.LimitFalseAlarms && all.FalseAlarm.Of > 0 && all.FalseAlarm.Rate() > f.FalseAlarms {
		out = append(out, fmt.Sprintf("false alarms %.3f are above %.3f", all.FalseAlarm.Rate(), f.FalseAlarms))
	}
	if f.LimitUnsafe && len(s.Unsafe) > f.Unsafe {
		out = append(out, fmt.Sprintf("%d unsafe answers are above %d", len(s.Unsafe), f.Unsafe))
	}
	if len(s.Failed) > 0 {
		out = append(out, fmt.Sprintf("%d questions got no answer", len(s.Failed)))
	}
	return out
}
