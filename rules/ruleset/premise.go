package ruleset

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Premise names members who cannot be: facts that never go together. It is
// declared once. Intake enforces it with DropImpossible, and so the proof need
// not look at such members.
type Premise struct {
	ID    string
	Says  Words
	Never *Condition // on facts only
	Drop  []fact.ID  // what is not believed where Never holds
	strictyaml.Pos

	cubes []Cube
}

// Cubes are Never as a union of cubes.
func (p *Premise) Cubes() []Cube { return p.cubes }

// Premises are what this revision takes to be impossible.
func (s *Set) Premises() []Premise {
	if s == nil {
		return nil
	}
	return s.premises
}

// DropImpossible makes facts unknown until no premise holds of them, and
// returns how many it dropped. Whoever gathers facts calls it once, before
// anything is decided, keyed or stored.
func (s *Set) DropImpossible(f *fact.Facts) (dropped int) {
	if s == nil {
		return 0
	}
	v := view{f: f, derived: [...]int64{-1, -1, 0, -1, -1, -1}}
	for i := 0; i < len(s.premises); i++ {
		p := &s.premises[i]
		if !v.meets(p.Never) {
			continue
		}
		for _, id := range p.Drop {
			if f.Known(id) {
				f.Forget(id)
				dropped++
			}
		}
		i = -1 // what was dropped may matter to a premise looked at before
	}
	return dropped
}

type premiseEntry struct {
	ID    strictyaml.Located[string]   `yaml:"id,required"`
	Says  Words                        `yaml:"says,required"`
	Never strictyaml.Node              `yaml:"never,required"`
	Drop  []strictyaml.Located[string] `yaml:"drop,required"`
	strictyaml.Pos
}

func (l *loader) premises(list []premiseEntry) {
	p := newParser(l.set.catalogue, 0, "a premise")
	seen := newIDs("premise", kebabID)
	for i := range list {
		e := &list[i]
		seen.check(e.ID, &l.problems)
		before := l.problems.Errors()
		out := Premise{ID: e.ID.Value, Says: e.Says, Never: p.when(e.Never), Pos: e.Pos}
		out.Never.each(func(c *Condition) {
			if c.Column >= fact.MaxFacts {
				l.problems.Errorf(c.Pos, "not-a-fact", "%s is worked out from facts and the question; a premise speaks of facts", l.set.catalogue.Def(c.Column).Name)
			}
		})
		l.drops(e, &out, p.names)
		if l.problems.Errors() > before {
			continue
		}
		out.cubes = l.multiplied(out.Never, e.Pos, "premise")
		l.dropHelps(&out)
		l.set.premises = append(l.set.premises, out)
	}
}

// drops reads what a premise drops. What the member chose or agreed to, and
// what may be the sign of an emergency, is always believed.
func (l *loader) drops(e *premiseEntry, out *Premise, names []string) {
	signs := []fact.ID{fact.TextRedFlag, fact.TextIntent, fact.CallReason, fact.BPSystolic}
	for _, name := range e.Drop {
		id, ok := l.set.catalogue.Lookup(name.Value)
		switch {
		case !ok || id >= fact.MaxFacts:
			l.problems.Unknown(name.Pos, "unknown-fact", "fact", name.Value, names)
		case slices.Contains(signs, id) || l.set.catalogue.Def(id).Group == "consent":
			l.problems.Errorf(name.Pos, "always-believed", "%s is always believed and cannot be dropped", name.Value)
		default:
			out.Drop = append(out.Drop, id)
		}
	}
}

// dropHelps refuses a premise that could hold again after its facts are
// dropped: intake would drop them without end.
func (l *loader) dropHelps(p *Premise) {
	for _, c := range p.cubes {
		if !slices.ContainsFunc(c, func(x Literal) bool { return !x.Unknown && slices.Contains(p.Drop, x.Column) }) {
			l.problems.Errorf(p.Pos, "drop-without-effect", "dropping these facts does not end what this premise forbids; drop a fact that it needs to be known")
			return
		}
	}
}
