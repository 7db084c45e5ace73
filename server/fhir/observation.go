package fhir

import "slices"

// result is one measurement or answer that tells a fact.
type result struct {
	source
	what     measured
	number   float64
	unit     string
	answer   []code
	at       date
	abnormal bool
	issued   date
}

// measured is what a result is of.
type measured uint8

const (
	somethingElse measured = iota
	a1c
	bmi
	systolic
	tobacco
	pregnancy
)

var loincs = map[string]measured{
	"4548-4": a1c, "17856-6": a1c, "39156-5": bmi, "8480-6": systolic, "72166-2": tobacco, "82810-3": pregnancy,
}

// Panels that hold a systolic pressure among their components.
var pressurePanels = []string{"85354-9", "55284-4", "35094-2"}

// abnormals are interpretations of a result out of range.
var abnormals = []string{"H", "HH", "L", "LL", "A", "AA"}

// notTests are categories of what is measured or asked at every visit: out of
// range there is no test result that a member waits for.
var notTests = []string{"vital-signs", "social-history", "survey", "activity"}

func (r *Reader) observation(v value, s source) Reason {
	codes := codesOf(v.get("code"))
	o := result{source: s}
	for _, c := range codes {
		if c.system == loinc && o.what == somethingElse {
			o.what = loincs[c.value]
		}
	}
	panel := codeAmong(codes, pressurePanels...)
	o.abnormal = codeAmong(codesOf(v.get("interpretation")), abnormals...) && !codeAmong(codesOf(v.get("category")), notTests...)
	if o.what == somethingElse && !o.abnormal && !panel {
		return ""
	}
	switch v.get("status").text() {
	case "entered-in-error", "cancelled":
		return Retracted
	case "registered":
		return ""
	}
	if focus := v.get("focus"); focus.present() && !r.aboutSubject(focus, s) {
		return OtherSubject
	}
	o.at = firstKnown(dateOf(v.get("effectiveDateTime")), dateOf(v.get("effectiveInstant")), dateOf(v.get("effectivePeriod").get("end")),
		dateOf(v.get("effectivePeriod").get("start")), dateOf(v.get("issued")))
	o.issued = firstKnown(dateOf(v.get("issued")), o.at)
	o.read(v)
	if panel {
		for c := range v.get("component").each() {
			if code, ok := codeIn(codesOf(c.get("code")), loinc); ok && code == "8480-6" {
				o.what = systolic
				o.read(c)
			}
		}
	}
	r.results = append(r.results, o)
	return ""
}

// aboutSubject reports whether the focus of an observation is its subject, not
// a foetus or a donor.
func (r *Reader) aboutSubject(focus value, s source) bool {
	var all []string
	for f := range focus.each() {
		all = append(all, referenceOf(f))
	}
	return slices.Contains(all, s.subject)
}

func (o *result) read(v value) {
	if q := v.get("valueQuantity"); q.present() {
		var ok bool
		if o.number, ok = q.get("value").number(); !ok {
			return
		}
		o.unit = q.get("code").text()
		if o.unit == "" {
			o.unit = q.get("unit").text()
		}
		if o.unit == "" {
			o.unit = units[o.what][0]
		}
	} else if n, ok := v.get("valueInteger").number(); ok {
		o.number, o.unit = n, units[o.what][0]
	}
	o.answer = codesOf(v.get("valueCodeableConcept"))
}

// units are how each measurement may be written, the usual first.
var units = map[measured][]string{
	somethingElse: {""},
	a1c:           {"%", "percent", "% of total Hgb"},
	bmi:           {"kg/m2", "kg/m^2", "kg/m²"},
	systolic:      {"mm[Hg]", "mmHg", "mm Hg"},
	tobacco:       {""},
	pregnancy:     {""},
}
