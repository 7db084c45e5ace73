package wire

import (
	"bytes"
	"encoding/json"
	"slices"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// UnmarshalImport reads the JSON of ImportFhir, in which bundle is a FHIR Bundle
// as it is and not the text that bytes are in JSON. What surrounds the bundle is
// read as strictly as any request; the bundle is found and not read, which is
// for those who know FHIR. The error is Invalid.
func UnmarshalImport(data []byte, m *pb.ImportFhirRequest) error {
	from, to, problem := findBundle(data)
	if problem != "" {
		return Invalid{{Field: "bundle", Message: problem}}
	}
	if to == 0 {
		return UnmarshalJSON(data, m)
	}
	around := slices.Concat(data[:from], []byte(`""`), data[to:])
	if err := UnmarshalJSON(around, m); err != nil {
		return err
	}
	m.Bundle = bytes.Clone(data[from:to])
	return nil
}

// findBundle finds the value of the field bundle in a JSON object; to is 0 if
// there is none, or if the text is no JSON object, which others tell better.
func findBundle(data []byte) (from, to int, problem string) {
	s := skimmer{data: data}
	s.space()
	if !s.take('{') {
		return 0, 0, ""
	}
	for {
		name, ok := s.name()
		if !ok {
			return 0, 0, ""
		}
		from = s.at
		whole := s.value()
		switch {
		case name != "bundle" && !whole:
			return 0, 0, ""
		case name == "bundle" && (from >= len(data) || data[from] != '{'):
			return 0, 0, "must be a JSON object, the FHIR Bundle itself"
		case name == "bundle" && !whole:
			return 0, 0, "ends in the middle"
		case name == "bundle":
			return from, s.at, ""
		}
		s.space()
		if !s.take(',') {
			return 0, 0, ""
		}
	}
}

// skimmer finds where values begin and end, and leaves what they are to others.
type skimmer struct {
	data []byte
	at   int
}

func (s *skimmer) space() {
	for s.at < len(s.data) && bytes.IndexByte([]byte(" \t\r\n"), s.data[s.at]) >= 0 {
		s.at++
	}
}

func (s *skimmer) take(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

// name reads the name of a field and the colon behind it.
func (s *skimmer) name() (name string, ok bool) {
	s.space()
	from := s.at
	if s.at >= len(s.data) || s.data[s.at] != '"' || !s.text() {
		return "", false
	}
	if json.Unmarshal(s.data[from:s.at], &name) != nil {
		return "", false
	}
	s.space()
	if !s.take(':') {
		return "", false
	}
	s.space()
	return name, true
}

// text goes past a string; false if it does not end.
func (s *skimmer) text() bool {
	for s.at++; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return true
		}
	}
	return false
}

// value goes past a value; false if it does not end.
func (s *skimmer) value() bool {
	for depth := 0; s.at < len(s.data); {
		switch s.data[s.at] {
		case '"':
			if !s.text() {
				return false
			}
			if depth == 0 {
				return true
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return true // the end of the object around a bare value
			}
			if depth == 0 {
				s.at++
				return true
			}
		case ',':
			if depth == 0 {
				return true
			}
		}
		s.at++
	}
	return false
}
