package wire

import (
	"errors"
	"slices"
	"strings"
)

// Violation is one field that does not fit.
type Violation struct {
	Field   string // path as JSON spells it, such as context.ageYears or diagnoses[1].code; empty means the whole message
	Message string // what is wrong, or what would fit; never the value that was sent
}

// Invalid is the error of a message with at least one Violation.
type Invalid []Violation

func (v Invalid) Error() string {
	parts := make([]string, len(v))
	for i, one := range v {
		parts[i] = one.Message
		if one.Field != "" {
			parts[i] = one.Field + ": " + one.Message
		}
	}
	return strings.Join(parts, "; ")
}

// OrNil is v as an error, in the order of the fields, or nil if v is empty.
func (v Invalid) OrNil() error {
	if len(v) == 0 {
		return nil
	}
	slices.SortStableFunc(v, func(a, b Violation) int { return strings.Compare(a.Field, b.Field) })
	return v
}

// Within puts a field before the paths of an Invalid that speaks of what is
// inside it. Any other error stays as it is.
func Within(field string, err error) error {
	var inside Invalid
	if !errors.As(err, &inside) {
		return err
	}
	out := make(Invalid, len(inside))
	for i, v := range inside {
		out[i] = Violation{Field: strings.TrimSuffix(field+"."+v.Field, "."), Message: v.Message}
	}
	return out
}

// camel spells a name of the catalogue or a .proto file as JSON does.
func camel(name string) string {
	var b strings.Builder
	up := false
	for _, c := range []byte(name) {
		switch {
		case c == '_':
			up = true
		case up && 'a' <= c && c <= 'z':
			b.WriteByte(c - 'a' + 'A')
			up = false
		default:
			b.WriteByte(c)
			up = false
		}
	}
	return b.String()
}

// Key is a name that a caller chose, such as an attribute's or a misspelt
// field's, made fit to be shown in a path. What does not look like a name is
// not repeated, because it may be anything.
func Key(name string) string {
	if len(name) == 0 || len(name) > 64 {
		return "?"
	}
	for _, c := range []byte(name) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_') {
			return "?"
		}
	}
	return name
}

// join appends a field to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// oneOf says which values fit, as long as they are not too many to read.
func oneOf(values []string) string {
	const most = 24
	if len(values) > most {
		return "must be one of the values of the revision in force"
	}
	return "must be one of " + strings.Join(values, ", ")
}
