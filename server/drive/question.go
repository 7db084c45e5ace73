package drive

import (
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
)

// Question is the request of a case.
func Question(id string, ask *casefile.Ask) (*pb.RecommendRequest, error) {
	m := &pb.RecommendRequest{RequestId: id, Topic: ask.Topic, Text: ask.Text, Language: ask.Language,
		Asker: pb.Asker(pb.Asker_value["ASKER_"+strings.ToUpper(ask.Asker)])}
	if m.Asker == pb.Asker_ASKER_UNSPECIFIED {
		m.Asker = pb.Asker_ASKER_INTEGRATED
	}
	for _, d := range ask.Diagnoses {
		m.Diagnoses = append(m.Diagnoses, &pb.Diagnosis{System: pb.Diagnosis_System(pb.Diagnosis_System_value[strings.ToUpper(d.System)]),
			Code: d.Code, Onset: day(d.Onset), Abated: day(d.Abated)})
	}
	var err error
	m.Context, m.Attributes, err = Context(ask.Context)
	return m, err
}

// Context writes facts as a request holds them: those of every revision, and
// those that one declares itself.
func Context(facts []casefile.Given) (*pb.MemberContext, map[string]*pb.AttributeValue, error) {
	to, own := &pb.MemberContext{}, map[string]*pb.AttributeValue{}
	for _, g := range facts {
		field := to.ProtoReflect().Descriptor().Fields().ByTextName(g.Name)
		if field == nil {
			own[g.Name] = attribute(g.Value)
			continue
		}
		words, isSet := g.Value.([]string)
		if isSet && len(words) == 0 {
			to.KnownEmpty = append(to.KnownEmpty, g.Name)
			continue
		}
		if !isSet {
			v := value(field, g.Value)
			if !v.IsValid() {
				return nil, nil, fmt.Errorf("the fact %s has a value of another kind", g.Name)
			}
			to.ProtoReflect().Set(field, v)
			continue
		}
		list := to.ProtoReflect().Mutable(field).List()
		for _, w := range words {
			v := value(field, w)
			if !v.IsValid() {
				return nil, nil, fmt.Errorf("the fact %s has a value of another kind", g.Name)
			}
			list.Append(v)
		}
	}
	return to, own, nil
}

// value is the value of a field, or none that is valid.
func value(f protoreflect.FieldDescriptor, v any) protoreflect.Value {
	switch v := v.(type) {
	case bool:
		return protoreflect.ValueOfBool(v)
	case string:
		if f.Enum() == nil {
			return protoreflect.ValueOfString(v)
		}
		first := string(f.Enum().Values().ByNumber(0).Name())
		name := strings.TrimSuffix(first, "UNSPECIFIED") + strings.ToUpper(v)
		if e := f.Enum().Values().ByName(protoreflect.Name(name)); e != nil {
			return protoreflect.ValueOfEnum(e.Number())
		}
	case int64:
		if f.Kind() == protoreflect.DoubleKind {
			return protoreflect.ValueOfFloat64(float64(v))
		}
		return protoreflect.ValueOfInt32(int32(v))
	case float64:
		return protoreflect.ValueOfFloat64(v)
	}
	return protoreflect.Value{}
}

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
	return &pb.AttributeValue{}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// maxRequests bounds how many different requests a load keeps ready.
const maxRequests = 20_000

// A target makes requests ready for a server.
type target interface {
	Ready(m *pb.RecommendRequest) (Request, error)
}

// Requests makes ready the questions of cases, asked about so many members in
// turn; 0 asks about nobody in particular, which is never shared.
func Requests(to target, cases []casefile.Case, members int) ([]Request, error) {
	questions := make([]*pb.RecommendRequest, len(cases))
	for i := range cases {
		var err error
		if questions[i], err = Question(cases[i].ID, &cases[i].Ask); err != nil {
			return nil, fmt.Errorf("%s: %w", cases[i].ID, err)
		}
	}
	n := len(cases)
	if members > 0 {
		n = min(members*len(cases), maxRequests)
	}
	out := make([]Request, n)
	for i := range out {
		m := questions[i%len(questions)]
		if members > 0 {
			m = proto.CloneOf(m)
			m.MemberRef = fmt.Sprintf("bench-%d", i%members)
		}
		var err error
		if out[i], err = to.Ready(m); err != nil {
			return nil, err
		}
	}
	return out, nil
}
