package ruleset

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Item is one piece of advice of the catalogue. Items of the sender nobody have
// no words and are never given: they tell readers of the catalogue that silence
// is meant. Items of the sender safety have no words either; rules/safety has.
type Item struct {
	ID        string
	Sender    decision.Sender
	Topics    []uint16
	Benefit   string     // the tie: given only with active coverage and this benefit
	When      *Condition // what else must hold; nil: nothing
	Rank      int        // lower first
	Sensitive []string   // values of sensitive_topics_shareable
	Because   Words      // why the item exists; may be nil
	Title     Words
	Text      Words
	Links     []Link
	Variants  []Variant // other words, each for a share of the members
	Terms
	From, Until time.Time // as of a Row
	strictyaml.Pos

	eligible *Condition // tie and When together
	cubes    []Cube     // sender, topics, tie and When together
}

// Variant is other words for an item. It has words and nothing else, so that
// whoever gets it is answered by the same sender for the same reasons.
type Variant struct {
	ID      string
	Percent int   // of a hundred members, those who get it
	Title   Words // the item's own where the content gives none
	Text    Words
	strictyaml.Pos
}

// With is the item as its variant says it.
func (i *Item) With(v *Variant) Item {
	out := *i
	out.Title, out.Text, out.Variants = v.Title, v.Text, nil
	return out
}

// Terms are what law wants to know about an item.
type Terms struct {
	PaidBy       string  `yaml:"paid_by"` // plan or third_party
	Reward       *Reward `yaml:"reward"`
	ZeroCost     bool    `yaml:"zero_cost"`
	InNetwork    bool    `yaml:"in_network"`
	Preventive   bool    `yaml:"preventive"`
	MinorConsent bool    `yaml:"minor_consent"` // a service minors may consent to alone
	Kind         string  `yaml:"kind"`          // what it wants of the member: ask, help, appreciation; empty: not said
	Stage        string  `yaml:"stage"`         // of membership, in which alone it is given: welcome, settled, renewal
}

// Reward is what a member gets for taking part.
type Reward struct {
	Rule             string `yaml:"rule,required"` // the rule that permits it
	HealthContingent bool   `yaml:"health_contingent"`
	Alternative      Words  `yaml:"alternative"` // for those who cannot meet the standard
}

// Link leads on from an item.
type Link struct {
	Label Words  `yaml:"label,required"`
	URL   string `yaml:"url,required"`
}

// Eligible is all that a member must meet, beside sender and topic, to be given
// the item: its tie and its When. It is nil where nothing must be met.
func (i *Item) Eligible() *Condition { return i.eligible }

// Cubes are the item's sender, topics, tie and When as a union of cubes.
func (i *Item) Cubes() []Cube { return i.cubes }

// Reads lists the facts that eligibility reads, in order.
func (i *Item) Reads() []fact.ID { return i.eligible.reads() }

// Guardrail is a sentence that must hold for every possible member.
type Guardrail struct {
	ID     string
	Says   Words
	HeldBy string // table, lint, run_time or later
	Test   string // the test that is named after it; empty for later

	// Never, of table guardrails: no member may fit it. It may read any column,
	// also mindset and sender; where it reads advice_benefit it speaks of every
	// item a member could be given.
	Never       *Condition
	Independent *Independence
	strictyaml.Pos

	cubes []Cube
}

// Independence says that the outcome of a table is the same whatever the facts.
type Independence struct {
	Table Table
	Of    []fact.ID
}

// Cubes are Never as a union of cubes; none where there is no Never.
func (g *Guardrail) Cubes() []Cube { return g.cubes }
