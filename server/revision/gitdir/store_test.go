package gitdir

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

var ctx = context.Background()

// tree is a folder with a repository that is written by hand.
type tree struct {
	*testing.T
	dir string
}

func newTree(t *testing.T) tree {
	x := tree{t, t.TempDir()}
	for name, text := range revisiontest.Small() {
		x.write("rules/"+name, string(text))
	}
	x.write("README.yaml", "not content: it is beside the folder\n")
	x.commit("a")
	return x
}

func (x tree) write(name, text string) {
	x.Helper()
	path := filepath.Join(x.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		x.Fatal(err)
	}
}

// hash is a commit of that name.
func hash(name string) string { return strings.Repeat(name, 40) }

func (x tree) commit(name string) {
	x.write(".git/HEAD", "ref: refs/heads/main\n")
	x.write(".git/refs/heads/main", hash(name)+"\n")
}

func (x tree) open() *Store {
	x.Helper()
	s, err := Open(ctx, filepath.Join(x.dir, "rules"), Options{Poll: -1, Service: revision.Options{Guardrails: []string{}}})
	if err != nil {
		x.Fatal(err)
	}
	return s
}

func (x tree) at(s *Store, number uint64, commit string) {
	x.Helper()
	reader, err := revision.New(revision.Options{Store: s, Guardrails: []string{}})
	if err != nil {
		x.Fatal(err)
	}
	v, err := reader.Current(ctx, "default")
	if err != nil || v.Number != number || v.Note != "commit "+commit {
		x.Errorf("version %d, %q, %v; want %d", v.Number, v.Note, err, number)
	}
	if files, err := reader.Files(ctx, v.Digest); err != nil || len(files) != 7 {
		x.Errorf("%d files, %v", len(files), err)
	}
	_, err = reader.Create(ctx, "ana", revision.Creation{Tenant: "default"})
	if revision.CodeOf(err) != revision.ReadOnly {
		x.Errorf("a draft of a watched folder: %v", err)
	}
}

func TestCommitsAreServed(t *testing.T) {
	x := newTree(t)
	s := x.open()
	x.at(s, 1, hash("a"))
	other := string(revisiontest.Numbered(2)["policy.yaml"])
	x.write("rules/policy.yaml", other)
	x.at(s, 1, hash("a")) // no commit yet
	x.write(".git/index.lock", "")
	x.commit("b")
	x.at(s, 1, hash("a")) // git is at work
	if !errors.Is(s.Err(), errChanging) {
		t.Error(s.Err())
	}
	os.Remove(filepath.Join(x.dir, ".git/index.lock"))
	x.at(s, 2, hash("b"))
	x.write("rules/mindset.yaml", "rules: {")
	x.commit("c")
	x.at(s, 2, hash("b"))
	if revision.CodeOf(s.Err()) != revision.NotGreen {
		t.Errorf("a commit that does not pass: %v", s.Err())
	}
	x.write("rules/mindset.yaml", string(revisiontest.Small()["mindset.yaml"]))
	x.commit("d")
	x.at(s, 3, hash("d"))
	if s.Err() != nil {
		t.Error(s.Err())
	}
}

func TestHead(t *testing.T) {
	x := newTree(t)
	want := hash("e")
	for name, write := range map[string]func(){
		"detached": func() { x.write(".git/HEAD", want+"\n") },
		"packed": func() {
			x.write(".git/HEAD", "ref: refs/heads/old\n")
			x.write(".git/packed-refs", "# pack-refs with: peeled\n"+hash("f")+" refs/heads/older\n"+want+" refs/heads/old\n^"+hash("0")+"\n")
		},
		"branch": func() { x.commit("e") },
	} {
		write()
		r, err := find(filepath.Join(x.dir, "rules"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.commit(); got != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, bad := range []string{"", "ref: refs/heads/none", "ref: ../../secret", "abc", strings.Repeat("x", 40)} {
		x.write(".git/HEAD", bad)
		r, err := find(x.dir)
		if err == nil {
			_, err = r.commit()
		}
		if err == nil {
			t.Errorf("HEAD %q is taken", bad)
		}
	}
	if _, err := Open(ctx, t.TempDir(), Options{}); err == nil {
		t.Error("a folder that is not under git is taken")
	}
}

// TestGit lets git itself make the repository, and a second working tree.
func TestGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("left out: git is not installed")
	}
	x := newTree(t)
	os.RemoveAll(filepath.Join(x.dir, ".git"))
	run := func(args ...string) string {
		t.Helper()
		c := exec.Command(git, append([]string{"-C", x.dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %s", args, out)
		}
		return strings.TrimSpace(string(out))
	}
	run("init", "-q", "-b", "main")
	run("add", ".")
	run("commit", "-q", "-m", "first")
	s := x.open()
	x.at(s, 1, run("rev-parse", "HEAD"))
	x.write("rules/policy.yaml", string(revisiontest.Numbered(2)["policy.yaml"]))
	run("commit", "-q", "-a", "-m", "second")
	run("pack-refs", "--all")
	x.at(s, 2, run("rev-parse", "HEAD"))
	second := t.TempDir() + "/tree"
	run("worktree", "add", "-q", second, "HEAD~1")
	r, err := find(second)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.commit(); err != nil || got != run("rev-parse", "HEAD~1") {
		t.Errorf("second working tree: %q, %v", got, err)
	}
}
