package fhir

// records is what the documents said, before it is known who the member is, in
// which zone, and what may be used. It holds codes, dates and references, never
// words.
type records struct {
	documents     []documentHead
	people        []person
	encounters    []encounter
	conditions    []condition
	drugs         []drug
	drugCodes     map[string]string // of Medication, by reference
	results       []result
	operations    []operation
	coverages     []coverage
	eligibilities []eligibility
	claims        []claim
	plans         []plan
	consents      []consent
	messages      []message
	events        []header

	ignored  []Ignored
	unlisted int
}

// documentHead is what a Bundle says of itself.
type documentHead struct {
	at     date  // when it was put together
	labels label // security labels of all of it
}

// place is where a resource stands.
type place struct {
	doc     int
	fullURL string
	within  *source // of a contained resource
}

// source is what every record keeps of its resource.
type source struct {
	name    string // "Condition/123"
	fullURL string
	subject string // the reference as written
	doc     int
	labels  label
	inside  bool     // contained in another resource
	reasons []string // what it is because of: codes of ICD-10-CM
	because []string // the same as references to conditions
}

// read reads what most types of resources have.
func (s *source) read(v value) {
	for _, name := range subjects {
		if of := v.get(name); of.present() {
			s.subject = referenceOf(of)
			break
		}
	}
	for reason := range v.get("reasonCode").each() {
		if icd, _, why := meaning(codesOf(reason)); why == "" && icd != "" {
			s.reasons = append(s.reasons, icd)
		}
	}
	for reason := range v.get("reasonReference").each() {
		s.because = append(s.because, referenceOf(reason))
	}
}

func (r *Reader) openDocument() int {
	r.documents = append(r.documents, documentHead{})
	return len(r.documents) - 1
}

func (r *Reader) closeDocument(doc int, head value) {
	at := dateOf(head.get("timestamp"))
	if !at.known() {
		at = dateOf(head.get("meta").get("lastUpdated"))
	}
	r.documents[doc] = documentHead{at: at, labels: labelsOf(head)}
	for link := range head.get("link").each() {
		if link.get("relation").is("next") {
			r.ignore("Bundle", "link", MorePages)
		}
	}
}

// readers are the resource types that tell facts.
var readers = map[string]func(*Reader, value, source) Reason{
	"Patient":                     (*Reader).patient,
	"Encounter":                   (*Reader).encounter,
	"Condition":                   (*Reader).condition,
	"Medication":                  (*Reader).medication,
	"MedicationRequest":           (*Reader).medicationRequest,
	"Observation":                 (*Reader).observation,
	"Procedure":                   (*Reader).procedure,
	"ServiceRequest":              (*Reader).serviceRequest,
	"Appointment":                 (*Reader).appointment,
	"Coverage":                    (*Reader).coverage,
	"CoverageEligibilityResponse": (*Reader).eligibilityResponse,
	"ExplanationOfBenefit":        (*Reader).explanationOfBenefit,
	"ClaimResponse":               (*Reader).claimResponse,
	"CarePlan":                    (*Reader).carePlan,
	"Consent":                     (*Reader).consent,
	"Communication":               (*Reader).communication,
	"MessageHeader":               (*Reader).messageHeader,
	"OperationOutcome":            func(*Reader, value, source) Reason { return OperationOutcome },
}

// subjects name the member in each type; most have the first.
var subjects = [...]string{"subject", "patient", "beneficiary"}

// take reads one resource. It reports whether its type tells facts.
func (r *Reader) take(v value, at place) bool {
	if v.node().kind != '{' {
		r.ignore("", "", Malformed)
		return false
	}
	kind := v.get("resourceType").text()
	read, ok := readers[kind]
	if !ok {
		if kind == "" {
			r.ignore("", "", NoType)
		}
		return false
	}
	v.t.wrong = false
	s := source{name: kind, fullURL: at.fullURL, doc: at.doc, labels: labelsOf(v)}
	if id := v.get("id").text(); id != "" {
		s.name += "/" + id
	}
	if at.within != nil {
		s.inside = true
		s.name = at.within.name + "#" + v.get("id").text()
		s.labels |= at.within.labels
		s.fullURL = ""
	}
	s.read(v)
	before := r.records
	why := read(r, v, s)
	if v.t.wrong { // it is left out whole
		r.records, why = before, Malformed
	}
	if s.labels&labelSUD != 0 { // a list would betray it
		r.ignored, r.unlisted = before.ignored, before.unlisted
		return true
	}
	if why != "" {
		r.ignore(s.name, "", why)
	}
	return true
}

func (r *records) ignore(resource, field string, why Reason) {
	if len(r.ignored) == MaxIgnored {
		r.unlisted++
		return
	}
	r.ignored = append(r.ignored, Ignored{resource, field, why})
}
