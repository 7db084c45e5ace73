package ruleset

import (
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type factsFile struct {
	Vocabularies strictyaml.Node `yaml:"vocabularies"`
	Facts        strictyaml.Node `yaml:"facts"`
	Own          []ownFact       `yaml:"own_facts"`
	Impossible   []premiseEntry  `yaml:"impossible"`
}

// namedValue is one value of a vocabulary: an id, or an id with words.
type namedValue struct {
	ID    strictyaml.Located[string] `yaml:"id,required"`
	Label Words                      `yaml:"label,required"`
}

type factWords struct {
	Label    Words               `yaml:"label"`
	Phrase   Words               `yaml:"phrase"`
	Synonyms map[string][]string `yaml:"synonyms"`
	Values   strictyaml.Node     `yaml:"values"`
}

type ownFact struct {
	ID       strictyaml.Located[string] `yaml:"id,required"`
	Type     strictyaml.Located[string] `yaml:"type,required"`
	Values   []namedValue               `yaml:"values"`
	Unit     string                     `yaml:"unit"`
	Min      strictyaml.Node            `yaml:"min"`
	Max      strictyaml.Node            `yaml:"max"`
	MaxAge   strictyaml.Located[string] `yaml:"max_age,required"`
	Label    Words                      `yaml:"label,required"`
	Phrase   Words                      `yaml:"phrase"`
	Synonyms map[string][]string        `yaml:"synonyms"`
	strictyaml.Pos
}

// derivedVocabularies come from elsewhere and are not for facts.yaml.
var derivedVocabularies = map[string]string{
	"topic": "topics are listed in topics.yaml", "opt_out_topics": "its values are the topics", "advice_benefit": "its values are the benefits",
}

// facts reads facts.yaml and topics.yaml, which together say what facts exist.
func (l *loader) facts() {
	var ff factsFile
	var tf topicsFile
	strictyaml.ReadFile(l.fsys, "facts.yaml", &ff, &l.problems)
	strictyaml.ReadFile(l.fsys, "topics.yaml", &tf, &l.problems)
	if l.problems.Failed() {
		return
	}
	empty, err := fact.NewCatalogue(nil, nil)
	if err != nil {
		l.problems.Errorf(strictyaml.Pos{File: "facts.yaml", Line: 1, Col: 1}, "facts", "%v", err)
		return
	}
	v := l.vocabularies(ff.Vocabularies, empty)
	v.addTopics(l, tf.Topics)
	own, ownWords := l.ownFacts(ff.Own)
	if l.problems.Failed() {
		return
	}
	c, err := fact.NewCatalogue(v.values, own)
	if err != nil {
		l.problems.Errorf(strictyaml.Pos{File: "facts.yaml", Line: 1, Col: 1}, "facts", "%v", err)
		return
	}
	l.set.catalogue = c
	l.factWords(ff.Facts, v, ownWords)
	l.topics(tf)
	l.multiply = multiplier{c, l.set.topics}
	l.premises(ff.Impossible)
}

// vocabulary gathers the values that content adds to open facts, and the words
// of values.
type vocabulary struct {
	values map[string][]string
	labels map[string]map[string]Words
}

func (l *loader) vocabularies(n strictyaml.Node, builtin *fact.Catalogue) *vocabulary {
	v := &vocabulary{map[string][]string{}, map[string]map[string]Words{}}
	var open []string
	for _, id := range builtin.All() {
		if d := builtin.Def(id); d.Open && derivedVocabularies[d.Name] == "" {
			open = append(open, d.Name)
		}
	}
	if n.Kind() != strictyaml.Nothing {
		n.Is(strictyaml.Mapping)
	}
	for _, e := range n.Entries() {
		if why := derivedVocabularies[e.Key]; why != "" {
			l.problems.Errorf(e.At, "closed-vocabulary", "%s cannot be listed here: %s", e.Key, why)
			continue
		}
		if !slices.Contains(open, e.Key) {
			l.problems.Unknown(e.At, "unknown-vocabulary", "list to extend called", e.Key, open)
			continue
		}
		var values []namedValue
		if e.Value.Decode(&values) {
			id, _ := builtin.Lookup(e.Key)
			v.add(l, builtin.Def(id), values)
		}
	}
	v.values["advice_benefit"] = v.values["benefit_available"]
	v.labels["advice_benefit"] = v.labels["benefit_available"]
	return v
}

// add takes the values for one fact. A value the program knows itself may be
// listed too, to give it words.
func (v *vocabulary) add(l *loader, d *fact.Def, values []namedValue) {
	seen := newIDs("value of "+d.Name, snakeID)
	v.labels[d.Name] = map[string]Words{}
	for _, x := range values {
		if !seen.check(x.ID, &l.problems) {
			continue
		}
		v.labels[d.Name][x.ID.Value] = x.Label
		if slices.Contains(d.Values, x.ID.Value) {
			continue
		}
		v.values[d.Name] = append(v.values[d.Name], x.ID.Value)
		if d.Kind == fact.Set && len(d.Values)+len(v.values[d.Name]) == fact.MaxSetValues+1 {
			l.problems.Errorf(x.ID.Pos, "too-many-values", "%s can have at most %d values", d.Name, fact.MaxSetValues)
		}
		if d.Name == "benefit_available" && x.ID.Value == "none" {
			l.problems.Errorf(x.ID.Pos, "bad-id", "a benefit cannot be called none")
		}
	}
}

var kinds = map[string]fact.Kind{"bool": fact.Bool, "enum": fact.Enum, "set": fact.Set, "int": fact.Int, "decimal": fact.Decimal}

// ownFacts reads the facts that content declares itself. All rules may read
// them, and they are guarded like clinical facts.
func (l *loader) ownFacts(list []ownFact) ([]fact.Def, map[string]*ownFact) {
	seen := newIDs("fact", snakeID)
	var defs []fact.Def
	words := map[string]*ownFact{}
	for i := range list {
		o := &list[i]
		if !seen.check(o.ID, &l.problems) {
			continue
		}
		if _, ok := choice(o.Type, "type of fact called", []string{"bool", "enum", "set", "int", "decimal"}, &l.problems); !ok {
			continue
		}
		d := fact.Def{Name: o.ID.Value, Group: "own", Kind: kinds[o.Type.Value], Unit: o.Unit, Privacy: fact.PHI, Readers: fact.ByRules, Role: o.Label["en"]}
		l.ownValues(o, &d)
		d.MaxAge = l.maxAge(o.MaxAge)
		defs = append(defs, d)
		words[d.Name] = o
		if len(defs) == fact.MaxFacts-int(fact.BuiltinCount)+1 {
			l.problems.Errorf(o.Pos, "too-many-facts", "at most %d own facts fit", fact.MaxFacts-int(fact.BuiltinCount))
		}
		if slices.ContainsFunc(fact.Builtin(), func(b fact.Def) bool { return b.Name == d.Name }) {
			l.problems.Errorf(o.ID.Pos, "duplicate-id", "the program knows a fact called %s already", d.Name)
		}
	}
	return defs, words
}

// ownValues reads what values an own fact can have.
func (l *loader) ownValues(o *ownFact, d *fact.Def) {
	listed := d.Kind == fact.Enum || d.Kind == fact.Set
	numeric := d.Kind == fact.Int || d.Kind == fact.Decimal
	if listed != (len(o.Values) > 0) {
		l.problems.Errorf(o.Pos, "own-fact", "values are for facts of the types enum and set, which need them")
	}
	if numeric != (o.Unit != "" && o.Min.Kind() == strictyaml.Scalar && o.Max.Kind() == strictyaml.Scalar) {
		l.problems.Errorf(o.Pos, "own-fact", "unit, min and max are for facts of the types int and decimal, which need them")
	}
	seen := newIDs("value of "+d.Name, snakeID)
	for _, x := range o.Values {
		if seen.check(x.ID, &l.problems) {
			d.Values = append(d.Values, x.ID.Value)
		}
	}
	if d.Kind == fact.Set && len(d.Values) > fact.MaxSetValues {
		l.problems.Errorf(o.Pos, "too-many-values", "%s can have at most %d values", d.Name, fact.MaxSetValues)
	}
	if !numeric || l.problems.Failed() {
		return
	}
	wide := *d
	wide.Min, wide.Max = -1e15, 1e15
	d.Min, _, _ = quantity(&wide, o.Min)
	d.Max, _, _ = quantity(&wide, o.Max)
	if !l.problems.Failed() && d.Min >= d.Max {
		o.Min.Errorf("empty-range", "min must be less than max")
	}
}

// maxAge reads for how long a fact holds: "contact" or a time.
func (l *loader) maxAge(s strictyaml.Located[string]) time.Duration {
	if s.Value == "contact" {
		return fact.Contact
	}
	m := number.FindStringSubmatch(s.Value)
	if m != nil && m[2] == "" {
		per := inHours[strings.ToLower(strings.TrimSpace(m[3]))]
		if v, err := thousandthsOf(m[1], ""); err == nil && per > 0 && v > 0 && v/1000*per <= 100*365*24 {
			return time.Duration(v/1000*per) * time.Hour
		}
	}
	if s.Pos != (strictyaml.Pos{}) {
		l.problems.Errorf(s.Pos, "wrong-type", "a time like 24 hours or 30 days is expected here, or contact")
	}
	return 0
}
