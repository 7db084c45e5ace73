package strictyaml

import (
	"reflect"
	"strings"
	"time"
)

// Located is a value that knows where it was written, for checks that come
// after decoding.
type Located[T any] struct {
	Value T
	Pos
}

// DecodeNode reads the value and keeps its place.
func (l *Located[T]) DecodeNode(n Node) {
	l.Pos = n.Pos()
	n.Decode(&l.Value)
}

var (
	posType  = reflect.TypeFor[Pos]()
	nodeType = reflect.TypeFor[Node]()
	timeType = reflect.TypeFor[time.Time]()
)

// Decode reads the node into what into points to and reports whether it added
// no error. It takes strings, bools, whole and decimal numbers, time.Time (a
// day or RFC 3339), slices, map[string]T, structs, pointers to these, Node and
// any NodeDecoder. A field of type Pos without a tag gets the struct's place.
func (n Node) Decode(into any) bool {
	before := n.p.Errors()
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		n.Errorf("unsupported", "the program cannot read this value")
		return false
	}
	n.value(v.Elem())
	return n.p.Errors() == before
}

func (n Node) value(v reflect.Value) {
	if v.Type() == nodeType {
		v.Set(reflect.ValueOf(n))
		return
	}
	if n.Kind() == Nothing {
		n.Errorf("no-value", "a value is missing here")
		n.place(v)
		return
	}
	if d, ok := v.Addr().Interface().(NodeDecoder); ok {
		d.DecodeNode(n)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		n.value(v.Elem())
	case reflect.Slice:
		n.slice(v)
	case reflect.Map:
		n.mapping(v)
	case reflect.Struct:
		if v.Type() == timeType {
			n.scalar(v)
			return
		}
		n.structure(v)
	default:
		n.scalar(v)
	}
}

// Is reports whether the node has kind k, and keeps an error where it has not.
func (n Node) Is(k Kind) bool {
	if n.Kind() == k {
		return true
	}
	n.Errorf("wrong-type", "%s is expected here, not %s", k, n.Kind())
	return false
}

func (n Node) slice(v reflect.Value) {
	if !n.Is(List) {
		return
	}
	items := n.Items()
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		item.value(v.Index(i))
	}
}

func (n Node) mapping(v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String {
		n.Errorf("unsupported", "the program cannot read this value")
		return
	}
	if !n.Is(Mapping) {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range n.Entries() {
		x := reflect.New(v.Type().Elem()).Elem()
		e.Value.value(x)
		v.SetMapIndex(reflect.ValueOf(e.Key).Convert(v.Type().Key()), x)
	}
}

// field is a struct field as its tag describes it.
type field struct {
	name     string
	index    int
	required bool
}

func fieldsOf(t reflect.Type) (fields []field, names []string, pos int) {
	pos = -1
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("yaml")
		if !tagged && f.Type == posType && f.IsExported() {
			pos = i
		}
		if !tagged || !f.IsExported() {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		fields = append(fields, field{name, i, option == "required"})
		names = append(names, name)
	}
	return fields, names, pos
}

// place tells a struct where it is, also one that cannot be read, so that
// whoever goes on with it can say where the trouble is.
func (n Node) place(v reflect.Value) {
	if v.Kind() != reflect.Struct {
		return
	}
	if _, _, pos := fieldsOf(v.Type()); pos >= 0 {
		v.Field(pos).Set(reflect.ValueOf(n.Pos()))
	}
}

func (n Node) structure(v reflect.Value) {
	n.place(v)
	if !n.Is(Mapping) {
		return
	}
	fields, names, _ := fieldsOf(v.Type())
	given := make(map[string]bool, len(fields))
	for _, e := range n.Entries() {
		given[e.Key] = true
		if f := named(fields, e.Key); f != nil {
			e.Value.value(v.Field(f.index))
		} else {
			n.p.Unknown(e.At, "unknown-key", "setting named", e.Key, names)
		}
	}
	for _, f := range fields {
		if f.required && !given[f.name] {
			n.Errorf("missing-key", "%q is missing here", f.name)
		}
	}
}

func named(fields []field, name string) *field {
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
	}
	return nil
}
