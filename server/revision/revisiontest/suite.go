package revisiontest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
)

// Run holds a store to all that a revision.Store promises. open gives an empty
// one, and ends it with the test.
func Run(t *testing.T, open func(t testing.TB) revision.Store) {
	for name, test := range map[string]func(*testing.T, revision.Store){
		"objects": objects, "pointers": pointers, "documents": documents, "names": names, "hints": hintsCome,
		"swaps are linearizable": linearizable, "saves are counted": saves, "eight publishers": publishers, "a draft's life": life,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func objects(t *testing.T, s revision.Store) {
	for _, b := range [][]byte{nil, []byte("a"), []byte("a"), bytes.Repeat([]byte{0, 0xff, '\n'}, 700_000)} {
		d, err := s.Put(ctx, b)
		must(t, err)
		got, err := s.Get(ctx, d)
		if err != nil || !bytes.Equal(got, b) || d != revision.DigestOf(b) {
			t.Errorf("%d bytes: %d came back, %v", len(b), len(got), err)
		}
	}
	for _, d := range []revision.Digest{revision.DigestOf([]byte("not there")), "", "../../etc/passwd", "ABC"} {
		if _, err := s.Get(ctx, d); !errors.Is(err, revision.ErrNotFound) {
			t.Errorf("an object that is not there: %v", err)
		}
	}
}

func pointers(t *testing.T, s revision.Store) {
	none := revision.Pointer{}
	one, two := revision.Pointer{Number: 1, Record: revision.DigestOf([]byte("1"))}, revision.Pointer{Number: 2, Record: revision.DigestOf([]byte("2"))}
	at := func(tenant string, want revision.Pointer) {
		t.Helper()
		if got, err := s.Pointer(ctx, tenant); err != nil || got != want {
			t.Errorf("%s is at %v, %v; want %v", tenant, got, err, want)
		}
	}
	at("a", none)
	must(t, s.Swap(ctx, "a", none, one))
	at("a", one)
	at("b", none)
	other := revision.Pointer{Number: 1, Record: two.Record}
	for _, was := range []revision.Pointer{none, two, other} {
		if err := s.Swap(ctx, "a", was, two); !errors.Is(err, revision.ErrMoved) {
			t.Errorf("swapped from %v: %v", was, err)
		}
	}
	at("a", one)
	must(t, s.Swap(ctx, "a", one, two))
	must(t, s.Swap(ctx, "b-2_x", none, one))
	at("a", two)
	if all, err := s.Tenants(ctx); err != nil || !slices.Equal(all, []string{"a", "b-2_x"}) {
		t.Errorf("tenants %v, %v", all, err)
	}
}

func documents(t *testing.T, s revision.Store) {
	k := revision.Key{Tenant: "a", Kind: "draft", ID: "1"}
	if body, count, err := s.Load(ctx, k); body != nil || count != 0 || err != nil {
		t.Errorf("a document that is not there: %q, %d, %v", body, count, err)
	}
	must(t, s.Save(ctx, k, []byte("x"), 0))
	for _, was := range []uint64{0, 2} {
		if err := s.Save(ctx, k, []byte("y"), was); !errors.Is(err, revision.ErrMoved) {
			t.Errorf("saved over %d: %v", was, err)
		}
	}
	must(t, s.Save(ctx, k, []byte("z"), 1))
	if body, count, err := s.Load(ctx, k); string(body) != "z" || count != 2 || err != nil {
		t.Errorf("%q, %d, %v", body, count, err)
	}
	for _, other := range []revision.Key{{Tenant: "a", Kind: "draft", ID: "0"}, {Tenant: "a", Kind: "other", ID: "1"}, {Tenant: "b", Kind: "draft", ID: "9"}} {
		must(t, s.Save(ctx, other, nil, 0))
	}
	if ids, err := s.List(ctx, "a", "draft"); err != nil || !slices.Equal(ids, []string{"0", "1"}) {
		t.Errorf("listed %v, %v", ids, err)
	}
	if ids, err := s.List(ctx, "c", "draft"); err != nil || len(ids) != 0 {
		t.Errorf("listed %v, %v", ids, err)
	}
}

func names(t *testing.T, s revision.Store) {
	for _, bad := range []string{"", "A", "a/b", "..", "a{b}", "a b", "-a", "é", string(bytes.Repeat([]byte("a"), 65))} {
		if err := s.Swap(ctx, bad, revision.Pointer{}, revision.Pointer{Number: 1}); !errors.Is(err, revision.ErrName) {
			t.Errorf("tenant %q: %v", bad, err)
		}
		for _, k := range []revision.Key{{Tenant: bad, Kind: "k", ID: "i"}, {Tenant: "t", Kind: bad, ID: "i"}, {Tenant: "t", Kind: "k", ID: bad}} {
			_, _, err := s.Load(ctx, k)
			if failed := s.Save(ctx, k, nil, 0); !errors.Is(err, revision.ErrName) || !errors.Is(failed, revision.ErrName) {
				t.Errorf("document %q: %v, %v", k, err, failed)
			}
		}
	}
}

func hintsCome(t *testing.T, s revision.Store) {
	ctx, cancel := context.WithCancel(ctx)
	hints := s.Hints(ctx)
	was := revision.Pointer{}
	for n := range uint64(200) { // listening may take a moment to begin
		now := revision.Pointer{Number: n + 1, Record: revision.DigestOf(fmt.Append(nil, n))}
		must(t, s.Swap(ctx, "a", was, now))
		was = now
		select {
		case of := <-hints:
			if of != "a" {
				t.Errorf("a hint about %q", of)
			}
			cancel()
			return
		case <-time.After(25 * time.Millisecond):
		}
	}
	cancel()
	t.Error("no hint came")
}
