package coherence

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
)

// event is what a feed tells about one member. Times are since the day began;
// what was so before has a time below zero.
type event struct {
	member  int
	told    time.Duration // delivered
	asOf    time.Duration
	side    string
	source  string
	facts   []casefile.Given
	retract []string
	again   bool // the same was told before
	late    bool // something newer about the member was told before
}

// aDay is how long a story lasts.
const aDay = 24 * time.Hour

// story is one member's day, in the order in which it is told. It depends on
// the seed and the number of the member alone.
func story(seed uint64, member int) []event {
	s := &writer{r: rand.New(rand.NewPCG(seed, uint64(member))), member: member}
	s.eligibility()
	s.emergency()
	s.illness()
	s.conditions()
	for i := range s.events { // no two words of one moment: which of them counts is not the point here
		e := &s.events[i]
		e.asOf = min(e.asOf, e.told).Truncate(time.Second) - time.Duration(i)*time.Millisecond
	}
	for _, e := range s.events {
		if later := e.told + s.within(time.Minute, 2*time.Hour); s.chance(10) && later < aDay {
			e.told, e.again = later, true
			s.events = append(s.events, e)
		}
	}
	s.events = slices.DeleteFunc(s.events, func(e event) bool { return e.told >= aDay })
	slices.SortStableFunc(s.events, func(a, b event) int { return cmp.Compare(a.told, b.told) })
	newest := s.events[0].asOf
	for i := range s.events {
		e := &s.events[i]
		e.late = e.asOf < newest
		newest = max(newest, e.asOf)
	}
	return s.events
}

type writer struct {
	r      *rand.Rand
	member int
	events []event
}

func (s *writer) chance(percent int) bool { return s.r.IntN(100) < percent }

func (s *writer) within(from, to time.Duration) time.Duration {
	return from + time.Duration(s.r.Int64N(int64(to-from)))
}

func (s *writer) tell(told, asOf time.Duration, side, source string, facts ...casefile.Given) {
	s.events = append(s.events, event{member: s.member, told: told, asOf: asOf, side: side, source: source, facts: facts})
}

var benefits = []string{"gym", "sleep_program", "nutrition"}

// eligibility is told as of yesterday, so that it ends in the course of the day,
// and for most members anew.
func (s *writer) eligibility() {
	first := s.within(0, 30*time.Minute)
	s.plan(first, first-s.within(time.Hour, 22*time.Hour), "active")
	if s.chance(60) {
		at := s.within(3*time.Hour, 23*time.Hour)
		status := "active"
		if s.chance(30) {
			status = "cancelled"
		}
		s.plan(at, at-s.within(0, time.Hour), status)
	}
}

func (s *writer) plan(told, asOf time.Duration, status string) {
	has := []string{}
	for _, b := range benefits {
		if s.chance(60) {
			has = append(has, b)
		}
	}
	s.tell(told, asOf, "insurer", "eligibility", casefile.Given{Name: "coverage_status", Value: status}, casefile.Given{Name: "benefit_available", Value: has})
}

// emergency is a stay in the ER, whose news may come late and out of order.
func (s *writer) emergency() {
	if !s.chance(25) {
		return
	}
	came := s.within(time.Hour, 18*time.Hour)
	left := came + s.within(time.Hour, 6*time.Hour)
	late := time.Duration(0)
	if s.chance(20) {
		late = left - came + s.within(time.Minute, time.Hour) // heard of only after the member had left
	}
	s.tell(came+s.within(0, 15*time.Minute)+late, came, "provider", "adt", casefile.Given{Name: "encounter_class_now", Value: "EMER"})
	if s.chance(70) { // else nobody tells, and the stay is forgotten by age
		s.tell(left+s.within(0, 15*time.Minute), left, "provider", "adt",
			casefile.Given{Name: "encounter_class_now", Value: "none"}, casefile.Given{Name: "hours_since_acute_care", Value: int64(0)})
	}
}

// illness is a diagnosis that a feed tells, and some take back.
func (s *writer) illness() {
	if s.chance(20) {
		at := s.within(0, 12*time.Hour)
		s.tell(at, at-s.within(2*time.Hour, 22*time.Hour), "insurer", "claims", casefile.Given{Name: "acute_dx_active", Value: true})
		if back := at + s.within(time.Hour, 6*time.Hour); s.chance(40) {
			s.events = append(s.events, event{member: s.member, told: back, asOf: back, side: "insurer", source: "claims", retract: []string{"acute_dx_active"}})
		}
		if s.chance(30) { // the clinic knows better
			at += s.within(time.Minute, 3*time.Hour)
			s.tell(at, at, "provider", "ehr", casefile.Given{Name: "acute_dx_active", Value: false})
		}
	}
	if s.chance(5) {
		at := s.within(0, 20*time.Hour)
		s.tell(at, at, "provider", "ehr", casefile.Given{Name: "surgery_phase", Value: "planned_30d"})
	}
}

// conditions are long-term, told by two feeds that need not agree.
func (s *writer) conditions() {
	if s.chance(40) {
		at := s.within(0, 20*time.Hour)
		s.tell(at, at-s.within(0, 10*aDay), "provider", "ehr", casefile.Given{Name: "chronic_dx", Value: []string{"hypertension"}})
		if s.chance(50) {
			at += s.within(time.Minute, 3*time.Hour)
			s.tell(at, at-s.within(0, 20*aDay), "insurer", "claims", casefile.Given{Name: "chronic_dx", Value: []string{"diabetes", "hypertension"}})
		}
	}
}
