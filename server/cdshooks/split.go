package cdshooks

import (
	"bytes"
	"encoding/json"
)

// members splits an object, which must be valid JSON, into its fields, whose
// values it does not look into: most of a call is records that somebody else
// reads, and reading them here as well would take as long again. Names are taken
// to the letter, which encoding/json does not do.
func members(data []byte) (map[string]json.RawMessage, error) {
	at := space(data, 0)
	if at == len(data) || data[at] != '{' {
		return nil, errNotObject
	}
	out := map[string]json.RawMessage{}
	for at = space(data, at+1); data[at] != '}'; at = space(data, at) {
		if data[at] == ',' {
			at = space(data, at+1)
		}
		end := text(data, at)
		var name string
		if err := json.Unmarshal(data[at:end], &name); err != nil {
			return nil, err
		}
		if _, had := out[name]; had {
			return nil, errTwice
		}
		at = space(data, space(data, end)+1) // behind the colon
		end = value(data, at)
		out[name], at = data[at:end], end
	}
	return out, nil
}

// space is the place of the first byte from i on that is no white space.
func space(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r') {
		i++
	}
	return i
}

// text is the end of the string that begins at i.
func text(data []byte, i int) int {
	for i++; data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// value is the end of the value that begins at i.
func value(data []byte, i int) int {
	switch data[i] {
	case '"':
		return text(data, i)
	case '{', '[':
		return nested(data, i)
	}
	if end := bytes.IndexAny(data[i:], ",}] \n\t\r"); end >= 0 {
		return i + end
	}
	return len(data)
}

// nested is the end of the object or array that begins at i.
func nested(data []byte, i int) int {
	for depth := 0; ; {
		switch data[i] {
		case '"':
			i = text(data, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if i++; depth == 0 {
			return i
		}
	}
}
