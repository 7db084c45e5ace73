package intake

import (
	"errors"
	"io/fs"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/intake/snomed"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// System is the code system of a diagnosis.
type System uint8

const (
	UnknownSystem System = iota // tells nothing
	ICD10CM
	SNOMEDCT // by the code of ICD-10-CM that stands for it, else by its dates alone
)

// Diagnosis is one coded condition. A zero time is not known; one without
// Abated is still going on, as far as is known.
type Diagnosis struct {
	System        System
	Code          string
	Onset, Abated time.Time
}

// How long a diagnosis counts, in days from its onset. The windows are the
// product's judgement, not literature.
const (
	acuteDays   = 42 // an acute illness or injury without an end date
	symptomDays = 14 // a symptom coded as such
	mostDays    = 36500
	lastingDays = 90 // a condition that no table holds is long-term from here on
)

// loadCodes reads the table of a content folder, and takes the built-in one where
// there is none.
func loadCodes(fsys fs.FS, p *strictyaml.Problems) *icd10.Table {
	f, err := fsys.Open(icd10.File)
	if errors.Is(err, fs.ErrNotExist) {
		return icd10.Default()
	}
	var cci *icd10.CCI
	if err == nil {
		cci, err = icd10.ReadCCI(f)
		err = errors.Join(err, f.Close())
	}
	at := strictyaml.Pos{File: icd10.File, Line: 1, Col: 1}
	var syntax *icd10.SyntaxError
	switch {
	case errors.As(err, &syntax):
		at.Line, at.Col = syntax.Line, syntax.Col
		p.Errorf(at, "codes", "%s", syntax.Problem)
	case err != nil:
		p.Errorf(at, "unreadable-file", "this file cannot be read")
	default:
		return cci.Table()
	}
	return icd10.Default()
}

// Codes is the table of diagnosis codes in force.
func (l *Lexicon) Codes() *icd10.Table { return l.codes.table }

// codes is the table of diagnosis codes in force, and translates the names of
// icd10 into positions of one catalogue.
type codes struct {
	table  *icd10.Table
	groups [len(icd10.GroupNames)]int // in chronic_dx, or -1
	sud    int
	other  int
}

func newCodes(c *fact.Catalogue, table *icd10.Table) (k codes) {
	k.table = table
	at := func(name string) int {
		if i, ok := c.Value(fact.ChronicDx, name); ok {
			return i
		}
		return -1
	}
	for i, name := range icd10.GroupNames {
		k.groups[i] = at(name)
	}
	k.sud, k.other = at("sud"), at("other")
	return k
}

// findings are what the diagnoses together say.
type findings struct {
	chronic                int64 // values of chronic_dx
	acute, injury, flare   bool
	acuteDays, seriousDays int // since the latest onset, or -1
	flags                  int64
	ends                   Windows
}

// Windows are when what diagnoses say is over, by fact that decays: the last of
// them, zero where no onset is known.
type Windows [3]time.Time

func (w *Windows) of(id fact.ID) *time.Time {
	switch id {
	case fact.InjuryDxRecent:
		return &w[1]
	case fact.ChronicFlareRecent:
		return &w[2]
	}
	return &w[0]
}

// Ends is when the fact, which is one that decays, is over.
func (w *Windows) Ends(id fact.ID) time.Time { return *w.of(id) }

func (w *Windows) extend(id fact.ID, to time.Time) {
	if at := w.of(id); to.After(*at) {
		*at = to
	}
}

// Diagnosed is what diagnoses say at a moment, to be stored: substance use like
// all else, since what may not be used is left out before a decision, and a
// consent that comes later finds it. What belongs to that moment only is left
// out.
func (l *Lexicon) Diagnosed(list []Diagnosis, now time.Time) (fact.Facts, Windows) {
	var f fact.Facts
	f.SetRaw(fact.Part2Consent, consentTPO)
	ends := l.diagnose(&f, list, now)
	f.Forget(fact.Part2Consent)
	f.Forget(fact.TextRedFlag)
	return f, ends
}

// diagnose adds what the diagnoses say to the facts that were not given.
func (l *Lexicon) diagnose(f *fact.Facts, list []Diagnosis, now time.Time) Windows {
	s := findings{acuteDays: -1, seriousDays: -1}
	sud := mayUseSUD(f)
	for i := range list {
		d := &list[i]
		switch c := l.Classify(d.System, d.Code); {
		case !sud && c.Groups.Has("sud"):
		case c.Known():
			s.byCode(l, d, c, now)
		case d.System == SNOMEDCT:
			s.byDates(l, d, now)
		}
	}
	s.into(f)
	return s.ends
}

// Classify returns what a diagnosis code means by itself, the zero Class if no
// table holds it. It does not allocate.
func (l *Lexicon) Classify(system System, code string) icd10.Class {
	switch system {
	case ICD10CM:
		return l.codes.table.Classify(code)
	case SNOMEDCT:
		if same, held := snomed.ICD10CM(code); held {
			return l.codes.table.Classify(same)
		}
	}
	return icd10.Class{}
}

// byCode adds one classified code.
func (s *findings) byCode(l *Lexicon, d *Diagnosis, c icd10.Class, now time.Time) {
	days, current := d.span(now)
	if !current {
		return
	}
	for i, at := range l.codes.groups {
		if c.Groups>>i&1 == 1 && at >= 0 {
			s.chronic |= 1 << at
		}
	}
	recent := days < 0 || days <= acuteDays
	window := acuteDays
	if c.Symptom {
		window = symptomDays
	}
	past := c.Crisis() && c.Flags == 0 // aftercare or late effects of self-harm
	if c.Acute() && !past && days >= 0 && days <= window {
		s.acute = true
		s.acuteDays = latest(s.acuteDays, days)
		s.ends.extend(fact.AcuteDxActive, d.over(window))
	}
	if c.Injury && recent {
		s.injury = true
		s.ends.extend(fact.InjuryDxRecent, d.over(acuteDays))
	}
	if c.Flare && recent {
		s.flare = true
		s.ends.extend(fact.ChronicFlareRecent, d.over(acuteDays))
	}
	if c.Serious && days >= 0 {
		s.seriousDays = latest(s.seriousDays, days)
	}
	if recent {
		s.flags |= int64(c.Flags) & codedCrises
	}
}

// byDates judges a condition by its dates: a new one that has not ended is
// acute, one that has lasted is long-term.
func (s *findings) byDates(l *Lexicon, d *Diagnosis, now time.Time) {
	days, current := d.span(now)
	switch {
	case !current || days < 0:
	case days <= acuteDays:
		s.acute = true
		s.acuteDays = latest(s.acuteDays, days)
		s.ends.extend(fact.AcuteDxActive, d.over(acuteDays))
	case days > lastingDays && l.codes.other >= 0:
		s.chronic |= 1 << l.codes.other
	}
}

// over is when so many days from the onset are over, or the condition is; zero
// if the onset is not known.
func (d *Diagnosis) over(days int) time.Time {
	if d.Onset.IsZero() {
		return time.Time{}
	}
	end := d.Onset.Add(time.Duration(days+1) * day)
	if !d.Abated.IsZero() && d.Abated.Before(end) {
		return d.Abated
	}
	return end
}

// span is the number of days since the onset, -1 if it is not known, and
// whether the condition has begun and not ended.
func (d *Diagnosis) span(now time.Time) (days int, current bool) {
	if !d.Abated.IsZero() && !d.Abated.After(now) {
		return 0, false
	}
	if d.Onset.IsZero() {
		return -1, true
	}
	if d.Onset.After(now) {
		return 0, false
	}
	return min(int(now.Sub(d.Onset)/(24*time.Hour)), mostDays), true
}

// latest is the smaller number of days, -1 being none.
func latest(a, b int) int {
	if a < 0 || b < a {
		return b
	}
	return a
}

// into sets the facts that are not known yet. It only adds what is true: a list
// of diagnoses is never known to be complete.
func (s *findings) into(f *fact.Facts) {
	yes := func(id fact.ID, v bool) {
		if v && !f.Known(id) {
			f.SetBool(id, true)
		}
	}
	number := func(id fact.ID, days int) {
		if days >= 0 && !f.Known(id) {
			f.SetRaw(id, int64(days))
		}
	}
	yes(fact.AcuteDxActive, s.acute)
	yes(fact.InjuryDxRecent, s.injury)
	yes(fact.ChronicFlareRecent, s.flare)
	number(fact.AcuteDxOnsetDays, s.acuteDays)
	number(fact.NewSeriousDxDays, s.seriousDays)
	if s.chronic != 0 && !f.Known(fact.ChronicDx) {
		f.SetRaw(fact.ChronicDx, s.chronic)
	}
	if s.flags != 0 {
		f.SetRaw(fact.TextRedFlag, f.Raw(fact.TextRedFlag)|s.flags)
	}
}
