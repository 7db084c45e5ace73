package sentence

import (
	"math/bits"
	"regexp"
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// telling is what a story needs of one language, around the phrases of facts.
// In braces: {who} what is known of the member, {what} the topic, {said} what
// the member is told, {rule} the name of a rule, {outcome} what follows from it.
type telling struct {
	subject   string            // how phrases begin that are about the member
	who       string            // what takes its place
	owned     *regexp.Regexp    // how phrases begin that are about something of the member, $1 and $2 in Spanish its article and name
	whose     map[string]string // what takes their place, by article
	forWhom   string            // before phrases that begin otherwise
	nothing   string            // what an empty set does not include
	and       string            // before the last of several clauses
	two       string            // between two
	frame     string
	nobody    string // {who} for a member of whom nothing is known
	asks      string
	hears     string // of a contact that we begin
	asksNone  string
	hearsNone string
	said      [4]string // by decision.Sender
	silent    [4]string // where there is no advice
	items     string
	by        [2]string // why the mindset and why the sender is so: of a rule
	noRule    string    // the same, where no rule fits
	neither   string    // where no rule of both tables fits
	byChoice  string
}

var tellings = map[string]*telling{"en": {
	subject: "the member ", who: "who ", forWhom: "for whom ", nothing: "anything",
	owned: regexp.MustCompile(`^(the) member's (.*)`), whose: map[string]string{"the": "whose "},
	and: ", and ", two: " and ",
	frame:  "a member {who} {said}.",
	nobody: "of whom nothing is known",
	asks:   "who asks about {what}", hears: "whom we would write to about {what}", asksNone: "who asks nothing", hearsNone: "whom we would write to without a topic",
	said:    [4]string{"would hear from nobody", "would be told by the provider", "would be told by the insurer", "would get the emergency notice"},
	silent:  [4]string{"would hear from nobody", "would be answered by the provider", "would be answered by the insurer", "would get the emergency notice"},
	items:   ": {items}",
	by:      [2]string{"{outcome} by the rule {rule}", "the sender by the rule {rule}"},
	noRule:  "no rule fits, so {outcome}",
	neither: "no rule fits, so {mindset} and {sender}", byChoice: "{outcome} by their own choice",
}, "es": {
	subject: "el miembro ", who: "que ", forWhom: "de quien se sabe que ", nothing: "nada",
	owned: regexp.MustCompile(`^(el|la|los|las) (.*?) del miembro( .*)`), whose: map[string]string{"el": "cuyo ", "la": "cuya ", "los": "cuyos ", "las": "cuyas "},
	and: ", y ", two: " y ",
	frame:  "un miembro {who} {said}.",
	nobody: "de quien no se sabe nada",
	asks:   "que pregunta por {what}", hears: "a quien escribiríamos sobre {what}", asksNone: "que no pregunta nada", hearsNone: "a quien escribiríamos sin tema",
	said:    [4]string{"no oiría a nadie", "oiría al proveedor", "oiría a la aseguradora", "recibiría el aviso de emergencia"},
	silent:  [4]string{"no oiría a nadie", "tendría respuesta del proveedor", "tendría respuesta de la aseguradora", "recibiría el aviso de emergencia"},
	items:   ": {items}",
	by:      [2]string{"{outcome} por la regla {rule}", "el remitente por la regla {rule}"},
	noRule:  "ninguna regla se ajusta, así que {outcome}",
	neither: "ninguna regla se ajusta, así que {mindset} y {sender}", byChoice: "{outcome} por elección propia",
}}

func (p *Printer) telling() *telling { return tellings[p.grammar.language] }

// Story tells of a member what is known, what they ask about, and how they are
// answered: "A member who left the ER 10 days ago, and who asks about sleep
// would be told by …".
func (p *Printer) Story(f *fact.Facts, topic uint16, d *decision.Decision) Sentence {
	t := p.telling()
	s := fill(t.frame, map[string]Sentence{"who": p.who(f, topic), "said": p.said(d)})
	return s.capital()
}

// who is all that is known of a member, and what they ask about.
func (p *Printer) who(f *fact.Facts, topic uint16) Sentence {
	t := p.telling()
	var clauses []Sentence
	for _, id := range p.set.Catalogue().All() {
		if id >= fact.MaxFacts || !f.Known(id) || p.def(id).Kind == fact.Opaque || id == fact.Direction {
			continue
		}
		clauses = append(clauses, p.clause(id, f.Raw(id)))
	}
	if clauses == nil {
		clauses = []Sentence{{plain(t.nobody)}}
	}
	clauses = append(clauses, p.asking(f, topic))
	var s Sentence
	for i, c := range clauses {
		switch {
		case i == 1 && len(clauses) == 2:
			s = append(s, plain(t.two))
		case i > 0 && i == len(clauses)-1:
			s = append(s, plain(t.and))
		case i > 0:
			s = append(s, plain(", "))
		}
		s = append(s, c...)
	}
	return s
}

func (p *Printer) asking(f *fact.Facts, topic uint16) Sentence {
	t, topics := p.telling(), p.set.Topics()
	outbound := f.Known(fact.Direction) && f.Raw(fact.Direction) == outbound
	if int(topic) >= len(topics) || topics[topic].Kind == "none" {
		if outbound {
			return Sentence{plain(t.hearsNone)}
		}
		return Sentence{plain(t.asksNone)}
	}
	frame := t.asks
	if outbound {
		frame = t.hears
	}
	return fill(frame, map[string]Sentence{"what": {p.named(fact.Topic, int64(topic))}})
}

// outbound is the position of that value of direction.
const outbound = 1

// clause says one fact as part of a sentence about the member.
func (p *Printer) clause(id fact.ID, raw int64) Sentence {
	t, d := p.telling(), p.def(id)
	c := &ruleset.Condition{Op: ruleset.Is, Column: id, Values: []int64{raw}}
	if d.Kind == fact.Set {
		c.Op, c.Values = ruleset.IncludesAll, nil
		for rest := uint64(raw); rest != 0; rest &= rest - 1 {
			c.Values = append(c.Values, int64(bits.TrailingZeros64(rest)))
		}
	}
	if d.Kind == fact.Set && c.Values == nil {
		c.Op = ruleset.IncludesNone
	}
	s := p.comparison(c)
	if len(c.Values) == 0 {
		s = append(s, Token{Text: t.nothing, Kind: Value})
	}
	if len(s) > 2 && s[1].Text == p.grammar.bare[ruleset.Is] {
		s = append(s[:1:1], s[2:]...) // "exactly 9 days ago" is 9 days ago
		s[0].Text = strings.TrimRight(s[0].Text, " ")
		if words := p.grammar.now[d.Unit]; raw == 0 && words != "" {
			s = p.justNow(s, words)
		}
	}
	return t.relative(s)
}

// justNow says of something that it was 0 hours or days ago.
func (p *Printer) justNow(s Sentence, words string) Sentence {
	for i := range s {
		switch {
		case s[i].Kind == Value:
			s[i].Text = words
		case i == 0:
			s[i].Text = strings.TrimSuffix(s[i].Text, p.grammar.ago)
		default:
			s[i].Text = strings.TrimPrefix(s[i].Text, p.grammar.ago)
		}
	}
	return s
}

// relative makes a clause about the member of a sentence.
func (t *telling) relative(s Sentence) Sentence {
	if m := t.owned.FindStringSubmatch(s[0].Text); m != nil {
		s[0].Text = t.whose[m[1]] + strings.Join(m[2:], "")
		return s
	}
	if rest, ok := strings.CutPrefix(s[0].Text, t.subject); ok {
		s[0].Text = t.who + rest
		return s
	}
	return append(Sentence{plain(t.forWhom)}, s...)
}

// said is how a member is answered, and by which rules.
func (p *Printer) said(d *decision.Decision) Sentence {
	t := p.telling()
	items := d.Advice()
	said := t.said[d.Sender]
	if len(items) == 0 {
		said = t.silent[d.Sender]
	}
	s := Sentence{{Text: said, Kind: Outcome, Ref: d.Sender.String()}}
	if len(items) > 0 {
		var titles Sentence
		for i, x := range items {
			if i > 0 {
				titles = append(titles, plain(", "))
			}
			item := p.set.Item(x)
			titles = append(titles, p.ItemName(item))
		}
		s = append(s, fill(t.items, map[string]Sentence{"items": titles})...)
	}
	return append(s, p.because(d)...)
}

// because names the rules by which a member is answered; nothing where none was
// asked.
func (p *Printer) because(d *decision.Decision) Sentence {
	sender, mindset := p.set.Row(ruleset.SenderTable, d.SenderRow), p.set.Row(ruleset.MindsetTable, d.MindsetRow)
	if sender == nil {
		return nil
	}
	t := p.telling()
	outcome := Token{Text: p.frames().mindset[d.Mindset], Kind: Outcome, Ref: d.Mindset.String()}
	if mindset != nil && mindset.Default && sender.Default {
		return bracketed(fill(t.neither, map[string]Sentence{"mindset": {outcome}, "sender": {p.Outcome(sender)}}))
	}
	var s Sentence
	switch {
	case mindset == nil:
		s = fill(t.byChoice, map[string]Sentence{"outcome": {outcome}})
	default:
		s = p.ruled(mindset, outcome)
	}
	return bracketed(append(append(s, plain("; ")), p.ruled(sender, p.Outcome(sender))...))
}

func bracketed(s Sentence) Sentence {
	return append(append(Sentence{plain(" (")}, s...), plain(")"))
}

// ruled says which row of a table decided.
func (p *Printer) ruled(r *ruleset.Row, outcome Token) Sentence {
	t := p.telling()
	frame := t.by[r.Table]
	if r.Default {
		frame = t.noRule
	}
	return fill(frame, map[string]Sentence{"outcome": {outcome}, "rule": {p.RuleName(r)}})
}
