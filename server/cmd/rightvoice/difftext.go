package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
)

// region is a change in words.
type region struct {
	Table  string `json:"table"`
	Old    string `json:"old"` // of a table: the rule, of advice: the item; empty for none
	New    string `json:"new"`
	Before string `json:"before"` // the story of a member, as told before
	Now    string `json:"now"`
	From   string `json:"from"`             // the first day
	Logged *int   `json:"logged,omitempty"` // questions of the log in this region
}

// name is what tells a region from others, the same on every day.
func (x *dayDifference) name(c *proof.Change) [3]string {
	if c.Table != ruleset.AdviceTable {
		return [3]string{c.Table.String(), rowName(x.old, c.Table, c.Rows[0]), rowName(x.now, c.Table, c.Rows[1])}
	}
	name := [3]string{c.Table.String()}
	if c.Items[0] >= 0 {
		name[1] = x.old.Items()[c.Items[0]].ID
	}
	if c.Items[1] >= 0 {
		name[2] = x.now.Items()[c.Items[1]].ID
	}
	return name
}

// rowName is the rule that decided, or what did in its place.
func rowName(set *ruleset.Set, t ruleset.Table, row int32) string {
	switch row {
	case decision.BySafety:
		return "emergency notice"
	case decision.ByMemberChoice:
		return "member's choice"
	}
	return set.Row(t, row).ID
}

func (d *difference) region(x *dayDifference, c *proof.Change) region {
	name := x.name(c)
	r := region{Table: name[0], Old: name[1], New: name[2], Before: d.story(x.old, &c.Example[0]), Now: d.story(x.now, &c.Example[1]), From: x.from.Format(time.DateOnly)}
	if d.log != nil && x == d.days[0] {
		n := d.log.by[name]
		r.Logged = &n
	}
	return r
}

func (d *difference) story(set *ruleset.Set, q *proof.Question) string {
	x := set.Decide(&q.Facts, q.Topic)
	return sentence.New(set, d.language).Story(&q.Facts, q.Topic, &x).String()
}

func (d *difference) text() {
	out := d.std.out
	for i, x := range d.days {
		news := d.news(i)
		if i > 0 && len(news) > 0 {
			fmt.Fprintf(out, "from %s on:\n\n", x.from.Format(time.DateOnly))
		}
		for _, c := range news {
			r := d.region(x, &c)
			fmt.Fprintln(out, heading(&r))
			fmt.Fprintf(out, "    before: %s\n    now:    %s\n", r.Before, r.Now)
			if r.Logged != nil {
				fmt.Fprintf(out, "    in the log: %d\n", *r.Logged)
			}
			fmt.Fprintln(out)
		}
	}
	first := d.days[0]
	for _, t := range []struct {
		names []string
		says  string
	}{{first.Gone, "topics that are gone"}, {first.New, "new topics"}} {
		if len(t.names) > 0 {
			fmt.Fprintf(out, "%s: %s\n", t.says, strings.Join(t.names, ", "))
		}
	}
	if first.Premises {
		fmt.Fprintln(out, "other members are taken to be impossible; only those that both take to be possible are compared")
	}
	if terms := d.terms(); len(terms) > 0 {
		fmt.Fprintf(out, "advice that is sensitive, paid for or rewarded in another way: %s\n", strings.Join(terms, ", "))
	}
	if len(d.others) > 0 {
		fmt.Fprintf(out, "not compared, but not the same: %s\n", strings.Join(d.others, ", "))
	}
	fmt.Fprintf(out, "%s of members answered differently\n", count(d.regions(), "region", "regions"))
	if d.log != nil {
		fmt.Fprintf(out, "%d of %d recorded questions answered differently (%.2f%%)\n", d.log.changed, d.log.all, 100*float64(d.log.changed)/float64(d.log.all))
		if d.log.unsettled > 0 {
			fmt.Fprintf(out, "%d more hang on what was not recorded (%s) and count as different\n", d.log.unsettled, strings.Join(d.log.missing, ", "))
		}
	}
	if !d.settled() {
		fmt.Fprintln(out, "undetermined: the budget was spent, and more may differ")
	}
}

// heading says what a region is about.
func heading(r *region) string {
	if r.Table != ruleset.AdviceTable.String() {
		return fmt.Sprintf("%s: %s → %s", r.Table, r.Old, r.New)
	}
	switch {
	case r.New == "":
		return "advice: " + r.Old + " is no longer given"
	case r.Old == "":
		return "advice: " + r.New + " is new"
	}
	return "advice: " + r.New + " comes before " + r.Old
}

func (d *difference) json() error {
	first := d.days[0]
	type logJSON struct {
		Questions int     `json:"questions"`
		Changed   int     `json:"changed"`
		Unsettled int     `json:"unsettled"` // that hang on what was not recorded; may be different
		Percent   float64 `json:"percent"`   // of both
	}
	out := struct {
		Regions    []region `json:"regions"`
		Gone       []string `json:"topicsGone"`
		New        []string `json:"topicsNew"`
		Impossible bool     `json:"otherImpossibleMembers"`
		Terms      []string `json:"otherTerms"`
		Others     []string `json:"otherFiles"` // beside the rules, not compared
		Settled    bool     `json:"settled"`
		Log        *logJSON `json:"log,omitempty"`
	}{[]region{}, some(first.Gone), some(first.New), first.Premises, some(d.terms()), some(d.others), d.settled(), nil}
	for i, x := range d.days {
		for _, c := range d.news(i) {
			out.Regions = append(out.Regions, d.region(x, &c))
		}
	}
	if d.log != nil {
		out.Log = &logJSON{d.log.all, d.log.changed, d.log.unsettled, d.log.share()}
	}
	return printJSON(d.std, out)
}
