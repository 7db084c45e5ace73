package casefile

import (
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Case is one question about one member with the answer it should get.
type Case struct {
	ID     string
	About  string // one sentence for people
	Ask    Ask
	At     time.Time // when it is asked
	Expect []Expect  // one for each recommendation, the main one first
	strictyaml.Pos
}

// Ask is the question.
type Ask struct {
	Topic     string // empty: not told
	Text      string // the member's own words; often empty
	Asker     string // insurer, provider or integrated
	Language  string // BCP-47 tag of the words wanted; empty: English
	Context   []Given
	Facts     fact.Facts // Context as a vector
	Diagnoses []Diagnosis
}

// Diagnosis is a coded condition.
type Diagnosis struct {
	System string    // icd10cm or snomed
	Code   string    //
	Onset  time.Time // zero: not known
	Abated time.Time // zero: still going on
}

// Expect is what one recommendation must say. Nil and empty fields are not
// compared; an empty list that is not nil asks for none.
type Expect struct {
	Topic      string
	Mindset    string
	Sender     string
	Advice     []string
	Notice     string
	Suppressed []Held
}

// Held is an item that fits and is held back, and the code that says why.
type Held struct {
	ID   string `yaml:"id,required"`
	Code string `yaml:"code,required"`
}

// DefaultAt is the moment of cases that name none: a Sunday at noon, UTC.
var DefaultAt = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type casesFile struct {
	Cases []caseEntry `yaml:"cases,required"`
}

type caseEntry struct {
	ID     strictyaml.Located[string] `yaml:"id,required"`
	About  string                     `yaml:"about,required"`
	Ask    askEntry                   `yaml:"ask,required"`
	At     time.Time                  `yaml:"at"`
	Expect []expectEntry              `yaml:"expect,required"`
	strictyaml.Pos
}

type askEntry struct {
	Topic     strictyaml.Located[string] `yaml:"topic"`
	Text      string                     `yaml:"text"`
	Asker     strictyaml.Located[string] `yaml:"asker"`
	Language  string                     `yaml:"language"`
	Context   strictyaml.Node            `yaml:"context"`
	Diagnoses []diagnosisEntry           `yaml:"diagnoses"`
}

type diagnosisEntry struct {
	System strictyaml.Located[string] `yaml:"system,required"`
	Code   string                     `yaml:"code,required"`
	Onset  time.Time                  `yaml:"onset"`
	Abated time.Time                  `yaml:"abated"`
}

type expectEntry struct {
	Topic      strictyaml.Located[string] `yaml:"topic"`
	Mindset    strictyaml.Located[string] `yaml:"mindset"`
	Sender     strictyaml.Located[string] `yaml:"sender"`
	Advice     *[]located                 `yaml:"advice"`
	Notice     strictyaml.Located[string] `yaml:"notice"`
	Suppressed *[]Held                    `yaml:"suppressed"`
	strictyaml.Pos
}

type located = strictyaml.Located[string]

// Load reads the cases of a content folder, cases/*.yaml, against its rules.
func Load(fsys fs.FS, set *ruleset.Set) ([]Case, []strictyaml.Problem) {
	l := &loader{words: vocabularyOf(set), seen: map[string]strictyaml.Pos{}}
	entries, _ := fs.ReadDir(fsys, "cases") // no folder: no cases
	var cases []Case
	for _, e := range entries {
		if ext := path.Ext(e.Name()); e.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		var f casesFile
		strictyaml.ReadFile(fsys, path.Join("cases", e.Name()), &f, &l.problems)
		for i := range f.Cases {
			cases = append(cases, l.one(&f.Cases[i]))
		}
	}
	return cases, l.problems.List()
}

type loader struct {
	words    vocabulary
	seen     map[string]strictyaml.Pos
	problems strictyaml.Problems
}

// vocabulary is what a case may name.
type vocabulary struct {
	catalogue *fact.Catalogue
	items     []string
}

func vocabularyOf(set *ruleset.Set) vocabulary {
	v := vocabulary{catalogue: set.Catalogue()}
	items := set.Items()
	for i := range items {
		v.items = append(v.items, items[i].ID)
	}
	return v
}

var (
	askers   = []string{"insurer", "provider", "integrated"}
	mindsets = []string{decision.Undetermined.String(), decision.Patient.String(), decision.Consumer.String()}
	senders  = []string{decision.Nobody.String(), decision.Provider.String(), decision.Insurer.String(), decision.Safety.String()}
	notices  = []string{decision.Emergency911.String(), decision.Crisis988.String(), decision.PoisonHelp.String()}
)

func (l *loader) one(e *caseEntry) Case {
	if first, twice := l.seen[e.ID.Value]; twice {
		l.problems.Errorf(e.ID.Pos, "duplicate-id", "the case %s is here twice; the first one is at %s", e.ID.Value, first)
	}
	l.seen[e.ID.Value] = e.ID.Pos
	c := Case{ID: e.ID.Value, About: e.About, At: e.At, Pos: e.Pos}
	if c.At.IsZero() {
		c.At = DefaultAt
	}
	topics := l.words.catalogue.Def(fact.Topic).Values
	c.Ask = Ask{Topic: l.word(e.Ask.Topic, "topic called", topics), Text: e.Ask.Text, Asker: l.word(e.Ask.Asker, "side called", askers), Language: e.Ask.Language}
	for _, d := range e.Ask.Diagnoses {
		c.Ask.Diagnoses = append(c.Ask.Diagnoses, Diagnosis{l.word(d.System, "code system called", []string{"icd10cm", "snomed"}), d.Code, d.Onset, d.Abated})
	}
	if c.Ask.Asker == "" {
		c.Ask.Asker = "integrated"
	}
	c.Ask.Context, c.Ask.Facts = contextOf(e.Ask.Context, l.words.catalogue)
	if len(e.Expect) == 0 {
		l.problems.Errorf(e.Pos, "missing-key", "say what to expect")
	}
	for i := range e.Expect {
		c.Expect = append(c.Expect, l.expect(&e.Expect[i], topics))
	}
	return c
}

func (l *loader) expect(e *expectEntry, topics []string) Expect {
	x := Expect{Topic: l.word(e.Topic, "topic called", topics), Mindset: l.word(e.Mindset, "mindset called", mindsets),
		Sender: l.word(e.Sender, "sender called", senders), Notice: l.word(e.Notice, "notice called", notices)}
	if e.Advice != nil {
		x.Advice = []string{}
		for _, a := range *e.Advice {
			x.Advice = append(x.Advice, l.word(a, "advice item called", l.words.items))
		}
	}
	if e.Suppressed != nil {
		x.Suppressed = slices.Concat([]Held{}, *e.Suppressed)
		for _, h := range x.Suppressed {
			l.word(located{Value: h.ID, Pos: e.Pos}, "advice item called", l.words.items)
			l.word(located{Value: h.Code, Pos: e.Pos}, "reason called", reasons())
		}
	}
	if x.Topic+x.Mindset+x.Sender+x.Notice == "" && x.Advice == nil && x.Suppressed == nil {
		l.problems.Errorf(e.Pos, "missing-key", "say what to expect")
	}
	return x
}

// reasons are the codes an item can be held back with.
func reasons() []string {
	var out []string
	for r := decision.RuleMatch; r <= decision.Guardrail; r++ {
		out = append(out, r.String())
	}
	return out
}

// word checks a word that may be left out.
func (l *loader) word(w located, what string, allowed []string) string {
	if w.Pos != (strictyaml.Pos{}) && !slices.Contains(allowed, w.Value) {
		l.problems.Unknown(w.Pos, "unknown-word", what, w.Value, allowed)
	}
	return w.Value
}
