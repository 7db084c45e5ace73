package ruleset

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// question that meets a cube of facts and topic alone.
func meeting(c Cube) (f fact.Facts, topic uint16) {
	for i := range c {
		switch known, raw := c[i].sample(); {
		case c[i].Column == fact.Topic:
			topic = uint16(raw)
		case c[i].Column < fact.MaxFacts && known:
			f.SetRaw(c[i].Column, raw)
		}
	}
	return f, topic
}

// TestOverlapIsExact compares the pairwise test with the plain way, over random
// pairs of conditions: where it finds an overlap, the member it shows meets
// both; where it finds none, no random member meets both.
func TestOverlapIsExact(t *testing.T) {
	overlaps, apart := 0, 0
	for seed := range uint64(40) {
		m := newMaker(t, 5000+seed)
		l := &loader{set: Set{catalogue: m.catalogue, topics: m.topics}}
		s := &Set{catalogue: m.catalogue, topics: m.topics}
		var whens []*Condition
		var cubes []Cube
		for range 30 {
			when, union := m.rule(fact.ByMindset, nil)
			for _, c := range union {
				whens, cubes = append(whens, when), append(cubes, c)
			}
		}
		near := newFilter(m.catalogue, cubes)
		for i := range cubes {
			may := map[int]bool{}
			near.each(cubes[i], i+1, func(j int) bool { may[j] = true; return true })
			for j := i + 1; j < len(cubes); j++ {
				both, ok := l.overlap(cubes[i], cubes[j])
				if !ok {
					apart++
					continue
				}
				overlaps++
				if !may[j] {
					t.Fatalf("the filter leaves out an overlap: %v and %v", cubes[i], cubes[j])
				}
				f, topic := meeting(both)
				o := oracle{s: s, f: &f, topic: topic}
				if !o.holds(whens[i]) || !o.holds(whens[j]) {
					t.Fatalf("the example %s does not meet both", example(both, m.catalogue))
				}
			}
		}
		for range 400 {
			f, topic := m.question()
			v := s.view(&f, topic)
			for i := range cubes {
				for j := 0; topic < uint16(len(m.topics)) && j < i; j++ {
					if v.fits(cubes[i]) && v.fits(cubes[j]) {
						if _, ok := l.overlap(cubes[i], cubes[j]); !ok {
							t.Fatalf("a member meets %v and %v, which are said to be apart", cubes[i], cubes[j])
						}
					}
				}
			}
		}
	}
	if overlaps < 1000 || apart < 1000 {
		t.Errorf("%d overlaps, %d apart", overlaps, apart)
	}
}

// fits reports whether all literals of a cube hold.
func (v *view) fits(c Cube) bool {
	for i := range c {
		raw, known := v.at(c[i].Column)
		if !c[i].Holds(known, raw) {
			return false
		}
	}
	return true
}

func twoRules(a, b string) fstest.MapFS {
	return fstest.MapFS{"sender.yaml": {Data: []byte(fmt.Sprintf(`
rules:
  - {id: a, then: provider, because: {en: x}, %s}
  - {id: b, then: insurer, because: {en: x}, %s}
default: {id: z, then: nobody, because: {en: x}}
`, a, b))}}
}

// TestConflicts names pairs of rules by whether one member can meet both.
func TestConflicts(t *testing.T) {
	for _, try := range []struct {
		a, b     string
		conflict bool
	}{
		{"tier: clinical, when: [{topic: {is: sleep}}]", "tier: clinical, when: [{acute_dx_active: {is: true}}]", true},
		{"tier: clinical, when: [{topic: {is: sleep}}]", "tier: coverage, when: [{acute_dx_active: {is: true}}]", false},
		{"tier: clinical, when: [{topic: {is: sleep}}]", "tier: clinical, when: [{topic_kind: {is: lifestyle}}]", true},
		{"tier: clinical, when: [{topic: {is: sleep}}]", "tier: clinical, when: [{topic_kind: {is: care}}]", false},
		{"tier: clinical, when: [{new_rx_days: {at_most: 13}}]", "tier: clinical, when: [{new_rx_days: {at_least: 2 weeks}}]", false},
		{"tier: clinical, when: [{new_rx_days: {at_most: 14}}]", "tier: clinical, when: [{new_rx_days: {at_least: 2 weeks}}]", true},
		{"tier: clinical, when: [{acute_dx_active: {is: true}}]", "tier: clinical, when: [{acute_dx_active: {is_not: true}}]", false},
		{"tier: clinical, when: [{acute_dx_active: {known: false}}]", "tier: clinical, when: [{acute_dx_active: {is_not: true}}]", false},
		{"tier: clinical, when: [{acute_dx_active: {known: false}}]", "tier: clinical, when: [{injury_dx_recent: {known: false}}]", true},
		{"tier: clinical, when: [{chronic_dx: {includes_all_of: [asthma, diabetes]}}]", "tier: clinical, when: [{chronic_dx: {includes_none_of: [asthma]}}]", false},
		{"tier: clinical, when: [{chronic_dx: {includes_any_of: [asthma, diabetes]}}]", "tier: clinical, when: [{chronic_dx: {includes_none_of: [asthma]}}]", true},
		{"tier: clinical, when: [{tied_benefit: {is: true}}]", "tier: clinical, when: [{coverage_status: {is: cancelled}}]", false},
		{"tier: clinical, when: [{tied_benefit: {is: true}}]", "tier: clinical, when: [{topic: {is: claim}}]", false},
		{"tier: clinical, when: [{tied_benefit: {is: true}}]", "tier: clinical, when: [{benefit_available: {known: false}}]", false},
		{"tier: clinical, when: [{tied_benefit: {is: false}}]", "tier: clinical, when: [{benefit_available: {includes_any_of: [gym]}}, {topic: {is: activity}}, {coverage_status: {is: active}}]", false},
		{"tier: clinical, when: [{tied_benefit: {is: false}}]", "tier: clinical, when: [{benefit_available: {includes_any_of: [gym]}}, {topic: {is: sleep}}, {coverage_status: {is: active}}]", true},
		{"tier: clinical, until: 2026-03-31, when: [{topic: {is: sleep}}]", "tier: clinical, from: 2026-04-01, when: [{topic: {is: sleep}}]", false},
		{"tier: clinical, until: 2026-04-01, when: [{topic: {is: sleep}}]", "tier: clinical, from: 2026-04-01, when: [{topic: {is: sleep}}]", true},
	} {
		files := good(t)
		files["sender.yaml"] = twoRules(try.a, try.b)["sender.yaml"]
		_, problems := Load(files, march)
		if got := strings.Contains(fmt.Sprint(codes(problems)), "tier-conflict"); got != try.conflict || len(problems) > 1 {
			t.Errorf("%s and %s: got %v", try.a, try.b, problems)
		}
	}
}

// TestConflictsAreCapped keeps a hopeless file from costing much.
func TestConflictsAreCapped(t *testing.T) {
	var b strings.Builder
	b.WriteString("rules:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  - {id: a%d, tier: clinical, when: [{new_rx_days: {at_most: %d}}], then: %s, because: {en: x}}\n", i, i, []string{"provider", "insurer"}[i%2])
	}
	b.WriteString("default: {id: z, then: nobody, because: {en: x}}\n")
	files := good(t)
	files["sender.yaml"] = &fstest.MapFile{Data: []byte(b.String())}
	if _, problems := Load(files, march); len(problems) != maxConflicts {
		t.Errorf("got %d problems", len(problems))
	}
}
