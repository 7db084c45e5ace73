package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// itemKinds are what an item may want of the member.
var itemKinds = []string{"ask", "help", "appreciation"}

// Stages of membership. They follow from days_since_enrolment and, where content
// declares it, days_to_renewal: the first two months, the two months before a plan
// year ends, and the time between. A member of whom nothing is known is in none.
const (
	welcome = "welcome"
	settled = "settled"
	renewal = "renewal"

	welcomeDays = 60
	renewalDays = 60

	// DaysToRenewal is the own fact that tells when the plan year ends.
	DaysToRenewal = "days_to_renewal"
)

// stage is what must hold of a member in a stage.
func (l *loader) stage(s strictyaml.Located[string]) []*Condition {
	if _, ok := choice(s, "stage of membership called", []string{welcome, settled, renewal}, &l.problems); !ok {
		return nil
	}
	since := func(op Op, days int64) *Condition {
		return &Condition{Op: op, Column: fact.DaysSinceEnrolment, Values: []int64{days}, Pos: s.Pos}
	}
	renews, told := l.set.catalogue.Lookup(DaysToRenewal)
	told = told && l.set.catalogue.Def(renews).Kind == fact.Int
	near := &Condition{Op: AtMost, Column: renews, Values: []int64{renewalDays}, Pos: s.Pos}
	switch {
	case s.Value == welcome:
		return []*Condition{since(AtMost, welcomeDays)}
	case s.Value == renewal && !told:
		l.problems.Errorf(s.Pos, "unknown-fact", "the stage renewal needs an own fact %s, a whole number of days", DaysToRenewal)
		return nil
	case s.Value == renewal:
		return []*Condition{near, since(AtLeast, welcomeDays+1)}
	case !told:
		return []*Condition{since(AtLeast, welcomeDays+1)}
	}
	far := &Condition{Op: AnyOf, Pos: s.Pos, Of: []*Condition{
		{Op: Known, Column: renews, Values: []int64{0}, Pos: s.Pos},
		{Op: AtLeast, Column: renews, Values: []int64{renewalDays + 1}, Pos: s.Pos},
	}}
	return []*Condition{since(AtLeast, welcomeDays+1), far}
}
