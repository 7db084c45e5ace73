package wire

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

func TestUnmarshalJSONSaysWhere(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 20_000)
	for name, try := range map[string]struct{ json, field, message string }{
		"a misspelt field":              {`{"asker":"ASKER_INSURER","context":{"ageYear":4}}`, "context.ageYear", "did you mean ageYears?"},
		"a field nobody means":          {`{"canary":1}`, "canary", "no field"},
		"a field that is no name":       {`{"my canary is ill":1}`, "?", "no field"},
		"an unknown enum":               {`{"asker":"canary"}`, "asker", "must be one of ASKER_INSURER, ASKER_PROVIDER, ASKER_INTEGRATED"},
		"an enum in a list":             {`{"context":{"optOutChannels":["OPT_OUT_CHANNEL_SMS","canary"]}}`, "context.optOutChannels[1]", "OPT_OUT_CHANNEL_SMS"},
		"a text for a number":           {`{"context":{"localHour":"canary"}}`, "context.localHour", "whole number"},
		"a fraction for a number":       {`{"context":{"localHour":1.5}}`, "context.localHour", "whole number"},
		"a number too large":            {`{"context":{"localHour":3000000000}}`, "context.localHour", "whole number"},
		"a text for a decimal":          {`{"context":{"bmi":"canary"}}`, "context.bmi", "must be a number"},
		"a number for a text":           {`{"text":7}`, "text", "must be a string"},
		"a text for yes or no":          {`{"context":{"pcpKnown":"canary"}}`, "context.pcpKnown", "true or false"},
		"a text for a list":             {`{"diagnoses":"canary"}`, "diagnoses", "array"},
		"a list for an object":          {`{"context":["canary"]}`, "context", "object"},
		"a text for the object":         {`"canary"`, "", "object"},
		"null in a list":                {`{"diagnoses":[null]}`, "diagnoses[0]", "object"},
		"null in a list of texts":       {`{"context":{"careGap":["COL",null]}}`, "context.careGap[1]", "string"},
		"an enum inside a list":         {`{"diagnoses":[{"system":"ICD10CM"},{"system":"canary"}]}`, "diagnoses[1].system", "must be one of ICD10CM, SNOMED"},
		"an attribute's field":          {`{"attributes":{"own":{"value":true}}}`, "attributes[own].value", "no field"},
		"two of a oneof":                {`{"attributes":{"own":{"boolValue":true,"intValue":1}}}`, "attributes[own].intValue", "stands beside boolValue"},
		"a field twice":                 {`{"text":"canary","text":"canary"}`, "text", "given twice"},
		"a field by both names":         {`{"requestId":"canary","request_id":"canary"}`, "requestId", "given twice"},
		"an attribute twice":            {`{"attributes":{"own":{"boolValue":true},"own":{"boolValue":true}}}`, "attributes[own]", "given twice"},
		"something behind":              {`{} canary`, "", "follows"},
		"another object behind":         {`{}{"text":"canary"}`, "", "follows"},
		"a broken object":               {`{"text":"canary"`, "", "not valid JSON at or after byte 16"},
		"a broken value":                {`{"text":canary}`, "text", "not valid JSON"},
		"a broken list":                 {`{"diagnoses":[{"code":"canary"},]}`, "diagnoses[1]", "not valid JSON"},
		"nothing":                       {``, "", "not valid JSON at or after byte 0"},
		"bytes that are no text":        {"{\"text\":\"canary\xff\"}", "", "UTF-8"},
		"nesting without end":           {`{"context":` + deep, "context.a", "no field"},
		"a key of the wrong kind":       {`{7:"canary"}`, "", "not valid JSON"},
		"a comma that is not separated": {`{"context":{"careGap":["COL"}}`, "context.careGap", "not valid JSON"},
	} {
		err := UnmarshalJSON([]byte(try.json), &pb.RecommendRequest{})
		var invalid Invalid
		if !errors.As(err, &invalid) || len(invalid) != 1 {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if v := invalid[0]; v.Field != try.field || !strings.Contains(v.Message, try.message) {
			t.Errorf("%s: got %q: %q, want %q: %q", name, v.Field, v.Message, try.field, try.message)
		}
		if strings.Contains(strings.ReplaceAll(err.Error(), "canary: is no field", ""), "canary") {
			t.Errorf("%s: the error repeats what was sent: %v", name, err)
		}
	}
}

func TestUnmarshalJSONOfTimes(t *testing.T) {
	for json, field := range map[string]string{
		`{"now":"canary"}`:            "now",
		`{"now":7}`:                   "now",
		`{"request":{"contxt":{}}}`:   "request.contxt",
		`{"now":{"seconds":"12"}}`:    "now",
		`{"now":"2026-13-01T00:00Z"}`: "now",
	} {
		err := UnmarshalJSON([]byte(json), &pb.ExplainRequest{})
		var invalid Invalid
		if !errors.As(err, &invalid) || invalid[0].Field != field || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v, want a violation of %s", json, err, field)
		}
	}
}

// TestUnmarshalJSONTakesWhatProtojsonPrints goes there and back.
func TestUnmarshalJSONTakesWhatProtojsonPrints(t *testing.T) {
	want := typical()
	want.Attributes = map[string]*pb.AttributeValue{"own": {Value: &pb.AttributeValue_DecimalValue{DecimalValue: 1.5}}}
	want.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_SNOMED, Code: "44054006", Onset: "2026-01-02"}}
	for _, o := range []protojson.MarshalOptions{{}, {UseProtoNames: true}, {UseEnumNumbers: true}, {EmitUnpopulated: true}, {Multiline: true}} {
		data, err := o.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := &pb.RecommendRequest{}
		if err := UnmarshalJSON(data, got); err != nil || !proto.Equal(got, want) {
			t.Errorf("%s: %v", data, err)
		}
	}
	for _, json := range []string{`{}`, `{"context":null}`, `{"text":null,"diagnoses":null,"attributes":null}`} {
		if err := UnmarshalJSON([]byte(json), &pb.RecommendRequest{}); err != nil {
			t.Errorf("%s: %v", json, err)
		}
	}
}

// FuzzUnmarshalJSON looks for texts that the library refuses and the walker
// cannot place, and for any that make it fall over.
func FuzzUnmarshalJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"asker":"ASKER_INSURER","context":{"bmi":31.5,"careGap":["COL"]}}`, `{"diagnoses":[{"system":1}]}`,
		`{"attributes":{"a":{"setValue":{"values":["b"]}}}}`, `{"text":`, `[]`, `{"text":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &pb.RecommendRequest{}
		err := UnmarshalJSON(data, m)
		var invalid Invalid
		if err != nil && (!errors.As(err, &invalid) || len(invalid) != 1 || invalid[0].Message == "") {
			t.Fatalf("%v", err)
		}
	})
}
