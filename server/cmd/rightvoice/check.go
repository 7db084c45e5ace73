package main

import (
	"context"
	"fmt"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
)

const checkAbout = `
Checks a content folder: types, references, words and promises. Every problem
is printed with its file, line and column and what was probably meant, and
then the guardrails that nothing holds yet. Guardrails over the tables are
proved for every possible member; one that does not hold is printed with a
member that shows it. Without DIR it checks the content that the program comes
with. Exit code 3 if a problem is an error.`

// findings is what check has to say.
type findings struct {
	revision string // empty if the content can't be used
	problems []strictyaml.Problem
	notHeld  []notHeld
}

// notHeld is a guardrail that a part still to come will hold.
type notHeld struct {
	ID   string `json:"id"`
	Says string `json:"says"`
}

func runCheck(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "check", "[flags] [DIR]", checkAbout)
	form := output(f, "text", "json", "sarif")
	at := &moment{}
	f.Var(at, "at", "the `day` on which the content will be used; empty: today")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return badArguments("check takes one folder")
	}
	found, err := check(first(rest), at.orNow())
	if err != nil {
		return err
	}
	switch form.value {
	case "json":
		err = found.printJSON(std)
	case "sarif":
		err = found.printSARIF(std)
	default:
		found.print(std)
	}
	if err == nil && found.errors() > 0 {
		err = &exit{code: exitCheck}
	}
	return err
}

func check(dir string, at time.Time) (*findings, error) {
	fsys, err := folder(dir)
	if err != nil {
		return nil, err
	}
	rev, problems := content.Load(fsys, at)
	found := &findings{}
	if rev != nil {
		_, more := casefile.Load(rev.Files, rev.Set)
		problems = append(problems, more...)
		problems = append(problems, brokenGuardrails(rev.Set)...)
		if more, err = missingGuardrails(rev.Set, at); err != nil {
			return nil, err
		}
		problems = append(problems, more...)
		found.revision = rev.ID
		for _, g := range rev.Set.Guardrails() {
			if g.HeldBy == "later" {
				says, _ := g.Says.In("en")
				found.notHeld = append(found.notHeld, notHeld{g.ID, says})
			}
		}
		if _, err := recommend.NewSnapshot(rev); err != nil {
			return nil, err
		}
	}
	for _, p := range problems {
		found.problems = append(found.problems, place(dir, p))
	}
	return found, nil
}

func (x *findings) errors() int {
	n := 0
	for _, p := range x.problems {
		if p.Severity == strictyaml.Error {
			n++
		}
	}
	return n
}

func (x *findings) print(std streams) {
	for _, p := range x.problems {
		fmt.Fprintln(std.out, p)
	}
	errors := x.errors()
	fmt.Fprintf(std.out, "%s, %s\n", count(errors, "error", "errors"), count(len(x.problems)-errors, "warning", "warnings"))
	if x.revision != "" {
		fmt.Fprintf(std.out, "revision %s\n", x.revision)
	}
	if len(x.notHeld) > 0 {
		fmt.Fprintln(std.out, "\nguardrails not yet held:")
	}
	for _, g := range x.notHeld {
		fmt.Fprintf(std.out, "  %s  %s\n", g.ID, g.Says)
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (x *findings) printJSON(std streams) error {
	type problem struct {
		File       string `json:"file"`
		Line       int    `json:"line"`
		Col        int    `json:"col"`
		Severity   string `json:"severity"`
		Code       string `json:"code"`
		Message    string `json:"message"`
		Suggestion string `json:"suggestion,omitempty"`
	}
	out := struct {
		Revision string    `json:"revision,omitempty"`
		Errors   int       `json:"errors"`
		Problems []problem `json:"problems"`
		NotHeld  []notHeld `json:"guardrailsNotHeld"`
	}{x.revision, x.errors(), []problem{}, append([]notHeld{}, x.notHeld...)}
	for _, p := range x.problems {
		out.Problems = append(out.Problems, problem{p.File, p.Line, p.Col, p.Severity.String(), p.Code, p.Message, p.Suggestion})
	}
	return printJSON(std, out)
}
