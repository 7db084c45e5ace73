package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// speaks has a member do all that leaves something somewhere: feeds, questions,
// choices, messages nobody asked for, and every kind of feedback. It returns a
// decision.
func speaks(t *testing.T, portal, clinic *node, member string) *pb.Decision {
	t.Helper()
	clinic.feed(t, pb.Asker_ASKER_PROVIDER, leftTheER(member))
	portal.feed(t, pb.Asker_ASKER_INSURER, covered(member))
	d := portal.overREST(t, asks(pb.Asker_ASKER_INSURER, member, "activity"))
	clinic.overGRPC(t, asks(pb.Asker_ASKER_PROVIDER, member, "sleep"))
	unasked := asks(pb.Asker_ASKER_INTEGRATED, member, "coverage")
	unasked.Context = &pb.MemberContext{Direction: ptr(pb.Direction_DIRECTION_OUTBOUND), LocalHour: ptr[int32](12)}
	portal.overGRPC(t, unasked)
	if _, err := portal.grpc.SetChoice(context.Background(), optOut(member, "sleep", true)); err != nil {
		t.Fatal(err)
	}
	retrieved(t, clinic, &pb.GetDecisionRequest{DecisionId: d.DecisionId})
	for i, n := range []*node{portal, clinic} {
		for kind := pb.FeedbackKind_FEEDBACK_KIND_SHOWN; kind <= pb.FeedbackKind_FEEDBACK_KIND_WRONG_SENDER; kind++ {
			in := &pb.RecordFeedbackRequest{DecisionId: d.DecisionId, Asker: pb.Asker(1 + i), Kind: kind, Reason: "member-asked"}
			if _, err := n.grpc.RecordFeedback(context.Background(), in); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, n := range []*node{portal, clinic} {
		waitForRecords(t, n)
		if _, err := n.insightsService(t).GetInsights(context.Background(), &pb.GetInsightsRequest{}); err != nil { // counts what was told
			t.Fatal(err)
		}
	}
	return d
}

// forgets has a member forgotten, twice.
func (n *node) forgets(t *testing.T, member string) {
	t.Helper()
	for range 2 {
		if r := n.post(t, "/v1/members:forget", &pb.ForgetMemberRequest{MemberRef: member, Asker: pb.Asker_ASKER_INSURER}, &pb.ForgetMemberResponse{}); r.status != http.StatusOK || string(r.body) != "{}" {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
}

// TestAForgottenMemberLeavesNothing compares all that Redis has before a member
// was ever seen with what it has when the member is forgotten. Somebody else did
// the same before: only how often something was done may be more.
func TestAForgottenMemberLeavesNothing(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, clinic := start(t, sharing(redis)), start(t, sharing(redis))
	speaks(t, portal, clinic, "somebody")
	was := holdings(t, redis)
	d := speaks(t, portal, clinic, "m")
	if n := len(holdings(t, redis)) - len(was); n < 10 {
		t.Fatalf("only %d entries more, so this test shows nothing", n)
	}
	portal.forgets(t, "m")
	is := holdings(t, redis)
	known := cellsOf(was)
	if len(known) == 0 {
		t.Fatal("nothing was counted, so this test shows nothing")
	}
	for name, content := range is {
		switch {
		case probes.MatchString(name):
		case tallies.MatchString(name):
			for _, field := range content {
				cell, n, _ := strings.Cut(field, "=")
				if _, err := strconv.Atoi(n); err != nil || !known[cell[:min(len(cell), markLen)]] || len(cell) > markLen+1 {
					t.Errorf("%s has more than counts: %q", name, field)
				}
			}
		case subjects.MatchString(name):
			for _, field := range content {
				if cell, _, _ := strings.Cut(field, "="); !known[cell] {
					t.Errorf("%s has what nobody else did", name)
				}
			}
		case !slices.Equal(content, was[name]):
			t.Errorf("%s: %q before, %q now", name, was[name], content)
		}
	}
	for name := range was {
		if is[name] == nil && !probes.MatchString(name) {
			t.Errorf("%s of somebody else is gone", name)
		}
	}
	if _, err := clinic.grpc.GetDecision(context.Background(), &pb.GetDecisionRequest{DecisionId: d.DecisionId}); err == nil {
		t.Error("the decision can still be looked up")
	}
	if got := clinic.known(t, pb.Asker_ASKER_PROVIDER, "m"); len(got) != 0 {
		t.Errorf("the other server still knows %v", got)
	}
	if r := clinic.overGRPC(t, asks(pb.Asker_ASKER_PROVIDER, "m", "activity")).Recommendations[0]; r.Mindset == pb.Mindset_MINDSET_PATIENT {
		t.Errorf("the other server still decides by it: %v", r)
	}
}

// probes are what a server writes to see whether Redis answers; no member is in
// them. tallies say how often something was said, and subjects what it was about.
var (
	probes   = regexp.MustCompile(`^rv1:\{[0-9]+\}:p$`)
	tallies  = regexp.MustCompile(`^rv1:\{[A-Za-z0-9_-]{22}\}:nc[0-9]{4}-[0-9]{2}$`)
	subjects = regexp.MustCompile(`^rv1:\{[A-Za-z0-9_-]{22}\}:nw[0-9]{4}-[0-9]{2}$`)
)

const markLen = 22

// cellsOf are the names of what is counted.
func cellsOf(all map[string][]string) map[string]bool {
	out := map[string]bool{}
	for name, content := range all {
		for _, field := range content {
			if cell, _, _ := strings.Cut(field, "="); subjects.MatchString(name) {
				out[cell] = true
			}
		}
	}
	return out
}

// holdings are all entries of Redis, each with what is in it, in order.
func holdings(t *testing.T, redis *storetest.Server) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	all, _ := redis.MustDo(t, "KEYS", "*").([]any)
	for _, k := range all {
		name := fmt.Sprint(k)
		how := map[string][]string{"string": {"GET", name}, "set": {"SMEMBERS", name}, "hash": {"HGETALL", name}, "zset": {"ZRANGE", name, "0", "-1", "WITHSCORES"}}
		kind := fmt.Sprint(redis.MustDo(t, "TYPE", name))
		switch got := redis.MustDo(t, how[kind]...).(type) {
		case []any:
			content := []string{}
			for i := 0; i < len(got); i++ {
				one := fmt.Sprint(got[i])
				if kind == "hash" {
					i++
					one += "=" + fmt.Sprint(got[i])
				}
				content = append(content, one)
			}
			if kind != "zset" {
				slices.Sort(content)
			}
			out[name] = content
		default:
			out[name] = []string{fmt.Sprint(got)}
		}
	}
	return out
}

// TestAForgottenMemberLeavesNoFile runs two servers without Redis whose counts
// are the same. A member speaks at the one and another one at the other, and both
// are forgotten: the counts are the same then, byte by byte, and no file names
// anybody.
func TestAForgottenMemberLeavesNoFile(t *testing.T) {
	began := t.TempDir()
	at := time.Now().Add(time.Minute) // one day for all, and after all that is told
	serve := func(dir string) *node {
		n := start(t, func(c *config.Config) { c.DataDir = dir })
		n.now.Store(&at)
		return n
	}
	n := serve(began)
	speaks(t, n, n, "somebody")
	must(t, n.end())
	var was map[string][]byte
	for _, member := range []string{"canary-one", "canary-another"} {
		dir := t.TempDir()
		must(t, os.CopyFS(filepath.Join(dir, "feedback"), os.DirFS(filepath.Join(began, "feedback"))))
		n := serve(dir)
		d := speaks(t, n, n, member)
		n.forgets(t, member)
		must(t, n.end())
		is := map[string][]byte{}
		must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(name)
			if bytes.Contains(b, []byte("canary")) || bytes.Contains(b, []byte(d.DecisionId)) {
				t.Errorf("%s names the member or the decision", e.Name())
			}
			if filepath.Base(filepath.Dir(name)) == "feedback" {
				is[e.Name()] = b
			}
			return err
		}))
		if len(is) < 2 || was != nil && len(is) != len(was) {
			t.Fatalf("%d files of feedback, then %d", len(was), len(is))
		}
		for name, b := range is {
			if was != nil && !bytes.Equal(b, was[name]) {
				t.Errorf("%s tells who it was", name)
			}
		}
		was = is
	}
}
