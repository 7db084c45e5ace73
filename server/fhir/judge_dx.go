package fhir

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
)

// How many days diagnoses count. They are the same as for diagnoses that a
// caller sends with a question.
const (
	acuteDays     = 42  // an acute illness or injury without an end
	symptomDays   = 14  // a symptom coded as such (chapter R)
	lastingDays   = 90  // a disorder no table holds is long-term from here on
	claimDays     = 365 // a claim tells of a long-term condition
	pregnancyDays = 300
	postpartum    = 84
)

func (j *judge) conditionFacts() {
	serious := make(map[string]*firstSeen)
	for i := range j.conditions {
		c := &j.conditions[i]
		class := icd10.Class{}
		if c.code != "" {
			class = j.codes.Classify(c.code)
		}
		if class.Groups.Has("sud") && !j.mayUseSUD {
			continue
		}
		if !j.mine(&c.source) {
			continue
		}
		if c.code != "" && !class.Known() {
			j.ignore(c.name, "code", UnknownCode)
			continue
		}
		days, current, why := j.spanOf(c)
		if why != "" {
			j.ignore(c.name, "", why)
			continue
		}
		j.pregnancyFact(c, days, current)
		if class.Serious && c.onset.known() {
			note(serious, c, c.onset.first(j.zone))
		}
		if !current {
			continue
		}
		if c.byDates {
			j.byDates(c, days)
			continue
		}
		j.classFacts(c, class, days)
	}
	for _, f := range serious {
		j.latest(fact.NewSeriousDxDays, f.at, &f.of.source)
	}
}

// firstSeen is the first record of a serious illness: later ones of the same
// category are no news.
type firstSeen struct {
	at time.Time
	of *condition
}

func note(all map[string]*firstSeen, c *condition, at time.Time) {
	category := c.code[:min(3, len(c.code))]
	if f := all[category]; f == nil {
		all[category] = &firstSeen{at, c}
	} else if at.Before(f.at) {
		f.at, f.of = at, c
	}
}

// unknownDays is the age of a condition whose onset is not known.
const unknownDays = -1

// spanOf is how many days ago a condition began, and whether it lasts as of now.
func (j *judge) spanOf(c *condition) (days int64, current bool, why Reason) {
	if c.onset.known() && c.ended.known() && c.ended.last(j.zone).Before(c.onset.first(j.zone)) {
		return 0, false, Contradictory
	}
	days = unknownDays
	if c.onset.known() {
		start, come := j.began(c.onset)
		if !come {
			return 0, false, Future
		}
		days = daysBetween(start, j.now, j.zone)
	}
	switch {
	case c.ended.known():
		return days, !j.past(c.ended), ""
	case c.over:
		return days, false, ""
	}
	return days, true, ""
}

// classFacts tells what a code that a table holds says of now.
func (j *judge) classFacts(c *condition, class icd10.Class, days int64) {
	dated := days != unknownDays
	if class.Groups != 0 && (!c.claimed || days <= claimDays) {
		for name := range class.Groups.Names() {
			if i, ok := j.catalogue.Value(fact.ChronicDx, name); ok {
				j.add(fact.ChronicDx, 1<<i, &c.source)
			} else {
				j.ignore(c.name, "code", NotInVocabulary)
			}
		}
	}
	if c.claimed && !c.visited && class.Override == icd10.NoOverride {
		return
	}
	window := int64(acuteDays)
	if c.code[0]|0x20 == 'r' {
		window = symptomDays
	}
	aftercare := class.Crisis() && class.Flags == 0
	if class.Acute() && !aftercare && !j.routinePregnancy(c) {
		switch {
		case !dated:
			j.ignore(c.name, "onset", NoDate)
		case days <= window:
			j.acute(c, window)
		}
	}
	if !dated || days > acuteDays {
		return
	}
	if class.Injury {
		j.decays(fact.InjuryDxRecent, c, acuteDays)
	}
	if class.Flare {
		j.decays(fact.ChronicFlareRecent, c, acuteDays)
	}
	if crisis := int64(class.Flags) & codedCrises; crisis != 0 {
		j.add(fact.TextRedFlag, crisis, &c.source)
	}
}

// codedCrises are the signs that a code alone raises: self-harm and threats.
// Other signs take words, because a code is a record.
const codedCrises = 1<<fact.FlagSuicide | 1<<fact.FlagHarmOthers

func (j *judge) acute(c *condition, window int64) {
	j.decays(fact.AcuteDxActive, c, window)
	start, _ := j.began(c.onset)
	j.latest(fact.AcuteDxOnsetDays, start, &c.source)
}

// decays makes a fact true until so many days from the onset of a condition are
// over, or the condition is.
func (j *judge) decays(id fact.ID, c *condition, days int64) {
	j.add(id, 1, &c.source)
	start, _ := j.began(c.onset)
	y, m, d := start.In(j.zone).Date()
	end := time.Date(y, m, d+int(days)+1, 0, 0, 0, 0, j.zone)
	if c.ended.known() {
		end = earlier(end, c.ended.last(j.zone))
	}
	if f := &j.found[id]; end.After(f.until) {
		f.until = end
	}
}

// byDates judges a disorder that no table holds: a new one is acute, one that
// has lasted, or is known to have lasted a year in the end, is long-term.
func (j *judge) byDates(c *condition, days int64) {
	long := c.ended.known() && c.onset.known() && c.ended.last(j.zone).Sub(c.onset.first(j.zone)) >= claimDays*day
	switch {
	case days == unknownDays:
		j.ignore(c.name, "onset", NoDate)
	case days > lastingDays || long:
		if i, ok := j.catalogue.Value(fact.ChronicDx, "other"); ok {
			j.add(fact.ChronicDx, 1<<i, &c.source)
		}
	case days <= acuteDays:
		j.acute(c, acuteDays)
	}
}

// Codes of ICD-10-CM that tell of a pregnancy that goes as it should, and of
// birth.
var (
	pregnancyCodes  = []string{"Z33.1", "Z331", "Z34", "Z3A", "O09"}
	postpartumCodes = []string{"O80", "O82", "Z37", "Z39"}
)

// routinePregnancy reports whether a code is the care that every pregnancy
// gets, or only marks it as one to watch.
func (j *judge) routinePregnancy(c *condition) bool { return hasPrefix(c.code, pregnancyCodes) }

// pregnancyFact tells of a pregnancy, and of the weeks after one that came to
// term.
func (j *judge) pregnancyFact(c *condition, days int64, current bool) {
	if days == unknownDays {
		return
	}
	reported := j.reported(&c.source)
	switch {
	case hasPrefix(c.code, postpartumCodes) && days <= postpartum:
		j.tellNamed(fact.Pregnancy, "postpartum", reported, &c.source)
	case !hasPrefix(c.code, pregnancyCodes):
	case current && c.claimed && days <= acuteDays, current && !c.claimed && days <= pregnancyDays:
		j.tellNamed(fact.Pregnancy, "pregnant", reported, &c.source)
	case !current && c.ended.known() && c.ended.last(j.zone).Sub(c.onset.first(j.zone)) >= 20*7*day && j.now.Sub(c.ended.last(j.zone)) <= postpartum*day:
		j.tellNamed(fact.Pregnancy, "postpartum", reported, &c.source)
	}
}
