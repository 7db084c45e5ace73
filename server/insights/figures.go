package insights

import (
	"cmp"
	"context"
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Figures is what became of a tenant's answers in a period.
type Figures struct {
	Period    Period
	Logged    bool // decisions are recorded here
	Decisions int
	Days      []Day
	Senders   []Figure
	Mindsets  []Figure
	Topics    []Figure
	Rules     []RuleFigure
	Nobody    []RuleFigure // why nobody spoke
	NeverHit  []RuleFigure
	Gaps      []Gap

	Counted     bool // the store of counts answered
	Lost        uint64
	Feedback    FeedbackFigure
	FeedbackBy  []FeedbackFigure
	Experiments []Experiment
	Holdout     *Holdout
}

// Figure is how many decisions have something in common.
type Figure struct {
	ID, Label string
	Count     int
	Days      []DayCount // those whose day is known
}

// RuleFigure is how many decisions a rule made.
type RuleFigure struct {
	Table string
	Figure
	Because string
	InForce bool
}

// DayCount is how many on a day.
type DayCount struct {
	Day   string
	Count int
}

// NamedCount is how many of something.
type NamedCount struct {
	ID    string
	Count int
}

// Day is the decisions of one day.
type Day struct {
	DayCount
	Senders, Mindsets []NamedCount
}

// Gap is a topic that got no advice.
type Gap struct {
	Figure
	Nobody  int // of Count, those where nobody speaks
	Asked   int // all decisions about the topic
	NoItems bool
}

// Query asks for the figures of a tenant. Days are as in 2026-03-01.
type Query struct {
	Tenant, From, To, Language string
}

// Figures counts what became of answers. The error may be an *Error.
func (s *Service) Figures(ctx context.Context, q Query) (*Figures, error) {
	p, err := newPeriod(q.From, q.To, s.o.Now())
	if err != nil {
		return nil, err
	}
	live, err := s.o.Rules.Version(ctx, q.Tenant, 0)
	if err != nil {
		return nil, err
	}
	out := &Figures{Period: p, Logged: s.o.Decisions != nil}
	if out.Logged {
		if err := s.answers(ctx, out, q, &live); err != nil {
			return nil, err
		}
	}
	s.feedback(ctx, out, q, &live)
	return out, ctx.Err()
}

// feedback fills in what was said back. Without the store of counts the other
// figures are still good.
func (s *Service) feedback(ctx context.Context, out *Figures, q Query, live *Version) {
	if s.o.Lost != nil {
		out.Lost = s.o.Lost()
	}
	c, err := s.read(ctx, q.Tenant, out.Period)
	if out.Counted = err == nil; err != nil {
		c = &counted{}
	}
	w := newWording(live.Set, q.Language)
	out.Feedback, out.FeedbackBy, out.Experiments, out.Holdout = c.whole(), c.feedbackBy(w), c.experiments(w), c.holdout(live.Holdout)
}

// answers fills in what is counted of decisions.
func (s *Service) answers(ctx context.Context, out *Figures, q Query, live *Version) error {
	in, err := s.open()
	if in == nil || err != nil {
		return err
	}
	defer in.Close()
	cells, err := answersOf(ctx, in, q.Tenant, out.Period.From, out.Period.Until)
	if err != nil {
		return err
	}
	w := newWording(live.Set, q.Language)
	out.show(byMonth(cells, out.Period), w)
	out.NeverHit = neverHit(cells, w)
	return nil
}

// byMonth makes groups of the answers of each month.
func byMonth(cells map[answer]count, p Period) map[answer]count {
	out := map[answer]count{}
	for _, m := range p.months() {
		from, until := dayOf(m), dayOf(m.AddDate(0, 1, 0))
		some := map[answer]count{}
		for a, n := range cells {
			if from <= a.day && a.day < until {
				some[a] = n
			}
		}
		for a, n := range groups(some, answerSteps...) {
			out[a] += n
		}
	}
	return out
}

// show adds groups up.
func (out *Figures) show(all map[answer]count, w *wording) {
	for _, n := range all {
		out.Decisions += int(n)
	}
	out.Days = days(all)
	out.Senders = figures(all, func(a answer) string { return a.sender }, func(id string) string { return id })
	out.Mindsets = figures(all, func(a answer) string { return a.mindset }, func(id string) string { return id })
	out.Topics = figures(all, func(a answer) string { return a.topic }, w.topic)
	out.Gaps = gaps(all, w)
	for t := range ruleset.AdviceTable {
		out.Rules = append(out.Rules, ruleFigures(all, t, w)...)
	}
	silent := map[answer]count{}
	for a, n := range all {
		if a.sender == "nobody" {
			silent[a] = n
		}
	}
	out.Nobody = ruleFigures(silent, ruleset.SenderTable, w)
}

// figures adds up by what a key says; those that say nothing are left out.
func figures(all map[answer]count, by func(answer) string, label func(string) string) []Figure {
	type dated struct {
		id  string
		day int32
	}
	perDay := sum(all, func(a answer) (dated, bool) { return dated{by(a), a.day}, by(a) != "" })
	found := map[string]*Figure{}
	for k, n := range perDay {
		f := found[k.id]
		if f == nil {
			f = &Figure{ID: k.id, Label: label(k.id)}
			found[k.id] = f
		}
		f.Count += int(n)
		if k.day != 0 {
			f.Days = append(f.Days, DayCount{dayName(k.day), int(n)})
		}
	}
	out := make([]Figure, 0, len(found))
	for _, f := range found {
		slices.SortFunc(f.Days, func(a, b DayCount) int { return cmp.Compare(a.Day, b.Day) })
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b Figure) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return out
}

func ruleFigures(all map[answer]count, t ruleset.Table, w *wording) []RuleFigure {
	found := figures(all, func(a answer) string { return a.rules[t] }, func(id string) string { return id })
	out := make([]RuleFigure, len(found))
	for i, f := range found {
		out[i] = w.rule(t, f)
	}
	return out
}

// days are the decisions of each day.
func days(all map[answer]count) []Day {
	totals := sum(all, func(a answer) (int32, bool) { return a.day, a.day != 0 })
	var out []Day
	for d, n := range totals {
		on := func(by func(answer) string) []NamedCount {
			return named(sum(all, func(a answer) (string, bool) { return by(a), a.day == d && by(a) != "" }))
		}
		out = append(out, Day{DayCount: DayCount{dayName(d), int(n)},
			Senders:  on(func(a answer) string { return a.sender }),
			Mindsets: on(func(a answer) string { return a.mindset })})
	}
	slices.SortFunc(out, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

// named is a map as a list, the most first.
func named(all map[string]count) []NamedCount {
	out := make([]NamedCount, 0, len(all))
	for id, n := range all {
		out = append(out, NamedCount{id, int(n)})
	}
	slices.SortFunc(out, func(a, b NamedCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return out
}

// gaps are topics that got no advice. Questions about nothing in particular
// are none.
func gaps(all map[answer]count, w *wording) []Gap {
	without := map[answer]count{}
	for a, n := range all {
		if a.given == unadvised && w.asked(a.topic) {
			without[a] = n
		}
	}
	asked := sum(all, func(a answer) (string, bool) { return a.topic, a.topic != "" })
	nobody := sum(without, func(a answer) (string, bool) { return a.topic, a.sender == "nobody" })
	found := figures(without, func(a answer) string { return a.topic }, w.topic)
	out := make([]Gap, len(found))
	for i, f := range found {
		out[i] = Gap{Figure: f, Nobody: int(nobody[f.ID]), Asked: int(asked[f.ID]), NoItems: w.noItems(f.ID)}
	}
	return out
}

// neverHit are the rules in force that decided nothing. It goes by all that
// was counted: that a rule decided a few times must not show as never.
func neverHit(cells map[answer]count, w *wording) []RuleFigure {
	var out []RuleFigure
	for t := range ruleset.AdviceTable {
		hit := sum(cells, func(a answer) (string, bool) { return a.rules[t], true })
		for _, row := range w.set.Rows(t) {
			if hit[row.ID] == 0 {
				out = append(out, w.rule(t, Figure{ID: row.ID}))
			}
		}
	}
	return out
}
