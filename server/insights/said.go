package insights

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// said is what was said about answers that have something in common.
type said struct {
	counts [feedback.Kinds]int
	who    string // marks of different members, no more than Floor, in order
}

// markLen is how long a mark is kept here: enough to tell a few apart.
const markLen = 8

func (s said) plus(o said) said {
	for k := range s.counts {
		s.counts[k] += o.counts[k]
	}
	s.who = union(s.who, o.who)
	return s
}

// union joins two lists of marks, up to Floor of them.
func union(a, b string) string {
	out := make([]byte, 0, Floor*markLen)
	for len(out) < Floor*markLen && len(a)+len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[:markLen] < b[:markLen]:
			out, a = append(out, a[:markLen]...), a[markLen:]
		case len(a) == 0 || b[:markLen] < a[:markLen]:
			out, b = append(out, b[:markLen]...), b[markLen:]
		default:
			a = a[markLen:]
		}
	}
	return string(out)
}

func (s said) accepted() int { return s.counts[feedback.Accepted] }

func (s said) against() int {
	return s.counts[feedback.Dismissed] + s.counts[feedback.Overridden] + s.counts[feedback.WrongSender]
}

// enough reports whether a number tells of nobody or of enough.
func enough(n int) bool { return n == 0 || n >= Floor }

// safe asks for both sides of a share, as either follows from the other.
func (s said) safe() bool {
	return len(s.who) >= Floor*markLen && enough(s.accepted()) && enough(s.against()) && s.accepted()+s.against()+s.counts[feedback.Shown] >= Floor
}

// told is as much of a safe group as may be shown: times shown only if those who
// saw it and said nothing are nobody or enough, and the ways to be against it only
// if each of them is.
func (s said) told() said {
	if silent := s.counts[feedback.Shown] - s.accepted() - s.against(); silent > 0 && silent < Floor || !enough(s.counts[feedback.Shown]) {
		s.counts[feedback.Shown] = 0
	}
	for _, k := range []feedback.Kind{feedback.Dismissed, feedback.Overridden, feedback.WrongSender} {
		if !enough(s.counts[k]) {
			// Kept as a sum that nothing else uses.
			s.counts[feedback.Offered] += s.against()
			s.counts[feedback.Dismissed], s.counts[feedback.Overridden], s.counts[feedback.WrongSender] = 0, 0, 0
			break
		}
	}
	return s
}

// lumped are those who were against it in a way that can't be shown.
func (s said) lumped() int { return s.counts[feedback.Offered] }

// figure is a group's numbers as a figure.
func (s said) figure(by, of, id, label string) FeedbackFigure {
	f := FeedbackFigure{By: by, Of: of, ID: id, Label: label, Shown: s.counts[feedback.Shown]}
	f.Helpful = NewRate(s.accepted(), s.accepted()+s.against()+s.lumped())
	for _, k := range []struct {
		kind feedback.Kind
		id   string
	}{{feedback.Dismissed, "dismissed"}, {feedback.Overridden, "overridden"}, {feedback.WrongSender, "wrong_sender"}} {
		if n := s.counts[k.kind]; n > 0 {
			f.Against = append(f.Against, NamedCount{k.id, n})
		}
	}
	return f
}

// FeedbackFigure is what was said back about answers that have something in
// common.
type FeedbackFigure struct {
	By, Of, ID, Label string
	Shown             int  // 0 if it can't be shown
	Helpful           Rate // accepted, of all that was accepted or was not
	Against           []NamedCount
}

// What is left of what feedback is about, step by step.
var saidSteps = []func(feedback.About) feedback.About{
	func(a feedback.About) feedback.About { return a },
	func(a feedback.About) feedback.About { a.Revision = ""; return a },
	func(a feedback.About) feedback.About { a.Revision, a.Language = "", ""; return a },
	func(a feedback.About) feedback.About {
		return feedback.About{Topic: a.Topic, Advice: a.Advice, Sender: a.Sender, Variant: a.Variant}
	},
	func(a feedback.About) feedback.About {
		return feedback.About{Advice: a.Advice, Sender: a.Sender, Variant: a.Variant}
	},
	func(a feedback.About) feedback.About { return feedback.About{Advice: a.Advice, Sender: a.Sender} },
	func(a feedback.About) feedback.About {
		return feedback.About{Topic: a.Topic, Rules: a.Rules, Sender: a.Sender}
	},
	func(a feedback.About) feedback.About { return feedback.About{Topic: a.Topic, Sender: a.Sender} },
	func(a feedback.About) feedback.About { return feedback.About{Sender: a.Sender, Language: a.Language} },
	func(a feedback.About) feedback.About { return feedback.About{Sender: a.Sender} },
	func(feedback.About) feedback.About { return feedback.About{} },
}

// counted is all that was counted in a period.
type counted struct {
	groups  map[feedback.About]said // safe ones, as much of them as may be shown
	trials  map[string]trial        // of holdouts, by side
	reports []feedback.Counted
}

// read reads what was counted, month by month.
func (s *Service) read(ctx context.Context, tenant string, p Period) (*counted, error) {
	if s.o.Sync != nil {
		s.o.Sync(ctx)
	}
	out := &counted{groups: map[feedback.About]said{}, trials: map[string]trial{}}
	for _, month := range p.months() {
		all, err := s.o.Counts.Read(ctx, tenant, month)
		if err != nil {
			return nil, err
		}
		cells, sides := out.sort(all)
		for about, n := range groups(cells, saidSteps...) {
			out.groups[about] = out.groups[about].plus(n.told())
		}
		out.publish(func(side string) uint64 { return s.o.Noise(tenant, "holdout", side, feedback.Month(month)) }, sides)
	}
	return out, nil
}

// sort takes out reports, and returns the sides of holdouts apart from the rest.
func (c *counted) sort(all []feedback.Counted) (cells map[feedback.About]said, sides map[string]said) {
	cells, sides = map[feedback.About]said{}, map[string]said{}
	for _, x := range all {
		if x.Counts[feedback.Reported] > 0 {
			c.reports = append(c.reports, x)
			continue
		}
		n := said{counts: x.Counts, who: marks(x.Who)}
		about := x.About
		about.Holdout = ""
		if x.Holdout != "" {
			sides[x.Holdout] = sides[x.Holdout].plus(n)
		}
		n.counts[feedback.Offered], n.counts[feedback.HeldBack] = 0, 0
		if strings.HasSuffix(x.Holdout, feedback.Held) || n.counts == ([feedback.Kinds]int{}) {
			continue // it was not said to anyone
		}
		cells[about] = cells[about].plus(n)
	}
	return cells, sides
}

// marks are marks of members as union takes them.
func marks(who []string) string {
	short := make([]string, 0, len(who))
	for _, w := range who {
		short = append(short, (w + strings.Repeat(" ", markLen))[:markLen])
	}
	slices.Sort(short)
	return strings.Join(slices.Compact(short), "")
}

// feedbackBy adds groups up by each thing that they say.
func (c *counted) feedbackBy(w *wording) (out []FeedbackFigure) {
	for t := range ruleset.AdviceTable {
		out = append(out, c.by("rule", t.String(), func(a feedback.About) string { return a.Rules[t] }, func(id string) string { return w.rule(t, Figure{ID: id}).Label })...)
	}
	plain := func(id string) string { return id }
	out = append(out, c.by("advice", "", func(a feedback.About) string { return a.Advice }, w.item)...)
	out = append(out, c.by("sender", "", func(a feedback.About) string { return a.Sender }, plain)...)
	out = append(out, c.by("topic", "", func(a feedback.About) string { return a.Topic }, w.topic)...)
	out = append(out, c.by("language", "", func(a feedback.About) string { return a.Language }, plain)...)
	out = append(out, c.by("revision", "", func(a feedback.About) string { return a.Revision }, plain)...)
	for _, x := range c.experiments(w) {
		for _, arm := range x.Arms {
			if arm.Feedback.Shown > 0 || arm.Feedback.Helpful.Of > 0 {
				out = append(out, arm.Feedback)
			}
		}
	}
	return out
}

func (c *counted) by(by, of string, id func(feedback.About) string, label func(string) string) []FeedbackFigure {
	var out []FeedbackFigure
	for k, n := range sum(c.groups, func(a feedback.About) (string, bool) { return id(a), id(a) != "" }) {
		out = append(out, n.figure(by, of, k, label(k)))
	}
	slices.SortFunc(out, func(a, b FeedbackFigure) int {
		return cmp.Or(cmp.Compare(b.Helpful.Of, a.Helpful.Of), cmp.Compare(b.Shown, a.Shown), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// whole is all that was said.
func (c *counted) whole() FeedbackFigure {
	return sum(c.groups, func(feedback.About) (bool, bool) { return true, true })[true].figure("", "", "", "")
}
