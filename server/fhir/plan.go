package fhir

// plan is one care plan that is a program of a plan or practice.
type plan struct {
	source
	state  string // value of care_program
	period period
}

// Care plans of SNOMED CT that are programs to join, for living with a
// condition. Other care plans are how one illness is treated.
var programs = []string{"698358001", "698359009", "698360004", "698361000", "699728000", "735984001", "735985000", "736284000", "736285004"}

// Words that payers use as codes for their programs.
var programCodes = []string{"care-management", "case-management", "disease-management", "care-program"}

func (r *Reader) carePlan(v value, s source) Reason {
	category := codesOf(v.get("category"))
	if !codeAmong(category, programs...) && !codeAmong(category, programCodes...) {
		return ""
	}
	p := plan{source: s, period: periodOf(v.get("period"))}
	switch v.get("status").text() {
	case "entered-in-error":
		return Retracted
	case "active", "on-hold":
		p.state = "enrolled"
	case "completed":
		p.state = "graduated"
	case "revoked":
		p.state = "declined"
	case "draft":
		p.state = "invited"
	default:
		return ""
	}
	if proposed := v.get("intent"); proposed.is("proposal") {
		p.state = "eligible"
	}
	r.plans = append(r.plans, p)
	return ""
}
