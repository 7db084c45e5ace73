package wire

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"
)

// single reads one value that is no list and no map.
func (w walker) single(path string, f protoreflect.FieldDescriptor, nullable bool) *Violation {
	t, v := w.token(path)
	if v != nil {
		return v
	}
	if t == nil && nullable {
		return nil
	}
	if f.Message() != nil {
		return w.message(path, f.Message(), t)
	}
	if message := scalar(f, t); message != "" {
		return &Violation{path, message}
	}
	return nil
}

// scalar says what would fit a field if t does not.
func scalar(f protoreflect.FieldDescriptor, t json.Token) string {
	text, isText := t.(string)
	number, isNumber := t.(json.Number)
	fits := false
	switch f.Kind() {
	case protoreflect.BoolKind:
		_, fits = t.(bool)
	case protoreflect.StringKind, protoreflect.BytesKind:
		fits = isText
	case protoreflect.EnumKind:
		fits = isText && f.Enum().Values().ByName(protoreflect.Name(text)) != nil || isNumber && wholeNumber(string(number), 32)
	case protoreflect.DoubleKind, protoreflect.FloatKind:
		_, err := strconv.ParseFloat(text+string(number), 64)
		fits = err == nil && (isText || isNumber)
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		fits = wholeNumber(text+string(number), 32)
	default:
		fits = wholeNumber(text+string(number), 64)
	}
	if fits {
		return ""
	}
	return WhatFits(f)
}

// WhatFits says which values a field takes, as far as its type tells.
func WhatFits(f protoreflect.FieldDescriptor) string {
	switch f.Kind() {
	case protoreflect.BoolKind:
		return "must be true or false"
	case protoreflect.StringKind, protoreflect.BytesKind:
		return "must be a string"
	case protoreflect.EnumKind:
		return oneOf(enumNames(f.Enum()))
	case protoreflect.DoubleKind, protoreflect.FloatKind:
		return "must be a number"
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return whatFitsMessage(f.Message())
	}
	return "must be a whole number"
}

func whatFitsMessage(d protoreflect.MessageDescriptor) string {
	switch d.FullName() {
	case "google.protobuf.Timestamp":
		return "must be a time such as 2026-01-31T12:00:00Z"
	case "google.protobuf.Duration":
		return "must be a duration such as 1.5s"
	}
	return "must be a JSON object"
}

// wholeNumber reports whether text is a whole number of that many bits, as
// JSON may write it: 3, 3.0 and 3e0 are the same.
func wholeNumber(text string, bits int) bool {
	if _, err := strconv.ParseInt(text, 10, bits); err == nil {
		return true
	}
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && n == math.Trunc(n) && math.Abs(n) < math.Pow(2, float64(bits-1))
}

// wellKnown judges a message that JSON writes as text, such as a time.
func wellKnown(path string, d protoreflect.MessageDescriptor, t json.Token) *Violation {
	if text, ok := t.(string); ok {
		quoted, err := json.Marshal(text)
		if err == nil && protojson.Unmarshal(quoted, dynamicpb.NewMessage(d)) == nil {
			return nil
		}
	}
	return &Violation{path, whatFitsMessage(d)}
}

// suggest names the field that was probably meant, if there is one.
func suggest(d protoreflect.MessageDescriptor, name string) string {
	best, least := "", min(3, len(name)/2+1)
	for i := range d.Fields().Len() {
		if f := d.Fields().Get(i); len(name) <= 64 {
			if n := distance(strings.ToLower(name), strings.ToLower(f.JSONName())); n < least {
				best, least = f.JSONName(), n
			}
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance is the number of letters to put in, take out or change to get from
// a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
