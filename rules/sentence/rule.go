package sentence

import (
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// frames are the sentences around a condition, by language. In braces: {when}
// the condition, {who} an outcome, {item} a title.
type frames struct {
	mindset   [3]string // by decision.Mindset
	sender    [4]string // by decision.Sender
	when      string
	always    string
	otherwise string
	item      string // of an item that asks for something
	itemFree  string
	itemFixed string // of the safety gate
	never     string
	reasons   map[decision.Reason]string
	noRules   string
	seePlan   string
	yes, no   string
	member    string
	nothing   string
	needs     string // {when} what would have to hold, {now} what is known instead
	notKnown  string
}

var allFrames = map[string]*frames{"en": &englishFrames, "es": &spanishFrames}

var englishFrames = frames{
	mindset:   [3]string{"the mindset is not clear", "the member is a patient", "the member is a consumer"},
	sender:    [4]string{"nobody speaks", "the provider speaks", "the insurer speaks", "the emergency notice speaks"},
	when:      "if {when}, {who}",
	always:    "{who}, always",
	otherwise: "otherwise, {who}",
	item:      "\u201c{item}\u201d is for members for whom {when}",
	itemFree:  "\u201c{item}\u201d is for every member",
	itemFixed: "\u201c{item}\u201d is a notice for emergencies",
	never:     "never: {when}",
	reasons: map[decision.Reason]string{
		decision.SafetyOverride:    "There are signs of an emergency. They come before any rule.",
		decision.MemberChoice:      "The member chose this view.",
		decision.NoBenefit:         "We know of no active plan benefit for this topic. With one, the insurer could speak.",
		decision.InsufficientFacts: "More facts would settle it: {facts}.",
		decision.ConsentMissing:    "The member asked for private contact. Only the member may see this.",
	},
	noRules: "No rules are loaded. Only emergency notices are given.",
	seePlan: "See the website of your plan, or call the number on your plan card.",
	yes:     "yes", no: "no",
	member: "A member of whom this is known: ", nothing: "A member of whom nothing is known",
	needs: "it would fit if {when}. Now: {now}.", notKnown: "not known",
}

var spanishFrames = frames{
	mindset:   [3]string{"la actitud no está clara", "el miembro es paciente", "el miembro es consumidor"},
	sender:    [4]string{"no habla nadie", "habla el proveedor", "habla la aseguradora", "habla el aviso de emergencia"},
	when:      "si {when}, {who}",
	always:    "siempre {who}",
	otherwise: "si no, {who}",
	item:      "\u201c{item}\u201d es para miembros de quienes se sabe que {when}",
	itemFree:  "\u201c{item}\u201d es para todo miembro",
	itemFixed: "\u201c{item}\u201d es un aviso para emergencias",
	never:     "nunca: {when}",
	reasons: map[decision.Reason]string{
		decision.SafetyOverride:    "Hay señales de emergencia. Van antes que toda regla.",
		decision.MemberChoice:      "El miembro eligió esta vista.",
		decision.NoBenefit:         "No se conoce un beneficio activo del plan para este tema. Con uno, podría hablar la aseguradora.",
		decision.InsufficientFacts: "Con más datos se aclara: {facts}.",
		decision.ConsentMissing:    "El miembro pidió contacto privado. Solo el miembro puede ver esto.",
	},
	noRules: "No hay reglas cargadas. Solo se dan avisos de emergencia.",
	seePlan: "Vea el sitio de su plan o llame al número de su tarjeta del plan.",
	yes:     "sí", no: "no",
	member: "Un miembro de quien se sabe: ", nothing: "Un miembro de quien no se sabe nada",
	needs: "cabría si {when}. Ahora: {now}.", notKnown: "no se sabe",
}

func (p *Printer) frames() *frames { return allFrames[p.grammar.language] }

func (p *Printer) yesNo(v bool) string {
	if v {
		return p.frames().yes
	}
	return p.frames().no
}

// fill puts sentences into a frame.
func fill(frame string, with map[string]Sentence) Sentence {
	var s Sentence
	for frame != "" {
		before, rest, found := strings.Cut(frame, "{")
		if before != "" {
			s = append(s, plain(before))
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		s = append(s, with[name]...)
		frame = after
	}
	return s
}

// Row prints a whole rule: if …, the provider speaks.
func (p *Printer) Row(r *ruleset.Row) Sentence {
	f := p.frames()
	frame := f.when
	switch {
	case r.Default:
		frame = f.otherwise
	case r.When == nil:
		frame = f.always
	}
	return append(fill(frame, map[string]Sentence{"when": p.Condition(r.When), "who": {p.Outcome(r)}}).capital(), plain("."))
}

// RuleName is what people call a rule, in quotation marks: its title, or what it
// says. Its id is the token's Ref.
func (p *Printer) RuleName(r *ruleset.Row) Token {
	title, _ := r.Title.In(p.tag)
	if title == "" {
		title = strings.TrimSuffix(p.Row(r).String(), ".")
	}
	return Token{Text: quoted(title), Kind: Name, Ref: r.ID}
}

// ItemName is what people call an advice item, in quotation marks.
func (p *Printer) ItemName(i *ruleset.Item) Token {
	return Token{Text: quoted(p.words(i.Title, i.ID)), Kind: Name, Ref: i.ID}
}

func quoted(words string) string { return "\u201c" + words + "\u201d" }

// Outcome is what a row stands for, in words.
func (p *Printer) Outcome(r *ruleset.Row) Token {
	t := Token{Kind: Outcome, Ref: r.OutcomeName()}
	switch {
	case r.Table == ruleset.MindsetTable && int(r.Outcome) < len(p.frames().mindset):
		t.Text = p.frames().mindset[r.Outcome]
	case r.Table == ruleset.SenderTable && int(r.Outcome) < len(p.frames().sender):
		t.Text = p.frames().sender[r.Outcome]
	}
	return t
}

// Item prints who an advice item is for.
func (p *Printer) Item(i *ruleset.Item) Sentence {
	frame := p.frames().item
	switch {
	case i.Sender == decision.Safety:
		frame = p.frames().itemFixed
	case i.Eligible() == nil:
		frame = p.frames().itemFree
	}
	title := Token{Text: p.words(i.Title, i.ID), Kind: Name, Ref: i.ID}
	return append(fill(frame, map[string]Sentence{"item": {title}, "when": p.Condition(i.Eligible())}).capital(), plain("."))
}

// Guardrail prints a guardrail in its own words, and the members it forbids if
// it forbids any.
func (p *Printer) Guardrail(g *ruleset.Guardrail) Sentence {
	s := Sentence{{Text: g.ID, Kind: Name, Ref: g.ID}, plain(": " + p.words(g.Says, g.ID))}
	if g.Never == nil {
		return s
	}
	s = append(s, plain(" "))
	s = append(s, fill(p.frames().never, map[string]Sentence{"when": p.Condition(g.Never)}).capital()...)
	return append(s, plain("."))
}

// Reason puts a code that no rule gives words to into words. Facts are the
// labels of what would settle it, for decision.InsufficientFacts.
func (p *Printer) Reason(code decision.Reason, facts ...string) string {
	return strings.ReplaceAll(p.frames().reasons[code], "{facts}", strings.Join(facts, ", "))
}

// NoRules says that no revision is loaded.
func (p *Printer) NoRules() string { return p.frames().noRules }

// SeePlan says where to look while no revision is loaded.
func (p *Printer) SeePlan() string { return p.frames().seePlan }
