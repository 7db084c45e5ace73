package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/drive"
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
		m, err := drive.Question(c.ID, &c.Ask)
		if err != nil {
			return casefile.Outcome{}, err
		}
		d, err := ask(m)
		if err != nil {
			return casefile.Outcome{}, err
		}
		return outcomeOf(d), nil
	}
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
