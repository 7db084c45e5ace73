package dirstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

var ctx = context.Background()

func open(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	revisiontest.Run(t, func(t testing.TB) revision.Store { return open(t, t.TempDir(), Options{}) })
}

func pointer(n uint64) revision.Pointer {
	return revision.Pointer{Number: n, Record: revision.DigestOf([]byte{byte(n)})}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir, Options{})
	if _, err := Open(dir, Options{}); err == nil {
		t.Fatal("two processes may write")
	}
	reader := open(t, dir, Options{ReadOnly: true})
	if err := first.Swap(ctx, "a", revision.Pointer{}, pointer(1)); err != nil {
		t.Fatal(err)
	}
	if p, err := reader.Pointer(ctx, "a"); err != nil || p != pointer(1) {
		t.Errorf("a reader sees %v, %v", p, err)
	}
	_, put := reader.Put(ctx, nil)
	for _, err := range []error{put, reader.Swap(ctx, "a", pointer(1), pointer(2)), reader.Save(ctx, revision.Key{Tenant: "a", Kind: "k", ID: "i"}, nil, 0)} {
		if !errors.Is(err, revision.ErrReadOnly) {
			t.Errorf("a reader writes: %v", err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if p, err := open(t, dir, Options{}).Pointer(ctx, "a"); err != nil || p != pointer(1) {
		t.Errorf("opened again: %v, %v", p, err)
	}
}

// TestTornJournal cuts the journal at every byte: what is left is the longest
// run of whole records, and more can be added to it.
func TestTornJournal(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	var ends []int64
	for n := range uint64(3) {
		was := revision.Pointer{}
		if n > 0 {
			was = pointer(n)
		}
		if err := s.Swap(ctx, "a", was, pointer(n+1)); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, s.length)
	}
	s.Close()
	whole, err := os.ReadFile(filepath.Join(dir, "journal"))
	if err != nil || int64(len(whole)) != ends[2] {
		t.Fatal(len(whole), ends, err)
	}
	for cut := range len(whole) + 1 {
		for _, tail := range [][]byte{nil, make([]byte, 30)} { // a file that grew before it was filled
			text := append(bytes.Clone(whole[:cut]), tail...)
			if err := os.WriteFile(filepath.Join(dir, "journal"), text, 0o600); err != nil {
				t.Fatal(err)
			}
			want := revision.Pointer{}
			for i, end := range ends {
				if int64(cut) >= end {
					want = pointer(uint64(i + 1))
				}
			}
			s := open(t, dir, Options{})
			if p, _ := s.Pointer(ctx, "a"); p != want {
				t.Fatalf("cut at %d: %v, want %v", cut, p, want)
			}
			if err := s.Swap(ctx, "a", want, pointer(9)); err != nil {
				t.Fatal(err)
			}
			s.Close()
			again := open(t, dir, Options{})
			if p, _ := again.Pointer(ctx, "a"); p != pointer(9) {
				t.Fatalf("cut at %d, added to and opened: %v", cut, p)
			}
			again.Close()
		}
	}
}

func TestDamageIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	d, err := s.Put(ctx, []byte("words"))
	if err != nil {
		t.Fatal(err)
	}
	k := revision.Key{Tenant: "a", Kind: "k", ID: "i"}
	if err := errors.Join(s.Save(ctx, k, []byte("body"), 0), s.Swap(ctx, "a", revision.Pointer{}, pointer(1)), s.Swap(ctx, "a", pointer(1), pointer(2))); err != nil {
		t.Fatal(err)
	}
	flip := func(path string, at int) {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[at] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	flip(s.objectPath(d), 0)
	if _, err := s.Get(ctx, d); err == nil || errors.Is(err, revision.ErrNotFound) {
		t.Errorf("a damaged object: %v", err)
	}
	if _, err := s.Put(ctx, []byte("words")); err != nil {
		t.Error(err)
	}
	if _, err := s.Get(ctx, d); err != nil {
		t.Errorf("a damaged object was not written anew: %v", err)
	}
	flip(s.documentPath(k), documentHead)
	if _, _, err := s.Load(ctx, k); err == nil {
		t.Error("a damaged document was read")
	}
	s.Close()
	flip(filepath.Join(dir, "journal"), headLen+3)
	if _, err := Open(dir, Options{}); err == nil {
		t.Error("a journal damaged before its end was opened")
	}
}

// TestDiskFull fails each step of each change: nothing is told to be done that
// was not, and the store goes on, or says that it cannot.
func TestDiskFull(t *testing.T) {
	full := syscall.ENOSPC
	for _, point := range []string{"journal.append", "journal.half", "journal.written"} {
		dir := t.TempDir()
		failing := ""
		s := open(t, dir, Options{At: func(p string) error {
			if p == failing {
				return full
			}
			return nil
		}})
		if err := s.Swap(ctx, "a", revision.Pointer{}, pointer(1)); err != nil {
			t.Fatal(err)
		}
		failing = point
		if err := s.Swap(ctx, "a", pointer(1), pointer(2)); !errors.Is(err, full) {
			t.Fatalf("%s: %v", point, err)
		}
		failing = ""
		err := s.Swap(ctx, "a", pointer(1), pointer(3))
		if (err != nil) != (point == "journal.written") {
			t.Errorf("after a failed %s the next swap says %v", point, err)
		}
		s.Close()
		p, _ := open(t, dir, Options{}).Pointer(ctx, "a")
		if err == nil && p != pointer(3) || err != nil && p != pointer(1) && p != pointer(2) {
			t.Errorf("after a failed %s the pointer is %v", point, p)
		}
	}
}
