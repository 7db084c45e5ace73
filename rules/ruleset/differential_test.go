package ruleset

import (
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestDecideAgreesWithThePlainWay compares the index with the oracle over
// random rule sets and questions, and holds the promise of AppendCells on the
// way: questions with equal cells get equal answers. RIGHTVOICE_SOAK=1 runs the
// 20 million questions of the full comparison, which takes minutes.
func TestDecideAgreesWithThePlainWay(t *testing.T) {
	sets, questions := 50, 20_000
	if testing.Short() {
		sets, questions = 20, 2_000
	}
	if os.Getenv("RIGHTVOICE_SOAK") != "" {
		sets, questions = 500, 40_000
	}
	var seen tally
	begun := time.Now()
	for i := range sets {
		m := newMaker(t, uint64(i))
		size := []int{0, 1, 5, 20, 60, 200}[i%6]
		if i%50 == 49 {
			size = 1500
		}
		compare(t, m, m.set(size), questions, &seen)
		if t.Failed() {
			t.Fatalf("set %d with %d rules", i, size)
		}
	}
	t.Logf("%d questions over %d sets agree in %v: %+v", sets*questions, sets, time.Since(begun).Round(time.Second), seen)
	if seen.Defaults == 0 || seen.Rules == 0 || seen.Advice == 0 || seen.Safety == 0 || seen.Choice == 0 || seen.SharedCells == 0 {
		t.Errorf("the questions leave something out: %+v", seen)
	}
}

type tally struct{ Rules, Defaults, Safety, Choice, Advice, SharedCells int }

func (n *tally) count(s *Set, d *decision.Decision) {
	switch {
	case d.SenderRow == decision.BySafety:
		n.Safety++
	case s.tables[SenderTable][d.SenderRow].Default:
		n.Defaults++
	default:
		n.Rules++
	}
	if d.MindsetRow == decision.ByMemberChoice {
		n.Choice++
	}
	n.Advice += len(d.Advice())
}

func compare(t *testing.T, m *maker, s *Set, questions int, seen *tally) {
	type answer struct {
		d decision.Decision
		f fact.Facts
	}
	cells := map[string]answer{}
	var key []byte
	for range questions {
		f, topic := m.question()
		got := s.Decide(&f, topic)
		if want := (&oracle{s: s, f: &f, topic: topic}).decide(); got != want {
			t.Errorf("topic %d: got %+v, want %+v", topic, got, want)
			return
		}
		seen.count(s, &got)
		key = s.AppendCells(key[:0], &f, topic)
		before, known := cells[string(key)]
		if !known {
			if len(cells) < 20_000 {
				cells[string(key)] = answer{got, f}
			}
			continue
		}
		seen.SharedCells++
		if before.d != got {
			t.Errorf("equal cells: %+v and %+v", before.d, got)
			return
		}
		if before.f != f && seen.SharedCells%50 == 0 && !reflect.DeepEqual(s.Needed(&before.f, topic), s.Needed(&f, topic)) {
			t.Errorf("equal cells need %v and %v", s.Needed(&before.f, topic), s.Needed(&f, topic))
			return
		}
	}
}

// TestOneFactAtATime changes one fact of a question: where the answer changes,
// the cells do, and where no rule of the topic reads the fact they do not.
func TestOneFactAtATime(t *testing.T) {
	changed, silent := 0, 0
	for seed := range uint64(30) {
		m := newMaker(t, 1000+seed)
		s := m.set(25)
		for range 300 {
			f, topic := m.question()
			before, cells := s.Decide(&f, topic), s.AppendCells(nil, &f, topic)
			for range 20 {
				g := f
				id := fact.ID(m.IntN(m.catalogue.Len()))
				if d := m.catalogue.Def(id); d.Kind == fact.Opaque {
					continue
				}
				m.fill(&g, id)
				same := string(s.AppendCells(nil, &g, topic)) == string(cells)
				if s.Decide(&g, topic) != before {
					changed++
					if same {
						t.Fatalf("%s changes the answer and not the cells", m.catalogue.Def(id).Name)
					}
				}
				if !s.reads(id) && id != fact.MemberChoice && s.gate(&g, topic) == s.gate(&f, topic) {
					silent++
					if !same {
						t.Fatalf("no rule reads %s, and it changes the cells", m.catalogue.Def(id).Name)
					}
				}
			}
		}
	}
	if changed < 1000 || silent < 1000 {
		t.Errorf("only %d changes and %d facts that no rule reads", changed, silent)
	}
}

func (s *Set) reads(id fact.ID) bool {
	for _, a := range s.ages {
		if a.id == id {
			return true
		}
	}
	return false
}
