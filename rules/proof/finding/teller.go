package finding

import (
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
)

// teller puts a report into words.
type teller struct {
	set     *ruleset.Set
	options *Options
	day     time.Time
	printer *sentence.Printer
}

func (t *teller) story(q *proof.Question) string {
	d := t.set.Decide(&q.Facts, q.Topic)
	return t.printer.Story(&q.Facts, q.Topic, &d).String()
}

func (t *teller) tables(r *proof.Report) []Table {
	var out []Table
	for i := range r.Tables {
		x := &r.Tables[i]
		rows := t.set.Rows(x.Table)
		table := Table{Name: x.Table.String(), Rules: len(rows) - 1, Complete: x.Complete == proof.Proved, Default: rows[len(rows)-1].ID}
		if x.Complete == proof.Found {
			table.Story = t.story(&x.Fallback)
		}
		out = append(out, table)
	}
	return out
}

func (t *teller) guardrails(r *proof.Report) []Guardrail {
	out := make([]Guardrail, len(r.Guardrails))
	for i, x := range r.Guardrails {
		g := &t.set.Guardrails()[x.Guardrail]
		out[i] = Guardrail{ID: g.ID, Says: t.options.text(g.Says), State: State(g.HeldBy), Test: g.Test}
		if x.Checked {
			out[i].State = [...]State{proof.Undetermined: Undetermined, proof.Found: Broken, proof.Proved: Proved}[x.Answer]
		}
	}
	return out
}

func (t *teller) findings(r *proof.Report) []Finding {
	var out []Finding
	for i := range r.Tables {
		out = append(out, t.ofTable(&r.Tables[i])...)
	}
	for i := range r.Guardrails {
		if x := &r.Guardrails[i]; x.Checked && x.Answer != proof.Proved {
			out = append(out, t.ofGuardrail(x))
		}
	}
	for _, x := range r.Items {
		item := &t.set.Items()[x.Item]
		f := Finding{At: item.Pos, ID: item.ID, Concerns: []string{Advice + "/" + item.ID}}
		name := with{"item": t.printer.ItemName(item).Text}
		if x.Answer == proof.Undetermined {
			t.finish(&f, NotSettled, t.words().given, name)
		} else {
			t.finish(&f, NeverGiven, t.words().never, name)
		}
		out = append(out, f)
	}
	return out
}

func (t *teller) ofTable(x *proof.TableReport) []Finding {
	rows, w := t.set.Rows(x.Table), t.words()
	last := len(rows) - 1
	of := func(r int, code, frame string, args with, others ...int) *Finding {
		f := &Finding{At: rows[r].Pos, ID: rows[r].ID, Table: x.Table.String(), Concerns: []string{nameOf(&rows[r])}}
		for _, o := range others {
			f.Others, f.Concerns = append(f.Others, rows[o].ID), append(f.Concerns, nameOf(&rows[o]))
		}
		t.finish(f, code, frame, args)
		return f
	}
	var out []Finding
	for _, d := range x.Dead {
		out = append(out, *of(d.Row, DeadRule, w.dead, with{"rule": t.printer.RuleName(&rows[d.Row]).Text, "why": t.why(rows, &d)}, d.By...))
	}
	for _, c := range x.Conflicts {
		f := of(c.Rows[1], TierConflict, w.conflict, t.ofRows(&rows[c.Rows[0]], &rows[c.Rows[1]]), c.Rows[0])
		t.shownBy(f, &c.Example)
		out = append(out, *f)
	}
	for _, r := range x.Open {
		out = append(out, *of(r, NotSettled, w.reached, with{"rule": t.printer.RuleName(&rows[r]).Text}))
	}
	for _, p := range x.OpenPairs {
		out = append(out, *of(p[1], NotSettled, w.disagree, t.ofRows(&rows[p[0]], &rows[p[1]]), p[0]))
	}
	if x.Cut {
		out = append(out, *of(last, NotSettled, w.more, t.count(len(x.Conflicts)+len(x.OpenPairs))))
	}
	if x.Complete == proof.Undetermined {
		out = append(out, *of(last, NotSettled, w.fallback, nil))
	}
	return out
}

// shownBy adds a member who shows a finding, and the rows that answer them.
func (t *teller) shownBy(f *Finding, q *proof.Question) {
	d := t.set.Decide(&q.Facts, q.Topic)
	f.Stories = append(f.Stories, t.printer.Story(&q.Facts, q.Topic, &d).String())
	concerns := func(name string) {
		if !slices.Contains(f.Concerns, name) {
			f.Concerns = append(f.Concerns, name)
		}
	}
	for _, row := range []*ruleset.Row{t.set.Row(ruleset.MindsetTable, d.MindsetRow), t.set.Row(ruleset.SenderTable, d.SenderRow)} {
		if row != nil {
			concerns(nameOf(row))
		}
	}
	for _, i := range d.Advice() {
		concerns(Advice + "/" + t.set.Item(i).ID)
	}
}

// nameOf names a row among those of all tables.
func nameOf(r *ruleset.Row) string { return r.Table.String() + "/" + r.ID }
