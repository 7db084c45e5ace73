package finding

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// State is how a guardrail stands.
type State string

const (
	Proved       State = "proved"       // for all members, on every day
	Broken       State = "broken"       // a finding has the member that shows it
	Undetermined State = "undetermined" // the budget was spent; this blocks publishing
	ByLint       State = "lint"         // held by a check of words
	AtRunTime    State = "run_time"     // held by the program for every answer
	NotYet       State = "later"        // not held yet
)

// Codes of findings.
const (
	DeadRule        = "dead-rule"
	TierConflict    = "tier-conflict"
	GuardrailBroken = "guardrail-broken"
	NeverGiven      = "never-given"
	NotSettled      = "undetermined"
)

// Advice is what names of items begin with, as those of rules begin with their
// table: "advice/gym", "sender/new-drug".
const Advice = "advice"

// Result is all that is to be said about a content folder.
type Result struct {
	Days       []time.Time // proved for: the first day, and each on which other rules come into force
	Tables     []Table     // as on the first day
	Guardrails []Guardrail
	Findings   []Finding
	FixesCut   bool // not for every finding were fixes looked for: there are too many for content of this size
	Tally      proof.Tally
}

// Table tells of the mindset or the sender table whether its rules are enough.
type Table struct {
	Name     string
	Rules    int
	Complete bool   // every member fits a rule before the default
	Default  string // id of the default row
	Story    string // of a member whom only the default answers
}

// Guardrail is one guardrail and how it stands.
type Guardrail struct {
	ID    string
	Says  string
	State State
	Test  string // that holds it; empty for later
}

// Finding is one thing that speaks against publishing.
type Finding struct {
	At      strictyaml.Pos
	Code    string
	ID      string    // of the rule, guardrail or item
	Table   string    // of rules: mindset or sender
	Others  []string  // ids of the rules that cover a dead one, or that a rule disagrees with
	Day     time.Time // the first day on which it is so
	Title   string    // a few words for all findings of its code
	Message string    // a plain sentence, without a full stop
	Stories []string  // members that show it
	Fixes   []Fix     // the best first

	// Concerns names the rules and items that it is about: its own, the others, and
	// those that answer the members of its stories.
	Concerns []string

	example proof.Question // of broken guardrails
}

// key names a finding in another version of the content.
func (f *Finding) key() string {
	key := f.Code + " " + f.Table + " " + f.ID
	if f.Code == TierConflict {
		key += " " + f.Others[0]
	}
	return key
}

// Fix is a way to end a finding.
type Fix struct {
	Says    string // what to do, in words
	Edits   []Edit
	Changes []string // names of the rules and items that it changes
}

// Edit replaces whole lines of a file: from line From, and before line Until.
type Edit struct {
	File  string
	From  int
	Until int
	Lines []string
}

// Options say how to prove and in which language to tell it.
type Options struct {
	Budget   proof.Budget // of one question; 0 is proof.DefaultBudget
	Language string       // of all words; empty is English
	NoFixes  bool
}

// text is the words in the language of the options.
func (o *Options) text(w ruleset.Words) string {
	text, _ := w.In(o.Language)
	return text
}
