package ruleset

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Load reads a content folder for use on a day; only the date of on, in its own
// zone, matters: rules and items outside their effective dates are checked like
// all others and then left out. The Set is nil if any problem is an error.
func Load(fsys fs.FS, on time.Time) (*Set, []strictyaml.Problem) {
	return Strict(LoadDraft(fsys, on))
}

// LoadDraft is Load for content that is still being written: rules of one tier
// that disagree are warnings, so that the proof can show a member whom each of
// them fits. The first such rule of the file wins; a draft must not serve.
func LoadDraft(fsys fs.FS, on time.Time) (*Set, []strictyaml.Problem) {
	l := &loader{fsys: fsys, day: day(on)}
	return l.load()
}

// Strict makes of what LoadDraft found what Load finds.
func Strict(set *Set, problems []strictyaml.Problem) (*Set, []strictyaml.Problem) {
	out := slices.Clone(problems)
	for i := range out {
		if out[i].Code == tierConflict {
			out[i].Severity = strictyaml.Error
			set = nil
		}
	}
	return set, out
}

func (l *loader) load() (*Set, []strictyaml.Problem) {
	l.facts()
	if l.problems.Failed() {
		return nil, l.problems.List() // without the words nothing else can be checked
	}
	l.set.tables = [2][]Row{
		MindsetTable: l.table(MindsetTable, "mindset.yaml", fact.ByMindset),
		SenderTable:  l.table(SenderTable, "sender.yaml", fact.BySender),
	}
	l.advice()
	l.guardrails()
	l.atoms()
	if !l.problems.Failed() {
		l.conflicts()
	}
	if l.problems.Failed() {
		return nil, l.problems.List()
	}
	l.inForce()
	l.set.compiled = compile(&l.set)
	return &l.set, l.problems.List()
}

// loader carries one Load from file to file.
type loader struct {
	fsys     fs.FS
	day      time.Time
	problems strictyaml.Problems
	set      Set
	multiply multiplier
}

var (
	snakeID     = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
	kebabID     = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	guardrailID = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,15}$`)
)

// ids checks the form of ids and that none is used twice.
type ids struct {
	what string // "rule", in messages
	form *regexp.Regexp
	hint string
	seen map[string]strictyaml.Pos
}

func newIDs(what string, form *regexp.Regexp) *ids {
	hint := "small letters, digits and underscores, such as sleep_program"
	switch form {
	case kebabID:
		hint = "small letters and digits with dashes between words, such as care-is-the-providers"
	case guardrailID:
		hint = "a capital letter and a number, such as G05"
	}
	return &ids{what, form, hint, map[string]strictyaml.Pos{}}
}

func (x *ids) check(id strictyaml.Located[string], p *strictyaml.Problems) bool {
	if id.Pos == (strictyaml.Pos{}) {
		return false // missing, which was said already
	}
	if !x.form.MatchString(id.Value) || len(id.Value) > 64 {
		p.Errorf(id.Pos, "bad-id", "%q cannot be the id of a %s; use %s", id.Value, x.what, x.hint)
		return false
	}
	if first, twice := x.seen[id.Value]; twice {
		p.Errorf(id.Pos, "duplicate-id", "the %s %s is here twice; the first one is at %s", x.what, id.Value, first)
		return false
	}
	x.seen[id.Value] = id.Pos
	return true
}

// choice finds a word among those allowed; missing words were reported before.
func choice(word strictyaml.Located[string], what string, allowed []string, p *strictyaml.Problems) (int, bool) {
	for i, a := range allowed {
		if a == word.Value {
			return i, true
		}
	}
	if word.Pos != (strictyaml.Pos{}) {
		p.Unknown(word.Pos, "unknown-word", what, word.Value, allowed)
	}
	return 0, false
}

// multiplied multiplies a condition out and reports one that goes too far or
// that nobody can meet.
func (l *loader) multiplied(c *Condition, at strictyaml.Pos, what string) []Cube {
	cubes, err := l.multiply.cubes(c)
	switch {
	case err != nil:
		l.problems.Errorf(at, "too-many-combinations", "the conditions of this %s multiply out to more than %d combinations; make two of it", what, MaxCubes)
	case !l.anyPossible(cubes):
		l.problems.Errorf(at, "never-fits", "this %s can never fit anyone: its conditions contradict each other", what)
	}
	return cubes
}

// glob lists the YAML files of a folder in order; a missing folder is empty.
func (l *loader) glob(dir string) []string {
	entries, err := fs.ReadDir(l.fsys, dir) // sorted by name
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if ext := path.Ext(e.Name()); !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && (ext == ".yaml" || ext == ".yml") {
			out = append(out, path.Join(dir, e.Name()))
		}
	}
	return out
}

// day is the date of t, comparable with the days that files name.
func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// dates are the effective dates of a rule or item; both days are included.
type dates struct {
	From  time.Time
	Until time.Time
}

func (d dates) include(day time.Time) bool {
	return !day.Before(d.From) && (d.Until.IsZero() || !day.After(d.Until))
}

func (d dates) meet(o dates) bool {
	return (d.Until.IsZero() || !o.From.After(d.Until)) && (o.Until.IsZero() || !d.From.After(o.Until))
}

func (l *loader) checkDates(d dates, at strictyaml.Pos) {
	if !d.Until.IsZero() && d.Until.Before(d.From) {
		l.problems.Errorf(at, "empty-range", "the last day is before the first one")
	}
	for _, t := range []time.Time{d.From, d.Until} {
		if !t.Equal(day(t)) {
			l.problems.Errorf(at, "wrong-type", "a day like 2026-03-01 is expected in from and until, without a time")
		}
	}
}

// inForce leaves out what is not in force on the day, and notes when that will
// change.
func (l *loader) inForce() {
	for t, rows := range l.set.tables {
		kept := make([]Row, 0, len(rows))
		for i := range rows {
			if l.includes(dates{rows[i].From, rows[i].Until}) {
				kept = append(kept, rows[i])
			}
		}
		l.set.tables[t] = kept
	}
	kept := make([]Item, 0, len(l.set.items))
	for i := range l.set.items {
		if l.includes(dates{l.set.items[i].From, l.set.items[i].Until}) {
			kept = append(kept, l.set.items[i])
		}
	}
	l.set.items = kept
	slices.SortFunc(l.set.changes, time.Time.Compare)
	l.set.changes = slices.Compact(l.set.changes)
}

// includes reports whether dates include the day, and notes the days after it
// on which that changes.
func (l *loader) includes(d dates) bool {
	if d.From.After(l.day) {
		l.set.changes = append(l.set.changes, d.From)
	}
	if !d.Until.IsZero() && !d.Until.Before(l.day) {
		l.set.changes = append(l.set.changes, d.Until.AddDate(0, 0, 1))
	}
	return d.include(l.day)
}
