package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Report is all that was found out about one Set. Lists are in the order of
// the content's files.
type Report struct {
	Tables     []TableReport // mindset, sender
	Guardrails []GuardrailReport
	Items      []ItemReport // that no member can be given, or that could not be settled
	Tally      Tally
}

// TableReport is about the mindset or the sender table.
type TableReport struct {
	Table     ruleset.Table
	Dead      []Dead     // rows no member reaches; the default row is never among them
	Conflicts []Conflict // rows of one tier that disagree about a member
	Open      []int      // rows that could not be settled within the budget
	OpenPairs [][2]int   // rows of one tier of which it could not be settled whether they disagree
	Cut       bool       // there are so many of those pairs that not all were looked at
	Complete  Answer     // Proved: every member fits a rule; Found: Fallback fits none and gets the default
	Fallback  Question
}

// Dead is a row that no member ever reaches.
type Dead struct {
	Row     int
	By      []int // the earlier rows that together fit all its members; none if it has no members, or none for whom the table is asked
	Minimal bool  // no smaller set of rows does; otherwise none of By can be spared
}

// Conflict is a member whom two rows of one tier answer differently.
type Conflict struct {
	Rows    [2]int
	Example Question
}

// GuardrailReport is about one guardrail.
type GuardrailReport struct {
	Guardrail int      // position in Set.Guardrails
	Checked   bool     // false for those that lint or the program holds: Set.Guardrails says how
	Answer    Answer   // of checked ones: Proved for all members, Found: broken, or Undetermined
	Example   Question // of a broken one, a member that shows it
	Other     Question // of a broken independence, the member that differs only in the facts named
}

// ItemReport is about one advice item.
type ItemReport struct {
	Item   int
	Answer Answer // Proved: never given; Undetermined: not settled
}

// Sound reports whether nothing speaks against publishing.
func (r *Report) Sound() bool {
	for _, t := range r.Tables {
		if len(t.Dead)+len(t.Conflicts)+len(t.Open)+len(t.OpenPairs) > 0 || t.Complete == Undetermined {
			return false
		}
	}
	return len(r.Items) == 0 && !slices.ContainsFunc(r.Guardrails, func(g GuardrailReport) bool { return g.Checked && g.Answer != Proved })
}

// Settled reports whether every question was answered within the budget.
func (r *Report) Settled() bool {
	for _, t := range r.Tables {
		if len(t.Open)+len(t.OpenPairs) > 0 || t.Cut || t.Complete == Undetermined {
			return false
		}
	}
	return !slices.ContainsFunc(r.Items, func(i ItemReport) bool { return i.Answer == Undetermined }) &&
		!slices.ContainsFunc(r.Guardrails, func(g GuardrailReport) bool { return g.Checked && g.Answer == Undetermined })
}
