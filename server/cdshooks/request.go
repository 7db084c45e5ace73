package cdshooks

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// request is a call of a service, checked.
type request struct {
	hook       string
	fhirServer string
	moment     moment
	prefetch   map[string]document
}

// moment is the context of a hook: who looks at whom.
type moment struct {
	userType     string // Practitioner, PractitionerRole, Patient or RelatedPerson
	patientID    string
	encounterID  string
	appointments []json.RawMessage
}

// hook is what the specification says of the context of one hook.
type hook struct {
	name         string
	users        []string // types of userId
	encounter    bool     // encounterId is required
	appointments bool     // appointments are required
}

var (
	clinicians = []string{"Practitioner", "PractitionerRole"}
	anyone     = []string{"Practitioner", "PractitionerRole", "Patient", "RelatedPerson"}
	hooks      = []hook{
		{name: "patient-view", users: anyone},
		{name: "appointment-book", users: anyone, appointments: true},
		{name: "encounter-discharge", users: clinicians, encounter: true},
	}
)

func findHook(name string) *hook {
	for i := range hooks {
		if hooks[i].name == name {
			return &hooks[i]
		}
	}
	return nil
}

// parseRequest checks a call of a service on a hook. The error is Invalid.
func parseRequest(body []byte, on *hook) (*request, error) {
	o := parse(body)
	if len(*o.wrong) > 0 {
		return nil, *o.wrong
	}
	r := &request{hook: o.text("hook", true)}
	if r.hook != "" && r.hook != on.name {
		o.fail("hook", "this service is for "+on.name)
	}
	// Parsing takes other spellings of a UUID as well.
	if id := o.text("hookInstance", true); id != "" && (len(id) != 36 || uuid.Validate(id) != nil) {
		o.fail("hookInstance", "must be a UUID")
	}
	r.fhirServer = o.text("fhirServer", false)
	if r.fhirServer != "" && !absolute(r.fhirServer) {
		o.fail("fhirServer", "must be an http or https URL")
	}
	checkAuthorization(o)
	if c := o.object("context", true); c != nil {
		r.moment = parseContext(c, on)
	}
	r.prefetch = parsePrefetch(o)
	o.known()
	if len(*o.wrong) > 0 {
		return nil, *o.wrong
	}
	return r, nil
}

func absolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// checkAuthorization checks the form of a token that is not used.
func checkAuthorization(o *object) {
	a := o.object("fhirAuthorization", false)
	if a == nil {
		return
	}
	if !o.has("fhirServer") {
		o.fail("fhirAuthorization", "is allowed with fhirServer only")
	}
	a.text("access_token", true)
	if kind := a.text("token_type", true); kind != "" && kind != "Bearer" {
		a.fail("token_type", "must be Bearer")
	}
	if raw, ok := a.take("expires_in", true); ok {
		if n, err := strconv.ParseInt(string(raw), 10, 64); err != nil || n < 0 {
			a.fail("expires_in", "must be a whole number of seconds")
		}
	}
	a.text("scope", true)
	a.text("subject", true)
	a.text("patient", false)
	a.known()
}

// parseContext checks a context. Hooks may gain fields, so unknown ones stand.
func parseContext(c *object, on *hook) moment {
	var m moment
	user := c.text("userId", true)
	kind, id, _ := strings.Cut(user, "/")
	switch {
	case user == "":
	case !slices.Contains(on.users, kind) || !isID(id):
		c.fail("userId", "must be one of "+strings.Join(on.users, ", ")+", a slash and an id")
	default:
		m.userType = kind
	}
	if m.patientID = c.text("patientId", true); m.patientID != "" && !isID(m.patientID) {
		c.fail("patientId", "must be the id of a Patient")
	}
	if m.encounterID = c.text("encounterId", on.encounter); m.encounterID != "" && !isID(m.encounterID) {
		c.fail("encounterId", "must be the id of an Encounter")
	}
	if on.appointments {
		m.appointments = parseAppointments(c)
	}
	c.extension()
	return m
}

// maxID is the longest id of a FHIR resource.
const maxID = 64

func isID(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.') {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}

// parseAppointments reads appointments as the hook's text has them, in a
// Bundle, and as its examples have them, in an array.
func parseAppointments(c *object) []json.RawMessage {
	raw, ok := c.take("appointments", true)
	if !ok {
		return nil
	}
	var all []json.RawMessage
	switch {
	case headOf(raw).Type == "Bundle":
		all = entries(raw)
	case raw[0] == '[':
		all = c.list("appointments", true)
	default:
		c.fail("appointments", "must be an array or a Bundle of Appointments")
	}
	for i, a := range all {
		if headOf(a).Type != "Appointment" {
			c.fail("appointments["+strconv.Itoa(i)+"]", "must be an Appointment")
		}
	}
	return all
}

func entries(bundle json.RawMessage) (all []json.RawMessage) {
	var b struct {
		Entry []struct {
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	_ = json.Unmarshal(bundle, &b) // what has no entries has none
	for _, e := range b.Entry {
		all = append(all, e.Resource)
	}
	return all
}

// parsePrefetch checks that each value is null or a resource.
func parsePrefetch(o *object) map[string]document {
	p := o.object("prefetch", false)
	if p == nil {
		return nil
	}
	out := make(map[string]document, len(p.members))
	for key, raw := range p.members {
		d := document{headOf(raw), raw}
		if d.Type == "" && string(raw) != "null" {
			if !plainName(key) {
				key = "(a key)"
			}
			p.fail(key, "must be null or a FHIR resource")
		}
		out[key] = d
	}
	return out
}
