package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type guardrailsFile struct {
	Guardrails []guardrailEntry `yaml:"guardrails,required"`
}

type guardrailEntry struct {
	ID          strictyaml.Located[string] `yaml:"id,required"`
	Says        Words                      `yaml:"says,required"`
	HeldBy      strictyaml.Located[string] `yaml:"held_by,required"`
	Never       strictyaml.Node            `yaml:"never"`
	Independent *independentEntry          `yaml:"independent"`
	Test        string                     `yaml:"test"`
	strictyaml.Pos
}

type independentEntry struct {
	Table strictyaml.Located[string]   `yaml:"table,required"`
	Of    []strictyaml.Located[string] `yaml:"of,required"`
	strictyaml.Pos
}

// guardrails reads guardrails.yaml. Content without one is usable, but nothing
// about it can be proved, which is worth a warning.
func (l *loader) guardrails() {
	const file = "guardrails.yaml"
	if f, err := l.fsys.Open(file); err != nil {
		l.problems.Warnf(strictyaml.Pos{File: file, Line: 1, Col: 1}, "no-guardrails", "there are no guardrails, so nothing is proved about these rules")
		return
	} else if f.Close() != nil {
		return
	}
	var f guardrailsFile
	strictyaml.ReadFile(l.fsys, file, &f, &l.problems)
	p := newParser(l.set.catalogue, 0, "a guardrail")
	seen := newIDs("guardrail", guardrailID)
	for i := range f.Guardrails {
		seen.check(f.Guardrails[i].ID, &l.problems)
		l.set.guardrails = append(l.set.guardrails, l.guardrail(&f.Guardrails[i], p))
	}
}

func (l *loader) guardrail(e *guardrailEntry, p *parser) Guardrail {
	g := Guardrail{ID: e.ID.Value, Says: e.Says, HeldBy: e.HeldBy.Value, Test: e.Test, Pos: e.Pos}
	choice(e.HeldBy, "way to hold a guardrail called", []string{"table", "lint", "run_time", "later"}, &l.problems)
	stated := e.Never.Kind() != strictyaml.Nothing || e.Independent != nil
	switch {
	case g.HeldBy == "table" && !stated:
		l.problems.Errorf(e.Pos, "missing-key", "a guardrail held by the tables needs never or independent")
	case g.HeldBy != "table" && stated:
		l.problems.Errorf(e.Pos, "not-held-by-table", "never and independent are for guardrails held by the tables")
	case g.HeldBy != "later" && g.Test == "":
		l.problems.Errorf(e.Pos, "missing-key", "name the test that holds this guardrail")
	}
	if e.Never.Kind() != strictyaml.Nothing {
		before := l.problems.Errors()
		if g.Never = p.when(e.Never); l.problems.Errors() == before {
			g.cubes = l.multiplied(g.Never, e.Pos, "guardrail")
		}
	}
	if e.Independent != nil {
		g.Independent = l.independence(e.Independent, p)
	}
	return g
}

func (l *loader) independence(e *independentEntry, p *parser) *Independence {
	t, _ := choice(e.Table, "table called", []string{MindsetTable.String(), SenderTable.String(), AdviceTable.String()}, &l.problems)
	out := &Independence{Table: Table(t)}
	if len(e.Of) == 0 {
		l.problems.Errorf(e.Pos, "empty-list", "name at least one fact that the table must not depend on")
	}
	for _, name := range e.Of {
		id, ok := l.set.catalogue.Lookup(name.Value)
		if !ok {
			l.problems.Unknown(name.Pos, "unknown-fact", "fact", name.Value, p.names)
			continue
		}
		if id >= fact.MaxFacts {
			l.problems.Errorf(name.Pos, "not-a-fact", "%s is worked out from facts and the question; independence is from facts", name.Value)
			continue
		}
		out.Of = append(out.Of, id)
	}
	return out
}
