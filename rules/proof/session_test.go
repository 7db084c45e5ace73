package proof

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// TestSessionFindsWhatCheckFinds edits random content again and again in one
// session, and compares every report with one made from nothing.
func TestSessionFindsWhatCheckFinds(t *testing.T) {
	sessions := uint64(150)
	if testing.Short() {
		sessions = 30
	}
	kept := 0
	for seed := range sessions {
		s := newScribe(seed)
		s.content(5)
		var live Session
		for edit := range uint64(4) {
			set := s.load(t)
			live.known.readFor(set)
			kept += len(live.known.by)
			got, want := live.Check(set, DefaultBudget), Check(set, DefaultBudget)
			if a, b := outline(set, &got), outline(set, &want); a != b {
				t.Fatalf("seed %d, edit %d: the session says\n%s\nand a fresh check\n%s", seed, edit, a, b)
			}
			s = s.edited(seed*10 + edit)
		}
	}
	if kept < int(sessions) {
		t.Errorf("only %d members were remembered", kept)
	}
}

// outline is what a report says, without the members that show it.
func outline(set *ruleset.Set, r *Report) string {
	var b strings.Builder
	for _, t := range r.Tables {
		fmt.Fprintln(&b, t.Table, t.Complete, t.Open, t.OpenPairs)
		for _, d := range t.Dead {
			fmt.Fprintln(&b, "dead", d.Row, len(d.By), d.Minimal)
		}
		for _, c := range t.Conflicts {
			fmt.Fprintln(&b, "conflict", c.Rows)
		}
	}
	for _, g := range r.Guardrails {
		fmt.Fprintln(&b, g.Guardrail, g.Checked, g.Answer)
	}
	return b.String() + fmt.Sprint(r.Items)
}

// TestWitnessesOfAnotherCatalogueAreForgotten edits the lists of values between
// two checks, so that positions stand for other values.
func TestWitnessesOfAnotherCatalogueAreForgotten(t *testing.T) {
	load := func(values string) *ruleset.Set {
		s := &scribe{files: fstest.MapFS{}}
		s.file("facts.yaml", "own_facts:\n  - {id: shade, type: enum, values: ["+values+"], max_age: contact, label: {en: x}}\n")
		s.file("topics.yaml", "topics:\n  - {id: none, kind: none, label: {en: x}}\n")
		s.file("mindset.yaml", "rules:\n"+ruleLine("a", "clinical", "{shade: {is: red}}", "patient")+"\ndefault: {id: last, then: consumer, because: {en: x}}\n")
		s.file("sender.yaml", "rules: []\ndefault: {id: last, then: nobody, because: {en: x}}\n")
		return s.load(t)
	}
	red, blue := "{id: red, label: {en: x}}", "{id: blue, label: {en: x}}"
	first := load(red + ", " + blue)
	var live Session
	live.Check(first, DefaultBudget)
	n := len(live.known.by)
	if live.known.readFor(load(red + ", " + blue + ", {id: grey, label: {en: x}}")); len(live.known.by) != n {
		t.Error("members are forgotten although all values are where they were")
	}
	if live.known.readFor(load(blue + ", " + red)); len(live.known.by) != 0 {
		t.Error("members are kept although values have moved")
	}
	if r := live.Check(load(blue+", "+red), DefaultBudget); !r.Sound() {
		t.Errorf("%+v", r)
	}
	if !reflect.DeepEqual(live.known.set.Catalogue(), load(blue+", "+red).Catalogue()) {
		t.Error("the session still goes by the old catalogue")
	}
}

// BenchmarkSession checks 5,000 rules again after one of them was edited.
func BenchmarkSession(b *testing.B) {
	for _, shape := range shapes {
		b.Run(shape.name, func(b *testing.B) {
			l := &largeContent{rand.New(rand.NewPCG(1, 5000)), 5000, shape.share}
			files := l.files()
			sets := [2]*ruleset.Set{l.load(b, files), nil}
			text := string(files["sender.yaml"].Data)
			files["sender.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, "- {id: r77, tier: ", "- {id: r77, from: 2030-01-01, tier: ", 1))}
			sets[1] = l.load(b, files)
			var live Session
			live.Check(sets[0], DefaultBudget)
			from := cpu()
			for i := 1; b.Loop(); i++ {
				live.Check(sets[i%2], DefaultBudget)
			}
			b.ReportMetric(float64((cpu()-from).Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}
