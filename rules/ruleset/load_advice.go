package ruleset

import (
	"cmp"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type adviceFile struct {
	Items []itemEntry `yaml:"items,required"`
}

type itemEntry struct {
	ID           strictyaml.Located[string]   `yaml:"id,required"`
	Sender       strictyaml.Located[string]   `yaml:"sender,required"`
	Topics       []strictyaml.Located[string] `yaml:"topics"`
	Benefit      strictyaml.Located[string]   `yaml:"benefit"`
	When         strictyaml.Node              `yaml:"when"`
	Rank         int                          `yaml:"rank"`
	Sensitive    []strictyaml.Located[string] `yaml:"sensitive"`
	Because      Words                        `yaml:"because"`
	Title        Words                        `yaml:"title"`
	Text         Words                        `yaml:"text"`
	Links        []Link                       `yaml:"links"`
	Variants     []variantEntry               `yaml:"variants"`
	PaidBy       strictyaml.Located[string]   `yaml:"paid_by"`
	Reward       *Reward                      `yaml:"reward"`
	ZeroCost     bool                         `yaml:"zero_cost"`
	InNetwork    bool                         `yaml:"in_network"`
	Preventive   bool                         `yaml:"preventive"`
	MinorConsent bool                         `yaml:"minor_consent"`
	Kind         strictyaml.Located[string]   `yaml:"kind"`
	Stage        strictyaml.Located[string]   `yaml:"stage"`
	From         time.Time                    `yaml:"from"`
	Until        time.Time                    `yaml:"until"`
	strictyaml.Pos
}

var senders = []string{decision.Nobody: "nobody", decision.Provider: "provider", decision.Insurer: "insurer", decision.Safety: "safety"}

// notices are the ids of the safety items.
var notices = []string{decision.Emergency911.String(), decision.Crisis988.String(), decision.PoisonHelp.String()}

// advice reads the catalogue, best items first.
func (l *loader) advice() {
	p := newParser(l.set.catalogue, fact.ByAdvice, "advice")
	seen := newIDs("advice item", snakeID)
	for _, file := range l.glob("advice") {
		var f adviceFile
		strictyaml.ReadFile(l.fsys, file, &f, &l.problems)
		for i := range f.Items {
			seen.check(f.Items[i].ID, &l.problems)
			l.set.items = append(l.set.items, l.item(&f.Items[i], p))
		}
	}
	if len(l.set.items) > maxItems {
		l.problems.Errorf(l.set.items[maxItems].Pos, "too-many-items", "there can be at most %d advice items", maxItems)
	}
	slices.SortStableFunc(l.set.items, func(a, b Item) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID)) })
}

const maxItems = 1 << 15

func (l *loader) item(e *itemEntry, p *parser) Item {
	out := Item{ID: e.ID.Value, Benefit: e.Benefit.Value, Rank: e.Rank, Because: e.Because, Title: e.Title, Text: e.Text, Links: e.Links, From: e.From, Until: e.Until, Pos: e.Pos,
		Terms: Terms{"plan", e.Reward, e.ZeroCost, e.InNetwork, e.Preventive, e.MinorConsent, e.Kind.Value, e.Stage.Value}}
	before := l.problems.Errors()
	sender, ok := choice(e.Sender, "sender called", senders, &l.problems)
	out.Sender = decision.Sender(sender)
	if e.PaidBy.Value != "" {
		out.PaidBy = e.PaidBy.Value
		choice(e.PaidBy, "payer called", []string{"plan", "third_party"}, &l.problems)
	}
	if e.Kind.Value != "" {
		choice(e.Kind, "kind of item called", itemKinds, &l.problems)
	}
	for _, s := range e.Sensitive {
		if _, ok := choice(s, "sensitive topic called", l.set.catalogue.Def(fact.SensitiveTopicsShareable).Values, &l.problems); ok {
			out.Sensitive = append(out.Sensitive, s.Value)
		}
	}
	l.checkDates(dates{e.From, e.Until}, e.Pos)
	l.itemTopics(e, &out)
	if ok {
		l.itemWords(e, out.Sender)
		l.variants(e, &out)
	}
	l.eligibility(e, &out, p)
	if speaks(out.Sender) && l.problems.Errors() == before {
		out.cubes = l.multiplied(out.whole(), e.Pos, "item")
	}
	return out
}

// itemTopics reads the topics, and refuses those whose kind the sender must
// leave to the other side.
func (l *loader) itemTopics(e *itemEntry, out *Item) {
	for _, t := range e.Topics {
		i, ok := choice(t, "topic called", l.set.catalogue.Def(fact.Topic).Values, &l.problems)
		if !ok {
			continue
		}
		out.Topics = append(out.Topics, uint16(i))
		switch kind := l.set.topics[i].kind; {
		case out.Sender == decision.Insurer && kind == fact.KindCare:
			l.problems.Errorf(t.Pos, "care-topic", "the insurer never advises on care, and %s is a care topic", t.Value)
		case out.Sender == decision.Provider && kind == fact.KindCoverage:
			l.problems.Errorf(t.Pos, "coverage-topic", "the provider never answers for the plan, and %s is a coverage topic", t.Value)
		}
	}
}

// speaks reports whether a sender has words of its own.
func speaks(s decision.Sender) bool { return s == decision.Provider || s == decision.Insurer }

// itemWords checks that an item says something exactly if its sender speaks in
// its own words.
func (l *loader) itemWords(e *itemEntry, s decision.Sender) {
	switch {
	case speaks(s) && (len(e.Title) == 0 || len(e.Text) == 0):
		l.problems.Errorf(e.Pos, "missing-key", "this item needs a title and a text")
	case speaks(s) && len(e.Topics) == 0:
		l.problems.Errorf(e.Pos, "missing-key", "this item needs topics, or it is never given")
	case s == decision.Nobody && len(e.Text) > 0:
		l.problems.Errorf(e.Pos, "words-of-nobody", "an item of the sender nobody has no text")
	case s == decision.Safety && (len(e.Text) > 0 || len(e.Topics) > 0 || len(e.Links) > 0 || e.Benefit.Value != "" || e.When.Kind() != strictyaml.Nothing):
		l.problems.Errorf(e.Pos, "fixed-notice", "the words of an emergency notice and when it is given are fixed; leave text, topics, benefit, when and links out")
	case s == decision.Safety:
		choice(e.ID, "emergency notice called", notices, &l.problems)
	}
}

// eligibility joins the tie and the item's own conditions.
func (l *loader) eligibility(e *itemEntry, out *Item, p *parser) {
	out.When = p.when(e.When)
	all := &Condition{Op: AllOf, Pos: e.Pos}
	if e.Benefit.Value != "" {
		b, _ := choice(e.Benefit, "benefit called", l.set.catalogue.Def(fact.BenefitAvailable).Values, &l.problems)
		all.Of = append(all.Of,
			&Condition{Op: Is, Column: fact.CoverageStatus, Values: []int64{fact.CoverageActive}, Pos: e.Benefit.Pos},
			&Condition{Op: IncludesAny, Column: fact.BenefitAvailable, Values: []int64{int64(b)}, Pos: e.Benefit.Pos})
	}
	if e.Stage.Value != "" {
		all.Of = append(all.Of, l.stage(e.Stage)...)
	}
	if out.When != nil {
		all.Of = append(all.Of, out.When)
	}
	if len(all.Of) > 0 {
		out.eligible = all
	}
}

// whole is everything an item asks for as one condition.
func (i *Item) whole() *Condition {
	all := &Condition{Op: AllOf, Pos: i.Pos, Of: []*Condition{{Op: Is, Column: fact.SenderIs, Values: []int64{int64(i.Sender)}}}}
	topics := &Condition{Op: IsAnyOf, Column: fact.Topic}
	for _, t := range i.Topics {
		topics.Values = append(topics.Values, int64(t))
	}
	all.Of = append(all.Of, topics)
	if i.eligible != nil {
		all.Of = append(all.Of, i.eligible)
	}
	return all
}
