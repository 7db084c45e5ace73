package ruleset

import (
	"cmp"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type tableFile struct {
	Rules   []ruleEntry   `yaml:"rules"`
	Default *defaultEntry `yaml:"default,required"`
}

type ruleEntry struct {
	ID      strictyaml.Located[string] `yaml:"id,required"`
	Tier    strictyaml.Located[string] `yaml:"tier,required"`
	Title   Words                      `yaml:"title"`
	From    time.Time                  `yaml:"from"`
	Until   time.Time                  `yaml:"until"`
	When    strictyaml.Node            `yaml:"when,required"`
	Then    strictyaml.Located[string] `yaml:"then,required"`
	Because Words                      `yaml:"because,required"`
	strictyaml.Pos
}

type defaultEntry struct {
	ID      strictyaml.Located[string] `yaml:"id,required"`
	Title   Words                      `yaml:"title"`
	Then    strictyaml.Located[string] `yaml:"then,required"`
	Because Words                      `yaml:"because,required"`
	strictyaml.Pos
}

// outcomes are what the rows of a table may decide. The sender is never safety:
// that answer comes before any table.
var outcomes = [2][]string{
	MindsetTable: {decision.Undetermined: "undetermined", decision.Patient: "patient", decision.Consumer: "consumer"},
	SenderTable:  {decision.Nobody: "nobody", decision.Provider: "provider", decision.Insurer: "insurer"},
}

// table reads mindset.yaml or sender.yaml into rows by tier, then in the order
// of the file, then the default.
func (l *loader) table(t Table, file string, reader fact.Readers) []Row {
	var f tableFile
	strictyaml.ReadFile(l.fsys, file, &f, &l.problems)
	p := newParser(l.set.catalogue, reader, "the "+t.String()+" table")
	seen := newIDs("rule", kebabID)
	rows := make([]Row, 0, len(f.Rules)+1)
	for i := range f.Rules {
		rows = append(rows, l.rule(&f.Rules[i], t, p, seen))
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Tier, b.Tier) })
	if d := f.Default; d != nil {
		seen.check(d.ID, &l.problems)
		outcome, _ := choice(d.Then, "outcome called", outcomes[t], &l.problems)
		rows = append(rows, Row{ID: d.ID.Value, Table: t, Tier: TierDefault, Title: d.Title, Outcome: uint8(outcome), Because: d.Because, Default: true, Pos: d.Pos, cubes: []Cube{{}}})
	}
	return rows
}

func (l *loader) rule(r *ruleEntry, t Table, p *parser, seen *ids) Row {
	row := Row{ID: r.ID.Value, Table: t, Title: r.Title, Because: r.Because, From: r.From, Until: r.Until, Pos: r.Pos}
	seen.check(r.ID, &l.problems)
	tier, _ := choice(r.Tier, "tier called", tiers, &l.problems)
	outcome, _ := choice(r.Then, "outcome called", outcomes[t], &l.problems)
	row.Tier, row.Outcome = Tier(tier), uint8(outcome)
	l.checkDates(dates{r.From, r.Until}, r.Pos)
	before := l.problems.Errors()
	if row.When = p.when(r.When); l.problems.Errors() == before {
		row.cubes = l.multiplied(row.When, r.Pos, "rule")
	}
	return row
}
