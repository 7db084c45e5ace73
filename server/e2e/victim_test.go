package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	spb "google.golang.org/genproto/googleapis/rpc/status"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/config"
)

// These tell this program that it is a server to be killed: where it keeps its
// data, the Redis of its revisions and decisions, if any, and at which step of
// its first publish it kills itself, from 1; 0 is at none.
const (
	crashDir   = "RIGHTVOICE_E2E_CRASH_DIR"
	crashRedis = "RIGHTVOICE_E2E_CRASH_REDIS"
	crashStep  = "RIGHTVOICE_E2E_CRASH_STEP"
)

// TestServerToBeKilled is no test but the server of others.
func TestServerToBeKilled(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("left out: it is the server of another test")
	}
	cfg := config.Default()
	cfg.GRPCAddr, cfg.HTTPAddr, cfg.DataDir = "127.0.0.1:0", "127.0.0.1:0", dir
	cfg.BatchTimeout, cfg.RequestTimeout, cfg.MaxLag = time.Minute, time.Minute, time.Hour
	if redis := os.Getenv(crashRedis); redis != "" {
		cfg.RevisionsURL, cfg.RedisURL, cfg.Key = config.NewSecret(redis), config.NewSecret(redis), config.NewSecret(secret)
	}
	step, _ := strconv.Atoi(os.Getenv(crashStep))
	a, err := app.New(cfg, app.Options{At: dieAt(step)})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nserves %s %s\n", a.GRPCAddr(), a.HTTPAddr())
	_ = a.Run(context.Background()) // until it is killed
}

// dieAt kills the process at a step of the first publish that it makes.
func dieAt(step int) func(point string) error {
	var mu sync.Mutex
	seen := 0
	return func(point string) error {
		mu.Lock()
		defer mu.Unlock()
		if seen > 0 || point == "publish.gated" {
			seen++
		}
		if step > 0 && seen == step {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			time.Sleep(time.Hour) // nothing more is done
		}
		return nil
	}
}

// victim is a server in a process of its own.
type victim struct {
	process *exec.Cmd
	editors editors
	grpc    *rightvoice.Client
	http    string
	dir     string
}

// startVictim starts one, with a Redis if its URL is not empty.
func startVictim(t testing.TB, dir, redis string, step int) *victim {
	t.Helper()
	v := &victim{process: exec.Command(os.Args[0], "-test.run", "^TestServerToBeKilled$"), dir: dir}
	v.process.Env = append(os.Environ(), crashDir+"="+dir, crashRedis+"="+redis, crashStep+"="+strconv.Itoa(step))
	out, err := v.process.StdoutPipe()
	must(t, err)
	must(t, v.process.Start())
	t.Cleanup(v.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		addresses, ok := strings.CutPrefix(lines.Text(), "serves ")
		if !ok {
			continue
		}
		go io.Copy(io.Discard, out) // so that it never waits for us
		var address string
		address, v.http, _ = strings.Cut(addresses, " ")
		v.editors = editorsOf(t, address)
		v.grpc, err = rightvoice.Dial(rightvoice.Options{Address: address, Attempts: 1, Timeout: time.Minute})
		must(t, err)
		t.Cleanup(func() { v.grpc.Close() })
		return v
	}
	t.Fatal("the server did not start")
	return nil
}

func (v *victim) kill() {
	_ = v.process.Process.Kill() // SIGKILL; it may be gone
	_ = v.process.Wait()
}

func (v *victim) ask(t testing.TB) *pb.Decision {
	t.Helper()
	d, err := v.grpc.Recommend(context.Background(), sleepless(pb.Asker_ASKER_INSURER, ""))
	must(t, err)
	return d
}

// post makes one call over REST. A server that dies has no answer, which is
// Unavailable.
func (v *victim) post(t testing.TB, path, body string, out *pb.Version) error {
	t.Helper()
	r, err := http.NewRequest("POST", "http://"+v.http+path, strings.NewReader(body))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("x-rightvoice-user", "cy")
	resp, err := web.Do(r)
	if err != nil {
		return status.Error(codes.Unavailable, err.Error())
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return status.Error(codes.Unavailable, err.Error())
	}
	if resp.StatusCode != http.StatusOK {
		s := &spb.Status{}
		if err := protojson.Unmarshal(answer, s); err != nil {
			t.Fatalf("%d %s %v", resp.StatusCode, answer, err)
		}
		return status.FromProto(s).Err()
	}
	return protojson.Unmarshal(answer, out)
}

func (v *victim) publish(t testing.TB, d *pb.Draft, request string) (*pb.Version, error) {
	t.Helper()
	out := &pb.Version{}
	return out, v.post(t, "/v1/drafts/"+d.DraftId+":publish", `{"etag":"`+d.Etag+`","requestId":"`+request+`"}`, out)
}

func (v *victim) rollBack(t testing.TB, to uint32) (*pb.Version, error) {
	t.Helper()
	out := &pb.Version{}
	return out, v.post(t, fmt.Sprintf("/v1/versions/%d:rollBack", to), "{}", out)
}

// verified checks the change log that a dead server left: nothing but an end that
// was being written may be wrong, and a version has its record.
func (v *victim) verified(t testing.TB, version uint32) {
	t.Helper()
	dir := filepath.Join(v.dir, "audit")
	key, err := audit.ReadPublicKey(audit.PublicKeyFile(dir))
	must(t, err)
	var checkpoint *audit.Checkpoint // there is none before the first
	if c, err := audit.ReadCheckpoint(audit.CheckpointFile(dir)); err == nil {
		checkpoint = c
	}
	report, err := audit.Verify(dir, key, checkpoint)
	must(t, err)
	for _, f := range report.Findings {
		if f.Fault != audit.TornTail {
			t.Fatalf("the change log: %v", f)
		}
	}
	found, err := audit.List(dir, audit.Filter{Object: audit.Object{Kind: "version", ID: fmt.Sprint(version)}})
	if err != nil || len(found) == 0 {
		t.Fatalf("version %d is not in the change log: %v", version, err)
	}
}
