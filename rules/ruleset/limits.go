package ruleset

import (
	"math"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// MaxAtoms is how many parts the constants of all rules may cut one fact into,
// the unknown one included. It bounds the memory of the index and the work of
// the proof.
const MaxAtoms = 256

// atoms refuses the condition that cuts a fact into too many parts.
func (l *loader) atoms() {
	a := atomCounter{l: l, cuts: map[fact.ID]map[int64]bool{}}
	for t := range l.set.tables {
		for i := range l.set.tables[t] {
			a.count(l.set.tables[t][i].cubes, l.set.tables[t][i].Pos)
		}
	}
	for i := range l.set.items {
		a.count(l.set.items[i].cubes, l.set.items[i].Pos)
	}
	for i := range l.set.guardrails {
		a.count(l.set.guardrails[i].cubes, l.set.guardrails[i].Pos)
	}
	for i := range l.set.premises {
		a.count(l.set.premises[i].cubes, l.set.premises[i].Pos)
	}
}

type atomCounter struct {
	l    *loader
	cuts map[fact.ID]map[int64]bool
}

func (a *atomCounter) count(cubes []Cube, at strictyaml.Pos) {
	for _, c := range cubes {
		for i := range c {
			d := a.l.set.catalogue.Def(c[i].Column)
			if d.Kind == fact.Int || d.Kind == fact.Decimal {
				a.cut(&c[i], d, at)
			}
		}
	}
}

func (a *atomCounter) cut(l *Literal, d *fact.Def, at strictyaml.Pos) {
	cuts := a.cuts[l.Column]
	if cuts == nil {
		cuts = map[int64]bool{}
		a.cuts[l.Column] = cuts
	}
	before := len(cuts)
	for _, r := range l.Ranges {
		if r.From != math.MinInt64 {
			cuts[r.From] = true
		}
		if r.To != math.MaxInt64 {
			cuts[r.To+1] = true
		}
	}
	// n cuts make n+1 parts, and unknown is one more.
	if most := MaxAtoms - 2; before <= most && len(cuts) > most {
		a.l.problems.Errorf(at, "too-many-atoms", "the constants of the rules cut %s into more than %d parts here; use fewer different numbers", d.Name, MaxAtoms)
	}
}
