package redisstore

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

const testSecret = "a secret for tests only, of 32+ characters"

func keyring(t testing.TB, secrets ...string) *memory.Keyring {
	t.Helper()
	k, err := memory.NewKeyring(secrets[0], secrets[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// connect opens a store and waits until it has found its Redis, so that tests
// of a busy machine do not measure the first connection.
func connect(t testing.TB, o Options) *Store {
	t.Helper()
	if o.Keys == nil {
		o.Keys = keyring(t, testSecret)
	}
	o.RecordTTL, o.PerMember = storetest.RecordTTL, storetest.PerMember
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	awaitSharing(t, s)
	return s
}

// roomy is a budget for tests that are not about time.
const roomy = time.Second

// awaitSharing waits until every lane answers, and says how long that took.
func awaitSharing(t testing.TB, s *Store) time.Duration {
	t.Helper()
	start := time.Now()
	for i := 0; ; {
		key := storetest.Key(t, "probe")
		key.Tenant += time.Now().String()
		key.Member += string(rune('a' + i))
		if s.lane(s.keys.SharedName(&key)) != s.lanes[i] {
			continue
		}
		if _, status, _ := storetest.Claim(context.Background(), s, key, storetest.Entry("probe"), time.Second); status == memory.Miss {
			if i++; i == len(s.lanes) {
				break
			}
		}
		if time.Since(start) > 10*time.Second {
			t.Fatal("the store does not share")
		}
	}
	s.hits.Store(0)
	s.misses.Store(0)
	s.unavailable.Store(0)
	return time.Since(start)
}

func closing(t testing.TB, s *Store) {
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.Close(ctx)
	})
}

func TestStore(t *testing.T) {
	server := storetest.StartRedis(t)
	storetest.Run(t, true, func(t testing.TB) storetest.Store {
		return connect(t, Options{URL: server.URL(), Budget: roomy})
	})
}

func TestStoreOnACluster(t *testing.T) {
	nodes := storetest.StartCluster(t)
	storetest.Run(t, true, func(t testing.TB) storetest.Store {
		return connect(t, Options{URL: "redis-cluster://" + nodes[0].Addr, Budget: roomy})
	})
	for _, n := range nodes {
		if keys, err := n.Keys(); err != nil || len(keys) < 100 {
			t.Errorf("node %s has %d keys, %v", n.Addr, len(keys), err)
		}
	}
}

func TestStoreFollowsASentinel(t *testing.T) {
	sentinel, master, replica := storetest.StartSentinel(t)
	s := connect(t, Options{URL: "redis-sentinel://" + sentinel.Addr + "/main", Budget: roomy})
	closing(t, s)
	if keys, err := master.Keys(); err != nil || len(keys) == 0 {
		t.Fatalf("the master has no keys, %v", err)
	}
	s.Record(memory.Record{Tenant: "t", Entry: storetest.Entry("d-1")})
	storetest.Flush(t, s)
	awaitCopy(t, master, replica) // a master that ends takes with it what it has not told yet
	master.Stop(t)
	took := awaitSharing(t, s)
	if role := replica.MustDo(t, "ROLE").([]any)[0]; role != "master" {
		t.Errorf("sharing again after %v while the replica is a %v", took, role)
	}
	if _, err := s.GetDecision(context.Background(), "t", "d-1"); err != nil {
		t.Errorf("a record from before: %v", err)
	}
}

// awaitCopy waits until the replica has all keys of its master.
func awaitCopy(t *testing.T, master, replica *storetest.Server) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		of, err := master.Keys()
		copied, err2 := replica.Keys()
		if err == nil && err2 == nil && len(of) > 0 && len(copied) == len(of) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the replica has %d of %d keys (%v, %v)", len(copied), len(of), err, err2)
		}
	}
}

func TestOneRoundTripPerDecision(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	key, ctx := storetest.Key(t, "m"), context.Background()
	storetest.Claim(ctx, s, key, storetest.Entry("d"), time.Hour) // the server learns the script, the pool gets its connection
	trips := tripsOf(t, server)
	asking := tripsOf(t, server) - trips
	trips += asking
	for range 10 {
		storetest.Claim(ctx, s, key, storetest.Entry("d"), time.Hour)
	}
	if n := tripsOf(t, server) - trips - asking; n != 10 {
		t.Errorf("10 claims were %d round trips", n)
	}
	before := s.Stats().RoundTrips
	claims := make([]memory.Claim, 100)
	for i := range claims {
		claims[i] = memory.Claim{Key: storetest.Key(t, string(rune('a'+i))), Fresh: storetest.Entry("d"), TTL: time.Hour}
	}
	s.ClaimAll(ctx, claims)
	if n := s.Stats().RoundTrips - before; n > 10 {
		t.Errorf("100 claims together were %d round trips", n)
	}
	trips = tripsOf(t, server)
	storetest.Claim(ctx, s, storetest.Key(t, ""), storetest.Entry("d"), time.Hour)
	if n := tripsOf(t, server) - trips - asking; n != 0 {
		t.Errorf("a claim without a member was %d round trips", n)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	good := Options{URL: "redis://localhost", Keys: keyring(t, testSecret)}
	for what, change := range map[string]func(*Options){
		"no keys": func(o *Options) { o.Keys = nil }, "no URL": func(o *Options) { o.URL = "" },
		"budget": func(o *Options) { o.Budget = time.Minute }, "TTL": func(o *Options) { o.RecordTTL = -1 },
		"queue": func(o *Options) { o.Queue = -1 },
	} {
		o := good
		change(&o)
		if s, err := Open(o); err == nil {
			s.Close(context.Background())
			t.Errorf("%s: taken", what)
		}
	}
}
