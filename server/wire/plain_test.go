package wire

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestPlainNeverSaysYesAlone sets every field of a request and its context to
// values at, inside and beyond any bound the .proto files could give it, alone
// and in random company. Whenever plain says yes, so must the rules. A field
// that is added to the API with rules and forgotten in plain fails here.
func TestPlainNeverSaysYesAlone(t *testing.T) {
	rules, err := NewValidator().rules()
	if err != nil {
		t.Fatal(err)
	}
	fields := slices.Concat(settings(t, false), settings(t, true))
	for _, f := range fields {
		yes, refused := 0, 0
		for i := range f.values {
			m := typical()
			f.set(m, i)
			ok := rules.Validate(m) == nil
			if plain(m) {
				yes++
				if !ok {
					t.Errorf("%s: plain accepts what the rules refuse: %v", f.name, f.values[i])
				}
			}
			if !ok {
				refused++
			}
		}
		if yes == 0 && !slices.Contains([]string{"attributes", "diagnoses"}, f.name) {
			t.Errorf("%s: plain never says yes, so the field always takes the slow way", f.name)
		}
		if refused == 0 && f.bounded {
			t.Errorf("%s: no value here is refused, so this test shows nothing", f.name)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	yes := 0
	for range 20_000 {
		m := &pb.RecommendRequest{Asker: pb.Asker_ASKER_PROVIDER, Context: &pb.MemberContext{}}
		for range 1 + random.IntN(4) {
			f := fields[random.IntN(len(fields))]
			f.set(m, random.IntN(len(f.values)))
		}
		if plain(m) {
			yes++
			if err := rules.Validate(m); err != nil {
				t.Fatalf("plain accepts what the rules refuse: %v\n%v", err, m)
			}
		}
	}
	if yes < 1000 {
		t.Errorf("plain said yes to %d of the random requests only", yes)
	}
}

func TestATypicalRequestIsPlain(t *testing.T) {
	if !plain(typical()) {
		t.Error("a typical request takes the slow way")
	}
	m := typical()
	m.MinRevision, m.Context.KnownEmpty = "r-0123456789abcdef", []string{"care_gap"}
	if !plain(m) {
		t.Error("a request that names a revision and an empty list takes the slow way")
	}
	if plain(&pb.RecommendRequest{}) || plain(&pb.GetDecisionRequest{}) || plain(&pb.BatchRecommendRequest{}) || plain((*pb.RecommendRequest)(nil)) {
		t.Error("plain says yes to what it should leave to the rules")
	}
	if n := testing.AllocsPerRun(100, func() { plain(m) }); n != 0 {
		t.Errorf("plain allocates %v times", n)
	}
}

// setting is one field and the values to try.
type setting struct {
	name    string
	bounded bool // the .proto file certainly has a rule that refuses one of the values
	values  []protoreflect.Value
	field   protoreflect.FieldDescriptor
	inside  bool // in the context
}

func (s setting) set(m *pb.RecommendRequest, i int) {
	to := m.ProtoReflect()
	if s.inside {
		to = m.Context.ProtoReflect()
	}
	to = proto.Message(to.Interface()).ProtoReflect()
	switch {
	case s.field.IsMap():
		to.Mutable(s.field).Map().Set(protoreflect.ValueOfString("own").MapKey(), s.values[i])
	case s.field.IsList():
		l := to.Mutable(s.field).List()
		l.Truncate(0)
		for _, v := range listOf(s.values[i]) {
			l.Append(v)
		}
	default:
		to.Set(s.field, s.values[i])
	}
}

// listOf makes a list of one value; a number n at the end of a text asks for n of it.
func listOf(v protoreflect.Value) []protoreflect.Value {
	if s, ok := v.Interface().(string); ok {
		if n, many := map[string]int{"many32": 32, "many33": 33, "many65": 65, "none": 0}[s]; many {
			return slices.Repeat([]protoreflect.Value{protoreflect.ValueOfString("x")}, n)
		}
	}
	if e, ok := v.Interface().(protoreflect.EnumNumber); ok && e == 77 {
		return slices.Repeat([]protoreflect.Value{protoreflect.ValueOfEnum(1)}, 17)
	}
	return []protoreflect.Value{v}
}

func settings(t *testing.T, inside bool) []setting {
	d := (&pb.RecommendRequest{}).ProtoReflect().Descriptor()
	if inside {
		d = (&pb.MemberContext{}).ProtoReflect().Descriptor()
	}
	var all []setting
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		s := setting{name: string(f.Name()), field: f, inside: inside}
		switch {
		case f.IsMap():
			for _, v := range []*pb.AttributeValue{{}, {Value: &pb.AttributeValue_BoolValue{BoolValue: true}}, {Value: &pb.AttributeValue_EnumValue{}}} {
				s.values = append(s.values, protoreflect.ValueOfMessage(v.ProtoReflect()))
			}
		case f.Kind() == protoreflect.MessageKind && f.Name() == "context":
			continue
		case f.Kind() == protoreflect.MessageKind:
			for _, v := range []*pb.Diagnosis{{}, {System: pb.Diagnosis_ICD10CM, Code: "E11.9"}, {System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "x"}} {
				s.values = append(s.values, protoreflect.ValueOfMessage(v.ProtoReflect()))
			}
		case f.Kind() == protoreflect.StringKind:
			s.bounded = true
			for _, text := range texts(f.IsList()) {
				s.values = append(s.values, protoreflect.ValueOfString(text))
			}
		case f.Kind() == protoreflect.EnumKind:
			s.bounded = true
			for n := -1; n <= f.Enum().Values().Len()+1; n++ {
				s.values = append(s.values, protoreflect.ValueOfEnum(protoreflect.EnumNumber(n)))
			}
			s.values = append(s.values, protoreflect.ValueOfEnum(77))
		case f.Kind() == protoreflect.Int32Kind:
			s.bounded = true
			for _, n := range []int32{math.MinInt32, -1, 0, 1, 2, 3, 4, 12, 13, 23, 24, 39, 40, 41, 120, 121, 349, 350, 351, 3650, 3651, 8784, 8785, 36500, 36501, 1_000_000, 1_000_001, math.MaxInt32} {
				s.values = append(s.values, protoreflect.ValueOfInt32(n))
			}
		case f.Kind() == protoreflect.DoubleKind:
			s.bounded = true
			for _, n := range []float64{math.Inf(-1), -1, 0, 1.9999, 2, 4.9999, 5, 7, 25, 25.0001, 150, 150.0001, math.Inf(1), math.NaN()} {
				s.values = append(s.values, protoreflect.ValueOfFloat64(n))
			}
		case f.Kind() == protoreflect.BoolKind:
			s.values = append(s.values, protoreflect.ValueOfBool(true), protoreflect.ValueOfBool(false))
		default:
			t.Fatalf("field %s has a kind this test does not know", f.FullName())
		}
		all = append(all, s)
	}
	return all
}

func texts(list bool) []string {
	all := []string{"", "x", "en", "EN", "en-US", "e", "1", "A", "_", "-", "a b", "a\n", "é", "gym", "COL", "r-0123456789abcdef", "r-0123456789abcdeF", "r-0123456789abcde",
		"care_gap", "none", "r0123456789abcdef0"}
	for _, n := range []int{35, 36, 64, 65, 128, 129, 2000, 2001, 9000} {
		all = append(all, strings.Repeat("a", n), strings.Repeat("é", n))
	}
	if list {
		all = append(all, "many32", "many33", "many65")
	}
	return all
}

func BenchmarkPlain(b *testing.B) {
	m := typical()
	b.ReportAllocs()
	for b.Loop() {
		if !plain(m) {
			b.Fatal("not plain")
		}
	}
}

func BenchmarkRules(b *testing.B) {
	v := NewValidator()
	rules, err := v.rules()
	if err != nil {
		b.Fatal(err)
	}
	m := typical()
	b.ReportAllocs()
	for b.Loop() {
		if err := rules.Validate(m); err != nil {
			b.Fatal(err)
		}
	}
}
