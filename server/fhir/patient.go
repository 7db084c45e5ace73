package fhir

import "time"

// person is one Patient.
type person struct {
	source
	id       string
	born     date
	language string
	zone     *time.Location
	doctor   bool
}

const timezoneExtension = "http://hl7.org/fhir/StructureDefinition/timezone"

func (r *Reader) patient(v value, s source) Reason {
	p := person{source: s, id: v.get("id").text(), born: dateOf(v.get("birthDate"))}
	p.language = languageOf(v.get("communication"))
	p.zone = zoneOf(v.get("extension"))
	for at := range v.get("address").each() {
		if p.zone == nil {
			p.zone = zoneOf(at.get("extension"))
		}
	}
	for of := range v.get("generalPractitioner").each() {
		p.doctor = p.doctor || of.get("reference").present() || of.get("identifier").present() || of.get("display").present()
	}
	r.people = append(r.people, p)
	return ""
}

// languageOf is the language marked as preferred, or the only one.
func languageOf(v value) string {
	var all []string
	for c := range v.each() {
		for _, code := range codesOf(c.get("language")) {
			if c.get("preferred").yes() {
				return code.value
			}
			all = append(all, code.value)
			break
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return ""
}

func zoneOf(extensions value) *time.Location {
	for e := range extensions.each() {
		if !e.get("url").is(timezoneExtension) {
			continue
		}
		name := e.get("valueCode").text()
		if name == "" {
			name = e.get("valueString").text()
		}
		if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			return zone
		}
	}
	return nil
}
