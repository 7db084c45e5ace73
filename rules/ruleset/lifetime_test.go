package ruleset

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// lifetimeRules compare elapsed facts from above, from below and between.
const lifetimeRules = `rules:
  - {id: left, tier: clinical, when: [{hours_since_acute_care: {at_most: 30 days}}], then: patient, because: {en: x}}
  - {id: seen, tier: coverage, when: [{days_since_problem_visit: {between: [3, 5]}}], then: patient, because: {en: x}}
  - {id: drug, tier: engagement, when: [{new_rx_days: {at_least: 14 days}}], then: consumer, because: {en: x}}
default: {id: z, then: undetermined, because: {en: x}}
`

func lifetimeSet(t testing.TB) *Set {
	t.Helper()
	files := good(t)
	files["mindset.yaml"].Data = []byte(lifetimeRules)
	return mustLoad(t, files, march)
}

func TestLifetimeEndsBeforeAFactCrosses(t *testing.T) {
	s := lifetimeSet(t)
	const hour, day = time.Hour, 24 * time.Hour
	for _, c := range []struct {
		id    fact.ID
		value int64
		want  time.Duration
	}{
		{fact.HoursSinceAcuteCare, 700, 20 * hour}, {fact.HoursSinceAcuteCare, 719, hour}, {fact.HoursSinceAcuteCare, 720, hour},
		{fact.HoursSinceAcuteCare, 721, day}, {fact.HoursSinceAcuteCare, 600, day},
		{fact.DaysSinceProblemVisit, 1, day}, {fact.DaysSinceProblemVisit, 5, day}, {fact.DaysSinceProblemVisit, 9, day},
	} {
		var f fact.Facts
		f.SetRaw(c.id, c.value)
		if got := s.Lifetime(&f, nil); got != c.want {
			t.Errorf("%s at %d: %v, want %v", s.Catalogue().Def(c.id).Name, c.value, got, c.want)
		}
	}
}

// since is what was told of elapsed facts as the moments they count from, ages
// left out.
type since map[fact.ID]int64 // hours before the beginning

// at is the facts after some hours.
func (m since) at(s *Set, hours int64) (f fact.Facts) {
	for id, before := range m {
		f.SetRaw(id, (before+hours)/int64(s.Catalogue().Def(id).Advances()/time.Hour))
	}
	return f
}

// clocked is since after some hours, as Lifetime asks it.
type clocked struct {
	m     since
	s     *Set
	hours int64
}

func (t clocked) Left(id fact.ID, next int64, crosses bool) (time.Duration, bool) {
	before, ok := t.m[id]
	if !crosses {
		return LongestLifetime, ok
	}
	step := int64(t.s.Catalogue().Def(id).Advances() / time.Hour)
	return time.Duration(next*step-before-t.hours) * time.Hour, ok
}

// TestNothingChangesWithinALifetime walks, hour by hour, to the end of every
// lifetime and one hour beyond.
func TestNothingChangesWithinALifetime(t *testing.T) {
	s := lifetimeSet(t)
	changed, ended := 0, 0
	for a := int64(0); a < 800; a += 37 {
		for b := int64(0); b < 24*8; b += 11 {
			m := since{fact.HoursSinceAcuteCare: a, fact.DaysSinceProblemVisit: b, fact.NewRxDays: a / 3}
			start := m.at(s, 0)
			holds := int64(s.Lifetime(&start, clocked{m, s, 0}) / time.Hour)
			if holds <= 0 {
				t.Fatalf("%v holds for no time", m)
			}
			for h := int64(0); h <= holds; h++ {
				f := m.at(s, h)
				for topic := range s.Topics() {
					same := s.Decide(&f, uint16(topic)) == s.Decide(&start, uint16(topic))
					if h < holds && !same {
						t.Fatalf("%v changes after %d hours, and was to hold for %d", m, h, holds)
					}
					if h == holds && !same {
						changed++
					}
				}
			}
			ended++
		}
	}
	if changed == 0 {
		t.Errorf("nothing changed at the end of any of %d lifetimes: they could be longer", ended)
	}
	t.Logf("%d answers changed at the end of %d lifetimes", changed, ended)
}
