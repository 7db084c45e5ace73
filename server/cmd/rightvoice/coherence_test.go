package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// TestCoherence replays a very short day on a real Redis.
func TestCoherence(t *testing.T) {
	redis := storetest.StartRedis(t)
	out := shown([]string{"coherence", "--members", "12", "--steps", "6", "--callers", "2", "--redis-url", redis.URL(), "-o", "json"})
	var r struct{ Members, Voices, Events, Answers, Divergences, EventsThatChangedAnAnswer int }
	if err := json.Unmarshal([]byte(out[strings.Index(out, "{"):strings.LastIndex(out, "}")+1]), &r); err != nil || !strings.HasPrefix(out, "exit 0\n") {
		t.Fatalf("%v in %s", err, out)
	}
	if r.Members != 12 || r.Voices != 4 || r.Divergences != 0 || r.Events < 20 || r.Answers < 4*r.Events || r.EventsThatChangedAnAnswer == 0 {
		t.Errorf("%+v", r)
	}
}

// TestCoherenceWithRunningServers asks two servers that are no pair: each
// remembers for itself, so what one is told the other does not know.
func TestCoherenceWithRunningServers(t *testing.T) {
	one, oneREST := serveForTest(t)
	other, otherREST := serveForTest(t)
	out := shown([]string{"coherence", "--members", "6", "--steps", "3", "--patience", "50ms", "--server", one + ",http://" + oneREST, "--server", other + ",http://" + otherREST})
	if !strings.HasPrefix(out, "exit 9\n") || strings.Contains(out, "\n0 divergences") || !strings.Contains(out, "worst staleness") {
		t.Errorf("servers without a common memory do not diverge: %s", out)
	}
}

func TestCoherenceRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"redis-server --port":     {},
		"--server twice":          {"--server", "127.0.0.1:1,http://127.0.0.1:2"},
		"or --server twice":       {"--server", "a", "--server", "b", "--redis-url", "redis://127.0.0.1:1"},
		"grpc-address,rest-url":   {"--server", "127.0.0.1:1", "--server", "127.0.0.1:2"},
		"not on this machine":     {"--server", "192.0.2.1:1,http://192.0.2.1:2", "--server", "192.0.2.1:1,http://192.0.2.1:2"},
		"--members can be":        {"--members", "0", "--redis-url", "redis://127.0.0.1:1"},
		"flags only":              {"now"},
		"none is no folder":       {"--content", "testdata/none", "--redis-url", "redis://127.0.0.1:1"},
		"none-such can't be read": {"--token-file", "testdata/none-such", "--server", "127.0.0.1:1,http://127.0.0.1:2", "--server", "127.0.0.1:1,http://127.0.0.1:2"},
	} {
		if out := shown(append([]string{"coherence"}, args...)); !strings.HasPrefix(out, "exit 2\n") || !strings.Contains(out, want) {
			t.Errorf("%v: want %s, got %s", args, want, out)
		}
	}
}
