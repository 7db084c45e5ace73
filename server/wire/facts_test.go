package wire

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// vocabulary is enough words for every open fact.
func vocabulary(t *testing.T) *fact.Catalogue {
	t.Helper()
	c, err := fact.NewCatalogue(map[string][]string{
		"benefit_available": {"dpp", "gym", "sleep_program"}, "chronic_dx": {"asthma", "diabetes"}, "care_gap": {"COL", "EED"},
		"page_group": {"claims", "wellness"}, "call_reason": {"pharmacy", "id_card"}, "opt_out_topics": {"sleep", "weight"}, "topic": {"sleep", "weight", "coverage"},
	}, []fact.Def{
		{Name: "has_app", Kind: fact.Bool}, {Name: "segment", Kind: fact.Enum, Values: []string{"gold", "blue"}}, {Name: "devices", Kind: fact.Set, Values: []string{"watch", "scale"}},
		{Name: "visits", Kind: fact.Int, Min: 0, Max: 10}, {Name: "score", Kind: fact.Decimal, Min: 0, Max: 5000},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// elsewhere lists the facts that requests carry outside their context.
var elsewhere = map[fact.ID]string{fact.MemberRef: "memberRef", fact.Language: "language", fact.AskerOrg: "asker"}

// TestContextCoversTheCatalogue sets every field of MemberContext, value by
// value, and looks for it in the vector: under the fact of the same name, of
// the same type, at the position of the same value. No field and no fact is
// left over.
func TestContextCoversTheCatalogue(t *testing.T) {
	words := vocabulary(t)
	d := (&pb.MemberContext{}).ProtoReflect().Descriptor()
	seen := map[fact.ID]bool{}
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		if f.Name() == "known_empty" {
			continue
		}
		id, ok := words.Lookup(string(f.Name()))
		if !ok {
			t.Errorf("the field %s has no fact", f.Name())
			continue
		}
		seen[id] = true
		for _, try := range tries(t, f, words.Def(id)) {
			c := &pb.MemberContext{}
			if f.IsList() {
				c.ProtoReflect().Mutable(f).List().Append(try.value)
			} else {
				c.ProtoReflect().Set(f, try.value)
			}
			r := reader{words: words}
			r.context(c)
			var want fact.Facts
			want.SetRaw(id, try.raw)
			if r.facts != want || len(r.wrong) > 0 {
				t.Errorf("%s = %v gives %d, want %d; wrong: %v", f.Name(), try.value, r.facts.Raw(id), try.raw, r.wrong)
			}
		}
	}
	for id := range fact.ID(fact.BuiltinCount) {
		if !seen[id] && elsewhere[id] == "" {
			t.Errorf("the fact %s has no field", words.Def(id).Name)
		}
	}
}

type try struct {
	value protoreflect.Value
	raw   int64
}

// tries lists values of f with the vector form they must take, after checking
// that the field's type is that of the fact.
func tries(t *testing.T, f protoreflect.FieldDescriptor, d *fact.Def) []try {
	t.Helper()
	if f.IsList() != (d.Kind == fact.Set) || !f.IsList() && !f.HasOptionalKeyword() {
		t.Fatalf("%s must be optional, and repeated exactly if the fact is a set", f.Name())
	}
	place := func(i int) int64 {
		if d.Kind == fact.Set {
			return 1 << i
		}
		return int64(i)
	}
	var all []try
	switch {
	case d.Kind == fact.Bool && f.Kind() == protoreflect.BoolKind:
		all = []try{{protoreflect.ValueOfBool(false), 0}, {protoreflect.ValueOfBool(true), 1}}
	case d.Kind == fact.Int && f.Kind() == protoreflect.Int32Kind:
		for _, n := range []int64{d.Min, d.Min + 1, d.Max} {
			all = append(all, try{protoreflect.ValueOfInt32(int32(n)), n})
		}
	case d.Kind == fact.Decimal && f.Kind() == protoreflect.DoubleKind:
		all = []try{{protoreflect.ValueOfFloat64(7.0005), 7001}, {protoreflect.ValueOfFloat64(8.1), 8100}, {protoreflect.ValueOfFloat64(float64(d.Max) / 1000), d.Max}}
	case f.Kind() == protoreflect.StringKind && (d.Open || d.Name == "text_red_flag"):
		for i, v := range d.Values {
			all = append(all, try{protoreflect.ValueOfString(v), place(i)})
		}
	case f.Kind() == protoreflect.EnumKind && !d.Open:
		values := f.Enum().Values()
		if values.Len() != len(d.Values)+1 {
			t.Fatalf("%s has %d values and the fact %d", f.Enum().Name(), values.Len()-1, len(d.Values))
		}
		for i, v := range d.Values {
			e := values.Get(i + 1)
			if name := string(e.Name()); !strings.HasSuffix(name, "_"+strings.ToUpper(v)) || int(e.Number()) != i+1 {
				t.Errorf("%s %s = %d does not stand for %s", f.Enum().Name(), name, e.Number(), v)
			}
			all = append(all, try{protoreflect.ValueOfEnum(e.Number()), place(i)})
		}
	default:
		t.Fatalf("the field %s is a %s, the fact a %s", f.Name(), f.Kind(), d.Kind)
	}
	return all
}

// TestRulesAgreeWithTheCatalogue holds the bounds in the .proto file against
// those of the facts, so that no request puts a number into the vector that
// rules were not proved for.
func TestRulesAgreeWithTheCatalogue(t *testing.T) {
	words, v := vocabulary(t), NewValidator()
	d := (&pb.MemberContext{}).ProtoReflect().Descriptor()
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		id, ok := words.Lookup(string(f.Name()))
		if !ok || words.Def(id).Kind != fact.Int && words.Def(id).Kind != fact.Decimal {
			continue
		}
		def := words.Def(id)
		for n, fits := range map[int64]bool{def.Min - 1: false, def.Min: true, def.Max: true, def.Max + 1: false} {
			m := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, Context: &pb.MemberContext{}}
			value := protoreflect.ValueOfInt32(int32(n))
			if def.Kind == fact.Decimal {
				value = protoreflect.ValueOfFloat64(float64(n) / fact.DecimalScale)
			}
			m.Context.ProtoReflect().Set(f, value)
			if err := v.Check(m); (err == nil) != fits {
				t.Errorf("%s = %v: %v, want it to fit: %v", def.Name, value, err, fits)
			}
		}
	}
}

func TestUnknownIsNotEmpty(t *testing.T) {
	words := vocabulary(t)
	for _, l := range lists {
		r := reader{words: words}
		r.context(&pb.MemberContext{})
		if r.facts.Known(l.id) {
			t.Errorf("%s is known although nothing was said", l.name)
		}
		r.context(&pb.MemberContext{KnownEmpty: []string{l.name}})
		if !r.facts.Known(l.id) || r.facts.Raw(l.id) != 0 || len(r.wrong) > 0 {
			t.Errorf("%s is not known to be empty: %v", l.name, r.wrong)
		}
		if id, ok := words.Lookup(l.name); !ok || id != l.id || words.Def(id).Kind != fact.Set {
			t.Errorf("%s is not the set of that name", l.name)
		}
	}
	r := reader{words: words}
	r.context(&pb.MemberContext{BenefitAvailable: []string{"gym"}, KnownEmpty: []string{"care_gap", "benefit_available"}})
	if len(r.wrong) != 1 || r.wrong[0].Field != "context.knownEmpty[1]" {
		t.Errorf("a list that is empty and is not: %v", r.wrong)
	}
}

func TestUnknownWordsAreNamedByTheirPath(t *testing.T) {
	r := reader{words: vocabulary(t)}
	r.context(&pb.MemberContext{BenefitAvailable: []string{"gym", "canary"}, CallReason: ptr("canary"), TextRedFlag: []string{"canary"}})
	err := r.wrong.OrNil()
	var got Invalid
	if !errors.As(err, &got) || len(got) != 3 {
		t.Fatalf("got %v", err)
	}
	for i, want := range []string{"context.benefitAvailable[1]", "context.callReason", "context.textRedFlag[0]"} {
		if got[i].Field != want {
			t.Errorf("violation %d is of %s, want %s", i, got[i].Field, want)
		}
	}
	if !strings.Contains(got[0].Message, "dpp, gym, sleep_program") {
		t.Errorf("the message does not say what fits: %s", got[0].Message)
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error repeats what was sent: %v", err)
	}
}

func TestWithoutARevisionSafetyStillHasItsFacts(t *testing.T) {
	var r reader
	r.context(&pb.MemberContext{TextRedFlag: []string{"chest_pain"}, BpSystolic: ptr[int32](190), BenefitAvailable: []string{"gym"}, CallReason: ptr("pharmacy")})
	r.attributes(map[string]*pb.AttributeValue{"has_app": {}})
	if len(r.wrong) > 0 || !r.facts.Has(fact.TextRedFlag, fact.FlagChestPain) || r.facts.Raw(fact.BPSystolic) != 190 || r.facts.Known(fact.BenefitAvailable) {
		t.Errorf("got %+v, wrong: %v", r.facts, r.wrong)
	}
}

func TestAttributes(t *testing.T) {
	words := vocabulary(t)
	for name, try := range map[string]struct {
		json string
		raw  int64
		want string // in the error, none if empty
	}{
		"has_app true":         {`{"has_app": {"boolValue": true}}`, 1, ""},
		"has_app false":        {`{"has_app": {"boolValue": false}}`, 0, ""},
		"segment":              {`{"segment": {"enumValue": "blue"}}`, 1, ""},
		"devices":              {`{"devices": {"setValue": {"values": ["watch", "scale"]}}}`, 3, ""},
		"devices none":         {`{"devices": {"setValue": {}}}`, 0, ""},
		"visits":               {`{"visits": {"intValue": 10}}`, 10, ""},
		"score":                {`{"score": {"decimalValue": 1.2345}}`, 1235, ""},
		"visits too many":      {`{"visits": {"intValue": 11}}`, 0, "attributes[visits]: must be from 0 to 10"},
		"score too high":       {`{"score": {"decimalValue": 5.001}}`, 0, "attributes[score]: must be from 0 to 5"},
		"score beyond numbers": {`{"score": {"decimalValue": 1e300}}`, 0, "attributes[score]: must be from 0 to 5"},
		"segment unknown":      {`{"segment": {"enumValue": "canary"}}`, 0, "attributes[segment]: must be one of gold, blue"},
		"devices unknown":      {`{"devices": {"setValue": {"values": ["canary"]}}}`, 0, "attributes[devices]: must be one of watch, scale"},
		"another type":         {`{"visits": {"boolValue": true}}`, 0, "attributes[visits]: must be given as intValue"},
		"a fact of the API":    {`{"bmi": {"decimalValue": 30}}`, 0, "attributes[bmi]: is no fact"},
		"a derived column":     {`{"topic": {"enumValue": "sleep"}}`, 0, "attributes[topic]: is no fact"},
		"nothing known":        {`{"canary text": {"boolValue": true}}`, 0, "attributes[?]: is no fact"},
	} {
		m := &pb.RecommendRequest{}
		if err := UnmarshalJSON([]byte(`{"attributes": `+try.json+`}`), m); err != nil {
			t.Fatal(err)
		}
		r := reader{words: words}
		r.attributes(m.Attributes)
		if err := r.wrong.OrNil(); try.want != "" {
			if err == nil || !strings.HasPrefix(err.Error(), try.want) || strings.Contains(err.Error(), "canary") {
				t.Errorf("%s: %v, want %s", name, err, try.want)
			}
			continue
		}
		id, _ := words.Lookup(strings.Fields(name)[0])
		if !r.facts.Known(id) || r.facts.Raw(id) != try.raw || len(r.wrong) > 0 {
			t.Errorf("%s: %d, want %d; %v", name, r.facts.Raw(id), try.raw, r.wrong)
		}
	}
}

func BenchmarkContext(b *testing.B) {
	c := proto.CloneOf(typical().Context)
	words, _ := fact.NewCatalogue(map[string][]string{"benefit_available": {"gym", "sleep_program"}, "chronic_dx": {"diabetes"}, "page_group": {"wellness"}}, nil)
	b.ReportAllocs()
	for b.Loop() {
		r := reader{words: words}
		r.context(c)
		if len(r.wrong) > 0 {
			b.Fatal(r.wrong)
		}
	}
}
