package rulebook

import (
	"context"
	"fmt"
	"strings"
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

// BenchmarkContent puts a content of 1,000 rules into words, as the list of rules
// shows it: read for the first time, and again.
func BenchmarkContent(b *testing.B) {
	book := newBook(b, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := book.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		b.Fatal(err)
	}
	text, _, err := book.File(ctx, "default", Ref{}, "mindset.yaml")
	if err != nil {
		b.Fatal(err)
	}
	d = b1000(b, book, ann, d, text)
	for _, part := range []string{"first", "again"} {
		b.Run(part, func(b *testing.B) {
			var spent time.Duration
			for b.Loop() {
				if part == "first" {
					book.compiled = nil
				}
				begun := cpu()
				c, err := book.Content(ctx, "default", Ref{Draft: d.ID}, "en")
				if err != nil || len(c.Rules) < 1000 {
					b.Fatal(err)
				}
				spent += cpu() - begun
			}
			b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}

// b1000 gives a draft 1,000 rules more.
func b1000(b *testing.B, book *Book, who *auth.Principal, d *Draft, text string) *Draft {
	b.Helper()
	head, tail, ok := strings.Cut(text, "rules:\n")
	if !ok {
		b.Fatal("the table has no rules")
	}
	var rules strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&rules, "  - id: many-%d\n    tier: clinical\n    title: {en: Many %d, es: Muchas %d}\n    when:\n      - hours_since_acute_care: {between: [%d, %d]}\n      - days_since_problem_visit: {between: [%d, %d]}\n    then: patient\n    because: {en: \"One of many.\", es: \"Una de muchas.\"}\n", i, i, i, 1000+i%50, 1000+i%50, 100+i/50, 100+i/50)
	}
	e, err := book.Edit(context.Background(), who, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag},
		[]edit.Op{{Do: edit.WriteFile, File: "mindset.yaml", Text: head + "rules:\n" + rules.String() + tail}}, "", "")
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range e.Report.Problems {
		b.Log(p)
	}
	return e.Draft
}
