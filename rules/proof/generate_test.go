package proof

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// scribe writes small random content, so small that every member can be walked
// through. It writes YAML, so that what is proved is what a loader read.
type scribe struct {
	*rand.Rand
	own      []string // the own facts that rules read
	topics   []string
	benefits bool // ties, eligibility and items with benefits
	dense    bool // many rules about one fact
	facts    strings.Builder
	files    fstest.MapFS
}

var scribeDay = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// ownFacts are the facts small content can read, with all their raw values.
var ownFacts = map[string]string{
	"flag":  "{id: flag, type: bool, max_age: contact, label: {en: flag}}",
	"shade": "{id: shade, type: enum, values: [{id: red, label: {en: red}}, {id: blue, label: {en: blue}}, {id: grey, label: {en: grey}}], max_age: contact, label: {en: shade}}",
	"count": "{id: count, type: int, unit: points, min: 0, max: 4, max_age: contact, label: {en: count}}",
	"marks": "{id: marks, type: set, values: [{id: x, label: {en: x}}, {id: y, label: {en: y}}], max_age: contact, label: {en: marks}}",
}

var smallTopics = []string{
	"{id: knee, kind: care, label: {en: knee}}",
	"{id: bill, kind: coverage, label: {en: bill}}",
	"{id: sleep, kind: lifestyle, label: {en: sleep}, benefits: [gym]}",
	"{id: food, kind: lifestyle, label: {en: food}, benefits: [gym, pool]}",
	"{id: help, kind: emergency, label: {en: help}}",
	"{id: none, kind: none, label: {en: nothing}}",
}

func newScribe(seed uint64) *scribe {
	s := &scribe{Rand: rand.New(rand.NewPCG(seed, 11)), files: fstest.MapFS{}}
	s.benefits = s.IntN(2) == 0
	s.dense = s.IntN(4) == 0
	facts := 1 + s.IntN(2)
	if s.dense {
		facts, s.benefits = 1, false
	}
	for _, i := range s.Perm(4)[:facts] {
		s.own = append(s.own, []string{"flag", "shade", "count", "marks"}[i])
	}
	for _, i := range s.Perm(len(smallTopics))[:1+s.IntN(3)] {
		s.topics = append(s.topics, smallTopics[i])
	}
	return s
}

func (s *scribe) pick(from ...string) string { return from[s.IntN(len(from))] }

func (s *scribe) file(name, text string) { s.files[name] = &fstest.MapFile{Data: []byte(text)} }

// content writes all files. rules bounds the rules of each table.
func (s *scribe) content(rules int) fs.FS {
	s.facts.WriteString("vocabularies:\n  benefit_available:\n    - {id: gym, label: {en: gym}}\n    - {id: pool, label: {en: pool}}\nown_facts:\n")
	for _, name := range s.own {
		s.facts.WriteString("  - " + ownFacts[name] + "\n")
	}
	if s.IntN(4) == 0 {
		drop := s.own[0]
		fmt.Fprintf(&s.facts, "impossible:\n  - {id: p, says: {en: x}, never: [{%s: {known: true}}%s], drop: [%s]}\n", drop, s.others(1, s.ownCondition), drop)
	}
	s.file("facts.yaml", s.facts.String())
	s.file("topics.yaml", "topics:\n  - "+strings.Join(s.topics, "\n  - ")+"\n")
	s.file("mindset.yaml", s.table("mindset", rules))
	s.file("sender.yaml", s.table("sender", rules))
	s.file("advice/all.yaml", s.items())
	s.file("guardrails.yaml", s.guardrails())
	return s.files
}

func (s *scribe) table(name string, rules int) string {
	outcomes := map[string][]string{"mindset": {"patient", "consumer", "undetermined"}, "sender": {"provider", "insurer", "nobody"}}[name]
	var b strings.Builder
	n, more := s.IntN(rules+1), 2
	if s.dense {
		n, more = 5+s.IntN(5), 1
	}
	for i := range n {
		dates := ""
		switch s.IntN(12) {
		case 0:
			dates = ", from: 2026-04-01"
		case 1:
			dates = ", until: 2026-02-01"
		}
		fmt.Fprintf(&b, "  - {id: r%d, tier: %s, when: [%s%s], then: %s, because: {en: x}%s}\n",
			i, s.pick("safety", "clinical", "coverage", "engagement"), s.condition(name, 1), s.others(more, func() string { return s.condition(name, 1) }), s.pick(outcomes...), dates)
	}
	return list("rules", b.String()) + fmt.Sprintf("default: {id: last, then: %s, because: {en: x}}\n", s.pick(outcomes...))
}

func list(key, entries string) string {
	if entries == "" {
		return key + ": []\n"
	}
	return key + ":\n" + entries
}

// others appends up to n more conditions.
func (s *scribe) others(n int, condition func() string) string {
	var b strings.Builder
	for range s.IntN(n + 1) {
		b.WriteString(", " + condition())
	}
	return b.String()
}

func (s *scribe) condition(reader string, depth int) string {
	if depth < 3 && s.IntN(6) == 0 {
		return fmt.Sprintf("{%s: [%s%s]}", s.pick("any", "all"), s.condition(reader, depth+1), s.others(2, func() string { return s.condition(reader, depth+1) }))
	}
	if s.dense && s.IntN(4) > 0 {
		return s.ownCondition()
	}
	derived := []string{s.topicCondition(), s.ownCondition(), s.ownCondition(), s.ownCondition()}
	if reader != "mindset" {
		derived = append(derived, "{mindset: {"+s.pick("is: patient", "is: consumer", "is_not: undetermined", "is: undetermined")+"}}")
		if s.benefits {
			derived = append(derived, "{tied_benefit: {"+s.pick("is: true", "is: false")+"}}", "{coverage_status: {"+s.pick("is: active", "is_not: active", "known: false")+"}}")
		}
	}
	if reader == "guardrail" {
		derived = append(derived, s.guardrailCondition(), s.guardrailCondition())
	}
	return s.pick(derived...)
}

func (s *scribe) topicCondition() string {
	topic := strings.Fields(s.pick(s.topics...))[1]
	topic = strings.TrimSuffix(topic, ",")
	kind := strings.TrimSuffix(strings.Fields(s.pick(s.topics...))[3], ",")
	kind = strings.TrimSuffix(kind, "}")
	return s.pick("{topic: {is: "+topic+"}}", "{topic: {is_not: "+topic+"}}", "{topic_kind: {is: "+kind+"}}", "{topic_kind: {is_not: lifestyle}}")
}

func (s *scribe) guardrailCondition() string {
	options := []string{"{sender: {is: " + s.pick("insurer", "provider", "nobody", "safety") + "}}", "{sender: {is_any_of: [provider, insurer]}}", "{mindset: {is: " + s.pick("patient", "consumer") + "}}", "{member_choice: {is_not: consumer}}"}
	if s.benefits {
		options = append(options, "{advice_benefit: {"+s.pick("is: none", "is: gym", "is_not: none")+"}}")
	}
	return s.pick(options...)
}

func (s *scribe) ownCondition() string {
	name := s.pick(s.own...)
	options := map[string][]string{
		"flag":  {"is: true", "is: false", "known: true", "known: false"},
		"shade": {"is: red", "is_not: blue", "is_any_of: [red, grey]", "known: false", "is: grey"},
		"count": {"at_most: 1", "at_least: 3", "between: [1, 3]", "is: 2", "known: true", "known: false"},
		"marks": {"includes_any_of: [x]", "includes_any_of: [x, y]", "includes_all_of: [x, y]", "includes_none_of: [y]", "includes_none_of: [x, y]", "known: false"},
	}[name]
	return "{" + name + ": {" + s.pick(options...) + "}}"
}

func (s *scribe) items() string {
	var b strings.Builder
	crowd := s.IntN(4) == 0
	for i := range s.IntN(4) + map[bool]int{true: 5}[crowd] {
		sender, kind := "provider", "care"
		if s.IntN(2) == 0 || crowd {
			sender, kind = "insurer", "coverage"
		}
		var topics []string
		for _, t := range s.topics {
			other := map[string]string{"care": "coverage", "coverage": "care"}[kind]
			if !strings.Contains(t, "kind: "+other+",") && (crowd || s.IntN(2) == 0) {
				topics = append(topics, strings.TrimSuffix(strings.Fields(t)[1], ","))
			}
		}
		if len(topics) == 0 {
			continue
		}
		extra := ""
		if s.benefits && s.IntN(2) == 0 {
			extra += ", benefit: " + s.pick("gym", "pool")
		}
		if s.IntN(2) == 0 {
			extra += ", when: [" + s.condition("advice", 1) + "]"
		}
		fmt.Fprintf(&b, "  - {id: i%d, sender: %s, topics: [%s], rank: %d%s, title: {en: x}, text: {en: x}}\n", i, sender, strings.Join(topics, ", "), s.IntN(3), extra)
	}
	return list("items", b.String())
}

func (s *scribe) guardrails() string {
	var b strings.Builder
	for i := range s.IntN(4) {
		fmt.Fprintf(&b, "  - {id: G%d, says: {en: x}, held_by: table, test: T, never: [%s%s]}\n", i, s.guardrailCondition(), s.others(3, func() string { return s.condition("guardrail", 2) }))
	}
	if s.IntN(3) == 0 {
		fmt.Fprintf(&b, "  - {id: G9, says: {en: x}, held_by: table, test: T, independent: {table: %s, of: [%s]}}\n", s.pick("mindset", "sender", "advice"), s.pick(append(s.own, "coverage_status", "member_choice")...))
	}
	return list("guardrails", b.String())
}

// people are all members that small content can tell apart, and some more.
// They are made one at a time, because Facts are large.
type people struct {
	ids  []fact.ID
	raws [][]int64 // by id; unknown comes first and is not listed
	n    int       // without the topic
	set  *ruleset.Set
}

func newPeople(set *ruleset.Set, s *scribe) *people {
	p := &people{set: set, n: 1}
	for _, name := range s.own {
		id, _ := set.Catalogue().Lookup(name)
		p.spread(id, map[string][]int64{"flag": {0, 1}, "shade": {0, 1, 2}, "count": {0, 1, 2, 3, 4}, "marks": {0, 1, 2, 3}}[name]...)
	}
	p.spread(fact.MemberChoice, fact.ChoiceAuto, fact.ChoicePatient, fact.ChoiceConsumer)
	p.spread(fact.CoverageStatus, 0, 1) // independence from it may be asked of any content
	if s.benefits {
		p.spread(fact.BenefitAvailable, 0, 1, 2, 3)
	}
	p.spread(fact.TextRedFlag, 1)
	return p
}

// spread gives members each of these values of a fact.
func (p *people) spread(id fact.ID, raws ...int64) {
	p.ids, p.raws = append(p.ids, id), append(p.raws, raws)
	p.n *= len(raws) + 1
}

func (p *people) len() int { return p.n * len(p.set.Topics()) }

// at makes member i, and reports whether there can be one.
func (p *people) at(i int, q *Question) bool {
	*q = Question{Topic: uint16(i / p.n)}
	rest := i % p.n
	for k, id := range p.ids {
		n := len(p.raws[k]) + 1
		if v := rest % n; v > 0 {
			q.Facts.SetRaw(id, p.raws[k][v-1])
		}
		rest /= n
	}
	if len(p.set.Premises()) == 0 {
		return true
	}
	f := q.Facts
	return p.set.DropImpossible(&f) == 0
}

// load loads what the scribe wrote. Rules that can never fit anyone are
// refused by the loader; they are on lines of their own and are left out.
func (s *scribe) load(t testing.TB) *ruleset.Set {
	t.Helper()
	for range 4 {
		set, problems := ruleset.LoadDraft(s.files, scribeDay)
		if set != nil {
			return set
		}
		lines := map[string][]string{}
		for _, p := range problems {
			if p.Severity == strictyaml.Warning {
				continue
			}
			if p.Code != "never-fits" {
				t.Fatalf("generated content does not load: %v", problems)
			}
			if lines[p.File] == nil {
				lines[p.File] = strings.Split(string(s.files[p.File].Data), "\n")
			}
			lines[p.File][p.Line-1] = ""
		}
		for name, l := range lines {
			text := strings.Join(l, "\n")
			if key, rest, _ := strings.Cut(text, ":\n"); !strings.Contains(rest, "- {") && name != "facts.yaml" {
				text = key + ": []\n" + rest // nothing is left of the list
			} else if name == "facts.yaml" {
				text = strings.Replace(text, "impossible:\n", "", 1)
			}
			s.file(name, text)
		}
	}
	t.Fatal("generated content does not load")
	return nil
}
