package recommend

import (
	"fmt"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/policy"
)

// Snapshot is one revision made ready to answer: its rules, its lexicon, its
// policy and all its words. It is immutable and safe for concurrent use.
type Snapshot struct {
	id       string
	set      *ruleset.Set
	lexicon  *intake.Lexicon
	policy   *policy.Policy
	words    *phrasebook
	optOut   []int        // by topic: its position in opt_out_topics, or policy.NoTopic
	noTopic  uint16       // the topic of a question about nothing in particular
	items    itemsByID    //
	rows     [2]rowsByID  // by table
	standIn  bool         // no revision is in force: nobody speaks but safety
	benefits []tiedTopics // by topic
	memo     *neededMemo
	holdout  *holdout // nil if there is none
}

type (
	itemsByID map[string]uint16
	rowsByID  map[string]int32

	// tiedTopics are the bits of benefit_available that tie advice to a topic.
	tiedTopics int64
)

// NewSnapshot prepares a revision.
func NewSnapshot(rev *content.Revision) (*Snapshot, error) {
	s := &Snapshot{id: rev.ID, set: rev.Set, lexicon: rev.Lexicon, items: itemsByID{}, noTopic: noTopicID, memo: &neededMemo{}}
	c := rev.Set.Catalogue()
	var err error
	if s.policy, err = policy.New(c, policyOptions(&rev.Policy)); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	if s.words, err = newPhrasebook(rev); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	s.holdout = s.newHoldout(rev.Policy.Holdout)
	for i, t := range rev.Set.Topics() {
		s.indexTopic(uint16(i), &t)
	}
	for i, item := range rev.Set.Items() {
		s.items[item.ID] = uint16(i)
	}
	for t := range s.rows {
		s.rows[t] = rowsByID{}
		for i, row := range rev.Set.Rows(ruleset.Table(t)) {
			s.rows[t][row.ID] = int32(i)
		}
	}
	return s, nil
}

// noTopicID is the topic of a revision that has none for "nothing was asked".
const noTopicID = ^uint16(0)

func (s *Snapshot) indexTopic(i uint16, t *ruleset.Topic) {
	c := s.set.Catalogue()
	at, ok := c.Value(fact.OptOutTopics, t.ID)
	if !ok {
		at = policy.NoTopic
	}
	s.optOut = append(s.optOut, at)
	var bits tiedTopics
	for _, b := range t.Benefits {
		if at, ok := c.Value(fact.BenefitAvailable, b); ok {
			bits |= 1 << at
		}
	}
	s.benefits = append(s.benefits, bits)
	if t.Kind == "none" && s.noTopic == noTopicID {
		s.noTopic = i
	}
}

// asStandIn is the snapshot that serves while no revision is in force: it reads
// questions and knows the notices, and lets nobody else speak.
func (s *Snapshot) asStandIn() *Snapshot {
	t := *s
	t.standIn, t.id = true, ""
	return &t
}

func policyOptions(p *content.Policy) policy.Options {
	o := policy.Options{FromHour: p.QuietHours.From, UntilHour: p.QuietHours.Until, SMSConsent: p.SMS.Consent.Value, SMSRunes: p.SMS.MaxChars}
	o.Ends, o.Beside = p.RevocationWords, p.Companions
	o.Caps = policy.Caps{
		PerTopic: policy.Cap(p.Caps.PerTopic), Overall: policy.Cap(p.Caps.Overall), Insurer: policy.Cap(p.Caps.PerSender.Insurer), Provider: policy.Cap(p.Caps.PerSender.Provider),
		Hold: time.Duration(p.Caps.HoldMinutes) * time.Minute, TextsPerDay: p.SMS.PerDay, TextsPerWeek: p.SMS.PerWeek,
	}
	for _, b := range p.Balance {
		sender, _ := parseSender(b.Sender.Value)
		o.Caps.Balances = append(o.Caps.Balances, policy.Balance{Sender: sender, Days: b.Days, FreeAsks: b.FreeAsks, PerHelpful: b.PerHelpful})
	}
	return o
}

// Stops are the channels that a member's words end; none if they end nothing.
func (s *Snapshot) Stops(text, channel string) []string { return s.policy.Stops(text, channel) }

// ID names the revision; it is empty while none is in force.
func (s *Snapshot) ID() string { return s.id }

// Catalogue is the facts and vocabularies that requests are checked against.
func (s *Snapshot) Catalogue() *fact.Catalogue { return s.set.Catalogue() }

// Lexicon reads words and codes by the revision's vocabularies.
func (s *Snapshot) Lexicon() *intake.Lexicon { return s.lexicon }

// Topic finds a topic by its id.
func (s *Snapshot) Topic(id string) (uint16, bool) { return s.set.Topic(id) }

// topicID is the id of a topic; empty for noTopicID.
func (s *Snapshot) topicID(topic uint16) string {
	if topics := s.set.Topics(); int(topic) < len(topics) {
		return topics[topic].ID
	}
	return ""
}

// decide answers one question about one topic.
func (s *Snapshot) decide(f *fact.Facts, topic uint16) decision.Decision {
	d := s.set.Decide(f, topic)
	if s.standIn && d.Sender != decision.Safety {
		return decision.Decision{Topic: topic, MindsetRow: decision.ByNoRules, SenderRow: decision.ByNoRules}
	}
	return d
}
