package proof

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// edited is a copy with a few entries left out, moved, repeated, or written anew.
func (w *wide) edited(seed uint64) *wide {
	e := *w
	e.Rand = rand.New(rand.NewPCG(seed, 77))
	e.lines = map[string][]string{}
	for name, l := range w.lines {
		e.lines[name] = slices.Clone(l)
	}
	for range 1 + e.IntN(3) {
		e.edit()
	}
	return &e
}

func (w *wide) edit() {
	name := w.one("mindset.yaml", "sender.yaml", "sender.yaml", "mindset.yaml", "sender.yaml", "advice/all.yaml", "advice/all.yaml", "guardrails.yaml", "facts.yaml", "topics.yaml")
	l := w.lines[name]
	if len(l) == 0 {
		return
	}
	i, j := w.IntN(len(l)), w.IntN(len(l))
	if name == "topics.yaml" {
		l[i] = w.otherTopic(l[i])
		return
	}
	switch w.IntN(6) {
	case 0:
		w.lines[name] = slices.Delete(l, i, i+1)
	case 1:
		l[i], l[j] = l[j], l[i]
	case 2:
		tier := w.one("tier: safety", "tier: clinical", "tier: engagement", "rank: 0", "rank: 2")
		for _, was := range []string{"tier: safety", "tier: clinical", "tier: coverage", "tier: engagement", "rank: 0", "rank: 1"} {
			if was[:4] == tier[:4] {
				l[i] = strings.Replace(l[i], was, tier, 1)
			}
		}
	case 3:
		l[i] = strings.NewReplacer("then: provider", "then: insurer", "then: insurer", "then: nobody", "then: nobody", "then: provider", "then: patient", "then: consumer",
			"then: consumer", "then: undetermined", "then: undetermined", "then: patient", "sender: insurer, topics: [none]", "sender: provider, topics: [none]").Replace(l[i])
	case 4:
		if s := w.anew(name, i); s != "" {
			l[i] = strings.Replace(s, strings.Fields(s)[1], strings.Fields(l[i])[1], 1) // the id stays
		}
	default:
		if s := w.anew(name, 20+w.IntN(1000)); s != "" && !slices.ContainsFunc(l, func(x string) bool { return strings.Fields(x)[1] == strings.Fields(s)[1] }) {
			w.lines[name] = slices.Insert(l, i, s)
		}
	}
}

func (w *wide) anew(name string, i int) string {
	switch name {
	case "mindset.yaml":
		return w.rule("m", i)
	case "sender.yaml":
		return w.rule("s", i)
	case "advice/all.yaml":
		return w.item(i)
	case "facts.yaml":
		return w.premise(i)
	}
	return w.guardrail(i)
}

// otherTopic gives a topic another kind or another tie. Only lifestyle has ties.
func (w *wide) otherTopic(line string) string {
	switch {
	case strings.Contains(line, "benefits: [gym]"):
		return strings.Replace(line, "[gym]", w.one("[pool]", "[gym, pool]"), 1)
	case strings.Contains(line, "benefits: [gym, pool]"):
		return strings.Replace(line, "[gym, pool]", "[pool]", 1)
	case strings.Contains(line, "kind: none"):
		return strings.Replace(line, "kind: none", "kind: "+w.one("program", "emergency"), 1)
	}
	return line
}

// regions are what a walk over all members of two contents finds between them.
type regions struct {
	rows map[string]bool
	// lost and gained are ids of items that some member is given by one content,
	// and does not fit in the other while the sender is the same.
	lost, gained map[string]bool
	advice       bool // some member is given other advice by the same sender
}

func (w *wide) regions(old, now *ruleset.Set) regions {
	out := regions{map[string]bool{}, map[string]bool{}, map[string]bool{}, false}
	p, other := w.people(old), w.people(now)
	a, b := oracle{set: old}, oracle{set: now}
	for i := range p.len() {
		canOld, canNow := p.at(i, &a.q), other.at(i, &b.q)
		if !canOld || !canNow {
			continue
		}
		x, y := a.tell(), b.tell()
		if x.mindset != y.mindset {
			out.rows[fmt.Sprint("mindset ", x.row[0], y.row[0])] = true
		}
		if x.sender != y.sender {
			out.rows[fmt.Sprint("sender ", x.row[1], y.row[1])] = true
			continue
		}
		was, is := itemNames(old, x.items), itemNames(now, y.items)
		out.advice = out.advice || !slices.Equal(was, is)
		missing(was, &b, out.lost)
		missing(is, &a, out.gained)
	}
	return out
}

func itemNames(set *ruleset.Set, items []int) (out []string) {
	for _, i := range items {
		out = append(out, set.Items()[i].ID)
	}
	return out
}

// missing adds the items that a member who was told last does not fit.
func missing(ids []string, o *oracle, to map[string]bool) {
	for _, id := range ids {
		if !slices.ContainsFunc(o.set.Items(), func(i ruleset.Item) bool { return i.ID == id && o.fitsItem(&i) }) {
			to[id] = true
		}
	}
}

// TestDiffOfEverythingAtOnce edits wide content and compares the difference with a
// walk over all members of both.
func TestDiffOfEverythingAtOnce(t *testing.T) {
	contents := 200
	switch {
	case testing.Short():
		contents = 20
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		contents = 20_000
	}
	seen := map[string]int{}
	for seed := uint64(0); seen["contents"] < contents; seed++ {
		w := newWide(seed)
		old := w.load(t)
		if w.people(old).len() > maxMembers/2 {
			continue
		}
		seen["contents"]++
		now := w.edited(seed).load(t)
		want, d := w.regions(old, now), Diff(old, now, DefaultBudget)
		have := regions{map[string]bool{}, map[string]bool{}, map[string]bool{}, false}
		for _, c := range d.Changes {
			compareExample(t, seed, old, now, &c)
			seen[c.Table.String()]++
			switch {
			case c.Table != ruleset.AdviceTable:
				have.rows[fmt.Sprint(c.Table, " ", max(c.Rows[0], -1), max(c.Rows[1], -1))] = true
				continue
			case c.Items[1] < 0:
				have.lost[old.Items()[c.Items[0]].ID] = true
			case c.Items[0] < 0:
				have.gained[now.Items()[c.Items[1]].ID] = true
			}
			have.advice = true
		}
		same := maps.Equal(have.rows, want.rows) && maps.Equal(have.lost, want.lost) && maps.Equal(have.gained, want.gained) && have.advice == want.advice
		if !d.Settled || d.Tally.Rejected > 0 || !same {
			t.Fatalf("seed %d: got %+v, settled %v, the walk says %+v", seed, have, d.Settled, want)
		}
	}
	t.Logf("%v", seen)
	for _, table := range []string{"mindset", "sender", "advice"} {
		if seen[table] < contents/20 {
			t.Errorf("only %d changes of the %s table", seen[table], table)
		}
	}
}

// compareExample demands that the example of a change is a possible member of
// both contents, known by the same facts, and shows the change.
func compareExample(t *testing.T, seed uint64, old, now *ruleset.Set, c *Change) {
	t.Helper()
	f, g := c.Example[0].Facts, c.Example[1].Facts
	if f != g || old.DropImpossible(&f) > 0 || now.DropImpossible(&g) > 0 || c.Example[0].Topic != c.Example[1].Topic {
		t.Fatalf("seed %d: the example of %v is not one possible member", seed, c.Rows)
	}
	a, b := (&oracle{set: old, q: c.Example[0]}).tell(), (&oracle{set: now, q: c.Example[1]}).tell()
	shows := a.mindset != b.mindset
	switch c.Table {
	case ruleset.SenderTable:
		shows = a.sender != b.sender
	case ruleset.AdviceTable:
		shows = a.sender == b.sender && !slices.Equal(itemNames(old, a.items), itemNames(now, b.items))
	}
	if !shows {
		t.Fatalf("seed %d: the example of %v does not show the change", seed, c.Rows)
	}
}

// TestSessionOverManyEdits edits wide content again and again in one session, and
// compares every report with one made from nothing.
func TestSessionOverManyEdits(t *testing.T) {
	sessions := uint64(120)
	switch {
	case testing.Short():
		sessions = 30
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		sessions = 20_000
	}
	kept, dead := 0, 0
	for seed := range sessions {
		w := newWide(seed)
		var live Session
		for edit := range uint64(8) {
			set := w.load(t)
			live.known.readFor(set)
			kept, dead = kept+len(live.known.by), dead+len(live.known.dead)
			got, want := live.Check(set, DefaultBudget), Check(set, DefaultBudget)
			if a, b := outline(set, &got), outline(set, &want); a != b {
				t.Fatalf("seed %d, edit %d: the session says\n%s\nand a fresh check\n%s", seed, edit, a, b)
			}
			w = w.edited(seed*100 + edit)
		}
	}
	if kept < int(sessions) || dead < int(sessions) {
		t.Errorf("only %d members and %d dead rows were remembered", kept, dead)
	}
}
