package strictyaml

import (
	"reflect"
	"strconv"
	"strings"
	"time"
)

// scalar reads a single value. It is narrower than YAML: true and false are the
// only bools, numbers are decimal and without leading zeros, and a text that
// looks like something else must be in quotes, so that nobody has to know that
// YAML reads 010 as eight.
func (n Node) scalar(v reflect.Value) {
	if !n.Is(Scalar) {
		return
	}
	text := n.n.Value
	switch v.Kind() {
	case reflect.String:
		if n.n.ShortTag() != "!!str" {
			n.Errorf("wrong-type", "a text is expected here; put quotes around it")
			return
		}
		v.SetString(text)
	case reflect.Bool:
		n.boolean(v, text)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil || !plainNumber(text) || n.Quoted() {
			n.Errorf("wrong-type", "a whole number is expected here")
			return
		}
		v.SetInt(i)
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || !plainNumber(text) || n.Quoted() {
			n.Errorf("wrong-type", "a number is expected here")
			return
		}
		v.SetFloat(f)
	default:
		n.other(v, text)
	}
}

func (n Node) boolean(v reflect.Value, text string) {
	switch {
	case n.Quoted():
		n.Errorf("wrong-type", "true or false is expected here, without quotes")
	case text == "true" || text == "false":
		v.SetBool(text == "true")
	default:
		p := n.Pos()
		meant := map[string]string{"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}[strings.ToLower(text)]
		if meant == "" {
			meant = Suggest(text, []string{"true", "false"})
		}
		n.p.Add(Problem{File: p.File, Line: p.Line, Col: p.Col, Code: "wrong-type", Message: "true or false is expected here", Suggestion: meant})
	}
}

// other reads the only struct that is a single value: a time.
func (n Node) other(v reflect.Value, text string) {
	if v.Type() != timeType {
		n.Errorf("unsupported", "the program cannot read this value")
		return
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			v.Set(reflect.ValueOf(t))
			return
		}
	}
	n.Errorf("wrong-type", "a day like 2026-03-01 or a time like 2026-03-01T10:00:00-05:00 is expected here")
}

// plainNumber reports whether text is written as people write numbers: digits,
// at most one point, no sign but minus, no leading zero.
func plainNumber(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return digits(whole) && (!point || digits(fraction)) && (whole == "0" || whole[0] != '0')
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
