package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

const testAbout = `
Runs the cases of a content folder (cases/*.yaml) and prints those that get
another answer than they expect, and which rules and advice no case reaches.
Without DIR it runs those that the program comes with. Exit code 4 if a case
fails.`

func runTest(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "test", "[flags] [DIR]", testAbout)
	form := output(f, "text", "json")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return badArguments("test takes one folder")
	}
	dir := first(rest)
	e, err := newEngine(std, dir, casefile.DefaultAt)
	if err != nil {
		return err
	}
	cases, problems := casefile.Load(e.revision.Files, e.revision.Set)
	if err := unusable(std, dir, problems); err != nil {
		return err
	}
	for i := range cases {
		cases[i].Pos.File = place(dir, strictyaml.Problem{File: cases[i].Pos.File}).File
	}
	results := casefile.Run(cases, e.answer, casefile.Whole)
	cover := casefile.Cover(e.revision.Set, results)
	if form.value == "json" {
		err = printTestJSON(std, results, &cover)
	} else if err = casefile.Failures(std.out, results); err == nil {
		err = cover.Write(std.out)
	}
	if err == nil && failed(results) > 0 {
		err = &exit{code: exitTest}
	}
	return err
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// unusable prints problems and fails if one of them is an error.
func unusable(std streams, dir string, problems []strictyaml.Problem) error {
	bad := false
	for _, p := range problems {
		fmt.Fprintln(std.err, place(dir, p))
		bad = bad || p.Severity == strictyaml.Error
	}
	if bad {
		return &exit{exitCheck, "these cases can't be run"}
	}
	return nil
}

func failed(results []casefile.Result) int {
	n := 0
	for i := range results {
		if !results[i].Holds() {
			n++
		}
	}
	return n
}

func printTestJSON(std streams, results []casefile.Result, cover *casefile.Coverage) error {
	type failure struct {
		ID    string   `json:"id"`
		Place string   `json:"place"`
		About string   `json:"about"`
		Wrong []string `json:"wrong"`
	}
	type rule struct {
		Table string `json:"table"`
		ID    string `json:"id"`
	}
	out := struct {
		Cases       int       `json:"cases"`
		Failed      []failure `json:"failed"`
		Rules       int       `json:"rules"`
		RulesHit    int       `json:"rulesReached"`
		Items       int       `json:"items"`
		ItemsHit    int       `json:"itemsReached"`
		MissedRules []rule    `json:"missedRules"`
		MissedItems []string  `json:"missedItems"`
	}{Cases: len(results), Failed: []failure{}, Rules: cover.Rules, RulesHit: cover.RulesHit, Items: cover.Items, ItemsHit: cover.ItemsHit,
		MissedRules: []rule{}, MissedItems: append([]string{}, cover.MissedItems...)}
	for i := range results {
		if r := &results[i]; !r.Holds() {
			out.Failed = append(out.Failed, failure{r.Case.ID, r.Case.Pos.String(), r.Case.About, r.Wrong})
		}
	}
	for _, r := range cover.MissedRules {
		out.MissedRules = append(out.MissedRules, rule{r.Table, r.ID})
	}
	return printJSON(std, out)
}

func printJSON(std streams, v any) error {
	enc := json.NewEncoder(std.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
