package fhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strconv"
)

// maxDepth is deeper than any resource of the standard nests.
const maxDepth = 64

// maxNodes is more values than any resource has. It bounds what hostile input
// costs: a value of two bytes takes a node of forty.
const maxNodes = 1 << 18

var (
	errTwice = errors.New("a name occurs twice in one object")
	errDeep  = errors.New("nested too deep")
	errLarge = errors.New("too many values")
)

// tree is one JSON value, cut into nodes without copying it. It is reused from
// value to value: what is kept of one must be copied out.
//
// encoding/json has checked the syntax before, so cutting looks at structure
// alone. It is here because decoding into structs can't tell a name that occurs
// twice, gives up on the first field of a wrong type, and costs three times as
// much.
type tree struct {
	raw   []byte
	nodes []node
	wrong bool // something was asked for as a type that it is not
}

// node is one value. Its children are a list through next.
type node struct {
	key, text   span
	first, next int32 // 0 is none, as node 0 is nobody's child
	last        int32
	kind        byte // the first byte of the text
}

type span struct{ from, to int32 }

// value is a place in a tree. The zero value is absent.
type value struct {
	t *tree
	i int32
}

// cut takes a checked JSON value apart.
func (t *tree) cut(raw []byte) (value, error) {
	t.raw, t.nodes, t.wrong = raw, t.nodes[:0], false
	var open [maxDepth]int32
	depth, at := 0, 0
	var key span
	for at < len(raw) {
		switch b := raw[at]; b {
		case ' ', '\t', '\r', '\n', ',':
			at++
		case '}', ']':
			n := &t.nodes[open[depth-1]]
			depth--
			at++
			n.text.to = int32(at)
			if b == '}' && t.twice(n) {
				return value{}, errTwice
			}
		case '{', '[':
			switch {
			case depth == maxDepth:
				return value{}, errDeep
			case len(t.nodes) == maxNodes:
				return value{}, errLarge
			}
			i := t.add(open[:depth], node{key: key, text: span{from: int32(at)}, kind: b})
			open[depth], key = i, span{}
			depth++
			at++
		default:
			end := at + width(raw[at:])
			text := span{int32(at), int32(end)}
			if b == '"' && key == (span{}) && depth > 0 && t.nodes[open[depth-1]].kind == '{' {
				key = text
				at = end + bytes.IndexByte(raw[end:], ':') + 1
				continue
			}
			if len(t.nodes) == maxNodes {
				return value{}, errLarge
			}
			t.add(open[:depth], node{key: key, text: text, kind: b})
			key, at = span{}, end
		}
	}
	return value{t, 0}, nil
}

func (t *tree) add(open []int32, n node) int32 {
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	if len(open) == 0 {
		return i
	}
	parent := &t.nodes[open[len(open)-1]]
	if parent.first == 0 {
		parent.first = i
	} else {
		t.nodes[parent.last].next = i
	}
	parent.last = i
	return i
}

// width is the length of a string, number or word at the start of raw.
func width(raw []byte) int {
	if raw[0] != '"' {
		if n := bytes.IndexAny(raw, ",]} \t\r\n"); n >= 0 {
			return n
		}
		return len(raw)
	}
	at := 1
	for {
		n := bytes.IndexByte(raw[at:], '"')
		end := at + n
		back := end
		for raw[back-1] == '\\' {
			back--
		}
		if at = end + 1; (end-back)%2 == 0 {
			return at
		}
	}
}

// fewKeys is the number of names up to which comparing each with each is
// cheaper than a map. It also bounds the work on hostile input.
const fewKeys = 24

// twice reports whether two names of an object are the same but for case, which
// no two of the standard are.
func (t *tree) twice(object *node) bool {
	var keys [fewKeys][]byte
	n := 0
	for i := object.first; i != 0; i = t.nodes[i].next {
		if n == fewKeys {
			return t.twiceOfMany(object)
		}
		k := t.key(i)
		for _, other := range keys[:n] {
			if len(k) == len(other) && bytes.EqualFold(k, other) {
				return true
			}
		}
		keys[n] = k
		n++
	}
	return false
}

func (t *tree) twiceOfMany(object *node) bool {
	seen := make(map[string]bool)
	for i := object.first; i != 0; i = t.nodes[i].next {
		k := string(bytes.ToLower(t.key(i)))
		if seen[k] {
			return true
		}
		seen[k] = true
	}
	return false
}

func (t *tree) key(i int32) []byte {
	k := t.nodes[i].key
	return unquote(t.raw[k.from:k.to])
}

// unquote is the content of a JSON string.
func unquote(quoted []byte) []byte {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner
	}
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		return inner
	}
	return []byte(s)
}

func (v value) node() *node { return &v.t.nodes[v.i] }

func (v value) present() bool { return v.t != nil && v.node().kind != 'n' }

// get is a member of an object.
func (v value) get(name string) value {
	if !v.present() {
		return value{}
	}
	if v.node().kind != '{' {
		v.t.wrong = true
		return value{}
	}
	for i := v.node().first; i != 0; i = v.t.nodes[i].next {
		if string(v.t.key(i)) == name {
			return value{v.t, i}
		}
	}
	return value{}
}

// each is the elements of an array. A value that is no array is its own only
// element, because versions of the standard differ in what repeats.
func (v value) each() iter.Seq[value] {
	return func(yield func(value) bool) {
		if !v.present() {
			return
		}
		if v.node().kind != '[' {
			yield(v)
			return
		}
		for i := v.node().first; i != 0; i = v.t.nodes[i].next {
			if e := (value{v.t, i}); e.present() && !yield(e) {
				return
			}
		}
	}
}

// text is a string, "" if absent.
func (v value) text() string {
	if !v.present() {
		return ""
	}
	n := v.node()
	if n.kind != '"' {
		v.t.wrong = true
		return ""
	}
	return string(unquote(v.t.raw[n.text.from:n.text.to]))
}

// is reports whether the value is the string.
func (v value) is(s string) bool {
	if !v.present() || v.node().kind != '"' {
		return false
	}
	n := v.node().text
	return string(unquote(v.t.raw[n.from:n.to])) == s
}

// number is a number; ok is false if it is absent.
func (v value) number() (f float64, ok bool) {
	if !v.present() {
		return 0, false
	}
	n := v.node()
	f, err := strconv.ParseFloat(string(v.t.raw[n.text.from:n.text.to]), 64)
	if err != nil {
		v.t.wrong = true
		return 0, false
	}
	return f, true
}

// yes reports whether the value is true.
func (v value) yes() bool {
	if !v.present() {
		return false
	}
	switch v.node().kind {
	case 't':
		return true
	case 'f':
		return false
	}
	v.t.wrong = true
	return false
}
