package main

import (
	"strings"

	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type (
	proofJSON struct {
		Sound      bool            `json:"sound"`
		Days       []string        `json:"days"`
		Tables     []tableJSON     `json:"tables"`
		Guardrails []guardrailJSON `json:"guardrails"`
		Findings   []findingJSON   `json:"findings"`
	}
	tableJSON struct {
		Table    string `json:"table"`
		Rules    int    `json:"rules"`
		Complete bool   `json:"complete"`
		Default  string `json:"default"`
		Story    string `json:"defaultStory,omitempty"`
	}
	guardrailJSON struct {
		ID    string        `json:"id"`
		State finding.State `json:"state"`
		Says  string        `json:"says"`
		Test  string        `json:"test,omitempty"`
	}
	findingJSON struct {
		Code     string    `json:"code"`
		File     string    `json:"file"`
		Line     int       `json:"line"`
		Col      int       `json:"col"`
		ID       string    `json:"id"`
		Table    string    `json:"table,omitempty"`
		Others   []string  `json:"others,omitempty"`
		From     string    `json:"from"`
		Title    string    `json:"title"`
		Message  string    `json:"message"`
		Stories  []string  `json:"stories,omitempty"`
		Concerns []string  `json:"concerns,omitempty"`
		Fixes    []fixJSON `json:"fixes,omitempty"`
	}
	fixJSON struct {
		Says    string     `json:"says"`
		Changes []string   `json:"changes"`
		Edits   []editJSON `json:"edits"`
	}
	editJSON struct {
		File  string   `json:"file"`
		From  int      `json:"fromLine"`
		Until int      `json:"untilLine"` // not replaced itself
		Lines []string `json:"lines"`
	}
)

func (p *proofPrinter) json() error {
	r := p.result
	out := proofJSON{Sound: len(r.Findings) == 0, Days: strings.Split(days(r.Days), ", "), Tables: []tableJSON{}, Guardrails: []guardrailJSON{}, Findings: []findingJSON{}}
	for _, t := range r.Tables {
		out.Tables = append(out.Tables, tableJSON{t.Name, t.Rules, t.Complete, t.Default, t.Story})
	}
	for _, g := range r.Guardrails {
		out.Guardrails = append(out.Guardrails, guardrailJSON{g.ID, g.State, g.Says, g.Test})
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		file := place(p.dir, strictyaml.Problem{File: f.At.File}).File
		x := findingJSON{Code: f.Code, File: file, Line: f.At.Line, Col: f.At.Col, ID: f.ID, Table: f.Table, Others: f.Others,
			From: days(r.Days[:1]), Title: f.Title, Message: f.Message, Stories: f.Stories, Concerns: f.Concerns}
		if !f.Day.Equal(r.Days[0]) {
			x.From = f.Day.Format("2006-01-02")
		}
		for _, fix := range f.Fixes {
			x.Fixes = append(x.Fixes, p.fixJSON(&fix))
		}
		out.Findings = append(out.Findings, x)
	}
	return printJSON(p.std, out)
}

func (p *proofPrinter) fixJSON(fix *finding.Fix) fixJSON {
	out := fixJSON{Says: fix.Says, Changes: fix.Changes}
	for _, e := range fix.Edits {
		file := place(p.dir, strictyaml.Problem{File: e.File}).File
		out.Edits = append(out.Edits, editJSON{file, e.From, e.Until, some(e.Lines)})
	}
	return out
}

// sarif prints the findings for code scanning pages, with their stories and
// fixes in the message.
func (p *proofPrinter) sarif() error {
	var problems []strictyaml.Problem
	for i := range p.result.Findings {
		f := &p.result.Findings[i]
		text := append([]string{f.Title + ". " + f.Message + "."}, f.Stories...)
		for _, fix := range f.Fixes {
			text = append(text, "Fix: "+fix.Says)
		}
		problems = append(problems, place(p.dir, strictyaml.Problem{
			File: f.At.File, Line: f.At.Line, Col: f.At.Col, Severity: strictyaml.Error, Code: f.Code, Message: strings.Join(text, " ")}))
	}
	return printSARIF(p.std, problems)
}
