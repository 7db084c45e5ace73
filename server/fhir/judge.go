package fhir

import (
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
)

// skew is how far ahead of ours the clock of a source may be.
const skew = 5 * time.Minute

// mostOrigins is how many resources an Origin names.
const mostOrigins = 20

// judge turns records into facts, now that it is known who the member is, in
// which zone, and what may be used.
type judge struct {
	*records
	catalogue *fact.Catalogue
	codes     *icd10.Table
	now       time.Time
	zone      *time.Location
	member    subject
	mayUseSUD bool
	found     [fact.BuiltinCount]found
	event     Event
}

// found is what is known of one fact.
type found struct {
	known       bool
	value       int64
	since, asOf time.Time
	until       time.Time
	from        []string
	labels      label
}

// Result judges everything that was added. It is an error if it stays open who
// the member is.
func (r *Reader) Result() (Result, error) {
	who, err := r.member()
	if err != nil {
		return Result{}, &Error{Err: err, Entry: -1}
	}
	all := r.records
	all.ignored = slices.Clone(r.ignored)
	j := &judge{records: &all, catalogue: r.options.Catalogue, codes: r.options.Codes, now: r.options.Now, zone: r.zone(who), member: who}
	if j.codes == nil {
		j.codes = icd10.Default()
	}
	j.consentFacts(r.options.Part2)
	for _, step := range [...]func(*judge){
		(*judge).personFacts, (*judge).encounterFacts, (*judge).eventFacts, (*judge).conditionFacts, (*judge).drugFacts, (*judge).resultFacts,
		(*judge).operationFacts, (*judge).coverageFacts, (*judge).eligibilityFacts, (*judge).claimFacts, (*judge).planFacts, (*judge).messageFacts,
	} {
		step(j)
	}
	return j.result(), nil
}

func (j *judge) result() Result {
	out := Result{Patient: j.member.id(), Ignored: j.ignored, Unlisted: j.unlisted, Event: j.event, Zone: j.zone}
	if p := j.member.person; p != nil {
		out.Language = p.language
	}
	for id := range fact.BuiltinCount {
		f := &j.found[id]
		if !f.known {
			continue
		}
		out.Facts.SetRaw(id, f.value)
		slices.Sort(f.from)
		f.from = slices.Compact(f.from)
		out.Origins = append(out.Origins, Origin{Fact: id, Since: f.since, AsOf: f.asOf, Until: f.until, From: f.from[:min(len(f.from), mostOrigins)], Labels: int64(f.labels)})
	}
	return out
}

// mine reports whether a resource is about the member and may be used. What
// Part 2 withholds is not listed: the list would betray it.
func (j *judge) mine(s *source) bool {
	if !j.mayUseSUD && ((s.labels|j.documents[s.doc].labels)&labelSUD != 0 || j.anyReason(s, j.isSUD)) {
		return false
	}
	switch {
	case j.member.is(s):
		return true
	case s.subject == "":
		j.ignore(s.name, "", NoSubject)
	default:
		j.ignore(s.name, "", OtherSubject)
	}
	return false
}

func (j *judge) isSUD(icd string) bool { return j.codes.Classify(icd).Groups.Has("sud") }

// anyReason reports whether one of the reasons of a resource is such a code.
func (j *judge) anyReason(s *source, such func(icd string) bool) bool {
	if slices.ContainsFunc(s.reasons, such) {
		return true
	}
	for _, ref := range s.because {
		i := find(j.conditions, func(c *condition) *source { return &c.source }, ref, s)
		if i >= 0 && j.conditions[i].code != "" && such(j.conditions[i].code) {
			return true
		}
	}
	return false
}

// reported is when a resource was last known to hold: when its bundle was put
// together, or now.
func (j *judge) reported(s *source) time.Time {
	if at := j.documents[s.doc].at; at.known() {
		if t := at.last(j.zone); !t.After(j.now) {
			return t
		}
	}
	return j.now
}

// began is the first instant of a date, and whether it has come.
func (j *judge) began(d date) (time.Time, bool) {
	t := d.first(j.zone)
	return earlier(t, j.now), !t.After(j.now.Add(skew))
}

// upTo is the last instant of a date, or now, if that comes first.
func (j *judge) upTo(d date) time.Time { return earlier(d.last(j.zone), j.now) }

// past reports whether a date is over.
func (j *judge) past(d date) bool { return d.known() && d.last(j.zone).Before(j.now) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// tell makes a fact known, in place of an older report of it. It reports whether
// it did.
func (j *judge) tell(id fact.ID, value int64, asOf time.Time, s *source) bool {
	f := &j.found[id]
	if f.known && (f.asOf.After(asOf) || f.asOf.Equal(asOf) && f.value >= value) {
		return false
	}
	*f = found{known: true, value: value, asOf: asOf}
	j.credit(f, s)
	return true
}

// tellNamed makes a fact of an enumeration known.
func (j *judge) tellNamed(id fact.ID, name string, asOf time.Time, s *source) bool {
	i, ok := j.catalogue.Value(id, name)
	if !ok {
		j.ignore(s.name, "", NotInVocabulary)
		return false
	}
	return j.tell(id, int64(i), asOf, s)
}

// add puts values into a set, or a true into a bool.
func (j *judge) add(id fact.ID, bits int64, s *source) {
	f := &j.found[id]
	at := j.reported(s)
	if !f.known || at.Before(f.asOf) {
		f.asOf = at
	}
	f.known, f.value = true, f.value|bits
	j.credit(f, s)
}

// latest counts an elapsed fact from a moment, unless it counts from a later
// one already.
func (j *judge) latest(id fact.ID, since time.Time, s *source) {
	f := &j.found[id]
	if f.known && f.since.After(since) {
		return
	}
	again := f.known && f.since.Equal(since)
	if !again {
		at := j.reported(s)
		if at.Before(since) {
			at = since
		}
		*f = found{known: true, since: since, asOf: at}
	}
	f.value = j.elapsed(id, since)
	j.credit(f, s)
}

// elapsed counts from a moment to now in the unit of the fact.
func (j *judge) elapsed(id fact.ID, since time.Time) int64 {
	d := j.catalogue.Def(id)
	var n int64
	if d.Unit == "hours" {
		n = int64(j.now.Sub(since) / time.Hour)
	} else {
		n = daysBetween(since, j.now, j.zone)
	}
	return min(max(n, d.Min), d.Max)
}

func (j *judge) credit(f *found, s *source) {
	f.labels |= s.labels | j.documents[s.doc].labels
	f.from = append(f.from, s.name)
}

// fresh reports whether a report of a fact still counts.
func (j *judge) fresh(id fact.ID, asOf time.Time) bool {
	age := j.catalogue.Def(id).MaxAge
	return age <= 0 || j.now.Sub(asOf) <= age
}

// find is the record that a reference means, -1 if it is not at hand.
func find[T any](all []T, of func(*T) *source, ref string, from *source) int {
	ref = resolve(ref, from.fullURL)
	if ref == "" || strings.HasPrefix(ref, "#") {
		return -1
	}
	for i := range all {
		if s := of(&all[i]); names(ref, s.fullURL, s.name) {
			return i
		}
	}
	return -1
}
