package revision_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// A child is this test binary again, publishing in a directory until it is
// killed: by itself at a point, or by its parent at some time.
const crashDir, crashPoint = "RIGHTVOICE_CRASH_DIR", "RIGHTVOICE_CRASH_POINT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		if err := publishForever(dir, os.Getenv(crashPoint)); err != nil {
			fmt.Println("failed:", err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

var ctx = context.Background()

// publishForever publishes one version after the other and prints each once it
// is acknowledged. At a point, in the second publish, it kills itself.
func publishForever(dir, point string) error {
	armed := false
	at := func(p string) error {
		if armed && p == point {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	}
	store, err := dirstore.Open(dir, dirstore.Options{At: at})
	if err != nil {
		return err
	}
	s, err := revision.New(revision.Options{Store: store, Guardrails: []string{}, At: at})
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		d, err := approved(s)
		if err != nil {
			return err
		}
		fmt.Println("begins", d.Etag)
		armed = n == 1
		v, err := s.Publish(ctx, "cy", revisiontest.Seen(d), revision.Order{})
		if err != nil {
			return err
		}
		fmt.Println("done", v.Number, v.Digest)
	}
}

// approved is a draft whose content no version has.
func approved(s *revision.Service) (revision.Draft, error) {
	d, err := s.Create(ctx, "ana", revision.Creation{Tenant: "t"})
	if err == nil {
		d, err = s.Edit(ctx, "ana", revisiontest.Seen(d), ops(d.ID), "")
	}
	if err == nil {
		d, err = s.Submit(ctx, "ana", revisiontest.Seen(d), revision.Submission{})
	}
	if err == nil {
		d, err = s.Approve(ctx, "ben", revisiontest.Seen(d), revision.Opinion{})
	}
	return d, err
}

// crash runs a child until it is dead and checks what it left behind.
func crash(t *testing.T, point string, after time.Duration) {
	t.Helper()
	dir := t.TempDir()
	store, err := dirstore.Open(dir, dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := revisiontest.Service(t, store).Seed(ctx, "ana", "t", revisiontest.Small(), ""); err != nil {
		t.Fatal(err)
	}
	store.Close()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir, crashPoint+"="+point)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var begun, said []string
	var once sync.Once
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if text, ok := strings.CutPrefix(lines.Text(), "begins "); ok {
			begun = append(begun, text)
			if after > 0 {
				once.Do(func() { time.AfterFunc(after, func() { child.Process.Kill() }) })
			}
		}
	}
	child.Wait()
	if status := child.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Fatalf("%s: the child was not killed but ended: %v, %q", point, child.ProcessState, said)
	}
	whole(t, point, dir, begun, said)
}

// whole checks that every version that was acknowledged is there, that the
// newest is the last acknowledged or the one that was begun after it, that all
// of it reads back as the content it was, and that publishing goes on.
func whole(t *testing.T, point, dir string, begun, said []string) {
	t.Helper()
	store, err := dirstore.Open(dir, dirstore.Options{})
	if err != nil {
		t.Fatalf("%s: %v", point, err)
	}
	defer store.Close()
	s := revisiontest.Service(t, store)
	history, err := s.Versions(ctx, "t", 0, 0)
	if err != nil {
		t.Fatalf("%s: %v", point, err)
	}
	acknowledged := 1
	for _, line := range said {
		if text, ok := strings.CutPrefix(line, "done "); ok {
			acknowledged++
			if i := len(history) - acknowledged; i < 0 || fmt.Sprint(history[i].Number, " ", history[i].Digest) != text {
				t.Fatalf("%s: acknowledged %q is lost: %+v", point, text, history)
			}
		}
	}
	if n := len(history) - acknowledged; n < 0 || n > 1 || n == 1 && !slices.Contains(begun, string(history[0].Digest)) {
		t.Errorf("%s: %d versions after %d were acknowledged", point, len(history), acknowledged)
	}
	for _, v := range history {
		files, err := s.Files(ctx, v.Digest)
		if err != nil || files.Digest() != v.Digest {
			t.Errorf("%s: version %d does not read back: %v", point, v.Number, err)
		}
		if v.Draft == "" {
			continue
		}
		if d, err := s.Draft(ctx, "t", v.Draft); err != nil || d.Version != v.Number || d.State != revision.Published && d.State != revision.Archived {
			t.Errorf("%s: the draft of version %d is %s as %d, %v", point, v.Number, d.State, d.Version, err)
		}
	}
	d, err := approved(s)
	if err == nil {
		_, err = s.Publish(ctx, "cy", revisiontest.Seen(d), revision.Order{})
	}
	if err != nil {
		t.Errorf("%s: publishing does not go on: %v", point, err)
	}
}

// points are the names of all steps of a publish.
func points(t *testing.T) []string {
	t.Helper()
	armed, seen := false, []string(nil)
	at := func(p string) error {
		if armed && !slices.Contains(seen, p) {
			seen = append(seen, p)
		}
		return nil
	}
	store, err := dirstore.Open(t.TempDir(), dirstore.Options{At: at})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s, err := revision.New(revision.Options{Store: store, Guardrails: []string{}, At: at})
	if err == nil {
		_, err = s.Seed(ctx, "ana", "t", revisiontest.Small(), "")
	}
	var d revision.Draft
	if err == nil {
		d, err = approved(s)
	}
	if err == nil {
		armed = true
		_, err = s.Publish(ctx, "cy", revisiontest.Seen(d), revision.Order{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestKilledAtEveryPoint(t *testing.T) {
	all := points(t)
	if len(all) < 15 {
		t.Fatalf("only %d points: %v", len(all), all)
	}
	for _, point := range all {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			crash(t, point, 0)
		})
	}
	t.Logf("killed at %d points: %v", len(all), all)
}

func TestKilledAtAnyTime(t *testing.T) {
	times := 50
	if testing.Short() {
		times = 5
	}
	for n := range times {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			crash(t, "", 1+rand.N(150*time.Millisecond))
		})
	}
}
