package finding

import (
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
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
	steps []step
}

// step is one edit that may help, what it does in words, and which row or item it
// changes.
type step struct {
	edit *Edit
	says sentence.Sentence
	of   string
}

// done is a fix made of the steps taken.
func (a *attempt) done(p *sentence.Printer) Fix {
	var fix Fix
	var says []sentence.Sentence
	for _, s := range a.steps {
		fix.Edits, says = append(fix.Edits, *s.edit), append(says, s.says)
		if !slices.Contains(fix.Changes, s.of) {
			fix.Changes = append(fix.Changes, s.of)
		}
	}
	fix.Says = p.Together(says...).String()
	return fix
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
				out = append(out, done.done(printer(set, f.prover.options.Language)))
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
	if s.edit == nil || f.trials == maxTrials || f.prover.left <= 0 || slices.ContainsFunc(a.steps, s.same) {
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
	a.steps = append(slices.Clip(a.steps), s)
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

// same reports whether another step does the same.
func (s step) same(o step) bool { return s.says.String() == o.says.String() }

func (f *fixer) prove(a *attempt) *Result {
	p := &prover{fsys: &a.files, from: f.prover.from, options: f.prover.options}
	r, _ := p.days()
	return r
}

// steps lists the edits that may help, the gentlest first.
func (f *fixer) steps(a *attempt, set *ruleset.Set, x *Finding) []step {
	e := editor{files: &a.files, set: set, printer: printer(set, f.prover.options.Language)}
	switch x.Code {
	case DeadRule:
		return []step{e.remove(rowByID(set, x.Table, x.ID), e.printer.DeleteUnneeded(len(x.Others)))}
	case NeverGiven:
		return []step{{e.edit(x.At.File, func(t *text) *Edit { return t.remove(x.At) }), e.printer.DeleteUnwanted(), Advice + "/" + x.ID}}
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
	files   *overlay
	set     *ruleset.Set
	printer *sentence.Printer
	texts   map[string]*text
}

// row is a step that edits a row of a table.
func (e *editor) row(r *ruleset.Row, says sentence.Sentence, change func(*text) *Edit) step {
	return step{e.edit(r.File, change), says, nameOf(r)}
}

func (e *editor) remove(r *ruleset.Row, says sentence.Sentence) step {
	return e.row(r, says, func(t *text) *Edit { return t.remove(r.Pos) })
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
	if a == nil || b == nil {
		return nil
	}
	var out []step
	move := func(row, other *ruleset.Row, tier ruleset.Tier) {
		out = append(out, e.row(row, e.printer.Move(row, other, tier), func(t *text) *Edit { return t.setKey(row, "tier", tier.String()) }))
	}
	pairs := [][2]*ruleset.Row{{b, a}, {a, b}}
	for _, p := range pairs {
		if p[0].Tier < ruleset.TierDefault {
			move(p[0], p[1], p[0].Tier+1)
		}
	}
	for _, p := range pairs {
		if p[0].Tier > ruleset.TierClinical {
			move(p[0], p[1], p[0].Tier-1)
		}
	}
	return out
}
