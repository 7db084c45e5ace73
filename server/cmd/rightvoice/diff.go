package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

const diffAbout = `
Tells which members two content folders answer differently: every region of
members for whom one old rule and one new rule decide, with a member of it.
Names and texts are no answer: changing only them changes nothing. A topic
that only one folder has is named and not compared. The word "default" stands
for the content that the program comes with.

--log names what a server recorded with --decision-log, as a folder or one file
of it, or a file of questions, one JSON object a line:
{"topic": "sleep", "facts": {"coverage_status": "active", "benefit_available":
["gym"]}}, with facts as in cases. It is counted how many of them are answered
differently. Exit code 6 if more than --max-changed are, or, without a log, if
there are more regions, topics and items that differ than that.

Only rules are compared. It is named where advice is sensitive, paid for or
rewarded in another way, and where the words that intake knows or the policy
differ: what those change is not counted.`

func runDiff(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "diff", "[flags] OLD NEW", diffAbout)
	form := output(f, "text", "json")
	at := &moment{}
	f.Var(at, "at", "the first `day` to compare; empty: today")
	language := f.String("language", "en", "a language `tag` for the stories")
	log := f.String("log", "", "a `file` of recorded questions")
	limit := &limit{}
	f.Var(limit, "max-changed", "the most `changes` allowed: a number, or with --log a share such as 0.5%")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 2 {
		return badArguments("diff takes two folders")
	}
	if limit.percent && *log == "" {
		return badArguments("--max-changed as a share needs --log")
	}
	d := &difference{std: std, language: *language}
	if err := d.load(rest[0], rest[1], at.orNow()); err != nil {
		return err
	}
	if *log != "" {
		if err := d.count(*log); err != nil {
			return err
		}
	}
	if form.value == "json" {
		err = d.json()
	} else {
		d.text()
	}
	if err == nil && limit.exceeded(d) {
		err = &exit{code: exitDiff}
	}
	return err
}

// difference is what differs between two contents, day by day.
type difference struct {
	std      streams
	language string
	days     []*dayDifference
	others   []string // files beside the rules that differ
	log      *counted
}

// dayDifference is what differs while the same rules are in force.
type dayDifference struct {
	from     time.Time
	old, now *ruleset.Set
	proof.Difference
}

// load compares two folders for a day and for every later one on which either
// has other rules in force.
func (d *difference) load(old, now string, at time.Time) error {
	var folders [2]fs.FS
	for i, dir := range []string{old, now} {
		if dir == "default" {
			dir = ""
		}
		fsys, err := folder(dir)
		if err != nil {
			return err
		}
		folders[i] = fsys
	}
	for _, name := range []string{"lexicon.yaml", "policy.yaml", icd10.File} {
		a, b := read(folders[0], name), read(folders[1], name)
		if !bytes.Equal(a, b) {
			d.others = append(d.others, name)
		}
	}
	days := []time.Time{at}
	for i := 0; i < len(days); i++ {
		x := &dayDifference{from: days[i]}
		var err error
		if x.old, err = d.set(folders[0], old, x.from); err != nil {
			return err
		}
		if x.now, err = d.set(folders[1], now, x.from); err != nil {
			return err
		}
		x.Difference = proof.Diff(x.old, x.now, proof.DefaultBudget)
		d.days = append(d.days, x)
		if i == 0 {
			later := slices.Concat(x.old.Changes(), x.now.Changes())
			slices.SortFunc(later, time.Time.Compare)
			days = append(days, slices.Compact(later)...)
		}
	}
	return nil
}

// read is the content of a file, or nothing.
func read(fsys fs.FS, name string) []byte {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	return b
}

func (d *difference) set(fsys fs.FS, dir string, at time.Time) (*ruleset.Set, error) {
	set, problems := ruleset.Load(fsys, at)
	if set == nil {
		return nil, unreadable(d.std, dir, problems)
	}
	return set, nil
}

// unreadable prints what keeps content from being used.
func unreadable(std streams, dir string, problems []strictyaml.Problem) error {
	for _, p := range problems {
		fmt.Fprintln(std.err, place(dir, p))
	}
	return &exit{exitCheck, "this content can't be used; run rightvoice check"}
}

// regions is the number of changes told, over all days.
func (d *difference) regions() int {
	n := 0
	for i := range d.days {
		n += len(d.news(i))
	}
	return n
}

// terms are the items on other terms, over all days.
func (d *difference) terms() []string {
	var out []string
	for _, x := range d.days {
		out = append(out, x.Terms...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// changes is the number of all that differs, as --max-changed counts it.
func (d *difference) changes() int {
	n := d.regions() + len(d.days[0].Gone) + len(d.days[0].New) + len(d.terms())
	if d.days[0].Premises {
		n++
	}
	return n
}

// news are the changes of a day that no day before it has.
func (d *difference) news(day int) []proof.Change {
	var out []proof.Change
	for _, c := range d.days[day].Changes {
		told := func(earlier *dayDifference) bool {
			return slices.ContainsFunc(earlier.Changes, func(x proof.Change) bool { return earlier.name(&x) == d.days[day].name(&c) })
		}
		if !slices.ContainsFunc(d.days[:day], told) {
			out = append(out, c)
		}
	}
	return out
}

func (d *difference) settled() bool {
	return !slices.ContainsFunc(d.days, func(x *dayDifference) bool { return !x.Settled })
}
