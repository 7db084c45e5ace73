package proof

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// mutant is one small mistake in the source, in a file below rules/. The tests of
// this package must notice it.
type mutant struct{ file, old, new string }

var mutants = []mutant{
	// The solver.
	{"proof/solver.go", "\td.narrow(keep)\n", "\td.narrow(d)\n"},
	{"proof/solver.go", "if cl.sides[1].In.meets(v.open(c)) {", "if len(cl.sides) > 0 {"},
	{"proof/solver.go", "if w.bits&open != 0 {", "if w.bits|open != 0 {"},
	{"proof/solver.go", "if !d.meets(other.In) {", "if false {"},
	{"proof/solver.go", "for j := 2; j < len(cl.sides); j++ {", "for j := 3; j < len(cl.sides); j++ {"},
	{"proof/solver.go", "case can == 0:", "case can == 0 && len(cl.sides) > 1:"},
	{"proof/solver.go", "copy(v.open(c), e.old)", "_ = e.old"},
	{"proof/solver.go", "v.latest[c] = e.prev", "v.latest[c] = -1"},
	{"proof/search.go", "if v.steps < 0 {", "if v.steps < -1_000_000 {"},
	{"proof/search.go", "v.narrow(s.Col, s.In, nil)", "v.narrow(s.Col, v.space.All(s.Col), nil)"},
	{"proof/search.go", "&n[i] != 0 {", "&n[i] == 1 {"},
	{"proof/search.go", "v.needOf(s.Col).join(s.In)", "v.needOf(s.Col).join(nil)"},
	{"proof/search.go", "v.require(by, c)", "v.require(by, by.sides[0].Col)"},
	{"proof/search.go", "if n.First() >= 0 {", "if n.First() > 0 {"},
	{"proof/search.go", "v.openColumns(start) == 1", "v.openColumns(start) <= 2"},
	{"proof/search.go", "v.open(c).Count() > 1 {", "v.open(c).Count() > 2 {"},
	{"proof/search.go", "if len(v.levels) <= len(cube) {", "if len(v.levels) <= len(cube)+1 {"},
	// The splitter.
	{"proof/split.go", "r = cuts", "r = covers"},
	{"proof/split.go", "return misses", "return covers"},
	{"proof/split.go", "answer = a\n", "_ = a\n"},
	{"proof/split.go", "v[i]&by[i], v[i]&^by[i]", "v[i]&by[i], v[i]"},
	{"proof/split.go", "if side.In.First() < 0 {", "if side.In.First() <= 0 {"},
	// The written proof and its check.
	{"proof/log.go", "if c.id >= 0 {", "if c.id > 0 {"},
	{"proof/log.go", "work = append(work, f)", "_ = f"},
	{"proof/log.go", "case f.ID < i:", "case f.ID <= i:"},
	{"proof/log.go", "return s, 2", "return s, 0"},
	{"proof/log.go", "!within(cube, log[len(log)-1].Cube)", "len(cube) < 0"},
	{"proof/log.go", "rest := r.space.Not(col.Col, col.In)", "rest := col.In"},
	// The model.
	{"proof/world.go", "s.starts = append(s.starts, r.To+1)", "s.starts = append(s.starts, r.To)"},
	{"proof/world.go", "s.starts = append(s.starts, r.From)", "s.starts = append(s.starts, r.From+1)"},
	{"proof/model.go", "none = append(none, b.is(c, 0))", "_ = c"},
	{"proof/model.go", "b.forbid(defines, b.is(b.fact[f], 0), b.is(col, 1))", "_ = col"},
	{"proof/model.go", "both.narrow(s.In)", "both.join(s.In)"},
	{"proof/links.go", "a.is(a.topic, v), active, a.is(col, 1))", "a.is(a.topic, v), a.is(col, 1))"},
	{"proof/links.go", "none = append(none, a.is(col, 0))", "_ = col"},
	{"proof/links.go", "\t\ta.value(fact.TextIntent, fact.IntentCrisis),\n", ""},
	{"proof/links.go", "const crisisPressure = 180", "const crisisPressure = 181"},
	{"proof/links.go", "quiet = append(quiet, a.is(flag, 0))", "_ = flag"},
	{"proof/links.go", "clear(later[:(i+1)/64])", "clear(later[:i/64])\n\t\tlater[0] |= 1"},
	{"proof/links.go", "if !s.In.Has(v) {", "if s.In.Has(v) {"},
	{"proof/links.go", "range a.set.Premises() {", "range a.set.Premises()[:0] {"},
	{"proof/answer.go", "if t == ruleset.MindsetTable {", "if false {"},
	{"proof/answer.go", "a.value(fact.MemberChoice, fact.ChoicePatient), a.not(a.mindset, int(decision.Patient))", "a.value(fact.MemberChoice, fact.ChoicePatient), a.not(a.mindset, int(decision.Consumer))"},
	{"proof/answer.go", "if l.None != 0 {", "if false {"},
	{"proof/answer.go", "range l.Any {", "range l.Any[:min(1, len(l.Any))] {"},
	{"proof/answer.go", "if mask>>p&1 == 1 {", "if mask>>p&1 == 0 {"},
	// The checks.
	{"proof/rows.go", "table.row[x.cube] < i;", "table.row[x.cube] <= i;"},
	{"proof/rows.go", "l.row >= 0 {", "l.row > 0 {"},
	{"proof/cover.go", "if v.look(rest) == Proved {", "if v.look(rest) == Proved && i > 0 {"},
	{"proof/cover.go", "if fewer := v.search(nil, size); fewer != nil {", "if fewer := v.search(nil, size); fewer != nil && size > 1 {"},
	{"proof/conflicts.go", "meet(a, b, c.asked(r.Table), Cube{inTier})", "meet(a, b, c.asked(r.Table), Cube{inTier}[:0])"},
	{"proof/conflicts.go", "if outcomes[j] != outcomes[i] {", "if outcomes[j] == outcomes[i] {"},
	{"proof/guardrails.go", "if !rc[k].Holds(true, int64(benefit)) {", "if rc[k].Holds(true, int64(benefit)) {"},
	{"proof/advice.go", "len(d.Advice()) < decision.MaxAdvice {", "len(d.Advice()) <= decision.MaxAdvice {"},
	{"proof/independent.go", "cubeOf(in, t.b.without(not))", "cubeOf(in, not)"},
	{"proof/independent.go", "read = append(read, c.set.Rows(t)[i].Reads()...)", "_ = i"},
	{"proof/independent.go", "a, b = t.a.sender, t.b.sender", "_ = t"},
	{"proof/diff.go", "append(d.old.decidedBy(t, rows[0]), d.now.decidedBy(t, rows[1])...)", "append(d.old.decidedBy(t, rows[0]), d.now.decidedBy(t, rows[0])...)"},
	{"proof/diffadvice.go", "sides = append(sides, out.without(out.fitsItem(pair)))", "sides = append(sides, out.fitsItem(pair))"},
	{"proof/diff.go", "if d.old.safe != d.now.safe {", "if false {"},
	{"proof/diff.go", "if t == ruleset.MindsetTable {\n\t\treturn out\n\t}\n\tfor k, rows", "if len(out) >= 0 {\n\t\treturn out\n\t}\n\tfor k, rows"},
	{"proof/same.go", "!slices.Equal(benefits(a, v), benefits(like, v))", "len(benefits(a, v)) < 0"},
	{"proof/same.go", "a.set.Topics()[a.topics[v]].Kind != like.set.Topics()[like.topics[v]].Kind", "a.set.Topics()[a.topics[v]].Kind == \"\""},
	{"proof/same.go", "return slices.Equal(a.rowKeys(t), like.rowKeys(t))", "return len(a.rowKeys(t)) == len(like.rowKeys(t))"},
	{"proof/same.go", "ends = append(ends[:at], append([]int{n}, ends[min(at+1, len(ends)):]...)...)", "ends = append(ends, n)"},
	{"proof/unchanged.go", "slices.EqualFunc(cubes, rows[i].Cubes(), sameCube)", "len(cubes) > 0"},
	{"proof/session.go", "delete(w.dead, key) // for good", "_ = key // for good"},
	// The evaluator.
	{"ruleset/cube.go", "if r.From <= raw && raw <= r.To {", "if r.From <= raw && raw < r.To {"},
	{"ruleset/cube.go", "return in&l.None == 0", "return true"},
	{"ruleset/dnf.go", "{v[0] + 1, max(values, 2) - 1}", "{v[0] + 2, max(values, 2) - 1}"},
	{"ruleset/dnf.go", "return []Range{{v[0], math.MaxInt64}}", "return []Range{{v[0] + 1, math.MaxInt64}}"},
	{"ruleset/dnf.go", "l.None = mask", "l.Any = []uint64{mask}"},
	{"ruleset/decide.go", "v.f.Equals(fact.MemberChoice, fact.ChoicePatient)", "v.f.Equals(fact.MemberChoice, fact.ChoiceAuto)"},
	{"ruleset/decide.go", "f.Equals(fact.CoverageStatus, fact.CoverageActive) && ", ""},
	{"ruleset/explain.go", "return raw <= c.Values[0]", "return raw < c.Values[0]"},
	{"ruleset/breaks.go", "v.set(fact.SenderIs, int64(d.Sender))", "v.set(fact.SenderIs, int64(d.Mindset))"},
	{"safety/gate.go", "case kind == fact.KindEmergency:", "case kind == fact.KindCare:"},
}

// inCI is how many mutants are tried on every run; RIGHTVOICE_SOAK=1 tries all,
// which takes some ten minutes.
const inCI = 6

// TestMutantsAreCaught runs the short tests of this package on sources with one
// mistake each.
func TestMutantsAreCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: mutants take a compiler run each")
	}
	step := len(mutants)/inCI + 1
	if os.Getenv("RIGHTVOICE_SOAK") != "" {
		step = 1
	}
	for i := 0; i < len(mutants); i += step {
		m := &mutants[i]
		t.Run(filepath.Base(m.file)+" "+m.new, func(t *testing.T) {
			if survived, out := m.try(t); survived {
				t.Errorf("%s: %q instead of %q is noticed by no test:\n%s", m.file, m.new, m.old, out)
			}
		})
	}
}

// try runs the tests with the mutant in place of the file. A run that does not
// end counts as noticed, one that does not compile does not count.
func (m *mutant) try(t *testing.T) (survived bool, out string) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", m.file))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(path)
	if err != nil || strings.Count(string(source), m.old) != 1 {
		t.Fatalf("%s has %d times %q: %v", m.file, strings.Count(string(source), m.old), m.old, err)
	}
	dir := t.TempDir()
	mutated, overlay := filepath.Join(dir, "mutated.go"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {path: mutated}})
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{mutated: strings.Replace(string(source), m.old, m.new, 1), overlay: string(replace)} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-short", "-failfast", "-count=1", "-timeout=100s", ".")
	run.Env = append(os.Environ(), "RIGHTVOICE_SOAK=")
	b, err := run.CombinedOutput()
	if strings.Contains(string(b), "[build failed]") || strings.Contains(string(b), "[setup failed]") {
		t.Fatalf("%s: %q does not compile:\n%s", m.file, m.new, b)
	}
	return err == nil, string(b)
}
