package restapi

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/wire"
)

// TestDecisionsAreEncodedAsTheLibraryDoes fills decisions by reflection, so
// that every field there is takes part, and compares the JSON.
func TestDecisionsAreEncodedAsTheLibraryDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	sure := 0
	for range 3000 {
		d := &pb.Decision{}
		fill(random, d.ProtoReflect(), 0)
		if random.IntN(4) > 0 { // as they are in truth
			d.DecidedAt, d.ValidUntil, d.Cache = randomTime(random), randomTime(random), &pb.Cache{Status: pb.Cache_HIT, Age: &durationpb.Duration{Seconds: 3, Nanos: 500_000_000}}
		}
		got, ok := encodeDecision(nil, d)
		if !ok {
			continue
		}
		sure++
		want, err := wire.AppendJSON(nil, d)
		if err != nil {
			t.Fatal(err)
		}
		var a, b any
		if err := json.Unmarshal(got, &a); err != nil {
			t.Fatalf("%v in %s", err, got)
		}
		if err := json.Unmarshal(want, &b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("-library +ours\n%s", diff)
		}
	}
	if sure < 1000 {
		t.Errorf("%d of 3000 decisions were encoded by hand only", sure)
	}
}

func TestBatchesAreEncodedAsTheLibraryDoes(t *testing.T) {
	refused, err := status.New(codes.InvalidArgument, "text: too \"long\"").WithDetails(&errdetails.ErrorInfo{Reason: "R", Domain: "rightvoice"})
	if err != nil {
		t.Fatal(err)
	}
	whole := &pb.Decision{DecidedAt: &timestamppb.Timestamp{}, ValidUntil: &timestamppb.Timestamp{}, Cache: &pb.Cache{Age: &durationpb.Duration{}}}
	m := &pb.BatchRecommendResponse{Results: []*pb.RecommendResult{{RequestId: "a", Result: &pb.RecommendResult_Decision{Decision: whole}},
		{RequestId: "b", Result: &pb.RecommendResult_Error{Error: refused.Proto()}}, {RequestId: "c"}}}
	for range 2 {
		got, ok := encodeBatch(nil, m)
		want, err := wire.AppendJSON(nil, m)
		if err != nil || !ok {
			t.Fatal(err, ok)
		}
		var a, b any
		if err := errors.Join(json.Unmarshal(got, &a), json.Unmarshal(want, &b)); err != nil {
			t.Fatalf("%v in %s", err, got)
		}
		if diff := cmp.Diff(b, a); diff != "" {
			t.Errorf("-library +ours\n%s", diff)
		}
		m.Results = nil
	}
}

var strange = []string{"", "plain", "Cómo está", `"quoted" \ / <b>&`, "line\nand\ttab\r", "\x00\x1f\x7f", "日本語 \u2028", "😀", "\b\f"}

// fill sets every field of m to something, or leaves it unset.
func fill(random *rand.Rand, m protoreflect.Message, depth int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if random.IntN(5) == 0 || depth > 5 {
			continue
		}
		if !f.IsList() {
			m.Set(f, value(random, m.NewField(f), f, depth))
			continue
		}
		l := m.Mutable(f).List()
		for range random.IntN(4) {
			l.Append(value(random, l.NewElement(), f, depth))
		}
	}
}

func value(random *rand.Rand, fresh protoreflect.Value, f protoreflect.FieldDescriptor, depth int) protoreflect.Value {
	switch f.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(strange[random.IntN(len(strange))])
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(protoreflect.EnumNumber(random.IntN(f.Enum().Values().Len())))
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(random.IntN(2) == 0)
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(random.Int32())
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(random.Int64N(1000))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(random.Float64())
	case protoreflect.MessageKind:
		if f.Message().FullName() == "google.protobuf.Timestamp" {
			return protoreflect.ValueOfMessage(randomTime(random).ProtoReflect())
		}
		if f.Message().FullName() == "google.protobuf.Duration" {
			return protoreflect.ValueOfMessage((&durationpb.Duration{Seconds: int64(random.IntN(1000)), Nanos: nanos(random)}).ProtoReflect())
		}
		fill(random, fresh.Message(), depth+1)
		return fresh
	}
	panic("a kind this test does not know: " + f.Kind().String())
}

func randomTime(random *rand.Rand) *timestamppb.Timestamp {
	return &timestamppb.Timestamp{Seconds: random.Int64N(year10000-year0001) + year0001, Nanos: nanos(random)}
}

func nanos(random *rand.Rand) int32 {
	return []int32{0, 1, 999_999_999, 500_000_000, 7_000_000, 1_000, 123_456_000, random.Int32N(1_000_000_000)}[random.IntN(8)]
}

// TestWhatIsNotSureIsLeftToTheLibrary spoils a good decision in ways that the
// library prints in a form of its own, or refuses.
func TestWhatIsNotSureIsLeftToTheLibrary(t *testing.T) {
	good := &pb.Decision{DecidedAt: &timestamppb.Timestamp{}, ValidUntil: &timestamppb.Timestamp{}, Cache: &pb.Cache{Age: &durationpb.Duration{}},
		Recommendations: []*pb.Recommendation{{Reasons: []*pb.Reason{{}}}}}
	if _, ok := encodeDecision(nil, good); !ok {
		t.Fatal("a plain decision is left to the library")
	}
	for name, spoil := range map[string]func(*pb.Decision){
		"no time":             func(d *pb.Decision) { d.DecidedAt = nil },
		"a time too late":     func(d *pb.Decision) { d.ValidUntil.Seconds = year10000 },
		"a time too early":    func(d *pb.Decision) { d.ValidUntil.Seconds = year0001 - 1 },
		"nanos below":         func(d *pb.Decision) { d.ValidUntil.Nanos = -1 },
		"nanos above":         func(d *pb.Decision) { d.Cache.Age.Nanos = 1_000_000_000 },
		"a negative age":      func(d *pb.Decision) { d.Cache.Age.Seconds = -1 },
		"an age too long":     func(d *pb.Decision) { d.Cache.Age.Seconds = math.MaxInt64 },
		"no cache":            func(d *pb.Decision) { d.Cache = nil },
		"no age":              func(d *pb.Decision) { d.Cache.Age = nil },
		"an unknown number":   func(d *pb.Decision) { d.Recommendations[0].Sender = 77 },
		"a negative number":   func(d *pb.Decision) { d.Recommendations[0].Reasons[0].Code = -1 },
		"bytes that are none": func(d *pb.Decision) { d.Recommendations[0].Topic = "a\xff" },
	} {
		d := proto.CloneOf(good)
		spoil(d)
		if b, ok := encodeDecision(nil, d); ok {
			t.Errorf("%s: printed as %s", name, b)
		}
	}
	if _, ok := encodeDecision(nil, nil); ok {
		t.Error("nothing is printed as something")
	}
}

func BenchmarkEncode(b *testing.B) {
	d := &pb.Decision{DecisionId: "01a2010a-929a-7481-8916-7d99c641d425", Revision: "r-acbbce30846277bd", DecidedAt: &timestamppb.Timestamp{Seconds: 1}, ValidUntil: &timestamppb.Timestamp{Seconds: 2},
		Cache: &pb.Cache{Age: &durationpb.Duration{}}, Recommendations: []*pb.Recommendation{{Topic: "sleep", Advice: []*pb.Advice{{Id: "sleep_help", Title: "Sleep class",
			Text: "Trouble with sleep? Your plan has a sleep class on your phone.", Language: "en", Links: []*pb.Link{{Label: "See the class", Url: "/benefits/sleep"}}}},
			Reasons: []*pb.Reason{{Code: 1, Table: "mindset", RuleId: "asks-about-habits", Text: "Habits are a choice for the long run, and nothing acute is known."}}}}}
	b.Run("by hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := encodeDecision(make([]byte, 0, 1024), d); !ok {
				b.Fatal("not sure")
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := wire.AppendJSON(nil, d); err != nil {
				b.Fatal(err)
			}
		}
	})
}
