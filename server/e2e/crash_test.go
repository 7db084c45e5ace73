package e2e

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/config"
)

// crashDir tells this program that it is a server to be killed, and where it
// keeps its revisions.
const crashDir = "RIGHTVOICE_E2E_CRASH_DIR"

// TestServerToBeKilled is no test but the server of TestKilledWhilePublishing.
func TestServerToBeKilled(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("left out: it is the server of another test")
	}
	cfg := config.Default()
	cfg.GRPCAddr, cfg.HTTPAddr, cfg.DataDir = "127.0.0.1:0", "127.0.0.1:0", dir
	cfg.BatchTimeout, cfg.RequestTimeout = time.Minute, 5*time.Second
	a, err := app.New(cfg, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nserves %s\n", a.GRPCAddr())
	_ = a.Run(context.Background()) // until it is killed
}

// victim is a server in a process of its own.
type victim struct {
	process *exec.Cmd
	editors editors
	grpc    *rightvoice.Client
}

func startVictim(t *testing.T, dir string) *victim {
	t.Helper()
	v := &victim{process: exec.Command(os.Args[0], "-test.run", "^TestServerToBeKilled$")}
	v.process.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := v.process.StdoutPipe()
	if err == nil {
		err = v.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		address, ok := strings.CutPrefix(lines.Text(), "serves ")
		if !ok {
			continue
		}
		go func() {
			for lines.Scan() { // so that it never waits for us
			}
		}()
		v.editors = editorsOf(t, address)
		if v.grpc, err = rightvoice.Dial(rightvoice.Options{Address: address, Attempts: 1, Timeout: 10 * time.Second}); err != nil {
			t.Fatal(err)
		}
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

func (v *victim) ask(t *testing.T) *pb.Decision {
	t.Helper()
	d, err := v.grpc.Recommend(context.Background(), sleepless(pb.Asker_ASKER_INSURER, ""))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestKilledWhilePublishing kills a server at random moments while it publishes,
// and starts it again: the old version is in force or the new one, never a mix,
// and none that was acknowledged is lost.
func TestKilledWhilePublishing(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 2
	}
	dir := t.TempDir()
	v := startVictim(t, dir)
	first := v.editors.live(t)
	says := map[string]string{first.Revision: sleepText(v.ask(t))}
	second := v.editors.publish(t, newText)
	says[second.Revision] = newText
	acknowledged := second.Number
	for range rounds {
		dead := time.AfterFunc(time.Duration(rand.IntN(400))*time.Millisecond, func() { _ = v.process.Process.Kill() })
		for n := acknowledged; ; n++ {
			back, err := v.editors.RollBack(as("cy"), &pb.RollBackRequest{Number: n - 1})
			if err != nil {
				break
			}
			acknowledged = back.Version.Number
		}
		dead.Stop()
		v.kill()
		v = startVictim(t, dir)
		d, now := v.ask(t), v.editors.live(t)
		if now.Number < acknowledged || now.Number > acknowledged+1 {
			t.Fatalf("version %d is in force, and %d was acknowledged", now.Number, acknowledged)
		}
		if d.Revision != now.Revision || sleepText(d) != says[d.Revision] || says[d.Revision] == "" {
			t.Fatalf("%s is in force, and %s says %q", now.Revision, d.Revision, sleepText(d))
		}
		acknowledged = now.Number
	}
	t.Logf("killed %d times within %d versions", rounds, acknowledged)
}
