package fact

import (
	"strings"
	"time"
)

// Kind is the type of a fact's value.
type Kind uint8

const (
	Bool    Kind = iota + 1
	Enum         // exactly one of Def.Values
	Set          // any number of Def.Values, at most 64 of them
	Int          // a whole number in Def.Unit, within Def.Min and Def.Max
	Decimal      // a number with at most three decimals, held in thousandths
	Opaque       // carried beside the facts (an id, a language tag), never read by a rule
)

func (k Kind) String() string {
	return [...]string{"", "bool", "enum", "set", "int", "decimal", "opaque"}[k]
}

// DecimalScale is the number of steps in 1.0 of a Decimal fact.
const DecimalScale = 1000

// MaxSetValues is the largest number of values a Set fact can distinguish.
const MaxSetValues = 64

// Readers says which steps of a decision may read a fact. The loader refuses a
// rule whose table is not among the readers, which is how some guardrails hold
// by construction: no mindset rule can read age, because its Def says so.
type Readers uint8

const (
	ByMindset Readers = 1 << iota // rows of the mindset table
	BySender                      // rows of the sender table
	ByAdvice                      // eligibility of advice items
	ByPolicy                      // consent, caps and hours, applied after sharing
	ByText                        // choosing and filling the words
	BySafety                      // the safety gate

	ByTables = ByMindset | BySender
	ByRules  = ByTables | ByAdvice
)

// Privacy is the class of protected health information a fact belongs to.
type Privacy uint8

const (
	NotPHI Privacy = iota
	Identifier
	Demographic
	PHI
	Sensitive
)

// Holder is the side that usually knows a fact.
type Holder uint8

const (
	HeldByBoth Holder = iota
	HeldByPayer
	HeldByProvider
)

// Ages with a meaning of their own. Any other Def.MaxAge is a duration after
// which the fact counts as unknown.
const (
	Live    time.Duration = 0  // read anew for every decision, never shared
	Contact time.Duration = -1 // valid within one login, call or chat
)

// ContactAge is how long a Contact fact is taken to hold when a shared answer
// built on it needs an end: the usual idle limit of a portal session.
const ContactAge = 30 * time.Minute

// ID is a fact's position in a Catalogue and in Facts.
type ID uint8

// Def describes one fact.
type Def struct {
	Name     string   // lower_snake, as content and cases spell it
	Group    string   // identity, consent, contact, acute, chronic, coverage, history, derived or own
	Kind     Kind     //
	Values   []string // of Enum and Set facts, in the order of their positions
	Open     bool     // content may add to Values
	Min, Max int64    // inclusive; of Decimal facts in thousandths
	Unit     string   // hours, days, years, usd, percent, mmhg, kg/m2, grade
	MaxAge   time.Duration
	Holder   Holder
	Privacy  Privacy
	Readers  Readers
	Role     string // what decisions use it for, in a few words
}

// ReadBy reports whether step r may read the fact.
func (d *Def) ReadBy(r Readers) bool { return d.Readers&r != 0 }

// Advances is the unit in which a fact goes on by itself as time passes, an hour
// or a day; 0 for all others. Elapsed times of the built-in facts do.
func (d *Def) Advances() time.Duration {
	switch {
	case d.Kind != Int || d.Group == "own":
	case d.Unit == "hours":
		return time.Hour
	case d.Unit == "days" && (strings.HasPrefix(d.Name, "days_since_") || strings.HasSuffix(d.Name, "_days")):
		return 24 * time.Hour
	}
	return 0
}
