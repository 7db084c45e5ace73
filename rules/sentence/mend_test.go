package sentence

import (
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// TestMending prints each kind of advice about rules, in both languages.
func TestMending(t *testing.T) {
	set := load(t)
	row := func(table ruleset.Table, id string) *ruleset.Row {
		for i := range set.Rows(table) {
			if r := &set.Rows(table)[i]; r.ID == id {
				return r
			}
		}
		t.Fatal(id)
		return nil
	}
	acute, care, plan, nobody := row(ruleset.MindsetTable, "acute"), row(ruleset.SenderTable, "care"), row(ruleset.SenderTable, "plan"), row(ruleset.SenderTable, "else")
	untitled := *care
	untitled.Title = nil
	left := func(op ruleset.Op, hours int64) *ruleset.Condition {
		return &ruleset.Condition{Op: op, Column: fact.HoursSinceAcuteCare, Values: []int64{hours}, Unit: "days"}
	}
	is := func(id fact.ID, v int64) *ruleset.Condition {
		return &ruleset.Condition{Op: ruleset.Is, Column: id, Values: []int64{v}}
	}
	for _, try := range []struct {
		says   func(*Printer) Sentence
		en, es string
	}{
		{func(p *Printer) Sentence { return p.DeleteUnneeded(0) }, "Delete this rule: it fits nobody for whom it is asked.", "Borre esta regla: no se ajusta a nadie por quien se pregunta."},
		{func(p *Printer) Sentence { return p.DeleteUnneeded(1) }, "Delete this rule: a rule before it answers everything it would.", "Borre esta regla: una regla antes de ella ya responde a todo lo que ella respondería."},
		{func(p *Printer) Sentence { return p.DeleteUnneeded(2) }, "Delete this rule: two rules before it answer everything it would.", "Borre esta regla: dos reglas antes de ella ya responden a todo lo que ella respondería."},
		{func(p *Printer) Sentence { return p.DeleteUnneeded(12) }, "Delete this rule: 12 rules before it answer everything it would.", "Borre esta regla: 12 reglas antes de ella ya responden a todo lo que ella respondería."},
		{func(p *Printer) Sentence { return p.DeleteUnwanted() }, "Delete this advice: nobody ever gets it.", "Borre este consejo: nadie lo recibe nunca."},
		{func(p *Printer) Sentence { return p.Delete(&untitled) }, "Delete the rule “If topic is symptoms, the provider speaks”.", "Borre la regla “Si topic es síntomas, habla el proveedor”."},
		{func(p *Printer) Sentence { return p.Add(plan, left(ruleset.AtLeast, 721)) }, "Add ‘the member left acute care more than 30 days ago’ to the rule “Plan”.", "Añada ‘el miembro salió de urgencias hace más de 30 días’ a la regla “Plan”."},
		{func(p *Printer) Sentence { return p.Add(plan, left(ruleset.AtMost, 335)) }, "Add ‘the member left acute care less than 14 days ago’ to the rule “Plan”.", "Añada ‘el miembro salió de urgencias hace menos de 14 días’ a la regla “Plan”."},
		{func(p *Printer) Sentence { return p.Add(plan, is(fact.AcuteDxActive, 0)) }, "Add ‘the member is not ill’ to the rule “Plan”.", "Añada ‘el miembro no está enfermo’ a la regla “Plan”."},
		{func(p *Printer) Sentence {
			return p.Replace(acute, left(ruleset.AtMost, 216), left(ruleset.AtMost, 720))
		}, "Make it 30 days instead of 9 days in the rule “Acute”.", "Que sean 30 días en vez de 9 días en la regla “Agudo”."},
		{func(p *Printer) Sentence { return p.Replace(plan, left(ruleset.AtMost, 216), left(ruleset.AtMost, 1)) }, "Make it 1 hour instead of 9 days in the rule “Plan”.", "Que sea 1 hora en vez de 9 días en la regla “Plan”."},
		{func(p *Printer) Sentence { return p.Replace(care, is(fact.TopicKind, 0), is(fact.TopicKind, 0)) }, "Make it ‘the topic is about care’ in the rule “Care”.", "Que diga ‘el tema es de atención’ en la regla “Cuidado”."},
		{func(p *Printer) Sentence { return p.Answer(plan, uint8(decision.Provider)) }, "Let the provider speak instead of the insurer in the rule “Plan”.", "Que hable el proveedor en vez de la aseguradora en la regla “Plan”."},
		{func(p *Printer) Sentence { return p.Answer(plan, uint8(decision.Nobody)) }, "Let nobody speak in the rule “Plan”.", "Que no hable nadie en la regla “Plan”."},
		{func(p *Printer) Sentence { return p.Answer(nobody, uint8(decision.Provider)) }, "Let the provider speak instead of nobody where no rule fits.", "Que hable el proveedor en vez de nadie donde ninguna regla se ajusta."},
		{func(p *Printer) Sentence { return p.Answer(acute, uint8(decision.Consumer)) }, "Treat the member as a consumer in the rule “Acute”.", "Trate al miembro como consumidor en la regla “Agudo”."},
		{func(p *Printer) Sentence { return p.Answer(acute, uint8(decision.Undetermined)) }, "Leave the mindset open in the rule “Acute”.", "Deje abierta la actitud en la regla “Agudo”."},
		{func(p *Printer) Sentence { return p.Tie(&set.Items()[3], 0) }, "Tie the advice “Gym” to the benefit “gym pass”.", "Ate el consejo “Gimnasio” al beneficio “pase de gimnasio”."},
		{func(p *Printer) Sentence { return p.Move(care, plan, ruleset.TierDefault) }, "Move the rule “Care” after “Plan”, to the tier “When nothing else fits”.", "Pase la regla “Cuidado” después de “Plan”, al nivel “Cuando nada más se ajusta”."},
		{func(p *Printer) Sentence { return p.Move(plan, care, ruleset.TierSafety) }, "Move the rule “Plan” before “Care”, to the tier “Safety”.", "Pase la regla “Plan” antes de “Cuidado”, al nivel “Seguridad”."},
	} {
		for tag, want := range map[string]string{"en": try.en, "es": try.es} {
			p := New(set, tag)
			if got := p.Together(try.says(p)).String(); got != want {
				t.Errorf("%s: got  %s\nwant %s", tag, got, want)
			}
		}
	}
	p := New(set, "es")
	if got, want := p.Together(p.Delete(care), p.Delete(plan)).String(), "Borre la regla “Cuidado”; y borre la regla “Plan”."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
