package finding

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

const (
	maxFixes  = 3      // offered for one finding
	maxTrials = 80     // of edits for one finding
	maxSteps  = 4      // edits that together make one fix
	maxRules  = 60_000 // of all contents proved to find fixes, together
)

// fixer looks for edits that end a finding and start no other.
type fixer struct {
	prover  *prover
	finding *Finding
	before  map[string]bool // keys of all findings of the folder
	trials  int
}

// attempt is a folder with some edits made.
type attempt struct {
	files overlay
	edits []Edit
	says  []string
}

// step is one edit that may help, and what it does in words.
type step struct {
	edit *Edit
	says string
}

// fixes tries every edit alone first. Only if none is enough are several put
// together.
func (f *fixer) fixes() []Fix {
	start := attempt{files: overlay{f.prover.fsys, nil}}
	set := f.load(&start, f.finding)
	if set == nil {
		return nil
	}
	steps := f.steps(&start, set, f.finding)
	var out []Fix
	for _, most := range []int{1, maxSteps} {
		for _, s := range steps {
			if len(out) == maxFixes {
				return out
			}
			if done, ok := f.try(start, s, most); ok {
				out = append(out, Fix{strings.Join(done.says, "; and ") + ".", done.edits})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func (f *fixer) load(a *attempt, x *Finding) *ruleset.Set {
	set, _ := ruleset.LoadDraft(&a.files, x.Day)
	return set
}

// try makes an edit and proves the folder again. Where only another rule still
// does what the finding is about, that one is edited too.
func (f *fixer) try(a attempt, s step, steps int) (attempt, bool) {
	if s.edit == nil || f.trials == maxTrials || f.prover.left <= 0 || slices.Contains(a.says, s.says) {
		return a, false
	}
	f.trials++
	f.prover.left -= f.prover.rules
	t, err := read(&a.files, s.edit.File)
	if err != nil {
		return a, false
	}
	files := maps.Clone(a.files.files)
	if files == nil {
		files = map[string][]byte{}
	}
	files[s.edit.File] = t.with(s.edit)
	a.files.files = files
	a.edits, a.says = append(slices.Clip(a.edits), *s.edit), append(slices.Clip(a.says), s.says)
	r := f.prove(&a)
	if r == nil {
		return a, false
	}
	var still *Finding
	for i := range r.Findings {
		switch key := r.Findings[i].key(); {
		case key == f.finding.key():
			still = &r.Findings[i]
		case !f.before[key]:
			return a, false
		}
	}
	if still == nil || steps == 1 {
		return a, still == nil
	}
	set := f.load(&a, still)
	for _, next := range f.steps(&a, set, still) {
		if done, ok := f.try(a, next, steps-1); ok {
			return done, true
		}
	}
	return a, false
}

func (f *fixer) prove(a *attempt) *Result {
	p := &prover{fsys: &a.files, from: f.prover.from, options: f.prover.options}
	r, _ := p.days()
	return r
}

// steps lists the edits that may help, the gentlest first.
func (f *fixer) steps(a *attempt, set *ruleset.Set, x *Finding) []step {
	e := editor{files: &a.files, set: set}
	switch x.Code {
	case DeadRule:
		row := rowByID(set, x.Table, x.ID)
		return []step{{e.edit(row.File, func(t *text) *Edit { return t.remove(row.Pos) }), "remove the rule " + row.ID + ", which changes no answer"}}
	case NeverGiven:
		return []step{{e.edit(x.At.File, func(t *text) *Edit { return t.remove(x.At) }), "remove the advice " + x.ID + ", which nobody gets"}}
	case TierConflict:
		return e.conflict(rowByID(set, x.Table, x.Others[0]), rowByID(set, x.Table, x.ID))
	case GuardrailBroken:
		return e.guardrail(x)
	}
	return nil
}

func rowByID(set *ruleset.Set, table, id string) *ruleset.Row {
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i := range set.Rows(t) {
			if row := &set.Rows(t)[i]; t.String() == table && row.ID == id {
				return row
			}
		}
	}
	return nil
}

// editor makes edits of the rules of one Set.
type editor struct {
	files *overlay
	set   *ruleset.Set
	texts map[string]*text
}

// edit changes a file; nil where it cannot.
func (e *editor) edit(file string, change func(*text) *Edit) *Edit {
	if e.texts[file] == nil {
		t, err := read(e.files, file)
		if err != nil {
			return nil
		}
		if e.texts == nil {
			e.texts = map[string]*text{}
		}
		e.texts[file] = t
	}
	return change(e.texts[file])
}

// conflict gives one of two rules that disagree another tier: a later one, so
// that the other decides, or an earlier one, so that it does.
func (e *editor) conflict(a, b *ruleset.Row) []step {
	var out []step
	move := func(row *ruleset.Row, tier ruleset.Tier, why string) {
		out = append(out, step{e.edit(row.File, func(t *text) *Edit { return t.setKey(row, "tier", tier.String()) }),
			fmt.Sprintf("move the rule %s to the tier %s, so that it comes %s the other", row.ID, tier, why)})
	}
	for _, row := range []*ruleset.Row{b, a} {
		if row != nil && row.Tier < ruleset.TierDefault {
			move(row, row.Tier+1, "after")
		}
	}
	for _, row := range []*ruleset.Row{b, a} {
		if row != nil && row.Tier > ruleset.TierClinical {
			move(row, row.Tier-1, "before")
		}
	}
	return out
}
