package redisstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory/storetest"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

var ctx = context.Background()

func open(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	server := storetest.StartRedis(t, "--appendonly", "yes")
	revisiontest.Run(t, func(t testing.TB) revision.Store {
		server.MustDo(t, "FLUSHALL")
		return open(t, Options{URL: server.URL()})
	})
}

func TestCluster(t *testing.T) {
	nodes := storetest.StartCluster(t)
	for _, n := range nodes {
		n.MustDo(t, "CONFIG", "SET", "appendonly", "yes")
	}
	revisiontest.Run(t, func(t testing.TB) revision.Store {
		for _, n := range nodes {
			n.MustDo(t, "FLUSHALL")
		}
		return open(t, Options{URL: "redis-cluster://" + nodes[0].Addr})
	})
}

func TestSentinel(t *testing.T) {
	sentinel, master, _ := storetest.StartSentinel(t)
	master.MustDo(t, "CONFIG", "SET", "appendonly", "yes")
	s := open(t, Options{URL: "redis-sentinel://" + sentinel.Addr + "/main"})
	d, err := s.Put(ctx, []byte("x"))
	if err == nil {
		err = s.Swap(ctx, "t", revision.Pointer{}, revision.Pointer{Number: 1, Record: d})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnsafeRedisIsRefused(t *testing.T) {
	for name, args := range map[string][]string{
		"keeps nothing":         nil,
		"evicts":                {"--appendonly", "yes", "--maxmemory-policy", "allkeys-lru"},
		"evicts, keeps nothing": {"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lfu"},
	} {
		server := storetest.StartRedis(t, args...)
		if s, err := Open(Options{URL: server.URL()}); !errors.Is(err, ErrUnsafe) || s != nil {
			t.Errorf("a Redis that %s: %v", name, err)
		}
		s := open(t, Options{URL: server.URL(), Unsafe: true})
		if _, err := s.Put(ctx, nil); err != nil {
			t.Errorf("a Redis that %s and is allowed: %v", name, err)
		}
	}
	server := storetest.StartRedis(t, "--appendonly", "yes", "--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl")
	if _, err := open(t, Options{URL: server.URL()}).Put(ctx, nil); err != nil {
		t.Errorf("a Redis that evicts only what expires: %v", err)
	}
}

// TestRedisComesLater opens a store while Redis is away: it fails in time, and
// works once Redis is there, unless that is not safe.
func TestRedisComesLater(t *testing.T) {
	server := storetest.StartRedis(t, "--appendonly", "yes")
	server.Stop(t)
	s := open(t, Options{URL: server.URL(), Wait: 300 * time.Millisecond})
	begun := time.Now()
	if _, err := s.Pointer(ctx, "t"); err == nil || time.Since(begun) > 2*time.Second {
		t.Errorf("without Redis: %v after %v", err, time.Since(begun))
	}
	server.Restart(t)
	if p, err := s.Pointer(ctx, "t"); err != nil || p.Number != 0 {
		t.Errorf("Redis came: %v, %v", p, err)
	}
	if err := s.Swap(ctx, "t", revision.Pointer{}, revision.Pointer{Number: 1, Record: revision.DigestOf(nil)}); err != nil {
		t.Fatal(err)
	}
	server.Restart(t) // it has its file
	for range 3 {     // a connection that was lost may be noticed by one call each
		s.Pointer(ctx, "t")
	}
	if p, err := s.Pointer(ctx, "t"); err != nil || p.Number != 1 {
		t.Errorf("Redis was killed: %v, %v", p, err)
	}
	server.Pause(t)
	begun = time.Now()
	if _, err := s.Pointer(ctx, "t"); err == nil || time.Since(begun) > 2*time.Second {
		t.Errorf("Redis hangs: %v after %v", err, time.Since(begun))
	}
	server.Resume(t)
}

func TestDamageIsSeen(t *testing.T) {
	server := storetest.StartRedis(t, "--appendonly", "yes")
	s := open(t, Options{URL: server.URL()})
	d, err := s.Put(ctx, []byte("words"))
	if err != nil {
		t.Fatal(err)
	}
	server.MustDo(t, "SET", objectKey(d), "other words")
	server.MustDo(t, "SET", pointerKey("t"), "soon")
	server.MustDo(t, "HSET", documentKey(revision.Key{Tenant: "t", Kind: "k", ID: "i"}), "count", "many", "body", "x")
	_, get := s.Get(ctx, d)
	_, pointer := s.Pointer(ctx, "t")
	_, _, load := s.Load(ctx, revision.Key{Tenant: "t", Kind: "k", ID: "i"})
	for i, err := range []error{get, pointer, load} {
		if !errors.Is(err, errDamaged) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, err := s.Put(ctx, []byte("words")); err != nil {
		t.Error(err)
	}
	if b, err := s.Get(ctx, d); err != nil || string(b) != "words" {
		t.Errorf("not written anew: %q, %v", b, err)
	}
}
