package recommend

import (
	"context"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/policy"
)

// ending are the channels that a member's words end. Words with an emergency sign
// end nothing, nor do those of nobody in particular. As an answer to a message one
// word is enough; on a page it must not be the question: "quit" beside the topic
// tobacco, or a word that the lexicon has a topic for.
func (p *pending) ending(text string, heard *intake.Reading) []string {
	if p.ask.MemberRef == "" || heard.RedFlags != 0 {
		return nil
	}
	channel := p.snap.channel(&p.ask.Facts)
	if !policy.Answers(channel) && (p.ask.HasTopic || p.about(heard)) {
		return nil
	}
	return p.snap.Stops(text, channel)
}

// about reports whether a text is about something.
func (p *pending) about(heard *intake.Reading) bool {
	for _, t := range heard.Topics {
		if t != p.snap.noTopic {
			return true
		}
	}
	return false
}

// end stores that the member ended messages, before anything is answered: an answer
// that looked as if they had been heard, and were not, would be a lie.
func (s *Service) end(ctx context.Context, p *pending) error {
	if len(p.ends) == 0 || s.store == nil {
		return nil
	}
	told := memory.Told{Member: p.ask.MemberRef}
	for _, channel := range p.ends {
		told.Facts = append(told.Facts, memory.OptOut{Channel: channel, Source: "reply", Side: p.ask.Asker.String(), At: p.now}.Fact())
		if at, ok := p.snap.Catalogue().Value(fact.OptOutChannels, channel); ok {
			p.ask.Facts.Add(fact.OptOutChannels, at)
		}
	}
	if err := s.store.RecordFacts(ctx, tenant(p.ask.Tenant), []memory.Told{told}); err != nil {
		return &Error{Code: Unavailable, Message: "the member's wish to end messages could not be kept; send the same again", Cause: err}
	}
	return nil
}
