package revision_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/revision/redisstore"
)

// onDefault is a service with the content that the program comes with.
func onDefault(t testing.TB, store revision.Store) *revision.Service {
	t.Helper()
	s, err := revision.New(revision.Options{Store: store})
	if err != nil {
		t.Fatal(err)
	}
	files, err := revision.ReadFiles(content.Default())
	if err == nil {
		_, err = s.Seed(ctx, "ana", "t", files, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func dirStore(t testing.TB) revision.Store {
	t.Helper()
	store, err := dirstore.Open(t.TempDir(), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func redisStore(t testing.TB) revision.Store {
	t.Helper()
	store, err := redisstore.Open(redisstore.Options{URL: storetest.StartRedis(t, "--appendonly", "yes").URL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

var stores = map[string]func(testing.TB) revision.Store{"directory": dirStore, "Redis": redisStore}

func titled(n int) edit.Op {
	return edit.Op{Do: edit.SetWords, List: "mindset", Row: "injury", Key: "title", Language: "es", Text: "Lesión " + time.Duration(n).String()}
}

// TestDefaultContentPasses publishes an edit of the content that the program
// comes with, with all its guardrails.
func TestDefaultContentPasses(t *testing.T) {
	s := onDefault(t, dirStore(t))
	d := mustApprove(t, s, titled(1))
	v, err := s.Publish(ctx, "cy", seen(d), revision.Order{})
	if err != nil || v.Number != 2 {
		t.Fatal(v, err)
	}
	r, err := s.Run(ctx, v.Digest, time.Time{}, revision.AllParts)
	if err != nil || r.Cases < 100 || len(r.Proof.Guardrails) < 34 {
		t.Errorf("%d cases, %v", r.Cases, err)
	}
	d, err = s.Create(ctx, "ana", revision.Creation{Tenant: "t"})
	if err == nil {
		d, err = s.Edit(ctx, "ana", seen(d), []edit.Op{{Do: edit.Delete, List: "guardrails", Row: "G05"}}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Submit(ctx, "ana", seen(d), revision.Submission{}); revision.CodeOf(err) != revision.NotGreen {
		t.Errorf("a content without G05: %v", err)
	}
}

func mustApprove(t testing.TB, s *revision.Service, o edit.Op) revision.Draft {
	t.Helper()
	d, err := s.Create(ctx, "ana", revision.Creation{Tenant: "t"})
	if err == nil {
		d, err = s.Edit(ctx, "ana", seen(d), []edit.Op{o}, "")
	}
	if err == nil {
		d, err = s.Submit(ctx, "ana", seen(d), revision.Submission{})
	}
	if err == nil {
		d, err = s.Approve(ctx, "ben", seen(d), revision.Opinion{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// BenchmarkEdit edits a draft of the default content and runs parts of what it
// must pass.
func BenchmarkEdit(b *testing.B) {
	for name, parts := range map[string]revision.Part{"alone": 0, "and check": revision.PartCheck, "and check and cases": revision.PartCheck | revision.PartCases, "and everything": revision.AllParts} {
		b.Run(name, func(b *testing.B) {
			s := onDefault(b, dirStore(b))
			d, err := s.Create(ctx, "ana", revision.Creation{Tenant: "t"})
			begun := cpu()
			n := 0
			for ; b.Loop(); n++ {
				if err == nil {
					d, err = s.Edit(ctx, "ana", seen(d), []edit.Op{titled(n)}, "")
				}
				if err == nil && parts != 0 {
					_, err = s.Run(ctx, d.Etag, time.Time{}, parts)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpu()-begun).Microseconds())/1000/float64(n), "cpu-ms/op")
		})
	}
}

// cpu is the time that processors spent on this process, which says more than
// the clock where others work on the machine.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkPublish publishes approved drafts of the default content, and waits
// until a follower has them in force.
func BenchmarkPublish(b *testing.B) {
	for name, open := range stores {
		b.Run(name, func(b *testing.B) {
			store := open(b)
			s := onDefault(b, store)
			inForce := make(chan uint64, 16)
			f, err := revision.NewFollower(revision.FollowerOptions{Store: store, Use: func(_ string, _ *content.Revision, v revision.Version) error {
				inForce <- v.Number
				return nil
			}})
			if err != nil {
				b.Fatal(err)
			}
			run, stop := context.WithCancel(ctx)
			done := make(chan struct{})
			go func() { f.Run(run); close(done) }()
			<-inForce
			var published, switched time.Duration
			b.ResetTimer()
			for n := range b.N {
				b.StopTimer()
				d := mustApprove(b, s, titled(n))
				b.StartTimer()
				begun := time.Now()
				v, err := s.Publish(ctx, "cy", seen(d), revision.Order{})
				if err != nil {
					b.Fatal(err)
				}
				published += time.Since(begun)
				for <-inForce != v.Number {
				}
				switched += time.Since(begun)
			}
			b.ReportMetric(float64(published.Microseconds())/1000/float64(b.N), "ms/publish")
			b.ReportMetric(float64(switched.Microseconds())/1000/float64(b.N), "ms/in-force")
			stop()
			<-done
		})
	}
}
