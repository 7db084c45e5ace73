package fhir

import "strings"

// encounter is one visit or stay.
type encounter struct {
	source
	status   string
	class    string // code of v3-ActCode, "" if it is of another system
	period   period
	problem  bool // for a symptom or problem, by its type
	surgical bool // into a surgical ward
	updated  date
}

// Types of encounters in SNOMED CT that say why the member came.
var (
	problemVisits = []string{"185345009", "185347001", "702927004", "281036007"} // symptom, problem, urgent care, walk-in follow-up of a problem
	surgicalStays = []string{"305408004"}
	// Words of earlier versions of the standard.
	olderClasses = map[string]string{"inpatient": "IMP", "emergency": "EMER", "outpatient": "AMB", "ambulatory": "AMB", "home": "HH", "virtual": "VR"}
	// What kind of care it was, for records whose class is of a system of their own.
	classOfType = map[string]string{
		"50849002": "EMER", "4525004": "EMER", "183460006": "EMER",
		"32485007": "IMP", "183452005": "IMP", "305351004": "IMP", "305408004": "IMP", "394656005": "IMP", "8715000": "IMP",
	}
)

func (r *Reader) encounter(v value, s source) Reason {
	e := encounter{source: s, status: v.get("status").text(), updated: dateOf(v.get("meta").get("lastUpdated"))}
	e.period = periodOf(v.get("period"))
	if p := v.get("actualPeriod"); p.present() {
		e.period = periodOf(p)
	}
	types := codesOf(v.get("type"))
	e.problem = codeAmong(types, problemVisits...)
	e.surgical = codeAmong(types, surgicalStays...)
	why := Reason("")
	e.class, why = classOf(codesOf(v.get("class")), types)
	switch e.status {
	case "cancelled", "entered-in-error":
		return Retracted
	}
	r.encounters = append(r.encounters, e)
	if why != "" {
		r.ignore(s.name, "class", why)
	}
	return ""
}

func classOf(class, types []code) (string, Reason) {
	for _, c := range class {
		if c.system == hl7 || c.system == noSystem {
			if older, ok := olderClasses[strings.ToLower(c.value)]; ok {
				return older, ""
			}
			return strings.ToUpper(c.value), ""
		}
	}
	for _, c := range types {
		if of, ok := classOfType[c.value]; ok && c.system == snomedct {
			return of, ""
		}
	}
	if len(class) > 0 {
		return "", UnknownSystem
	}
	return "", ""
}
