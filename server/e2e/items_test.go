package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestAnItemThatCannotBeReadFailsAlone sends what only JSON can say wrongly in
// one item of a batch and in one event: the others are answered, and the answer
// to the bad one says what is wrong, by its own path.
func TestAnItemThatCannotBeReadFailsAlone(t *testing.T) {
	n := start(t, nil)
	read := func(path, body string, into proto.Message) {
		t.Helper()
		r := n.send(t, "POST", path, body)
		if r.status != http.StatusOK || strings.Contains(string(r.body), canary) {
			t.Fatalf("%d %s", r.status, r.body)
		}
		if err := protojson.Unmarshal(r.body, into); err != nil {
			t.Fatal(err)
		}
	}

	asked := &pb.BatchRecommendResponse{}
	read(recommendations+":batch", `{"requests":[{"requestId":"1","asker":"ASKER_INSURER","topic":"sleep"},
		{"requestId":"2","asker":"ASKER_INSURER","context":{"coverageStatus":"canary"}}, {"requestId":"3","asker":"ASKER_PROVIDER","topic":"injury"}]}`, asked)
	if len(asked.Results) != 3 || asked.Results[0].GetDecision() == nil || asked.Results[2].GetDecision() == nil {
		t.Fatal(asked)
	}
	if bad := asked.Results[1]; bad.RequestId != "2" || !strings.Contains(bad.GetError().String(), "context.coverageStatus") {
		t.Error(bad)
	}

	told := &pb.RecordFactsResponse{}
	now := time.Now().Format(time.RFC3339)
	event := func(ref, context string) string {
		return `{"memberRef":"` + ref + `","source":"adt","asOf":"` + now + `","context":` + context + `}`
	}
	read("/v1/members:recordFacts", `{"asker":"ASKER_PROVIDER","events":[`+event("a", `{"erVisit":"canary"}`)+`,`+event("b", `{"hoursSinceAcuteCare":3}`)+`]}`, told)
	if len(told.Results) != 2 || told.Results[1].GetRecorded() == nil || told.Summary.Recorded != 1 || told.Summary.Refused != 1 {
		t.Fatal(told)
	}
	if bad := told.Results[0].GetError().String(); !strings.Contains(bad, "context.erVisit") {
		t.Error(bad)
	}
}
