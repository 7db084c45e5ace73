package fhir

import (
	"slices"
	"strings"
)

// system is a code system that the package can read.
type system uint8

const (
	unknownSystem system = iota
	noSystem             // none was named
	icd10cm
	icd10pcs
	snomedct
	loinc
	cpt
	hcpcs
	pos // places of service of CMS
	revenue
	x12
	nahdo
	hl7 // any system of the standard itself: its codes say what they mean
)

// systems are the addresses of code systems, without their scheme.
var systems = map[string]system{
	"hl7.org/fhir/sid/icd-10-cm":                       icd10cm,
	"terminology.hl7.org/codesystem/icd10-cm":          icd10cm,
	"urn:oid:2.16.840.1.113883.6.90":                   icd10cm,
	"hl7.org/fhir/sid/icd-10":                          icd10cm,
	"www.cms.gov/medicare/coding/icd10":                icd10pcs,
	"hl7.org/fhir/sid/icd-10-pcs":                      icd10pcs,
	"urn:oid:2.16.840.1.113883.6.4":                    icd10pcs,
	"snomed.info/sct":                                  snomedct,
	"urn:oid:2.16.840.1.113883.6.96":                   snomedct,
	"loinc.org":                                        loinc,
	"urn:oid:2.16.840.1.113883.6.1":                    loinc,
	"www.ama-assn.org/go/cpt":                          cpt,
	"urn:oid:2.16.840.1.113883.6.12":                   cpt,
	"www.cms.gov/medicare/coding/hcpcsreleasecodesets": hcpcs,
	"www.cms.gov/medicare/coding/medhcpcsgeninfo":      hcpcs,
	"terminology.hl7.org/codesystem/hcpcs-level-ii":    hcpcs,
	"urn:oid:2.16.840.1.113883.6.285":                  hcpcs,
	"urn:oid:2.16.840.1.113883.6.14":                   hcpcs,
	"www.cms.gov/medicare/coding/place-of-service-codes/place_of_service_code_set": pos,
	"www.cms.gov/medicare/coding/place-of-service-codes":                           pos,
	"www.nubc.org/codesystem/revenuecodes":                                         revenue,
	"x12.org/codes/service-type-codes":                                             x12,
	"codesystem.x12.org/005010/1365":                                               x12,
	"nahdo.org/sopt":                                                               nahdo,
	"urn:oid:2.16.840.1.113883.3.221.5":                                            nahdo,
}

func systemOf(url string) system {
	if url == "" {
		return noSystem
	}
	u := strings.ToLower(url)
	u = strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
	u = strings.TrimSuffix(u, "/")
	if s, ok := systems[u]; ok {
		return s
	}
	if strings.HasPrefix(u, "terminology.hl7.org/codesystem/") || strings.HasPrefix(u, "hl7.org/fhir/") {
		return hl7
	}
	return unknownSystem
}

// code is one coding.
type code struct {
	system system
	value  string
	words  wording
}

// codesOf reads the codings of a CodeableConcept, a Coding, or several of
// either: versions of the standard differ in which of them a field holds.
func codesOf(v value) []code {
	var all []code
	keep := func(c code) {
		if c.value != "" {
			all = append(all, c)
		}
	}
	for one := range v.each() {
		if one.node().kind == '"' {
			keep(code{system: noSystem, value: one.text()})
			continue
		}
		keep(codeOf(one))
		for coding := range one.get("coding").each() {
			keep(codeOf(coding))
		}
	}
	return all
}

func codeOf(coding value) code {
	c := code{value: coding.get("code").text()}
	if c.value == "" {
		return c
	}
	c.system = systemOf(coding.get("system").text())
	if c.system == snomedct {
		c.words = wordingOf(coding.get("display").text())
	}
	return c
}

// wording is what the words for a concept of SNOMED CT say of its kind.
type wording uint8

const (
	plainWords   wording = iota
	findingWords         // a finding or a situation, not a disorder
	surgeryWords         // an operation
)

var (
	findingTags = []string{"(finding)", "(situation)", "(person)", "(social concept)"}
	// Endings and words that name operations, and words beside them that tell of
	// something else.
	surgical = []string{"ectomy", "plasty", "laparotomy", "craniotomy", "thoracotomy", "osteotomy", "sternotomy", "cesarean", "caesarean", "bypass graft",
		"transplant", "amputation", "resection", "ligation of", "tubal ligation", "arthrodesis", "joint replacement", "hip replacement", "knee replacement",
		"valve replacement", "replacement of heart valve", "replacement of joint", "repair of", "reconstruction", "implantation of", "internal fixation", "surgery"}
	aroundSurgery = []string{"care", "plan", "education", "assessment", "preoperative", "postoperative", "history", "follow-up", "admission", "consult", "referral", "evaluation"}
)

func wordingOf(words string) wording {
	words = strings.ToLower(words)
	for _, tag := range findingTags {
		if strings.HasSuffix(words, tag) {
			return findingWords
		}
	}
	in := func(part string) bool { return strings.Contains(words, part) }
	if slices.ContainsFunc(surgical, in) && !slices.ContainsFunc(aroundSurgery, in) {
		return surgeryWords
	}
	return plainWords
}

// codeIn is the first code of a field that is of one of the systems.
func codeIn(all []code, of ...system) (string, bool) {
	for _, c := range all {
		for _, s := range of {
			if c.system == s {
				return c.value, true
			}
		}
	}
	return "", false
}

// codeAmong reports whether one of the codes, of any system that may be meant,
// is one of the values.
func codeAmong(all []code, values ...string) bool {
	for _, c := range all {
		for _, v := range values {
			if c.value == v {
				return true
			}
		}
	}
	return false
}
