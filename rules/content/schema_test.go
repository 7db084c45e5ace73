package content

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// schema is the part of JSON Schema that the published schemas use. Reading one
// refuses keywords that validate does not know, so that none is passed over.
type schema struct {
	Dialect              string             `json:"$schema"`
	Title                string             `json:"title"`
	Description          string             `json:"description"`
	Defs                 map[string]*schema `json:"$defs"`
	Ref                  string             `json:"$ref"`
	Type                 json.RawMessage    `json:"type"`
	Enum                 []string           `json:"enum"`
	Pattern              string             `json:"pattern"`
	MinLength            int                `json:"minLength"`
	Minimum              *float64           `json:"minimum"`
	Maximum              *float64           `json:"maximum"`
	Items                *schema            `json:"items"`
	MinItems             int                `json:"minItems"`
	MaxItems             *int               `json:"maxItems"`
	Properties           map[string]*schema `json:"properties"`
	PropertyNames        *schema            `json:"propertyNames"`
	Required             []string           `json:"required"`
	MinProperties        int                `json:"minProperties"`
	MaxProperties        *int               `json:"maxProperties"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
}

func readSchema(t *testing.T, name string) *schema {
	t.Helper()
	f, err := os.Open("schema/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var s schema
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return &s
}

// validator gathers what a document has against a schema.
type validator struct {
	root  *schema
	wrong []string
}

func (v *validator) errorf(at, format string, args ...any) {
	v.wrong = append(v.wrong, at+": "+fmt.Sprintf(format, args...))
}

func (v *validator) check(s *schema, x any, at string) {
	if s.Ref != "" {
		v.check(v.root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")], x, at)
		return
	}
	if types := s.types(); len(types) > 0 && !slices.Contains(types, typeOf(x)) && !(typeOf(x) == "integer" && slices.Contains(types, "number")) {
		v.errorf(at, "is %s, not %v", typeOf(x), types)
		return
	}
	switch x := x.(type) {
	case string:
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, x) {
			v.errorf(at, "is none of %v", s.Enum)
		}
		if !regexp.MustCompile(s.Pattern).MatchString(x) || utf8.RuneCountInString(x) < s.MinLength {
			v.errorf(at, "does not fit %q", s.Pattern)
		}
	case int:
		if f := float64(x); s.Minimum != nil && f < *s.Minimum || s.Maximum != nil && f > *s.Maximum {
			v.errorf(at, "is out of range")
		}
	case []any:
		if len(x) < s.MinItems || s.MaxItems != nil && len(x) > *s.MaxItems {
			v.errorf(at, "has %d items", len(x))
		}
		for i := range x {
			v.check(s.Items, x[i], fmt.Sprintf("%s[%d]", at, i))
		}
	case map[string]any:
		v.object(s, x, at)
	}
}

func (v *validator) object(s *schema, x map[string]any, at string) {
	if len(x) < s.MinProperties || s.MaxProperties != nil && len(x) > *s.MaxProperties {
		v.errorf(at, "has %d properties", len(x))
	}
	for _, name := range s.Required {
		if _, ok := x[name]; !ok {
			v.errorf(at, "has no %s", name)
		}
	}
	for name, value := range x {
		if s.PropertyNames != nil {
			v.check(s.PropertyNames, name, at+" name")
		}
		if p := s.Properties[name]; p != nil {
			v.check(p, value, at+"."+name)
		} else if string(s.AdditionalProperties) == "false" {
			v.errorf(at, "may not have %s", name)
		} else if len(s.AdditionalProperties) > 0 {
			var extra schema
			if err := json.Unmarshal(s.AdditionalProperties, &extra); err != nil {
				v.errorf(at, "the schema is wrong: %v", err)
				continue
			}
			v.check(&extra, value, at+"."+name)
		}
	}
}

// types are the types a schema allows; none means any.
func (s *schema) types() (types []string) {
	if len(s.Type) == 0 {
		if len(s.Enum) > 0 {
			return []string{"string"}
		}
		return nil
	}
	if json.Unmarshal(s.Type, &types) != nil {
		var one string
		if json.Unmarshal(s.Type, &one) == nil {
			types = []string{one}
		}
	}
	return types
}

func typeOf(x any) string {
	switch x.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int:
		return "integer"
	case float64:
		return "number"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return fmt.Sprintf("%T", x)
}

// plain turns what YAML makes of a day back into the text that was written.
func plain(x any) any {
	switch x := x.(type) {
	case time.Time:
		if x.Equal(x.Truncate(24 * time.Hour)) {
			return x.Format(time.DateOnly)
		}
		return x.Format(time.RFC3339)
	case []any:
		for i := range x {
			x[i] = plain(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = plain(x[k])
		}
	}
	return x
}

func conform(t *testing.T, schemaName, text string) []string {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	s := readSchema(t, schemaName)
	v := &validator{root: s}
	v.check(s, plain(doc), "")
	return v.wrong
}

// schemaOf is the schema of a content file.
func schemaOf(name string) string {
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return strings.TrimSuffix(name, ".yaml")
}

func TestDefaultContentConformsToTheSchemas(t *testing.T) {
	used := map[string]bool{}
	err := fs.WalkDir(Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(Default(), name)
		used[schemaOf(name)+".json"] = true
		for _, wrong := range conform(t, schemaOf(name), string(b)) {
			t.Errorf("%s%s", name, wrong)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("schema")
	for _, e := range entries {
		if !used[e.Name()] {
			t.Errorf("no file uses the schema %s", e.Name())
		}
	}
	if err != nil || len(used) < 9 {
		t.Errorf("%v, schemas used: %v", err, used)
	}
}

// TestSchemasRefuse has one mistake in each document; the loaders refuse the
// same, as their own tests show.
func TestSchemasRefuse(t *testing.T) {
	for text, name := range map[string]string{
		"vocabularies: {benefits: []}":                                       "facts",
		"own_facts: [{id: x, type: text, max_age: contact, label: {en: x}}]": "facts",
		"topics: [{id: Sleep, kind: lifestyle, label: {en: sleep}}]":         "topics",
		"topics: [{id: sleep, kind: habits, label: {en: sleep}}]":            "topics",
		"rules: []": "mindset",
		"default: {id: x, then: provider, because: {en: x}}":                                                                                                           "mindset",
		"default: {id: x, then: safety, because: {en: x}}":                                                                                                             "sender",
		"default: {id: x, then: nobody, because: {es: x}}":                                                                                                             "sender",
		"rules: [{id: x, tier: top, when: [], then: nobody, because: {en: x}}]\ndefault: {id: x, then: nobody, because: {en: x}}":                                      "sender",
		"rules: [{id: x, tier: safety, when: [{topic: {equals: x}}], then: nobody, because: {en: x}}]\ndefault: {id: y, then: nobody, because: {en: x}}":               "sender",
		"rules: [{id: x, tier: safety, when: [{topic: {is: x}, mindset: {is: y}}], then: nobody, because: {en: x}}]\ndefault: {id: y, then: nobody, because: {en: x}}": "sender",
		"items: [{id: x, sender: doctor}]":                                                                                                                             "advice",
		"items: [{id: x, sender: insurer, links: [{label: {en: x}, url: 'http://x'}]}]":                                                                                "advice",
		"items: [{id: x, sender: insurer, txt: {en: x}}]":                                                                                                              "advice",
		"guardrails: [{id: g1, says: {en: x}, held_by: table}]":                                                                                                        "guardrails",
		"guardrails: [{id: G01, says: {en: x}, held_by: hope}]":                                                                                                        "guardrails",
		"quiet_hours: {from: 6, until: 21}":                                                                                                                            "policy",
		"cases: [{id: x, about: x, ask: {}, expect: []}]":                                                                                                              "cases",
		"cases: [{id: x, about: x, ask: {context: {a: {b: c}}}, expect: [{sender: nobody}]}]":                                                                          "cases",
		"flags: [{urgent: [x]}]": "lexicon",
	} {
		if len(conform(t, name, text)) == 0 {
			t.Errorf("%s takes %s", name, text)
		}
	}
}
