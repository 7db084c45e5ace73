package wire

import (
	"bytes"
	"strconv"
)

// wholeCharacters puts U+FFFD in place of each half of a character that JSON
// escapes by itself, as a page sends that cuts a text in the middle of an emoji:
// the words around it may be a cry for help. It reports whether there was any.
func wholeCharacters(data []byte) (out []byte, cut bool) {
	if !bytes.Contains(data, []byte(`\u`)) {
		return data, false
	}
	out = bytes.Clone(data)
	for i := 0; i < len(out); i++ {
		if out[i] != '\\' {
			continue
		}
		switch unit := escaped(out[i:]); {
		case unit < 0:
			i++ // what is escaped is no backslash that escapes
		case unit < 0xD800 || unit > 0xDFFF:
			i += 5
		case unit < 0xDC00 && low(escaped(out[i+6:])):
			i += 11
		default:
			copy(out[i+2:], "fffd")
			i, cut = i+5, true
		}
	}
	return out, cut
}

// escaped is the number that b begins with as \uXXXX, or -1.
func escaped(b []byte) int {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return int(n)
}

func low(unit int) bool { return unit >= 0xDC00 && unit <= 0xDFFF }
