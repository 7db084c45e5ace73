package lint

import (
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// contactKind holds what is said of an item's kind: an item that asks says so, and
// one that thanks leads nowhere. What a sender may ask for is weighed by it.
func (p *pass) contactKind(i *ruleset.Item) {
	if i.Kind != "help" && i.Kind != "appreciation" {
		return
	}
	for _, language := range sortedLanguages(i.Text) {
		if said := askingWords.in(i.Title[language]+". "+i.Text[language], language); said != "" {
			p.errorf(i.Pos, "contact-kind", "item %s says %q in %q, which asks for something; its kind is %s", i.ID, said, language, i.Kind)
		}
	}
	if i.Kind == "appreciation" && (len(i.Links) > 0 || i.Benefit != "" || i.Reward != nil || i.PaidBy == "third_party") {
		p.errorf(i.Pos, "contact-kind", "item %s is appreciation and must ask for nothing: no link, benefit, reward or other payer", i.ID)
	}
}

// askingWords ask a member to enrol, buy, switch or begin.
var askingWords = phrases{
	"en": {"enroll", "enrol", "sign up", "join", "buy", "order now", "switch", "upgrade", "subscribe", "register", "start any day", "start today", "start now", "act now", "apply now", "costs less"},
	"es": {"inscríbase", "apúntese", "únase", "compre", "pida ya", "cambie de", "cámbiese", "suscríbase", "regístrese", "empiece cuando", "empiece hoy", "empiece ahora", "actúe ya", "solicite ya", "cuesta menos"},
}
