package fhir

import "strings"

// label is a set of sensitive topics, as bits of the positions in
// sensitive_topics_shareable.
type label int64

const (
	labelReproductive label = 1 << iota
	labelSexualHealth
	labelSTI
	labelGenderAffirming
	labelMentalHealth
	labelSUD
	labelIPV
	labelHIV
)

// labels are the security labels of the standard (v3-ActCode) for sensitive
// information.
var labels = map[string]label{
	"ETH": labelSUD, "ETHUD": labelSUD, "SUD": labelSUD, "OPIOIDUD": labelSUD, "ALC": labelSUD, "42CFRPART2": labelSUD,
	"PSY": labelMentalHealth, "PSYTHPN": labelMentalHealth, "MH": labelMentalHealth, "BH": labelMentalHealth, "EMOTDIS": labelMentalHealth,
	"SEX": labelSexualHealth, "STD": labelSTI, "HIV": labelHIV, "SDV": labelIPV, "DVD": labelIPV, "VIO": labelIPV,
	"MST": labelIPV | labelSexualHealth, "REPRO": labelReproductive, "GENDER": labelGenderAffirming,
}

// labelsOf reads meta.security.
func labelsOf(v value) (l label) {
	for coding := range v.get("meta").get("security").each() {
		l |= labels[strings.ToUpper(coding.get("code").text())]
	}
	return l
}

// labelsIn reads the labels among codes.
func labelsIn(all []code) (l label) {
	for _, c := range all {
		l |= labels[strings.ToUpper(c.value)]
	}
	return l
}
