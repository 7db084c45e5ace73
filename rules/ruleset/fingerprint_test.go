package ruleset

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestFingerprintsNameWhatChanged edits one file and lists the topics whose
// fingerprint is another.
func TestFingerprintsNameWhatChanged(t *testing.T) {
	before := mustLoad(t, good(t), march)
	for name, try := range map[string]struct{ file, old, new, want string }{
		"words of advice":         {"advice/all.yaml", "Your plan has a sleep class.", "Sleep better.", "sleep"},
		"advice for three topics": {"advice/all.yaml", "Send us a note.", "Call us.", "symptom sleep activity"},
		"the rank of advice":      {"advice/all.yaml", "rank: 20", "rank: 30", "activity"},
		"what advice wants":       {"advice/all.yaml", "rank: 20", "rank: 20\n    kind: ask", "activity"},
		"when advice is given":    {"advice/all.yaml", "rank: 20", "rank: 20\n    stage: welcome", "activity"},
		"what advice reads":       {"advice/all.yaml", "[denied, pended]", "[denied]", "claim"},
		"words of a rule":         {"sender.yaml", "The plan answers for the plan.", "It does.", "claim"},
		"a rule for all topics":   {"sender.yaml", "You have a benefit for this.", "It does.", "symptom sleep activity claim danger other"},
		"ties":                    {"topics.yaml", "benefits: [gym]", "benefits: [gym, sleep_program]", "activity"},
		"what is handed over":     {"topics.yaml", "Ask your plan.", "They know.", "claim"},
		"a comment":               {"sender.yaml", "rules:", "# for readers\nrules:", ""},
	} {
		files := good(t)
		text := string(files[try.file].Data)
		if !strings.Contains(text, try.old) {
			t.Fatalf("%s: nothing to edit", name)
		}
		files[try.file].Data = []byte(strings.Replace(text, try.old, try.new, 1))
		after := mustLoad(t, files, march)
		var changed []string
		for i, topic := range after.Topics() {
			if before.Fingerprint(uint16(i)) != after.Fingerprint(uint16(i)) {
				changed = append(changed, topic.ID)
			}
		}
		if got := strings.Join(changed, " "); got != try.want {
			t.Errorf("%s: changed are %q, want %q", name, got, try.want)
		}
	}
}

// TestEqualFingerprintsAnswerAlike changes one rule or item of random sets: where
// the fingerprint stays, so does every answer with its cells.
func TestEqualFingerprintsAnswerAlike(t *testing.T) {
	alike, apart := 0, 0
	for seed := range uint64(100) {
		m := newMaker(t, 9000+seed)
		before := m.set(25)
		after := m.variant(before)
		for range 300 {
			f, topic := m.question()
			if before.Fingerprint(topic) != after.Fingerprint(topic) {
				apart++
				continue
			}
			alike++
			x, y := before.Decide(&f, topic), after.Decide(&f, topic)
			if !slices.Equal(named(before, &x), named(after, &y)) {
				t.Fatalf("topic %d: %v and %v", topic, named(before, &x), named(after, &y))
			}
			if !bytes.Equal(before.AppendCells(nil, &f, topic), after.AppendCells(nil, &f, topic)) {
				t.Fatalf("topic %d: equal fingerprints, and other cells", topic)
			}
		}
	}
	if alike < 1000 || apart < 1000 {
		t.Errorf("only %d questions under equal fingerprints and %d under others", alike, apart)
	}
}

// variant is a set with one row or item fewer, or one that asks for something
// else.
func (m *maker) variant(s *Set) *Set {
	out := *s
	for t := range out.tables {
		out.tables[t] = slices.Clone(s.tables[t])
	}
	out.items = slices.Clone(s.items)
	switch rows := out.tables[m.IntN(2)]; m.IntN(5) {
	case 0:
		at := m.IntN(len(out.items))
		out.items = slices.Delete(out.items, at, at+1)
	case 1:
		about := &Condition{Column: fact.Topic, Op: Is, Values: []int64{int64(m.IntN(len(m.topics)))}}
		row := &rows[m.IntN(len(rows)-1)]
		row.When, row.cubes = m.rule(fact.ByRules, about)
	case 2: // no column is cut otherwise
		a, b := &rows[m.IntN(len(rows)-1)], &rows[m.IntN(len(rows)-1)]
		a.cubes, b.cubes = b.cubes, a.cubes
	default:
		row := &rows[m.IntN(len(rows)-1)]
		row.Outcome = (row.Outcome + 1) % 3
	}
	out.compiled = compile(&out)
	return &out
}

// named is a decision by names.
func named(s *Set, d *decision.Decision) []string {
	out := []string{d.Mindset.String(), d.Sender.String(), d.Notice.String(), rowName(s, MindsetTable, d.MindsetRow), rowName(s, SenderTable, d.SenderRow)}
	for _, i := range d.Advice() {
		out = append(out, s.Item(i).ID)
	}
	return out
}

func rowName(s *Set, t Table, row int32) string {
	if r := s.Row(t, row); r != nil {
		return r.ID
	}
	return ""
}
