package revision_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

// replica is a follower and what it brought into force.
type replica struct {
	*revision.Follower
	mu     sync.Mutex
	used   []revision.Version
	ids    []string
	refuse error
	failed int
}

func follow(t *testing.T, x *desk, poll time.Duration) *replica {
	t.Helper()
	r := &replica{}
	var err error
	r.Follower, err = revision.NewFollower(revision.FollowerOptions{Store: x.store, Poll: poll, Now: func() time.Time { return x.now },
		Use: func(tenant string, rev *content.Revision, v revision.Version) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			if r.refuse == nil {
				r.used, r.ids = append(r.used, v), append(r.ids, rev.ID)
			}
			return r.refuse
		},
		Failed: func(string, error) { r.failed++ }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (x *desk) published(t *testing.T, ops ...edit.Op) revision.Version {
	t.Helper()
	v, err := x.Publish(ctx, "cy", seen(revisiontest.Approved(t, x.Service, "t", ops...)), revision.Order{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFollowerKeepsTheLastGood(t *testing.T) {
	x := newDesk(t)
	r := follow(t, x, time.Second)
	if err := r.Sync(ctx); err != nil || len(r.used) != 1 || r.used[0].Number != 1 || r.ids[0] != r.used[0].Revision {
		t.Fatalf("%+v, %v", r.used, err)
	}
	if err := r.Sync(ctx); err != nil || len(r.used) != 1 {
		t.Errorf("the same again: %d, %v", len(r.used), err)
	}
	r.refuse = errors.New("no memory")
	v := x.published(t, ops(1)...)
	for range 2 {
		if err := r.Sync(ctx); err == nil {
			t.Error("what could not be used is said to be in force")
		}
	}
	if st := r.Status(); len(st) != 1 || st[0].Version.Number != 1 || st[0].Wanted != 2 || st[0].Err == nil || r.failed != 1 {
		t.Errorf("%+v, told %d times", st, r.failed)
	}
	x.now = x.now.Add(time.Minute)
	if lag := r.Lag(); lag != time.Minute {
		t.Errorf("lag %v", lag)
	}
	r.refuse = nil
	if err := r.Sync(ctx); err != nil || r.Lag() != 0 || r.Status()[0].Version.Number != v.Number {
		t.Errorf("%+v, %v", r.Status(), err)
	}
	x.now = x.now.Add(24 * time.Hour)
	if err := r.Sync(ctx); err != nil || len(r.used) != 3 || r.used[2].Number != 2 {
		t.Errorf("a new day: %d, %v", len(r.used), err)
	}
}

// broken is a store that names a version whose content cannot be used.
func TestFollowerRefusesWhatIsBroken(t *testing.T) {
	x := newDesk(t)
	r := follow(t, x, time.Second)
	if err := r.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	good, err := x.store.Pointer(ctx, "t")
	if err != nil {
		t.Fatal(err)
	}
	file, _ := x.store.Put(ctx, []byte("rules: {"))
	tree := revision.Files{"mindset.yaml": []byte("rules: {")}.Digest()
	other := revision.Files{"sender.yaml": []byte("rules: {")}
	for _, b := range [][]byte{other["sender.yaml"], other.Tree()} {
		if _, err := x.store.Put(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	bad := map[string]string{
		"bad content":    `{"Tenant":"t","Number":2,"Digest":"` + string(other.Digest()) + `"}`,
		"no record":      "",
		"no json":        "{",
		"another tenant": `{"Tenant":"u","Number":2,"Digest":"` + string(r.used[0].Digest) + `"}`,
		"no tree":        `{"Tenant":"t","Number":2,"Digest":"` + string(tree) + `"}`,
		"no tree at all": `{"Tenant":"t","Number":2,"Digest":"` + string(file) + `"}`,
	}
	was := good
	for name, record := range bad {
		now := revision.Pointer{Number: 2, Record: revision.DigestOf([]byte(name))}
		if record != "" {
			if now.Record, err = x.store.Put(ctx, []byte(record)); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.store.Swap(ctx, "t", was, now); err != nil {
			t.Fatal(err)
		}
		was = now
		if err := r.Sync(ctx); err == nil || len(r.used) != 1 || r.Status()[0].Version.Number != 1 {
			t.Errorf("%s: %v, %+v", name, err, r.Status())
		}
	}
	if err := x.store.Swap(ctx, "t", was, revision.Pointer{}); err != nil {
		t.Fatal(err)
	}
	if err := r.Sync(ctx); err == nil || len(r.used) != 1 {
		t.Error("a store that went back to nothing is obeyed")
	}
	if err := x.store.Swap(ctx, "t", revision.Pointer{}, good); err != nil {
		t.Fatal(err)
	}
	if err := r.Sync(ctx); err != nil || len(r.used) != 1 {
		t.Errorf("back to what is in force: %v", err)
	}
}

func TestAwait(t *testing.T) {
	x := newDesk(t)
	r := follow(t, x, 20*time.Millisecond)
	run, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { r.Run(run); close(done) }()
	first, err := x.Current(ctx, "t")
	if err != nil {
		t.Fatal(err)
	}
	second, third := x.published(t, ops(1)...), x.published(t, ops(2)...)
	for _, v := range []revision.Version{third, second, first} {
		soon, stop := context.WithTimeout(ctx, 10*time.Second)
		if err := r.Await(soon, "t", v.Revision); err != nil || r.Status()[0].Version.Number < v.Number {
			t.Errorf("version %d: %v", v.Number, err)
		}
		stop()
	}
	for tenant, id := range map[string]string{"t": "r-0000000000000000", "u": first.Revision} {
		if err := r.Await(ctx, tenant, id); revision.CodeOf(err) != revision.NotFound {
			t.Errorf("a revision that never was: %v", err)
		}
	}
	cancel()
	<-done
	fourth := x.published(t, ops(3)...)
	soon, stop := context.WithTimeout(ctx, 50*time.Millisecond)
	defer stop()
	if err := r.Await(soon, "t", fourth.Revision); revision.CodeOf(err) != revision.Unavailable {
		t.Errorf("a revision that does not come: %v", err)
	}
}

func TestWatch(t *testing.T) {
	x := newDesk(t)
	watching, stop := context.WithTimeout(ctx, 20*time.Second)
	versions := x.Watch(watching, "t")
	for n := range uint64(3) {
		if v := <-versions; v.Number != n+1 {
			t.Fatalf("version %d came for %d", v.Number, n+1)
		}
		x.published(t, ops(n)...)
	}
	stop()
	for range versions { // it ends
	}
}
