package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
)

// short is a TTL that a test can wait for, and long enough for a busy machine
// to claim twice within.
const short = 400 * time.Millisecond

func entriesEnd(t *testing.T, s Store) {
	key, first, next := Key(t, "m"), Entry("d-1"), Entry("d-2")
	start := time.Now()
	Claim(context.Background(), s, key, first, short)
	got, status := claim(t, s, key, next)
	if time.Since(start) < short && (status != memory.Hit || got.DecisionID != "d-1") {
		t.Errorf("before its end: %v, %s", status, got.DecisionID)
	}
	time.Sleep(short + 50*time.Millisecond)
	if got, _ := claim(t, s, key, next); got.DecisionID != "d-2" {
		t.Errorf("after its end: %s", got.DecisionID)
	}
}

func entriesEndWithTheDecision(t *testing.T, s Store) {
	key, first := Key(t, "m"), Entry("d-1")
	first.ValidUntil = time.Now().Add(short)
	first = first.Rounded()
	expect(t, s, key, first, first, memory.Miss)
	time.Sleep(short + 50*time.Millisecond)
	next := Entry("d-2")
	expect(t, s, key, next, next, memory.Miss)
}

func entriesWithoutTimeAreNotKept(t *testing.T, s Store) {
	key, none := Key(t, "m"), Entry("d-1")
	for _, ttl := range []time.Duration{0, -time.Second, time.Microsecond} {
		if got, status, _ := Claim(context.Background(), s, key, none, ttl); status != memory.Miss || got.DecisionID != "d-1" {
			t.Errorf("TTL %v: %v, %s", ttl, status, got.DecisionID)
		}
		if Replace(context.Background(), s, key, none, ttl) {
			t.Errorf("TTL %v: kept", ttl)
		}
	}
	ended := Entry("d-2")
	ended.ValidUntil = time.Now().Add(-time.Second)
	ended = ended.Rounded()
	expect(t, s, key, ended, ended, memory.Miss)
	good := Entry("d-3")
	expect(t, s, key, good, good, memory.Miss)
	if got, status, _ := Claim(context.Background(), s, key, none, 0); status != memory.Hit || got.DecisionID != "d-3" {
		t.Errorf("a claim that keeps nothing still reads: %v, %s", status, got.DecisionID)
	}
}

func replaceReplaces(t *testing.T, s Store) {
	key, first, second, third := Key(t, "m"), Entry("d-1"), Entry("d-2"), Entry("d-3")
	if !Replace(context.Background(), s, key, first, time.Hour) || !Replace(context.Background(), s, key, second, time.Hour) {
		t.Fatal("not replaced")
	}
	expect(t, s, key, third, second, memory.Hit)
}
