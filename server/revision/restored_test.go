package revision_test

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
)

// TestAStoreThatWasRestoredTakesNobodyBack, whether the server ran on or was
// started again, until somebody publishes there.
func TestAStoreThatWasRestoredTakesNobodyBack(t *testing.T) {
	for name, again := range map[string]bool{"a server that runs": false, "a server that starts": true} {
		x := newDesk(t)
		r := follow(t, x, time.Second)
		copied := map[uint64]revision.Pointer{}
		var newest revision.Version
		for n := range 3 {
			x.now = x.now.Add(time.Minute)
			newest = x.published(t, ops(n)...)
			p, err := x.store.Pointer(ctx, "t")
			if err != nil || r.Sync(ctx) != nil {
				t.Fatal(name, err)
			}
			copied[p.Number] = p
		}
		if again {
			r = follow(t, x, time.Second)
			r.After(newest)
		}
		brought := len(r.used)
		stays := func(what string) {
			t.Helper()
			x.now = x.now.Add(time.Minute)
			err := r.Sync(ctx)
			s := r.Status()[0]
			if err == nil || len(r.used) != brought || s.Err == nil || s.Lag < time.Minute || r.failed == 0 {
				t.Errorf("%s, %s: %v, %d more came into force, %+v", name, what, err, len(r.used)-brought, s)
			}
		}
		if err := x.store.Swap(ctx, "t", copied[4], copied[2]); err != nil {
			t.Fatal(err)
		}
		stays("two versions are lost")
		if err := x.store.Swap(ctx, "t", copied[2], revision.Pointer{}); err != nil {
			t.Fatal(err)
		}
		stays("all are lost")
		if _, err := x.Seed(ctx, "rightvoice", "t", filesOf(t, x, newest.Digest, "again"), ""); err != nil {
			t.Fatal(err)
		}
		stays("and a server began anew")
		x.now = x.now.Add(time.Minute)
		next := x.published(t, ops("after")...)
		if err := r.Sync(ctx); err != nil || len(r.used) != brought+1 || r.used[brought].Digest != next.Digest || next.Number != 2 {
			t.Errorf("%s: version %d that somebody published is not followed: %v, %+v", name, next.Number, err, r.Status())
		}
	}
}

// filesOf is a content with a remark.
func filesOf(t *testing.T, x *desk, d revision.Digest, remark string) revision.Files {
	t.Helper()
	files, err := x.Files(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	files["policy.yaml"] = append(files["policy.yaml"], "# "+remark+"\n"...)
	return files
}
