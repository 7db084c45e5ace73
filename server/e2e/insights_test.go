package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestInsightsOfRealFeedback says things back over gRPC, REST and CDS Hooks, each
// several times, and reads the figures over gRPC and REST: each thing is counted
// once, and a few members are in no figure.
func TestInsightsOfRealFeedback(t *testing.T) {
	stores(t, func(t *testing.T, n *node) {
		for i := range 12 {
			n.accepts(t, fmt.Sprint("m", i))
		}
		for i := range 11 {
			n.acceptsCard(t, fmt.Sprint("canary-patient-", i))
		}
		got := n.insights(t)
		for by, want := range map[string]int32{"sleep_help": 12, "insurer": 12, "provider": 11} {
			found := false
			for _, f := range got.FeedbackBy {
				found = found || f.Id == by && f.Helpful.Count == want && f.Helpful.Of == want
			}
			if !found {
				t.Errorf("%s: no %d of %d in %v", by, want, want, got.FeedbackBy)
			}
		}
		if got.Feedback.Helpful.Count != 23 || !got.Counted || got.Lost != 0 || got.Floor != 11 {
			t.Errorf("%v, counted %v, lost %d", got.Feedback, got.Counted, got.Lost)
		}
		n.reportsOne(t)
	})
}

// accepts asks, and accepts over gRPC and then over REST.
func (n *node) accepts(t *testing.T, member string) {
	t.Helper()
	made := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, member))
	retrieved(t, n, &pb.GetDecisionRequest{DecisionId: made.DecisionId})
	in := &pb.RecordFeedbackRequest{DecisionId: made.DecisionId, Asker: pb.Asker_ASKER_INSURER, Kind: pb.FeedbackKind_FEEDBACK_KIND_ACCEPTED, AdviceId: "sleep_help"}
	if _, err := n.grpc.RecordFeedback(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	if r := n.post(t, "/v1/decisions/"+made.DecisionId+"/feedback", in, &pb.RecordFeedbackResponse{}); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
}

type card struct {
	UUID        string
	Suggestions []struct{ UUID string }
}

// acceptsCard accepts an EHR's card three times.
func (n *node) acceptsCard(t *testing.T, patient string) {
	t.Helper()
	const service = "/cds-services/encounter-discharge"
	r := n.send(t, "POST", service, `{"hook":"encounter-discharge","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":{"userId":"Practitioner/1","patientId":"`+patient+`","encounterId":"e1"}}`)
	var answer struct{ Cards []card }
	if err := json.Unmarshal(r.body, &answer); err != nil || len(answer.Cards) != 1 || len(answer.Cards[0].Suggestions) == 0 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	id := answer.Cards[0].UUID
	retrieved(t, n, &pb.GetDecisionRequest{DecisionId: id})
	for range 3 {
		r := n.send(t, "POST", service+"/feedback", `{"feedback":[{"card":"`+id+`","outcome":"accepted","acceptedSuggestions":[{"id":"`+answer.Cards[0].Suggestions[0].UUID+`"}],"outcomeTimestamp":"`+n.clock().UTC().Format("2006-01-02T15:04:05Z")+`"}]}`)
		if r.status != http.StatusOK {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
}

func (n *node) insightsService(t *testing.T) pb.InsightsServiceClient {
	t.Helper()
	return pb.NewInsightsServiceClient(n.dial(t))
}

// insights reads the figures both ways.
func (n *node) insights(t *testing.T) *pb.GetInsightsResponse {
	t.Helper()
	got, err := n.insightsService(t).GetInsights(context.Background(), &pb.GetInsightsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	rest := &pb.GetInsightsResponse{}
	if r := n.send(t, "GET", "/v1/insights", ""); r.status != http.StatusOK || protojson.Unmarshal(r.body, rest) != nil || !proto.Equal(rest, got) {
		t.Errorf("over REST: %d %s\nover gRPC: %v", r.status, r.body, got)
	}
	return got
}

// reportsOne reports a wrong sender; what is listed tells nothing of the member
// and is a scenario all the same.
func (n *node) reportsOne(t *testing.T) {
	t.Helper()
	q := sleepless(pb.Asker_ASKER_INSURER, "canary-member")
	q.Context.HoursSinceAcuteCare = ptr(int32(901))
	made := n.overREST(t, q)
	retrieved(t, n, &pb.GetDecisionRequest{DecisionId: made.DecisionId})
	if _, err := n.grpc.RecordFeedback(context.Background(), &pb.RecordFeedbackRequest{DecisionId: made.DecisionId, Asker: pb.Asker_ASKER_PROVIDER, Kind: pb.FeedbackKind_FEEDBACK_KIND_WRONG_SENDER}); err != nil {
		t.Fatal(err)
	}
	got, err := n.insightsService(t).ListReports(context.Background(), &pb.ListReportsRequest{})
	if err != nil || len(got.Reports) != 1 {
		t.Fatalf("%v %v", got, err)
	}
	r := got.Reports[0]
	if r.Topic != "sleep" || r.Wanted != "provider" || r.Count != 0 || !r.Still || len(r.Operations) != 1 || !strings.Contains(r.Scenario, "sender: provider") {
		t.Errorf("%v", r)
	}
	for _, secret := range []string{"canary", "901", "721", "hours_since"} {
		if strings.Contains(r.String(), secret) {
			t.Errorf("%s: %v", secret, r)
		}
	}
	if d := n.overREST(t, r.Request); d.Recommendations[0].Sender != pb.Sender_SENDER_INSURER {
		t.Errorf("the example is answered by %v", d.Recommendations[0].Sender)
	}
}
