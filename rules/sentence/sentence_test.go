package sentence

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everything prints all there is, a line each.
func everything(set *ruleset.Set, tag string) string {
	p := New(set, tag)
	var b strings.Builder
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i := range set.Rows(table) {
			fmt.Fprintln(&b, p.Row(&set.Rows(table)[i]))
		}
	}
	for i := range set.Items() {
		fmt.Fprintln(&b, p.Item(&set.Items()[i]))
	}
	for i := range set.Guardrails() {
		fmt.Fprintln(&b, p.Guardrail(&set.Guardrails()[i]))
	}
	var f fact.Facts
	fmt.Fprintln(&b, p.Member(&f, nil))
	f.SetRaw(fact.HoursSinceAcuteCare, 48)
	f.SetRaw(fact.ChronicDx, 0b101)
	f.SetRaw(fact.CareGap, 0)
	f.SetBool(fact.AcuteDxActive, true)
	f.SetRaw(fact.A1cPct, 6400)
	f.SetRaw(fact.BPSystolic, 180)
	f.SetRaw(fact.LocalHour, 21)
	fmt.Fprintln(&b, p.Member(&f, map[fact.ID]int64{fact.Topic: 1, fact.SenderIs: int64(decision.Insurer)}))
	for _, code := range []decision.Reason{decision.SafetyOverride, decision.MemberChoice, decision.NoBenefit, decision.ConsentMissing} {
		fmt.Fprintln(&b, p.Reason(code))
	}
	fmt.Fprintln(&b, p.Reason(decision.InsufficientFacts, p.Label(fact.CoverageStatus), p.Label(fact.AgeYears)))
	fmt.Fprintln(&b, p.NoRules())
	fmt.Fprintln(&b, p.SeePlan())
	return b.String()
}

func TestGolden(t *testing.T) {
	set := load(t)
	for _, tag := range []string{"en", "es"} {
		name, got := "testdata/words."+tag+".txt", everything(set, tag)
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs:\n%s", name, got)
		}
		if strings.ContainsAny(got, "{}") || strings.Contains(got, "  ") {
			t.Errorf("%s holds an unfilled place or two blanks", name)
		}
	}
	if everything(set, "vi") != everything(set, "en") {
		t.Error("a language without words is not printed in English")
	}
}

// TestTokensSpellTheCondition builds every comparison again from the tokens at
// its path: an editor that shows tokens can write the rule back.
func TestTokensSpellTheCondition(t *testing.T) {
	set := load(t)
	for _, tag := range []string{"en", "es"} {
		p, checked := New(set, tag), 0
		check := func(name string, when *ruleset.Condition) {
			byPath := map[string]string{}
			for _, token := range p.Condition(when) {
				if token.Kind == Plain {
					continue
				}
				if token.Kind == Fact {
					byPath[token.Path] = token.Ref + " " + byPath[token.Path]
				} else {
					byPath[token.Path] += token.Ref + " "
				}
			}
			each(when, "", func(path string, c *ruleset.Condition) {
				checked++
				if got, want := strings.TrimSpace(byPath[path]), spelled(set, c); got != want {
					t.Errorf("%s in %s at %q: the tokens say %q, the rule %q", name, tag, path, got, want)
				}
			})
		}
		for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
			for _, row := range set.Rows(table) {
				check(row.ID, row.When)
			}
		}
		for _, item := range set.Items() {
			check(item.ID, item.Eligible())
		}
		if checked < 15 {
			t.Errorf("only %d comparisons were looked at", checked)
		}
	}
}

func each(c *ruleset.Condition, path string, f func(string, *ruleset.Condition)) {
	switch {
	case c == nil:
	case c.Op == ruleset.AllOf || c.Op == ruleset.AnyOf:
		for i, x := range c.Of {
			each(x, join(path, i), f)
		}
	default:
		f(path, c)
	}
}

// spelled is a comparison as its tokens' Refs should spell it.
func spelled(set *ruleset.Set, c *ruleset.Condition) string {
	d := set.Catalogue().Def(c.Column)
	words := []string{d.Name, c.Op.String()}
	switch {
	case c.Op == ruleset.Known:
		words = append(words, "known")
	case d.Kind == fact.Bool && c.Values[0] == 1:
		words = words[:1] // the phrase alone says so
	case d.Kind == fact.Bool:
	case c.Op == ruleset.IncludesAny && len(c.Values) == len(d.Values) && len(d.Values) > 2:
		words = append(words, "*")
	default:
		for _, v := range c.Values {
			if d.Kind == fact.Enum || d.Kind == fact.Set {
				words = append(words, d.Values[v])
			} else {
				words = append(words, number(d, v))
			}
		}
	}
	return strings.Join(words, " ")
}

func TestEnglishPlural(t *testing.T) {
	for subject, want := range map[string]bool{
		"the pages seen in the last day ": true, "the benefits the member has ": true, "the member's words ": true, "the emergency signs ": true,
		"the hospital move in the last three days ": false, "the care that is due ": false, "the news about a claim ": false, "the body mass index ": false,
		"the drug is taken in a way that ": false, "the one who is looking ": false, "surgery ": false, "the reason of the calls ": false,
	} {
		if englishPlural(subject) != want {
			t.Errorf("%q counts as plural: %v", subject, !want)
		}
	}
}
