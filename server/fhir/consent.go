package fhir

import "strings"

// consent is a permission or a refusal to use what is sensitive.
type consent struct {
	source
	active   bool
	permits  bool
	topics   label
	specific bool // for named purposes that are not all of treatment, payment and operations
	limited  bool // to named people or organisations
	at       date
	valid    period
}

// purposes of use of the standard that together are treatment, payment and
// operations.
var purposes = [3][]string{{"TREAT", "ETREAT"}, {"HPAYMT"}, {"HOPERAT"}}

func (r *Reader) consent(v value, s source) Reason {
	c := consent{source: s, at: dateOf(v.get("dateTime"))}
	switch v.get("status").text() {
	case "entered-in-error":
		return Retracted
	case "draft", "proposed":
		return ""
	case "active":
		c.active = true
	}
	provision := v.get("provision")
	c.permits = !provision.get("type").is("deny")
	c.valid = periodOf(provision.get("period"))
	c.topics = labelsIn(codesOf(v.get("category"))) | labelsIn(codesOf(v.get("policyRule"))) |
		labelsIn(codesOf(provision.get("securityLabel"))) | labelsIn(codesOf(provision.get("class")))
	if namesPart2(v) {
		c.topics |= labelSUD
	}
	if c.topics == 0 {
		return ""
	}
	c.limited = provision.get("actor").present()
	if purpose := codesOf(provision.get("purpose")); len(purpose) > 0 {
		for _, one := range purposes {
			c.specific = c.specific || !codeAmong(purpose, one...)
		}
	}
	r.consents = append(r.consents, c)
	return ""
}

// namesPart2 reports whether a consent says that it is one under 42 CFR Part 2.
func namesPart2(v value) bool {
	for p := range v.get("policy").each() {
		if isPart2(p.get("uri").text()) || isPart2(p.get("authority").text()) {
			return true
		}
	}
	for _, c := range append(codesOf(v.get("category")), codesOf(v.get("policyRule"))...) {
		if isPart2(c.value) {
			return true
		}
	}
	return isPart2(v.get("policyRule").get("text").text())
}

// isPart2 looks for "42 CFR Part 2" however it is put together.
func isPart2(s string) bool {
	plain := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, strings.ToLower(s))
	for _, spelt := range [...]string{"42cfrpart2", "42cfr2", "title42chapterisubchapterapart2", "title42part2"} {
		if i := strings.Index(plain, spelt); i >= 0 {
			end := i + len(spelt)
			return end == len(plain) || plain[end] < '0' || plain[end] > '9'
		}
	}
	return false
}
