package cdshooks

import (
	"bytes"
	"encoding/json"
)

// service is one CDS service: what it offers and what it asks for.
type service struct {
	id          string
	hook        *hook
	title       string
	description string
	prefetch    []template
}

const patientOf = "?patient={{context.patientId}}"

// chart is what is asked for about a patient. EHRs often have nothing from
// the plan, which the last three are, and say so with null.
func chart(need bool) []template {
	return []template{
		{"patient", "Patient/{{context.patientId}}", false},
		{"encounters", "Encounter" + patientOf + "&_sort=-date&_count=20", need},
		{"conditions", "Condition" + patientOf, need},
		{"meds", "MedicationRequest" + patientOf, false},
		{"coverage", "Coverage" + patientOf, false},
		{"eob", "ExplanationOfBenefit" + patientOf + "&_count=20", false},
		{"eligibility", "CoverageEligibilityResponse" + patientOf + "&_count=20", false},
	}
}

var services = []service{
	{
		id: "patient-view", hook: findHook("patient-view"), title: "Who should speak to this member",
		description: "Says whether the care team or the health plan should speak to the patient now, and with what words, by what is acute, long-term or covered.",
		prefetch:    chart(true),
	},
	{
		id: "appointment-book", hook: findHook("appointment-book"), title: "Who should speak about this visit",
		description: "Says for what a visit is about whether the care team or the health plan should speak to the patient, and with what words.",
		prefetch:    chart(false),
	},
	{
		id: "encounter-discharge", hook: findHook("encounter-discharge"), title: "Who should speak after discharge",
		description: "Says who should speak to a patient who is going home, and with what words.",
		prefetch:    append(chart(false), template{"encounter", "Encounter/{{context.encounterId}}", false}),
	},
}

const usage = "All data has to be prefetched: this service never calls the FHIR server of a client."

func findService(id string) *service {
	for i := range services {
		if services[i].id == id {
			return &services[i]
		}
	}
	return nil
}

// discovery is the answer to GET /cds-services.
func discovery() ([]byte, error) {
	type offer struct {
		Hook        string            `json:"hook"`
		Title       string            `json:"title"`
		Description string            `json:"description"`
		ID          string            `json:"id"`
		Prefetch    map[string]string `json:"prefetch"`
		Usage       string            `json:"usageRequirements"`
	}
	var out struct {
		Services []offer `json:"services"`
	}
	for _, s := range services {
		o := offer{s.hook.name, s.title, s.description, s.id, map[string]string{}, usage}
		for _, t := range s.prefetch {
			o.Prefetch[t.key] = t.query
		}
		out.Services = append(out.Services, o)
	}
	return encode(out)
}

// encode writes JSON as it is meant to be read: an ampersand stays one.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return out.Bytes(), err
}
