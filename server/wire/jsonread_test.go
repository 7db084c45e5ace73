package wire

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestReadJSONReadsUsualRequests: a request as clients send it needs no library, and
// what needs it is left to it.
func TestReadJSONReadsUsualRequests(t *testing.T) {
	want := typical()
	want.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_SNOMED, Code: "44054006", Onset: "2026-01-02"}, {}}
	want.Text = "¿Qué hago?"
	for _, o := range []protojson.MarshalOptions{{}, {Multiline: true}} {
		data, err := o.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&pb.RecommendRequest{Topic: "old"}); !readJSON(data, got) || !proto.Equal(got, want) {
			t.Errorf("%s is read as %v", data, got)
		}
	}
	for _, json := range []string{``, `{`, `{}}`, `{"text":"a\n"}`, "{\"text\":\"a\n\"}", "{\"text\":\"\xff\"}", `{"text":null}`, `{"text":"a","text":"b"}`, `{"text":"a",}`, `{,}`,
		`{"member_ref":"a"}`, `{"canary":1}`, `{"asker":1}`, `{"asker":"canary"}`, `{"context":{"bmi":1e999}}`, `{"context":{"bmi":01}}`, `{"context":{"bmi":1.}}`, `{"context":{"bmi":.5}}`,
		`{"context":{"ageYears":1.5}}`, `{"context":{"ageYears":1e1}}`, `{"context":{"ageYears":3000000000}}`, `{"context":{"ageYears":-}}`, `{"context":{"careGap":["COL",]}}`, `{"attributes":{}}`} {
		if readJSON([]byte(json), &pb.RecommendRequest{}) {
			t.Errorf("%s is read without the library", json)
		}
	}
}

// FuzzReadJSON looks for a text that readJSON takes and the library does not, or
// reads otherwise.
func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"asker":"ASKER_INSURER","context":{"bmi":-31.50,"careGap":["COL"],"pcpKnown":true,"ageYears":0}}`, `{"diagnoses":[{"system":"SNOMED"},{}]}`,
		` { "text" : "é" } `, `{"context":{"ageYears":-0,"optOutChannels":[]}}`, `{"boolValue":true}`, `{"setValue":{"values":["b"]}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, pair := range [][2]proto.Message{{&pb.RecommendRequest{}, &pb.RecommendRequest{}}, {&pb.AttributeValue{}, &pb.AttributeValue{}}} {
			if !readJSON(data, pair[0]) {
				continue
			}
			if err := protojson.Unmarshal(data, pair[1]); err != nil || !proto.Equal(pair[0], pair[1]) {
				t.Errorf("%q: %v, the library says %v: %v", data, pair[0], err, pair[1])
			}
		}
	})
}

func BenchmarkUnmarshalJSON(b *testing.B) {
	data, err := protojson.Marshal(typical())
	if err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func(*pb.RecommendRequest) bool{
		"here":    func(m *pb.RecommendRequest) bool { return UnmarshalJSON(data, m) == nil },
		"library": func(m *pb.RecommendRequest) bool { return protojson.Unmarshal(data, m) == nil },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !read(&pb.RecommendRequest{}) {
					b.Fatal("not read")
				}
			}
		})
	}
}
