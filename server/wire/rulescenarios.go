package wire

import (
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// scenario writes an example with its question and what it expects.
func scenario(s *rulebook.Scenario) *pb.Scenario {
	out := &pb.Scenario{Id: s.ID, About: s.About, File: s.File, Line: int32(s.Line), Text: s.Text, Request: questionOf(&s.Ask), At: timestamppb.New(s.At)}
	for i := range s.Expect {
		e := &s.Expect[i]
		out.Expect = append(out.Expect, &pb.ScenarioAnswer{Topic: e.Topic, Mindset: e.Mindset, Sender: e.Sender, Notice: e.Notice,
			Advice: e.Advice, AdviceCounts: e.Advice != nil, Held: held(e.Suppressed), HeldCounts: e.Suppressed != nil})
	}
	return out
}

// questionOf is the question of a case.
func questionOf(a *casefile.Ask) *pb.RecommendRequest {
	m := question(a.Topic, a.Context)
	m.Text, m.Language = a.Text, a.Language
	switch a.Asker {
	case "insurer":
		m.Asker = pb.Asker_ASKER_INSURER
	case "provider":
		m.Asker = pb.Asker_ASKER_PROVIDER
	}
	for _, d := range a.Diagnoses {
		x := &pb.Diagnosis{System: pb.Diagnosis_ICD10CM, Code: d.Code, Onset: dayOf(d.Onset), Abated: dayOf(d.Abated)}
		if d.System == "snomed" {
			x.System = pb.Diagnosis_SNOMED
		}
		m.Diagnoses = append(m.Diagnoses, x)
	}
	return m
}

func held(all []casefile.Held) []*pb.HeldItem {
	var out []*pb.HeldItem
	for _, h := range all {
		out = append(out, &pb.HeldItem{Id: h.ID, Code: h.Code})
	}
	return out
}

// Runs writes how contents answer scenarios.
func Runs(r *rulebook.Runs) *pb.RunScenariosResponse {
	out := &pb.RunScenariosResponse{}
	for _, d := range r.Digests {
		out.Digests = append(out.Digests, string(d))
	}
	for i, id := range r.Scenarios {
		run := &pb.ScenarioRun{Id: id}
		for k := range r.Digests {
			x := &pb.ScenarioResult{}
			if i < len(r.Results[k]) {
				x = result(&r.Results[k][i])
			} else {
				for _, p := range r.Problems[k] {
					x.Wrong = append(x.Wrong, p.Message)
				}
			}
			run.Results = append(run.Results, x)
		}
		out.Runs = append(out.Runs, run)
	}
	return out
}

func result(r *casefile.Result) *pb.ScenarioResult {
	out := &pb.ScenarioResult{Holds: r.Holds(), Wrong: r.Wrong}
	for _, x := range r.Outcome.Recommendations {
		a := &pb.ScenarioAnswer{Topic: x.Topic, Mindset: x.Mindset, Sender: x.Sender, Advice: x.Advice, AdviceCounts: true, Held: held(x.Suppressed), HeldCounts: true}
		if x.Sender == "safety" && len(x.Advice) == 1 {
			a.Notice = x.Advice[0]
		}
		out.Answers = append(out.Answers, a)
		for _, rule := range x.Rules {
			out.Rules = append(out.Rules, &pb.RuleRef{Table: rule.Table, Id: rule.ID})
		}
	}
	return out
}

// Wanted reads what to look for in a content.
func Wanted(in *pb.ExamineContentRequest) rulebook.Wanted {
	w := rulebook.Wanted{Table: ruleset.SenderTable, Gaps: in.Gaps, Overlaps: in.Overlaps}
	if in.Table == ruleset.MindsetTable.String() {
		w.Table = ruleset.MindsetTable
	}
	for _, r := range in.Rules {
		w.Rules = append(w.Rules, revision.RowName{List: r.Table, ID: r.Id})
	}
	return w
}

// Examined writes the members that were found.
func Examined(e *rulebook.Examined) *pb.ExamineContentResponse {
	out := &pb.ExamineContentResponse{Digest: string(e.Digest), Cut: e.Cut}
	for i := range e.Gaps {
		g := &e.Gaps[i]
		out.Gaps = append(out.Gaps, &pb.TableGap{Topics: g.Topics, Mindset: g.Mindset, Outcome: g.Outcome, Example: example(&g.Example)})
	}
	for i := range e.Overlaps {
		o := &e.Overlaps[i]
		out.Overlaps = append(out.Overlaps, &pb.RuleOverlap{First: o.First.ID, Second: o.Second.ID,
			FirstOutcome: o.First.OutcomeName(), SecondOutcome: o.Second.OutcomeName(), Example: example(&o.Example)})
	}
	for i := range e.Rules {
		r := &e.Rules[i]
		x := &pb.RuleExample{Rule: &pb.RuleRef{Table: r.Rule.List, Id: r.Rule.ID}, Answer: answers[r.Answer]}
		if x.Answer == "found" {
			x.Example = example(&r.Example)
		}
		out.Rules = append(out.Rules, x)
	}
	return out
}

// answers are the words for what a search came to.
var answers = map[proof.Answer]string{proof.Found: "found", proof.Proved: "nobody", proof.Undetermined: "undetermined"}

func example(e *rulebook.Example) *pb.Example {
	return &pb.Example{Story: e.Story, Request: question(e.Topic, e.Given)}
}
