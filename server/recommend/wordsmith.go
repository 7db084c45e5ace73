package recommend

import (
	"unicode/utf8"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/safety"
	"github.com/rightvoice/rightvoice/server/policy"
)

// wordsmith renders the words of a revision for the readers of one language.
type wordsmith struct {
	rev  *content.Revision
	tag  string
	help bool
}

// itemWords is one item in words, and what the policy has to know of it.
type itemWords struct {
	advice    Advice
	terms     policy.Terms
	deducible bool // the text has a place for deductible_left_usd
	silent    bool // an item of nobody: it is never said

	experiment string      // names the choice of a variant
	variants   []itemWords // without variants of their own
	percents   []int       // of members, by variant
}

func (w *wordsmith) items() []itemWords {
	out := make([]itemWords, len(w.rev.Set.Items()))
	for i := range out {
		out[i] = w.item(&w.rev.Set.Items()[i])
	}
	return out
}

func (w *wordsmith) item(item *ruleset.Item) itemWords {
	out := itemWords{silent: item.Sender == decision.Nobody || item.Sender == decision.Safety, terms: w.terms(item)}
	out.advice = Advice{ID: item.ID, BenefitID: item.Benefit}
	if _, ok := item.Text[w.tag]; !ok || w.help {
		out.advice.Text, out.advice.Language = w.languageHelp()
	} else {
		a := &out.advice
		a.Title, a.Text, a.Language = w.fill(item.Title[w.tag]), w.fill(item.Text[w.tag]), w.tag
		for _, l := range item.Links {
			label, _ := l.Label.In(w.tag)
			a.Links = append(a.Links, Link{Label: label, URL: l.URL})
		}
	}
	out.advice.Placeholders = placeholders(out.advice.Text)
	out.deducible = holds(out.advice.Text, content.DeductibleLeft)
	w.variants(&out, item)
	out.terms.Runes = utf8.RuneCountInString(out.advice.Text) + 1 + utf8.RuneCountInString(w.pick(w.rev.Policy.SMS.OptOut))
	for i := range out.variants {
		out.terms.Runes = max(out.terms.Runes, out.variants[i].terms.Runes)
	}
	return out
}

// variants puts the variants of an item into words, in the languages that it is
// written in. The longest of all counts for text messages.
func (w *wordsmith) variants(out *itemWords, item *ruleset.Item) {
	if _, ok := item.Text[w.tag]; !ok || w.help {
		return
	}
	for i := range item.Variants {
		said := item.With(&item.Variants[i])
		v := w.item(&said)
		v.advice.Variant = item.Variants[i].ID
		out.experiment = "variant " + item.ID
		out.variants, out.percents = append(out.variants, v), append(out.percents, item.Variants[i].Percent)
	}
}

func (w *wordsmith) terms(item *ruleset.Item) policy.Terms {
	t := policy.Terms{Sender: item.Sender, OptOutTopic: policy.NoTopic, MinorConsent: item.MinorConsent, ThirdParty: item.PaidBy == "third_party", Kind: kindOf(item)}
	for _, word := range item.Sensitive {
		if at, ok := w.rev.Set.Catalogue().Value(fact.SensitiveTopicsShareable, word); ok {
			t.Sensitive |= 1 << at
		}
	}
	if item.Reward != nil {
		t.Reward, t.RewardRule = true, item.Reward.Rule != ""
	}
	return t
}

// kindOf is what an item wants of the member. Where content does not say, what the
// plan says asks, and what the care team says helps.
func kindOf(item *ruleset.Item) policy.Kind {
	switch {
	case item.Kind == policy.Appreciation.String():
		return policy.Appreciation
	case item.Kind == policy.Help.String(), item.Kind == "" && item.Sender == decision.Provider:
		return policy.Help
	}
	return policy.Ask
}

// terms are those of an item by its id; the zero Terms, which ask, if it is not
// here.
func (s *Snapshot) terms(id string) policy.Terms {
	if s == nil {
		return policy.Terms{}
	}
	i, ok := s.items[id]
	if !ok {
		return policy.Terms{}
	}
	return s.words.sheets[0].items[i].terms
}

// languageHelp offers help in the member's language, in it where there are
// words and in English where there are none.
func (w *wordsmith) languageHelp() (text, language string) {
	text, language = w.rev.Policy.LanguageHelp.In(w.tag)
	return w.fill(text), language
}

// pick is the text for the reader, in English where there is none.
func (w *wordsmith) pick(words ruleset.Words) string {
	text, _ := words.In(w.tag)
	return text
}

// fill puts the policy's contacts into a text.
func (w *wordsmith) fill(text string) string {
	return replace(text, func(name string) (string, bool) {
		words, ok := w.rev.Policy.Contacts[name]
		return w.pick(words), ok
	})
}

// notices are the emergency notices. The safety package has their words.
func (w *wordsmith) notices() (out [4]*Advice) {
	for n := decision.Emergency911; n <= decision.PoisonHelp; n++ {
		title, text, language := safety.Text(n, w.tag)
		out[n] = &Advice{ID: n.String(), Title: title, Text: text, Language: language}
	}
	return out
}

// handoffs are, by topic, asker (Insurer or Provider, from 0) and owner, what
// the asking side may say. A reader of a language without words is offered help
// with the language instead.
func (w *wordsmith) handoffs() [][2][4]string {
	out := make([][2][4]string, len(w.rev.Set.Topics()))
	sides := [2]decision.Sender{decision.Insurer, decision.Provider}
	for topic := range out {
		for i, asker := range sides {
			for _, owner := range [...]decision.Sender{decision.Nobody, decision.Provider, decision.Insurer} {
				words := w.rev.Set.Handoff(uint16(topic), asker, owner)
				if _, ok := words[w.tag]; words != nil && (w.help || !ok) {
					out[topic][i][owner], _ = w.languageHelp()
					continue
				}
				out[topic][i][owner] = w.fill(words[w.tag])
			}
		}
	}
	return out
}
