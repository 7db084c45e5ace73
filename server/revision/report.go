package revision

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Part is one of the things a content must pass.
type Part uint8

const (
	PartCheck Part = 1 << iota // types, references, words and promises
	PartCases                  // the examples beside the rules
	PartProof                  // dead rules, conflicts, guardrails, for every member
	AllParts  = PartCheck | PartCases | PartProof
)

// Report is what check, cases and proof say about one content on one day.
type Report struct {
	Digest   Digest
	Day      time.Time
	Parts    Part   // those that were run; errors keep cases and proof from running
	Revision string // its id on that day; empty if it can't be used
	Problems []strictyaml.Problem
	Cases    int
	Failed   []FailedCase
	Proof    *finding.Result `json:",omitempty"`
}

// FailedCase is a case that gets another answer than it expects.
type FailedCase struct {
	ID, About string
	At        strictyaml.Pos
	Wrong     []string
}

// Green reports whether all parts were run and nothing speaks against using the
// content.
func (r *Report) Green() bool {
	return r.Parts == AllParts && r.errors() == 0 && len(r.Failed) == 0 && r.Proof != nil && len(r.Proof.Findings) == 0
}

func (r *Report) errors() int {
	n := 0
	for _, p := range r.Problems {
		if p.Severity == strictyaml.Error {
			n++
		}
	}
	return n
}
