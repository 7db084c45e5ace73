package recommend

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/content"
)

// edited is the default content with one text replaced by another.
func edited(t testing.TB, file, old, new string) *Snapshot {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(content.Default(), name)
		if name == file {
			if !strings.Contains(string(text), old) {
				t.Fatalf("%s has nothing to replace", file)
			}
			text = []byte(strings.Replace(string(text), old, new, 1))
		}
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rev, problems := content.Load(files, moment)
	if rev == nil {
		t.Fatal(problems)
	}
	snap, err := NewSnapshot(rev)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func TestTenantsHaveRevisionsOfTheirOwn(t *testing.T) {
	s := New(Options{StandIn: defaultSnapshot(t)})
	if s.Current("acme").ID() != "" {
		t.Error("a revision is in force before any was")
	}
	common, own, later := *defaultSnapshot(t), *defaultSnapshot(t), *defaultSnapshot(t)
	common.id, own.id, later.id = "r-common", "r-own", "r-later"
	s.Use("", &common)
	if s.Current("acme") != &common || s.Current(DefaultTenant) != &common {
		t.Error("a tenant without revisions is not answered by the default one")
	}
	s.Use("acme", &own)
	if s.Current("acme") != &own || s.Current("") != &common || s.Current("other") != &common {
		t.Error("a revision of one tenant answers for another, or not for its own")
	}
	if _, err := s.Revision("other", "r-own"); err == nil {
		t.Error("a tenant can ask for a revision of another")
	}
	s.Use("acme", &later)
	if snap, err := s.Revision("acme", "r-own"); err != nil || snap != &own {
		t.Errorf("an earlier revision: %v", err)
	}
	if s.past("acme", "r-common") != &common || s.past("other", "r-own") != nil {
		t.Error("decisions of before a tenant had revisions can't be put into words, or others' can")
	}
}

func TestReachedAsksForRevisionsThatWereNotHere(t *testing.T) {
	var asked []string
	s := New(Options{StandIn: defaultSnapshot(t), Await: func(_ context.Context, tenant, revision string) error {
		asked = append(asked, tenant+" "+revision)
		if revision == "r-old" {
			return nil
		}
		return errors.New("never heard of it")
	}})
	snap := *defaultSnapshot(t)
	s.Use("", &snap)
	s.Use("acme", &snap)
	ctx := context.Background()
	for _, seen := range []string{"", snap.id, "r-old"} {
		if err := s.Reached(ctx, "acme", seen); err != nil {
			t.Errorf("%q: %v", seen, err)
		}
	}
	var e *Error
	if err := s.Reached(ctx, "other", "r-new"); !errors.As(err, &e) || e.Code != RevisionNotInForce || e.Field != "minRevision" {
		t.Errorf("a revision that never was: %v", err)
	}
	if got := strings.Join(asked, ", "); got != "acme r-old, default r-new" {
		t.Errorf("asked for %s", got)
	}
}

// TestDecisionsOutliveChangesOfOtherTopics publishes another text of advice on
// sleep.
func TestDecisionsOutliveChangesOfOtherTopics(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	ask := func(topic string) *Answer {
		return answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: "m1"}))
	}
	coverage, sleep := ask("coverage"), ask("sleep")
	next := edited(t, "advice/lifestyle.yaml", "Trouble with sleep?", "Is your sleep bad?")
	s.Use("", next)
	again, anew := ask("coverage"), ask("sleep")
	if again.ID != coverage.ID || again.Cache.Status != CacheHit || again.Revision != next.ID() {
		t.Errorf("coverage did not change: %v, then %v", coverage, again)
	}
	if anew.ID == sleep.ID || anew.Cache.Status != CacheMiss || anew.Revision != next.ID() {
		t.Errorf("sleep changed: %v, then %v", sleep, anew)
	}
	s.Use("", defaultSnapshot(t))
	if back := ask("sleep"); back.ID != sleep.ID {
		t.Error("a roll back does not bring the earlier decision back")
	}
}
