package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
)

// TestCasesAreAnsweredAlikeEverywhere runs the cases of the content on the
// rules alone, over gRPC and over REST. Each answer is as expected, and both
// transports give the same one.
func TestCasesAreAnsweredAlikeEverywhere(t *testing.T) {
	n := start(t, nil)
	rev, problems := content.Load(content.Default(), time.Now().UTC())
	if rev == nil {
		t.Fatal(problems)
	}
	cases, problems := casefile.Load(content.Default(), rev.Set)
	if len(problems) > 0 || len(cases) < 80 {
		t.Fatalf("%d cases, %v", len(cases), problems)
	}
	grpc := casefile.Run(cases, n.asking(t, func(in *pb.RecommendRequest) (*pb.Decision, error) {
		return n.grpc.Recommend(context.Background(), in)
	}), casefile.Whole)
	rest := casefile.Run(cases, n.asking(t, func(in *pb.RecommendRequest) (*pb.Decision, error) {
		d := &pb.Decision{}
		if r := n.post(t, "/v1/recommendations", in, d); r.status != http.StatusOK {
			return nil, fmt.Errorf("%d %s", r.status, r.body)
		}
		return d, nil
	}), casefile.Whole)
	engine := casefile.Run(cases, casefile.Engine(rev.Set, rev.Lexicon), casefile.BeforePolicy)
	for i := range cases {
		for name, r := range map[string]*casefile.Result{"rules": &engine[i], "gRPC": &grpc[i], "REST": &rest[i]} {
			if !r.Holds() {
				t.Errorf("%s: %s: %s", name, cases[i].ID, strings.Join(r.Wrong, "; "))
			}
		}
		if diff := cmp.Diff(grpc[i].Outcome, rest[i].Outcome); diff != "" {
			t.Errorf("%s: -gRPC +REST\n%s", cases[i].ID, diff)
		}
	}
}

// asking makes an Answer of a way to ask a server.
func (n *node) asking(t *testing.T, ask func(*pb.RecommendRequest) (*pb.Decision, error)) casefile.Answer {
	return func(c casefile.Case) (casefile.Outcome, error) {
		if !c.At.IsZero() {
			n.now.Store(&c.At)
			defer n.now.Store(nil)
		}
		d, err := ask(requestOf(t, &c))
		if err != nil {
			return casefile.Outcome{}, err
		}
		return outcomeOf(d), nil
	}
}

// requestOf writes a case as a request.
func requestOf(t *testing.T, c *casefile.Case) *pb.RecommendRequest {
	t.Helper()
	m := &pb.RecommendRequest{RequestId: c.ID, Topic: c.Ask.Topic, Text: c.Ask.Text, Language: c.Ask.Language, Context: &pb.MemberContext{},
		Asker: pb.Asker(pb.Asker_value["ASKER_"+strings.ToUpper(c.Ask.Asker)])}
	for _, g := range c.Ask.Context {
		if m.Context.ProtoReflect().Descriptor().Fields().ByTextName(g.Name) == nil {
			attribute(t, m, g)
			continue
		}
		give(t, m.Context, g)
	}
	for _, d := range c.Ask.Diagnoses {
		m.Diagnoses = append(m.Diagnoses, &pb.Diagnosis{System: pb.Diagnosis_System(pb.Diagnosis_System_value[strings.ToUpper(d.System)]), Code: d.Code, Onset: day(d.Onset), Abated: day(d.Abated)})
	}
	return m
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// attribute gives a fact that the content declares itself.
func attribute(t *testing.T, to *pb.RecommendRequest, g casefile.Given) {
	t.Helper()
	if to.Attributes == nil {
		to.Attributes = map[string]*pb.AttributeValue{}
	}
	switch v := g.Value.(type) {
	case bool:
		to.Attributes[g.Name] = &pb.AttributeValue{Value: &pb.AttributeValue_BoolValue{BoolValue: v}}
	case string:
		to.Attributes[g.Name] = &pb.AttributeValue{Value: &pb.AttributeValue_EnumValue{EnumValue: v}}
	case int64:
		to.Attributes[g.Name] = &pb.AttributeValue{Value: &pb.AttributeValue_IntValue{IntValue: v}}
	case float64:
		to.Attributes[g.Name] = &pb.AttributeValue{Value: &pb.AttributeValue_DecimalValue{DecimalValue: v}}
	case []string:
		to.Attributes[g.Name] = &pb.AttributeValue{Value: &pb.AttributeValue_SetValue{SetValue: &pb.AttributeSet{Values: v}}}
	default:
		t.Fatalf("the fact %s has a value of no kind", g.Name)
	}
}

// give sets the field of a fact.
func give(t *testing.T, to *pb.MemberContext, g casefile.Given) {
	t.Helper()
	m := to.ProtoReflect()
	f := m.Descriptor().Fields().ByTextName(g.Name)
	if words, ok := g.Value.([]string); ok {
		if len(words) == 0 {
			to.KnownEmpty = append(to.KnownEmpty, g.Name)
		}
		for _, w := range words {
			m.Mutable(f).List().Append(valueOf(t, f, w))
		}
		return
	}
	m.Set(f, valueOf(t, f, g.Value))
}

func valueOf(t *testing.T, f protoreflect.FieldDescriptor, v any) protoreflect.Value {
	t.Helper()
	switch v := v.(type) {
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
	case bool:
		return protoreflect.ValueOfBool(v)
	}
	t.Fatalf("the field %s takes no %v", f.Name(), v)
	return protoreflect.Value{}
}

// outcomeOf reads a decision in the words of content.
func outcomeOf(d *pb.Decision) casefile.Outcome {
	var out casefile.Outcome
	for _, r := range d.Recommendations {
		got := casefile.Recommendation{Topic: r.Topic, Mindset: lower(r.Mindset.String(), "MINDSET_"), Sender: lower(r.Sender.String(), "SENDER_")}
		for _, a := range r.Advice {
			got.Advice = append(got.Advice, a.Id)
		}
		for _, s := range r.Suppressed {
			got.Suppressed = append(got.Suppressed, casefile.Held{ID: s.AdviceId, Code: s.Code.String()})
		}
		for _, why := range r.Reasons {
			if why.RuleId != "" && (why.Table == "mindset" || why.Table == "sender") {
				got.Rules = append(got.Rules, casefile.Rule{Table: why.Table, ID: why.RuleId})
			}
		}
		out.Recommendations = append(out.Recommendations, got)
	}
	return out
}

func lower(name, prefix string) string { return strings.ToLower(strings.TrimPrefix(name, prefix)) }
