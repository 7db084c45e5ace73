package cdshooks

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// Violation is one thing that is wrong with what was sent.
type Violation struct {
	Field   string // path, as in context.patientId
	Message string
}

// Invalid is all that is wrong with what was sent. It repeats no value.
type Invalid []Violation

func (v Invalid) Error() string {
	all := make([]string, len(v))
	for i, one := range v {
		all[i] = strings.TrimPrefix(one.Field+": "+one.Message, ": ")
	}
	return strings.Join(all, "; ")
}

// object is one JSON object on its way through the checks.
type object struct {
	path    string
	members map[string]json.RawMessage
	read    []string
	wrong   *Invalid // shared by all objects of one document
}

var (
	errNotObject = errors.New("must be a JSON object")
	errTwice     = errors.New("has a field that is given twice")
)

// parse reads a document that must be one object.
func parse(data []byte) *object {
	o := &object{wrong: &Invalid{}}
	err := errNotObject
	if json.Valid(data) {
		o.members, err = members(data)
	}
	if err != nil {
		o.fail("", "the body "+err.Error())
	}
	return o
}

func (o *object) fail(name, message string) {
	*o.wrong = append(*o.wrong, Violation{o.at(name), message})
}

func (o *object) at(name string) string { return strings.Trim(o.path+"."+name, ".") }

func (o *object) has(name string) bool { _, ok := o.members[name]; return ok }

// take finds a field, and complains if it is needed and not there.
func (o *object) take(name string, need bool) (json.RawMessage, bool) {
	o.read = append(o.read, name)
	raw, ok := o.members[name]
	if !ok && need {
		o.fail(name, "is required")
	}
	return raw, ok
}

// text reads a string, which must not be empty.
func (o *object) text(name string, need bool) string {
	raw, ok := o.take(name, need)
	if !ok {
		return ""
	}
	var s string
	switch {
	case raw[0] != '"' || json.Unmarshal(raw, &s) != nil:
		o.fail(name, "must be a string")
	case s == "":
		o.fail(name, "must not be empty")
	}
	return s
}

// object reads an object; nil if there is none.
func (o *object) object(name string, need bool) *object {
	raw, ok := o.take(name, need)
	if !ok {
		return nil
	}
	return o.child(name, raw)
}

func (o *object) child(name string, raw json.RawMessage) *object {
	m, err := members(raw)
	if err != nil {
		o.fail(name, err.Error())
		return nil
	}
	return &object{path: o.at(name), members: m, wrong: o.wrong}
}

// list reads an array; nil if there is none.
func (o *object) list(name string, need bool) []json.RawMessage {
	raw, ok := o.take(name, need)
	if !ok {
		return nil
	}
	var all []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &all) != nil {
		o.fail(name, "must be an array")
	}
	return all
}

// known refuses fields that nobody read. Extensions may hold anything.
func (o *object) known() {
	o.extension()
	var unknown []string
	for name := range o.members {
		if !slices.Contains(o.read, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		if !plainName(name) {
			name = "(a field)"
		}
		o.fail(name, "is not a field of the specification")
	}
}

func (o *object) extension() { o.object("extension", false) }

// maxName bounds how much of a field's name an error repeats.
const maxName = 64

// plainName reports whether a name may be repeated: it looks like a field, not
// like something somebody typed into the wrong place.
func plainName(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-') {
			return false
		}
	}
	return s != "" && len(s) <= maxName
}
