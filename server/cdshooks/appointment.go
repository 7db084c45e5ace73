package cdshooks

import (
	"encoding/json"
	"strings"
)

// appointment is what is read of a visit that is booked.
type appointment struct {
	ServiceCategory concepts `json:"serviceCategory"`
	ServiceType     concepts `json:"serviceType"`
	Specialty       concepts `json:"specialty"`
	Kind            concepts `json:"appointmentType"`
	Reason          concepts `json:"reason"` // as R3 has it, and the hook's example
	ReasonCode      concepts `json:"reasonCode"`
	Description     string   `json:"description"`
	Comment         string   `json:"comment"`
}

// concept is a CodeableConcept.
type concept struct {
	Coding codings `json:"coding"`
	Text   string  `json:"text"`
}

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display"`
}

// concepts and codings may be one or several: versions of FHIR differ, and the
// specification's example has one coding where several belong. What is neither
// is none.
type (
	concepts []concept
	codings  []coding
)

func (c *concepts) UnmarshalJSON(data []byte) error { *c = oneOrMore[concept](data); return nil }
func (c *codings) UnmarshalJSON(data []byte) error  { *c = oneOrMore[coding](data); return nil }

func oneOrMore[T any](data []byte) []T {
	var many []T
	var one T
	switch {
	case len(data) == 0 || data[0] != '[' && data[0] != '{':
	case data[0] == '[' && json.Unmarshal(data, &many) == nil:
		return many
	case data[0] == '{' && json.Unmarshal(data, &one) == nil:
		return []T{one}
	}
	return nil
}

// about are the words in the name of a service that tell its topic, the more
// telling first. They are looked for in what the clinic offers only: in why a
// patient comes, "weight loss" is a symptom.
var about = []struct{ word, topic string }{
	{"sleep", "sleep"}, {"cpap", "sleep"},
	{"tobacco", "tobacco"}, {"smoking", "tobacco"},
	{"nutrition", "nutrition"}, {"dietitian", "nutrition"}, {"dietetics", "nutrition"},
	{"weight management", "weight"}, {"obesity clinic", "weight"},
	{"prenatal", "maternity"}, {"antenatal", "maternity"}, {"maternity", "maternity"}, {"obstetric", "maternity"},
	{"mental health", "mental_health"}, {"psychiatry", "mental_health"}, {"psychology", "mental_health"},
	{"immunization", "preventive"}, {"vaccination", "preventive"}, {"preventive", "preventive"}, {"screening", "preventive"},
	{"diabetes education", "chronic_care"}, {"chronic disease", "chronic_care"},
}

// checkUp is the code of a routine visit in table 0276 of HL7 version 2.
const checkUp = "CHECKUP"

// topic is what a visit is about by what the clinic offers; empty if that does
// not tell.
func (a *appointment) topic() string {
	var offer strings.Builder
	for _, c := range [...]concepts{a.ServiceType, a.ServiceCategory, a.Specialty} {
		c.writeTo(&offer)
	}
	name := strings.ToLower(offer.String())
	for _, w := range about {
		if strings.Contains(name, w.word) {
			return w.topic
		}
	}
	for _, kind := range a.Kind {
		for _, c := range kind.Coding {
			if c.Code == checkUp && (c.System == "" || strings.Contains(c.System, "0276")) {
				return "preventive"
			}
		}
	}
	return ""
}

// maxWords is how much of the words about a visit is read, in bytes.
const maxWords = 2000

// words is why the patient comes, for the reader of emergencies and topics.
// Like a member's own words they are read once and dropped.
func (a *appointment) words() string {
	var b strings.Builder
	a.Reason.writeTo(&b)
	a.ReasonCode.writeTo(&b)
	sentence(&b, a.Description)
	sentence(&b, a.Comment)
	s := b.String()
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "")
	}
	return s
}

func (c concepts) writeTo(b *strings.Builder) {
	for _, one := range c {
		sentence(b, one.Text)
		for _, k := range one.Coding {
			sentence(b, k.Display)
		}
	}
}

func sentence(b *strings.Builder, s string) {
	if s != "" {
		b.WriteString(s)
		b.WriteString(". ")
	}
}
