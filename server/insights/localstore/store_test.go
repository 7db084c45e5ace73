package localstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
	suite "github.com/rightvoice/rightvoice/server/insights/storetest"
)

func now() time.Time { return suite.March }

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(Options{Dir: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	t.Run("in the process", func(t *testing.T) { suite.Run(t, func(t testing.TB) feedback.Store { return open(t, "") }) })
	t.Run("in a folder", func(t *testing.T) { suite.Run(t, func(t testing.TB) feedback.Store { return open(t, t.TempDir()) }) })
}

func fill(t testing.TB, s *Store) {
	t.Helper()
	for i := range 40 {
		e := suite.Event(fmt.Sprint("m", i%9), fmt.Sprint("d", i), feedback.Kind(i%int(feedback.Kinds)))
		e.About.Variant = fmt.Sprint(i % 3)
		if err := s.Count(context.Background(), []feedback.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
}

func same(t testing.TB, a, b map[feedback.About]feedback.Counted) {
	t.Helper()
	if len(a) != len(b) {
		t.Fatalf("%d and %d counts", len(a), len(b))
	}
	for about, c := range a {
		if o := b[about]; o.Counts != c.Counts || !slices.Equal(o.Who, c.Who) {
			t.Errorf("%+v: %v and %v", about, c, o)
		}
	}
}

// TestRestart loses nothing, also of a process that was killed: each event is
// with the operating system before Count answers.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	fill(t, first)
	want := suite.Counts(t, first, "default")
	killed := open(t, dir) // the first is still open and has not been told to write
	same(t, want, suite.Counts(t, killed, "default"))
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	// Members stay the same ones: none of these is new.
	again := open(t, dir)
	for i := range 9 {
		e := suite.Event(fmt.Sprint("m", i), fmt.Sprint("new", i), feedback.Shown)
		e.About.Variant = "0"
		if err := again.Count(context.Background(), []feedback.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	about := suite.Gym
	about.Variant = "0"
	if before, after := want[about], suite.Counts(t, again, "default")[about]; len(after.Who) < len(before.Who) || len(after.Who) > 9 || after.Counts[feedback.Shown] != before.Counts[feedback.Shown]+9 {
		t.Errorf("%+v, then %+v", before, after)
	}
}

// TestCutAnywhere cuts a journal at every place: what is whole before it counts,
// and the journal goes on from there.
func TestCutAnywhere(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s)
	s.Close()
	name := filepath.Join(dir, "feedback-2026-03.log")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut <= len(whole); cut += 7 {
		if err := os.WriteFile(name, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if err := s.Count(context.Background(), []feedback.Event{suite.Event("late", "late", feedback.Shown)}); err != nil {
			t.Fatal(err)
		}
		want := suite.Counts(t, s, "default")
		s.Close()
		again := open(t, dir)
		same(t, want, suite.Counts(t, again, "default"))
		again.Close()
	}
}

func TestOldCountsGo(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "feedback-2024-12.log")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(name); !os.IsNotExist(err) {
		t.Error("counts of 2024 are still there")
	}
}

func TestSeenIsBounded(t *testing.T) {
	s, err := Open(Options{Seen: 100, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		if err := s.Count(context.Background(), []feedback.Event{suite.Event("m", fmt.Sprint(i), feedback.Shown)}); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.seen) != 100 || len(s.order) != 100 {
		t.Errorf("%d and %d", len(s.seen), len(s.order))
	}
}

// TestDiskThatFails: what could not be written is told as an error, and what
// comes later is whole.
func TestDiskThatFails(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s)
	m := s.months["2026-03"]
	good := m.journal.file
	broken, err := os.Open(good.Name()) // can't be written
	if err != nil {
		t.Fatal(err)
	}
	defer broken.Close()
	m.journal.file = broken
	m.journal.out.Reset(broken)
	if err := s.Count(context.Background(), []feedback.Event{suite.Event("m", "lost", feedback.Shown)}); err == nil {
		t.Fatal("nothing was written, and nobody was told")
	}
	m.journal.file = good
	m.journal.out.Reset(good)
	e := suite.Event("m", "kept", feedback.Accepted)
	e.About.Language = "es"
	if err := s.Count(context.Background(), []feedback.Event{e}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if c := suite.Counts(t, open(t, dir), "default")[e.About]; c.Counts[feedback.Accepted] != 1 {
		t.Errorf("%v", c.Counts)
	}
}

// FuzzJournal reads anything as a journal.
func FuzzJournal(f *testing.F) {
	dir := f.TempDir()
	s := open(f, dir)
	fill(f, s)
	s.Close()
	whole, err := os.ReadFile(filepath.Join(dir, "feedback-2026-03.log"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "feedback-2026-03.log"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		want := suite.Counts(t, s, "default")
		s.Close()
		same(t, want, suite.Counts(t, open(t, dir), "default"))
	})
}
