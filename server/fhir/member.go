package fhir

import (
	"slices"
	"strings"
	"time"
)

// subject is who the record is about.
type subject struct {
	named  string // the reference that stands for the member
	person *person
}

// member finds out who the member is.
func (r *Reader) member() (subject, error) {
	if id := r.options.Patient; id != "" {
		return r.givenMember("Patient/" + strings.TrimPrefix(id, "Patient/"))
	}
	people := r.distinctPeople()
	switch len(people) {
	case 1:
		return subject{person: people[0]}, nil
	case 0:
		return r.sharedSubject(nil)
	}
	return r.sharedSubject(people)
}

// givenMember is the member that the caller named.
func (r *Reader) givenMember(named string) (subject, error) {
	s := subject{named: named}
	for i := range r.people {
		if p := &r.people[i]; p.name == named {
			if s.person != nil && !s.person.same(p) {
				return s, ErrWhichMember
			}
			s.person = p
		}
	}
	return s, nil
}

// distinctPeople are the Patients, each once: a search may return one twice.
func (r *Reader) distinctPeople() (out []*person) {
	for i := range r.people {
		p := &r.people[i]
		if !p.inside && !slices.ContainsFunc(out, p.same) {
			out = append(out, p)
		}
	}
	return out
}

func (p *person) same(other *person) bool {
	if p.fullURL != "" && other.fullURL != "" {
		return p.fullURL == other.fullURL
	}
	return p.id != "" && p.id == other.id
}

// sharedSubject is the one subject that all resources agree on. With several
// people in the documents, the others are named by no resource.
func (r *Reader) sharedSubject(people []*person) (subject, error) {
	var s subject
	for _, of := range r.allSources() {
		ref := resolve(of.subject, of.fullURL)
		if ref == "" || strings.HasPrefix(ref, "#") {
			continue
		}
		if s.named == "" && s.person == nil {
			i := slices.IndexFunc(people, func(p *person) bool { return names(ref, p.fullURL, p.name) })
			if i >= 0 {
				s.person = people[i]
			} else {
				s.named = ref
			}
			continue
		}
		if !s.is(of) {
			return subject{}, ErrWhichMember
		}
	}
	if len(people) > 0 && s.person == nil {
		return subject{}, ErrWhichMember
	}
	return s, nil
}

// allSources are the sources of all that has a subject.
func (r *Reader) allSources() (all []*source) {
	for i := range r.encounters {
		all = append(all, &r.encounters[i].source)
	}
	for i := range r.conditions {
		all = append(all, &r.conditions[i].source)
	}
	for i := range r.drugs {
		all = append(all, &r.drugs[i].source)
	}
	for i := range r.results {
		all = append(all, &r.results[i].source)
	}
	for i := range r.operations {
		all = append(all, &r.operations[i].source)
	}
	for i := range r.coverages {
		all = append(all, &r.coverages[i].source)
	}
	for i := range r.eligibilities {
		all = append(all, &r.eligibilities[i].source)
	}
	for i := range r.claims {
		all = append(all, &r.claims[i].source)
	}
	for i := range r.plans {
		all = append(all, &r.plans[i].source)
	}
	for i := range r.consents {
		all = append(all, &r.consents[i].source)
	}
	return all
}

// is reports whether the resource is about the member.
func (s *subject) is(of *source) bool {
	ref := resolve(of.subject, of.fullURL)
	if s.person != nil {
		return names(ref, s.person.fullURL, s.person.name)
	}
	if s.named == "" || ref == "" {
		return false
	}
	if absolute(ref) && absolute(s.named) {
		return ref == s.named
	}
	return tail(ref) == tail(s.named)
}

// id is the member's id as the documents spell it.
func (s *subject) id() string {
	if s.person != nil {
		return s.person.id
	}
	if kind, id, ok := strings.Cut(tail(s.named), "/"); ok && kind == "Patient" {
		return id
	}
	return s.named
}

// zone is that of the member, as far as it is known.
func (r *Reader) zone(s subject) *time.Location {
	switch {
	case r.options.Zone != nil:
		return r.options.Zone
	case s.person != nil && s.person.zone != nil:
		return s.person.zone
	}
	return time.UTC
}
