package main

import (
	"maps"
	"net/url"
	"path/filepath"
	"slices"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// SARIF 2.1.0, as far as code scanning pages read it.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Columns string        `json:"columnKind"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
		Col  int `json:"startColumn"`
	}
)

func (x *findings) printSARIF(std streams) error { return printSARIF(std, x.problems) }

func printSARIF(std streams, problems []strictyaml.Problem) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "rightvoice", Rules: []sarifRule{}}}, Columns: "unicodeCodePoints", Results: []sarifResult{}}
	codes := map[string]bool{}
	for _, p := range problems {
		codes[p.Code] = true
		run.Results = append(run.Results, sarifResultOf(p))
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{code})
	}
	return printJSON(std, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func sarifResultOf(p strictyaml.Problem) sarifResult {
	text := p.Message
	if p.Suggestion != "" {
		text += " (did you mean " + p.Suggestion + "?)"
	}
	region := sarifRegion{max(p.Line, 1), max(p.Col, 1)}
	file := url.URL{Path: filepath.ToSlash(p.File)} // a blank in a path is no part of a URI
	return sarifResult{RuleID: p.Code, Level: p.Severity.String(), Message: sarifText{text},
		Locations: []sarifLocation{{sarifPhysical{sarifArtifact{file.String()}, region}}}}
}
