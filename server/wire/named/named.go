// Package named writes facts into a request by their names, as cases, samples and
// loads tell them: a name of the catalogue and a value as YAML has it go in, the
// field of the API that stands for the fact comes out. It knows the messages and
// nothing of the rules, so that tools outside the service can use it too.
package named

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// Set gives one fact a value: bool, int64, float64, string or []string. An empty
// list says that it is known to be empty. Facts without a field of their own are
// those that content declares itself, and become attributes. An error names the
// fact, and leaves the request as it was.
func Set(to *pb.MemberContext, own map[string]*pb.AttributeValue, name string, value any) error {
	m := to.ProtoReflect()
	f := m.Descriptor().Fields().ByTextName(name)
	words, isSet := value.([]string)
	switch {
	case f == nil:
		if own[name] = attribute(value); own[name] == nil {
			delete(own, name)
			return wrongKind(name)
		}
	case isSet != f.IsList():
		return wrongKind(name)
	case isSet && len(words) == 0:
		to.KnownEmpty = append(to.KnownEmpty, name)
	case isSet:
		list, err := listOf(f, words)
		if err != nil {
			return err
		}
		for _, v := range list {
			m.Mutable(f).List().Append(v)
		}
	default:
		v := one(f, value)
		if !v.IsValid() {
			return wrongKind(name)
		}
		m.Set(f, v)
	}
	return nil
}

func wrongKind(name string) error { return fmt.Errorf("the fact %s has a value of another kind", name) }

func listOf(f protoreflect.FieldDescriptor, words []string) ([]protoreflect.Value, error) {
	out := make([]protoreflect.Value, len(words))
	for i, w := range words {
		if out[i] = one(f, w); !out[i].IsValid() {
			return nil, wrongKind(f.TextName())
		}
	}
	return out, nil
}

// one is a value for a field, or none that is valid.
func one(f protoreflect.FieldDescriptor, v any) protoreflect.Value {
	switch v := v.(type) {
	case bool:
		if f.Kind() == protoreflect.BoolKind {
			return protoreflect.ValueOfBool(v)
		}
	case string:
		return word(f, v)
	case int64:
		switch f.Kind() {
		case protoreflect.DoubleKind:
			return protoreflect.ValueOfFloat64(float64(v))
		case protoreflect.Int32Kind:
			return protoreflect.ValueOfInt32(int32(v))
		}
	case float64:
		if f.Kind() == protoreflect.DoubleKind {
			return protoreflect.ValueOfFloat64(v)
		}
	}
	return protoreflect.Value{}
}

// word is a word as it is, or the enum value that is named by it.
func word(f protoreflect.FieldDescriptor, v string) protoreflect.Value {
	switch f.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(v)
	case protoreflect.EnumKind:
		first := string(f.Enum().Values().ByNumber(0).Name())
		if e := f.Enum().Values().ByName(protoreflect.Name(strings.TrimSuffix(first, "UNSPECIFIED") + strings.ToUpper(v))); e != nil {
			return protoreflect.ValueOfEnum(e.Number())
		}
	}
	return protoreflect.Value{}
}

// attribute is a value of a fact that content declares itself, or nil.
func attribute(v any) *pb.AttributeValue {
	switch v := v.(type) {
	case bool:
		return &pb.AttributeValue{Value: &pb.AttributeValue_BoolValue{BoolValue: v}}
	case string:
		return &pb.AttributeValue{Value: &pb.AttributeValue_EnumValue{EnumValue: v}}
	case int64:
		return &pb.AttributeValue{Value: &pb.AttributeValue_IntValue{IntValue: v}}
	case float64:
		return &pb.AttributeValue{Value: &pb.AttributeValue_DecimalValue{DecimalValue: v}}
	case []string:
		return &pb.AttributeValue{Value: &pb.AttributeValue_SetValue{SetValue: &pb.AttributeSet{Values: v}}}
	}
	return nil
}
