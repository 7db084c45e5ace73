package decisionlog

import (
	"math"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// tally is what one goroutine counts. Names are numbers until the end.
type tally struct {
	o           ReplayOptions
	live, draft *ruleset.Set
	from, until int64 // the first hour, and the one after the last
	facts       fact.Facts
	pairs       map[*Schema]pair
	out         Impact
	missing     map[string]int
	cells       map[cellKey]cellCount
	regions     map[[3]string]int
	samples     map[sampleKey][]placedSample
}

type cellKey struct {
	topic, tenant int
	day           int32
	from, to      Outcome
}

type cellCount struct{ decisions, changed int }

type sampleKey struct {
	topic    int
	from, to Outcome
}

type placedSample struct {
	place uint64
	Sample
}

func newTally(live, draft *ruleset.Set, o ReplayOptions) *tally {
	t := &tally{o: o, live: live, draft: draft, pairs: map[*Schema]pair{}, missing: map[string]int{}, cells: map[cellKey]cellCount{},
		regions: map[[3]string]int{}, samples: map[sampleKey][]placedSample{}, until: math.MaxInt64}
	if !o.From.IsZero() {
		t.from = (o.From.Unix() + 3599) / 3600
	}
	if !o.Until.IsZero() {
		t.until = (o.Until.Unix() + 3599) / 3600
	}
	return t
}

func (t *tally) pair(s *Schema) pair {
	p, ok := t.pairs[s]
	if !ok {
		p = pair{NewTranslator(s, t.live), NewTranslator(s, t.draft)}
		t.pairs[s] = p
	}
	return p
}

func (t *tally) block(b *Block) {
	n := 0
	for d, err := range b.Decisions() {
		if err != nil {
			t.out.Unreadable++
			break
		}
		if (t.o.Tenant == "" || d.Tenant == t.o.Tenant) && t.from <= d.hour && d.hour < t.until {
			t.add(d)
		}
		n++
	}
	t.o.Progress(n)
}

// add answers one decision twice.
func (t *tally) add(d *Decision) {
	p := t.pair(d.Schema)
	liveTopic, inLive := p.live.Topic(d)
	draftTopic, inDraft := p.draft.Topic(d)
	t.out.Decisions++
	if !inLive || !inDraft {
		if inLive != inDraft {
			t.out.Changed++
			t.out.OtherTopic++
		}
		return
	}
	p.live.Facts(d, &t.facts)
	a, blameA := p.live.settled(&t.facts, liveTopic)
	p.draft.Facts(d, &t.facts)
	b, blameB := p.draft.settled(&t.facts, draftTopic)
	if a.Mindset != d.Mindset || a.Sender != d.Sender {
		t.out.Drifted++
	}
	if blame := append(blameA, blameB...); len(blame) > 0 {
		t.out.Unsettled++
		slices.Sort(blame)
		for _, name := range slices.Compact(blame) {
			t.missing[name]++
		}
		return
	}
	t.count(d, &a, &b)
}

// count compares two answers.
func (t *tally) count(d *Decision, a, b *decision.Decision) {
	k := cellKey{topic: d.Schema.names[d.Topic], tenant: d.tenant, day: int32(d.hour / 24), from: Outcome{a.Mindset, a.Sender}, to: Outcome{b.Mindset, b.Sender}}
	c := t.cells[k]
	c.decisions++
	before, now := t.live.Items(), t.draft.Items()
	same := slices.EqualFunc(a.Advice(), b.Advice(), func(i, j uint16) bool { return before[i].ID == now[j].ID })
	if k.from != k.to || a.Notice != b.Notice || !same {
		c.changed++
		t.out.Changed++
		t.region(a, b, same)
		t.sample(d, k, a, b)
	}
	t.cells[k] = c
}

// region counts the regions of the proof's comparison that a change is in.
func (t *tally) region(a, b *decision.Decision, sameAdvice bool) {
	if a.Mindset != b.Mindset {
		t.regions[[3]string{ruleset.MindsetTable.String(), RowName(t.live, ruleset.MindsetTable, a.MindsetRow), RowName(t.draft, ruleset.MindsetTable, b.MindsetRow)}]++
	}
	if a.Sender != b.Sender {
		t.regions[[3]string{ruleset.SenderTable.String(), RowName(t.live, ruleset.SenderTable, a.SenderRow), RowName(t.draft, ruleset.SenderTable, b.SenderRow)}]++
	} else if !sameAdvice {
		for _, name := range adviceRegions(itemIDs(t.live, a.Advice()), itemIDs(t.draft, b.Advice())) {
			t.regions[name]++
		}
	}
}

// adviceRegions are the items that one list has only, and those that changed
// their order.
func adviceRegions(before, now []string) (out [][3]string) {
	table := ruleset.AdviceTable.String()
	for _, id := range before {
		if !slices.Contains(now, id) {
			out = append(out, [3]string{table, id, ""})
		}
	}
	for i, id := range now {
		if !slices.Contains(before, id) {
			out = append(out, [3]string{table, "", id})
			continue
		}
		for _, after := range now[i+1:] {
			if at := slices.Index(before, after); at >= 0 && at < slices.Index(before, id) {
				out = append(out, [3]string{table, after, id})
			}
		}
	}
	return out
}

func itemIDs(set *ruleset.Set, items []uint16) (out []string) {
	for _, i := range items {
		out = append(out, set.Items()[i].ID)
	}
	return out
}

// RowName is the rule that decided, or what did in its place.
func RowName(set *ruleset.Set, table ruleset.Table, row int32) string {
	switch row {
	case decision.BySafety:
		return "emergency notice"
	case decision.ByMemberChoice:
		return "member's choice"
	}
	if r := set.Row(table, row); r != nil {
		return r.ID
	}
	return ""
}
