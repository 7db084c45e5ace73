package sentence

import (
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Printer prints in one language with the words of one revision. It is
// immutable and safe for concurrent use.
type Printer struct {
	set     *ruleset.Set
	grammar *grammar
	tag     string
}

// New makes a printer for a BCP-47 tag.
func New(set *ruleset.Set, tag string) *Printer {
	return &Printer{set: set, grammar: grammarFor(tag), tag: tag}
}

func (p *Printer) def(id fact.ID) *fact.Def { return p.set.Catalogue().Def(id) }

// words picks the language, and falls back to an id where content has none.
func (p *Printer) words(w ruleset.Words, id string) string {
	if text, _ := w.In(p.tag); text != "" {
		return text
	}
	return spaced(id)
}

// Label is the name of a fact or derived column in words.
func (p *Printer) Label(id fact.ID) string {
	return p.words(p.set.FactWords(id).Label, p.def(id).Name)
}

// Condition prints a condition; nil is one that always holds.
func (p *Printer) Condition(c *ruleset.Condition) Sentence {
	if c == nil {
		return nil
	}
	return p.condition(c, "", c.Op)
}

// condition prints the condition at path. A group inside a group of the other
// kind gets brackets.
func (p *Printer) condition(c *ruleset.Condition, path string, inside ruleset.Op) Sentence {
	switch c.Op {
	case ruleset.AllOf:
		return p.group(c, path, p.grammar.and, "", inside)
	case ruleset.AnyOf:
		return p.group(c, path, p.grammar.or, p.grammar.either, inside)
	}
	s := p.comparison(c)
	for i := range s {
		s[i].Path = path
	}
	return s
}

func (p *Printer) group(c *ruleset.Condition, path, between, before string, inside ruleset.Op) Sentence {
	if len(c.Of) == 1 {
		if path == "" {
			inside = c.Of[0].Op // the only condition of a rule needs no brackets
		}
		return p.condition(c.Of[0], join(path, 0), inside)
	}
	var s Sentence
	brackets := c.Op != inside
	if brackets {
		s = append(s, plain("("))
	}
	if before != "" && (brackets || c.Op == ruleset.AnyOf && (path == "" || path == "0")) {
		s = append(s, plain(before))
	}
	for i, x := range c.Of {
		if i > 0 {
			s = append(s, plain(between))
		}
		s = append(s, p.condition(x, join(path, i), c.Op)...)
	}
	if brackets {
		s = append(s, plain(")"))
	}
	return s
}

func join(path string, i int) string {
	if path == "" {
		return strconv.Itoa(i)
	}
	return path + "." + strconv.Itoa(i)
}

// comparison prints one fact compared with constants.
func (p *Printer) comparison(c *ruleset.Condition) Sentence {
	d := p.def(c.Column)
	ref := d.Name
	if c.Op == ruleset.Known {
		return p.knowing(c, ref)
	}
	phrase := p.phrase(c.Column)
	if d.Kind == fact.Bool && !strings.Contains(phrase, "{op}") {
		return p.yesOrNo(c, ref, phrase)
	}
	before, after, _ := strings.Cut(phrase, "{op}")
	middle, after, _ := strings.Cut(after, "{value}")
	operator, constants := p.operator(c, d, before), p.constants(c)
	if past, ok := wholeDays(c, d); ok {
		operator = p.grammar.beyond[c.Op]
		constants[0].Text = p.amount(d, past, "days")
	}
	s := Sentence{{Text: before, Kind: Fact, Ref: ref}, {Text: operator, Kind: Operator, Ref: c.Op.String()}, plain(middle)}
	s = append(s, constants...)
	if after != "" {
		s = append(s, plain(after))
	}
	return s
}

// wholeDays tells whether an amount of hours is the first past a number of days,
// and past how many hours: at least 721 hours are more than 30 days.
func wholeDays(c *ruleset.Condition, d *fact.Def) (past int64, ok bool) {
	if d.Unit != "hours" || len(c.Values) != 1 {
		return 0, false
	}
	switch c.Op {
	case ruleset.AtLeast:
		past = c.Values[0] - 1
	case ruleset.AtMost:
		past = c.Values[0] + 1
	default:
		return 0, false
	}
	return past, past > 24 && past%24 == 0
}

// phrase is the part of a sentence that names the fact.
func (p *Printer) phrase(id fact.ID) string {
	d := p.def(id)
	if text, _ := p.set.FactWords(id).Phrase.In(p.tag); text != "" {
		return text
	}
	if d.Kind == fact.Bool {
		return p.Label(id)
	}
	return p.Label(id) + " {op} {value}"
}

// operator is the comparison in words. A time that has passed is compared
// inside a phrase that has its verb already: "left the ER at most 30 days ago".
func (p *Printer) operator(c *ruleset.Condition, d *fact.Def, subject string) string {
	if text, ok := p.grammar.bare[c.Op]; ok && (d.Unit == "hours" || d.Unit == "days") {
		return text
	}
	i := 0
	if p.grammar.plural(subject) {
		i = 1
	}
	return p.grammar.verbs[c.Op][i]
}

func (p *Printer) constants(c *ruleset.Condition) Sentence {
	if all := len(p.def(c.Column).Values); c.Op == ruleset.IncludesAny && all > 2 && len(c.Values) == all {
		return Sentence{{Text: p.grammar.anything, Kind: Value, Ref: anything}}
	}
	last := p.grammar.orValue
	if c.Op == ruleset.IncludesAll || c.Op == ruleset.Between {
		last = p.grammar.andValue
	}
	return p.list(c.Column, c.Values, c.Unit, last)
}

// anything is the Ref of a list that names every value there is.
const anything = "*"

// yesOrNo prints a fact that is true or false: the phrase itself, or its denial.
func (p *Printer) yesOrNo(c *ruleset.Condition, ref, phrase string) Sentence {
	if (c.Values[0] == 1) == (c.Op == ruleset.Is) {
		return Sentence{{Text: phrase, Kind: Fact, Ref: ref}}
	}
	for i := 0; i < len(p.grammar.denials); i += 2 {
		if rest, ok := strings.CutPrefix(phrase, p.grammar.denials[i]); ok {
			return Sentence{{Text: p.grammar.denials[i+1], Kind: Operator, Ref: c.Op.String()}, {Text: rest, Kind: Fact, Ref: ref}}
		}
	}
	return Sentence{{Text: p.grammar.notSo, Kind: Operator, Ref: c.Op.String()}, {Text: phrase, Kind: Fact, Ref: ref}}
}

func (p *Printer) knowing(c *ruleset.Condition, ref string) Sentence {
	pattern := p.grammar.known
	if c.Values[0] == 0 {
		pattern = p.grammar.unknown
	}
	before, after, _ := strings.Cut(pattern, "{label}")
	return Sentence{{Text: before, Kind: Operator, Ref: "known"}, {Text: p.Label(c.Column), Kind: Fact, Ref: ref}, {Text: after, Kind: Operator, Ref: "known"}}
}

// Language is the tag the printer was made for.
func (p *Printer) Language() string { return p.tag }

// Base is the language of the words between those of content: "en" or "es".
func (p *Printer) Base() string { return p.grammar.language }

// Fill puts sentences into a frame, which names them in braces.
func Fill(frame string, with map[string]Sentence) Sentence { return fill(frame, with).capital() }
