package revision

import (
	"context"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Cases runs the cases of one content on another one, or on itself, for use now;
// want chooses among them by their ids, nil being all. There are no results if
// the other content cannot answer: the problems say why. A case that names what
// the other content does not have does not hold.
func (s *Service) Cases(ctx context.Context, of, by Digest, want func(id string) bool) ([]casefile.Result, []strictyaml.Problem, error) {
	theirs, err := loadFiles(ctx, s.store, of)
	if err != nil {
		return nil, nil, stored(err)
	}
	files, err := loadFiles(ctx, s.store, by)
	if err != nil {
		return nil, nil, stored(err)
	}
	folder, err := files.FS()
	if err != nil {
		return nil, nil, err
	}
	rev, problems := content.Load(folder, s.clock().Truncate(24*time.Hour))
	if rev == nil {
		return nil, problems, nil
	}
	examples, err := theirs.FS()
	if err != nil {
		return nil, nil, err
	}
	cases, wrong := casefile.Load(examples, rev.Set)
	answer, level, err := s.answers(rev)
	if err != nil {
		return nil, []strictyaml.Problem{{File: ".", Line: 1, Col: 1, Severity: strictyaml.Error, Code: "unusable", Message: "this content cannot answer: " + err.Error()}}, nil
	}
	var chosen []casefile.Case
	for i := range cases {
		if want == nil || want(cases[i].ID) {
			chosen = append(chosen, cases[i])
		}
	}
	results := casefile.Run(chosen, answer, level)
	for i := range results {
		results[i].Wrong = append(unreadable(&results[i], cases, wrong), results[i].Wrong...)
	}
	return results, nil, ctx.Err()
}

// unreadable lists what is wrong with the lines of a case.
func unreadable(r *casefile.Result, cases []casefile.Case, wrong []strictyaml.Problem) []string {
	var out []string
	for _, p := range wrong {
		if p.File != r.Case.File || p.Line < r.Case.Line || !strings.HasPrefix(p.File, "cases/") {
			continue
		}
		next := false // the problem is in a later case
		for i := range cases {
			next = next || cases[i].File == p.File && cases[i].Line > r.Case.Line && cases[i].Line <= p.Line
		}
		if !next && p.Severity == strictyaml.Error {
			out = append(out, p.Message)
		}
	}
	return out
}
