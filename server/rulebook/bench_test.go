package rulebook

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// BenchmarkEdit is one value changed in the default content, stored, checked and
// printed: what people wait for while they type. "check" is all that a content
// must pass, after such an edit.
func BenchmarkEdit(b *testing.B) {
	book := newBook(b, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := book.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	change := func() {
		n++
		e, err := book.Edit(ctx, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag},
			[]edit.Op{{Do: edit.SetValue, List: "mindset", Row: "new-drug", At: "0", Values: []string{fmt.Sprintf("%d days", n%300+1)}}}, "", "")
		if err != nil {
			b.Fatal(err)
		}
		d = e.Draft
	}
	change() // what is read for the first time is read as a whole
	b.Run("edit", func(b *testing.B) {
		var spent time.Duration
		for b.Loop() {
			begun := cpu()
			change()
			spent += cpu() - begun
		}
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	})
	b.Run("check", func(b *testing.B) {
		var spent time.Duration
		for b.Loop() {
			b.StopTimer()
			change()
			b.StartTimer()
			begun := cpu()
			if _, err := book.Check(ctx, "default", d.ID, revision.AllParts, "", nil); err != nil {
				b.Fatal(err)
			}
			spent += cpu() - begun
		}
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	})
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
