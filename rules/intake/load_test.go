package intake

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// TestEveryMistakeIsNamed breaks the small lexicon in one place at a time.
func TestEveryMistakeIsNamed(t *testing.T) {
	right, err := os.ReadFile("testdata/small/lexicon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]struct{ old, new, code, says string }{
		"a key nobody knows":           {"pages:", "pagse:", "unknown-key", "pages"},
		"a topic nobody knows":         {"topic: medication, kind", "topic: medicine, kind", "unknown-topic", "medic"},
		"a topic of no table":          {"    topic: network\n", "    topic: vision\n", "topic-not-listed", "vision"},
		"a topic twice":                {"{topic: medication, kind: care, intent: medication}", "{topic: symptom, kind: care, intent: medication}", "topic-twice", "symptom"},
		"a topic the reader needs":     {"  - {topic: chronic_care, kind: chronic_care, intent: chronic_self_care}\n", "", "missing-topic", "chronic_care"},
		"a kind nobody knows":          {"kind: lifestyle", "kind: livestyle", "unknown-kind", "lifestyle"},
		"an intent nobody knows":       {"intent: lifestyle", "intent: lifstyle", "unknown-intent", "lifestyle"},
		"a role nobody knows":          {"role: complaint", "role: complain", "unknown-role", "complaint"},
		"no role":                      {"    role: complaint\n", "", "no-role", "hurts"},
		"a role of another kind":       {"role: asks_plan\n    topic: coverage", "role: asks_plan\n    topic: symptom", "role-kind", "coverage"},
		"care handed to the plan":      {"role: asks_advice\n    topic: medication", "role: asks_advice\n    topic: coverage", "role-kind", "care"},
		"a weight out of range":        {"weight: 2", "weight: 12", "bad-weight", "1 to 9"},
		"a flag nobody knows":          {"flag: chest_pain", "flag: chest_pian", "unknown-red-flag", "chest_pain"},
		"a signal nobody knows":        {"[baby, hot]", "[baby, hott]", "unknown-signal", "hot"},
		"a signal of two nobody knows": {"[arm, smile, words]", "[arm, smlie, words]", "unknown-signal", "smile"},
		"a set nobody knows":           {"<body> hurts", "<bdoy> hurts", "unknown-set", "body"},
		"a set the grammar needs":      {"  person: [i, my, he]\n", "", "missing-set", "person"},
		"a gap at the end":             {"[insurance]", "[insurance ..]", "bad-phrase", "gap"},
		"a phrase without a word":      {"[insurance]", "['!']", "bad-phrase", "no word"},
		"a phrase that is too long":    {"[insurance]", "[a b c d e f g h i]", "bad-phrase", "at most 8"},
		"alternatives of two words":    {"[insurance]", "[x-ray|scan done]", "bad-phrase", "brackets"},
		"a number that is none":        {"[insurance]", "[took 9-5 pills]", "bad-phrase", "400+"},
		"a call reason nobody knows":   {"what_is_covered: coverage", "what_is_coverd: coverage", "unknown-call-reason", "what_is_covered"},
		"a page nobody knows":          {"page: claims", "page: claim", "unknown-page", "claims"},
		"a form of two words":          {"[eat, ate]", "[eat, ate up]", "bad-form", "single"},
		"a form of another word":       {"[eat, ate]", "[eat, two]", "form-twice", "two"},
		"a group twice":                {"id: looking", "id: advice", "group-twice", "advice"},
		"text where a list should be":  {"says: [insurance]", "says: insurance", "wrong-type", "list"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			if !strings.Contains(string(right), m.old) {
				t.Fatalf("the small lexicon no longer holds %q", m.old)
			}
			broken := strings.Replace(string(right), m.old, m.new, 1)
			l, problems := LoadLexicon(fstest.MapFS{File: {Data: []byte(broken)}}, smallCatalogue(t))
			if l != nil {
				t.Fatal("it loads")
			}
			for _, p := range problems {
				if p.Code == m.code && p.Severity == strictyaml.Error && p.Line > 0 && strings.Contains(p.String(), m.says) {
					return
				}
			}
			t.Errorf("no problem %s that speaks of %q among %v", m.code, m.says, problems)
		})
	}
}

func TestALexiconThatIsMissingOrEmpty(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{"missing": {}, "empty": {File: {}}, "no YAML": {File: {Data: []byte("\t}{")}}} {
		if l, problems := LoadLexicon(fsys, smallCatalogue(t)); l != nil || len(problems) == 0 {
			t.Errorf("%s: it loads, or nothing is said", name)
		}
	}
}

// TestLoadingTwiceReadsAlike guards against an order taken from a map.
func TestLoadingTwiceReadsAlike(t *testing.T) {
	a, b := small(t), small(t)
	for range 10 {
		if len(a.patterns) != len(b.patterns) || len(a.words.sets) != len(b.words.sets) {
			t.Fatal("two loads of one file differ")
		}
		for i := range a.patterns {
			if a.patterns[i].key() != b.patterns[i].key() || a.patterns[i].anchor != b.patterns[i].anchor {
				t.Fatalf("pattern %d differs between two loads", i)
			}
		}
		b = small(t)
	}
}

func TestKindOfTellsTheKindOfATopic(t *testing.T) {
	l := small(t)
	c := smallCatalogue(t)
	id := func(name string) uint16 {
		i, _ := c.Value(topicFact, name)
		return uint16(i)
	}
	for name, want := range map[string]string{"symptom": "care", "sleep": "lifestyle", "coverage": "coverage", "vision": ""} {
		if got := l.KindOf(id(name)); got != want {
			t.Errorf("%s is of the kind %q, want %q", name, got, want)
		}
	}
}
