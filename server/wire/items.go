package wire

import (
	"bytes"
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// UnmarshalItems reads the JSON of a message with a list whose items are
// answered one by one. An item that does not fit the API fails alone: it is left
// empty but for its text field keep, if it has one, and bad tells what is wrong
// by its place in the list. err is Invalid, and about all the rest.
func UnmarshalItems(data []byte, m proto.Message, list, keep string) (bad map[int]error, err error) {
	if protojson.Unmarshal(data, m) == nil {
		return nil, nil
	}
	items := findItems(data, list)
	field := m.ProtoReflect().NewField(m.ProtoReflect().Descriptor().Fields().ByJSONName(list)).List()
	var mended bytes.Buffer
	done := 0
	for i, span := range items {
		text := data[span.from:span.to]
		wrong := UnmarshalJSON(text, field.NewElement().Message().Interface())
		if wrong == nil {
			continue
		}
		if bad == nil {
			bad = map[int]error{}
		}
		bad[i] = wrong
		mended.Write(data[done:span.from])
		mended.Write(kept(text, keep))
		done = span.to
	}
	mended.Write(data[done:])
	if err := UnmarshalJSON(mended.Bytes(), m); err != nil {
		return nil, err
	}
	return bad, nil
}

// kept is an item with one text field of what was sent.
func kept(item []byte, name string) []byte {
	var fields map[string]json.RawMessage
	var text string
	if json.Unmarshal(item, &fields) != nil || json.Unmarshal(fields[name], &text) != nil || text == "" {
		return []byte("{}")
	}
	out, err := json.Marshal(map[string]string{name: text})
	if err != nil {
		return []byte("{}")
	}
	return out
}

// span is where a value stands in a text.
type span struct{ from, to int }

// findItems finds the values of the list of a JSON object; none if the text is
// no JSON, or has no such list.
func findItems(data []byte, list string) []span {
	if !json.Valid(data) {
		return nil
	}
	s := skimmer{data: data}
	s.space()
	for more := s.take('{'); more; more = s.take(',') {
		name, ok := s.name()
		if !ok {
			return nil
		}
		if name == list {
			return s.items()
		}
		s.value()
		s.space()
	}
	return nil
}

// items are the values of the list that begins here.
func (s *skimmer) items() (out []span) {
	for more := s.take('['); more; more = s.take(',') {
		s.space()
		from := s.at
		if s.value(); s.at == from {
			return nil // an empty list
		}
		out = append(out, span{from, s.at})
		s.space()
	}
	return out
}
