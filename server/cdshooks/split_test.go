package cdshooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"testing"
)

// FuzzMembers compares the fields of an object with what encoding/json finds.
func FuzzMembers(f *testing.F) {
	for _, s := range []string{`{}`, ` { "a" : 1 , "b":[{"}":"]"}] } `, `{"a\"}":"\\","\u0062":null}`, `{"a":1,"a":2}`, `{"a":-1.5e3}`, `[]`, `"x"`, ``, `{"a":{"b":{"c":[]}}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		var want map[string]json.RawMessage
		got, err := members(data)
		switch {
		case json.Unmarshal(data, &want) != nil || want == nil:
			if !errors.Is(err, errNotObject) {
				t.Errorf("no object, and %v", err)
			}
		case errors.Is(err, errTwice):
			if n := names(t, data); n == len(want) {
				t.Error("nothing is there twice")
			}
		case err != nil || !maps.EqualFunc(got, want, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }):
			t.Errorf("%s: got %s %v, want %s", data, got, err, want)
		}
	})
}

// names counts the fields of an object.
func names(t *testing.T, data []byte) (n int) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.Token()
	for ; d.More(); n++ {
		var skip json.RawMessage
		if _, err := d.Token(); err != nil || d.Decode(&skip) != nil {
			t.Fatal(err)
		}
	}
	return n
}
