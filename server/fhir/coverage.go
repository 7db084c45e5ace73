package fhir

import "strings"

// coverage is one insurance of the member.
type coverage struct {
	source
	status string
	period period
	line   string // of business, a value of line_of_business
	told   date   // when a contained one was told
}

// notMedical are types of coverage that pay for something else.
var notMedical = []string{"DENTPRG", "DENTAL", "VISPOL", "DRUGPOL", "LIFE", "AUTOPOL", "WCBPOL", "LTC", "DIS", "ANNU", "TLIFE", "ULIFE", "COL", "UNINSMOT", "pay"}

func (r *Reader) coverage(v value, s source) Reason {
	c := coverage{source: s, status: v.get("status").text(), period: periodOf(v.get("period"))}
	kind := codesOf(v.get("type"))
	if codeAmong(kind, notMedical...) {
		return ""
	}
	for _, one := range kind {
		if line := lineOf(one); line != "" && c.line == "" {
			c.line = line
		}
	}
	if c.status == "entered-in-error" {
		return Retracted
	}
	r.coverages = append(r.coverages, c)
	return ""
}

// businesses are the lines of business, by the codes of the standard.
var businesses = map[string]string{"EHCPOL": "employer", "MEDICARE": "ffs_medicare", "MEDICAID": "medicaid"}

// lineOf reads a type of coverage: of the standard, or of the payers' typology
// of NAHDO, where each further digit is a narrower kind.
func lineOf(c code) string {
	switch {
	case c.system == hl7:
		return businesses[strings.ToUpper(c.value)]
	case c.system != nahdo:
		return ""
	case strings.HasPrefix(c.value, "11"):
		return "medicare_advantage"
	case strings.HasPrefix(c.value, "12"):
		return "ffs_medicare"
	case strings.HasPrefix(c.value, "2"):
		return "medicaid"
	}
	return ""
}

// contained reads the coverage inside a claim, as of the day of the claim.
func (r *Reader) contained(v value, s source, told date) {
	for c := range v.get("contained").each() {
		if !c.get("resourceType").is("Coverage") {
			continue
		}
		inner := source{name: s.name + "#" + c.get("id").text(), doc: s.doc, labels: s.labels | labelsOf(c), inside: true}
		inner.subject = referenceOf(c.get("beneficiary"))
		before := len(r.coverages)
		r.coverage(c, inner)
		for i := before; i < len(r.coverages); i++ {
			r.coverages[i].told = told
		}
	}
}
