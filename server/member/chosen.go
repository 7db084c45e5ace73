package member

import (
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Choices are what a member chose and has not taken back.
type Choices struct {
	Views    []ChosenView   // the one for all topics first
	Topics   []ChosenOptOut // opted out of
	Channels []ChosenOptOut // opted out of
}

// Said is where and when a member said something, and until when it holds.
type Said struct {
	Source string
	Side   recommend.Asker // that the member told
	At     time.Time
	Until  time.Time
}

// ChosenView is a view that is in force.
type ChosenView struct {
	Topic string // empty means all that have none of their own
	View  string
	Said
}

// ChosenOptOut is an opt-out that is in force: of a topic or of a channel.
type ChosenOptOut struct {
	Value string
	Said
}

// choices reads what a member chose.
func choices(words *fact.Catalogue, all []intake.Known, now time.Time) Choices {
	r := intake.Recall(words, all, &fact.Facts{}, intake.NoSide, now, nil)
	var c Choices
	view := func(topic string, part int, value int64) {
		k := newest(words, all, fact.MemberChoice, part, now)
		c.Views = append(c.Views, ChosenView{topic, words.Def(fact.MemberChoice).Values[value], said(k)})
	}
	if r.Facts.Known(fact.MemberChoice) {
		view("", intake.Whole, r.Facts.Raw(fact.MemberChoice))
	}
	topics := words.Def(fact.Topic).Values
	slices.SortFunc(r.Choices, func(a, b intake.TopicChoice) int { return int(a.Topic) - int(b.Topic) })
	for _, t := range r.Choices {
		view(topics[t.Topic], int(t.Topic), t.Choice)
	}
	c.Topics = optOuts(words, all, fact.OptOutTopics, &r.Facts, now)
	c.Channels = optOuts(words, all, fact.OptOutChannels, &r.Facts, now)
	return c
}

// optOuts are the opt-outs of one kind that are in force, each with the last word
// on it: its own, or one on the whole list.
func optOuts(words *fact.Catalogue, all []intake.Known, id fact.ID, f *fact.Facts, now time.Time) []ChosenOptOut {
	var out []ChosenOptOut
	for at, value := range words.Def(id).Values {
		if !f.Has(id, at) {
			continue
		}
		k := newest(words, all, id, at, now)
		if k == nil || k.Value == 0 {
			k = newest(words, all, id, intake.Whole, now)
		}
		out = append(out, ChosenOptOut{value, said(k)})
	}
	return out
}

// said is the place of a word; nil, where many words together say something, is
// nowhere.
func said(k *intake.Known) Said {
	if k == nil {
		return Said{}
	}
	side, _ := recommend.ParseAsker(k.Side.String())
	return Said{Source: k.Source, Side: side, At: k.AsOf, Until: k.AsOf.Add(k.MaxAge)}
}
