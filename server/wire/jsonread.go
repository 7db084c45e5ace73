package wire

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// readJSON reads what requests are made of as a rule: fields by their JSON names,
// plain strings, numbers, booleans, names of enumerations, lists and messages of
// them. It reports false for all else, right or wrong, for which the library is
// asked: it has the last word on what fits, and takes four times as long.
func readJSON(data []byte, m proto.Message) bool {
	proto.Reset(m)
	r := jsonReader{data: data}
	if !r.message(m.ProtoReflect(), 0) {
		return false
	}
	r.space()
	return r.at == len(data)
}

type jsonReader struct {
	data []byte
	at   int
}

const (
	maxNested = 16  // messages in each other
	maxKnown  = 128 // fields of a message
)

// message reads an object.
func (r *jsonReader) message(m protoreflect.Message, depth int) bool {
	fields := m.Descriptor().Fields()
	if depth > maxNested || fields.Len() > maxKnown || wellKnownType(m.Descriptor()) || !r.is('{') {
		return false
	}
	if r.is('}') {
		return true
	}
	for seen := [maxKnown]bool{}; ; {
		name, ok := r.text()
		f := fields.ByJSONName(string(name))
		if !ok || f == nil || seen[f.Index()] || !r.is(':') || taken(m, f.ContainingOneof()) {
			return false
		}
		seen[f.Index()] = true
		if !r.field(m, f, depth) {
			return false
		}
		if !r.is(',') {
			return r.is('}')
		}
	}
}

// taken reports whether one of several fields, of which one can be given, is there.
func taken(m protoreflect.Message, o protoreflect.OneofDescriptor) bool {
	return o != nil && !o.IsSynthetic() && m.WhichOneof(o) != nil
}

// wellKnownType reports whether JSON has a way of its own to write a message.
func wellKnownType(d protoreflect.MessageDescriptor) bool {
	return strings.HasPrefix(string(d.FullName()), "google.protobuf.")
}

func (r *jsonReader) field(m protoreflect.Message, f protoreflect.FieldDescriptor, depth int) bool {
	switch {
	case f.IsMap():
		return false
	case f.IsList():
		return r.list(m, f, depth)
	case f.Message() != nil:
		return r.message(m.Mutable(f).Message(), depth+1)
	}
	v, ok := r.scalar(f)
	if ok {
		m.Set(f, v)
	}
	return ok
}

func (r *jsonReader) list(m protoreflect.Message, f protoreflect.FieldDescriptor, depth int) bool {
	if !r.is('[') {
		return false
	}
	if r.is(']') {
		return true
	}
	for all := m.Mutable(f).List(); ; {
		if f.Message() != nil {
			if !r.message(all.AppendMutable().Message(), depth+1) {
				return false
			}
		} else {
			v, ok := r.scalar(f)
			if !ok {
				return false
			}
			all.Append(v)
		}
		if !r.is(',') {
			return r.is(']')
		}
	}
}

func (r *jsonReader) scalar(f protoreflect.FieldDescriptor) (v protoreflect.Value, ok bool) {
	switch f.Kind() {
	case protoreflect.StringKind:
		text, ok := r.text()
		return protoreflect.ValueOfString(string(text)), ok
	case protoreflect.EnumKind:
		text, ok := r.text()
		e := f.Enum().Values().ByName(protoreflect.Name(text))
		if !ok || e == nil {
			return v, false
		}
		return protoreflect.ValueOfEnum(e.Number()), true
	case protoreflect.BoolKind:
		is := r.word("true")
		return protoreflect.ValueOfBool(is), is || r.word("false")
	case protoreflect.Int32Kind:
		n, err := strconv.ParseInt(string(r.number(false)), 10, 32)
		return protoreflect.ValueOfInt32(int32(n)), err == nil
	case protoreflect.Uint32Kind:
		n, err := strconv.ParseUint(string(r.number(false)), 10, 32)
		return protoreflect.ValueOfUint32(uint32(n)), err == nil
	case protoreflect.DoubleKind:
		n, err := strconv.ParseFloat(string(r.number(true)), 64)
		return protoreflect.ValueOfFloat64(n), err == nil && !math.IsInf(n, 0)
	}
	return v, false
}

func (r *jsonReader) space() {
	for r.at < len(r.data) && (r.data[r.at] == ' ' || r.data[r.at] == '\n' || r.data[r.at] == '\t' || r.data[r.at] == '\r') {
		r.at++
	}
}

// is takes a sign if it is next.
func (r *jsonReader) is(sign byte) bool {
	r.space()
	if r.at == len(r.data) || r.data[r.at] != sign {
		return false
	}
	r.at++
	return true
}

func (r *jsonReader) word(word string) bool {
	r.space()
	if len(r.data)-r.at < len(word) || string(r.data[r.at:r.at+len(word)]) != word {
		return false
	}
	r.at += len(word)
	return true
}

// text reads a string in which nothing is escaped.
func (r *jsonReader) text() ([]byte, bool) {
	if !r.is('"') {
		return nil, false
	}
	plain := true
	for from := r.at; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; {
		case c == '"':
			text := r.data[from:r.at]
			r.at++
			return text, plain || utf8.Valid(text)
		case c == '\\' || c < ' ':
			return nil, false
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	return nil, false
}

// number reads a number without an exponent, and without a fraction unless it may
// have one; nothing if there is none.
func (r *jsonReader) number(fraction bool) []byte {
	r.space()
	from := r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	first := r.at
	n := r.digits()
	if n == 0 || n > 1 && r.data[first] == '0' {
		return nil
	}
	if fraction && r.at < len(r.data) && r.data[r.at] == '.' {
		if r.at++; r.digits() == 0 {
			return nil
		}
	}
	if r.at < len(r.data) && strings.IndexByte(".eE", r.data[r.at]) >= 0 {
		return nil
	}
	return r.data[from:r.at]
}

func (r *jsonReader) digits() int {
	from := r.at
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	return r.at - from
}
