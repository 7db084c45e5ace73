package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// UnmarshalJSON reads one JSON object into m, strictly: an unknown field, an
// unknown name of an enumeration, a field given twice or anything after the
// object is an error. The error is Invalid and says where.
func UnmarshalJSON(data []byte, m proto.Message) error {
	if readJSON(data, m) || protojson.Unmarshal(data, m) == nil {
		return nil
	}
	if whole, cut := wholeCharacters(data); cut {
		return UnmarshalJSON(whole, m)
	}
	// The library's own words repeat what was sent and say the line, not the
	// field. So the text is read once more, to find the first thing that is wrong.
	w := walker{json.NewDecoder(bytes.NewReader(data))}
	w.UseNumber()
	v := w.document(data, m.ProtoReflect().Descriptor())
	if v == nil {
		v = &Violation{Message: "the JSON does not fit the API"}
	}
	return Invalid{*v}
}

// AppendJSON appends an answer as JSON: every field that its message promises,
// set or not. Messages that are not there stay absent, as the API describes
// them; null would be a third thing.
func AppendJSON(b []byte, m proto.Message) ([]byte, error) {
	return protojson.MarshalOptions{EmitDefaultValues: true}.MarshalAppend(b, m)
}

// walker reads JSON along the fields of a message and stops at the first
// thing that does not fit.
type walker struct{ *json.Decoder }

func (w walker) document(data []byte, d protoreflect.MessageDescriptor) *Violation {
	if !utf8.Valid(data) {
		return &Violation{Message: "the text is not valid UTF-8"}
	}
	t, v := w.token("")
	if v == nil {
		v = w.message("", d, t)
	}
	if v != nil {
		return v
	}
	if _, err := w.Token(); err != io.EOF {
		return &Violation{Message: "something follows the JSON object"}
	}
	return nil
}

// token returns the next token, or where the JSON is broken.
func (w walker) token(path string) (json.Token, *Violation) {
	t, err := w.Token()
	if err != nil {
		return nil, w.broken(path)
	}
	return t, nil
}

func (w walker) broken(path string) *Violation {
	return &Violation{path, fmt.Sprintf("the text is not valid JSON at or after byte %d", w.InputOffset())}
}

// message reads the rest of a message that begins with t.
func (w walker) message(path string, d protoreflect.MessageDescriptor, t json.Token) *Violation {
	if wellKnownType(d) {
		return wellKnown(path, d, t)
	}
	if t != json.Delim('{') {
		return &Violation{path, "must be a JSON object"}
	}
	seen := map[protoreflect.Name]bool{}
	for w.More() {
		t, v := w.token(path)
		if v != nil {
			return v
		}
		name, _ := t.(string)
		f := d.Fields().ByJSONName(name)
		if f == nil {
			f = d.Fields().ByTextName(name)
		}
		if f == nil {
			return &Violation{join(path, Key(name)), "is no field of the API" + suggest(d, name)}
		}
		if v := w.once(path, f, seen); v != nil {
			return v
		}
		if v := w.field(join(path, f.JSONName()), f); v != nil {
			return v
		}
	}
	_, v := w.token(path)
	return v
}

// once refuses a field that is given twice, and two of a oneof.
func (w walker) once(path string, f protoreflect.FieldDescriptor, seen map[protoreflect.Name]bool) *Violation {
	if seen[f.Name()] {
		return &Violation{join(path, f.JSONName()), "is given twice"}
	}
	seen[f.Name()] = true
	o := f.ContainingOneof()
	if o == nil || o.IsSynthetic() {
		return nil
	}
	for i := range o.Fields().Len() {
		if other := o.Fields().Get(i); other != f && seen[other.Name()] {
			return &Violation{join(path, f.JSONName()), "stands beside " + other.JSONName() + "; only one of them can be given"}
		}
	}
	return nil
}

// field reads the value of a field, which may be null.
func (w walker) field(path string, f protoreflect.FieldDescriptor) *Violation {
	switch {
	case f.IsMap():
		return w.mapOf(path, f.MapValue())
	case f.IsList():
		return w.list(path, f)
	}
	return w.single(path, f, true)
}

func (w walker) list(path string, f protoreflect.FieldDescriptor) *Violation {
	t, v := w.token(path)
	if v != nil || t == nil {
		return v
	}
	if t != json.Delim('[') {
		return &Violation{path, "must be a JSON array"}
	}
	for i := 0; w.More(); i++ {
		if v := w.single(fmt.Sprintf("%s[%d]", path, i), f, false); v != nil {
			return v
		}
	}
	_, v = w.token(path)
	return v
}

func (w walker) mapOf(path string, f protoreflect.FieldDescriptor) *Violation {
	t, v := w.token(path)
	if v != nil || t == nil {
		return v
	}
	if t != json.Delim('{') {
		return &Violation{path, "must be a JSON object"}
	}
	seen := map[string]bool{}
	for w.More() {
		t, v := w.token(path)
		if v != nil {
			return v
		}
		name, _ := t.(string)
		at := path + "[" + Key(name) + "]"
		if seen[name] {
			return &Violation{at, "is given twice"}
		}
		seen[name] = true
		if v := w.single(at, f, false); v != nil {
			return v
		}
	}
	_, v = w.token(path)
	return v
}
