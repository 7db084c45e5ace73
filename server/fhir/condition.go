package fhir

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/intake/snomed"
)

// condition is one diagnosis: a Condition, or a line of a claim.
type condition struct {
	source
	code         string // of ICD-10-CM, its own or the one that stands for it; "" if there is none
	onset, ended date
	over         bool // said to be over
	byDates      bool // a disorder no table holds: its dates tell what it is
	claimed      bool // from a claim, which tells of one day and has no end
	visited      bool // that claim is for a visit because of it
}

func (r *Reader) condition(v value, s source) Reason {
	c := condition{source: s}
	switch status := codesOf(v.get("verificationStatus")); {
	case codeAmong(status, "entered-in-error", "refuted"):
		return Retracted
	case codeAmong(status, "differential"):
		return Retracted
	}
	c.onset = firstKnown(dateOf(v.get("onsetDateTime")), dateOf(v.get("onsetPeriod").get("start")), dateOf(v.get("recordedDate")))
	c.ended = firstKnown(dateOf(v.get("abatementDateTime")), dateOf(v.get("abatementPeriod").get("end")))
	c.over = codeAmong(codesOf(v.get("clinicalStatus")), "inactive", "remission", "resolved")
	for _, ended := range [...]string{"abatementAge", "abatementString", "abatementRange"} {
		c.over = c.over || v.get(ended).present() && !codeAmong(codesOf(v.get("clinicalStatus")), "active", "recurrence", "relapse")
	}
	var why Reason
	if c.code, c.byDates, why = meaning(codesOf(v.get("code"))); why != "" {
		return why
	}
	r.conditions = append(r.conditions, c)
	return ""
}

// meaning is the code of ICD-10-CM among the codes, or the one that stands for
// a concept of SNOMED CT. A disorder of SNOMED CT that no table holds is left
// to its dates; a finding or situation is not, since being employed or having
// moved is no illness.
func meaning(all []code) (icd string, byDates bool, why Reason) {
	if icd, ok := codeIn(all, icd10cm); ok {
		return icd, false, ""
	}
	for _, c := range all {
		if c.system != snomedct {
			continue
		}
		if icd, ok := snomed.ICD10CM(c.value); ok {
			return icd, false, ""
		}
	}
	i := slices.IndexFunc(all, func(c code) bool { return c.system == snomedct })
	switch {
	case i < 0:
		return "", false, UnknownSystem
	case all[i].words == findingWords:
		return "", false, UnknownCode
	}
	return "", true, ""
}
