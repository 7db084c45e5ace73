package wire

import (
	"strings"
	"testing"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestABadItemFailsAlone sends good items around one that does not fit.
func TestABadItemFailsAlone(t *testing.T) {
	for bad, want := range map[string]string{
		`{"requestId":"b","asker":"ASKER_PLAN"}`:      "asker",
		`{"requestId":"b","topicc":"sleep"}`:          "topicc",
		`{"requestId":"b","asker":1,"asker":1}`:       "asker",
		`{"requestId":"b","context":{"ageYears":""}}`: "context.ageYears",
		`null`:        "",
		`[{"x":[1]}]`: "",
		`7`:           "",
		`"a, b ] }"`:  "",
	} {
		data := ` { "requests" : [ {"requestId":"a","text":"a \" ] , }"} , ` + bad + ` ,{"requestId":"c"}] } `
		var m pb.BatchRecommendRequest
		problems, err := UnmarshalItems([]byte(data), &m, "requests", "requestId")
		if err != nil || len(problems) != 1 || len(m.Requests) != 3 || m.Requests[0].Text != `a " ] , }` || m.Requests[2].RequestId != "c" {
			t.Fatalf("%s: %v, %v, %v", bad, problems, err, &m)
		}
		invalid, ok := problems[1].(Invalid)
		if !ok || invalid[0].Field != want {
			t.Errorf("%s: %#v", bad, problems[1])
		}
		id := ""
		if strings.Contains(bad, "requestId") {
			id = "b"
		}
		if m.Requests[1].RequestId != id {
			t.Errorf("%s keeps %v", bad, m.Requests[1])
		}
	}
}

// TestWhatIsAroundTheItemsFailsAll: there is nothing that could be answered.
func TestWhatIsAroundTheItemsFailsAll(t *testing.T) {
	for _, data := range []string{
		``, `[]`, `{`, `{"requests":[{"asker":"X"}`, `{"requests":[{"asker":"X"},]}`, `{"requests":{"asker":"X"}}`,
		`{"requests":[{"asker":"X"}],"other":1}`, `{"requests":[{"asker":"X"}],"requests":[]}`, `{"requests":[{"asker":"X"}]} {}`,
	} {
		var m pb.BatchRecommendRequest
		if bad, err := UnmarshalItems([]byte(data), &m, "requests", "requestId"); err == nil {
			t.Errorf("%s: %v, %v", data, bad, &m)
		}
	}
	var m pb.BatchRecommendRequest
	if bad, err := UnmarshalItems([]byte(`{"requests":[ ]}`), &m, "requests", "requestId"); err != nil || bad != nil {
		t.Error(bad, err)
	}
}

// FuzzUnmarshalItems: what is accepted whole is accepted here as it is, and what
// has bad items has as many items as the text.
func FuzzUnmarshalItems(f *testing.F) {
	f.Add([]byte(`{"asker":"ASKER_INSURER","events":[{"memberRef":"m"},{"asOf":"never"},null]}`))
	f.Add([]byte(`{"events":[{"diagnoses":[{"code":"a]"}]}, {"x":{}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var one, all pb.RecordFactsRequest
		whole := UnmarshalJSON(data, &all)
		bad, err := UnmarshalItems(data, &one, "events", "")
		if whole == nil && (err != nil || bad != nil) {
			t.Fatalf("%v, %v", bad, err)
		}
		if whole != nil && err == nil && len(bad) == 0 {
			t.Fatal("accepted, though it does not fit")
		}
		for i := range bad {
			if i >= len(one.Events) {
				t.Fatal("an error about no item")
			}
		}
	})
}
