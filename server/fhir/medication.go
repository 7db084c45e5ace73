package fhir

// drug is one prescription or fill.
type drug struct {
	source
	ingredient string // what is the same for the same drug: a code, or a reference to a Medication
	medication bool   // ingredient is a reference
	written    date
	course     string // acute, continuous or seasonal, if said
	active     bool
}

func (r *Reader) medication(v value, s source) Reason {
	if c := codesOf(v.get("code")); len(c) > 0 {
		if r.drugCodes == nil {
			r.drugCodes = make(map[string]string)
		}
		for _, name := range [...]string{s.name, s.fullURL} {
			if name != "" {
				r.drugCodes[name] = c[0].value
			}
		}
	}
	return ""
}

// shortSupply is how many days of a drug are taken for an acute illness.
const shortSupply = 14

func (r *Reader) medicationRequest(v value, s source) Reason {
	switch v.get("status").text() {
	case "cancelled", "entered-in-error", "draft":
		return Retracted
	}
	switch v.get("intent").text() {
	case "proposal", "plan", "option":
		return ""
	}
	if v.get("doNotPerform").yes() {
		return ""
	}
	d := drug{source: s, written: dateOf(v.get("authoredOn")), active: v.get("status").is("active")}
	if c := codesOf(v.get("medicationCodeableConcept")); len(c) > 0 {
		d.ingredient = c[0].value
	} else if ref := v.get("medicationReference"); ref.present() {
		d.ingredient, d.medication = referenceOf(ref), true
		if code := containedCode(v, d.ingredient); code != "" {
			d.ingredient, d.medication = code, false
		}
	}
	if course := codesOf(v.get("courseOfTherapyType")); len(course) > 0 {
		d.course = course[0].value
	} else if supply := v.get("dispenseRequest").get("expectedSupplyDuration"); supply.present() {
		if days, ok := daysOf(supply); ok && days <= shortSupply {
			d.course = "acute"
		}
	}
	r.drugs = append(r.drugs, d)
	return ""
}

// containedCode is the code of a Medication inside the resource.
func containedCode(v value, ref string) string {
	for c := range v.get("contained").each() {
		if "#"+c.get("id").text() == ref {
			if all := codesOf(c.get("code")); len(all) > 0 {
				return all[0].value
			}
		}
	}
	return ""
}

// daysOf is a duration in days.
func daysOf(duration value) (float64, bool) {
	n, ok := duration.get("value").number()
	if !ok {
		return 0, false
	}
	unit := duration.get("code").text()
	if unit == "" {
		unit = duration.get("unit").text()
	}
	switch unit {
	case "d", "day", "days", "":
		return n, true
	case "wk", "week", "weeks":
		return 7 * n, true
	case "mo", "month", "months":
		return 30 * n, true
	}
	return 0, false
}
