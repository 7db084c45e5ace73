package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

const proveAbout = `
Proves a content folder for every possible member: that no rule is dead, that
rules of one tier agree, that every piece of advice can be given, and that
every guardrail over the tables holds. What does not is told with a member who
shows it, as a short story, and with edits that would mend it; each edit was
tried and proved. Guardrails that lint or the program holds are named as such.
Rules that come into force later are proved for those days too. Without DIR it
proves the content that the program comes with. Exit code 5 on findings, 3 if
the content can't be read.`

func runProve(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "prove", "[flags] [DIR]", proveAbout)
	form := output(f, "text", "json", "sarif")
	at := &moment{}
	f.Var(at, "at", "the first `day` to prove for; empty: today")
	language := f.String("language", "en", "a language `tag` for what is found: en or es")
	noFixes := f.Bool("no-fixes", false, "look for no edits that would mend what is found")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return badArguments("prove takes one folder")
	}
	dir := first(rest)
	fsys, err := folder(dir)
	if err != nil {
		return err
	}
	r, problems := finding.Prove(fsys, at.orNow(), finding.Options{Language: *language, NoFixes: *noFixes})
	if r == nil {
		return unreadable(std, dir, problems)
	}
	p := proofPrinter{std, dir, r, problems}
	switch form.value {
	case "json":
		err = p.json()
	case "sarif":
		err = p.sarif()
	default:
		p.text()
	}
	if err == nil && len(r.Findings) > 0 {
		err = &exit{code: exitProve}
	}
	return err
}

// proofPrinter prints one result.
type proofPrinter struct {
	std      streams
	dir      string
	result   *finding.Result
	problems []strictyaml.Problem // warnings of the loader
}

// place is where a finding is, as the caller would type it.
func (p *proofPrinter) place(at strictyaml.Pos) string {
	return place(p.dir, strictyaml.Problem{File: at.File}).File + fmt.Sprintf(":%d:%d", at.Line, at.Col)
}

func (p *proofPrinter) text() {
	for _, x := range p.problems {
		fmt.Fprintln(p.std.out, place(p.dir, x))
	}
	for i := range p.result.Findings {
		p.finding(&p.result.Findings[i])
	}
	fmt.Fprintln(p.std.out, "tables:")
	for _, t := range p.result.Tables {
		said := "every member fits one of them"
		if !t.Complete {
			said = "the default answers the rest, for example: " + t.Story
		}
		fmt.Fprintf(p.std.out, "  %-8s %s; %s\n", t.Name, count(t.Rules, "rule", "rules"), strings.TrimSuffix(said, "."))
	}
	fmt.Fprintln(p.std.out, "\nguardrails:")
	states := map[finding.State]int{}
	for _, g := range p.result.Guardrails {
		states[g.State]++
		fmt.Fprintf(p.std.out, "  %-26s %-4s %s\n", stateWords[g.State], g.ID, g.Says)
	}
	fmt.Fprintf(p.std.out, "\n%d proved for all members, %d broken, %d undetermined, %d held by lint, %d at run time, %d not yet held; %s\n",
		states[finding.Proved], states[finding.Broken], states[finding.Undetermined], states[finding.ByLint], states[finding.AtRunTime], states[finding.NotYet],
		count(len(p.result.Findings), "finding", "findings"))
	if p.result.FixesCut {
		fmt.Fprintln(p.std.out, "fixes were looked for only for some findings: there are too many for content of this size")
	}
	if len(p.result.Days) > 1 {
		fmt.Fprintf(p.std.out, "proved for %s, when other rules are in force\n", days(p.result.Days))
	}
}

var stateWords = map[finding.State]string{
	finding.Proved: "proved for all members", finding.Broken: "broken", finding.Undetermined: "undetermined",
	finding.ByLint: "held by lint", finding.AtRunTime: "held at run time", finding.NotYet: "not yet held",
}

func (p *proofPrinter) finding(f *finding.Finding) {
	since := ""
	if !f.Day.Equal(p.result.Days[0]) {
		since = " (from " + f.Day.Format(time.DateOnly) + ")"
	}
	fmt.Fprintf(p.std.out, "%s: %s. %s%s\n", p.place(f.At), f.Title, f.Message, since)
	for _, s := range f.Stories {
		fmt.Fprintf(p.std.out, "    %s\n", s)
	}
	for _, fix := range f.Fixes {
		fmt.Fprintf(p.std.out, "  fix: %s\n", fix.Says)
		for _, e := range fix.Edits {
			fmt.Fprintf(p.std.out, "    %s\n", p.edit(&e))
			for _, line := range e.Lines {
				fmt.Fprintf(p.std.out, "      %s\n", strings.TrimSpace(line))
			}
		}
	}
	fmt.Fprintln(p.std.out)
}

// edit says which lines an edit is about.
func (p *proofPrinter) edit(e *finding.Edit) string {
	file := place(p.dir, strictyaml.Problem{File: e.File}).File
	switch {
	case len(e.Lines) == 0 && e.Until == e.From+1:
		return fmt.Sprintf("%s: delete line %d", file, e.From)
	case len(e.Lines) == 0:
		return fmt.Sprintf("%s: delete the lines %d to %d", file, e.From, e.Until-1)
	case e.From == e.Until:
		return fmt.Sprintf("%s: put before line %d:", file, e.From)
	}
	return fmt.Sprintf("%s: line %d becomes:", file, e.From)
}

func days(all []time.Time) string {
	var out []string
	for _, d := range all {
		out = append(out, d.Format(time.DateOnly))
	}
	return strings.Join(out, ", ")
}
