package finding

import (
	"cmp"
	"io/fs"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Prove proves a content folder from a day on. The Result is nil if the folder
// cannot be read; the problems say why.
func Prove(fsys fs.FS, on time.Time, o Options) (*Result, []strictyaml.Problem) {
	o.Budget = cmp.Or(o.Budget, proof.DefaultBudget)
	p := &prover{fsys: fsys, from: on, options: o}
	r, problems := p.days()
	if r == nil {
		return nil, problems
	}
	if o.NoFixes {
		return r, problems
	}
	p.left, p.rules = maxRules, 100
	for _, t := range r.Tables {
		p.rules += t.Rules
	}
	for i := range r.Findings {
		f := fixer{prover: p, finding: &r.Findings[i], before: keys(r)}
		r.Findings[i].Fixes = f.fixes()
	}
	r.FixesCut = p.left <= 0
	return r, problems
}

// prover proves a folder and versions of it.
type prover struct {
	fsys    fs.FS
	from    time.Time
	options Options
	session proof.Session
	rules   int // about how much work it is to prove the folder once
	left    int // of maxRules
}

// days proves the folder for the day and for all later ones.
func (p *prover) days() (*Result, []strictyaml.Problem) {
	set, problems := ruleset.LoadDraft(p.fsys, p.from)
	if set == nil {
		return nil, problems
	}
	problems = slices.DeleteFunc(problems, func(x strictyaml.Problem) bool { return x.Code == TierConflict }) // told as findings
	r := &Result{}
	p.day(r, set, p.from)
	for _, day := range set.Changes() {
		later, problems := ruleset.LoadDraft(p.fsys, day)
		if later == nil {
			return nil, problems // a day that cannot be proved must not pass for one that was
		}
		p.day(r, later, day)
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), a.Day.Compare(b.Day))
	})
	return r, problems
}

// day proves the rules in force on a day. What an earlier day showed is not
// told twice.
func (p *prover) day(r *Result, set *ruleset.Set, on time.Time) {
	report := p.session.Check(set, p.options.Budget)
	t := teller{set: set, options: &p.options, day: on, printer: printer(set, p.options.Language)}
	known := keys(r)
	for _, f := range t.findings(&report) {
		if !known[f.key()] {
			r.Findings = append(r.Findings, f)
		}
	}
	if len(r.Days) == 0 {
		r.Tables, r.Guardrails = t.tables(&report), t.guardrails(&report)
	}
	for i, g := range t.guardrails(&report) {
		if worse(g.State, r.Guardrails[i].State) {
			r.Guardrails[i].State = g.State
		}
	}
	r.Days = append(r.Days, on)
	r.Tally.Split += report.Tally.Split
	r.Tally.Replayed += report.Tally.Replayed
	r.Tally.Rejected += report.Tally.Rejected
}

func worse(a, b State) bool {
	return a == Broken && b != Broken || a == Undetermined && b == Proved
}

func keys(r *Result) map[string]bool {
	out := map[string]bool{}
	for i := range r.Findings {
		out[r.Findings[i].key()] = true
	}
	return out
}
