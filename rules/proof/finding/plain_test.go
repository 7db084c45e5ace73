package finding

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// defect is the default content with one file spoilt.
type defect struct {
	name string
	fsys fs.FS
}

var (
	outcomeLine   = regexp.MustCompile(`^    then: ([a-z]+)$`)
	amountLine    = regexp.MustCompile(`at_most: (\d+) days`)
	conditionLine = regexp.MustCompile(`^ {6,14}- [a-z_]+: \{.*\}$`)
	benefitLine   = regexp.MustCompile(`^    benefit: `)
	titleLine     = regexp.MustCompile(`^    title: `)
	ruleLine      = regexp.MustCompile(`^  - id: `)
)

// defects spoils every rule of the default content in turn: another outcome,
// another number, a condition less, the rule gone or there twice; and every item
// without its benefit.
func defects(t *testing.T) []defect {
	t.Helper()
	base := os.DirFS("../../content")
	var out []defect
	spoil := func(what string, x *text, e *Edit) {
		out = append(out, defect{fmt.Sprintf("%s:%d %s", x.file, e.From, what), &overlay{base, map[string][]byte{x.file: x.with(e)}}})
	}
	files, err := fs.Glob(base, "advice/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "mindset.yaml", "sender.yaml") {
		x, err := read(base, file)
		if err != nil {
			t.Fatal(err)
		}
		rules := !strings.HasPrefix(file, "advice/")
		for i, line := range x.lines {
			n := i + 1
			switch m := outcomeLine.FindStringSubmatch(line); {
			case !rules && benefitLine.MatchString(line):
				spoil("without its benefit", x, &Edit{file, n, n + 1, nil})
			case !rules:
			case m != nil:
				for _, o := range others(m[1]) {
					spoil("says "+o, x, x.change(n, "    then: "+o))
				}
			case amountLine.MatchString(line):
				spoil("stops early", x, x.change(n, amountLine.ReplaceAllString(line, "at_most: 2 days")))
			case conditionLine.MatchString(line) && strings.TrimSpace(x.lines[i-1]) != "when:":
				spoil("asks less", x, &Edit{file, n, n + 1, nil})
			case ruleLine.MatchString(line):
				from, until := entryAt(x, n)
				spoil("is gone", x, &Edit{file, from, until, nil})
				spoil("is there twice", x, &Edit{file, until, until, twin(x.lines[from-1 : until-1])})
			}
		}
	}
	return out
}

func entryAt(x *text, n int) (from, until int) {
	until = n + 1
	for until <= len(x.lines) && (strings.HasPrefix(x.lines[until-1], "    ") || x.lines[until-1] == "") {
		until++
	}
	return n, until
}

// twin is a rule again, without a title and with another outcome.
func twin(lines []string) []string {
	var out []string
	for i, line := range lines {
		if m := outcomeLine.FindStringSubmatch(line); m != nil {
			line = "    then: " + others(m[1])[0]
		}
		switch {
		case i == 0:
			line += "-twin"
		case titleLine.MatchString(line):
			continue
		}
		out = append(out, line)
	}
	return out
}

// others are the outcomes of the same table.
func others(outcome string) []string {
	for _, all := range [][]string{{"patient", "consumer", "undetermined"}, {"provider", "insurer", "nobody"}} {
		if slices.Contains(all, outcome) {
			return slices.DeleteFunc(all, func(o string) bool { return o == outcome })
		}
	}
	return nil
}

// signs are what only programs read: braces, and names of operators.
var signs = regexp.MustCompile(`[{}\[\]<>]|:\s*(is|at_|between|known|includes)\b|[a-z]+_[a-z]+`)

var english = regexp.MustCompile(`(?i)\b(the|of|is|are|was|were|and|or|not|with|who|whom|whose|which|rules?|members?|provider|insurer|speaks?|would|asks?|about|days?|hours?|weeks?|years?|` +
	`patient|consumer|mindset|sender|known|tier|advice|benefits?|answered|told|before|after|nobody|everybody|includes?|topic|care|least|most|more|less|than|delete|make|add|let|move|treat|if|otherwise)\b`)

// checkWords demands that a text is words of one language and nothing else.
func checkWords(t *testing.T, ids []string, language, where, said string) {
	t.Helper()
	if m := signs.FindString(said); m != "" {
		t.Errorf("%s: %q in %s", where, m, said)
	}
	for _, id := range ids {
		if strings.Contains(said, id) {
			t.Errorf("%s: the id %s in %s", where, id, said)
		}
	}
	if m := english.FindString(said); language == "es" && m != "" {
		t.Errorf("%s: %q in %s", where, m, said)
	}
	if said == "" || strings.Contains(said, "  ") || strings.Contains(said, " ,") || strings.Contains(said, "..") {
		t.Errorf("%s: says %q", where, said)
	}
}

// idsOf are the ids that no sentence may hold. Those of one word are left out:
// they are words.
func idsOf(set *ruleset.Set) []string {
	var out []string
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for _, r := range set.Rows(table) {
			out = append(out, r.ID)
		}
	}
	for _, i := range set.Items() {
		out = append(out, i.ID)
	}
	for _, id := range set.Catalogue().All() {
		out = append(out, set.Catalogue().Def(id).Name)
	}
	return slices.DeleteFunc(out, func(id string) bool { return !strings.ContainsAny(id, "-_") })
}

// TestWordsOfFindings plants some 250 defects and reads every sentence about
// them, in both languages: titles, messages, stories, and all that could be done,
// whether or not it would mend the defect.
func TestWordsOfFindings(t *testing.T) {
	all := defects(t)
	if len(all) < 200 {
		t.Fatalf("%d defects only", len(all))
	}
	var session proof.Session
	all = append(all, defect{"a budget of three steps", os.DirFS("../../content")})
	found, fixes, codes := 0, 0, map[string]int{}
	for i, d := range all {
		if testing.Short() && i%12 != 0 && i != len(all)-1 {
			continue
		}
		set, problems := ruleset.LoadDraft(d.fsys, day)
		if set == nil {
			t.Fatalf("%s: %v", d.name, problems)
		}
		report, ids := session.Check(set, proof.DefaultBudget), idsOf(set)
		if i == len(all)-1 {
			report = proof.Check(set, 3)
		}
		for _, language := range []string{"en", "es"} {
			o := Options{Language: language}
			r := teller{set: set, options: &o, day: day, printer: printer(set, language)}
			f := fixer{prover: &prover{options: o}}
			for _, table := range r.tables(&report) {
				if table.Story == "" {
					continue
				}
				checkWords(t, ids, language, d.name, table.Story)
			}
			for _, x := range r.findings(&report) {
				found++
				codes[x.Code]++
				for _, said := range append([]string{x.Title, x.Message}, x.Stories...) {
					checkWords(t, ids, language, d.name, said)
				}
				for _, s := range f.steps(&attempt{files: overlay{d.fsys, nil}}, set, &x) {
					if s.edit == nil {
						continue
					}
					fixes++
					checkWords(t, ids, language, d.name, r.printer.Together(s.says).String())
				}
			}
		}
	}
	t.Logf("%d defects: %d findings %v, %d steps", len(all), found, codes, fixes)
	if !testing.Short() && (found < 400 || fixes < 1000 || len(codes) < 5) {
		t.Errorf("%d findings, %d steps of %v: too few to tell", found, fixes, codes)
	}
}
