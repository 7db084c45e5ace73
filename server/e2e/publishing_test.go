package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// editors are people who work on the rules of a server.
type editors struct{ pb.RuleServiceClient }

func editorsOf(t testing.TB, address string) editors {
	t.Helper()
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return editors{pb.NewRuleServiceClient(conn)}
}

// as is a call in somebody's name.
func as(name string) context.Context {
	return metadata.AppendToOutgoingContext(context.Background(), "x-rightvoice-user", name)
}

// live waits for a version in force, at most as long as a busy machine may need
// to publish the first one.
func (e editors) live(t testing.TB) *pb.Version {
	t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		var all *pb.ListVersionsResponse
		if all, err = e.ListVersions(as("ana"), &pb.ListVersionsRequest{}); err == nil && len(all.Versions) > 0 {
			return all.Versions[0]
		}
	}
	t.Fatalf("nothing is published: %v", err)
	return nil
}

// approved is a draft with another text of the advice on sleep.
func (e editors) approved(t testing.TB, text string) *pb.Draft {
	t.Helper()
	e.live(t)
	made, err := e.CreateDraft(as("ana"), &pb.CreateDraftRequest{Title: "sleep"})
	if err != nil {
		t.Fatal(err)
	}
	id := made.Draft.DraftId
	edited, err := e.EditDraft(as("ana"), &pb.EditDraftRequest{DraftId: id, Etag: made.Draft.Etag, Operations: []*pb.EditOperation{
		{Do: "set_words", List: "advice", Row: "sleep_help", Key: "text", Language: "en", Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	etag := edited.GetDraft().GetEtag()
	if _, err = e.SubmitDraft(as("ana"), &pb.SubmitDraftRequest{DraftId: id, Etag: etag}); err != nil {
		t.Fatal(err)
	}
	if _, err = e.ApproveDraft(as("ana"), &pb.ApproveDraftRequest{DraftId: id, Etag: etag}); err == nil {
		t.Error("an author approved their own draft")
	}
	out, err := e.ApproveDraft(as("ben"), &pb.ApproveDraftRequest{DraftId: id, Etag: etag})
	if err != nil {
		t.Fatal(err)
	}
	return out.Draft
}

// publish brings another text of the advice on sleep into force.
func (e editors) publish(t testing.TB, text string) *pb.Version {
	t.Helper()
	d := e.approved(t, text)
	out, err := e.PublishDraft(as("cy"), &pb.PublishDraftRequest{DraftId: d.DraftId, Etag: d.Etag})
	if err != nil {
		t.Fatal(err)
	}
	return out.Version
}

// reaches waits until a server answers by a revision.
func (n *node) reaches(t testing.TB, revision string, limit time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	for time.Since(began) < limit {
		if d := n.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "")); d.Revision == revision {
			return time.Since(began)
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatalf("the revision is not in force after %v", limit)
	return 0
}

func aboutCoverage(member string) *pb.RecommendRequest {
	return &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, MemberRef: member, Topic: "coverage"}
}

func sleepText(d *pb.Decision) string {
	if len(d.Recommendations) != 1 || len(d.Recommendations[0].Advice) == 0 {
		return ""
	}
	for _, a := range d.Recommendations[0].Advice {
		if a.Id == "sleep_help" {
			return a.Text
		}
	}
	return ""
}

const newText = "Your plan has a class for better sleep."

// TestAPublishChangesAnswers takes a draft all the way on a server that keeps
// its revisions, and starts the server again.
func TestAPublishChangesAnswers(t *testing.T) {
	dir := t.TempDir()
	keeping := func(c *config.Config) { c.DataDir, c.BatchTimeout = dir, time.Minute }
	n := start(t, keeping)
	sleep, coverage := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m")), n.overREST(t, aboutCoverage("m"))
	e := editorsOf(t, n.app.GRPCAddr())
	if v := e.live(t); v.Number != 1 || v.Revision != sleep.Revision {
		t.Errorf("the first version is %v, and %s answers", v, sleep.Revision)
	}
	v := e.publish(t, newText)
	asked := sleepless(pb.Asker_ASKER_INSURER, "m")
	asked.MinRevision = v.Revision
	anew, again := n.overREST(t, asked), n.overGRPC(t, aboutCoverage("m"))
	if v.Number != 2 || anew.Revision != v.Revision || sleepText(anew) != newText || anew.DecisionId == sleep.DecisionId {
		t.Errorf("version %v, and the answer is %v", v, anew)
	}
	if again.Revision != v.Revision || again.DecisionId != coverage.DecisionId || again.Cache.Status != pb.Cache_HIT {
		t.Errorf("what did not change was decided anew: %v, then %v", coverage, again)
	}
	asked.MinRevision = "r-0123456789abcdef"
	if r := n.post(t, "/v1/recommendations", asked, nil); r.status/100 != 4 || refusalOf(t, r).reason != "REVISION_NOT_IN_FORCE" {
		t.Errorf("a revision that never was: %d %s", r.status, r.body)
	}
	all := n.metrics(t)
	for _, want := range []string{`rightvoice_revision_version{tenant="default"} 2`, "rightvoice_revision_lag_seconds ", `rightvoice_revision_info{revision="` + v.Revision} {
		if !strings.Contains(all, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	log, err := e.ListAudit(as("ana"), &pb.ListAuditRequest{})
	if err != nil || len(log.Entries) < 7 || log.Entries[0].By != "cy" || log.Entries[0].Action != "publish" {
		t.Errorf("the change log has %v %v", log, err)
	}
	if err := n.end(); err != nil {
		t.Fatal(err)
	}
	after := start(t, keeping)
	if d := after.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m")); d.Revision != v.Revision || sleepText(d) != newText {
		t.Errorf("after a start, %v answers", d)
	}
}

// TestDraftsCanBeTriedWithoutAnySetting publishes on a server that keeps
// nothing, and leaves nothing behind.
func TestDraftsCanBeTriedWithoutAnySetting(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	n := start(t, func(c *config.Config) { c.BatchTimeout = time.Minute })
	n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, ""))
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("recommendations alone made %v %v", left, err)
	}
	v := editorsOf(t, n.app.GRPCAddr()).publish(t, newText)
	n.reaches(t, v.Revision, time.Minute)
	if err := n.end(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "rightvoice-*")); err != nil || len(left) > 0 {
		t.Errorf("the server left %v %v", left, err)
	}
}

// fleet makes servers keep their revisions in a Redis.
func fleet(t testing.TB, redis *storetest.Server) func(*config.Config) {
	return func(c *config.Config) {
		c.RevisionsURL, c.DataDir, c.BatchTimeout = config.NewSecret(redis.URL()), t.TempDir(), time.Minute
	}
}

// TestAPublishReachesTheFleet publishes on one server and asks another.
func TestAPublishReachesTheFleet(t *testing.T) {
	redis := storetest.StartRedis(t, "--appendonly", "yes")
	one, other := start(t, fleet(t, redis)), start(t, fleet(t, redis))
	e := editorsOf(t, one.app.GRPCAddr())
	first := e.live(t)
	other.reaches(t, first.Revision, time.Minute)
	v := e.publish(t, newText)
	limit := 3 * time.Second
	if testing.Short() { // the race detector makes compiling many times as slow
		limit = time.Minute
	}
	took := other.reaches(t, v.Revision, limit)
	t.Logf("the other server answers %v after the publish", took)
	back, err := e.RollBack(as("cy"), &pb.RollBackRequest{Number: 1})
	if err != nil || back.Version.Number != 3 {
		t.Fatal(back, err)
	}
	asked := sleepless(pb.Asker_ASKER_PROVIDER, "")
	if other.reaches(t, first.Revision, limit); sleepText(other.overREST(t, asked)) == newText {
		t.Error("what was rolled back is still said")
	}
	if testing.Short() {
		return
	}
	redis.Stop(t)
	if d := other.overREST(t, asked); d.Revision != first.Revision {
		t.Errorf("without Redis, %q answers", d.Revision)
	}
	redis.Restart(t)
}

// TestNotReadyOnceItLagsTooFar takes away the Redis of revisions.
func TestNotReadyOnceItLagsTooFar(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: it waits for the lag to grow")
	}
	redis := storetest.StartRedis(t, "--appendonly", "yes")
	n := start(t, func(c *config.Config) { fleet(t, redis)(c); c.MaxLag = 5 * time.Second })
	ready := func(want int, limit time.Duration) {
		t.Helper()
		began := time.Now()
		for n.send(t, "GET", "/readyz", "").status != want {
			if time.Since(began) > limit {
				t.Fatalf("readyz is not %d after %v", want, limit)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	ready(http.StatusOK, time.Minute)
	redis.Stop(t)
	began := time.Now()
	ready(http.StatusServiceUnavailable, 20*time.Second)
	if took := time.Since(began); took < 2*time.Second {
		t.Errorf("not ready after %v, which is sooner than the lag allows", took)
	}
	if d := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "")); sleepText(d) == "" {
		t.Errorf("the last good revision is gone: %v", d)
	}
	redis.Restart(t)
	ready(http.StatusOK, 20*time.Second)
}

// TestEveryAnswerIsOfOneRevision swaps two contents 200 times under load. What
// an answer says is what the revision that it names says.
func TestEveryAnswerIsOfOneRevision(t *testing.T) {
	swaps := 200
	if testing.Short() {
		swaps = 40
	}
	dir := t.TempDir()
	n := start(t, func(c *config.Config) { c.DataDir, c.BatchTimeout = dir, time.Minute })
	e := editorsOf(t, n.app.GRPCAddr())
	says := map[string]string{e.live(t).Revision: sleepText(n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "")))}
	v := e.publish(t, newText)
	says[v.Revision] = newText
	n.reaches(t, v.Revision, time.Minute)

	var load sync.WaitGroup
	var over atomic.Bool
	var counted [2]atomic.Int64
	check := func(d *pb.Decision) {
		want, known := says[d.Revision]
		if !known || sleepText(d) != want || want == "" {
			t.Errorf("%s says %q, want %q", d.Revision, sleepText(d), want)
		}
		if want == newText {
			counted[1].Add(1)
		} else {
			counted[0].Add(1)
		}
	}
	for i := range 4 {
		load.Go(func() {
			for k := 0; !over.Load() && !t.Failed(); k++ {
				ask := sleepless(pb.Asker_ASKER_INSURER, fmt.Sprintf("m-%d-%d", i, k%50))
				switch {
				case i == 0:
					check(n.overREST(t, ask))
				case i == 1:
					checkBatch(t, n, ask, check)
				default:
					check(n.overGRPC(t, ask))
				}
			}
		})
	}
	began := time.Now()
	for i := range swaps {
		if _, err := e.RollBack(as("cy"), &pb.RollBackRequest{Number: uint32(i + 1)}); err != nil { // the one before
			t.Errorf("swap %d: %v", i, err)
			break
		}
	}
	took := time.Since(began)
	over.Store(true)
	load.Wait()
	t.Logf("%d swaps in %v under %d and %d answers", swaps, took, counted[0].Load(), counted[1].Load())
	if counted[0].Load() == 0 || counted[1].Load() == 0 {
		t.Error("only one of the two was asked")
	}
}

// checkBatch asks twenty times in one call, which is answered by one revision.
func checkBatch(t *testing.T, n *node, ask *pb.RecommendRequest, check func(*pb.Decision)) {
	many := make([]*pb.RecommendRequest, 20)
	for i := range many {
		many[i] = ask
	}
	got, err := n.grpc.RecommendBatch(context.Background(), many)
	if err != nil {
		t.Error(err)
		return
	}
	for _, r := range got {
		if d := r.GetDecision(); d == nil || d.Revision != got[0].GetDecision().GetRevision() {
			t.Errorf("a batch of two revisions: %v", r)
		} else {
			check(d)
		}
	}
}

// TestUnapprovedIsNotPublished tries what must be refused.
func TestUnapprovedIsNotPublished(t *testing.T) {
	dir := t.TempDir()
	n := start(t, func(c *config.Config) { c.DataDir, c.BatchTimeout = dir, time.Minute })
	e := editorsOf(t, n.app.GRPCAddr())
	d := e.approved(t, newText)
	if _, err := e.EditDraft(as("ana"), &pb.EditDraftRequest{DraftId: d.DraftId, Etag: d.Etag, Operations: []*pb.EditOperation{
		{Do: "set_words", List: "advice", Row: "sleep_help", Key: "text", Language: "en", Text: "Sleep well with your plan."}}}); err != nil {
		t.Fatal(err)
	}
	now, err := e.GetDraft(as("ana"), &pb.GetDraftRequest{DraftId: d.DraftId})
	if err != nil {
		t.Fatal(err)
	}
	for name, etag := range map[string]string{"what was approved": d.Etag, "what was edited since": now.Draft.Etag} {
		if _, err := e.PublishDraft(as("cy"), &pb.PublishDraftRequest{DraftId: d.DraftId, Etag: etag}); status.Code(err) != codes.FailedPrecondition && status.Code(err) != codes.Aborted {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v := e.live(t); v.Number != 1 {
		t.Errorf("version %d is in force", v.Number)
	}
}
