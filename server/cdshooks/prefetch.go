package cdshooks

import (
	"encoding/json"
	"slices"
)

// head is what is read of a resource before server/fhir reads it.
type head struct {
	Type string // empty for what is not a resource
	ID   string
	more bool // a Bundle that goes on elsewhere
}

// document is one value of a prefetch. That of null has no type.
type document struct {
	head
	raw json.RawMessage
}

// headOf reads the head of valid JSON.
func headOf(raw json.RawMessage) (h head) {
	if len(raw) == 0 || raw[0] != '{' {
		return head{}
	}
	m, err := members(raw)
	if err != nil || json.Unmarshal(m["resourceType"], &h.Type) != nil {
		return head{}
	}
	_ = json.Unmarshal(m["id"], &h.ID) // what is no text names nobody
	var links []struct {
		Relation string `json:"relation"`
	}
	_ = json.Unmarshal(m["link"], &links) // server/fhir judges the rest of a Bundle
	for _, l := range links {
		h.more = h.more || l.Relation == "next"
	}
	return h
}

// template is one FHIR query that an EHR is asked to make beforehand.
type template struct {
	key, query string
	need       bool // without its answer nothing sound can be said
}

// answered tells what an EHR did about the templates of a service.
type answered struct {
	documents  []json.RawMessage // resources and Bundles, in order of their keys
	missing    []string          // keys that were not looked for, or failed
	incomplete []string          // keys whose Bundle goes on elsewhere
	lacking    []string          // those of missing that are needed
	wrong      Invalid           // keys that hold something else than was asked for
}

// readable are the resources that something is read from. Others do no harm,
// but a document that is nothing else would be refused.
var readable = []string{"Bundle", "Patient", "Encounter", "Condition", "MedicationRequest", "Observation", "Procedure", "Coverage",
	"CoverageEligibilityResponse", "ExplanationOfBenefit", "CarePlan", "Consent", "Communication"}

// sort finds out what a prefetch tells.
func sort(prefetch map[string]document, asked []template) answered {
	var out answered
	for _, t := range asked {
		h, given := prefetch[t.key]
		switch {
		case !given || h.Type == "OperationOutcome":
			out.missing = append(out.missing, t.key)
			if t.need {
				out.lacking = append(out.lacking, t.key)
			}
			continue
		case h.Type != "" && h.Type != t.wants():
			out.wrong = append(out.wrong, Violation{"prefetch." + t.key, "must be null or a " + t.wants()})
		case h.more:
			out.incomplete = append(out.incomplete, t.key)
		}
	}
	keys := make([]string, 0, len(prefetch))
	for key := range prefetch {
		keys = append(keys, key)
	}
	slices.Sort(keys) // the same request is read in the same order each time
	for _, key := range keys {
		if slices.Contains(readable, prefetch[key].Type) {
			out.documents = append(out.documents, prefetch[key].raw)
		}
	}
	return out
}

// wants is the type of the answer to a template: a search gives a Bundle.
func (t *template) wants() string {
	for i, r := range t.query {
		switch r {
		case '?':
			return "Bundle"
		case '/':
			return t.query[:i]
		}
	}
	return t.query
}
