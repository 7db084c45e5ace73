package localstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
	suite "github.com/rightvoice/rightvoice/server/insights/storetest"
)

// files are all files of a folder, by name.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// has reports whether some file has the mark of a member.
func has(t testing.TB, s *Store, member string) bool {
	t.Helper()
	mark := binary.BigEndian.AppendUint64(nil, s.who(feedback.Who("default", member)))
	for _, b := range files(t, s.o.Dir) {
		if bytes.Contains(b, mark) {
			return true
		}
	}
	return false
}

func mustForget(t testing.TB, s *Store, member string) {
	t.Helper()
	if err := s.Forget(context.Background(), "default", member); err != nil {
		t.Fatal(err)
	}
}

// TestForgetOnTheDisk: the mark is in no file, counts are the same after a
// restart, and counting goes on in the new journal.
func TestForgetOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s)
	for i := range 40 { // the last of them have no place among those told apart
		e := suite.Event(fmt.Sprint("x", i), fmt.Sprint("x", i), feedback.Shown)
		if err := s.Count(context.Background(), []feedback.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	if !has(t, s, "x39") || !has(t, s, "m3") || !has(t, s, "x2") {
		t.Fatal("some have no mark, so this test shows nothing")
	}
	for _, m := range []string{"x39", "m3", "x2"} {
		mustForget(t, s, m)
		if has(t, s, m) {
			t.Errorf("%s has a mark", m)
		}
	}
	if !has(t, s, "m4") {
		t.Error("another member is forgotten too")
	}
	if err := s.Count(context.Background(), []feedback.Event{suite.Event("late", "late", feedback.Accepted)}); err != nil {
		t.Fatal(err)
	}
	want := suite.Counts(t, s, "default")
	killed := open(t, dir) // the first is still open and has not been told to write
	same(t, want, suite.Counts(t, killed, "default"))
	if c := want[suite.Gym]; c.Counts[feedback.Shown] != 40 || c.Counts[feedback.Accepted] != 1 {
		t.Errorf("%+v", c)
	}
}

// TestForgetIsNotClaimed: what could not be written is an error, and is done when
// asked for again; what a crash left of the try is swept.
func TestForgetIsNotClaimed(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s)
	mustForget(t, s, "nobody") // a journal without single events
	away := dir + ".away"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(context.Background(), "default", "m1"); err == nil {
		t.Error("nothing was written, and nobody was told")
	}
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	if !has(t, s, "m1") {
		t.Fatal("the mark is gone all the same, so this test shows nothing")
	}
	mustForget(t, s, "m1")
	if has(t, s, "m1") {
		t.Error("forgotten at the second time, the member has a mark")
	}
	if err := os.WriteFile(filepath.Join(dir, unfinished+"1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := suite.Counts(t, s, "default")
	same(t, want, suite.Counts(t, open(t, dir), "default"))
	if got := files(t, dir); len(got) != 2 { // the key and one journal
		t.Errorf("%d files", len(got))
	}
}

// TestWhoWasForgottenDoesNotShow: folders that differ only in who was forgotten
// are the same, byte by byte.
func TestWhoWasForgottenDoesNotShow(t *testing.T) {
	var was map[string][]byte
	dir := t.TempDir()
	first := open(t, dir)
	fill(t, first)
	first.Close()
	for _, member := range []string{"one", "another", "yet another"} {
		copied := t.TempDir()
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		s := open(t, copied)
		for k := range feedback.Kinds {
			e := suite.Event(member, member, k)
			e.About.Language = fmt.Sprint(k)
			if err := s.Count(context.Background(), []feedback.Event{e}); err != nil {
				t.Fatal(err)
			}
		}
		mustForget(t, s, member)
		got := files(t, copied)
		for name, b := range got {
			if was != nil && !bytes.Equal(b, was[name]) {
				t.Errorf("%s tells who it was", name)
			}
		}
		if was != nil && len(got) != len(was) {
			t.Errorf("%d files, then %d", len(was), len(got))
		}
		was = got
	}
}
