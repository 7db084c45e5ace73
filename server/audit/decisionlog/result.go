package decisionlog

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// sample keeps the first few questions of each kind of change.
func (t *tally) sample(d *Decision, k cellKey, a, b *decision.Decision) {
	key := sampleKey{k.topic, k.from, k.to}
	kept := t.samples[key]
	if len(kept) == perKind && d.place > kept[perKind-1].place {
		return
	}
	s := placedSample{d.place, Sample{Topic: d.Schema.Topics[d.Topic], Facts: d.factsByName(), From: k.from, To: k.to}}
	for table := range ruleset.AdviceTable {
		s.Before[table] = RowName(t.live, table, [...]int32{a.MindsetRow, a.SenderRow}[table])
		s.Now[table] = RowName(t.draft, table, [...]int32{b.MindsetRow, b.SenderRow}[table])
	}
	t.samples[key] = first(append(kept, s))
}

// first are the samples that were recorded first.
func first(all []placedSample) []placedSample {
	slices.SortFunc(all, func(a, b placedSample) int { return cmp.Compare(a.place, b.place) })
	return all[:min(len(all), perKind)]
}

// factsByName are the facts of a record as cases and requests write them.
func (d *Decision) factsByName() map[string]any {
	out := map[string]any{}
	for i, f := range d.Schema.Facts {
		if !d.known[i] {
			continue
		}
		raw := d.raw[i]
		switch f.Kind {
		case fact.Bool:
			out[f.Name] = raw != 0
		case fact.Enum:
			if raw >= 0 && raw < int64(len(f.Values)) {
				out[f.Name] = f.Values[raw]
			}
		case fact.Set:
			values := []any{}
			for at, name := range f.Values {
				if raw>>at&1 == 1 {
					values = append(values, name)
				}
			}
			out[f.Name] = values
		case fact.Decimal:
			out[f.Name] = float64(raw) / fact.DecimalScale
		default:
			out[f.Name] = float64(raw)
		}
	}
	return out
}

// merge adds what another goroutine counted.
func (t *tally) merge(o *tally) {
	t.out.Decisions += o.out.Decisions
	t.out.Changed += o.out.Changed
	t.out.Unsettled += o.out.Unsettled
	t.out.OtherTopic += o.out.OtherTopic
	t.out.Drifted += o.out.Drifted
	t.out.Unreadable += o.out.Unreadable
	for k, n := range o.missing {
		t.missing[k] += n
	}
	for k, n := range o.regions {
		t.regions[k] += n
	}
	for k, n := range o.cells {
		c := t.cells[k]
		t.cells[k] = cellCount{c.decisions + n.decisions, c.changed + n.changed}
	}
	for k, s := range o.samples {
		t.samples[k] = first(append(t.samples[k], s...))
	}
}

// impact puts what was counted into names and order.
func (t *tally) impact(r *Reader) *Impact {
	out := &t.out
	out.Unreadable += r.Damaged
	for name, n := range t.missing {
		out.NotRecorded = append(out.NotRecorded, NotRecorded{name, n})
	}
	slices.SortFunc(out.NotRecorded, func(a, b NotRecorded) int {
		return cmp.Or(-cmp.Compare(a.Decisions, b.Decisions), cmp.Compare(a.Fact, b.Fact))
	})
	for name, n := range t.regions {
		out.Regions = append(out.Regions, Region{name[0], name[1], name[2], n})
	}
	slices.SortFunc(out.Regions, func(a, b Region) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), -cmp.Compare(a.Decisions, b.Decisions), cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
	})
	for k, n := range t.cells {
		day := time.Unix(int64(k.day)*24*3600, 0).UTC()
		out.Cells = append(out.Cells, Cell{r.topics.names[k.topic], r.tenants.names[k.tenant], day, k.from, k.to, n.decisions, n.changed})
	}
	slices.SortFunc(out.Cells, compareCells)
	all := slices.Concat(slices.Collect(maps.Values(t.samples))...)
	slices.SortFunc(all, func(a, b placedSample) int { return cmp.Compare(a.place, b.place) })
	for _, s := range all[:min(len(all), t.o.Samples)] {
		out.Samples = append(out.Samples, s.Sample)
	}
	return out
}

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Tenant, b.Tenant), a.Day.Compare(b.Day),
		cmp.Compare(a.From.Mindset, b.From.Mindset), cmp.Compare(a.From.Sender, b.From.Sender),
		cmp.Compare(a.To.Mindset, b.To.Mindset), cmp.Compare(a.To.Sender, b.To.Sender))
}
