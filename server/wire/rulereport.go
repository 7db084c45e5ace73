package wire

import (
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Report writes what check, cases and proof say.
func Report(r *revision.Report) *pb.Report {
	m := &pb.Report{Digest: string(r.Digest), Day: r.Day.Format(time.DateOnly), Green: r.Green(), Problems: problems(r.Problems), Cases: int32(r.Cases)}
	for _, p := range []struct {
		part revision.Part
		name string
	}{{revision.PartCheck, "check"}, {revision.PartCases, "cases"}, {revision.PartProof, "proof"}} {
		if r.Parts&p.part != 0 {
			m.Parts = append(m.Parts, p.name)
		}
	}
	for _, f := range r.Failed {
		m.FailedCases = append(m.FailedCases, &pb.FailedCase{Id: f.ID, About: f.About, File: f.At.File, Line: int32(f.At.Line), Wrong: f.Wrong})
	}
	if r.Proof == nil {
		return m
	}
	for _, g := range r.Proof.Guardrails {
		m.Guardrails = append(m.Guardrails, &pb.GuardrailState{Id: g.ID, Says: g.Says, State: string(g.State)})
	}
	for i := range r.Proof.Findings {
		m.Findings = append(m.Findings, findingOf(&r.Proof.Findings[i]))
	}
	return m
}

func findingOf(f *finding.Finding) *pb.Finding {
	m := &pb.Finding{Code: f.Code, Id: f.ID, Table: f.Table, Others: f.Others, Day: dayOf(f.Day), Message: f.Message, Stories: f.Stories,
		File: f.At.File, Line: int32(f.At.Line), Title: f.Title, Concerns: f.Concerns}
	for i := range f.Fixes {
		m.Fixes = append(m.Fixes, &pb.Fix{Says: f.Fixes[i].Says, Operations: fixOperations(&f.Fixes[i]), Changes: f.Fixes[i].Changes})
	}
	return m
}
