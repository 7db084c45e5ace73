package sentence

import (
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// mending is what people are told to do about rules, by language. In braces:
// {rule}, {other} and {item} names, {when} a condition, {old} and {new} what is
// replaced by what.
type mending struct {
	unneeded   string // {count} of rules
	unneededBy string // by one rule
	unasked    string
	remove     string
	unwanted   string // of advice
	add        string
	amount     [2]string // of one, of several
	condition  string
	speak      string // {new}, {old} of the sender
	silence    string // of the sender
	treat      string // {new} of the mindset
	open       string // leaves the mindset open
	fallback   string // {rule}, of a default row
	inRule     string // {rule}, of any other
	tie        string
	after      string
	before     string
	also       string // between two that go together
	senders    [4]string
	mindsets   [3]string // by decision.Mindset
	tiers      [5]string // by ruleset.Tier
	counts     []string  // two, three …
}

var mendings = map[string]*mending{"en": {
	unneeded:   "delete this rule: {count} rules before it answer everything it would",
	unneededBy: "delete this rule: a rule before it answers everything it would",
	unasked:    "delete this rule: it fits nobody for whom it is asked",
	remove:     "delete the rule {rule}",
	unwanted:   "delete this advice: nobody ever gets it",
	add:        "add \u2018{when}\u2019 to the rule {rule}",
	amount:     [2]string{"make it {new} instead of {old} in the rule {rule}", "make it {new} instead of {old} in the rule {rule}"},
	condition:  "make it \u2018{when}\u2019 in the rule {rule}",
	speak:      "let {new} speak instead of {old} {rule}",
	silence:    "let nobody speak {rule}",
	treat:      "treat the member as {new} {rule}",
	open:       "leave the mindset open {rule}",
	fallback:   "where no rule fits", inRule: "in the rule {rule}",
	tie:   "tie the advice {item} to the benefit {new}",
	after: "move the rule {rule} after {other}, to the tier {new}", before: "move the rule {rule} before {other}, to the tier {new}",
	also:     "; and ",
	senders:  [4]string{"nobody", "the provider", "the insurer", "the emergency notice"},
	mindsets: [3]string{"", "a patient", "a consumer"},
	tiers:    [5]string{"Safety", "Clinical", "Coverage", "Engagement", "When nothing else fits"},
	counts:   []string{"two", "three", "four", "five", "six", "seven", "eight", "nine"},
}, "es": {
	unneeded:   "borre esta regla: {count} reglas antes de ella ya responden a todo lo que ella respondería",
	unneededBy: "borre esta regla: una regla antes de ella ya responde a todo lo que ella respondería",
	unasked:    "borre esta regla: no se ajusta a nadie por quien se pregunta",
	remove:     "borre la regla {rule}",
	unwanted:   "borre este consejo: nadie lo recibe nunca",
	add:        "añada \u2018{when}\u2019 a la regla {rule}",
	amount:     [2]string{"que sea {new} en vez de {old} en la regla {rule}", "que sean {new} en vez de {old} en la regla {rule}"},
	condition:  "que diga \u2018{when}\u2019 en la regla {rule}",
	speak:      "que hable {new} en vez de {old} {rule}",
	silence:    "que no hable nadie {rule}",
	treat:      "trate al miembro como {new} {rule}",
	open:       "deje abierta la actitud {rule}",
	fallback:   "donde ninguna regla se ajusta", inRule: "en la regla {rule}",
	tie:   "ate el consejo {item} al beneficio {new}",
	after: "pase la regla {rule} después de {other}, al nivel {new}", before: "pase la regla {rule} antes de {other}, al nivel {new}",
	also:     "; y ",
	senders:  [4]string{"nadie", "el proveedor", "la aseguradora", "el aviso de emergencia"},
	mindsets: [3]string{"", "paciente", "consumidor"},
	tiers:    [5]string{"Seguridad", "Clínico", "Cobertura", "Participación", "Cuando nada más se ajusta"},
	counts:   []string{"dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"},
}}

func (p *Printer) mending() *mending { return mendings[p.grammar.language] }

// Delete says to delete a rule.
func (p *Printer) Delete(r *ruleset.Row) Sentence {
	return fill(p.mending().remove, map[string]Sentence{"rule": {p.RuleName(r)}})
}

// DeleteUnneeded says to delete the rule that is spoken of, because so many
// rules before it leave nothing to it.
func (p *Printer) DeleteUnneeded(rules int) Sentence {
	m := p.mending()
	switch rules {
	case 0:
		return Sentence{plain(m.unasked)}
	case 1:
		return Sentence{plain(m.unneededBy)}
	}
	return fill(m.unneeded, map[string]Sentence{"count": {plain(p.count(rules))}})
}

// count is a number in words while it is small.
func (p *Printer) count(n int) string {
	if words := p.mending().counts; n >= 2 && n-2 < len(words) {
		return words[n-2]
	}
	return strconv.Itoa(n)
}

// DeleteUnwanted says to delete the advice that is spoken of.
func (p *Printer) DeleteUnwanted() Sentence { return Sentence{plain(p.mending().unwanted)} }

// Add says to add a condition to a rule.
func (p *Printer) Add(r *ruleset.Row, c *ruleset.Condition) Sentence {
	return fill(p.mending().add, map[string]Sentence{"rule": {p.RuleName(r)}, "when": p.Condition(c)})
}

// Replace says to give a comparison of a rule other constants. A number is named
// alone where it is plain which one is meant.
func (p *Printer) Replace(r *ruleset.Row, old, now *ruleset.Condition) Sentence {
	m, d := p.mending(), p.def(now.Column)
	frame := m.condition
	if (d.Kind == fact.Int || d.Kind == fact.Decimal) && len(now.Values) == 1 && amounts(r.When) == 1 {
		frame = m.amount[1]
		if now.Values[0] == 1 {
			frame = m.amount[0]
		}
	}
	return fill(frame, map[string]Sentence{"rule": {p.RuleName(r)}, "when": p.Condition(now), "old": p.constants(old), "new": p.constants(now)})
}

// amounts counts the comparisons with values of a condition.
func amounts(c *ruleset.Condition) int {
	n := 0
	leaves(c, func(c *ruleset.Condition) {
		if c.Op == ruleset.AtMost || c.Op == ruleset.AtLeast || c.Op == ruleset.Between {
			n++
		}
	})
	return n
}

// Answer says to give a row another outcome.
func (p *Printer) Answer(r *ruleset.Row, outcome uint8) Sentence {
	m := p.mending()
	where := fill(m.inRule, map[string]Sentence{"rule": {p.RuleName(r)}})
	if r.Default {
		where = Sentence{plain(m.fallback)}
	}
	if r.Table == ruleset.SenderTable {
		if decision.Sender(outcome) == decision.Nobody {
			return fill(m.silence, map[string]Sentence{"rule": where})
		}
		return fill(m.speak, map[string]Sentence{"new": {plain(m.senders[outcome])}, "old": {plain(m.senders[r.Outcome])}, "rule": where})
	}
	if decision.Mindset(outcome) == decision.Undetermined {
		return fill(m.open, map[string]Sentence{"rule": where})
	}
	return fill(m.treat, map[string]Sentence{"new": {plain(m.mindsets[outcome])}, "rule": where})
}

// Tie says to tie an advice item to a benefit, by its position in
// benefit_available.
func (p *Printer) Tie(i *ruleset.Item, benefit int64) Sentence {
	name := p.named(fact.BenefitAvailable, benefit)
	name.Text = quoted(name.Text)
	return fill(p.mending().tie, map[string]Sentence{"item": {p.ItemName(i)}, "new": {name}})
}

// Move says to give a rule another tier, so that it comes after another one or
// before it.
func (p *Printer) Move(r, other *ruleset.Row, tier ruleset.Tier) Sentence {
	frame := p.mending().before
	if tier > other.Tier {
		frame = p.mending().after
	}
	return fill(frame, map[string]Sentence{"rule": {p.RuleName(r)}, "other": {p.RuleName(other)}, "new": {plain(p.Tier(tier))}})
}

// Tier is the name of a tier, in quotation marks.
func (p *Printer) Tier(t ruleset.Tier) string { return quoted(p.mending().tiers[t]) }

// Together joins what is to be done into one sentence, with its full stop.
func (p *Printer) Together(steps ...Sentence) Sentence {
	var s Sentence
	for i, step := range steps {
		if i > 0 {
			s = append(s, plain(p.mending().also))
		}
		s = append(s, step...)
	}
	if s == nil || strings.HasSuffix(s[len(s)-1].Text, ".") {
		return s.capital()
	}
	return append(s.capital(), plain("."))
}
