package fhir

import "slices"

// surgicalCategory is "surgical procedure" in SNOMED CT.
const surgicalCategory = "387713003"

// surgicalSpecialties are of SNOMED CT.
var surgicalSpecialties = []string{"394609007", "394801008", "394610002"}

// surgeries are concepts of SNOMED CT for operations that members most often
// have. It is our own choice and no complete list: an operation is also known by
// its words, by its category, by its stay in a surgical ward and by the codes of
// claims.
var surgeries = []string{
	"80146002", "38102005", "45595009", "34068001", "232717009", "415070008", "36969009", "11466000", "177141003", "287664005", "22523008",
	"52734007", "609588000", "236886002", "116140006", "64368001", "172043006", "392021009", "73632009", "175135009", "307280005", "447365002",
	"26390003", "43075005", "90470006", "70536003", "18027006", "32413006", "88039007", "433112001",
}

// isSurgery reports whether codes name an operation. CPT is read by its ranges
// alone, ICD-10-PCS by its section.
func isSurgery(all []code) bool {
	for _, c := range all {
		switch c.system {
		case snomedct:
			if c.value == surgicalCategory || c.words == surgeryWords || slices.Contains(surgeries, c.value) {
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
