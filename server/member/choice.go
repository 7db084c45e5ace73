package member

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Choice is one change of what a member chose: a view, an opt-out of a topic, or
// one of a channel.
type Choice struct {
	Who
	Source string
	At     time.Time // when the member said so; zero means now

	View    *View
	Topic   *OptOut // Value is a topic
	Channel *OptOut // Value is a channel
}

// View is the view that a member wants.
type View struct {
	Topic string        // empty means all that have none of their own
	Value string        // auto, patient or consumer; empty takes the view back
	For   time.Duration // 0 means 30 days, which is also the most
}

// OptOut is whether a member does not want to hear about something, or through
// something.
type OptOut struct {
	Value string
	Out   bool // false takes it back
}

// Choose stores a choice and returns all that is in force.
func (s *Service) Choose(ctx context.Context, w Words, c *Choice) (Choices, error) {
	now := s.now()
	at, err := asOf(c.At, now)
	if err != nil {
		return Choices{}, err
	}
	f, err := c.fact(w.Catalogue(), at)
	if err != nil {
		return Choices{}, err
	}
	f.ToldAt = now
	if wrong := f.Check(now); wrong != nil {
		return Choices{}, invalid("", "cannot be stored: "+wrong.Message)
	}
	told := []memory.Told{{Member: c.Member, Facts: []memory.StoredFact{f}}}
	if err := s.store.RecordFacts(ctx, tenant(c.Tenant), told); err != nil {
		return Choices{}, failed(err)
	}
	m, err := s.store.GetMember(ctx, tenant(c.Tenant), c.Member)
	if err != nil {
		return Choices{}, failed(err)
	}
	all, _ := w.Known(&m, now)
	return choices(w.Catalogue(), all, now), nil
}

// fact is the choice as it is stored.
func (c *Choice) fact(words *fact.Catalogue, at time.Time) (memory.StoredFact, error) {
	side := c.Side.String()
	switch {
	case c.View != nil:
		if _, ok := words.Value(fact.Topic, c.View.Topic); !ok && c.View.Topic != "" {
			return memory.StoredFact{}, invalid("view.topic", "is no topic of the revision in force")
		}
		out := memory.Choice{Topic: c.View.Topic, View: c.View.Value, Source: c.Source, Side: side, At: at}
		if c.View.For > 0 {
			out.Until = at.Add(c.View.For)
		}
		return out.Fact(), nil
	case c.Topic != nil:
		if _, ok := words.Value(fact.OptOutTopics, c.Topic.Value); !ok {
			return memory.StoredFact{}, invalid("topicOptOut.topic", "is no topic of the revision in force that a member can opt out of")
		}
		return memory.OptOut{Topic: c.Topic.Value, Undo: !c.Topic.Out, Source: c.Source, Side: side, At: at}.Fact(), nil
	case c.Channel != nil:
		if _, ok := words.Value(fact.OptOutChannels, c.Channel.Value); !ok {
			return memory.StoredFact{}, invalid("channelOptOut.channel", "is no channel that a member can opt out of")
		}
		return memory.OptOut{Channel: c.Channel.Value, Undo: !c.Channel.Out, Source: c.Source, Side: side, At: at}.Fact(), nil
	}
	return memory.StoredFact{}, invalid("", "say what the member chose: view, topicOptOut or channelOptOut")
}

// Choices are what a member chose and has not taken back.
type Choices struct {
	Views    []ChosenView // the one for all topics first
	Topics   []string     // opted out of
	Channels []string     // opted out of
}

// ChosenView is a view that is in force.
type ChosenView struct {
	Topic string // empty means all that have none of their own
	View  string
	Until time.Time
}

// choices reads what a member chose.
func choices(words *fact.Catalogue, all []intake.Known, now time.Time) Choices {
	r := intake.Recall(words, all, &fact.Facts{}, intake.NoSide, now, nil)
	view := func(topic string, part int, value int64) ChosenView {
		k := newest(words, all, fact.MemberChoice, part, now)
		return ChosenView{topic, words.Def(fact.MemberChoice).Values[value], k.AsOf.Add(k.MaxAge)}
	}
	var c Choices
	if r.Facts.Known(fact.MemberChoice) {
		c.Views = append(c.Views, view("", intake.Whole, r.Facts.Raw(fact.MemberChoice)))
	}
	topics := words.Def(fact.Topic).Values
	slices.SortFunc(r.Choices, func(a, b intake.TopicChoice) int { return int(a.Topic) - int(b.Topic) })
	for _, t := range r.Choices {
		c.Views = append(c.Views, view(topics[t.Topic], int(t.Topic), t.Choice))
	}
	c.Topics = setWords(words.Def(fact.OptOutTopics), r.Facts.Raw(fact.OptOutTopics))
	c.Channels = setWords(words.Def(fact.OptOutChannels), r.Facts.Raw(fact.OptOutChannels))
	return c
}

// Forget forgets a member. Somebody nobody knows is forgotten already.
func (s *Service) Forget(ctx context.Context, who Who) error {
	return failed(s.store.ForgetMember(ctx, tenant(who.Tenant), who.Member))
}
