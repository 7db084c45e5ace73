package fhir

import (
	"slices"
	"strings"
)

// surgicalCategory is "surgical procedure" in SNOMED CT.
const surgicalCategory = "387713003"

// surgicalSpecialties are of SNOMED CT.
var surgicalSpecialties = []string{"394609007", "394801008", "394610002"}

// surgeries are concepts of SNOMED CT that name operations that members most
// often have. It is our own choice and no complete list: an operation is also
// known by its category, by its stay in a surgical ward and by the codes of
// claims.
var surgeries = strings.Fields(`
	80146002 38102005 45595009 34068001 232717009 415070008 36969009 11466000 177141003 287664005
	52734007 609588000 179344006 236886002 65801008 116140006 64368001 172043006 392021009 274031008
	73632009 33195004 265764009 88039007 175135009 232721002 119954001 3895009 47758006 31191000
	119954001 433112001 305428000 307280005 446745002 35637008 18286008 450506009 173171007 287809009
	69031006 392022002 26390003 90470006 241929008 120040007 387607004 68071007 234336002 265056007
	710824005 271442007 397394009 54321008 233604007x 443435007 396487001 112727005 709979004 85548006`)

// isSurgery reports whether codes name an operation. CPT is read by its ranges
// alone, ICD-10-PCS by its section.
func isSurgery(all []code) bool {
	for _, c := range all {
		switch c.system {
		case snomedct:
			if c.value == surgicalCategory || slices.Contains(surgeries, c.value) {
				return true
			}
		case cpt:
			if len(c.value) == 5 && c.value >= "10004" && c.value <= "69990" {
				return true
			}
		case icd10pcs:
			if len(c.value) == 7 && c.value[0] == '0' {
				return true
			}
		}
	}
	return false
}

// plainlyNoSurgery reports whether codes are of a kind that is never an
// operation, so that a procedure need not be kept.
func plainlyNoSurgery(all []code) bool {
	for _, c := range all {
		if c.system != snomedct && c.system != noSystem && c.system != unknownSystem {
			return true
		}
	}
	return false
}
