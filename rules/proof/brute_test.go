package proof

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// walk is what a walk over every member of small content finds: for each member
// the answer, and for each row whether it fits.
type walk struct {
	set    *ruleset.Set
	people *people
	can    []bool // whether there can be such a member
	told   []told
	fits   [2][][]bool // by table, row, member; of the mindset the member has
}

func walkOver(set *ruleset.Set, p *people) *walk {
	w := &walk{set: set, people: p}
	n := w.people.len()
	w.told, w.can = make([]told, n), make([]bool, n)
	for t := range w.fits {
		w.fits[t] = make([][]bool, len(set.Rows(ruleset.Table(t))))
		for r := range w.fits[t] {
			w.fits[t][r] = make([]bool, n)
		}
	}
	o := oracle{set: set}
	for i := range n {
		w.told[i].row = [2]int{-1, -1}
		if w.can[i] = w.people.at(i, &o.q); !w.can[i] {
			continue
		}
		w.told[i] = o.tell()
		for t := range w.fits {
			for r := range w.fits[t] {
				w.fits[t][r][i] = w.asked(t, i) && o.holds(set.Rows(ruleset.Table(t))[r].When)
			}
		}
	}
	return w
}

// asked reports whether a table is asked about a member at all.
func (w *walk) asked(t, i int) bool { return w.told[i].row[t] >= 0 }

func (w *walk) reached(t, r int) bool {
	return slices.ContainsFunc(w.told, func(x told) bool { return x.row[t] == r })
}

// covered reports whether rows by fit every member of row r.
func (w *walk) covered(t, r int, by []int) bool {
	for i := range w.told {
		if w.fits[t][r][i] && !slices.ContainsFunc(by, func(b int) bool { return w.fits[t][b][i] }) {
			return false
		}
	}
	return true
}

// coveredBySelf is covered, whatever the mindset table says: every mindset is
// tried with every member whom the gate lets through.
func (w *walk) coveredBySelf(t, r int, by []int) bool {
	rows := w.set.Rows(ruleset.Table(t))
	o := oracle{set: w.set}
	for i := range w.told {
		if !w.asked(t, i) {
			continue
		}
		w.people.at(i, &o.q)
		for m := range 3 {
			o.mindset = w.told[i].mindset
			if t == 1 && w.told[i].row[0] >= 0 {
				o.mindset = decision.Mindset(m)
			}
			if o.holds(rows[r].When) && !slices.ContainsFunc(by, func(b int) bool { return o.holds(rows[b].When) }) {
				return false
			}
		}
	}
	return true
}

// conflicts lists the pairs of rows of one tier with different outcomes that
// both fit a member whom no earlier tier answers.
func (w *walk) conflicts(t int) [][2]int {
	rows := w.set.Rows(ruleset.Table(t))
	var out [][2]int
	for a := range rows {
		for b := a + 1; b < len(rows); b++ {
			if rows[a].Tier != rows[b].Tier || rows[a].Default || rows[b].Default || rows[a].Outcome == rows[b].Outcome {
				continue
			}
			for i := range w.told {
				if w.fits[t][a][i] && w.fits[t][b][i] && rows[w.told[i].row[t]].Tier == rows[a].Tier {
					out = append(out, [2]int{a, b})
					break
				}
			}
		}
	}
	return out
}

func (w *walk) breaks(g *ruleset.Guardrail) bool {
	o := oracle{set: w.set}
	for i := range w.told {
		if !w.can[i] || g.Never == nil {
			continue
		}
		w.people.at(i, &o.q)
		o.mindset, o.sender = w.told[i].mindset, w.told[i].sender
		if o.breaks(g, w.told[i]) {
			return true
		}
	}
	return false
}

// depends reports whether two members who differ only in some facts get
// different outcomes.
func (w *walk) depends(in *ruleset.Independence) bool {
	seen := map[Question]string{}
	var q Question
	for i := range w.told {
		if !w.can[i] {
			continue
		}
		w.people.at(i, &q)
		for _, id := range in.Of {
			q.Facts.Forget(id)
		}
		outcome := w.outcome(in.Table, &w.told[i])
		if before, ok := seen[q]; ok && before != outcome {
			return true
		}
		seen[q] = outcome
	}
	return false
}

func (w *walk) outcome(t ruleset.Table, x *told) string {
	return [...]string{fmt.Sprint(x.mindset), fmt.Sprint(x.sender), fmt.Sprint(x.items)}[t]
}

// seenInWalks counts what random content showed, so that a test can tell that
// it tried everything.
type seenInWalks struct {
	Sets, Members, Dead, ByPair, ByMore, Unreachable, Conflicts, Complete, Broken, Held, Depends, Independent, NeverGiven, Crowded int
}

// compareWithWalk checks one small content and compares every finding with the
// walk over all members.
func compareWithWalk(t *testing.T, seed uint64, seen *seenInWalks) {
	s := newScribe(seed)
	s.content(5)
	set := s.load(t)
	walkOver(set, newPeople(set, s)).compareReport(t, seed, seen)
}

func (w *walk) compareReport(t *testing.T, seed uint64, seen *seenInWalks) {
	t.Helper()
	r := Check(w.set, DefaultBudget)
	seen.Sets++
	seen.Members += len(w.told)
	if !r.Settled() || r.Tally.Rejected > 0 {
		t.Fatalf("seed %d: not everything is settled: %+v", seed, r)
	}
	for i := range r.Tables {
		w.compareTable(t, seed, &r.Tables[i], seen)
	}
	w.compareGuardrails(t, seed, r.Guardrails, seen)
	w.compareItems(t, seed, r.Items, seen)
}

func (w *walk) compareTable(t *testing.T, seed uint64, r *TableReport, seen *seenInWalks) {
	at := int(r.Table)
	rows := w.set.Rows(r.Table)
	for i := range rows[:len(rows)-1] {
		k := slices.IndexFunc(r.Dead, func(d Dead) bool { return d.Row == i })
		if w.reached(at, i) != (k < 0) {
			t.Fatalf("seed %d: %s row %s: the walk says dead is %v", seed, r.Table, rows[i].ID, k < 0)
		}
		if k >= 0 {
			w.compareCover(t, seed, at, r.Dead[k], seen)
		}
	}
	if (r.Complete == Proved) == w.reached(at, len(rows)-1) {
		t.Fatalf("seed %d: %s: complete is %s", seed, r.Table, r.Complete)
	}
	if r.Complete == Found && decided(w.set, r.Table, &r.Fallback) != len(rows)-1 {
		t.Fatalf("seed %d: %s: the example does not get the default", seed, r.Table)
	}
	if r.Complete == Proved {
		seen.Complete++
	}
	var pairs [][2]int
	for _, c := range r.Conflicts {
		pairs = append(pairs, c.Rows)
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	if want := w.conflicts(at); !slices.Equal(pairs, want) {
		t.Fatalf("seed %d: %s: conflicts %v, the walk says %v", seed, r.Table, pairs, want)
	}
	seen.Conflicts += len(pairs)
}

func (w *walk) compareCover(t *testing.T, seed uint64, at int, d Dead, seen *seenInWalks) {
	seen.Dead++
	switch len(d.By) {
	case 0:
		seen.Unreachable++
	case 1:
	case 2:
		seen.ByPair++
	default:
		seen.ByMore++
	}
	if !d.Minimal {
		t.Fatalf("seed %d: no smallest cover of row %d in so few rows: %v", seed, d.Row, d.By)
	}
	if !w.covered(at, d.Row, d.By) {
		t.Fatalf("seed %d: row %d of table %d is not covered by %v", seed, d.Row, at, d.By)
	}
	covers := w.covered
	if w.coveredBySelf(at, d.Row, d.By) {
		covers = w.coveredBySelf
	}
	for _, less := range smaller(d.Row, len(d.By)) {
		if covers(at, d.Row, less) {
			t.Fatalf("seed %d: row %d of table %d is covered by %v, fewer than the %v called fewest", seed, d.Row, at, less, d.By)
		}
	}
}

// smaller lists the sets of rows before a row with fewer than n members.
func smaller(row, n int) (sets [][]int) {
	for bits := range 1 << row {
		var set []int
		for i := range row {
			if bits>>i&1 == 1 {
				set = append(set, i)
			}
		}
		if len(set) < n {
			sets = append(sets, set)
		}
	}
	return sets
}

func (w *walk) compareGuardrails(t *testing.T, seed uint64, got []GuardrailReport, seen *seenInWalks) {
	for _, r := range got {
		g := &w.set.Guardrails()[r.Guardrail]
		broken := w.breaks(g)
		if g.Independent != nil {
			broken = w.depends(g.Independent)
		}
		if !r.Checked || (r.Answer == Found) != broken {
			t.Fatalf("seed %d: guardrail %s is %s, the walk says broken is %v", seed, g.ID, r.Answer, broken)
		}
		switch {
		case g.Independent != nil && broken:
			seen.Depends++
			w.checkTwins(t, seed, g.Independent, &r)
		case g.Independent != nil:
			seen.Independent++
		case broken:
			seen.Broken++
			o := oracle{set: w.set, q: r.Example}
			if !o.breaks(g, o.tell()) {
				t.Fatalf("seed %d: the example does not break %s", seed, g.ID)
			}
		default:
			seen.Held++
		}
	}
}

func (w *walk) checkTwins(t *testing.T, seed uint64, in *ruleset.Independence, r *GuardrailReport) {
	x, y := (&oracle{set: w.set, q: r.Example}).tell(), (&oracle{set: w.set, q: r.Other}).tell()
	a, b := r.Example, r.Other
	for _, id := range in.Of {
		a.Facts.Forget(id)
		b.Facts.Forget(id)
	}
	if a != b || w.outcome(in.Table, &x) == w.outcome(in.Table, &y) {
		t.Fatalf("seed %d: the twins are no twins, or get the same", seed)
	}
}

func (w *walk) compareItems(t *testing.T, seed uint64, got []ItemReport, seen *seenInWalks) {
	for i := range w.set.Items() {
		given := slices.ContainsFunc(w.told, func(x told) bool { return slices.Contains(x.items, i) })
		if never := slices.ContainsFunc(got, func(r ItemReport) bool { return r.Item == i }); never == given {
			t.Fatalf("seed %d: item %s: never given is %v", seed, w.set.Items()[i].ID, never)
		}
		if given {
			continue
		}
		seen.NeverGiven++
		o := oracle{set: w.set}
		for k := range w.told {
			w.people.at(k, &o.q)
			o.mindset, o.sender = w.told[k].mindset, w.told[k].sender
			if w.told[k].row[1] >= 0 && o.fitsItem(&w.set.Items()[i]) {
				seen.Crowded++
				break
			}
		}
	}
}

// TestChecksAgreeWithAWalk compares every finding about 20,000 small contents
// with a walk over all their members. RIGHTVOICE_SOAK=1 takes a million.
func TestChecksAgreeWithAWalk(t *testing.T) {
	contents := uint64(20_000)
	switch {
	case testing.Short():
		contents = 500
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		contents = 1_000_000
	}
	var seen seenInWalks
	for seed := uint64(0); seen.Sets < int(contents); seed++ {
		compareWithWalk(t, seed, &seen)
		if seen.Sets%50_000 == 0 {
			t.Logf("%d contents agree", seen.Sets)
		}
	}
	t.Logf("%+v", seen)
	for name, n := range map[string]int{"dead": seen.Dead, "by two": seen.ByPair, "by more": seen.ByMore, "unreachable": seen.Unreachable, "conflicts": seen.Conflicts,
		"complete": seen.Complete, "broken": seen.Broken, "held": seen.Held, "depends": seen.Depends, "independent": seen.Independent, "crowded": seen.Crowded} {
		if n < seen.Sets/1000 { // a share that even rare findings reach
			t.Errorf("only %d times: %s", n, name)
		}
	}
}
