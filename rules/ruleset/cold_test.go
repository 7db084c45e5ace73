package ruleset

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"testing"
)

// digest covers all that decides: rows in order, columns with their atoms, the
// cells of each topic and every bit of the index.
func (s *Set) digest() [32]byte {
	h := sha256.New()
	for _, rows := range s.tables {
		for i := range rows {
			fmt.Fprintln(h, rows[i].ID, rows[i].Tier, rows[i].Outcome, rows[i].cubes)
		}
	}
	for i := range s.items {
		fmt.Fprintln(h, s.items[i].ID, s.items[i].Topics, s.items[i].cubes)
	}
	for _, x := range s.index {
		fmt.Fprintln(h, x.root, x.nodes, len(x.leaves))
		for i := range x.leaves {
			fmt.Fprintln(h, x.leaves[i])
		}
	}
	fmt.Fprintln(h, s.columns, s.ages, s.prints)
	for _, c := range s.cells {
		for _, col := range c.all {
			fmt.Fprintln(h, "all", col.ID)
		}
		for _, col := range c.chosen {
			fmt.Fprintln(h, "chosen", col.ID)
		}
	}
	return [32]byte(h.Sum(nil))
}

// TestColdStartsAgree loads the same content many times: nothing may depend on
// the order in which a map is walked.
func TestColdStartsAgree(t *testing.T) {
	for name, try := range map[string]struct {
		files  fs.FS
		starts int
	}{
		"small":                {good(t), 1000},
		"large, with branches": {structured(1000), 5},
	} {
		starts := try.starts
		if testing.Short() {
			starts = max(starts/20, 2)
		}
		first := mustLoadAny(t, try.files).digest()
		for range starts - 1 {
			if mustLoadAny(t, try.files).digest() != first {
				t.Fatalf("%s: two cold starts differ", name)
			}
		}
	}
}
