package fhir

import "strings"

// lines is what the lines of a claim tell together.
type lines struct {
	acute   []stay
	surgery date
	visit   bool // an office visit in which a doctor judged a problem
}

// Places of service that are acute care, and those where an operation is more
// than a small one in the doctor's office.
var (
	acutePlaces    = []string{"20", "21", "23"}
	surgicalPlaces = []string{"19", "21", "22", "24"}
)

func linesOf(v value, billed date) (l lines) {
	for line := range v.get("item").each() {
		done := periodOf(line.get("servicedPeriod"))
		at := firstKnown(dateOf(line.get("servicedDate")), done.end, done.start, billed)
		service, place := codesOf(line.get("productOrService")), codesOf(line.get("locationCodeableConcept"))
		inAcute, inTheatre := inPlace(place, acutePlaces), inPlace(place, surgicalPlaces)
		if unit, ok := codeIn(codesOf(line.get("revenue")), revenue, noSystem); ok && strings.HasPrefix(unit, "045") {
			inAcute = true
		}
		if inAcute {
			s := stay{until: at}
			for e := range line.get("encounter").each() {
				s.encounter = referenceOf(e)
			}
			l.acute = append(l.acute, s)
		}
		if isSurgery(service) && inTheatre {
			l.surgery = at
		}
		number, _ := codeIn(service, cpt)
		l.visit = l.visit || len(number) == 5 && number >= "99202" && number <= "99215"
	}
	return l
}

func inPlace(place []code, of []string) bool {
	number, ok := codeIn(place, pos)
	return ok && codeAmong([]code{{value: number}}, of...)
}

// leading are the kinds of diagnosis that a visit is for.
var leading = []string{"principal", "admitting", "patientreasonforvisit", "clinical"}

// claimed reads the diagnoses of a claim. A claim tells that a code was billed
// on a day: what is long-term stays true, but an acute code alone is no reason
// to think that the member is ill, unless it is what a visit was for. Those that
// are references are read from their own resource. It returns the codes.
func (r *Reader) claimed(v value, s source, billed period, visit bool) (all []string) {
	for d := range v.get("diagnosis").each() {
		codes := codesOf(d.get("diagnosisCodeableConcept"))
		if len(codes) == 0 {
			continue
		}
		icd, _, why := meaning(codes)
		if why != "" || icd == "" {
			continue
		}
		first, _ := d.get("sequence").number()
		kinds := codesOf(d.get("type"))
		lead := codeAmong(kinds, leading...) || len(kinds) == 0 && first <= 1
		all = append(all, icd)
		r.conditions = append(r.conditions, condition{source: s, code: icd, onset: billed.start, claimed: true, visited: visit && lead})
	}
	return all
}

// fills reads the drugs of a pharmacy's claim. A refill is not new.
func (r *Reader) fills(v value, s source, billed period) {
	if !codeAmong(codesOf(v.get("type")), "pharmacy") {
		return
	}
	short := false
	for info := range v.get("supportingInfo").each() {
		category := codesOf(info.get("category"))
		n, ok := info.get("valueQuantity").get("value").number()
		if ok && n > 0 && codeAmong(category, "refillnum") {
			return
		}
		short = short || ok && n <= shortSupply && codeAmong(category, "dayssupply")
	}
	for line := range v.get("item").each() {
		service := codesOf(line.get("productOrService"))
		if len(service) == 0 {
			continue
		}
		d := drug{source: s, ingredient: service[0].value, written: firstKnown(dateOf(line.get("servicedDate")), billed.start), active: true}
		if short {
			d.course = "acute"
		}
		r.drugs = append(r.drugs, d)
	}
}
