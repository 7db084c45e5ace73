package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/config"
)

// node is one running server and its clients.
type node struct {
	app  *app.App
	grpc *rightvoice.Client
	log  *safeBuffer
	now  atomic.Pointer[time.Time] // what its clock says; nil means the truth

	stop    context.CancelFunc
	stopped chan error
}

// start runs a server on free ports until the test ends.
func start(t testing.TB, change func(*config.Config)) *node {
	t.Helper()
	cfg := config.Default()
	cfg.GRPCAddr, cfg.HTTPAddr, cfg.LogLevel, cfg.DrainDelay, cfg.DrainTimeout = "127.0.0.1:0", "127.0.0.1:0", "debug", 0, 5*time.Second
	cfg.RequestTimeout = 5 * time.Second // the machine may be busy with other tests
	if change != nil {
		change(&cfg)
	}
	n := &node{log: &safeBuffer{}, stopped: make(chan error, 1)}
	var err error
	if n.app, err = app.New(cfg, app.Options{LogTo: n.log, Version: "test", Now: n.clock}); err != nil {
		t.Fatal(err)
	}
	var ctx context.Context
	ctx, n.stop = context.WithCancel(context.Background())
	go func() { n.stopped <- n.app.Run(ctx) }()
	if n.grpc, err = rightvoice.Dial(rightvoice.Options{Address: n.app.GRPCAddr(), Attempts: 1, Timeout: 10 * time.Second}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		n.grpc.Close()
		if err := n.end(); err != nil {
			t.Errorf("the server did not stop cleanly: %v\n%s", err, n.log)
		}
	})
	return n
}

func (n *node) clock() time.Time {
	if at := n.now.Load(); at != nil {
		return *at
	}
	return time.Now()
}

// end stops the server and returns what Run returned, however often it is asked.
func (n *node) end() error {
	n.stop()
	err := <-n.stopped
	n.stopped <- err
	return err
}

// reply is an answer over HTTP.
type reply struct {
	status int
	header http.Header
	body   []byte
}

var web = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// send makes one HTTP request; headers are name, value, name, value.
func (n *node) send(t testing.TB, method, path, body string, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequest(method, "http://"+n.app.HTTPAddr()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := web.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, data}
}

// post sends a message to a path and reads the answer into out.
func (n *node) post(t testing.TB, path string, in, out proto.Message) reply {
	t.Helper()
	data, err := protojson.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r := n.send(t, "POST", path, string(data))
	if r.status == http.StatusOK {
		if err := protojson.Unmarshal(r.body, out); err != nil {
			t.Fatalf("%v in %s", err, r.body)
		}
	}
	return r
}

// overREST asks for a recommendation.
func (n *node) overREST(t testing.TB, in *pb.RecommendRequest) *pb.Decision {
	t.Helper()
	d := &pb.Decision{}
	if r := n.post(t, "/v1/recommendations", in, d); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	return d
}

// overGRPC asks for a recommendation.
func (n *node) overGRPC(t testing.TB, in *pb.RecommendRequest) *pb.Decision {
	t.Helper()
	d, err := n.grpc.Recommend(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (n *node) metrics(t testing.TB) string {
	t.Helper()
	return string(n.send(t, "GET", "/metrics", "").body)
}

// refusal is a google.rpc.Status in JSON.
type refusal struct {
	Code    codes.Code
	Message string
	reason  string
	fields  []string
}

func refusalOf(t testing.TB, r reply) refusal {
	t.Helper()
	var out struct {
		refusal
		Details []struct {
			Reason, Domain  string
			FieldViolations []*errdetails.BadRequest_FieldViolation
		}
	}
	if err := json.Unmarshal(r.body, &out); err != nil || len(out.Details) == 0 || out.Details[0].Domain != "rightvoice" {
		t.Fatalf("no google.rpc.Status with our ErrorInfo: %d %s %v", r.status, r.body, err)
	}
	out.reason = out.Details[0].Reason
	for _, d := range out.Details {
		for _, v := range d.FieldViolations {
			out.fields = append(out.fields, v.GetField())
		}
	}
	return out.refusal
}

func ptr[T any](v T) *T { return &v }

// sleepless is a member who sleeps badly and has a benefit for it.
func sleepless(asker pb.Asker, member string) *pb.RecommendRequest {
	return &pb.RecommendRequest{RequestId: "q", Asker: asker, MemberRef: member, Topic: "sleep", Context: &pb.MemberContext{
		CoverageStatus: ptr(pb.CoverageStatus_COVERAGE_STATUS_ACTIVE), BenefitAvailable: []string{"sleep_program"}, AcuteDxActive: ptr(false),
		Direction: ptr(pb.Direction_DIRECTION_INBOUND)}}
}

// safeBuffer is a buffer that several goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
