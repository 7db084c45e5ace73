package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/config"
)

// TestDecisionsCanBeReplayed asks over both transports, in a batch and in bad
// ways, and replays what was kept of it.
func TestDecisionsCanBeReplayed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "decisions")
	n := start(t, func(c *config.Config) { c.DecisionLog = dir })
	askEverything(t, n)
	answered := recommended(t, n)
	if err := n.end(); err != nil {
		t.Fatal(err)
	}
	in, err := decisionlog.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var kept []string
	for b, err := in.Next(); b != nil; b, err = in.Next() {
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range b.Decisions() {
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(d.Schema)
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, fmt.Sprintf("%+v %s", *d, text))
		}
	}
	if len(kept) != answered || answered < 6 {
		t.Errorf("%d decisions are kept of %d", len(kept), answered)
	}
	for _, k := range kept {
		for _, c := range canaries {
			if strings.Contains(c, "_") {
				continue // the name of a fact, which this log may hold
			}
			if strings.Contains(strings.ToLower(k), strings.ToLower(c)) {
				t.Errorf("%s is in the log", c)
			}
		}
	}
	rev, problems := content.Load(content.Default(), time.Now())
	if rev == nil {
		t.Fatal(problems)
	}
	again, err := decisionlog.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	impact, err := decisionlog.Replay(context.Background(), again, rev.Set, rev.Set, decisionlog.ReplayOptions{})
	if err != nil || impact.Decisions != len(kept) || impact.Changed+impact.Unsettled+impact.Drifted > 0 {
		t.Errorf("%+v %v", impact, err)
	}
}

// recommended is how many recommendations were given, by the server's count.
func recommended(t *testing.T, n *node) (all int) {
	t.Helper()
	for _, line := range strings.Split(n.metrics(t), "\n") {
		if name, count, ok := strings.Cut(line, " "); ok && strings.HasPrefix(name, "rightvoice_senders_total{") {
			i, err := strconv.Atoi(count)
			if err != nil {
				t.Fatal(err)
			}
			all += i
		}
	}
	return all
}

// TestDecisionsAreKeptBesideRevisions: the data directory is where they go if
// nobody says otherwise.
func TestDecisionsAreKeptBesideRevisions(t *testing.T) {
	for _, try := range []struct {
		log  string
		want bool
	}{{"", true}, {"none", false}} {
		dir := t.TempDir()
		n := start(t, func(c *config.Config) { c.DataDir, c.DecisionLog = dir, try.log })
		n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
		if err := n.end(); err != nil {
			t.Fatal(err)
		}
		if is := decisionlog.IsLog(filepath.Join(dir, "decisions")); is != try.want {
			t.Errorf("%q: kept is %v", try.log, is)
		}
	}
}
