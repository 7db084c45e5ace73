package app

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
	"github.com/rightvoice/rightvoice/server/revision"
)

// git runs git in a folder, for somebody who is nobody.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("left out: git is not installed")
	}
	c := exec.Command("git", append([]string{"-c", "user.name=n", "-c", "user.email=n@example.invalid", "-c", "commit.gpgsign=false"}, args...)...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// lockedBuffer is a log that is read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) has(s string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.b.String(), s)
}

// TestCommitsComeIntoForce serves a folder under git: a commit that passes comes
// into force, one that does not leaves the last good one, and nobody can change
// anything but by committing.
func TestCommitsComeIntoForce(t *testing.T) {
	dir := copyOf(t)
	git(t, dir, "init", "-q")
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-qm", "one")
	var log lockedBuffer
	c := testConfig()
	c.Content = dir
	a := build(t, c, Options{LogTo: &log})
	first := a.service.Current("").ID()
	if first == "" {
		t.Fatal("nothing is in force")
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- a.Run(ctx) }()
	defer func() { stop(); <-done }()

	_, err := a.published.service.Create(ctx, "ana", revision.Creation{Tenant: "default"})
	if revision.CodeOf(err) != revision.ReadOnly {
		t.Errorf("a draft of what is under git: %v", err)
	}
	lifestyle := filepath.Join(dir, "advice", "lifestyle.yaml")
	edit(t, lifestyle, func(s string) string { return strings.Replace(s, "Trouble with sleep?", "Is your sleep bad?", 1) })
	git(t, dir, "commit", "-qam", "two")
	until(t, func() bool { return a.service.Current("").ID() != first })
	second := a.service.Current("").ID()
	edit(t, lifestyle, func(s string) string { return strings.Replace(s, "sender: insurer", "sender: nobody_at_all", 1) })
	git(t, dir, "commit", "-qam", "three")
	until(t, func() bool { return log.has("is not served") })
	if a.service.Current("").ID() != second {
		t.Error("a commit that does not pass came into force")
	}
}

// until waits until something holds.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 40*time.Second {
			t.Fatal("waited in vain")
		}
	}
}

// TestTheFirstVersionIsTheContentGiven keeps revisions and begins with a folder.
// Later starts serve what was published, and not the folder.
func TestTheFirstVersionIsTheContentGiven(t *testing.T) {
	dir, kept := copyOf(t), t.TempDir()
	edit(t, filepath.Join(dir, "advice", "lifestyle.yaml"), func(s string) string { return strings.Replace(s, "Trouble with sleep?", "Is your sleep bad?", 1) })
	c := testConfig()
	c.Content, c.DataDir = dir, kept
	a := build(t, c, Options{})
	first, stale := a.inForce(context.Background(), "default")
	if stale || first.Number != 1 || first.Revision != a.service.Current("").ID() || first.Revision == a.base.ID() {
		t.Errorf("version %+v", first)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	c.Content = ""
	if again := build(t, c, Options{}); again.service.Current("").ID() != first.Revision {
		t.Error("what was published is not served after a start")
	}
	broken := testConfig()
	broken.Content, broken.DataDir = copyOf(t), t.TempDir()
	edit(t, filepath.Join(broken.Content, "sender.yaml"), func(s string) string { return strings.Replace(s, "then:", "than:", 1) })
	if _, err := New(broken, Options{LogTo: &bytes.Buffer{}}); err == nil || !strings.Contains(err.Error(), "sender.yaml:") {
		t.Errorf("a broken folder became the first version: %v", err)
	}
}

// TestRevisionsNeedASafeRedis: the refusal says what to do about it.
func TestRevisionsNeedASafeRedis(t *testing.T) {
	c := testConfig()
	c.RevisionsURL, c.DataDir = config.NewSecret(storetest.StartRedis(t).URL()), t.TempDir()
	if _, err := New(c, Options{LogTo: &bytes.Buffer{}}); err == nil || !strings.Contains(err.Error(), "--revisions-unsafe") {
		t.Errorf("a Redis that keeps nothing on disk: %v", err)
	}
	c.RevisionsUnsafe = true
	build(t, c, Options{})
}
