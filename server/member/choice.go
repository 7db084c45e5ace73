package member

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Choice is one change of what a member chose: a view, an opt-out of a topic, or
// one of a channel; or what they wrote back, which may be one of channels.
type Choice struct {
	Who
	Source string
	At     time.Time // when the member said so; zero means now

	View    *View
	Topic   *OptOut // Value is a topic
	Channel *OptOut // Value is a channel
	Reply   *Reply
}

// Reply is what a member wrote back to a message.
type Reply struct {
	Text    string // taken out once it is read
	Channel string // by which the message had come; empty means nobody said
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

// Choose stores a choice and returns all that is in force, and whether the choice
// was understood: a reply that ends nothing is not.
func (s *Service) Choose(ctx context.Context, w Hearing, c *Choice) (inForce Choices, understood bool, err error) {
	now := s.now()
	at, err := asOf(c.At, now)
	if err != nil {
		return Choices{}, false, err
	}
	facts, err := c.facts(w, at)
	if err != nil {
		return Choices{}, false, err
	}
	for i := range facts {
		facts[i].ToldAt = now
		if wrong := facts[i].Check(now); wrong != nil {
			return Choices{}, false, invalid("", "cannot be stored: "+wrong.Message)
		}
	}
	if understood = len(facts) > 0; understood {
		told := []memory.Told{{Member: c.Member, Facts: facts}}
		if err := s.store.RecordFacts(ctx, tenant(c.Tenant), told); err != nil {
			return Choices{}, false, failed(err)
		}
	}
	m, err := s.store.GetMember(ctx, tenant(c.Tenant), c.Member)
	if err != nil {
		return Choices{}, false, failed(err)
	}
	all, _ := w.Known(&m, now)
	return choices(w.Catalogue(), all, now), understood, nil
}

// facts are the choice as it is stored. A reply is read here, and ends here.
func (c *Choice) facts(w Hearing, at time.Time) ([]memory.StoredFact, error) {
	if c.Reply == nil {
		f, err := c.fact(w.Catalogue(), at)
		return []memory.StoredFact{f}, err
	}
	text := c.Reply.Text
	c.Reply.Text = ""
	var out []memory.StoredFact
	for _, channel := range w.Stops(text, c.Reply.Channel) {
		out = append(out, memory.OptOut{Channel: channel, Source: c.Source, Side: c.Side.String(), At: at}.Fact())
	}
	return out, nil
}

// fact is a choice that is one fact, as it is stored.
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
	return memory.StoredFact{}, invalid("", "say what the member chose: view, preferredSender, topicOptOut, channelOptOut or reply")
}

// Forget forgets a member. Somebody nobody knows is forgotten already.
func (s *Service) Forget(ctx context.Context, who Who) error {
	return failed(s.store.ForgetMember(ctx, tenant(who.Tenant), who.Member))
}
