package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

func TestABundleStaysAsItIs(t *testing.T) {
	for name, try := range map[string]struct{ before, bundle, after string }{
		"alone":               {"", `{"resourceType":"Bundle"}`, ""},
		"first":               {"", `{"entry":[{"a":"}\"{"},{"b":[1,{}]}]}`, `,"memberRef":"m"`},
		"last":                {`"memberRef":"m","asker":"ASKER_PROVIDER",`, ` { "x" : "\\" } `, ""},
		"in the middle":       {`"source":"a",`, `{"bundle":{"bundle":1}}`, `,"asOf":"2026-01-01T00:00:00Z"`},
		"beside odd names":    {`"member_ref":"a\"b}{",`, `{"ü":"😀"}`, `,"tenant":""`},
		"with unknown fields": {"", `{"memberRef":"m","asker":7,"entry":null}`, ""},
	} {
		m := &pb.ImportFhirRequest{}
		if err := UnmarshalImport([]byte(`{`+try.before+`"bundle":`+try.bundle+try.after+`}`), m); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := string(m.Bundle); strings.TrimSpace(got) != strings.TrimSpace(try.bundle) {
			t.Errorf("%s: %s became %s", name, try.bundle, got)
		}
	}
}

func TestWhatSurroundsABundleIsStrict(t *testing.T) {
	for name, try := range map[string]struct{ json, field, message string }{
		"a misspelt field":         {`{"memberRf":"canary","bundle":{}}`, "memberRf", "did you mean memberRef?"},
		"an unknown side":          {`{"bundle":{},"asker":"canary"}`, "asker", "must be one of"},
		"a bundle as text":         {`{"bundle":"e30="}`, "bundle", "must be a JSON object, the FHIR Bundle itself"},
		"a bundle that is a list":  {`{"bundle":[{"canary":1}]}`, "bundle", "must be a JSON object"},
		"no bundle":                {`{"bundle":null}`, "bundle", "must be a JSON object"},
		"two bundles":              {`{"bundle":{},"bundle":{"canary":1}}`, "bundle", "given twice"},
		"two, one in disguise":     {`{"b\u0075ndle":{},"bundle":{"canary":1}}`, "bundle", "given twice"},
		"a bundle cut off":         {`{"memberRef":"m","bundle":{"entry":[{"a":"canary`, "bundle", "ends in the middle"},
		"cut off after the bundle": {`{"bundle":{"a":1}`, "", "not valid JSON"},
		"something behind":         {`{"bundle":{}} canary`, "", "follows"},
		"a text for the object":    {`"canary"`, "", "object"},
		"broken before the bundle": {`{"memberRef":m,"bundle":{}}`, "memberRef", "not valid JSON"},
		"nothing":                  {``, "", "not valid JSON"},
	} {
		var wrong Invalid
		err := UnmarshalImport([]byte(try.json), &pb.ImportFhirRequest{})
		if !errors.As(err, &wrong) || len(wrong) != 1 || wrong[0].Field != try.field || !strings.Contains(wrong[0].Message, try.message) {
			t.Errorf("%s: %v, want %s: %s", name, err, try.field, try.message)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: what was sent comes back: %v", name, err)
		}
	}
}

// FuzzUnmarshalImport holds that whatever is read was a JSON object with that
// very bundle in it, or at least one whose surroundings were in order.
func FuzzUnmarshalImport(f *testing.F) {
	for _, seed := range []string{`{"bundle":{"a":[1,"}"]},"asker":"ASKER_INSURER"}`, `{"memberRef":"m","bundle":{"x":"\\\""}}`, `{"bundle":{"a":1`, `{}`, `{"a":[{"bundle":{}}],"bundle":{}}`, `{"bundle":"x"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &pb.ImportFhirRequest{}
		err := UnmarshalImport(data, m)
		var wrong Invalid
		switch {
		case err != nil && !errors.As(err, &wrong):
			t.Fatalf("%v is not Invalid", err)
		case err != nil || !json.Valid(m.Bundle):
			return // what is wrong inside a bundle is said by those who read it
		case !json.Valid(data):
			t.Fatalf("%q is no JSON and was read", data)
		}
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(data, &whole); err != nil {
			t.Fatal(err)
		}
		if raw, ok := whole["bundle"]; len(m.Bundle) > 0 && (!ok || !bytes.Equal(bytes.TrimSpace(raw), m.Bundle)) {
			t.Fatalf("the bundle of %q is %q", data, m.Bundle)
		}
	})
}
