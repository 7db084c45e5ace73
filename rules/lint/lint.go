package lint

import (
	"fmt"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Languages are those that every text of the catalogue must have.
var Languages = []string{"en", "es"}

// Input is what there is to check.
type Input struct {
	Set          *ruleset.Set
	Placeholders []string      // names that may stand in braces in a text
	SMSChars     int           // length of a text message; 0 means that none is sent
	SMSOptOut    ruleset.Words // what is added to a text message
	Texts        []Text        // other words that members read
}

// Text is a text that members read and that is not in the catalogue.
type Text struct {
	Name  string // for messages: "language help"
	Words ruleset.Words
	strictyaml.Pos
}

// Check returns what is wrong with the words and promises of a catalogue.
// Errors bear the id of a guardrail; warnings point at what is never used.
func Check(in Input) []strictyaml.Problem {
	p := &pass{Input: in}
	items := in.Set.Items()
	for i := range items {
		p.item(&items[i])
	}
	p.tables()
	p.handoffs()
	for _, t := range in.Texts {
		p.reading(t.Pos, "the "+t.Name, t.Words)
	}
	p.unused()
	return p.found.List()
}

// pass gathers what one check of a catalogue finds.
type pass struct {
	Input
	found strictyaml.Problems
}

func (p *pass) errorf(at strictyaml.Pos, code, format string, args ...any) {
	p.found.Errorf(at, code, format, args...)
}

// itemChecks are the guardrails over one item, in the order of their ids.
var itemChecks = []func(*pass, *ruleset.Item){
	(*pass).delaysTheER, (*pass).verdicts, (*pass).drugChoice, (*pass).smsLength, (*pass).steering, (*pass).rewardRule,
	(*pass).zeroCost, (*pass).deniedClaim, (*pass).otherWay, (*pass).doses, (*pass).diagnoses, (*pass).itemWords, (*pass).contactKind,
}

func (p *pass) item(i *ruleset.Item) {
	if silent(i) {
		return
	}
	for _, check := range itemChecks {
		check(p, i)
	}
	for n := range i.Variants {
		v := &i.Variants[n]
		said := i.With(v)
		said.ID, said.Pos, said.Links, said.Because = i.ID+" (variant "+v.ID+")", v.Pos, nil, nil
		for _, check := range itemChecks {
			check(p, &said)
		}
	}
}

// silent items say nothing of their own: nobody speaks, or rules/safety does.
func silent(i *ruleset.Item) bool {
	return i.Sender == decision.Nobody || i.Sender == decision.Safety
}

// itemWords checks what every item must have, whatever it is about.
func (p *pass) itemWords(i *ruleset.Item) {
	name := "item " + i.ID
	p.languages(i.Pos, name+" (title)", i.Title)
	p.languages(i.Pos, name+" (text)", i.Text)
	p.reading(i.Pos, name, joined(i.Title, i.Text))
	p.placeholders(i)
	for _, l := range i.Links {
		p.languages(i.Pos, name+" (link)", l.Label)
		if !safeLink(l.URL) {
			p.errorf(i.Pos, "link", "%s has a link that is neither a path of this site (/…) nor https", name)
		}
	}
	if i.Because != nil {
		p.languages(i.Pos, name+" (because)", i.Because)
		p.reading(i.Pos, name+" (because)", i.Because)
	}
}

// joined is title and text as a member reads them, one after the other.
func joined(title, text ruleset.Words) ruleset.Words {
	both := make(ruleset.Words, len(text))
	for language, t := range text {
		both[language] = title[language] + ". " + t
	}
	return both
}

// languages reports the languages that words lack.
func (p *pass) languages(at strictyaml.Pos, what string, w ruleset.Words) {
	for _, l := range Languages {
		if w[l] == "" {
			p.errorf(at, "language-missing", "%s has no words in %q", what, l)
		}
	}
}

// reading holds G26 over every language that has a formula.
func (p *pass) reading(at strictyaml.Pos, what string, w ruleset.Words) {
	for _, language := range sortedLanguages(w) {
		if grade, ok := Grade(w[language], language); ok && grade > MaxGrade {
			p.errorf(at, "G26", "%s reads at grade %.1f in %q; %g is the most: use shorter words and sentences", what, grade, language, MaxGrade)
		}
	}
}

func sortedLanguages(w ruleset.Words) []string {
	languages := make([]string, 0, len(w))
	for l := range w {
		languages = append(languages, l)
	}
	slices.Sort(languages)
	return languages
}

// tables checks the words of rules: they are shown with every answer.
func (p *pass) tables() {
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i, rows := 0, p.Set.Rows(t); i < len(rows); i++ {
			r := &rows[i]
			name := fmt.Sprintf("%s rule %s", t, r.ID)
			if !r.Default {
				p.languages(r.Pos, name+" (title)", r.Title)
			}
			p.languages(r.Pos, name+" (because)", r.Because)
			p.reading(r.Pos, name+" (because)", r.Because)
		}
	}
}

// handoffs checks what a side says when the other side owns the topic.
func (p *pass) handoffs() {
	at := strictyaml.Pos{File: "topics.yaml", Line: 1, Col: 1}
	seen := map[string]bool{}
	for t, topic := range p.Set.Topics() {
		for _, asker := range []decision.Sender{decision.Insurer, decision.Provider} {
			owner := decision.Insurer + decision.Provider - asker
			said := ruleset.Item{ID: fmt.Sprintf("(handoff from %s to %s about %s)", asker, owner, topic.Kind), Sender: asker, Text: p.Set.Handoff(uint16(t), asker, owner), Pos: at}
			if said.Text == nil || seen[said.ID] {
				continue
			}
			seen[said.ID] = true
			p.languages(at, said.ID, said.Text)
			p.reading(at, said.ID, said.Text)
			for _, check := range spokenChecks {
				check(p, &said)
			}
		}
	}
}

// spokenChecks are the guardrails over words that are no items.
var spokenChecks = []func(*pass, *ruleset.Item){(*pass).delaysTheER, (*pass).verdicts, (*pass).drugChoice, (*pass).steering, (*pass).doses, (*pass).diagnoses}
