package content

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/safety"
)

var (
	defaultSet = sync.OnceValue(func() *ruleset.Set {
		set, _ := ruleset.Load(Default(), today)
		return set
	})
	proofs = sync.OnceValue(func() proof.Report { return proof.Check(defaultSet(), proof.DefaultBudget) })
)

// proved holds a table guardrail over every possible member.
func proved(t *testing.T, id string) {
	t.Helper()
	set := defaultSet()
	for _, g := range proofs().Guardrails {
		if rail := &set.Guardrails()[g.Guardrail]; rail.ID == id {
			if g.Answer != proof.Proved {
				t.Errorf("%s is %s: topic %s, decision %+v", id, g.Answer, set.Topics()[g.Example.Topic].ID, set.Decide(&g.Example.Facts, g.Example.Topic))
			}
			return
		}
	}
	t.Errorf("there is no guardrail %s", id)
}

func TestG05InsurerNeverAdvisesOnCare(t *testing.T)    { proved(t, "G05") }
func TestG06InsurerNeedsABenefit(t *testing.T)         { proved(t, "G06") }
func TestG07ProviderNeverAnswersCoverage(t *testing.T) { proved(t, "G07") }
func TestG23BenefitMustBeActive(t *testing.T)          { proved(t, "G23") }
func TestG28MindsetIgnoresWhoTheMemberIs(t *testing.T) { proved(t, "G28") }
func TestG32BothSidesSeeTheSameOwner(t *testing.T)     { proved(t, "G32") }
func TestG33CoverageAnsweredInHospital(t *testing.T)   { proved(t, "G33") }

// TestTablesAreSound finds rules that no member reaches, rules of one tier that
// disagree, items that nobody can be given, and guardrails that do not hold.
func TestTablesAreSound(t *testing.T) {
	set, report := defaultSet(), proofs()
	for _, table := range report.Tables {
		rows := set.Rows(table.Table)
		for _, d := range table.Dead {
			t.Errorf("no member reaches the %s rule %s", table.Table, rows[d.Row].ID)
		}
		for _, c := range table.Conflicts {
			t.Errorf("the %s rules %s and %s disagree", table.Table, rows[c.Rows[0]].ID, rows[c.Rows[1]].ID)
		}
	}
	if !report.Sound() {
		t.Errorf("the rules are not sound: %+v", report)
	}
}

// member is any member at all: each fact unknown or at random.
func member(r *rand.Rand, c *fact.Catalogue) fact.Facts {
	var f fact.Facts
	for _, id := range c.All() {
		d := c.Def(id)
		if id >= fact.MaxFacts || d.Kind == fact.Opaque || r.IntN(3) == 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetRaw(id, r.Int64N(2))
		case fact.Enum:
			f.SetRaw(id, r.Int64N(int64(len(d.Values))))
		case fact.Set:
			f.SetRaw(id, r.Int64N(1<<len(d.Values)))
		default:
			f.SetRaw(id, d.Min+r.Int64N(min(d.Max-d.Min, 900)+1))
		}
	}
	return f
}

// anyMember calls f with many members and topics.
func anyMember(t *testing.T, f func(facts *fact.Facts, topic uint16) bool) {
	t.Helper()
	set := defaultSet()
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		facts, topic := member(r, set.Catalogue()), uint16(r.IntN(len(set.Topics())))
		if !f(&facts, topic) {
			t.Fatalf("broken by the topic %s: %+v", set.Topics()[topic].ID, set.Decide(&facts, topic))
		}
	}
}

func TestG01EmergencySignsWinOverEverything(t *testing.T) {
	set := defaultSet()
	anyMember(t, func(f *fact.Facts, topic uint16) bool {
		signs := f.Raw(fact.TextRedFlag)
		if signs == 0 {
			f.SetRaw(fact.TextRedFlag, 1<<(int(topic)%len(fact.RedFlags)))
		}
		d := set.Decide(f, topic)
		return d.Sender == decision.Safety && d.Notice != decision.NoNotice && len(d.Advice()) == 0
	})
}

func TestG02SelfHarmGets988AndNothingElse(t *testing.T) {
	set := defaultSet()
	anyMember(t, func(f *fact.Facts, topic uint16) bool {
		f.SetRaw(fact.TextRedFlag, 1<<fact.FlagSuicide)
		f.Forget(fact.BPSystolic)
		d := set.Decide(f, topic)
		return d.Notice == decision.Crisis988 && len(d.Advice()) == 0
	})
	for _, language := range []string{"en", "es"} {
		title, text, _ := safety.Text(decision.Crisis988, language)
		if words := title + " " + text; !strings.Contains(words, "988") || !strings.Contains(words, "911") || regexp.MustCompile(`(?i)plan|benefit|beneficio|coach`).MatchString(words) {
			t.Errorf("the crisis notice in %s says %q", language, words)
		}
	}
}

// TestG13WithoutConsentSubstanceUseIsUnknown compares members with and without
// a substance-use disorder.
func TestG13WithoutConsentSubstanceUseIsUnknown(t *testing.T) {
	set := defaultSet()
	lexicon, problems := intake.LoadLexicon(Default(), set.Catalogue())
	if lexicon == nil {
		t.Fatal(problems)
	}
	c := set.Catalogue()
	sud, _ := c.Value(fact.ChronicDx, "sud")
	asthma := []intake.Diagnosis{{System: intake.ICD10CM, Code: "J45.40"}}
	differ := map[string]bool{}
	for i, consent := range append([]string{""}, c.Def(fact.Part2Consent).Values...) {
		anyMember(t, func(f *fact.Facts, topic uint16) bool {
			f.Forget(fact.Part2Consent)
			if consent != "" {
				f.SetRaw(fact.Part2Consent, int64(i-1))
			}
			f.SetRaw(fact.ChronicDx, f.Raw(fact.ChronicDx)&^(1<<sud))
			if f.Raw(fact.ChronicDx) == 0 {
				f.Forget(fact.ChronicDx)
			}
			with := *f
			with.Add(fact.ChronicDx, sud)
			a, _ := lexicon.Gather(intake.Question{Facts: *f, Diagnoses: asthma, Now: today, Topic: topic, HasTopic: true})
			b, _ := lexicon.Gather(intake.Question{Facts: with, Diagnoses: asthma, Now: today, Topic: topic, HasTopic: true})
			same := set.Decide(&a, topic) == set.Decide(&b, topic)
			if !same {
				differ[consent] = true
			}
			return same || consent == "tpo" || consent == "specific"
		})
	}
	if !differ["tpo"] || !differ["specific"] {
		t.Error("a substance-use disorder tells nothing even with consent")
	}
}

func TestG30EveryDecisionHasAReason(t *testing.T) {
	set := defaultSet()
	anyMember(t, func(f *fact.Facts, topic uint16) bool {
		d := set.Decide(f, topic)
		for table, row := range map[ruleset.Table]int32{ruleset.MindsetTable: d.MindsetRow, ruleset.SenderTable: d.SenderRow} {
			r := set.Row(table, row)
			if r == nil && row != decision.BySafety && row != decision.ByMemberChoice || r != nil && (r.Because["en"] == "" || r.Because["es"] == "") {
				return false
			}
		}
		return true
	})
}

func TestG34WithoutRulesOnlyEmergencies(t *testing.T) {
	var none *ruleset.Set
	anyMember(t, func(f *fact.Facts, topic uint16) bool {
		d := none.Decide(f, topic)
		return len(d.Advice()) == 0 && (d.Sender == decision.Nobody || d.Sender == decision.Safety && d.Notice != decision.NoNotice)
	})
}

// TestEveryGuardrailHasItsTest looks for the tests that guardrails name, and for
// guardrails that have no line.
func TestEveryGuardrailHasItsTest(t *testing.T) {
	tests := testNames(t)
	var ids []string
	for _, g := range defaultSet().Guardrails() {
		ids = append(ids, g.ID)
		if g.HeldBy != "later" && !slices.Contains(tests, g.Test) {
			t.Errorf("%s is to be held by %s, which is nowhere", g.ID, g.Test)
		}
		if g.Test != "" && !strings.HasPrefix(g.Test, "Test"+g.ID) {
			t.Errorf("the test of %s is called %s", g.ID, g.Test)
		}
	}
	if len(ids) < 34 || ids[0] != "G01" || ids[33] != "G34" || !slices.IsSorted(ids) {
		t.Errorf("the guardrails are %v", ids)
	}
}

var testName = regexp.MustCompile(`(?m)^func (Test[GR]\d\d\w*)\(`)

// testNames lists the tests of the whole repository that are named after a
// guardrail.
func testNames(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir("../..", func(path string, e os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (strings.HasPrefix(e.Name(), ".") && len(e.Name()) > 2 || e.Name() == "node_modules"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range testName.FindAllSubmatch(b, -1) {
			names = append(names, string(m[1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
