package revision

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// keptReports is how many reports are at hand.
const keptReports = 64

// Run runs parts of what a content must pass, for use from a day on, the zero
// time being now. What was run before is not run again. A content with errors is
// neither asked nor proved; one whose cases fail is proved all the same, because
// whoever mends it wants to see everything at once.
func (s *Service) Run(ctx context.Context, d Digest, on time.Time, parts Part) (*Report, error) {
	if on.IsZero() {
		on = s.clock()
	}
	day := on.UTC().Truncate(24 * time.Hour)
	unlock := s.alone(string(d) + day.Format(time.DateOnly))
	defer unlock()
	r := s.report(d, day)
	if r.Parts&parts == parts || r.errors() > 0 {
		return r, nil
	}
	files, err := loadFiles(ctx, s.store, d)
	if err != nil {
		return nil, stored(err)
	}
	if err := s.run(ctx, r, files, parts); err != nil {
		return nil, err
	}
	s.keep(r)
	return r, nil
}

// alone lets nobody else work on the same meanwhile.
func (s *Service) alone(what string) (unlock func()) {
	s.mu.Lock()
	m := s.proving[what]
	if m == nil {
		if len(s.proving) > keptReports {
			clear(s.proving) // whoever holds one still does; at worst something is proved twice
		}
		m = &sync.Mutex{}
		s.proving[what] = m
	}
	s.mu.Unlock()
	m.Lock()
	return m.Unlock
}

// report is a copy of what was found so far.
func (s *Service) report(d Digest, day time.Time) *Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.reports {
		if r.Digest == d && r.Day.Equal(day) {
			c := *r
			return &c
		}
	}
	return &Report{Digest: d, Day: day}
}

func (s *Service) keep(r *Report) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reports = slices.DeleteFunc(s.reports, func(old *Report) bool { return old.Digest == r.Digest && old.Day.Equal(r.Day) })
	s.reports = append(s.reports, r)
	s.reports = s.reports[max(0, len(s.reports)-keptReports):]
}

// run adds the parts that r lacks.
func (s *Service) run(ctx context.Context, r *Report, files Files, parts Part) error {
	folder, err := files.FS()
	if err != nil {
		return err
	}
	folder = s.loader.Folder(folder)
	if todo := (parts | PartCheck) &^ r.Parts; todo&(PartCheck|PartCases) != 0 {
		s.checkAndCases(ctx, r, folder, parts)
	}
	if parts&PartProof != 0 && r.Parts&PartProof == 0 && r.errors() == 0 && ctx.Err() == nil {
		r.Parts |= PartProof
		r.Proof, _ = finding.Prove(folder, r.Day, finding.Options{})
	}
	return ctx.Err()
}

// checkAndCases compiles a content, checks it unless that was done, and runs its
// cases if they are wanted.
func (s *Service) checkAndCases(ctx context.Context, r *Report, folder fs.FS, parts Part) {
	rev, problems := s.loader.Load(folder, r.Day)
	var cases []casefile.Case
	if rev != nil {
		var more []strictyaml.Problem
		cases, more = casefile.Load(folder, rev.Set)
		problems = slices.Concat(problems, s.unguarded(rev), more)
	}
	if r.Parts&PartCheck == 0 {
		r.Parts |= PartCheck
		r.Problems = problems
		if rev != nil {
			r.Revision = rev.ID
		}
	}
	if parts&PartCases != 0 && r.Parts&PartCases == 0 && r.errors() == 0 && ctx.Err() == nil {
		s.cases(r, rev, cases)
	}
}

// unguarded are the guardrails that a content must have and has not.
func (s *Service) unguarded(rev *content.Revision) []strictyaml.Problem {
	var gone []string
	for _, id := range s.guardrails {
		own := rev.Set.Guardrails()
		if !slices.ContainsFunc(own, func(g ruleset.Guardrail) bool { return g.ID == id }) {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return []strictyaml.Problem{{File: "guardrails.yaml", Line: 1, Col: 1, Severity: strictyaml.Error, Code: "guardrail-missing",
		Message: "content must have " + strings.Join(gone, ", ") + "; nothing holds what is not here"}}
}

func (s *Service) cases(r *Report, rev *content.Revision, cases []casefile.Case) {
	answer, level, err := s.answers(rev)
	if err != nil {
		r.Problems = append(r.Problems, strictyaml.Problem{File: ".", Line: 1, Col: 1, Severity: strictyaml.Error, Code: "unusable", Message: "this content cannot answer: " + err.Error()})
		return
	}
	r.Parts |= PartCases
	r.Cases = len(cases)
	for _, x := range casefile.Run(cases, answer, level) {
		if !x.Holds() {
			r.Failed = append(r.Failed, FailedCase{x.Case.ID, x.Case.About, x.Case.Pos, x.Wrong})
		}
	}
}

// green runs everything and refuses what does not pass.
func (s *Service) green(ctx context.Context, d Digest, on time.Time) (*Report, error) {
	r, err := s.Run(ctx, d, on, AllParts)
	if err != nil {
		return nil, err
	}
	if !r.Green() {
		e := refuse(NotGreen, "check, cases and proof do not all pass for this content")
		e.Report = r
		return nil, e
	}
	return r, nil
}
