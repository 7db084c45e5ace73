package revision_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// TestHugeDraftsAreRefused, and leave the draft as it was.
func TestHugeDraftsAreRefused(t *testing.T) {
	x := newDesk(t)
	d := x.begun(t, ops(1)...)
	many := make([]edit.Op, revision.MaxFiles)
	for i := range many {
		many[i] = edit.Op{Do: edit.WriteFile, File: fmt.Sprintf("advice/a%d.yaml", i), Text: "items: []\n"}
	}
	for _, ops := range map[string][]edit.Op{
		"one large file": {{Do: edit.WriteFile, File: "advice/a.yaml", Text: strings.Repeat("#", revision.MaxBytes)}},
		"many files":     many,
	} {
		_, err := x.Edit(ctx, "ana", seen(d), ops, "")
		x.refused(t, err, revision.Invalid)
	}
	if now, err := x.Draft(ctx, "t", d.ID); err != nil || now.Etag != d.Etag || len(now.Steps) != len(d.Steps) {
		t.Errorf("%+v %v", now, err)
	}
}

// TestTextsMadeToBeSlow are read, or refused, in no more time than others.
func TestTextsMadeToBeSlow(t *testing.T) {
	x := newDesk(t)
	var laughs strings.Builder
	laughs.WriteString("a0: &a0 [lol]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&laughs, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	for name, text := range map[string]string{
		"deep":        strings.Repeat("[", 300_000),
		"deep blocks": strings.Repeat("- ", 300_000) + "x",
		"laughs":      laughs.String(),
		"one line":    "sms: " + strings.Repeat("x", 1<<20),
		"many keys":   strings.Repeat("k: 1\n", 100),
	} {
		d := x.begun(t, edit.Op{Do: edit.WriteFile, File: "policy.yaml", Text: text})
		if len(d.Guarded) == 0 || !strings.HasPrefix(d.Guarded[0], "policy.yaml") {
			t.Errorf("%s: %q is guarded", name, d.Guarded)
		}
		if r, err := x.Run(ctx, d.Etag, time.Time{}, revision.PartCheck); err != nil || r.Green() || len(r.Problems) == 0 {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
}
