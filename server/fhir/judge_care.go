package fhir

import (
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

const day = 24 * time.Hour

// How far back or ahead things count.
const (
	acuteCareReach = 365 * day // hours_since_acute_care: none before
	surgeryReach   = 30 * day
)

// acuteClasses are encounters that are acute care.
var acuteClasses = []string{"EMER", "IMP", "ACUTE", "OBSENC"}

// longest is how long an encounter can be open before it was forgotten to be
// closed.
var longest = map[string]time.Duration{
	"EMER": 3 * day, "OBSENC": 7 * day, "SS": 7 * day,
	"IMP": 400 * day, "ACUTE": 400 * day, "NONAC": 400 * day, "HH": 400 * day,
}

const longestVisit = day // of every other class

// stay times of an encounter as of now.
type stretch struct {
	start, end time.Time // end is zero while it lasts
}

func (j *judge) encounterFacts() {
	for i := range j.encounters {
		e := &j.encounters[i]
		if !j.mine(&e.source) || e.status == "planned" {
			continue
		}
		s, why := j.stretchOf(e)
		if why != "" {
			j.ignore(e.name, "period", why)
		}
		if !s.start.IsZero() {
			j.encounterFact(e, s)
		}
	}
}

// stretchOf is when an encounter began and ended, as known now. A zero start
// means that it tells nothing.
func (j *judge) stretchOf(e *encounter) (stretch, Reason) {
	open := slices.Contains([]string{"in-progress", "arrived", "triaged", "onleave"}, e.status)
	p := e.period
	if !p.start.known() && !p.end.known() {
		if told := j.documents[e.doc].at; open && told.known() {
			p.start = told
		} else if open && e.updated.known() {
			p.start = e.updated
		} else {
			return stretch{}, NoDate
		}
	}
	if p.start.known() && p.end.known() && p.end.last(j.zone).Before(p.start.first(j.zone)) {
		return stretch{}, Contradictory
	}
	start, come := j.began(firstKnown(p.start, p.end))
	if !come {
		return stretch{}, Future
	}
	switch {
	case j.past(p.end):
		return stretch{start, p.end.last(j.zone)}, contradicts(open)
	case p.end.known():
		return stretch{start: start}, ""
	case open:
		return j.openSince(e, start)
	}
	return stretch{start, j.upTo(p.start)}, ""
}

// contradicts is the reason to list an encounter that is open after its end.
func contradicts(open bool) Reason {
	if open {
		return Contradictory
	}
	return ""
}

// openSince is an encounter without an end: going on, or forgotten.
func (j *judge) openSince(e *encounter, start time.Time) (stretch, Reason) {
	limit, ok := longest[e.class]
	if !ok {
		limit = longestVisit
	}
	if j.now.Sub(start) > limit {
		return stretch{start, start}, LeftOpen
	}
	return stretch{start: start}, ""
}

func (j *judge) encounterFact(e *encounter, s stretch) {
	acute := slices.Contains(acuteClasses, e.class)
	told := j.reported(&e.source)
	if s.end.IsZero() && !j.fresh(fact.EncounterClassNow, told) {
		s.end = told // the last that was heard of it
	}
	switch {
	case s.end.IsZero() && e.class != "":
		j.inCare(e, told, acute)
	case acute && j.now.Sub(s.end) <= acuteCareReach:
		j.latest(fact.HoursSinceAcuteCare, s.end, &e.source)
	}
	if e.surgical && (s.end.IsZero() || j.now.Sub(s.end) <= surgeryReach) {
		j.recentSurgery(&e.source)
	}
	if e.problem || !acute && j.forAcuteReason(e) {
		j.latest(fact.DaysSinceProblemVisit, s.start, &e.source)
	}
}

// inCare tells an encounter that is going on; acute care outweighs a visit that
// is open at the same time.
func (j *judge) inCare(e *encounter, asOf time.Time, acute bool) {
	i, ok := j.catalogue.Value(fact.EncounterClassNow, e.class)
	if !ok {
		j.ignore(e.name, "class", UnknownCode)
		return
	}
	f := &j.found[fact.EncounterClassNow]
	if f.known && !acute {
		return
	}
	if f.known && slices.Contains(acuteClasses, j.catalogue.Def(fact.EncounterClassNow).Values[f.value]) && !asOf.After(f.asOf) {
		return
	}
	*f = found{known: true, value: int64(i), asOf: asOf}
	j.credit(f, &e.source)
}

// forAcuteReason reports whether the visit was for an acute illness or injury.
func (j *judge) forAcuteReason(e *encounter) bool {
	return j.anyReason(&e.source, j.isAcute)
}

// isAcute reports whether a code is an illness or injury that passes. Pregnancy
// is not: visits in it are mostly planned.
func (j *judge) isAcute(icd string) bool {
	c := j.codes.Classify(icd)
	return c.Acute() && icd[0]|0x20 != 'o'
}

// eventFacts tells what messages announce, the latest one.
func (j *judge) eventFacts() {
	for i := range j.events {
		h := &j.events[i]
		e := j.focus(h)
		switch {
		case e != nil && !j.mine(&e.source):
			continue
		case e == nil && j.member.person == nil:
			j.ignore(h.name, "focus", NoSubject)
			continue
		}
		at, ok := j.happened(h, e)
		switch {
		case !ok:
			j.ignore(h.name, "", Future)
			continue
		}
		if h.kind == "discharge" {
			j.leftCare(h, e, at)
		}
		if !j.fresh(fact.ADTEvent, at) {
			j.ignore(h.name, "", Expired)
			continue
		}
		if j.tellNamed(fact.ADTEvent, h.kind, at, &h.source) {
			j.event = Event{h.kind, at}
		}
		if e != nil && e.class != "" && h.kind != "discharge" && j.fresh(fact.EncounterClassNow, at) && e.status != "finished" {
			j.inCare(e, at, slices.Contains(acuteClasses, e.class))
		}
	}
}

// leftCare takes the end of a stay from the news of it, where the stay itself
// does not say: the first message often comes before the record is closed, and
// for a month it is the end that counts.
func (j *judge) leftCare(h *header, e *encounter, at time.Time) {
	if e != nil && (e.period.end.known() || e.class != "" && !slices.Contains(acuteClasses, e.class)) {
		return
	}
	if j.now.Sub(at) <= acuteCareReach {
		j.latest(fact.HoursSinceAcuteCare, at, &h.source)
	}
}

func (j *judge) focus(h *header) *encounter {
	for _, ref := range h.focus {
		if i := find(j.encounters, func(e *encounter) *source { return &e.source }, ref, &h.source); i >= 0 {
			return &j.encounters[i]
		}
	}
	return nil
}

// happened is when a message's event took place: when the message was put
// together or, if that is still to come, when its encounter began or ended. An
// admission to a stay that is over is told by the stay.
func (j *judge) happened(h *header, e *encounter) (time.Time, bool) {
	if at := j.documents[h.doc].at; at.known() {
		if t, come := j.began(at); come {
			return t, true
		}
	}
	if e == nil {
		return time.Time{}, false
	}
	d := e.period.start
	if h.kind == "discharge" {
		d = e.period.end
	}
	if !d.known() || h.kind != "discharge" && j.past(e.period.end) {
		return time.Time{}, false
	}
	return j.began(d)
}

func (j *judge) recentSurgery(s *source) {
	j.tellNamed(fact.SurgeryPhase, "recent_30d", j.reported(s), s)
}

// attended finds the member among those who come to an appointment.
func (j *judge) attended(o *operation) {
	for _, ref := range o.actors {
		one := source{subject: ref, fullURL: o.fullURL}
		if j.member.is(&one) {
			o.subject = ref
		}
	}
}

func (j *judge) operationFacts() {
	for i := range j.operations {
		o := &j.operations[i]
		if !o.surgical {
			at := find(j.encounters, func(e *encounter) *source { return &e.source }, o.encounter, &o.source)
			if at < 0 || !j.encounters[at].surgical {
				continue
			}
		}
		j.attended(o)
		if !j.mine(&o.source) {
			continue
		}
		if !o.at.known() {
			j.ignore(o.name, "", NoDate)
			continue
		}
		first, last := o.at.first(j.zone), o.at.last(j.zone)
		switch {
		case !o.planned && first.After(j.now.Add(skew)):
			j.ignore(o.name, "", Future)
		case !o.planned && j.now.Sub(last) <= surgeryReach:
			j.recentSurgery(&o.source)
		case o.planned && !last.Before(j.now) && first.Sub(j.now) <= surgeryReach && !j.found[fact.SurgeryPhase].known:
			j.tellNamed(fact.SurgeryPhase, "planned_30d", j.reported(&o.source), &o.source)
		}
	}
}
