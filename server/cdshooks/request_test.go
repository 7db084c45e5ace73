package cdshooks

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConformingRequestsAreAccepted(t *testing.T) {
	b := newBench(t, nil)
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var body m
		if err := json.Unmarshal(data, &body); err != nil {
			t.Fatal(file, err)
		}
		b.invoke(t, body)
	}
}

// with is a call in which one thing is another; nil takes it out.
func with(hook, path string, value any) m {
	body := call(hook, m{"encounters": nil, "conditions": nil})
	if hook == "appointment-book" {
		body["context"].(m)["appointments"] = []m{}
	}
	at := body
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		if at[name] == nil {
			at[name] = m{}
		}
		at = at[name].(m)
	}
	if at[names[len(names)-1]] = value; value == nil {
		delete(at, names[len(names)-1])
	}
	return body
}

var token = m{"access_token": "canary", "token_type": "Bearer", "expires_in": 1, "scope": "x", "subject": "y"}

func TestRequestsThatDoNotConformAreRefused(t *testing.T) {
	b := newBench(t, nil)
	null := json.RawMessage("null")
	for name, try := range map[string]struct {
		body   m
		fields string
	}{
		"no hook":                        {with("patient-view", "hook", nil), "hook"},
		"another hook":                   {with("patient-view", "hook", "order-sign"), "hook"},
		"no instance":                    {with("patient-view", "hookInstance", nil), "hookInstance"},
		"an instance that is no UUID":    {with("patient-view", "hookInstance", "canary"), "hookInstance"},
		"a UUID in braces":               {with("patient-view", "hookInstance", "{"+instance+"}"), "hookInstance"},
		"no context":                     {with("patient-view", "context", nil), "context"},
		"context is null":                {with("patient-view", "context", null), "context"},
		"context is empty":               {with("patient-view", "context", m{}), "context.userId context.patientId"},
		"context is a list":              {with("patient-view", "context", []int{}), "context"},
		"no patient":                     {with("patient-view", "context.patientId", nil), "context.patientId"},
		"an empty patient":               {with("patient-view", "context.patientId", ""), "context.patientId"},
		"a reference for a patient":      {with("patient-view", "context.patientId", "Patient/canary"), "context.patientId"},
		"a number for a patient":         {with("patient-view", "context.patientId", 7), "context.patientId"},
		"no user":                        {with("patient-view", "context.userId", nil), "context.userId"},
		"a user without a type":          {with("patient-view", "context.userId", "canary"), "context.userId"},
		"a user of another type":         {with("patient-view", "context.userId", "Device/1"), "context.userId"},
		"a patient who discharges":       {with("encounter-discharge", "context.userId", "Patient/1"), "context.userId"},
		"a discharge without encounter":  {with("encounter-discharge", "context.encounterId", nil), "context.encounterId"},
		"an encounter that is null":      {with("patient-view", "context.encounterId", null), "context.encounterId"},
		"no appointments":                {with("appointment-book", "context.appointments", nil), "context.appointments"},
		"appointments as text":           {with("appointment-book", "context.appointments", "canary"), "context.appointments"},
		"something else than a visit":    {with("appointment-book", "context.appointments", []m{{"resourceType": "Appointment"}, patient("")}), "context.appointments[1]"},
		"a server that is no URL":        {with("patient-view", "fhirServer", "fhir.example"), "fhirServer"},
		"a server that is a file":        {with("patient-view", "fhirServer", "file:///etc/passwd"), "fhirServer"},
		"a token without a server":       {with("patient-view", "fhirAuthorization", token), "fhirAuthorization"},
		"prefetch is null":               {with("patient-view", "prefetch", null), "prefetch"},
		"prefetch is a list":             {with("patient-view", "prefetch", []int{}), "prefetch"},
		"prefetch of a number":           {with("patient-view", "prefetch.meds", 7), "prefetch.meds"},
		"prefetch of no resource":        {with("patient-view", "prefetch.meds", m{}), "prefetch.meds"},
		"prefetch of another type":       {with("patient-view", "prefetch.encounters", patient("")), "prefetch.encounters"},
		"prefetch under an odd key":      {with("patient-view", "prefetch.can ary", 7), "prefetch.(a key)"},
		"an unknown field":               {with("patient-view", "hookInstanceId", "canary"), "hookInstanceId"},
		"a field in other letters":       {with("patient-view", "FhirServer", "https://x.example"), "FhirServer"},
		"a field that is a sentence":     {with("patient-view", "can ary", 1), "(a field)"},
		"an extension that is no object": {with("patient-view", "extension", 7), "extension"},
	} {
		hook := "patient-view"
		if strings.Contains(name, "discharge") || strings.Contains(name, "without encounter") {
			hook = "encounter-discharge"
		}
		if strings.Contains(name, "visit") || strings.Contains(name, "appointments") {
			hook = "appointment-book"
		}
		w := b.send("POST", Path+"/"+hook, try.body)
		reason, fields := refusal(t, w)
		if w.Code != http.StatusBadRequest || reason != "INVALID_ARGUMENT" || fields != try.fields {
			t.Errorf("%s: %d %s [%s], want [%s]", name, w.Code, reason, fields, try.fields)
		}
		if strings.Contains(w.Body.String(), "canary") || strings.Contains(w.Body.String(), "can ary") {
			t.Errorf("%s: the error repeats what was sent: %s", name, w.Body)
		}
	}
}

func TestTheFormOfATokenIsChecked(t *testing.T) {
	b := newBench(t, nil)
	for name, bend := range map[string]func(m){
		"access_token": func(a m) { delete(a, "access_token") },
		"token_type":   func(a m) { a["token_type"] = "bearer" },
		"expires_in":   func(a m) { a["expires_in"] = "300" },
		"scope":        func(a m) { a["scope"] = "" },
		"subject":      func(a m) { a["subject"] = json.RawMessage("null") },
		"refresh":      func(a m) { a["refresh"] = "canary" },
	} {
		a := m{}
		for k, v := range token {
			a[k] = v
		}
		bend(a)
		body := with("patient-view", "fhirAuthorization", a)
		body["fhirServer"] = "https://fhir.example"
		if _, fields := refusal(t, b.send("POST", Path+"/patient-view", body)); fields != "fhirAuthorization."+name {
			t.Errorf("%s: [%s]", name, fields)
		}
	}
}

func TestBodiesThatAreNoRequests(t *testing.T) {
	b := newBench(t, nil)
	good, err := json.Marshal(call("patient-view", m{"encounters": nil, "conditions": nil}))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"nothing": "", "text": "canary", "a list": "[]", "cut off": string(good[:len(good)-9]), "two": string(good) + "{}",
		"twice":    strings.Replace(string(good), `"hook":`, `"hook":"canary","hook":`, 1),
		"too deep": strings.Replace(string(good), `"encounters":null`, `"encounters":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000), 1),
	} {
		w := b.send("POST", Path+"/patient-view", body)
		if reason, _ := refusal(t, w); w.Code != http.StatusBadRequest || reason != "INVALID_ARGUMENT" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}
