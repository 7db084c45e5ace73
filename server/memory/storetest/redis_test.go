package storetest

import (
	"strings"
	"testing"
)

func TestRedisServerObeys(t *testing.T) {
	s := StartRedis(t, "--maxmemory", "64mb")
	s.MustDo(t, "SET", "key", "canary")
	if all, err := s.Dump(); err != nil || !strings.Contains(all, "key\ncanary") {
		t.Fatalf("dump %q, %v", all, err)
	}
	if got := s.MustDo(t, "CONFIG", "GET", "maxmemory").([]any)[1]; got != "67108864" {
		t.Errorf("maxmemory is %v", got)
	}
	s.Restart(t)
	if keys, err := s.Keys(); err != nil || len(keys) != 0 {
		t.Errorf("after a restart: %v, %v", keys, err)
	}
	s.Stop(t)
	if _, err := s.Do("PING"); err == nil {
		t.Error("answers although stopped")
	}
}

func TestRedisTopologiesStart(t *testing.T) {
	nodes := StartCluster(t)
	if _, err := nodes[0].Do("SET", "{a}", "1"); err == nil || !strings.HasPrefix(err.Error(), "MOVED 15495 "+nodes[2].Addr) {
		t.Errorf("the first node about a key of the third: %v", err)
	}
	sentinel, master, _ := StartSentinel(t)
	got := sentinel.MustDo(t, "SENTINEL", "get-master-addr-by-name", "main").([]any)
	if got[0].(string)+":"+got[1].(string) != master.Addr {
		t.Errorf("the sentinel says the master is at %v", got)
	}
}
