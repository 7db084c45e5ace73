package fhir

import "strings"

// eligibility is what a plan answered about a member's benefits.
type eligibility struct {
	source
	created    date
	on         period // the days it is about
	parts      []part
	deductible []amount
}

// part is one insurance in the answer.
type part struct {
	stated  bool // it says whether the insurance is in force
	inForce bool
	period  period
	items   []item
}

// item is one benefit of the plan, by the codes that name it.
type item struct {
	codes     []code
	available bool
}

// amount is what is left of a deductible, and how well it fits: for the person,
// for the whole plan, in the network.
type amount struct {
	left float64
	fit  int
}

func (r *Reader) eligibilityResponse(v value, s source) Reason {
	switch v.get("status").text() {
	case "cancelled", "entered-in-error", "draft":
		return Retracted
	}
	switch v.get("outcome").text() {
	case "queued", "error":
		return ""
	}
	e := eligibility{source: s, created: dateOf(v.get("created")), on: periodOf(v.get("servicedPeriod"))}
	if day := dateOf(v.get("servicedDate")); day.known() {
		e.on = period{day, day}
	}
	for insurance := range v.get("insurance").each() {
		p := part{stated: insurance.get("inforce").present(), inForce: insurance.get("inforce").yes(), period: periodOf(insurance.get("benefitPeriod"))}
		for line := range insurance.get("item").each() {
			e.line(&p, line)
		}
		e.parts = append(e.parts, p)
	}
	r.eligibilities = append(r.eligibilities, e)
	return ""
}

// line reads one item of an insurance.
func (e *eligibility) line(p *part, v value) {
	category := codesOf(v.get("category"))
	outside := codeAmong(codesOf(v.get("network")), "out")
	used := false
	for b := range v.get("benefit").each() {
		if codeAmong(codesOf(b.get("type")), "deductible") {
			if a, ok := leftOf(b, v, category, outside); ok {
				e.deductible = append(e.deductible, a)
			}
			continue
		}
		used = used || exhausted(b)
	}
	codes := append(category, codesOf(v.get("productOrService"))...)
	// A benefit that needs the plan's approval is one that the member has.
	p.items = append(p.items, item{codes, !v.get("excluded").yes() && !outside && !used})
}

func leftOf(benefit, line value, category []code, outside bool) (amount, bool) {
	money := benefit.get("allowedMoney")
	allowed, ok := money.get("value").number()
	if currency := money.get("currency"); !ok || currency.present() && !currency.is("USD") {
		return amount{}, false
	}
	used, _ := benefit.get("usedMoney").get("value").number()
	a := amount{left: max(allowed-used, 0)}
	if len(category) == 0 || codeAmong(category, "30", "1", "medical") {
		a.fit += 4
	}
	if codeAmong(codesOf(line.get("unit")), "individual") {
		a.fit += 2
	}
	if !outside {
		a.fit++
	}
	return a, true
}

// exhausted reports whether a counted benefit is used up.
func exhausted(benefit value) bool {
	allowed, ok := benefit.get("allowedUnsignedInt").number()
	used, _ := benefit.get("usedUnsignedInt").number()
	return ok && used >= allowed
}

// benefitsOf are the benefits that service types of X12 and procedure codes
// stand for. Service types as wide as "equipment" name no benefit.
var benefitsOf = map[system]map[string]string{
	x12: {
		"67": "tobacco_cessation", "68": "preventive_visit", "69": "maternity", "80": "immunization", "81": "preventive_visit",
		"A4": "mental_health", "A6": "mental_health", "A8": "mental_health", "MH": "mental_health", "DS": "diabetes_supplies",
	},
	hcpcs: {
		"S9970": "gym", "S9453": "tobacco_cessation", "G0436": "tobacco_cessation", "G0437": "tobacco_cessation",
		"G0270": "nutrition", "G0271": "nutrition", "S9452": "nutrition", "S9470": "nutrition",
		"G0447": "weight_program", "G0473": "weight_program", "S9449": "weight_program",
		"G0108": "diabetes_class", "G0109": "diabetes_class", "S9455": "diabetes_class",
		"G0438": "preventive_visit", "G0439": "preventive_visit", "G0105": "colon_screening", "G0121": "colon_screening",
		"E0601": "cpap_supplies", "A7030": "cpap_supplies", "A7034": "cpap_supplies", "A4670": "home_bp_cuff",
		"S9442": "maternity", "S9436": "maternity",
	},
	cpt: {
		"99406": "tobacco_cessation", "99407": "tobacco_cessation", "97802": "nutrition", "97803": "nutrition", "97804": "nutrition",
		"0403T": "dpp", "0488T": "dpp", "77067": "breast_screening", "45378": "colon_screening",
	},
}

// benefitOf names the benefit that a code stands for: one of the tables, or a
// code of the plan's own that is the name of a benefit.
func benefitOf(c code) string {
	if name, ok := benefitsOf[c.system][c.value]; ok {
		return name
	}
	if c.system == noSystem || c.system == unknownSystem || c.system == hl7 {
		// Some senders name no system, or the example one, for service types.
		if name, ok := benefitsOf[x12][strings.ToUpper(c.value)]; ok {
			return name
		}
		return strings.ReplaceAll(strings.ToLower(c.value), "-", "_")
	}
	return ""
}
