package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// Promises about a Redis that is away.
const (
	extra    = 30 * time.Millisecond // the most that an answer may take longer
	recovery = 2 * time.Second       // until decisions are shared again
)

// TestRedisAway takes Redis away in three ways. The answers stay right and say
// so; they take little longer, and sharing comes back by itself.
func TestRedisAway(t *testing.T) {
	for name, away := range map[string]struct {
		begin, end func(*testing.T, *storetest.Server)
	}{
		"stopped": {func(t *testing.T, s *storetest.Server) { s.Stop(t) }, func(t *testing.T, s *storetest.Server) { s.Restart(t) }},
		"hung":    {func(t *testing.T, s *storetest.Server) { s.Pause(t) }, func(t *testing.T, s *storetest.Server) { s.Resume(t) }},
		"full": {func(t *testing.T, s *storetest.Server) { s.MustDo(t, "CONFIG", "SET", "maxmemory", "1") },
			func(t *testing.T, s *storetest.Server) { s.MustDo(t, "CONFIG", "SET", "maxmemory", "0") }},
	} {
		t.Run(name, func(t *testing.T) {
			redis := storetest.StartRedis(t)
			n := start(t, func(c *config.Config) { sharing(redis)(c); c.RedisBudget = 20 * time.Millisecond })
			want := eventually(t, n, pb.Cache_MISS, recovery)
			usual, _ := timed(t, n, want, pb.Cache_STATUS_UNSPECIFIED)
			away.begin(t, redis)
			eventually(t, n, pb.Cache_UNAVAILABLE, recovery)
			took, _ := timed(t, n, want, pb.Cache_UNAVAILABLE)
			t.Logf("median %v with Redis, %v without", usual, took)
			if took > usual+extra {
				t.Errorf("an answer takes %v without Redis, %v with it", took, usual)
			}
			emergency := sleepless(pb.Asker_ASKER_INSURER, "m")
			emergency.Text = "I have crushing chest pain"
			if d := n.overREST(t, emergency); d.Recommendations[0].Sender != pb.Sender_SENDER_SAFETY {
				t.Errorf("an emergency without Redis: %v", d)
			}
			away.end(t, redis)
			eventually(t, n, pb.Cache_MISS, recovery)
		})
	}
}

var member int

// fresh is a question about a member that nobody asked about before.
func fresh() *pb.RecommendRequest {
	member++
	return sleepless(pb.Asker_ASKER_INSURER, fmt.Sprintf("member-%d", member))
}

// eventually asks until the cache has a status.
func eventually(t *testing.T, n *node, want pb.Cache_Status, within time.Duration) *pb.Decision {
	t.Helper()
	start := time.Now()
	for {
		d := n.overGRPC(t, fresh())
		if d.Cache.Status == want {
			return d
		}
		if time.Since(start) > within {
			t.Fatalf("the cache says %v and not %v after %v\n%s", d.Cache.Status, want, within, n.log)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// timed asks many times and returns the median time and the last answer. Each
// answer is the one wanted, whatever the cache says; with a status, that too.
func timed(t *testing.T, n *node, want *pb.Decision, status pb.Cache_Status) (time.Duration, *pb.Decision) {
	t.Helper()
	var took []time.Duration
	var last *pb.Decision
	for range 41 {
		start := time.Now()
		last = n.overGRPC(t, fresh())
		took = append(took, time.Since(start))
		if !slices.EqualFunc(last.Recommendations, want.Recommendations, func(a, b *pb.Recommendation) bool { return proto.Equal(a, b) }) {
			t.Fatalf("another answer: %v, want %v", last, want)
		}
		if status != pb.Cache_STATUS_UNSPECIFIED && last.Cache.Status != status {
			t.Errorf("the cache says %v, want %v", last.Cache.Status, status)
		}
	}
	slices.Sort(took)
	return took[len(took)/2], last
}

// TestRedisIsNotAwaited starts a server whose Redis is not there. It is there about
// as soon as one that needs none.
func TestRedisIsNotAwaited(t *testing.T) {
	began := time.Now()
	start(t, nil).overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
	alone := time.Since(began)
	began = time.Now()
	n := start(t, func(c *config.Config) {
		c.RedisURL, c.Key = config.NewSecret("redis://127.0.0.1:1"), config.NewSecret(secret)
	})
	d := n.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
	if d.Cache.Status != pb.Cache_UNAVAILABLE || d.Recommendations[0].Sender != pb.Sender_SENDER_INSURER {
		t.Errorf("got %v", d)
	}
	if took := time.Since(began); took > 2*alone+time.Second {
		t.Errorf("start and first answer took %v, and %v without a Redis", took, alone)
	}
	if r := n.send(t, "GET", "/readyz", ""); r.status != 200 {
		t.Errorf("not ready without Redis: %d", r.status)
	}
}
