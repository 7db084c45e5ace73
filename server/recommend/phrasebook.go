package recommend

import (
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
)

// phrasebook holds every word of a revision, rendered when it is compiled, so
// that a request only chooses.
type phrasebook struct {
	languages *languages // those with words, in order of sheets
	sheets    []*sheet
	help      *languages // those in which only help with the language is offered
	helpers   []*sheet
	lost      *sheet // for every other language
}

// sheet is all words for the readers of one language.
type sheet struct {
	help       bool        // the words of advice are replaced by help with the language
	items      []itemWords // by item
	notices    [4]*Advice  // by decision.Notice
	rows       [2][]Reason // by table and row
	handoffs   [][2][4]string
	safety     Reason
	choice     Reason
	noBenefit  Reason
	noRules    Reason
	private    Reason
	exempt     Reason
	ended      Reason
	general    [4]Reason // by sender
	smsOptOut  string
	nowhere    string // where to look while no revision is in force
	vocabulary *sentence.Printer
}

// newPhrasebook renders a revision.
func newPhrasebook(rev *content.Revision) (*phrasebook, error) {
	b := &phrasebook{}
	var err error
	if b.languages, err = newLanguages(wordLanguages(rev.Set)); err != nil {
		return nil, err
	}
	if b.help, err = newLanguages(slices.Sorted(maps.Keys(rev.Policy.LanguageHelp))); err != nil {
		return nil, err
	}
	for _, tag := range b.languages.names {
		b.sheets = append(b.sheets, newSheet(rev, tag, false))
	}
	for _, tag := range b.help.names {
		b.helpers = append(b.helpers, newSheet(rev, tag, true))
	}
	b.lost = newSheet(rev, "und", true)
	return b, nil
}

// sheet picks the words for a reader of a language. A language without words of
// its own gets help in that language, never English silently (45 CFR 92.201).
func (b *phrasebook) sheet(tag string) *sheet {
	if i := b.languages.find(tag); i != noWords {
		return b.sheets[i]
	}
	if i := b.help.find(tag); i != noWords {
		return b.helpers[i]
	}
	return b.lost
}

// wordLanguages lists the languages in which advice is written.
func wordLanguages(set *ruleset.Set) []string {
	all := map[string]bool{english: true}
	for _, item := range set.Items() {
		for tag := range item.Text {
			all[tag] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func newSheet(rev *content.Revision, tag string, help bool) *sheet {
	p := sentence.New(rev.Set, tag)
	w := &wordsmith{rev: rev, tag: tag, help: help}
	s := &sheet{
		help: help, items: w.items(), notices: w.notices(), handoffs: w.handoffs(), smsOptOut: w.pick(rev.Policy.SMS.OptOut), vocabulary: p,
		safety:    Reason{Code: decision.SafetyOverride, Text: p.Reason(decision.SafetyOverride)},
		choice:    Reason{Code: decision.MemberChoice, Text: p.Reason(decision.MemberChoice)},
		noBenefit: Reason{Code: decision.NoBenefit, Text: p.Reason(decision.NoBenefit)},
		private:   Reason{Code: decision.ConsentMissing, Text: p.Reason(decision.ConsentMissing)},
		noRules:   Reason{Code: decision.Guardrail, Text: p.NoRules()},
		general:   general(tag),
		nowhere:   p.SeePlan(),
	}
	s.exempt, s.ended = policyWords(tag)
	for t := range s.rows {
		for _, row := range rev.Set.Rows(ruleset.Table(t)) {
			because, _ := row.Because.In(tag)
			title, _ := row.Title.In(tag)
			code := decision.RuleMatch
			if row.Default {
				code = decision.Default
			}
			s.rows[t] = append(s.rows[t], Reason{Code: code, Table: ruleset.Table(t).String(), RuleID: row.ID, Text: because, Title: title})
		}
	}
	return s
}
