package e2e

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/coherence"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/drive"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// dayOf moves the clocks of several servers at once.
type dayOf []*node

func (d dayOf) Now() time.Time { return d[0].clock() }

func (d dayOf) Set(t time.Time) {
	for _, n := range d {
		n.now.Store(&t)
	}
}

// TestADayWithOneVoice replays a short day over two servers and one Redis.
// `rightvoice coherence` replays a long one.
func TestADayWithOneVoice(t *testing.T) {
	redis := storetest.StartRedis(t)
	day := time.Now().UTC().Truncate(24 * time.Hour)
	both := func(c *config.Config) { sharing(redis)(c); c.RequestTimeout, c.LogLevel = 20*time.Second, "error" }
	servers := dayOf{start(t, both), start(t, both)}
	servers.Set(day)
	rev, problems := content.Load(content.Default(), day)
	if rev == nil {
		t.Fatal(problems)
	}
	w := coherence.World{Set: rev.Set, Revision: rev.ID, Clock: servers, Prefix: "m"}
	for i, n := range servers {
		portal, err := drive.REST(t.Context(), "http://"+n.app.HTTPAddr(), drive.Options{Timeout: 20 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		defer portal.Close()
		app := &drive.Provider{Client: n.grpc}
		name := []string{"first", "second"}[i]
		w.Feeds = append(w.Feeds, portal.Tell)
		w.Voices = append(w.Voices, coherence.Voice{Name: "the insurer at the " + name, Side: "insurer", Hear: portal.Hear},
			coherence.Voice{Name: "the provider at the " + name, Side: "provider", Hear: app.Hear})
	}
	r, err := coherence.Run(t.Context(), w, coherence.Options{Members: 40, Steps: 12, Seed: 3, Callers: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d events, %d answers, %d divergences, worst staleness %s, slowest answer %s", r.Events, r.Answers, r.Divergences(), r.Staleness.Max(), r.Latency.Max())
	if r.Divergences() > 0 || r.Alone > 0 {
		t.Errorf("%d wrong, %d senders, %d decisions, %d not shared: %v", r.Wrong, r.Senders, r.Decisions, r.Alone, r.Examples)
	}
	if r.Events < 100 || r.Answers < 800 || r.Staleness.Count() < 40 {
		t.Errorf("too little happened: %d events, %d answers, %d followed", r.Events, r.Answers, r.Staleness.Count())
	}
}
