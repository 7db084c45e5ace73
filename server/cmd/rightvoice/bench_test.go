package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/config"
)

// TestBench asks a real server all built-in cases, over both transports.
func TestBench(t *testing.T) {
	grpc, rest := serveForTest(t)
	for _, to := range [][]string{{"--addr", grpc}, {"--url", "http://" + rest}, {"--addr", grpc, "--rate", "2000"}, {"--addr", grpc, "--members", "0", "--cases", small + "/cases/all.yaml", "--content", small}} {
		args := append([]string{"bench", "-o", "json", "--requests", "300", "--callers", "4", "--warmup", "0", "--duration", "30s"}, to...)
		out := shown(args)
		var m struct {
			Sent, Answered, NeverSent int
			Loop                      string
			RequestsPerSecond         float64
			LatencyMicros             struct{ P50, P99, Max float64 }
			Errors                    map[string]int
		}
		if err := json.Unmarshal([]byte(out[strings.Index(out, "{"):strings.LastIndex(out, "}")+1]), &m); err != nil || !strings.HasPrefix(out, "exit 0\n") {
			t.Fatalf("%v: %v in %s", to, err, out)
		}
		if m.Sent+m.NeverSent != 300 || m.Answered != m.Sent || len(m.Errors) > 0 || m.RequestsPerSecond <= 0 || m.LatencyMicros.P50 <= 0 || m.LatencyMicros.Max < m.LatencyMicros.P99 ||
			(m.Loop == "open") != (to[len(to)-1] == "2000") {
			t.Errorf("%v: %+v", to, m)
		}
	}
	out := shown([]string{"bench", "--addr", grpc, "--requests", "10", "--warmup", "1ms"})
	for _, want := range []string{"closed loop, 16 callers", "requests/s", "p50", "p99.9", "errors  0"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %s: %s", want, out)
		}
	}
}

func TestBenchRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cases.yaml")
	if err := os.WriteFile(file, []byte("cases: [{id: x, about: y, ask: {topic: canary}}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"exit 2: --allow-remote":    {"--addr", "192.0.2.1:9090"},
		"exit 2: this machine":      {"--url", "http://192.0.2.1:8080"},
		"exit 2: host:port":         {"--addr", "9090"},
		"exit 2: http://host:port":  {"--url", "127.0.0.1:8080"},
		"exit 2: --callers":         {"--callers", "100000"},
		"exit 2: --duration":        {"--duration", "25h"},
		"exit 2: --requests":        {"--rate", "-1"},
		"exit 2: --timeout":         {"--timeout", "0"},
		"exit 2: flags only":        {"now"},
		"exit 2: can't be read":     {"--cases", "testdata/none.yaml"},
		"exit 2: can't be read ":    {"--token-file", "testdata/none"},
		"exit 3: there is no topic": {"--cases", file},
		"exit 1: does not answer":   {"--addr", "127.0.0.1:1"},
	} {
		out := shown(append([]string{"bench", "--requests", "1"}, args...))
		code, words, _ := strings.Cut(want, ": ")
		if !strings.HasPrefix(out, code+"\n") || !strings.Contains(out, strings.TrimSpace(words)) {
			t.Errorf("%v: want %s, got %s", args, want, out)
		}
	}
}

// serveForTest runs a server on free ports until the test ends.
func serveForTest(t *testing.T) (grpc, rest string) {
	t.Helper()
	c := config.Default()
	c.GRPCAddr, c.HTTPAddr, c.DrainDelay, c.LogLevel = "127.0.0.1:0", "127.0.0.1:0", 0, "error"
	a, err := app.New(c, app.Options{LogTo: os.Stderr, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return a.GRPCAddr(), a.HTTPAddr()
}
