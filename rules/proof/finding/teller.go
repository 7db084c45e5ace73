package finding

import (
	"fmt"
	"strings"
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

func printer(set *ruleset.Set, language string) *sentence.Printer { return sentence.New(set, language) }

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
		f := Finding{At: item.Pos, Code: NeverGiven, ID: item.ID, Day: t.day,
			Message: fmt.Sprintf("the advice %s can never be given: no member fits it, or better advice always leaves no room for it", item.ID)}
		if x.Answer == proof.Undetermined {
			f.Code, f.Message = NotSettled, fmt.Sprintf("whether the advice %s can ever be given could not be settled", item.ID)
		}
		out = append(out, f)
	}
	return out
}

func (t *teller) ofTable(x *proof.TableReport) []Finding {
	rows := t.set.Rows(x.Table)
	of := func(r int, code, format string, args ...any) Finding {
		return Finding{At: rows[r].Pos, Code: code, ID: rows[r].ID, Table: x.Table.String(), Day: t.day, Message: fmt.Sprintf(format, args...)}
	}
	var out []Finding
	for _, d := range x.Dead {
		f := of(d.Row, DeadRule, "the rule %s is never reached: %s", rows[d.Row].ID, t.why(rows, &d))
		for _, by := range d.By {
			f.Others = append(f.Others, rows[by].ID)
		}
		out = append(out, f)
	}
	for _, c := range x.Conflicts {
		f := of(c.Rows[1], TierConflict, "the rules %s (%s) and %s (%s) of the tier %s fit the same member",
			rows[c.Rows[0]].ID, rows[c.Rows[0]].OutcomeName(), rows[c.Rows[1]].ID, rows[c.Rows[1]].OutcomeName(), rows[c.Rows[0]].Tier)
		f.Others, f.Stories = []string{rows[c.Rows[0]].ID}, []string{t.story(&c.Example)}
		out = append(out, f)
	}
	for _, r := range x.Open {
		out = append(out, of(r, NotSettled, "whether any member reaches the rule %s could not be settled", rows[r].ID))
	}
	for _, p := range x.OpenPairs {
		f := of(p[1], NotSettled, "whether the rules %s and %s of one tier disagree about a member could not be settled", rows[p[0]].ID, rows[p[1]].ID)
		f.Others = []string{rows[p[0]].ID}
		out = append(out, f)
	}
	if x.Cut {
		last := len(rows) - 1
		out = append(out, of(last, NotSettled, "more rules of one tier than these %d pairs may disagree; mend these first", len(x.Conflicts)+len(x.OpenPairs)))
	}
	if x.Complete == proof.Undetermined {
		out = append(out, of(len(rows)-1, NotSettled, "whether any member gets the default %s could not be settled", rows[len(rows)-1].ID))
	}
	return out
}

// why says what keeps members from a dead row.
func (t *teller) why(rows []ruleset.Row, d *proof.Dead) string {
	var names []string
	for _, by := range d.By {
		names = append(names, rows[by].ID)
	}
	smallest := ""
	if !d.Minimal {
		smallest = " (a smaller set of rules may do so too)"
	}
	switch len(names) {
	case 0:
		return "nobody fits it for whom this table is asked"
	case 1:
		return "everybody whom it fits is answered before by " + names[0]
	}
	last := len(names) - 1
	return "everybody whom it fits is answered before by " + strings.Join(names[:last], ", ") + " or " + names[last] + smallest
}

func (t *teller) ofGuardrail(x *proof.GuardrailReport) Finding {
	g := &t.set.Guardrails()[x.Guardrail]
	f := Finding{At: g.Pos, Code: GuardrailBroken, ID: g.ID, Day: t.day, example: x.Example}
	if x.Answer == proof.Undetermined {
		f.Code, f.Message = NotSettled, fmt.Sprintf("whether %s holds for all members could not be settled: %s", g.ID, strings.TrimSuffix(t.options.text(g.Says), "."))
		return f
	}
	f.Message = fmt.Sprintf("%s is broken: %s", g.ID, strings.TrimSuffix(t.options.text(g.Says), "."))
	f.Stories = []string{t.story(&x.Example)}
	if g.Independent != nil && x.Other != x.Example {
		f.Stories = append(f.Stories, t.story(&x.Other))
	}
	return f
}
