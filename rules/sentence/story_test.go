package sentence

import (
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

func TestStory(t *testing.T) {
	set := load(t)
	var f fact.Facts
	f.SetRaw(fact.HoursSinceAcuteCare, 240)
	f.SetRaw(fact.AcuteDxActive, 1)
	f.SetRaw(fact.ChronicDx, 0b011)
	f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	f.Add(fact.BenefitAvailable, 0)
	var chose, calm fact.Facts
	chose.SetRaw(fact.MemberChoice, fact.ChoiceConsumer)
	chose.SetRaw(fact.Direction, 1)
	calm.SetRaw(fact.AcuteDxActive, 0)
	calm.SetRaw(fact.CareGap, 0)
	var left fact.Facts
	left.SetRaw(fact.HoursSinceAcuteCare, 0)
	for _, try := range []struct {
		tag   string
		facts *fact.Facts
		topic uint16
		want  string
	}{
		{"en", &f, 1, "A member who left acute care 10 days ago, who is ill, for whom the conditions in the record include asthma and diabetes, for whom the coverage is active, " +
			"for whom benefit available includes gym pass, and who asks about moving more would be answered by the insurer (the member is a patient by the rule “Acute”; the sender by the rule “Plan”)."},
		{"es", &f, 1, "Un miembro que salió de urgencias hace 10 días, que está enfermo, de quien se sabe que las enfermedades incluyen asma y diabetes, de quien se sabe que la cobertura es activa, " +
			"de quien se sabe que benefit available incluye pase de gimnasio, y que pregunta por moverse más tendría respuesta de la aseguradora (el miembro es paciente por la regla “Agudo”; el remitente por la regla “Plan”)."},
		{"en", &fact.Facts{}, 0, "A member of whom nothing is known and who asks about symptoms would be told by the provider: \u201cRest\u201d (no rule fits, so the mindset is not clear; the sender by the rule “Care”)."},
		{"en", &chose, 1, "A member for whom member choice is consumer and whom we would write to about moving more would hear from nobody (the member is a consumer by their own choice; no rule fits, so nobody speaks)."},
		{"en", &chose, 2, "A member for whom member choice is consumer and whom we would write to without a topic would hear from nobody (the member is a consumer by their own choice; no rule fits, so nobody speaks)."},
		{"es", &calm, 2, "Un miembro que no está enfermo, de quien se sabe que lo pendiente no incluye nada, y que no pregunta nada no oiría a nadie (ninguna regla se ajusta, así que la actitud no está clara y no habla nadie)."},
		{"en", &left, 0, "A member who left acute care just now and who asks about symptoms would be told by the provider: “Rest” (the member is a patient by the rule “Acute”; the sender by the rule “Care”)."},
		{"es", &left, 0, "Un miembro que salió de urgencias ahora mismo y que pregunta por síntomas oiría al proveedor: “Descanso” (el miembro es paciente por la regla “Agudo”; el remitente por la regla “Cuidado”)."},
		{"en", &calm, 2, "A member who is not ill, for whom the care that is due does not include anything, and who asks nothing would hear from nobody (no rule fits, so the mindset is not clear and nobody speaks)."},
	} {
		d := set.Decide(try.facts, try.topic)
		if got := New(set, try.tag).Story(try.facts, try.topic, &d).String(); got != try.want {
			t.Errorf("got  %s\nwant %s", got, try.want)
		}
	}
}

func TestStoryOfAnEmergency(t *testing.T) {
	set := load(t)
	var f fact.Facts
	f.Add(fact.TextRedFlag, fact.FlagChestPain)
	d := set.Decide(&f, 0)
	got := New(set, "en").Story(&f, 0, &d).String()
	if d.Sender != decision.Safety || !strings.HasSuffix(got, "would get the emergency notice.") {
		t.Errorf("got %s", got)
	}
}
