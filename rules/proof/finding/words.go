package finding

import (
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
)

// words are what findings say in one language. In braces: {rule}, {other},
// {others} and {item} names, {is} and {otherIs} their outcomes, {says} a
// guardrail.
type words struct {
	titles   map[string]string // by code
	dead     string
	unasked  string // why a rule is dead
	answered string
	smaller  string
	or       string
	conflict string
	never    string
	broken   string
	reached  string // what could not be settled
	disagree string
	more     string // {count} of pairs
	fallback string
	given    string
	holds    string
}

var allWords = map[string]*words{"en": {
	titles: map[string]string{
		GuardrailBroken: "Someone could slip through", DeadRule: "A rule that never decides", TierConflict: "Two rules disagree",
		NeverGiven: "Advice that nobody gets", NotSettled: "Something the proof could not settle",
	},
	dead:     "the rule {rule} is never reached: {why}",
	unasked:  "nobody fits it for whom this table is asked",
	answered: "everybody whom it fits is answered before by {others}",
	smaller:  " (a smaller set of rules may do so too)",
	or:       " or ",
	conflict: "the rules {rule} ({is}) and {other} ({otherIs}) of the tier {tier} fit the same member",
	never:    "the advice {item} can never be given: no member fits it, or better advice always leaves no room for it",
	broken:   "{id} is broken: {says}",
	reached:  "whether any member reaches the rule {rule} could not be settled",
	disagree: "whether the rules {rule} and {other} of one tier disagree about a member could not be settled",
	more:     "more rules of one tier than these {count} pairs may disagree; mend these first",
	fallback: "whether any member fits no rule could not be settled",
	given:    "whether the advice {item} can ever be given could not be settled",
	holds:    "whether {id} holds for all members could not be settled: {says}",
}, "es": {
	titles: map[string]string{
		GuardrailBroken: "Alguien podría quedar sin protección", DeadRule: "Una regla que nunca decide", TierConflict: "Dos reglas se contradicen",
		NeverGiven: "Un consejo que nadie recibe", NotSettled: "Algo que la prueba no pudo decidir",
	},
	dead:     "nunca se llega a la regla {rule}: {why}",
	unasked:  "no se ajusta a nadie por quien se pregunta a esta tabla",
	answered: "a todos a quienes se ajusta les responde antes {others}",
	smaller:  " (puede que basten menos reglas)",
	or:       " o ",
	conflict: "las reglas {rule} ({is}) y {other} ({otherIs}) del nivel {tier} se ajustan al mismo miembro",
	never:    "el consejo {item} no se puede dar nunca: no se ajusta a ningún miembro, o siempre hay consejos mejores",
	broken:   "{id} no se cumple: {says}",
	reached:  "no se pudo decidir si algún miembro llega a la regla {rule}",
	disagree: "no se pudo decidir si las reglas {rule} y {other} de un nivel se contradicen para algún miembro",
	more:     "además de estos {count} pares puede haber más reglas de un nivel que se contradigan; corrija primero estas",
	fallback: "no se pudo decidir si hay miembros a quienes no se ajusta ninguna regla",
	given:    "no se pudo decidir si el consejo {item} se puede dar alguna vez",
	holds:    "no se pudo decidir si {id} se cumple para todos los miembros: {says}",
}}

func printer(set *ruleset.Set, language string) *sentence.Printer { return sentence.New(set, language) }

func (t *teller) words() *words { return allWords[t.printer.Base()] }

// with names what fills a frame.
type with map[string]string

// say fills a frame.
func say(frame string, w with) string {
	parts := map[string]sentence.Sentence{}
	for name, text := range w {
		parts[name] = sentence.Sentence{{Text: text}}
	}
	return sentence.Fill(frame, parts).String()
}

// ofRows is what names two rows of a table and their outcomes.
func (t *teller) ofRows(a, b *ruleset.Row) with {
	return with{
		"rule": t.printer.RuleName(a).Text, "is": t.printer.Outcome(a).Text, "other": t.printer.RuleName(b).Text, "otherIs": t.printer.Outcome(b).Text,
		"tier": t.printer.Tier(a.Tier),
	}
}

// why says what keeps members from a dead row.
func (t *teller) why(rows []ruleset.Row, d *proof.Dead) string {
	w := t.words()
	var names []string
	for _, by := range d.By {
		names = append(names, t.printer.RuleName(&rows[by]).Text)
	}
	if len(names) == 0 {
		return w.unasked
	}
	last := len(names) - 1
	others := names[last]
	if last > 0 {
		others = strings.Join(names[:last], ", ") + w.or + names[last]
	}
	says := strings.ReplaceAll(w.answered, "{others}", others)
	if !d.Minimal && last > 0 {
		says += w.smaller
	}
	return says
}

func (t *teller) ofGuardrail(x *proof.GuardrailReport) Finding {
	g := &t.set.Guardrails()[x.Guardrail]
	about := with{"id": g.ID, "says": strings.TrimSuffix(t.options.text(g.Says), ".")}
	f := Finding{At: g.Pos, ID: g.ID}
	if x.Answer == proof.Undetermined {
		t.finish(&f, NotSettled, t.words().holds, about)
		return f
	}
	f.example = x.Example
	t.finish(&f, GuardrailBroken, t.words().broken, about)
	t.shownBy(&f, &x.Example)
	if g.Independent != nil && x.Other != x.Example {
		t.shownBy(&f, &x.Other)
	}
	return f
}

// finish gives a finding its code and words.
func (t *teller) finish(f *Finding, code, frame string, w with) {
	f.Code, f.Title, f.Message, f.Day = code, t.words().titles[code], say(frame, w), t.day
}

func (t *teller) count(n int) with { return with{"count": strconv.Itoa(n)} }
