package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// brokenGuardrails reports the guardrails that the tables do not keep for every possible
// member, each with a member that shows it. Those that could not be settled
// are warnings: nothing is known against them.
func brokenGuardrails(set *ruleset.Set) []strictyaml.Problem {
	var problems []strictyaml.Problem
	words := sentence.New(set, "en")
	report := proof.Check(set, proof.DefaultBudget)
	for _, g := range report.Guardrails {
		if !g.Checked || g.Answer == proof.Proved {
			continue
		}
		rail := &set.Guardrails()[g.Guardrail]
		p := strictyaml.Problem{File: rail.File, Line: rail.Line, Col: rail.Col, Severity: strictyaml.Warning, Code: "guardrail-open",
			Message: fmt.Sprintf("it could not be settled whether %s holds for every member", rail.ID)}
		if g.Answer == proof.Found {
			d := set.Decide(&g.Example.Facts, g.Example.Topic)
			p.Severity, p.Code = strictyaml.Error, "guardrail-broken"
			p.Message = fmt.Sprintf("%s does not hold. %s", rail.ID, strings.TrimSuffix(words.Story(&g.Example.Facts, g.Example.Topic, &d).String(), "."))
		}
		problems = append(problems, p)
	}
	return problems
}

// missingGuardrails warns of guardrails over the tables that the built-in
// content has and a set does not: what nothing asks for, nothing proves. A set
// without any guardrails has its own warning.
func missingGuardrails(set *ruleset.Set, at time.Time) ([]strictyaml.Problem, error) {
	if len(set.Guardrails()) == 0 {
		return nil, nil
	}
	base, problems := content.Load(content.Default(), at)
	if base == nil {
		return nil, fmt.Errorf("built-in content: %v", problems)
	}
	var ids []string
	for _, g := range base.Set.Guardrails() {
		if g.HeldBy == "table" && !slices.ContainsFunc(set.Guardrails(), func(own ruleset.Guardrail) bool { return own.ID == g.ID }) {
			ids = append(ids, g.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return []strictyaml.Problem{{File: "guardrails.yaml", Line: 1, Col: 1, Severity: strictyaml.Warning, Code: "guardrail-missing",
		Message: fmt.Sprintf("the built-in content also has %s; nothing holds what is not here", strings.Join(ids, ", "))}}, nil
}
