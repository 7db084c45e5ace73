package fhir

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

func hasPrefix(code string, of []string) bool {
	return code != "" && slices.ContainsFunc(of, func(p string) bool { return strings.HasPrefix(strings.ToUpper(code), p) })
}

// consentFacts says what may be used, before anything else is judged. The
// newest word of the member counts.
func (j *judge) consentFacts(given bool) {
	j.mayUseSUD = given
	var latest time.Time
	for i := range j.consents {
		c := &j.consents[i]
		if !j.member.is(&c.source) {
			continue
		}
		at, come := j.began(c.at)
		if c.at.known() && !come {
			j.ignore(c.name, "", Future)
			continue
		}
		if c.topics&labelSUD != 0 && !at.Before(latest) {
			latest = at
			state := j.part2(c)
			j.found[fact.Part2Consent].known = false
			j.tellNamed(fact.Part2Consent, state, latestOf(at, c.at, j.now), &c.source)
			j.mayUseSUD = state == "tpo" || state == "specific"
		}
		if c.active && c.permits && !c.limited && j.inForce(c.valid) {
			j.add(fact.SensitiveTopicsShareable, int64(c.topics), &c.source)
		}
	}
}

func latestOf(at time.Time, d date, now time.Time) time.Time {
	if d.known() {
		return at
	}
	return now
}

// part2 is the value of part2_consent that a consent means.
func (j *judge) part2(c *consent) string {
	switch {
	case !c.active || !c.permits:
		return "revoked"
	case !j.inForce(c.valid):
		return "none"
	case c.specific:
		return "specific"
	}
	return "tpo"
}

// inForce reports whether now lies in a period.
func (j *judge) inForce(p period) bool {
	if p.start.known() && p.start.first(j.zone).After(j.now) {
		return false
	}
	return !j.past(p.end)
}

func (j *judge) personFacts() {
	p := j.member.person
	if p == nil || (p.labels|j.documents[p.doc].labels)&labelSUD != 0 && !j.mayUseSUD {
		return
	}
	if p.doctor {
		j.add(fact.PCPKnown, 1, &p.source)
	}
	if !p.born.known() {
		return
	}
	born := p.born.last(j.zone)
	if born.After(j.now) {
		if p.born.first(j.zone).After(j.now) {
			j.ignore(p.name, "birthDate", Future)
			return
		}
		born = j.now
	}
	years := ageAt(born, j.now.In(j.zone))
	if years > j.catalogue.Def(fact.AgeYears).Max { // such a date stands for one that is not known
		j.ignore(p.name, "birthDate", OutOfRange)
		return
	}
	j.tell(fact.AgeYears, years, j.now, &p.source)
}

func ageAt(born, now time.Time) int64 {
	years := now.Year() - born.Year()
	if now.Month() < born.Month() || now.Month() == born.Month() && now.Day() < born.Day() {
		years--
	}
	return int64(max(years, 0))
}

// drugFacts tells of the newest drug that the member did not have before.
func (j *judge) drugFacts() {
	type first struct {
		at time.Time
		of *drug
	}
	firsts := make(map[string]first)
	var course *drug
	var courseAt time.Time
	for i := range j.drugs {
		d := &j.drugs[i]
		if !j.mine(&d.source) {
			continue
		}
		if !d.written.known() {
			j.ignore(d.name, "authoredOn", NoDate)
			continue
		}
		at, come := j.began(d.written)
		if !come {
			j.ignore(d.name, "authoredOn", Future)
			continue
		}
		what := j.ingredient(d)
		if f, ok := firsts[what]; !ok || at.Before(f.at) {
			firsts[what] = first{at, d}
		}
		if d.active && d.course != "" && !at.Before(courseAt) {
			course, courseAt = d, at
		}
	}
	for _, f := range firsts {
		j.latest(fact.NewRxDays, f.at, &f.of.source)
	}
	if course != nil {
		j.tellNamed(fact.RxCourse, course.course, j.reported(&course.source), &course.source)
	}
}

// ingredient is what makes two prescriptions the same drug. One that can't be
// told is a drug of its own: in doubt it is new.
func (j *judge) ingredient(d *drug) string {
	if !d.medication {
		if d.ingredient == "" {
			return d.name
		}
		return d.ingredient
	}
	ref := resolve(d.ingredient, d.fullURL)
	for _, name := range [...]string{ref, d.ingredient, tail(ref)} {
		if code, ok := j.drugCodes[name]; ok {
			return code
		}
	}
	return ref
}

func (j *judge) resultFacts() {
	for i := range j.results {
		o := &j.results[i]
		if !j.mine(&o.source) {
			continue
		}
		if !o.at.known() {
			j.ignore(o.name, "effective", NoDate)
			continue
		}
		if _, come := j.began(o.at); !come {
			j.ignore(o.name, "effective", Future)
			continue
		}
		if at, come := j.began(o.issued); o.abnormal && come {
			j.latest(fact.AbnormalResultDays, at, &o.source)
		}
		j.measure(o, j.upTo(o.at))
	}
}

func (j *judge) measure(o *result, at time.Time) {
	switch o.what {
	case a1c:
		j.number(fact.A1cPct, o, at)
	case bmi:
		j.number(fact.BMI, o, at)
	case systolic:
		j.number(fact.BPSystolic, o, at)
	case tobacco:
		j.answered(fact.Tobacco, smoking, o, at)
	case pregnancy:
		j.answered(fact.Pregnancy, pregnant, o, at)
	}
}

// number tells a measurement, the newest one.
func (j *judge) number(id fact.ID, o *result, at time.Time) {
	if o.unit == "" || !j.fresh(id, at) {
		return
	}
	d := j.catalogue.Def(id)
	v := o.number
	if d.Kind == fact.Decimal {
		v *= fact.DecimalScale
	}
	v = math.Round(v)
	if !slices.Contains(units[o.what], o.unit) || v < float64(d.Min) || v > float64(d.Max) {
		j.ignore(o.name, "value", OutOfRange)
		return
	}
	j.tell(id, int64(v), at, &o.source)
}

func (j *judge) answered(id fact.ID, answers map[string]string, o *result, at time.Time) {
	if !j.fresh(id, at) {
		return
	}
	for _, c := range o.answer {
		if name, ok := answers[c.value]; ok {
			j.tellNamed(id, name, at, &o.source)
			return
		}
	}
	if len(o.answer) > 0 {
		j.ignore(o.name, "value", UnknownCode)
	}
}

// smoking are answers about tobacco, of SNOMED CT and LOINC.
var smoking = map[string]string{
	"266919005": "never", "LA18978-9": "never", "8517006": "former", "LA15920-4": "former",
	"449868002": "current", "428041000124106": "current", "77176002": "current", "428071000124103": "current", "428061000124105": "current",
	"LA18976-3": "current", "LA18977-1": "current", "LA18979-7": "current", "LA18981-3": "current", "LA18982-1": "current",
	"266927001": "unknown", "LA18980-5": "unknown",
}

// pregnant are answers about pregnancy, of LOINC and SNOMED CT.
var pregnant = map[string]string{
	"LA15173-0": "pregnant", "LA26683-5": "no", "LA4489-6": "unknown",
	"77386006": "pregnant", "60001007": "no", "261665006": "unknown",
}
