package sentence

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// small is a content folder with one of everything that can be printed.
var small = map[string]string{
	"facts.yaml": `
vocabularies:
  benefit_available: [{id: gym, label: {en: gym pass, es: pase de gimnasio}}]
  chronic_dx:
    - {id: asthma, label: {en: asthma, es: asma}}
    - {id: diabetes, label: {en: diabetes, es: diabetes}}
    - {id: gout, label: {en: gout, es: gota}}
facts:
  hours_since_acute_care:
    label: {en: time since acute care, es: tiempo desde urgencias}
    phrase: {en: "the member left acute care {op} {value} ago", es: "el miembro salió de urgencias hace {op} {value}"}
  acute_dx_active: {label: {en: acute illness, es: enfermedad}, phrase: {en: "the member is ill", es: "el miembro está enfermo"}}
  chronic_dx: {label: {en: conditions, es: enfermedades}, phrase: {en: "the conditions in the record {op} {value}", es: "las enfermedades {op} {value}"}}
  care_gap: {label: {en: care due, es: lo pendiente}, phrase: {en: "the care that is due {op} {value}", es: "lo pendiente {op} {value}"}}
  deductible_left_usd: {label: {en: deductible left, es: deducible}}
  a1c_pct: {label: {en: A1c}, phrase: {en: "the A1c {op} {value}", es: "la A1c {op} {value}"}}
  age_years: {label: {en: age, es: edad}, phrase: {en: "the age {op} {value}", es: "la edad {op} {value}"}}
  coverage_status: {label: {en: coverage, es: cobertura}, phrase: {en: "the coverage {op} {value}", es: "la cobertura {op} {value}"}, values: {active: {en: active, es: activa}}}
  topic_kind: {label: {en: topic, es: tema}, phrase: {en: "the topic {op} {value}", es: "el tema {op} {value}"}, values: {care: {en: about care, es: de atención}}}
own_facts: [{id: night_shift, type: bool, max_age: 30 days, label: {en: works at night, es: trabaja de noche}}]
`,
	"topics.yaml": `
topics:
  - {id: symptom, kind: care, label: {en: symptoms, es: síntomas}}
  - {id: activity, kind: lifestyle, label: {en: moving more, es: moverse más}, benefits: [gym]}
  - {id: none, kind: none, label: {en: nothing, es: nada}}
handoffs: []
`,
	"mindset.yaml": `
rules:
  - id: acute
    tier: clinical
    title: {en: Acute, es: Agudo}
    when:
      - any:
          - hours_since_acute_care: {at_most: 30 days}
          - all: [{acute_dx_active: {is: true}}, {night_shift: {is: false}}]
      - topic_kind: {is_not: coverage}
    then: patient
    because: {en: "Ill.", es: "Enfermo."}
default: {id: else, then: undetermined, because: {en: "Unclear.", es: "No claro."}}
`,
	"sender.yaml": `
rules:
  - id: care
    tier: clinical
    title: {en: Care, es: Cuidado}
    when: [{topic: {is_any_of: [symptom]}}]
    then: provider
    because: {en: "Care.", es: "Cuidado."}
  - id: plan
    tier: engagement
    title: {en: Plan, es: Plan}
    when:
      - any:
          - chronic_dx: {includes_any_of: [asthma, diabetes, gout]}
          - chronic_dx: {includes_none_of: [gout, asthma]}
          - hours_since_acute_care: {between: [36, 72]}
          - deductible_left_usd: {known: true}
      - topic: {is: activity}
    then: insurer
    because: {en: "Benefit.", es: "Beneficio."}
default: {id: else, then: nobody, because: {en: "Nothing.", es: "Nada."}}
`,
	"advice/a.yaml": `
items:
  - {id: emergency_911, sender: safety, title: {en: Emergency, es: Emergencia}}
  - {id: crisis_988, sender: safety, title: {en: Crisis, es: Crisis}}
  - {id: poison_help, sender: safety, title: {en: Poison, es: Veneno}}
  - id: gym
    sender: insurer
    topics: [activity]
    benefit: gym
    rank: 10
    when:
      - a1c_pct: {at_least: 5.7}
      - age_years: {between: [18, 64]}
      - deductible_left_usd: {at_most: 1500}
      - any: [{coverage_status: {known: false}}, {hours_since_acute_care: {at_least: 2 weeks}}]
    title: {en: Gym, es: Gimnasio}
    text: {en: "Go.", es: "Vaya."}
  - {id: rest, sender: provider, topics: [symptom], rank: 10, title: {en: Rest, es: Descanso}, text: {en: "Rest.", es: "Descanse."}}
`,
	"guardrails.yaml": `
guardrails:
  - id: G05
    says: {en: "The insurer never advises on care.", es: "La aseguradora nunca aconseja sobre cuidado."}
    held_by: table
    never: [{topic_kind: {is: care}}, {sender: {is: insurer}}]
    test: TestG05
  - {id: G14, says: {en: "No words are kept.", es: "No se guardan palabras."}, held_by: later}
`,
}

func load(t *testing.T) *ruleset.Set {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range small {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, problems := ruleset.Load(files, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatal(problems)
	}
	return set
}
