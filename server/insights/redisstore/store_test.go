package redisstore

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
	suite "github.com/rightvoice/rightvoice/server/insights/storetest"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

const old, young = "an old secret that nobody will guess", "a young secret that nobody will guess"

func open(t testing.TB, url, newest string, older ...string) *Store {
	t.Helper()
	keys, err := memory.NewKeyring(newest, older...)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(Options{URL: url, Keys: keys, Wait: 20 * time.Second, Now: func() time.Time { return suite.March }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	server := storetest.StartRedis(t)
	suite.Run(t, func(t testing.TB) feedback.Store {
		server.MustDo(t, "FLUSHALL")
		return open(t, server.URL(), old)
	})
}

func TestCluster(t *testing.T) {
	nodes := storetest.StartCluster(t)
	suite.Run(t, func(t testing.TB) feedback.Store {
		for _, n := range nodes {
			n.MustDo(t, "FLUSHALL")
		}
		return open(t, "redis-cluster://"+nodes[0].Addr, old)
	})
}

// TestSecretsChange: nothing counts twice, and nothing is lost.
func TestSecretsChange(t *testing.T) {
	server := storetest.StartRedis(t)
	ctx := context.Background()
	before, after := open(t, server.URL(), old), open(t, server.URL(), young, old)
	for i := range 20 {
		e := suite.Event(fmt.Sprint("m", i), fmt.Sprint("d", i), feedback.Shown)
		if err := before.Count(ctx, []feedback.Event{e}); err != nil {
			t.Fatal(err)
		}
		if err := after.Count(ctx, []feedback.Event{e, suite.Event(e.Member, "x"+e.Decision, feedback.Shown)}); err != nil {
			t.Fatal(err)
		}
	}
	if c := suite.Counts(t, after, "default")[suite.Gym]; c.Counts[feedback.Shown] != 40 {
		t.Errorf("%d of 40", c.Counts[feedback.Shown])
	}
}

// TestG14NothingReadableIsKept looks through all that Redis has.
func TestG14NothingReadableIsKept(t *testing.T) {
	server := storetest.StartRedis(t)
	s := open(t, server.URL(), old)
	e := suite.Event("canary-member", "canary-decision", feedback.Reported)
	e.Tenant = "canary-tenant"
	e.About = feedback.About{Topic: "canary-topic", Advice: "canary-advice", Example: "canary-fact: 17\n", Revision: "canary-revision", Rules: [2]string{"canary-rule", "canary-rule"}}
	if err := s.Count(context.Background(), []feedback.Event{e}); err != nil {
		t.Fatal(err)
	}
	keys := server.MustDo(t, "KEYS", "*").([]any)
	if len(keys) != 4 {
		t.Fatalf("%d keys", len(keys))
	}
	for _, k := range keys {
		name := fmt.Sprint(k)
		if ttl := fmt.Sprint(server.MustDo(t, "TTL", name)); strings.HasPrefix(ttl, "-") {
			t.Errorf("%s never ends", name)
		}
		all := name
		switch {
		case strings.Contains(name, "}:nm"):
			all += fmt.Sprint(server.MustDo(t, "SMEMBERS", name))
		case strings.Contains(name, "}:nx"):
			all += fmt.Sprint(server.MustDo(t, "ZRANGE", name, "0", "-1"))
		default:
			all += fmt.Sprint(server.MustDo(t, "HGETALL", name))
		}
		if strings.Contains(all, "canary") {
			t.Errorf("readable: %q", all)
		}
	}
	if got, err := s.Read(context.Background(), "canary-tenant", suite.March); err != nil || len(got) != 1 || got[0].About != e.About {
		t.Errorf("%v %v", got, err)
	}
}

func TestRedisThatIsGone(t *testing.T) {
	server := storetest.StartRedis(t)
	s := open(t, server.URL(), old)
	server.Stop(t)
	err := s.Count(context.Background(), []feedback.Event{suite.Event("m", "d", feedback.Shown)})
	if _, readErr := s.Read(context.Background(), "default", suite.March); err == nil || readErr == nil || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("%v, %v", err, readErr)
	}
	server.Restart(t)
	if err := s.Count(context.Background(), []feedback.Event{suite.Event("m", "d", feedback.Shown)}); err != nil {
		t.Error(err)
	}
}
