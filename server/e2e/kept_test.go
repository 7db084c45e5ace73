package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// TestAStartWhileTheRevisionsAreAway answers by what was in force before, says
// so, and follows again once it can.
func TestAStartWhileTheRevisionsAreAway(t *testing.T) {
	redis := storetest.StartRedis(t, "--appendonly", "yes")
	dir := t.TempDir()
	keeping := func(c *config.Config) { fleet(t, redis)(c); c.DataDir, c.MaxLag = dir, time.Hour }
	n := start(t, keeping)
	e := editorsOf(t, n.app.GRPCAddr())
	v := e.publish(t, newText)
	n.reaches(t, v.Revision, time.Minute)
	if r := n.send(t, "GET", "/readyz", ""); strings.Contains(string(r.body), "stale") {
		t.Errorf("%s", r.body)
	}
	must(t, n.end())
	redis.Stop(t)

	n = start(t, keeping)
	e = editorsOf(t, n.app.GRPCAddr())
	if d := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "")); d.Revision != v.Revision || sleepText(d) != newText {
		t.Errorf("while the revisions are away, %v answers", d)
	}
	if r := n.send(t, "GET", "/readyz", ""); r.status != http.StatusOK || !strings.Contains(string(r.body), `"revisions":"stale"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
	meta, err := e.GetMeta(as("ana"), &pb.GetMetaRequest{})
	if err != nil || !meta.Stale || meta.Version != v.Number || meta.Revision != v.Revision {
		t.Errorf("%v %v", meta, err)
	}
	redis.Restart(t)
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		meta, err = e.GetMeta(as("ana"), &pb.GetMetaRequest{})
		if err == nil && !meta.Stale && meta.Version == v.Number && len(meta.Languages) > 0 {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatal(meta, err)
		}
	}
	if r := n.send(t, "GET", "/readyz", ""); strings.Contains(string(r.body), "stale") {
		t.Errorf("%s", r.body)
	}
	next := e.publish(t, "Another class for better sleep.")
	n.reaches(t, next.Revision, time.Minute)
}
