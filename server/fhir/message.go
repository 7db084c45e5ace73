package fhir

// header says what a message bundle is about.
type header struct {
	source
	kind  string   // admit, transfer or discharge
	focus []string // references
}

// notifications by their codes: of the notification guide, and of HL7 v2.
var notifications = map[string]string{
	"notification-admit": "admit", "notification-transfer": "transfer", "notification-discharge": "discharge",
	"A01": "admit", "A02": "transfer", "A03": "discharge",
}

func (r *Reader) messageHeader(v value, s source) Reason {
	h := header{source: s}
	for _, c := range codesOf(v.get("eventCoding")) {
		h.kind = notifications[c.value]
	}
	if h.kind == "" {
		return UnknownCode
	}
	for f := range v.get("focus").each() {
		h.focus = append(h.focus, referenceOf(f))
	}
	r.events = append(r.events, h)
	return ""
}

// message is one Communication: what was sent to the member, or why they called.
type message struct {
	source
	sent       date
	recipients []string
	sender     string
	reasons    []code
}

func (r *Reader) communication(v value, s source) Reason {
	switch v.get("status").text() {
	case "entered-in-error", "not-done":
		return Retracted
	case "completed":
	default:
		return ""
	}
	m := message{source: s, sent: firstKnown(dateOf(v.get("sent")), dateOf(v.get("received"))), sender: referenceOf(v.get("sender"))}
	for to := range v.get("recipient").each() {
		m.recipients = append(m.recipients, referenceOf(to))
	}
	m.reasons = codesOf(v.get("reasonCode"))
	r.messages = append(r.messages, m)
	return ""
}
