package redisstore

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// extra is the most that a Redis which does not answer may add to a decision,
// and back the longest until decisions are shared again.
const (
	extra = 30 * time.Millisecond
	back  = 2 * time.Second

	// busy is how much longer anything may take where other tests run beside.
	busy = 2
)

// faults are ways in which Redis fails, each with its end.
var faults = map[string]struct {
	begin, end func(testing.TB, *storetest.Server)
}{
	"stopped": {func(t testing.TB, s *storetest.Server) { s.Stop(t) }, func(t testing.TB, s *storetest.Server) { s.Restart(t) }},
	"hung":    {func(t testing.TB, s *storetest.Server) { s.Pause(t) }, func(t testing.TB, s *storetest.Server) { s.Resume(t) }},
	"full": {
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "CONFIG", "SET", "maxmemory", "1") },
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "CONFIG", "SET", "maxmemory", "0") }},
	"a replica": {
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "REPLICAOF", "127.0.0.1", "1") },
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "REPLICAOF", "NO", "ONE") }},
	"not for us": {
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "ACL", "SETUSER", "default", "-@write", "-@read") },
		func(t testing.TB, s *storetest.Server) { s.MustDo(t, "ACL", "SETUSER", "default", "+@all") }},
}

// timed claims once and says how long that took. The answer must be the fresh
// one, shared with nobody.
func timed(t testing.TB, s *Store, i int) time.Duration {
	t.Helper()
	key, fresh := storetest.Key(t, fmt.Sprint(i)), storetest.Entry(fmt.Sprint("d-", i))
	start := time.Now()
	got, status, _ := storetest.Claim(context.Background(), s, key, fresh, time.Hour)
	took := time.Since(start)
	if status != memory.Unavailable || got.DecisionID != fresh.DecisionID {
		t.Fatalf("claim %d: %v, %s", i, status, got.DecisionID)
	}
	return took
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// TestFaultsCostLittle takes medians, since a busy machine delays anything now
// and then.
func TestFaultsCostLittle(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			server := storetest.StartRedis(t)
			s := connect(t, Options{URL: server.URL()})
			closing(t, s)
			var first, open, recovery []time.Duration
			for range 5 {
				fault.begin(t, server)
				i := 0
				for ; s.Stats().Open == 0; i++ {
					if first = append(first, timed(t, s, i)); i > 100 {
						t.Fatal("the breaker never opens")
					}
				}
				for range 50 {
					open = append(open, timed(t, s, i))
				}
				fault.end(t, server)
				recovery = append(recovery, awaitSharing(t, s))
			}
			if m := median(first); m > busy*extra {
				t.Errorf("before the breaker opens a claim takes %v", m)
			}
			if m := median(open); m > extra/5 {
				t.Errorf("while the breaker is open a claim takes %v", m)
			}
			if m := median(recovery); m > back {
				t.Errorf("decisions are shared again after %v", m)
			}
			t.Logf("medians: first %v, open %v, back %v", median(first), median(open), median(recovery))
		})
	}
}

func TestManyCallersDoNotQueueUp(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL()})
	closing(t, s)
	var rounds []time.Duration
	for range 5 {
		server.Pause(t)
		took := make([]time.Duration, 64)
		var all sync.WaitGroup
		for i := range took {
			all.Go(func() { took[i] = timed(t, s, i) })
		}
		all.Wait()
		rounds = append(rounds, median(took))
		server.Resume(t)
		awaitSharing(t, s)
	}
	if m := median(rounds); m > busy*extra {
		t.Errorf("64 callers at once wait %v", m)
	}
}

func TestSlowIsLikeAway(t *testing.T) {
	server := storetest.StartRedis(t)
	proxy := startProxy(t, server.Addr)
	s := connect(t, Options{URL: "redis://" + proxy.addr})
	closing(t, s)
	proxy.delay.Store(int64(100 * time.Millisecond))
	var took []time.Duration
	for i := range 20 {
		took = append(took, timed(t, s, i))
	}
	if m := median(took); m > busy*extra {
		t.Errorf("with 100ms to Redis a claim takes %v", m)
	}
	proxy.delay.Store(0)
	if took := awaitSharing(t, s); took > back {
		t.Errorf("shared again after %v", took)
	}
	proxy.delay.Store(int64(2 * time.Millisecond))
	awaitSharing(t, s)
}

func TestRedisIsNotAwaited(t *testing.T) {
	server := storetest.StartRedis(t)
	server.Stop(t)
	start := time.Now()
	s, err := Open(Options{URL: server.URL(), Keys: keyring(t, testSecret)})
	if err != nil {
		t.Fatal(err)
	}
	closing(t, s)
	if took := time.Since(start); took > 200*time.Millisecond {
		t.Errorf("opening took %v", took)
	}
	timed(t, s, 1)
	server.Restart(t)
	if took := awaitSharing(t, s); took > back {
		t.Errorf("shared after %v", took)
	}
}

func TestCallerMayGiveUp(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	server.Pause(t)
	defer server.Resume(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, status, _ := storetest.Claim(ctx, s, storetest.Key(t, "m"), storetest.Entry("d"), time.Hour); status != memory.Unavailable {
		t.Error(status)
	}
	if took := time.Since(start); took > roomy/2 {
		t.Errorf("the claim went on for %v", took)
	}
}

func TestOutageIsLoggedWithoutDetails(t *testing.T) {
	var log bytes.Buffer
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Log: slog.New(slog.NewTextHandler(&log, nil))})
	server.Stop(t)
	for i := 0; s.Stats().Open == 0; i++ {
		timed(t, s, i)
	}
	server.Restart(t)
	awaitSharing(t, s)
	s.Close(context.Background())
	if got := log.String(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "does not answer") || !strings.Contains(got, "answers again") {
		t.Errorf("logged:\n%s", got)
	}
}

func TestNothingIsSharedAfterClose(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL()})
	for range 2 {
		if err := s.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	timed(t, s, 1)
	s.Record(memory.Record{Tenant: "t", Entry: storetest.Entry("d")})
	if s.Stats().RecordsDropped != 1 {
		t.Error("a record after closing is not counted as dropped")
	}
}
