package ruleset

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Set is one revision's rules, ready to decide. It is immutable and safe for
// concurrent use. A nil or zero *Set is safe too: it answers emergencies and
// otherwise lets nobody speak.
type Set struct {
	catalogue  *fact.Catalogue
	words      map[fact.ID]*FactWords
	topics     []Topic
	handoffs   []Handoff
	tables     [2][]Row // by Table; the default row is the last
	items      []Item
	guardrails []Guardrail
	premises   []Premise
	changes    []time.Time
	compiled
}

// Table names one of the steps that rows belong to.
type Table uint8

const (
	MindsetTable Table = iota
	SenderTable
	AdviceTable // its rows are the catalogue's items
)

func (t Table) String() string { return [...]string{"mindset", "sender", "advice"}[t] }

// Tier is the rank of a rule: rules of an earlier tier are asked first, and
// inside a tier rules with different outcomes never fit the same member.
type Tier uint8

const (
	TierSafety Tier = iota
	TierClinical
	TierCoverage
	TierEngagement
	TierDefault
)

var tiers = []string{"safety", "clinical", "coverage", "engagement", "default"}

func (t Tier) String() string { return tiers[t] }

// Row is one line of a table: a rule, or the default that ends the table.
type Row struct {
	ID      string
	Table   Table
	Tier    Tier
	Title   Words
	When    *Condition // nil: always
	Outcome uint8      // a decision.Mindset or decision.Sender, by Table
	Because Words
	Default bool
	From    time.Time // first day, zero: always
	Until   time.Time // last day, zero: for good
	strictyaml.Pos

	cubes []Cube
}

// OutcomeName is the outcome as content spells it: patient, insurer …
func (r *Row) OutcomeName() string {
	if r.Table == MindsetTable {
		return decision.Mindset(r.Outcome).String()
	}
	return decision.Sender(r.Outcome).String()
}

// Cubes are the row's condition as a union of cubes; callers must not change
// them. A row that always fits has one cube without literals.
func (r *Row) Cubes() []Cube { return r.cubes }

// Reads lists the facts and derived columns the row's condition names, in order.
func (r *Row) Reads() []fact.ID { return r.When.reads() }

// Topic is one thing a member can ask about.
type Topic struct {
	ID       string
	Kind     string // one of the values of topic_kind
	Label    Words
	Benefits []string // benefits that tie advice on this topic to the plan

	kind     int64
	benefits int64 // bits of benefit_available
	strictyaml.Pos
}

// Handoff is what the asking side may say when the other side owns the topic.
type Handoff struct {
	Asker, Owner decision.Sender // Provider or Insurer
	Kinds        []string        // of topics
	Text         Words
	strictyaml.Pos
}

// FactWords are the words for a fact and its values.
type FactWords struct {
	Label    Words
	Phrase   Words // part of a sentence, with {op} and {value}
	Synonyms map[string][]string
	Values   []Words // by position; nil where content gives none
}

// Catalogue is the facts this revision speaks of.
func (s *Set) Catalogue() *fact.Catalogue { return s.catalogue }

// FactWords returns the words of a fact or derived column; all empty where
// content gives none.
func (s *Set) FactWords(id fact.ID) FactWords {
	if w := s.words[id]; w != nil {
		return *w
	}
	return FactWords{}
}

// Topics lists the topics; a topic is named by its position everywhere else.
func (s *Set) Topics() []Topic {
	if s == nil {
		return nil
	}
	return s.topics
}

// Topic finds a topic by its id.
func (s *Set) Topic(id string) (uint16, bool) {
	if s == nil || s.catalogue == nil {
		return 0, false
	}
	i, ok := s.catalogue.Value(fact.Topic, id)
	return uint16(i), ok
}

// Handoff is what the asking side says about a topic that owner owns, or nil
// where content has no words for it.
func (s *Set) Handoff(topic uint16, asker, owner decision.Sender) Words {
	if s == nil || int(topic) >= len(s.topics) {
		return nil
	}
	for i := range s.handoffs {
		h := &s.handoffs[i]
		if h.Asker != asker || h.Owner != owner {
			continue
		}
		for _, k := range h.Kinds {
			if k == s.topics[topic].Kind {
				return h.Text
			}
		}
	}
	return nil
}

// Rows lists the rows of the mindset or the sender table in the order they are
// asked; the last one is the default.
func (s *Set) Rows(t Table) []Row {
	if s == nil || int(t) >= len(s.tables) {
		return nil
	}
	return s.tables[t]
}

// Row is the row a Decision names, or nil for the places where no row decided.
func (s *Set) Row(t Table, row int32) *Row {
	rows := s.Rows(t)
	if row < 0 || int(row) >= len(rows) {
		return nil
	}
	return &rows[row]
}

// Items is the advice catalogue; an item is named by its position.
func (s *Set) Items() []Item {
	if s == nil {
		return nil
	}
	return s.items
}

// Item is the advice item a Decision names, or nil.
func (s *Set) Item(i uint16) *Item {
	if s == nil || int(i) >= len(s.items) {
		return nil
	}
	return &s.items[i]
}

// Changes are the days after that of Load on which a rule or an item comes into
// force or leaves it, in order: on each of them the same content answers by
// another set of rules.
func (s *Set) Changes() []time.Time {
	if s == nil {
		return nil
	}
	return s.changes
}

// Guardrails are the sentences that must hold for every member.
func (s *Set) Guardrails() []Guardrail {
	if s == nil {
		return nil
	}
	return s.guardrails
}
