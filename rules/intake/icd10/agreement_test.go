package icd10

import (
	"slices"
	"strings"
	"testing"
)

const (
	wantShare   = 0.98 // of the rows must agree with the reference
	maxReported = 10   // unlisted differences, then a test gives up
)

// agreement counts the rows and the codes on which the table and the reference
// agree. A row agrees if every code that stands for it does.
type agreement struct {
	what, kind   string
	ours, theirs func(code string) string
	listed       *differences

	rows, codes, codesAlike, unlisted int
	differ                            []string // the first code of each row that does not agree
}

func (a *agreement) row(t *testing.T, codes []string) {
	t.Helper()
	a.rows++
	first := ""
	for _, code := range codes {
		a.codes++
		ours, theirs := a.ours(code), a.theirs(code)
		if ours == theirs {
			a.codesAlike++
			continue
		}
		if first == "" {
			first = code
		}
		if a.listed.explain(a.kind, code, theirs, ours) {
			continue
		}
		if a.unlisted++; a.unlisted == maxReported {
			t.Fatalf("%s: and more that are not listed", a.what)
		}
		t.Errorf("%s of %s is %s, the reference says %s, and %s does not say why", a.kind, code, ours, theirs, differencesFile)
	}
	if first != "" {
		a.differ = append(a.differ, first)
	}
}

func (a *agreement) report(t *testing.T) (share float64) {
	t.Helper()
	alike := a.rows - len(a.differ)
	share = float64(alike) / float64(a.rows)
	t.Logf("%s: %d of %d rows agree (%.2f %%), %d of %d codes (%.2f %%)", a.what, alike, a.rows, 100*share,
		a.codesAlike, a.codes, 100*float64(a.codesAlike)/float64(a.codes))
	if len(a.differ) > 0 {
		t.Logf("%s: differ at %s", a.what, strings.Join(a.differ[:min(len(a.differ), 2*maxReported)], " "))
	}
	return share
}

func (a *agreement) require(t *testing.T) {
	t.Helper()
	if share := a.report(t); share < wantShare {
		t.Errorf("%s: under %.0f %%", a.what, 100*wantShare)
	}
}

func TestAgreementOfChronicity(t *testing.T) {
	ref, listed := loadReference(t), loadDifferences(t)
	about := func(what string) *agreement {
		return &agreement{what: what, kind: "chronicity", listed: listed,
			ours:   func(code string) string { return Classify(code).Chronicity.String() },
			theirs: func(code string) string { return ref.chronicity(code).String() }}
	}
	a := about("rows of the prefixes")
	for _, r := range ref.prefixes {
		a.row(t, standIns(r.prefix))
	}
	a.require(t)

	a = about("rows of the injury exceptions")
	for _, r := range ref.exceptions {
		a.row(t, injuryStandIns(r.prefix))
	}
	a.require(t)

	a = about("injury categories at every visit")
	for c := range categories("S00", "T88") {
		a.row(t, everyVisit(c))
	}
	a.require(t)

	a = about("missed doses the reference lacks")
	for _, c := range missedDoses {
		a.row(t, injuryStandIns(c))
	}
	a.report(t)

	a = about("categories outside injuries and causes")
	for c := range categories("A00", "Z99") {
		if c[0] != 'S' && c[0] != 'T' && !isCause(c) {
			a.row(t, standIns(c))
		}
	}
	a.require(t)
	listed.checkAllFound(t, "chronicity")
}

func TestAgreementOfOverrides(t *testing.T) {
	ref, listed := loadReference(t), loadDifferences(t)
	about := func(what string) *agreement {
		return &agreement{what: what, kind: "override", listed: listed,
			ours:   func(code string) string { return Classify(code).Override.String() },
			theirs: func(code string) string { return ref.override(code).String() }}
	}
	a := about("rows of the overrides")
	for _, r := range ref.overrides {
		a.row(t, standIns(r.prefix))
	}
	a.require(t)

	a = about("overrides the reference lacks")
	for c := range categories("A00", "Z99") {
		a.row(t, standIns(c))
	}
	for _, code := range tableCodes() {
		a.row(t, standIns(code))
	}
	a.report(t)
	listed.checkAllFound(t, "override")
}

// tableCodes are the codes at which the table begins to say something else.
func tableCodes() []string {
	var codes []string
	for _, k := range Default().starts {
		codes = append(codes, strings.ReplaceAll(k.String(), ".", ""))
	}
	return slices.DeleteFunc(codes, func(c string) bool { return !Classify(c).Known() })
}
