// Package cdstest says whether what a CDS service answers is what CDS Hooks 2.0
// has: the list of services, and cards.
//
// In: a document. Out: all that is wrong with it, by path; nothing if it
// conforms. It is strict: fields that the specification does not know, and
// null, "", {} and [] where it does not allow them, are wrong. It shares no
// code with the service, so that both can't make the same mistake.
package cdstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"unicode/utf16"
)

// field is what the specification says of one field.
type field struct {
	kind   string // string, bool, object, list, url or any
	need   bool
	empty  bool // a list may be empty
	values []string
	max    int              // characters
	of     map[string]field // of an object, or of each entry of a list; nil means anything
}

var (
	coding = map[string]field{"code": {kind: "string", need: true}, "system": {kind: "url"}, "display": {kind: "string"}}
	action = map[string]field{
		"type": {kind: "string", need: true, values: []string{"create", "update", "delete"}}, "description": {kind: "string", need: true},
		"resource": {kind: "any"}, "resourceId": {kind: "any"}, "extension": {kind: "any"},
	}
	suggestion = map[string]field{
		"label": {kind: "string", need: true}, "uuid": {kind: "string"}, "isRecommended": {kind: "bool"}, "actions": {kind: "list", of: action}, "extension": {kind: "any"},
	}
	link = map[string]field{
		"label": {kind: "string", need: true}, "url": {kind: "url", need: true}, "type": {kind: "string", need: true, values: []string{"absolute", "smart"}},
		"appContext": {kind: "string"}, "extension": {kind: "any"},
	}
	source = map[string]field{
		"label": {kind: "string", need: true}, "url": {kind: "url"}, "icon": {kind: "url"}, "topic": {kind: "object", of: coding}, "extension": {kind: "any"},
	}
	card = map[string]field{
		"uuid": {kind: "string"}, "summary": {kind: "string", need: true, max: 139}, "detail": {kind: "string"},
		"indicator": {kind: "string", need: true, values: []string{"info", "warning", "critical"}}, "source": {kind: "object", need: true, of: source},
		"suggestions": {kind: "list", of: suggestion}, "selectionBehavior": {kind: "string", values: []string{"at-most-one", "any"}},
		"overrideReasons": {kind: "list", of: coding}, "links": {kind: "list", of: link}, "extension": {kind: "any"},
	}
	response = map[string]field{"cards": {kind: "list", need: true, empty: true, of: card}, "systemActions": {kind: "list", of: action}, "extension": {kind: "any"}}
	service  = map[string]field{
		"hook": {kind: "string", need: true}, "title": {kind: "string"}, "description": {kind: "string", need: true}, "id": {kind: "string", need: true},
		"prefetch": {kind: "object"}, "usageRequirements": {kind: "string"}, "extension": {kind: "any"},
	}
	services = map[string]field{"services": {kind: "list", need: true, empty: true, of: service}, "extension": {kind: "any"}}
)

// Discovery checks the answer to GET /cds-services.
func Discovery(data []byte) []string {
	c := &checker{}
	for i, s := range c.entries(data, services, "services") {
		for key, query := range object(s["prefetch"]) {
			c.query(fmt.Sprintf("services[%d].prefetch.%s", i, key), query)
		}
	}
	return c.wrong
}

// Response checks the answer to a call of a service.
func Response(data []byte) []string {
	c := &checker{}
	for i, one := range c.entries(data, response, "cards") {
		at := fmt.Sprintf("cards[%d]", i)
		if one["suggestions"] != nil && one["selectionBehavior"] == nil {
			c.fail(at+".selectionBehavior", "is required with suggestions")
		}
		for j, r := range list(one["overrideReasons"]) {
			if object(r)["display"] == nil {
				c.fail(fmt.Sprintf("%s.overrideReasons[%d].display", at, j), "is required")
			}
		}
		for j, l := range list(one["links"]) {
			if object(l)["appContext"] != nil && object(l)["type"] != "smart" {
				c.fail(fmt.Sprintf("%s.links[%d].appContext", at, j), "is for smart links only")
			}
		}
	}
	return c.wrong
}

type checker struct{ wrong []string }

func (c *checker) fail(at, why string) { c.wrong = append(c.wrong, at+": "+why) }

// entries checks a document and returns the objects of its list.
func (c *checker) entries(data []byte, of map[string]field, name string) (out []map[string]any) {
	var doc any
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); err != nil {
		c.fail("(document)", "is not JSON")
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		c.fail("(document)", "has something behind it")
	}
	c.object("", doc, of)
	for _, e := range list(object(doc)[name]) {
		out = append(out, object(e))
	}
	return out
}

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }
func list(v any) []any            { l, _ := v.([]any); return l }

func (c *checker) object(at string, v any, of map[string]field) {
	m, ok := v.(map[string]any)
	if !ok || len(m) == 0 {
		c.fail(at, "must be an object with fields")
		return
	}
	for name, f := range of {
		if _, given := m[name]; f.need && !given {
			c.fail(at+"."+name, "is required")
		}
	}
	for name, value := range m {
		if f, known := of[name]; known {
			c.value(at+"."+name, value, f)
		} else if of != nil {
			c.fail(at+"."+name, "is not a field of the specification")
		}
	}
}

func (c *checker) value(at string, v any, f field) {
	switch f.kind {
	case "any":
		if v == nil {
			c.fail(at, "must not be null")
		}
	case "bool":
		if _, ok := v.(bool); !ok {
			c.fail(at, "must be true or false")
		}
	case "object":
		c.object(at, v, f.of)
	case "list":
		l, ok := v.([]any)
		if !ok || len(l) == 0 && !f.empty {
			c.fail(at, "must be a list with entries")
		}
		for i, e := range l {
			c.object(fmt.Sprintf("%s[%d]", at, i), e, f.of)
		}
	default:
		c.text(at, v, f)
	}
}

func (c *checker) text(at string, v any, f field) {
	s, ok := v.(string)
	u, err := url.Parse(s)
	switch {
	case !ok || s == "":
		c.fail(at, "must be a text that is not empty")
	case f.kind == "url" && (err != nil || !u.IsAbs()):
		c.fail(at, "must be an absolute URL")
	case f.values != nil && !slices.Contains(f.values, s):
		c.fail(at, "must be one of "+fmt.Sprint(f.values))
	case f.max > 0 && len(utf16.Encode([]rune(s))) > f.max:
		c.fail(at, fmt.Sprintf("must have at most %d characters", f.max))
	}
}

// tokens are the placeholders of a prefetch template.
var tokens = regexp.MustCompile(`\{\{([^}]*)\}\}`)

var (
	inContext = regexp.MustCompile(`^context\.[A-Za-z]+$`)
	users     = []string{"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"}
)

// query checks a prefetch template: its placeholders are fields of the context
// at its root, or the user.
func (c *checker) query(at string, v any) {
	s, ok := v.(string)
	if !ok || s == "" {
		c.fail(at, "must be a text that is not empty")
	}
	for _, t := range tokens.FindAllStringSubmatch(s, -1) {
		if !inContext.MatchString(t[1]) && !slices.Contains(users, t[1]) {
			c.fail(at, "has a placeholder that is no field of the context")
		}
	}
}
