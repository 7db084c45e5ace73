package fhir

import (
	"slices"
	"strings"
)

// claim is one claim or request for approval that was judged.
type claim struct {
	source
	created date
	event   string // value of claim_event, "" if it tells none
	acute   []stay // care in an ER, hospital or urgent care center
}

// stay is acute care that a claim tells of.
type stay struct {
	until     date
	encounter string // told more exactly by this, if it is at hand
}

func (r *Reader) explanationOfBenefit(v value, s source) Reason {
	switch v.get("status").text() {
	case "cancelled", "entered-in-error", "draft":
		return Retracted
	}
	c := claim{source: s, created: dateOf(v.get("created"))}
	c.event = eventOf(v)
	billed := periodOf(v.get("billablePeriod"))
	r.contained(v, s, c.created)
	if v.get("use").is("claim") || !v.get("use").present() {
		lines := linesOf(v, billed.start)
		c.acute = lines.acute
		c.reasons = r.claimed(v, s, billed, lines.visit || len(lines.acute) > 0)
		r.fills(v, s, billed)
		if at := lines.surgery; at.known() {
			r.operations = append(r.operations, operation{source: c.source, surgical: true, at: at})
		}
	}
	r.claims = append(r.claims, c)
	return ""
}

func (r *Reader) claimResponse(v value, s source) Reason {
	switch v.get("status").text() {
	case "cancelled", "entered-in-error", "draft":
		return Retracted
	}
	r.claims = append(r.claims, claim{source: s, created: dateOf(v.get("created")), event: eventOf(v)})
	return ""
}

// eventOf is what a member hears about the claim.
func eventOf(v value) string {
	approval := v.get("use").is("preauthorization")
	if v.get("use").is("predetermination") {
		return ""
	}
	outcome := v.get("outcome").text()
	switch {
	case approval && denied(v):
		return "prior_auth_denied"
	case approval && (outcome == "queued" || outcome == "partial" || pended(v)):
		return "prior_auth_pending"
	case approval:
		return ""
	case denied(v):
		return "denied"
	case outcome == "queued" || outcome == "error":
		return "pended"
	}
	return "new_eob"
}

// reviewAction is the extension in which payers tell how a request for approval
// went, with codes of X12: A3 is refused, A4 is pending.
const reviewAction = "extension-reviewAction"

// review finds the codes of a review in an adjudication.
func review(adjudication value) (all []code) {
	for e := range adjudication.get("extension").each() {
		if !strings.HasSuffix(e.get("url").text(), reviewAction) {
			continue
		}
		for inner := range e.get("extension").each() {
			all = append(all, codesOf(inner.get("valueCodeableConcept"))...)
		}
	}
	return all
}

// adjudications are those of the lines of a claim.
func adjudications(v value) (all []value) {
	for _, lines := range [...]string{"item", "addItem"} {
		for line := range v.get(lines).each() {
			for a := range line.get("adjudication").each() {
				all = append(all, a)
			}
		}
	}
	return all
}

// denied reports whether the claim was refused: it says so as a whole, or about
// a line while nothing is paid.
func denied(v value) bool {
	for a := range v.get("adjudication").each() {
		if refuses(a) {
			return true
		}
	}
	return slices.ContainsFunc(adjudications(v), refuses) && paysNothing(v)
}

func refuses(adjudication value) bool {
	category, why := codesOf(adjudication.get("category")), codesOf(adjudication.get("reason"))
	return codeAmong(category, "denied", "denialreason", "rejectreason") || codeAmong(why, "denied") || codeAmong(review(adjudication), "A3")
}

func pended(v value) bool {
	waits := func(a value) bool { return codeAmong(review(a), "A4") }
	for a := range v.get("adjudication").each() {
		if waits(a) {
			return true
		}
	}
	return slices.ContainsFunc(adjudications(v), waits)
}

func paysNothing(v value) bool {
	if n, ok := v.get("payment").get("amount").get("value").number(); ok && n > 0 {
		return false
	}
	for t := range v.get("total").each() {
		if codeAmong(codesOf(t.get("category")), "benefit", "paidtoprovider", "paidtopatient") {
			if n, ok := t.get("amount").get("value").number(); ok && n > 0 {
				return false
			}
		}
	}
	return true
}
