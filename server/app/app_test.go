package app

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/config"
)

func testConfig() config.Config {
	c := config.Default()
	c.GRPCAddr, c.HTTPAddr = "127.0.0.1:0", "127.0.0.1:0"
	return c
}

// copyOf writes the built-in content to a folder, where a test may change it.
func copyOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.Default()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func edit(t *testing.T, file string, change func(string) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(change(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, c config.Config, o Options) *App {
	t.Helper()
	if o.LogTo == nil {
		o.LogTo = io.Discard
	}
	a, err := New(c, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func TestNewRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	broken := copyOf(t)
	edit(t, filepath.Join(broken, "sender.yaml"), func(s string) string { return strings.Replace(s, "then:", "than:", 1) })
	for name, try := range map[string]struct {
		change func(*config.Config)
		want   string
	}{
		"settings that do not fit": {func(c *config.Config) { c.MaxBody = 0 }, "--max-body"},
		"content that is broken":   {func(c *config.Config) { c.Content = broken }, "sender.yaml:"},
		"content that is not here": {func(c *config.Config) { c.Content = t.TempDir() }, "content: "},
		"a Redis URL that is none": {func(c *config.Config) {
			c.RedisURL, c.Key = config.NewSecret("canary://canary"), config.NewSecret(strings.Repeat("canary", 9))
		}, "store: "},
		"an address that is taken": {func(c *config.Config) { c.HTTPAddr = taken.Addr().String() }, "listen: "},
	} {
		c := testConfig()
		try.change(&c)
		a, err := New(c, Options{LogTo: io.Discard})
		if err == nil {
			a.Close()
			t.Errorf("%s: accepted", name)
			continue
		}
		if !strings.Contains(err.Error(), try.want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v, want a word on %s", name, err, try.want)
		}
	}
}

// TestRulesWithDatesComeIntoForce begins the day on which a rule starts.
func TestRulesWithDatesComeIntoForce(t *testing.T) {
	dir := copyOf(t)
	at := time.Date(2027, 3, 1, 23, 0, 0, 0, time.UTC)
	edit(t, filepath.Join(dir, "mindset.yaml"), func(s string) string { return ruleFrom(t, s, "new-to-the-plan", "2027-03-02") })
	c := testConfig()
	c.Content = dir
	a := build(t, c, Options{Now: func() time.Time { return at }})
	before := a.service.Current("").ID()
	if err := a.content.load(at); err != nil || a.service.Current("").ID() != before {
		t.Errorf("the same day brought another revision: %v", err)
	}
	if err := a.content.load(at.Add(time.Hour)); err != nil || a.service.Current("").ID() == before {
		t.Errorf("the next day brought the same revision: %v", err)
	}
}

// ruleFrom gives a rule of a table a day on which it begins.
func ruleFrom(t *testing.T, table, id, day string) string {
	t.Helper()
	head, tail, ok := strings.Cut(table, "  - id: "+id+"\n")
	if !ok {
		t.Fatalf("the table has no rule %s", id)
	}
	return head + "  - id: " + id + "\n    from: " + day + "\n" + tail
}

// TestBadContentLeavesTheLastGoodInForce breaks what a server reads when a day
// begins.
func TestBadContentLeavesTheLastGoodInForce(t *testing.T) {
	a := build(t, testConfig(), Options{})
	good := a.service.Current("").ID()
	a.content.files = os.DirFS(t.TempDir())
	if err := a.content.load(time.Now()); err == nil || a.service.Current("").ID() != good {
		t.Errorf("an empty folder replaced good content: %v", err)
	}
}

// TestContentThatBreaksAGuardrailIsNotServed lets the insurer answer care.
func TestContentThatBreaksAGuardrailIsNotServed(t *testing.T) {
	dir := copyOf(t)
	edit(t, filepath.Join(dir, "sender.yaml"), func(s string) string {
		head, rest, ok := strings.Cut(s, "- id: care-is-the-providers")
		if !ok {
			t.Fatal("the table has no rule for care")
		}
		return head + "- id: care-is-the-providers" + strings.Replace(rest, "then: provider", "then: insurer", 1)
	})
	c := testConfig()
	c.Content = dir
	if _, err := New(c, Options{}); err == nil || !strings.Contains(err.Error(), "G05") {
		t.Errorf("content in which the insurer answers care: %v, want it refused for G05", err)
	}
}

// TestADayBegins runs the keeper across midnight on a clock of its own.
func TestADayBegins(t *testing.T) {
	var log bytes.Buffer
	began := time.Now()
	midnight := time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC)
	a := build(t, testConfig(), Options{LogTo: &log, Now: func() time.Time { return midnight.Add(-50 * time.Millisecond).Add(time.Since(began)) }})
	began = time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	done := make(chan struct{})
	go func() { a.keepCurrent(ctx); close(done) }()
	for a.loads() < 1 && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	<-done
	if !strings.Contains(log.String(), "a day began") {
		t.Errorf("no day began: %s", log.String())
	}
}

// loads is how often content was loaded well after the start.
func (a *App) loads() int {
	w := httptest.NewRecorder()
	a.tel.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return strings.Count(w.Body.String(), `rightvoice_content_loads_total{outcome="good"} 1`)
}

func TestFrozenContentDoesNotFollowEdits(t *testing.T) {
	dir := copyOf(t)
	if err := os.Symlink(filepath.Join(dir, "topics.yaml"), filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	files, err := freeze(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "topics.yaml"), func(string) string { return "gone" })
	for _, name := range []string{"topics.yaml", "link.yaml", "advice"} {
		info, err := fs.Stat(files, name)
		if err != nil || info.Size() == 4 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	rev, problems := content.Load(content.Default(), time.Now())
	if rev == nil {
		t.Fatal(problems)
	}
	if err := os.Remove(filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "topics.yaml"), func(string) string {
		text, _ := fs.ReadFile(content.Default(), "topics.yaml")
		return string(text)
	})
	if files, err = freeze(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if frozen, problems := content.Load(files, time.Now()); frozen == nil || frozen.ID != rev.ID {
		t.Errorf("the same files make another revision: %v", problems)
	}
}

func TestTuneRuntimeLeavesTheEnvironmentItsWord(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	t.Setenv("GOGC", "50")
	t.Setenv("GOMEMLIMIT", "1GiB")
	TuneRuntime(64)
	if percent := debug.SetGCPercent(100); percent != 100 || debug.SetMemoryLimit(-1) == 64<<20 {
		t.Errorf("GOGC was overruled: %d", percent)
	}
	os.Unsetenv("GOGC")
	os.Unsetenv("GOMEMLIMIT")
	TuneRuntime(64)
	if percent := debug.SetGCPercent(100); percent != 400 || debug.SetMemoryLimit(-1) != 64<<20 {
		t.Errorf("GOGC is %d, the limit %d", percent, debug.SetMemoryLimit(-1))
	}
}

// TestATableOfCodesIsServed: what `rightvoice codes import` writes is part of
// the content that a server freezes.
func TestATableOfCodesIsServed(t *testing.T) {
	dir := copyOf(t)
	without := build(t, testConfig(), Options{}).service.Current("").ID()
	if err := os.WriteFile(filepath.Join(dir, "icd10cm.csv"), []byte("'ICD-10-CM CODE','CHRONIC INDICATOR'\n'J209','1'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	rev, problems := content.Load(os.DirFS(dir), time.Now())
	if rev == nil {
		t.Fatal(problems)
	}
	c := testConfig()
	c.Content = dir
	if id := build(t, c, Options{}).service.Current("").ID(); id != rev.ID || id == without {
		t.Errorf("%s is served, the folder is %s, without the table it is %s", id, rev.ID, without)
	}
}
