package intake_test

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// FuzzRead reads any bytes: no panic, an answer within the vocabularies, the
// same one twice, and never two topics that one side answers.
func FuzzRead(f *testing.F) {
	set, lex := rules(f)
	c := set.Catalogue()
	topics, intents := len(c.Def(fact.Topic).Values), len(c.Def(fact.TextIntent).Values)
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := lex.Read(text)
		if len(r.Topics) > intake.MaxTopics || r.Intent < 0 || r.Intent >= intents || r.RedFlags>>len(fact.RedFlags) != 0 {
			t.Fatalf("an answer outside its bounds: %+v", r)
		}
		insurer := 0
		for _, topic := range r.Topics {
			if int(topic) >= topics {
				t.Fatalf("no topic has position %d", topic)
			}
			if lex.KindOf(topic) == "coverage" {
				insurer++
			}
		}
		if insurer > 1 || r.RedFlags != 0 && len(r.Topics) != 1 {
			t.Fatalf("topics that do not go together: %+v", r)
		}
		if again := lex.Read(text); !reflect.DeepEqual(r, again) {
			t.Fatalf("read twice: %+v and %+v", r, again)
		}
	})
}

// seeds are questions of every kind and what people and machines send instead.
func seeds(f *testing.F) []string {
	out := []string{"", "\x00", "\xff\xfe", "....", "$$$", "1.1.1.1,,", "a'", "'s", "x's'", "é\u0301", "¿¡", "no no no not", "and and is is", "0+", "<body> hurts", "-itis", "5-500x pills", "100.4100.4", "999999999999999999999"}
	file, err := os.Open("testdata/tune.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 0; lines.Scan(); n++ {
		var l labelled
		if json.Unmarshal(lines.Bytes(), &l) == nil && n%5 == 0 {
			out = append(out, l.Text)
		}
	}
	return out
}

// FuzzGather codes and dates of any kind make facts within their ranges.
func FuzzGather(f *testing.F) {
	set, lex := rules(f)
	c := set.Catalogue()
	f.Add("E11.9", uint8(1), int64(0), int64(0), "")
	f.Add("R45.851", uint8(1), int64(-86400*3), int64(0), "my knee hurts")
	f.Add("S93.401D", uint8(1), int64(-1<<40), int64(5), "x")
	f.Add("59621000", uint8(2), int64(-86400*800), int64(1), "")
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, code string, system uint8, onset, abated int64, text string) {
		d := intake.Diagnosis{System: intake.System(system), Code: code}
		if onset != 0 {
			d.Onset = now.Add(time.Duration(onset) * time.Second)
		}
		if abated != 0 {
			d.Abated = now.Add(time.Duration(abated) * time.Second)
		}
		facts, topics := lex.Gather(intake.Question{Text: text, Now: now, Diagnoses: []intake.Diagnosis{d}})
		if len(topics) == 0 || len(topics) > intake.MaxTopics {
			t.Fatalf("%d topics", len(topics))
		}
		for id := range fact.ID(c.Len()) {
			def := c.Def(id)
			if v := facts.Raw(id); facts.Known(id) && (def.Kind == fact.Int && (v < def.Min || v > def.Max) || def.Kind == fact.Set && v>>len(def.Values) != 0) {
				t.Fatalf("%s is out of its range", def.Name)
			}
		}
		for _, topic := range topics {
			set.Decide(&facts, topic)
		}
	})
}
