package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// stores are the two kinds of memory a server can have.
func stores(t *testing.T, test func(t *testing.T, n *node)) {
	t.Run("embedded", func(t *testing.T) { test(t, start(t, nil)) })
	t.Run("Redis", func(t *testing.T) { test(t, start(t, sharing(storetest.StartRedis(t)))) })
}

// retrieved gets a decision that is written behind its answer.
func retrieved(t *testing.T, n *node, q *pb.GetDecisionRequest) *pb.Decision {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		d, err := n.grpc.GetDecision(context.Background(), q)
		if err == nil {
			return d
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

func TestDecisionsCanBeLookedUp(t *testing.T) {
	stores(t, func(t *testing.T, n *node) {
		made := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
		got := retrieved(t, n, &pb.GetDecisionRequest{DecisionId: made.DecisionId})
		if got.DecisionId != made.DecisionId || got.Revision != made.Revision || !proto.Equal(got.DecidedAt, made.DecidedAt) || !proto.Equal(got.Recommendations[0], made.Recommendations[0]) {
			t.Errorf("got %v, made %v", got, made)
		}
		other := retrieved(t, n, &pb.GetDecisionRequest{DecisionId: made.DecisionId, Asker: pb.Asker_ASKER_PROVIDER, Language: "es"})
		if r := other.Recommendations[0]; len(r.Advice) != 0 || r.Handoff == "" || r.Handoff == made.Recommendations[0].Handoff || r.Sender != pb.Sender_SENDER_INSURER {
			t.Errorf("for the other side, in Spanish: %v", other)
		}
		r := n.send(t, "GET", "/v1/decisions/"+made.DecisionId+"?tenant=another", "")
		if r.status != http.StatusNotFound || refusalOf(t, r).reason != "DECISION_NOT_FOUND" {
			t.Errorf("another tenant gets %d %s", r.status, r.body)
		}
	})
}

func TestDecisionsAreListedPageByPage(t *testing.T) {
	stores(t, func(t *testing.T, n *node) {
		var made []string
		for _, topic := range []string{"sleep", "stress", "weight", "activity", "nutrition"} {
			in := sleepless(pb.Asker_ASKER_INSURER, "m")
			in.Topic = topic
			made = append([]string{n.overGRPC(t, in).DecisionId}, made...)
			time.Sleep(2 * time.Millisecond) // ids hold the time in milliseconds
		}
		n.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "another"))
		for _, id := range made {
			retrieved(t, n, &pb.GetDecisionRequest{DecisionId: id})
		}
		var got []string
		for token, pages := "", 0; ; pages++ {
			page := &pb.ListDecisionsResponse{}
			if r := n.post(t, "/v1/decisions:search", &pb.ListDecisionsRequest{MemberRef: "m", PageSize: 2, PageToken: token}, page); r.status != http.StatusOK || pages > 3 {
				t.Fatalf("page %d: %d %s", pages, r.status, r.body)
			}
			for _, d := range page.Decisions {
				got = append(got, d.DecisionId)
			}
			if token = page.NextPageToken; token == "" {
				break
			}
		}
		if strings.Join(got, " ") != strings.Join(made, " ") {
			t.Errorf("got %v, want %v, the newest first", got, made)
		}
	})
}

func TestFeedbackCountsOnce(t *testing.T) {
	stores(t, func(t *testing.T, n *node) {
		made := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
		retrieved(t, n, &pb.GetDecisionRequest{DecisionId: made.DecisionId})
		shown := &pb.RecordFeedbackRequest{DecisionId: made.DecisionId, Asker: pb.Asker_ASKER_INSURER, Kind: pb.FeedbackKind_FEEDBACK_KIND_SHOWN, AdviceId: made.Recommendations[0].Advice[0].Id}
		wrong := proto.CloneOf(shown)
		wrong.Kind, wrong.Asker, wrong.AdviceId = pb.FeedbackKind_FEEDBACK_KIND_WRONG_SENDER, pb.Asker_ASKER_PROVIDER, ""
		for i, try := range []struct {
			in    *pb.RecordFeedbackRequest
			first bool
		}{{shown, true}, {shown, false}, {wrong, true}, {shown, false}, {wrong, false}} {
			recorded, err := n.grpc.RecordFeedback(context.Background(), try.in)
			if err != nil || recorded != try.first {
				t.Errorf("feedback %d: %v, %v, want %v", i, recorded, err, try.first)
			}
		}
		over := &pb.RecordFeedbackResponse{}
		if r := n.post(t, "/v1/decisions/"+made.DecisionId+"/feedback", shown, over); r.status != http.StatusOK || over.Recorded {
			t.Errorf("the same over REST: %d %s", r.status, r.body)
		}
		other := proto.CloneOf(shown)
		other.AdviceId = "gym"
		if _, err := n.grpc.RecordFeedback(context.Background(), other); err == nil {
			t.Error("feedback on advice that the decision does not have is taken")
		}
		theirs := proto.CloneOf(shown)
		theirs.Asker = pb.Asker_ASKER_PROVIDER
		if _, err := n.grpc.RecordFeedback(context.Background(), theirs); err == nil {
			t.Error("feedback on advice that only the other side was shown is taken")
		}
	})
}

func TestExplainStoresNothing(t *testing.T) {
	redis := storetest.StartRedis(t)
	n := start(t, sharing(redis))
	in := &pb.ExplainRequest{Request: sleepless(pb.Asker_ASKER_INSURER, "m")}
	got, err := n.grpc.Explain(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	over := &pb.ExplainResponse{}
	if r := n.post(t, "/v1/recommendations:explain", in.Request, over); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if got.Decision.DecisionId != "" || !proto.Equal(got.Decision.Recommendations[0], over.Decision.Recommendations[0]) || len(got.Topics) != 1 || len(got.Topics[0].Rows) == 0 || len(got.FactsRead) == 0 {
		t.Errorf("gRPC %v\nREST %v", got, over)
	}
	var decided *pb.RowTrace
	for _, row := range got.Topics[0].Rows {
		if row.Table == "sender" && row.Verdict == pb.RowTrace_DECIDED {
			decided = row
		}
	}
	if decided == nil || decided.Outcome != "insurer" || decided.Sentence == "" || decided.Because == "" {
		t.Errorf("the row that decided is %v", decided)
	}
	m := n.metrics(t)
	for _, want := range []string{"rightvoice_memory_round_trips_total 0\n", "rightvoice_records_written_total 0\n", "rightvoice_records_pending 0\n", `rightvoice_senders_total{sender="SENDER_INSURER"} 0`} {
		if !strings.Contains(m, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if d := n.overGRPC(t, in.Request); d.Cache.Status != pb.Cache_MISS || !proto.Equal(d.Recommendations[0], got.Decision.Recommendations[0]) {
		t.Errorf("after explaining, the question gets %v", d)
	}
}

func TestABatchWithABadItem(t *testing.T) {
	stores(t, func(t *testing.T, n *node) {
		bad := sleepless(pb.Asker_ASKER_INSURER, "b")
		bad.RequestId, bad.Context.AgeYears = "bad", ptr[int32](-4)
		unknown := sleepless(pb.Asker_ASKER_INSURER, "c")
		unknown.RequestId, unknown.Topic = "unknown", "canary"
		batch := []*pb.RecommendRequest{sleepless(pb.Asker_ASKER_INSURER, "a"), bad, unknown, sleepless(pb.Asker_ASKER_PROVIDER, "a"), {RequestId: "empty"}}
		got, err := n.grpc.RecommendBatch(context.Background(), batch)
		if err != nil || len(got) != len(batch) {
			t.Fatal(got, err)
		}
		for i, want := range []codes.Code{codes.OK, codes.InvalidArgument, codes.InvalidArgument, codes.OK, codes.InvalidArgument} {
			if got[i].RequestId != batch[i].RequestId || codes.Code(got[i].GetError().GetCode()) != want || (want == codes.OK) != (got[i].GetDecision() != nil) {
				t.Errorf("item %d: %v, want %v", i, got[i], want)
			}
			if strings.Contains(got[i].GetError().String(), canary) {
				t.Errorf("item %d: what was sent comes back: %v", i, got[i])
			}
		}
		if a, b := got[0].GetDecision(), got[3].GetDecision(); a.DecisionId != b.DecisionId {
			t.Errorf("both sides in one batch got %s and %s", a.DecisionId, b.DecisionId)
		}
		over := &pb.BatchRecommendResponse{}
		if r := n.post(t, "/v1/recommendations:batch", &pb.BatchRecommendRequest{Requests: batch}, over); r.status != http.StatusOK || len(over.Results) != len(batch) || over.Results[1].GetError().GetCode() != int32(codes.InvalidArgument) || over.Results[0].GetDecision().GetDecisionId() != got[0].GetDecision().DecisionId {
			t.Errorf("over REST: %d %v", r.status, over)
		}
		many := make([]*pb.RecommendRequest, 1001)
		for i := range many {
			many[i] = &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER}
		}
		if _, err := n.grpc.RecommendBatch(context.Background(), many); err == nil {
			t.Error("1,001 items are taken")
		}
		if got, err := n.grpc.RecommendBatch(context.Background(), many[:1000]); err != nil || len(got) != 1000 || got[999].GetDecision() == nil {
			t.Errorf("1,000 items: %d %v", len(got), err)
		}
	})
}

func TestAStreamOfTenThousand(t *testing.T) {
	const all = 10_000
	stores(t, func(t *testing.T, n *node) {
		seen, bad := map[string]bool{}, 0
		for result, err := range n.grpc.RecommendAll(context.Background(), func(yield func(*pb.RecommendRequest) bool) {
			for i := range all {
				in := sleepless(pb.Asker_ASKER_INSURER, fmt.Sprint("m", i%500))
				in.RequestId = fmt.Sprint(i)
				if i%100 == 0 {
					in.Asker = 0
				}
				if !yield(in) {
					return
				}
			}
		}) {
			if err != nil {
				t.Fatal(err)
			}
			seen[result.RequestId] = true
			if rightvoice.ItemError(result) != nil {
				bad++
			} else if result.GetDecision().Recommendations[0].Sender != pb.Sender_SENDER_INSURER {
				t.Fatalf("got %v", result)
			}
		}
		if len(seen) != all || bad != all/100 {
			t.Errorf("%d of %d answered, %d of them refused", len(seen), all, bad)
		}
	})
}

// TestOverloadIsRefusedQuickly asks more at once than a server takes, while its
// Redis hangs.
func TestOverloadIsRefusedQuickly(t *testing.T) {
	redis := storetest.StartRedis(t)
	n := start(t, func(c *config.Config) { sharing(redis)(c); c.MaxInFlight = 4 })
	eventually(t, n, pb.Cache_MISS, recovery)
	redis.Pause(t)
	defer redis.Resume(t)
	type outcome struct {
		status int
		took   time.Duration
		retry  string
	}
	got := make(chan outcome, 64)
	for i := range cap(got) {
		in := sleepless(pb.Asker_ASKER_INSURER, fmt.Sprint("overload", i))
		go func() {
			began := time.Now()
			r := n.post(t, recommendations, in, &pb.Decision{})
			got <- outcome{r.status, time.Since(began), r.header.Get("Retry-After")}
		}()
	}
	refused, slowest := 0, time.Duration(0)
	for range cap(got) {
		o := <-got
		if o.status != http.StatusTooManyRequests {
			continue
		}
		refused++
		slowest = max(slowest, o.took)
		if o.retry == "" {
			t.Error("nobody is told when to try again")
		}
	}
	if refused == 0 || slowest > 2*time.Second {
		t.Errorf("%d refused, the slowest after %v", refused, slowest)
	}
}
