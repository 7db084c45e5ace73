package rulebook

import (
	"context"
	"fmt"
	"testing"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// BenchmarkEdit is one value changed in the default content, stored, checked and
// printed, and then proved: what people wait for while they type.
func BenchmarkEdit(b *testing.B) {
	book := newBook(b, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := book.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		b.Fatal(err)
	}
	for _, part := range []string{"edit", "proof"} {
		b.Run(part, func(b *testing.B) {
			n := 0
			for b.Loop() {
				if part == "proof" {
					b.StopTimer()
				}
				n++
				e, err := book.Edit(ctx, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag},
					[]edit.Op{{Do: edit.SetValue, List: "mindset", Row: "new-drug", At: "0", Values: []string{fmt.Sprintf("%d days", n%200+len(part))}}}, "", "")
				if err != nil {
					b.Fatal(err)
				}
				d = e.Draft
				if part == "proof" {
					b.StartTimer()
					if _, err := book.Check(ctx, "default", d.ID, revision.PartCheck|revision.PartProof, "", nil); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
