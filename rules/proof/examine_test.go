package proof

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// gapsOf lists topic and mindset of those whom the walk found at the default row.
func (w *walk) gapsOf(t int) []string {
	var out []string
	last := len(w.set.Rows(ruleset.Table(t))) - 1
	for i := range w.told {
		if w.told[i].row[t] != last {
			continue
		}
		m := decision.Undetermined
		if ruleset.Table(t) == ruleset.SenderTable {
			m = w.told[i].mindset
		}
		out = append(out, fmt.Sprint(i/w.people.n, " ", m))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlapsOf lists pairs of rows with different outcomes that the walk found to
// fit one member whom the first of them decides.
func (w *walk) overlapsOf(t int) [][2]int {
	var out [][2]int
	rows := w.set.Rows(ruleset.Table(t))
	for i := range w.told {
		first := w.told[i].row[t]
		for r := range rows {
			if first >= 0 && r > first && !rows[r].Default && rows[r].Outcome != rows[first].Outcome && w.fits[t][r][i] {
				out = append(out, [2]int{first, r})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

func compareExaminer(t *testing.T, seed uint64, seen map[string]int) {
	s := newScribe(seed)
	s.content(1 + int(seed%6))
	set := s.load(t)
	w := walkOver(set, newPeople(set, s))
	e := NewExaminer(set, DefaultBudget)
	for table := range 2 {
		gaps, settled := e.Gaps(ruleset.Table(table))
		var got []string
		for _, g := range gaps {
			got = append(got, fmt.Sprint(g.Topic, " ", g.Mindset))
		}
		slices.Sort(got)
		if want := w.gapsOf(table); !settled || !slices.Equal(got, want) {
			t.Fatalf("seed %d, table %d: gaps %q (settled: %v), the walk found %q", seed, table, got, settled, want)
		}
		overlaps, settled := e.Overlaps(ruleset.Table(table), 1000)
		var pairs [][2]int
		for _, o := range overlaps {
			pairs = append(pairs, o.Rows)
			if d := set.Decide(&o.Example.Facts, o.Example.Topic); int([2]int32{d.MindsetRow, d.SenderRow}[table]) != o.Rows[0] {
				t.Fatalf("seed %d: the example of an overlap is decided by another row", seed)
			}
		}
		slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
		if want := w.overlapsOf(table); !settled || !slices.Equal(pairs, want) {
			t.Fatalf("seed %d, table %d: overlaps %v (settled: %v), the walk found %v", seed, table, pairs, settled, want)
		}
		for r := range set.Rows(ruleset.Table(table)) {
			answer, _ := e.Reached(ruleset.Table(table), r)
			if want := w.reached(table, r); answer == Undetermined || (answer == Found) != want {
				t.Fatalf("seed %d, table %d, row %d: reached is %v, the walk says %v", seed, table, r, answer, want)
			}
			seen["reached "+answer.String()]++
		}
		seen["gaps"] += len(gaps)
		seen["overlaps"] += len(overlaps)
	}
}

// TestExaminerAgreesWithAWalk compares gaps, overlaps and examples of small
// contents with a walk over all their members.
func TestExaminerAgreesWithAWalk(t *testing.T) {
	contents := uint64(500)
	if testing.Short() {
		contents = 100
	}
	seen := map[string]int{}
	for seed := range contents {
		compareExaminer(t, seed, seen)
	}
	t.Log(seen)
	for _, what := range []string{"gaps", "overlaps", "reached " + Found.String(), "reached " + Proved.String()} {
		if seen[what] < int(contents)/20 {
			t.Errorf("only %d times: %s", seen[what], what)
		}
	}
}

// TestOverlapsStop holds the limit of what is listed.
func TestOverlapsStop(t *testing.T) {
	for seed := range uint64(200) {
		s := newScribe(seed)
		s.content(6)
		set := s.load(t)
		if all, _ := NewExaminer(set, DefaultBudget).Overlaps(ruleset.SenderTable, 1000); len(all) > 1 {
			some, settled := NewExaminer(set, DefaultBudget).Overlaps(ruleset.SenderTable, 1)
			if len(some) != 1 || settled {
				t.Fatalf("asked for one of %d overlaps: got %d, settled: %v", len(all), len(some), settled)
			}
			return
		}
	}
	t.Fatal("no content has two overlaps")
}
