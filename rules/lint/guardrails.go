package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// listen reports the first forbidden phrase of each language of an item.
func (p *pass) listen(i *ruleset.Item, code string, forbidden phrases, why string) {
	for _, language := range sortedLanguages(i.Text) {
		if said := forbidden.in(i.Title[language]+". "+i.Text[language], language); said != "" {
			p.errorf(i.Pos, code, "item %s says %q in %q: %s", i.ID, said, language, why)
		}
	}
}

// delaysTheER is G03: nothing keeps a member from the ER, and no other kind of
// visit is offered to one who is there.
func (p *pass) delaysTheER(i *ruleset.Item) {
	for _, language := range sortedLanguages(i.Text) {
		if said := delaying.in(noNeed.without(i.Title[language]+". "+i.Text[language], language), language); said != "" {
			p.errorf(i.Pos, "G03", "item %s says %q in %q: no words may delay the ER or put the plan before it", i.ID, said, language)
		}
	}
	aboutVisits := strings.Contains(i.Benefit, "telehealth") || strings.Contains(i.Benefit, "urgent") || strings.Contains(i.Benefit, "nurse_line") ||
		elsewhere.anyLanguage(i.Title) || elsewhere.anyLanguage(i.Text)
	if aboutVisits && p.when(fact.EncounterClassNow, "EMER").possible(i.Eligible()) {
		p.errorf(i.Pos, "G03", "item %s can be given to a member who is in the ER; require another encounter_class_now", i.ID)
	}
}

// verdicts is G04.
func (p *pass) verdicts(i *ruleset.Item) {
	p.listen(i, "G04", verdictWords, "only a clinician may say that a symptom is harmless")
}

// drugChoice is G08.
func (p *pass) drugChoice(i *ruleset.Item) {
	if i.Sender != decision.Insurer {
		return
	}
	for _, language := range sortedLanguages(i.Text) {
		said := drugWords.in(i.Title[language]+". "+i.Text[language], language)
		if said != "" && askDoctor.in(i.Text[language], language) == "" {
			p.errorf(i.Pos, "G08", "item %s speaks of %q in %q and does not say: ask your doctor", i.ID, said, language)
		}
	}
}

// fillChars is how long what fills a placeholder is taken to be.
const fillChars = 20

// smsLength is the part of G18 that words can hold: items of the care team may
// go out as a text message together with the way to end them.
func (p *pass) smsLength(i *ruleset.Item) {
	if p.SMSChars == 0 || i.Sender != decision.Provider {
		return
	}
	for _, language := range sortedLanguages(i.Text) {
		filled := placeholder.ReplaceAllString(i.Text[language], strings.Repeat("x", fillChars))
		if n := utf8.RuneCountInString(filled + " " + p.SMSOptOut[language]); n > p.SMSChars {
			p.errorf(i.Pos, "G18", "item %s makes a text message of %d letters in %q; %d is the most", i.ID, n, language, p.SMSChars)
		}
	}
}

// steering is G21: words that would make an item marketing of a plan.
func (p *pass) steering(i *ruleset.Item) {
	if !p.when(fact.LineOfBusiness, "medicare_advantage").possible(i.Eligible()) {
		return
	}
	p.listen(i, "G21", steeringWords, "for members of Medicare Advantage this would be marketing of a plan")
	for _, language := range sortedLanguages(i.Text) {
		if strings.Contains(i.Title[language]+i.Text[language], "#1") {
			p.errorf(i.Pos, "G21", "item %s says \"#1\" in %q: for members of Medicare Advantage this would be marketing of a plan", i.ID, language)
		}
	}
}

// rewardRule is G22: a reward in a public plan names its rule and is no cash.
func (p *pass) rewardRule(i *ruleset.Item) {
	if i.Reward == nil || !p.inPublicPlan(i) {
		return
	}
	if strings.TrimSpace(i.Reward.Rule) == "" {
		p.errorf(i.Pos, "G22", "item %s gives a reward to members of Medicare or Medicaid and names no rule that permits it", i.ID)
	}
	p.listen(i, "G22", cashWords, "members of Medicare and Medicaid may get no cash")
}

// zeroCost is G24: $0 is promised only for preventive care in the network, and
// the words say so.
func (p *pass) zeroCost(i *ruleset.Item) {
	for _, language := range sortedLanguages(i.Text) {
		text := i.Title[language] + ". " + i.Text[language]
		promised := zeroWords.in(text, language)
		if zeroDollars.MatchString(text) {
			promised = "$0"
		}
		switch {
		case promised == "":
		case !i.ZeroCost:
			p.errorf(i.Pos, "G24", "item %s promises %q in %q and is not marked zero_cost", i.ID, promised, language)
		case insideNetwork.in(text, language) == "":
			p.errorf(i.Pos, "G24", "item %s promises %q in %q and does not say: in the plan", i.ID, promised, language)
		}
	}
	if i.ZeroCost && !(i.InNetwork && i.Preventive) {
		p.errorf(i.Pos, "G24", "item %s is marked zero_cost but not in_network and preventive", i.ID)
	}
}

var zeroDollars = regexp.MustCompile(`\$0([^0-9.,]|[.,]?$|[.,]\s|[.,]00)`)

// deniedClaim is G25.
func (p *pass) deniedClaim(i *ruleset.Item) {
	if i.Sender != decision.Insurer || !p.onlyAfterDenial(i) && !deniedWords.anyLanguage(i.Text) {
		return
	}
	for _, language := range sortedLanguages(i.Text) {
		if !strings.Contains(i.Text[language], "{appeal_by}") {
			p.errorf(i.Pos, "G25", "item %s is about a denied claim and does not say {appeal_by} in %q", i.ID, language)
		}
	}
	p.listen(i, "G25", arguing, "words about a denied claim argue about no care")
}

// otherWay is G29.
func (p *pass) otherWay(i *ruleset.Item) {
	if i.Reward == nil {
		return
	}
	if i.Reward.HealthContingent && len(i.Reward.Alternative) == 0 {
		p.errorf(i.Pos, "G29", "item %s gives a reward that hangs on a health factor and offers no other way", i.ID)
	}
	if i.Reward.Alternative != nil {
		p.languages(i.Pos, "item "+i.ID+" (other way)", i.Reward.Alternative)
		p.reading(i.Pos, "item "+i.ID+" (other way)", i.Reward.Alternative)
	}
}

var (
	amount   = regexp.MustCompile(`(?i)\b\d+([.,]\d+)?\s?(mg|mcg|µg|g|ml|cc|iu|units?|tablets?|pills?|capsules?|drops?|puffs?|doses?|unidades|tabletas?|pastillas?|cápsulas?|gotas?|dosis)\b`)
	takeThat = regexp.MustCompile(`(?i)\b(take|tome)\s+(\d|one|two|half|una?|dos|media)\b`)
)

// doses is the first half of G31.
func (p *pass) doses(i *ruleset.Item) {
	for _, language := range sortedLanguages(i.Text) {
		text := i.Title[language] + ". " + i.Text[language]
		if amount.MatchString(text) || takeThat.MatchString(text) {
			p.errorf(i.Pos, "G31", "item %s names a dose in %q", i.ID, language)
		}
	}
}

// diagnoses is the second half of G31: "you have" followed by an illness.
func (p *pass) diagnoses(i *ruleset.Item) {
	for _, language := range sortedLanguages(i.Text) {
		plain := plainWords(i.Title[language] + ". " + i.Text[language])
		for _, begin := range diagnosing[language] {
			if !holds(plain, begin) {
				continue
			}
			for _, illness := range p.illnesses(language) {
				if holds(plain, begin+" "+illness) {
					p.errorf(i.Pos, "G31", "item %s says \"%s %s\" in %q, which is a diagnosis", i.ID, begin, illness, language)
				}
			}
		}
	}
}

func (p *pass) illnesses(language string) []string {
	names := slices.Clone(illnesses[language])
	for _, w := range p.Set.FactWords(fact.ChronicDx).Values {
		if label := strings.TrimSpace(plainWords(w[language])); label != "" {
			names = append(names, label)
		}
	}
	return names
}
