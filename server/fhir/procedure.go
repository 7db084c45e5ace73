package fhir

// operation is a surgical procedure that was done or is planned.
type operation struct {
	source
	encounter string   // a reference: an operation, if that is a stay in a surgical ward
	actors    []string // of an appointment: one of them is the member
	surgical  bool
	planned   bool
	at        date
}

func (r *Reader) procedure(v value, s source) Reason {
	status := v.get("status").text()
	switch status {
	case "entered-in-error", "not-done":
		return Retracted
	}
	codes := codesOf(v.get("code"))
	o := operation{source: s, encounter: referenceOf(v.get("encounter")), planned: status == "preparation"}
	o.surgical = isSurgery(codes) || codeAmong(codesOf(v.get("category")), surgicalCategory)
	if !o.surgical && (o.encounter == "" || plainlyNoSurgery(codes)) {
		return ""
	}
	done := v.get("performedPeriod")
	o.at = firstKnown(dateOf(v.get("performedDateTime")), dateOf(done.get("end")), dateOf(done.get("start")),
		dateOf(v.get("occurrenceDateTime")), dateOf(v.get("occurrencePeriod").get("start")))
	r.operations = append(r.operations, o)
	return ""
}

func (r *Reader) serviceRequest(v value, s source) Reason {
	switch v.get("status").text() {
	case "revoked", "entered-in-error":
		return Retracted
	case "completed", "draft":
		return "" // done is told by Procedure
	}
	switch v.get("intent").text() {
	case "proposal", "plan", "option":
		return ""
	}
	if v.get("doNotPerform").yes() {
		return ""
	}
	if !isSurgery(codesOf(v.get("code"))) && !codeAmong(codesOf(v.get("category")), surgicalCategory) {
		return ""
	}
	at := firstKnown(dateOf(v.get("occurrenceDateTime")), dateOf(v.get("occurrencePeriod").get("start")))
	r.operations = append(r.operations, operation{source: s, surgical: true, planned: true, at: at})
	return ""
}

func (r *Reader) appointment(v value, s source) Reason {
	switch v.get("status").text() {
	case "cancelled", "noshow", "entered-in-error":
		return Retracted
	case "fulfilled":
		return ""
	}
	surgical := isSurgery(codesOf(v.get("serviceType"))) || codeAmong(codesOf(v.get("serviceCategory")), surgicalCategory) ||
		codeAmong(codesOf(v.get("specialty")), surgicalSpecialties...) && codeAmong(codesOf(v.get("appointmentType")), surgicalCategory)
	if !surgical {
		return ""
	}
	at := dateOf(v.get("start"))
	o := operation{source: s, surgical: true, planned: true, at: at}
	for p := range v.get("participant").each() {
		ref := referenceOf(p.get("actor"))
		o.actors = append(o.actors, ref)
		if o.subject == "" && tailType(ref) == "Patient" {
			o.subject = ref
		}
	}
	r.operations = append(r.operations, o)
	return ""
}
