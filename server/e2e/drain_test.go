package e2e

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
)

// TestDrainLosesNoRequest stops a server under load. Every request that was
// sent before its connection was given up gets its answer, over both
// transports, and health says first that the server is leaving.
func TestDrainLosesNoRequest(t *testing.T) {
	n := start(t, func(c *config.Config) { c.DrainDelay = time.Second })
	var answered, lost atomic.Int64
	var leaving atomic.Bool
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() { askUntilGone(t, n, &leaving, &answered, &lost) })
		callers.Go(func() { postUntilTold(t, n, &answered, &lost) })
	}
	time.Sleep(200 * time.Millisecond)
	before := answered.Load()
	n.stop()
	leaving.Store(true)
	sawNotServing(t, n)
	callers.Wait()
	if err := n.end(); err != nil {
		t.Errorf("the server did not drain: %v", err)
	}
	if lost.Load() > 0 || before == 0 || answered.Load() == before {
		t.Errorf("%d answered before, %d after, %d lost", before, answered.Load()-before, lost.Load())
	}
}

// askUntilGone calls over gRPC until the server takes no new calls.
func askUntilGone(t *testing.T, n *node, leaving *atomic.Bool, answered, lost *atomic.Int64) {
	c, err := rightvoice.Dial(rightvoice.Options{Address: n.app.GRPCAddr(), Attempts: 1})
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	for {
		_, err := c.Recommend(context.Background(), sleepless(pb.Asker_ASKER_INSURER, ""))
		switch {
		case err == nil:
			answered.Add(1)
		case leaving.Load() && strings.Contains(err.Error(), "connection refused"):
			return // a new connection, which a stopped server does not take
		default:
			t.Errorf("lost: %v", err)
			lost.Add(1)
			return
		}
	}
}

// postUntilTold calls over one HTTP connection until the server asks to close it.
func postUntilTold(t *testing.T, n *node, answered, lost *atomic.Int64) {
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
	for {
		resp, err := client.Post("http://"+n.app.HTTPAddr()+recommendations, "application/json", strings.NewReader(`{"asker":"ASKER_INSURER","topic":"sleep"}`))
		if err != nil {
			t.Errorf("lost: %v", err)
			lost.Add(1)
			return
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("lost: %d", resp.StatusCode)
			lost.Add(1)
			return
		}
		answered.Add(1)
		if resp.Close {
			return
		}
	}
}

// sawNotServing fails unless health and readiness say that the server leaves
// while it still answers.
func sawNotServing(t *testing.T, n *node) {
	t.Helper()
	conn, err := grpc.NewClient(n.app.GRPCAddr(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for end := time.Now().Add(900 * time.Millisecond); time.Now().Before(end); {
		for _, service := range []string{"", "rightvoice.v1.RecommendationService"} {
			h, err := healthpb.NewHealthClient(conn).Check(context.Background(), &healthpb.HealthCheckRequest{Service: service})
			if err == nil && h.Status == healthpb.HealthCheckResponse_NOT_SERVING && n.send(t, "GET", "/readyz", "").status == http.StatusServiceUnavailable {
				return
			}
		}
	}
	t.Error("health never said that the server leaves")
}

// TestDrainHasALimit stops a server while a stream stays open.
func TestDrainHasALimit(t *testing.T) {
	n := start(t, func(c *config.Config) { c.DrainTimeout = 300 * time.Millisecond })
	conn, err := grpc.NewClient(n.app.GRPCAddr(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	stream, err := pb.NewRecommendationServiceClient(conn).StreamRecommend(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(&pb.StreamRecommendRequest{Request: sleepless(pb.Asker_ASKER_INSURER, "")}); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	n.stop()
	err = <-n.stopped
	n.stopped <- nil // as this test wants it
	if err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("Run returned %v", err)
	}
	if took := time.Since(began); took < 300*time.Millisecond || took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

func TestHealthIsServing(t *testing.T) {
	n := start(t, nil)
	conn, err := grpc.NewClient(n.app.GRPCAddr(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, service := range []string{"", "rightvoice.v1.RecommendationService"} {
		h, err := healthpb.NewHealthClient(conn).Check(context.Background(), &healthpb.HealthCheckRequest{Service: service})
		if err != nil || h.Status != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("%q: %v %v", service, h, err)
		}
	}
}
