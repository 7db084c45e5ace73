package wire

import (
	"math"
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/insights"
)

// Insights writes the figures of a period.
func Insights(f *insights.Figures) *pb.GetInsightsResponse {
	m := &pb.GetInsightsResponse{FromDay: dayOf(f.Period.From), ToDay: dayOf(f.Period.Last), Floor: insights.Floor, Logged: f.Logged, Decisions: int32(f.Decisions),
		Senders: figures(f.Senders), Mindsets: figures(f.Mindsets), Topics: figures(f.Topics),
		Rules: ruleFigures(f.Rules), Nobody: ruleFigures(f.Nobody), NeverHit: ruleFigures(f.NeverHit),
		Feedback: feedbackFigure(&f.Feedback), Lost: int32(min(f.Lost, math.MaxInt32)), Counted: f.Counted, Holdout: holdout(f.Holdout)}
	for i := range f.FeedbackBy {
		m.FeedbackBy = append(m.FeedbackBy, feedbackFigure(&f.FeedbackBy[i]))
	}
	for _, x := range f.Experiments {
		m.Experiments = append(m.Experiments, experiment(&x))
	}
	for _, d := range f.Days {
		m.Days = append(m.Days, &pb.DayFigure{Day: d.Day, Count: int32(d.Count), Senders: namedCounts(d.Senders), Mindsets: namedCounts(d.Mindsets)})
	}
	for _, g := range f.Gaps {
		m.Gaps = append(m.Gaps, &pb.Gap{Topic: g.ID, Label: g.Label, Count: int32(g.Count), Nobody: int32(g.Nobody), Asked: int32(g.Asked), Days: dayCounts(g.Days), NoItems: g.NoItems})
	}
	return m
}

// Drift writes what a version was to change against what came.
func Drift(d *insights.Drift, language string) *pb.GetDriftResponse {
	m := &pb.GetDriftResponse{Version: uint32(d.Version.Number), At: timestamppb.New(d.Version.At), Logged: d.Logged, Before: int32(d.Before), Since: int32(d.Since),
		PredictedChanged: rate(d.PredictedChanged), Says: d.Says(language)}
	for _, r := range d.Rows {
		m.Rows = append(m.Rows, &pb.DriftRow{Outcome: r.Outcome, Topic: r.Topic, Label: r.Label, Was: rate(r.Was), Predicted: rate(r.Predicted), Came: rate(r.Came),
			Drift: difference(r.Drift), Drifts: r.Drifts})
	}
	return m
}

func figures(all []insights.Figure) []*pb.Figure {
	out := make([]*pb.Figure, len(all))
	for i, f := range all {
		out[i] = &pb.Figure{Id: f.ID, Label: f.Label, Count: int32(f.Count), Days: dayCounts(f.Days)}
	}
	return out
}

func ruleFigures(all []insights.RuleFigure) []*pb.RuleFigure {
	out := make([]*pb.RuleFigure, len(all))
	for i, f := range all {
		out[i] = &pb.RuleFigure{Table: f.Table, Id: f.ID, Label: f.Label, Because: f.Because, Count: int32(f.Count), Days: dayCounts(f.Days), InForce: f.InForce}
	}
	return out
}

func dayCounts(all []insights.DayCount) []*pb.DayCount {
	out := make([]*pb.DayCount, len(all))
	for i, d := range all {
		out[i] = &pb.DayCount{Day: d.Day, Count: int32(d.Count)}
	}
	return out
}

func namedCounts(all []insights.NamedCount) []*pb.NamedCount {
	out := make([]*pb.NamedCount, len(all))
	for i, n := range all {
		out[i] = &pb.NamedCount{Id: n.ID, Count: int32(n.Count)}
	}
	return out
}

func rate(r insights.Rate) *pb.Rate {
	return &pb.Rate{Count: int32(r.Count), Of: int32(r.Of), Share: r.Share, Low: r.Low, High: r.High}
}

// difference is absent where there is none.
func difference(d *insights.Difference) *pb.Difference {
	if d == nil {
		return nil
	}
	return &pb.Difference{Value: d.Value, Low: d.Low, High: d.High}
}

func feedbackFigure(f *insights.FeedbackFigure) *pb.FeedbackFigure {
	return &pb.FeedbackFigure{By: f.By, Of: f.Of, Id: f.ID, Label: f.Label, Shown: int32(f.Shown), Helpful: rate(f.Helpful), Against: namedCounts(f.Against)}
}

func experiment(x *insights.Experiment) *pb.Experiment {
	m := &pb.Experiment{AdviceId: x.AdviceID, Label: x.Label, InForce: x.InForce}
	for _, a := range x.Arms {
		m.Arms = append(m.Arms, &pb.Arm{Id: a.ID, Share: a.Share, Feedback: feedbackFigure(&a.Feedback), Lift: difference(a.Lift)})
	}
	return m
}

// holdout is absent where there is none.
func holdout(h *insights.Holdout) *pb.Holdout {
	if h == nil {
		return nil
	}
	return &pb.Holdout{Id: h.ID, Share: h.Share, Topics: h.Topics, Offered: rate(h.Offered), HeldBack: rate(h.HeldBack), Lift: difference(h.Lift)}
}

// Reports writes reports of a wrong sender.
func Reports(all []insights.Report) *pb.ListReportsResponse {
	m := &pb.ListReportsResponse{}
	for i := range all {
		r := &all[i]
		m.Reports = append(m.Reports, &pb.WrongSenderReport{ReportId: r.ID, Day: r.Day, Topic: r.Topic, Label: r.Label, Sender: r.Sender, Wanted: r.Wanted,
			Mindset: r.Mindset, Rules: ruleFigures(r.Rules), Story: r.Story, Request: question(r.Topic, r.Given), Scenario: r.Scenario,
			Operations: addCase(r), Still: r.Still, Count: int32(r.Count)})
	}
	return m
}

// addCase puts the scenario of a report into a draft; nothing if it has none.
func addCase(r *insights.Report) []*pb.EditOperation {
	if r.Scenario == "" {
		return nil
	}
	if r.NewFile {
		lines := strings.Split(strings.TrimSuffix(r.Scenario, "\n"), "\n")
		return []*pb.EditOperation{{Do: "write_file", File: r.File, Text: "cases:\n  - " + strings.Join(lines, "\n    ") + "\n"}}
	}
	return []*pb.EditOperation{{Do: "insert", List: "cases", File: r.File, Text: r.Scenario}}
}
