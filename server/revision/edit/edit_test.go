package edit_test

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func defaults(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(content.Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[name], err = fs.ReadFile(content.Default(), name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func load(t testing.TB, files map[string][]byte) *ruleset.Set {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: text}
	}
	set, problems := ruleset.LoadDraft(folder, day)
	if set == nil {
		t.Fatal(problems)
	}
	return set
}

func row(set *ruleset.Set, table ruleset.Table, id string) *ruleset.Row {
	for i := range set.Rows(table) {
		if r := &set.Rows(table)[i]; r.ID == id {
			return r
		}
	}
	return nil
}

// only fails unless the row alone differs, and then only in lines that hold
// what is named.
func only(t testing.TB, before, after map[string][]byte, id string) {
	t.Helper()
	changes := edit.Compare(before, after)
	if len(changes) != 1 || changes[0].ID != id {
		t.Fatalf("%s: %d changes: %+v", id, len(changes), changes)
	}
}

// TestEveryRowOfTheContent does each operation to each row of the tables and
// compiles what comes out.
func TestEveryRowOfTheContent(t *testing.T) {
	files := defaults(t)
	set := load(t, files)
	for table, list := range map[ruleset.Table]string{ruleset.MindsetTable: "mindset", ruleset.SenderTable: "sender"} {
		for i, r := range set.Rows(table) {
			if testing.Short() && i%12 != 0 && !r.Default {
				continue
			}
			do := func(o edit.Op) *ruleset.Row {
				t.Helper()
				o.List, o.Row = list, r.ID
				after, err := edit.Apply(files, []edit.Op{o})
				if err != nil {
					t.Fatalf("%s of %s: %v", o.Do, r.ID, err)
				}
				only(t, files, after, r.ID)
				return row(load(t, after), table, r.ID)
			}
			if got := do(edit.Op{Do: edit.SetWords, Key: "because", Language: "es", Text: `Por "qué": sí`}); got.Because["es"] != `Por "qué": sí` || got.Because["en"] != r.Because["en"] {
				t.Errorf("%s: because is %v", r.ID, got.Because)
			}
			if r.Default {
				continue
			}
			if r.When != nil {
				c := &edit.Condition{Any: []edit.Condition{{Fact: "coverage_status", Operator: "is", Values: []string{"active"}}, {Fact: "direction", Operator: "is", Values: []string{"inbound"}}}}
				if got := do(edit.Op{Do: edit.AddCondition, Condition: c}); len(got.When.Of) != len(r.When.Of)+1 || got.When.Of[len(r.When.Of)].Op != ruleset.AnyOf {
					t.Errorf("%s: a condition was not added", r.ID)
				}
				if len(r.When.Of) > 1 {
					if got := do(edit.Op{Do: edit.RemoveCondition, At: "0"}); len(got.When.Of) != len(r.When.Of)-1 {
						t.Errorf("%s: a condition was not removed", r.ID)
					}
				}
			}
			paused := do(edit.Op{Do: edit.Pause, Value: "2026-02-28"})
			if paused != nil {
				t.Errorf("%s is in force though it was paused", r.ID)
			}
		}
	}
}

func TestOnlyOneValueChanges(t *testing.T) {
	files := defaults(t)
	for _, try := range []struct {
		op       edit.Op
		old, now string
	}{
		{edit.Op{Do: edit.SetValue, List: "mindset", Row: "left-acute-care", At: "0.0", Values: []string{"14 days"}}, "hours_since_acute_care: {at_most: 30 days}", "hours_since_acute_care: {at_most: 14 days}"},
		{edit.Op{Do: edit.SetKey, List: "mindset", Row: "injury", Key: "then", Value: "consumer"}, "      - injury_dx_recent: {is: true}\n    then: patient", "      - injury_dx_recent: {is: true}\n    then: consumer"},
		{edit.Op{Do: edit.SetKey, List: "advice", Row: "gym", Key: "rank", Value: "31"}, "benefit: gym\n    rank: 30", "benefit: gym\n    rank: 31"},
		{edit.Op{Do: edit.SetWords, List: "advice", Row: "gym", Key: "title", Language: "es", Text: "Pase"}, "title: {en: Gym pass, es: Pase de gimnasio}", "title: {en: Gym pass, es: Pase}"},
		{edit.Op{Do: edit.SetWords, List: "mindset", Row: "injury", Key: "because", Language: "en", Text: `He said "no".`}, `en: "The member is hurt and under care."`, `en: "He said \"no\"."`},
	} {
		after, err := edit.Apply(files, []edit.Op{try.op})
		if err != nil {
			t.Fatal(try.op, err)
		}
		changed := 0
		for name := range files {
			if bytes.Equal(files[name], after[name]) {
				continue
			}
			changed++
			if want := strings.Replace(string(files[name]), try.old, try.now, 1); want != string(after[name]) {
				t.Errorf("%v: more than %q changed: %+v", try.op, try.old, edit.Compare(files, after))
			}
		}
		if changed != 1 {
			t.Errorf("%v: %d files changed", try.op, changed)
		}
	}
}

const small = `# Head.
rules:
  # About a.
  - id: a # first
    tier: clinical
    when:
      - any:
          - bmi: {at_least: 20} # why
          - direction: {is: inbound}
      - pcp_known: {is: true}
    then: provider
    because: {en: x}

  # --- A part.

  - {id: b, tier: coverage, when: [{pcp_known: {is: true}}], then: nobody, because: {en: "x: y"}}

  - id: c
    tier: coverage
    when: []
    then: nobody
    because:
      en: |
        Two
        # lines
# Tail.
default: {id: last, then: nobody, because: {en: x}}
`

func ids(t *testing.T, text string) string {
	t.Helper()
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if _, rest, ok := strings.Cut(line, "id: "); ok && !strings.HasPrefix(line, "default") {
			out = append(out, rest[:1])
		}
	}
	return strings.Join(out, "")
}

func TestRowsMove(t *testing.T) {
	for _, try := range []struct {
		op   edit.Op
		want string
	}{
		{edit.Op{Do: edit.Move, Row: "c", Place: edit.Place{Top: true}}, "cab"},
		{edit.Op{Do: edit.Move, Row: "a"}, "bca"},
		{edit.Op{Do: edit.Move, Row: "a", Place: edit.Place{After: "b"}}, "bac"},
		{edit.Op{Do: edit.Move, Row: "c", Place: edit.Place{Before: "b"}}, "acb"},
		{edit.Op{Do: edit.Delete, Row: "a"}, "bc"},
		{edit.Op{Do: edit.Delete, Row: "c"}, "ab"},
		{edit.Op{Do: edit.Duplicate, Row: "b", Value: "d"}, "abdc"},
		{edit.Op{Do: edit.Insert, Text: "{id: d, tier: coverage, when: [], then: nobody, because: {en: x}}"}, "abcd"},
		{edit.Op{Do: edit.Insert, Text: "- id: d\n  tier: coverage\n", Place: edit.Place{Top: true}}, "dabc"},
	} {
		try.op.List = "sender"
		out, err := edit.Apply(map[string][]byte{"sender.yaml": []byte(small)}, []edit.Op{try.op})
		if err != nil {
			t.Fatal(try.op, err)
		}
		got := string(out["sender.yaml"])
		if ids(t, got) != try.want {
			t.Errorf("%v: %s, want %s in\n%s", try.op, ids(t, got), try.want, got)
		}
		for _, keep := range []string{"# Head.", "# --- A part.", "# Tail."} {
			if !strings.Contains(got, keep) {
				t.Errorf("%v: %q is lost in\n%s", try.op, keep, got)
			}
		}
		if strings.Contains(got, "id: a") != strings.Contains(got, "  # About a.\n  - id: a # first") || strings.Contains(got, "\n\n\n") {
			t.Errorf("%v: comment or blank lines are not where they were:\n%s", try.op, got)
		}
		if strings.Contains(got, "id: c") && !strings.Contains(got, "        Two\n        # lines\n") {
			t.Errorf("%v: a block of text is torn:\n%s", try.op, got)
		}
	}
}

func TestConditionsInPlace(t *testing.T) {
	for _, try := range []struct {
		op        edit.Op
		old, want string
	}{
		{edit.Op{Do: edit.SetValue, Row: "a", At: "0.0", Values: []string{"25.5"}}, "{at_least: 20} # why", "{at_least: 25.5} # why"},
		{edit.Op{Do: edit.RemoveCondition, Row: "a", At: "1"}, "      - pcp_known: {is: true}\n    then", "    then"},
		{edit.Op{Do: edit.SetGroup, Row: "a", At: "0", Value: "all"}, "- any:", "- all:"},
		{edit.Op{Do: edit.SetCondition, Row: "a", At: "1", Condition: &edit.Condition{Fact: "topic", Operator: "is_any_of", Values: []string{"sleep", "stress"}}}, "- pcp_known: {is: true}\n    then", "- topic: {is_any_of: [sleep, stress]}\n    then"},
		{edit.Op{Do: edit.AddCondition, Row: "a", At: "0", Condition: &edit.Condition{Fact: "topic", Operator: "is", Values: []string{"sleep"}}}, "- direction: {is: inbound}\n", "- direction: {is: inbound}\n          - topic: {is: sleep}\n"},
		{edit.Op{Do: edit.AddCondition, Row: "c", Condition: &edit.Condition{Fact: "topic", Operator: "is", Values: []string{"sleep"}}}, "when: []", "when:\n      - topic: {is: sleep}"},
		{edit.Op{Do: edit.RemoveCondition, Row: "b", At: "0"}, "when: [{pcp_known: {is: true}}]", "when: []"},
		{edit.Op{Do: edit.SetKey, Row: "b", Key: "from", Value: "2026-05-01"}, `because: {en: "x: y"}}`, `because: {en: "x: y"}, from: 2026-05-01}`},
	} {
		try.op.List = "sender"
		out, err := edit.Apply(map[string][]byte{"sender.yaml": []byte(small)}, []edit.Op{try.op})
		if err != nil {
			t.Fatal(try.op, err)
		}
		if got, want := string(out["sender.yaml"]), strings.Replace(small, try.old, try.want, 1); got != want {
			t.Errorf("%v:\n%s", try.op, got)
		}
	}
}

func TestWhatCannotBeDone(t *testing.T) {
	files := map[string][]byte{"sender.yaml": []byte(small), "mindset.yaml": []byte("rules: {\n"), "topics.yaml": []byte("topics: []\n")}
	before := maps.Clone(files)
	for field, op := range map[string]edit.Op{
		"row":       {Do: edit.Delete, List: "sender", Row: "nope"},
		"list":      {Do: edit.Delete, List: "nope", Row: "a"},
		"file":      {Do: edit.Delete, List: "mindset", Row: "a"},
		"at":        {Do: edit.SetValue, List: "sender", Row: "a", At: "0.7", Values: []string{"1"}},
		"value":     {Do: edit.Duplicate, List: "sender", Row: "a", Value: "b"},
		"before":    {Do: edit.Move, List: "sender", Row: "a", Place: edit.Place{Before: "z"}},
		"text":      {Do: edit.Insert, List: "sender", Text: "[1, 2]"},
		"condition": {Do: edit.AddCondition, List: "sender", Row: "a", Condition: &edit.Condition{Fact: "bmi"}},
		"key":       {Do: edit.SetKey, List: "sender", Row: "a", Key: "id", Value: "z"},
		"fromLine":  {Do: edit.SetLines, File: "sender.yaml", From: 90, Until: 91},
		"language":  {Do: edit.SetWords, List: "sender", Row: "a", Key: "because"},
		"do":        {Do: "fly", List: "sender", Row: "a"},
	} {
		_, err := edit.Apply(files, []edit.Op{{Do: edit.SetKey, List: "sender", Row: "a", Key: "tier", Value: "coverage"}, op})
		if e, ok := err.(*edit.Error); !ok || e.Field != field || e.Op != 1 {
			t.Errorf("%s: %#v", field, err)
		}
	}
	if !maps.EqualFunc(files, before, bytes.Equal) {
		t.Error("an operation that failed changed the files it was given")
	}
	out, err := edit.Apply(files, []edit.Op{{Do: edit.Insert, List: "topics", Text: "{id: sleep, kind: lifestyle, label: {en: sleep}}"}})
	if err != nil || string(out["topics.yaml"]) != "topics:\n  - {id: sleep, kind: lifestyle, label: {en: sleep}}\n" {
		t.Errorf("into an empty list: %v\n%s", err, out["topics.yaml"])
	}
	if out, err = edit.Apply(out, []edit.Op{{Do: edit.Delete, List: "topics", Row: "sleep"}}); err != nil || string(out["topics.yaml"]) != "topics: []\n" {
		t.Errorf("the last row: %v\n%s", err, out["topics.yaml"])
	}
}

func TestMerge(t *testing.T) {
	base := defaults(t)
	do := func(files map[string][]byte, ops ...edit.Op) map[string][]byte {
		t.Helper()
		out, err := edit.Apply(files, ops)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	set := func(row, then string) edit.Op {
		return edit.Op{Do: edit.SetKey, List: "mindset", Row: row, Key: "then", Value: then}
	}
	copied := edit.Op{Do: edit.Duplicate, List: "mindset", Row: "injury", Value: "injury-two"}
	gone := edit.Op{Do: edit.Delete, List: "mindset", Row: "acute-illness"}
	mine := do(base, set("injury", "consumer"), copied, gone, edit.Op{Do: edit.WriteFile, File: "advice/new.yaml", Text: "items: []\n"})
	theirs := do(base, set("in-acute-care-now", "consumer"))
	got, clashes := edit.Merge(base, mine, theirs)
	if want := do(theirs, set("injury", "consumer"), copied, gone, edit.Op{Do: edit.WriteFile, File: "advice/new.yaml", Text: "items: []\n"}); len(clashes) > 0 || !maps.EqualFunc(got, want, bytes.Equal) {
		t.Errorf("clashes %v, differs in %+v", clashes, edit.Compare(want, got))
	}
	theirs = do(base, set("injury", "undetermined"))
	_, clashes = edit.Merge(base, mine, theirs)
	if len(clashes) != 1 || clashes[0].ID != "injury" || clashes[0].List != "mindset" || !strings.Contains(clashes[0].Theirs, "undetermined") || !strings.Contains(clashes[0].Mine, "consumer") || !strings.Contains(clashes[0].Base, "patient") {
		t.Errorf("clashes: %+v", clashes)
	}
	if _, clashes = edit.Merge(base, mine, mine); len(clashes) != 0 {
		t.Errorf("equal changes clash: %+v", clashes)
	}
	lists := slices.Sorted(maps.Keys(base))
	whole := do(base, edit.Op{Do: edit.WriteFile, File: lists[0], Text: "# all\n"})
	if c := edit.Compare(base, whole); len(c) != 1 || c[0].ID != "" || c[0].File != lists[0] {
		t.Errorf("a file that is another: %+v", c)
	}
}

// FuzzText: whatever a file holds, an operation gives YAML that reads back, or
// an error.
func FuzzText(f *testing.F) {
	f.Add(small, "a", "0.0", "25")
	f.Add("rules:\n- {id: a,\n   when: [x: {is: 1}]}\n", "a", "0", "a: b")
	f.Add("rules:\n  - id: a\n    when: [{x: {is: 'it''s'}}] # c\n", "a", "0", "#")
	f.Add("es:\r-  id: a", "a", "0", " ")
	f.Fuzz(func(t *testing.T, text, id, at, value string) {
		files := map[string][]byte{"sender.yaml": []byte(text)}
		for _, o := range []edit.Op{
			{Do: edit.SetValue, At: at, Values: []string{value}}, {Do: edit.SetWords, Key: "because", Language: "en", Text: value}, {Do: edit.Delete},
			{Do: edit.RemoveCondition, At: at}, {Do: edit.Duplicate, Value: "z"}, {Do: edit.Move, Place: edit.Place{Top: true}},
		} {
			o.List, o.Row = "sender", id
			if out, err := edit.Apply(files, []edit.Op{o}); err == nil {
				edit.Compare(files, out)
				edit.Merge(files, out, files)
			}
		}
	})
}
