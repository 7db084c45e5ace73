package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// wideFact is a fact that wide content may read: how it is declared, if it is the
// content's own, the conditions on it, and the raw values that those and the
// safety gate tell apart, with some more.
type wideFact struct {
	name, own  string
	conditions []string
	raws       []int64
	readers    string // of m(indset), s(ender), a(dvice); guardrails read all
}

// wideFacts have what small content lacks: numbers below zero, decimals, long
// sets, and the facts that the gate looks at.
var wideFacts = []wideFact{
	{"flag", ownFacts["flag"], []string{"is: true", "is: false", "is_not: true", "known: false"}, []int64{0, 1}, "msa"},
	{"shade", ownFacts["shade"], []string{"is: red", "is_not: blue", "is_any_of: [red, grey]", "known: false", "known: true"}, []int64{0, 1, 2}, "msa"},
	{"depth", "{id: depth, type: int, unit: meters, min: -9, max: -5, max_age: contact, label: {en: depth}}",
		[]string{"at_least: -6", "at_most: -8", "between: [-8, -7]", "is: -9", "is: -5", "at_most: -5", "known: false"}, []int64{-9, -8, -7, -6, -5}, "msa"},
	{"heat", "{id: heat, type: decimal, unit: celsius, min: 36, max: 40, max_age: contact, label: {en: heat}}",
		[]string{"at_least: 37.5", "at_most: 37.499", "between: [36, 36.5]", "is: 40", "known: true"}, []int64{36000, 36500, 36501, 37499, 37500, 39999, 40000}, "msa"},
	{"marks", "{id: marks, type: set, values: [{id: w, label: {en: w}}, {id: x, label: {en: x}}, {id: y, label: {en: y}}], max_age: contact, label: {en: marks}}",
		[]string{"includes_any_of: [w]", "includes_any_of: [x, y]", "includes_all_of: [w, y]", "includes_none_of: [y]", "includes_none_of: [w, x, y]", "includes_any_of: [w, x, y]", "known: false"},
		[]int64{0, 1, 2, 3, 4, 5, 6, 7}, "msa"},
	{"bp_systolic", "", []string{"at_least: 180", "at_most: 179", "between: [120, 185]", "known: false"}, []int64{40, 119, 120, 179, 180, 185, 186, 350}, "msa"},
	{"text_intent", "", []string{"is: symptom", "is_any_of: [none, crisis]", "is_not: symptom", "known: false"}, []int64{0, fact.IntentSymptom, fact.IntentCrisis, 5}, "ms"},
	{"call_reason", "", []string{"is: price", "is_not: price", "is: behavioral_emergency", "known: true"}, []int64{0, 1, 2}, "ms"},
	{"hours_since_acute_care", "", []string{"at_most: 30 days", "at_least: 2 days", "between: [0, 47]", "known: false"}, []int64{0, 47, 48, 720, 721, 8784}, "msa"},
	{"pregnancy", "", []string{"is: pregnant", "is_not: no", "known: false"}, []int64{0, 1, 2, 3}, "sa"},
	{"age_years", "", []string{"at_least: 18", "at_most: 64", "known: false"}, []int64{0, 17, 18, 64, 65, 120}, "a"},
}

// wide writes content that uses everything at once: nested conditions, sets,
// ties, choices, premises that drop in chains, items of equal rank, and
// guardrails over all of it.
type wide struct {
	*rand.Rand
	facts    []*wideFact
	topics   []string
	benefits bool
	lines    map[string][]string // entries of each file, a line each
}

const wideVocabularies = "vocabularies:\n  benefit_available: [{id: gym, label: {en: gym}}, {id: pool, label: {en: pool}}]\n  call_reason: [{id: price, label: {en: x}}, {id: visit, label: {en: x}}]\n"

func newWide(seed uint64) *wide {
	w := &wide{Rand: rand.New(rand.NewPCG(seed, 23)), lines: map[string][]string{}}
	w.benefits = w.IntN(2) == 0
	for _, i := range w.Perm(len(wideFacts))[:2+w.IntN(2)-b2i(w.benefits && w.IntN(2) == 0)] {
		w.facts = append(w.facts, &wideFacts[i])
	}
	for _, i := range w.Perm(len(smallTopics))[:1+w.IntN(3)] {
		w.topics = append(w.topics, smallTopics[i])
	}
	w.lines["topics.yaml"] = w.topics
	for i := range w.IntN(4) {
		if premise := w.premise(i); premise != "" {
			w.lines["facts.yaml"] = append(w.lines["facts.yaml"], premise)
		}
	}
	for i := range w.IntN(7) {
		w.lines["mindset.yaml"] = append(w.lines["mindset.yaml"], w.rule("m", i))
	}
	for i := range w.IntN(7) {
		w.lines["sender.yaml"] = append(w.lines["sender.yaml"], w.rule("s", i))
	}
	for i := range w.IntN(8) {
		if item := w.item(i); item != "" {
			w.lines["advice/all.yaml"] = append(w.lines["advice/all.yaml"], item)
		}
	}
	for i := range w.IntN(5) {
		w.lines["guardrails.yaml"] = append(w.lines["guardrails.yaml"], w.guardrail(i))
	}
	return w
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *wide) one(from ...string) string { return from[w.IntN(len(from))] }

// readable are the chosen facts that a reader may read.
func (w *wide) readable(reader string) (out []*wideFact) {
	for _, f := range w.facts {
		if reader == "g" || strings.Contains(f.readers, reader) {
			out = append(out, f)
		}
	}
	return out
}

func (w *wide) onFact(reader string) string {
	facts := w.readable(reader)
	if len(facts) == 0 {
		return w.onTopic()
	}
	f := facts[w.IntN(len(facts))]
	return "{" + f.name + ": {" + w.one(f.conditions...) + "}}"
}

func (w *wide) onTopic() string {
	fields := strings.FieldsFunc(w.one(w.topics...), func(r rune) bool { return strings.ContainsRune("{}:, ", r) })
	return w.one("{topic: {is: "+fields[1]+"}}", "{topic: {is_not: "+fields[1]+"}}", "{topic_kind: {is: "+fields[3]+"}}", "{topic_kind: {is_not: "+fields[3]+"}}")
}

// condition writes a condition for a reader, groups within groups.
func (w *wide) condition(reader string, depth int) string {
	if depth < 3 && w.IntN(3) == 0 {
		return "{" + w.one("any", "all", "any") + ": [" + w.conditions(reader, depth+1) + "]}"
	}
	from := []string{w.onTopic(), w.onFact(reader), w.onFact(reader)}
	if reader != "m" {
		from = append(from, "{mindset: {"+w.one("is: patient", "is: consumer", "is: undetermined", "is_not: consumer", "is_any_of: [patient, undetermined]")+"}}")
	}
	if reader != "m" && w.benefits {
		from = append(from, "{tied_benefit: {"+w.one("is: true", "is: false")+"}}")
	}
	if w.benefits {
		from = append(from, "{coverage_status: {"+w.one("is: active", "is_not: active", "known: false")+"}}",
			"{benefit_available: {"+w.one("includes_any_of: [gym]", "includes_any_of: [gym, pool]", "includes_none_of: [pool]", "known: false", "includes_all_of: [gym, pool]")+"}}")
	}
	if reader == "g" {
		from = append(from, "{sender: {"+w.one("is: insurer", "is: provider", "is_not: nobody", "is_any_of: [safety, insurer]")+"}}",
			"{member_choice: {"+w.one("is: consumer", "is_not: patient", "known: false")+"}}", "{text_red_flag: {"+w.one("includes_any_of: [chest_pain]", "known: false", "includes_none_of: [chest_pain]")+"}}")
		if w.benefits {
			from = append(from, "{advice_benefit: {"+w.one("is: none", "is: gym", "is_not: none", "is_any_of: [gym, pool]")+"}}")
		}
	}
	return w.one(from...)
}

func (w *wide) conditions(reader string, depth int) string {
	out := []string{w.condition(reader, depth)}
	for range w.IntN(3) {
		out = append(out, w.condition(reader, depth))
	}
	return strings.Join(out, ", ")
}

func (w *wide) premise(i int) string {
	var never, drop []string
	for _, f := range w.facts {
		if strings.Contains("text_intent call_reason bp_systolic", f.name) || w.IntN(2) == 0 && len(drop) > 0 {
			never = append(never, "{"+f.name+": {"+w.one(f.conditions...)+"}}")
			continue
		}
		known := w.one(f.conditions...)
		if known == "known: false" {
			known = "known: true"
		}
		never, drop = append(never, "{"+f.name+": {"+known+"}}"), append(drop, f.name)
	}
	if len(drop) == 0 {
		return ""
	}
	return fmt.Sprintf("{id: p%d, says: {en: x}, never: [%s], drop: [%s]}", i, strings.Join(never, ", "), strings.Join(drop, ", "))
}

func (w *wide) rule(reader string, i int) string {
	then := map[string]string{"m": w.one("patient", "consumer", "undetermined"), "s": w.one("provider", "insurer", "nobody")}[reader]
	return fmt.Sprintf("{id: %s%d, tier: %s, when: [%s], then: %s, because: {en: x}}", reader, i, w.one("safety", "clinical", "coverage", "engagement", "default"), w.conditions(reader, 1), then)
}

func (w *wide) item(i int) string {
	sender := w.one("provider", "insurer", "insurer")
	var topics []string
	for _, t := range w.topics {
		if not := map[string]string{"insurer": "kind: care,", "provider": "kind: coverage,"}[sender]; !strings.Contains(t, not) && w.IntN(3) > 0 {
			topics = append(topics, strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("{}:, ", r) })[1])
		}
	}
	if len(topics) == 0 {
		return ""
	}
	more := ""
	if w.benefits && w.IntN(2) == 0 {
		more += ", benefit: " + w.one("gym", "pool")
	}
	if w.IntN(2) == 0 {
		more += ", when: [" + w.conditions("a", 1) + "]"
	}
	return fmt.Sprintf("{id: i%d, sender: %s, topics: [%s], rank: %d%s, title: {en: x}, text: {en: x}}", i, sender, strings.Join(topics, ", "), w.IntN(2), more)
}

func (w *wide) guardrail(i int) string {
	state := "never: [" + w.conditions("g", 1) + "]"
	if w.IntN(3) == 0 {
		of := []string{w.facts[w.IntN(len(w.facts))].name}
		for _, more := range []string{"member_choice", "coverage_status", "benefit_available", "text_red_flag", "language"} {
			if w.IntN(6) == 0 {
				of = append(of, more)
			}
		}
		state = fmt.Sprintf("independent: {table: %s, of: [%s]}", w.one("mindset", "sender", "advice"), strings.Join(of, ", "))
	}
	return fmt.Sprintf("{id: G%02d, says: {en: x}, held_by: table, test: T, %s}", i, state)
}

// load loads what is written. Entries that nobody can fit are refused, and left
// out.
func (w *wide) load(t testing.TB) *ruleset.Set {
	t.Helper()
	for {
		files := fstest.MapFS{}
		own := "own_facts:\n"
		for i := range wideFacts {
			if wideFacts[i].own != "" {
				own += "  - " + wideFacts[i].own + "\n"
			}
		}
		section := func(key string, entries []string) string {
			text := ""
			for _, e := range entries {
				text += "  - " + e + "\n"
			}
			return list(key, text)
		}
		for name, head := range map[string]string{"topics.yaml": "topics", "mindset.yaml": "rules", "sender.yaml": "rules", "advice/all.yaml": "items", "guardrails.yaml": "guardrails"} {
			files[name] = &fstest.MapFile{Data: []byte(section(head, w.lines[name]) + map[string]string{
				"mindset.yaml": "default: {id: last, then: undetermined, because: {en: x}}\n", "sender.yaml": "default: {id: last, then: nobody, because: {en: x}}\n"}[name])}
		}
		files["facts.yaml"] = &fstest.MapFile{Data: []byte(section("impossible", w.lines["facts.yaml"]) + wideVocabularies + own)}
		set, problems := ruleset.LoadDraft(files, scribeDay)
		if set != nil {
			return set
		}
		gone := map[string]map[int]bool{}
		for _, p := range problems {
			if !slices.Contains([]string{"never-fits", "drop-without-effect", "too-many-combinations"}, p.Code) {
				t.Fatalf("generated content does not load: %v\n%s", problems, files[p.File].Data)
			}
			if gone[p.File] == nil {
				gone[p.File] = map[int]bool{}
			}
			gone[p.File][p.Line-2] = true // the first entry is on line 2
		}
		for name, at := range gone {
			var kept []string
			for i, l := range w.lines[name] {
				if !at[i] {
					kept = append(kept, l)
				}
			}
			w.lines[name] = kept
		}
	}
}

// people are all members that the content can tell apart, and some more.
func (w *wide) people(set *ruleset.Set) *people {
	p := &people{set: set, n: 1}
	for _, f := range w.facts {
		id, _ := set.Catalogue().Lookup(f.name)
		p.spread(id, f.raws...)
	}
	// The gate is part of every answer, whatever the rules read.
	reads := func(id fact.ID) bool { return slices.Contains(p.ids, id) }
	switch {
	case reads(fact.BPSystolic) && !reads(fact.TextIntent):
		p.spread(fact.TextIntent, fact.IntentSymptom)
	case reads(fact.TextIntent) && !reads(fact.BPSystolic):
		p.spread(fact.BPSystolic, 180)
	}
	if !reads(fact.CallReason) {
		p.spread(fact.CallReason, fact.BehavioralCallNow)
	}
	p.spread(fact.MemberChoice, fact.ChoiceAuto, fact.ChoicePatient, fact.ChoiceConsumer)
	p.spread(fact.TextRedFlag, 0, 1)
	p.spread(fact.CoverageStatus, 0, 1) // independence from both may be asked of any content
	if w.benefits {
		p.spread(fact.BenefitAvailable, 0, 1, 2, 3)
	}
	return p
}

// maxMembers keeps a walk over wide content short.
const maxMembers = 60_000

// TestEverythingAtOnce compares every finding about wide content with a walk
// over all its members, whom the evaluator answers.
func TestEverythingAtOnce(t *testing.T) {
	contents := 250
	switch {
	case testing.Short():
		contents = 25
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		contents = 20_000
	}
	var seen seenInWalks
	for seed := uint64(0); seen.Sets < contents; seed++ {
		w := newWide(seed)
		set := w.load(t)
		p := w.people(set)
		if p.len() > maxMembers {
			continue
		}
		walk := walkOver(set, p)
		walk.compareWithEvaluator(t, seed)
		walk.compareReport(t, seed, &seen)
	}
	t.Logf("%+v", seen)
	for name, n := range map[string]int{"dead": seen.Dead, "conflicts": seen.Conflicts, "complete": seen.Complete, "broken": seen.Broken, "held": seen.Held,
		"depends": seen.Depends, "independent": seen.Independent, "never given": seen.NeverGiven} {
		if n < contents/25 {
			t.Errorf("only %d times: %s", n, name)
		}
	}
}

// compareWithEvaluator demands that the evaluator answers each member as the
// words of the rules say.
func (w *walk) compareWithEvaluator(t *testing.T, seed uint64) {
	t.Helper()
	var q Question
	for i := range w.told {
		if !w.can[i] {
			continue
		}
		w.people.at(i, &q)
		d, x := w.set.Decide(&q.Facts, q.Topic), &w.told[i]
		rows := [2]int{max(int(d.MindsetRow), -1), max(int(d.SenderRow), -1)}
		same := d.Mindset == x.mindset && d.Sender == x.sender && len(d.Advice()) == len(x.items)
		for k, item := range d.Advice() {
			same = same && int(item) == x.items[k]
		}
		if !same || rows != x.row && d.Sender != decision.Safety {
			t.Fatalf("seed %d, member %d: the evaluator says %+v, the words %+v", seed, i, d, x)
		}
	}
}
