// Package revisiontest is what every store of revisions must do, a content that
// is small enough to be proved in a moment, and a store that breaks at will.
//
// In: a function that opens an empty store. Out: tests.
package revisiontest

import (
	"fmt"

	"github.com/rightvoice/rightvoice/server/revision"
)

// Small is a content with few rules that passes everything, for services that
// ask for no guardrails.
func Small() revision.Files {
	return revision.Files{
		"facts.yaml":      []byte("{}\n"),
		"topics.yaml":     []byte(smallTopics),
		"mindset.yaml":    []byte(smallMindset),
		"sender.yaml":     []byte(smallSender),
		"guardrails.yaml": []byte("guardrails: []\n"),
		"lexicon.yaml":    []byte(smallLexicon),
		"policy.yaml":     []byte(smallPolicy),
	}
}

// Numbered is Small with a number in it, so that each is another content.
func Numbered(n int) revision.Files {
	files := Small()
	files["policy.yaml"] = fmt.Appendf(files["policy.yaml"], "# %d\n", n)
	return files
}

const smallTopics = `topics:
  - {id: symptom, kind: care, label: {en: symptoms}}
  - {id: sleep, kind: lifestyle, label: {en: sleep}}
  - {id: chronic_care, kind: chronic_care, label: {en: long illness}}
  - {id: preventive, kind: preventive, label: {en: check-ups}}
  - {id: emergency, kind: emergency, label: {en: emergencies}}
  - {id: none, kind: none, label: {en: nothing}}
`

const smallMindset = `rules:
  - id: hurt
    title: {en: Hurt, es: Regla}
    tier: clinical
    when:
      - injury_dx_recent: {is: true}
    then: patient
    because: {en: "The member is hurt.", es: "Es así."}

  - id: long-ill
    title: {en: Long-ill, es: Regla}
    tier: coverage
    when:
      - topic: {is: chronic_care}
    then: consumer
    because: {en: "The member lives with it.", es: "Es así."}

default: {id: last, then: consumer, because: {en: "Nothing is known.", es: "Es así."}}
`

const smallSender = `rules:
  - id: care
    title: {en: Care, es: Regla}
    tier: clinical
    when:
      - mindset: {is: patient}
    then: provider
    because: {en: "Patients hear from their care team.", es: "Es así."}

default: {id: last, then: nobody, because: {en: "Nobody needs to speak.", es: "Es así."}}
`

const smallLexicon = `topics:
  - {topic: symptom, kind: care, intent: symptom}
  - {topic: sleep, kind: lifestyle, intent: lifestyle}
  - {topic: chronic_care, kind: chronic_care, intent: chronic_self_care}
  - {topic: preventive, kind: preventive, intent: preventive}
  - {topic: emergency, kind: emergency, intent: symptom}
  - {topic: none, kind: none, intent: none}
sets: {but: [but], and: [and], aux: [is], wh: [what], subject: [i], report: [know], not: [no], not_denying: [only], person: [i], unit: [mg], pill: [pills]}
evidence: []
flags: []
`

const smallPolicy = `quiet_hours: {from: 8, until: 21}
sms: {consent: marketing_authorization, max_chars: 160, per_day: 1, per_week: 3, opt_out: {en: STOP}}
contacts: {}
language_help: {en: help}
revocation_words: {en: [stop], es: [alto]}
`
