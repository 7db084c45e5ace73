package finding

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestManyFindingsEndInTime proves content with more dead rules than fixes can
// be tried for.
func TestManyFindingsEndInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: it proves a hundred versions of 300 rules")
	}
	var rules strings.Builder
	for i := range 300 {
		fmt.Fprintf(&rules, "  - {id: r%d, tier: clinical, when: [{bmi: {at_least: 30}}, {new_rx_days: {is: %d}}], then: provider, because: {en: x}}\n", i, i%4)
	}
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	r := prove(t, fstest.MapFS{
		"facts.yaml":   file("{}\n"),
		"topics.yaml":  file("topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep}}\n"),
		"mindset.yaml": file("rules: []\ndefault: {id: last, then: consumer, because: {en: x}}\n"),
		"sender.yaml":  file("rules:\n" + rules.String() + "default: {id: last, then: nobody, because: {en: x}}\n"),
	})
	fixed := 0
	for _, f := range r.Findings {
		fixed += len(f.Fixes)
	}
	if len(r.Findings) != 296 || !r.FixesCut || fixed == 0 || fixed > 200 {
		t.Errorf("%d findings, %d fixes, cut is %v", len(r.Findings), fixed, r.FixesCut)
	}
}
