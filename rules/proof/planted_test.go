package proof

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// plot is clean content made of cells, with a place for a defect. No two rules
// overlap, every member fits a rule of each table, and every item is given.
type plot struct {
	*rand.Rand
	mindset, sender []string // rules, a line each
	guardrails      []string
	cells           []cell
}

// cell is a part of the members that one rule of each table is about.
type cell struct{ when, tier, mindset, sender string }

var plotTopics = []string{"knee", "bill", "sleep", "food"}

func newPlot(seed uint64) *plot {
	p := &plot{Rand: rand.New(rand.NewPCG(seed, 5))}
	parts := [][]string{
		{"{flag: {is: true}}", "{flag: {is: false}}", "{flag: {known: false}}"},
		{"{count: {at_most: 1}}", "{count: {at_least: 2}}", "{count: {known: false}}"},
		{"{shade: {is_any_of: [red, blue]}}", "{shade: {is: grey}}", "{shade: {known: false}}"},
		{"{marks: {includes_any_of: [x, y]}}", "{marks: {includes_none_of: [x, y]}}", "{marks: {known: false}}"},
	}
	tiers := []string{"clinical", "coverage", "engagement"}
	for _, topic := range plotTopics {
		by := parts[p.IntN(len(parts))]
		for _, part := range by {
			c := cell{fmt.Sprintf("{topic: {is: %s}}, %s", topic, part), tiers[p.IntN(3)], p.one("patient", "consumer", "undetermined"), p.one("provider", "insurer", "nobody")}
			if topic == "knee" && c.sender == "insurer" {
				c.sender = "provider"
			}
			p.cells = append(p.cells, c)
		}
	}
	for i, c := range p.cells {
		p.mindset = append(p.mindset, ruleLine(fmt.Sprintf("m%d", i), c.tier, c.when, c.mindset))
		p.sender = append(p.sender, ruleLine(fmt.Sprintf("s%d", i), c.tier, c.when, c.sender))
	}
	p.guardrails = []string{
		"  - {id: G1, says: {en: x}, held_by: table, test: T, never: [{topic: {is: knee}}, {sender: {is: insurer}}]}",
		"  - {id: G2, says: {en: x}, held_by: table, test: T, independent: {table: sender, of: [age_years, direction]}}",
	}
	return p
}

func (p *plot) one(from ...string) string { return from[p.IntN(len(from))] }

func ruleLine(id, tier, when, then string) string {
	return fmt.Sprintf("  - {id: %s, tier: %s, when: [%s], then: %s, because: {en: x}}", id, tier, when, then)
}

func (p *plot) check(t *testing.T) (*ruleset.Set, Report) {
	t.Helper()
	file := func(lines ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	facts := []string{"own_facts:"}
	for _, name := range []string{"flag", "shade", "count", "marks"} {
		facts = append(facts, "  - "+ownFacts[name])
	}
	table := func(rules []string, then string) *fstest.MapFile {
		return file("rules:", strings.Join(rules, "\n"), "default: {id: last, then: "+then+", because: {en: x}}")
	}
	set, problems := ruleset.LoadDraft(fstest.MapFS{
		"facts.yaml":      file(facts...),
		"topics.yaml":     file("topics:", "  - "+smallTopics[0], "  - "+smallTopics[1], "  - {id: sleep, kind: lifestyle, label: {en: x}}", "  - {id: food, kind: lifestyle, label: {en: x}}"),
		"mindset.yaml":    table(p.mindset, "undetermined"),
		"sender.yaml":     table(p.sender, "nobody"),
		"guardrails.yaml": file(append([]string{"guardrails:"}, p.guardrails...)...),
	}, scribeDay)
	if set == nil {
		t.Fatalf("the plot does not load: %v", problems)
	}
	return set, Check(set, DefaultBudget)
}

// narrower is a condition inside a cell that leaves something of it.
func (p *plot) narrower(c cell) string {
	return c.when + ", " + p.one("{bmi: {at_least: 30}}", "{pcp_known: {is: true}}", "{direction: {is: outbound}}", "{coverage_status: {is: active}}")
}

// cut replaces the rule of a cell by rules for parts of it, and plants one after
// them that says what it said.
func (p *plot) cut(c cell, i int, parts ...string) {
	p.sender = slices.Delete(p.sender, i, i+1)
	for k, part := range parts {
		p.sender = append(p.sender, ruleLine(fmt.Sprintf("part%d", k), c.tier, c.when+", "+part, c.sender))
	}
	p.sender = append(p.sender, ruleLine("planted", "default", c.when, p.one("provider", "insurer", "nobody")))
}

// defect is something planted, and how it must be reported.
type defect struct {
	name  string
	plant func(p *plot, c cell, i int)
	found func(set *ruleset.Set, r *Report, i int) bool
}

func sender(r *Report) *TableReport { return &r.Tables[ruleset.SenderTable] }

func deadRow(set *ruleset.Set, t *TableReport, id string) *Dead {
	for i := range t.Dead {
		if set.Rows(t.Table)[t.Dead[i].Row].ID == id {
			return &t.Dead[i]
		}
	}
	return nil
}

func namesOf(set *ruleset.Set, t *TableReport, d *Dead) []string {
	var out []string
	for _, r := range d.By {
		out = append(out, set.Rows(t.Table)[r].ID)
	}
	slices.Sort(out)
	return out
}

var defects = []defect{
	{"dead by one", func(p *plot, c cell, _ int) {
		p.sender = append(p.sender, ruleLine("planted", "default", p.narrower(c), p.one("provider", "insurer", "nobody")))
	}, func(set *ruleset.Set, r *Report, i int) bool {
		d := deadRow(set, sender(r), "planted")
		return d != nil && slices.Equal(namesOf(set, sender(r), d), []string{fmt.Sprintf("s%d", i)}) && d.Minimal
	}},
	{"dead by a union", func(p *plot, c cell, i int) {
		p.cut(c, i, "{bmi: {at_least: 30}}", "{bmi: {at_most: 29.999}}", "{bmi: {known: false}}")
	}, func(set *ruleset.Set, r *Report, _ int) bool {
		d := deadRow(set, sender(r), "planted")
		return d != nil && slices.Equal(namesOf(set, sender(r), d), []string{"part0", "part1", "part2"}) && d.Minimal
	}},
	{"a hole", func(p *plot, _ cell, i int) {
		p.mindset = slices.Delete(p.mindset, i, i+1)
	}, func(set *ruleset.Set, r *Report, _ int) bool {
		t := &r.Tables[ruleset.MindsetTable]
		return t.Complete == Found && decided(set, t.Table, &t.Fallback) == len(set.Rows(t.Table))-1
	}},
	{"a breach", func(p *plot, _ cell, _ int) {
		p.sender = append(p.sender, ruleLine("planted", "safety", "{topic: {is: knee}}, {bmi: {between: [31, 32]}}, {shade: {is: grey}}, {new_rx_days: {is: 7}}", "insurer"))
	}, func(set *ruleset.Set, r *Report, _ int) bool {
		g := r.Guardrails[0]
		return g.Answer == Found && set.Breaks(&set.Guardrails()[0], &g.Example.Facts, g.Example.Topic)
	}},
	{"a dependence", func(p *plot, c cell, _ int) {
		other := map[string]string{"provider": "nobody", "insurer": "nobody", "nobody": "provider"}[c.sender]
		p.sender = append(p.sender, ruleLine("planted", "safety", c.when+", {direction: {is: outbound}}", other))
	}, func(_ *ruleset.Set, r *Report, _ int) bool { return r.Guardrails[1].Answer == Found }},
	{"a conflict", func(p *plot, c cell, _ int) {
		other := map[string]string{"provider": "nobody", "insurer": "nobody", "nobody": "provider"}[c.sender]
		p.sender = append(p.sender, ruleLine("planted", c.tier, c.when+", {bmi: {between: [31, 32]}}, {new_rx_days: {is: 7}}", other))
	}, func(set *ruleset.Set, r *Report, i int) bool {
		c := sender(r).Conflicts
		return len(c) == 1 && set.Rows(ruleset.SenderTable)[c[0].Rows[0]].ID == fmt.Sprintf("s%d", i) && set.Rows(ruleset.SenderTable)[c[0].Rows[1]].ID == "planted"
	}},
}

// TestPlantedDefectsAreFound plants a thousand defects, one in each of a
// thousand clean contents. All are found, and nothing is found in the clean twin.
func TestPlantedDefectsAreFound(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 100
	}
	for seed := range uint64(n) {
		p := newPlot(seed)
		if _, r := p.check(t); !r.Sound() || r.Tables[0].Complete != Proved || r.Tables[1].Complete != Proved {
			t.Fatalf("seed %d: a false alarm on clean content: %+v", seed, r)
		}
		d := defects[seed%uint64(len(defects))]
		i := p.IntN(len(p.cells))
		d.plant(p, p.cells[i], i)
		set, r := p.check(t)
		if !d.found(set, &r, i) {
			t.Fatalf("seed %d: %s is not found: %+v", seed, d.name, r.Tables)
		}
	}
}

// TestAGapKeepsARowAlive cuts rules so that almost nothing is left for a later
// one: a tenth of a number.
func TestAGapKeepsARowAlive(t *testing.T) {
	for seed := range uint64(100) {
		p := newPlot(seed)
		i := p.IntN(len(p.cells))
		p.cut(p.cells[i], i, "{bmi: {at_least: 30}}", "{bmi: {at_most: 29.9}}", "{bmi: {known: false}}")
		if _, r := p.check(t); len(sender(&r).Dead)+len(sender(&r).Conflicts)+len(sender(&r).Open) > 0 {
			t.Fatalf("seed %d: a false alarm: %+v", seed, r.Tables)
		}
	}
}
