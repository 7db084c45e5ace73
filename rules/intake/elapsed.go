package intake

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

const day = 24 * time.Hour

// Elapsed is an elapsed fact at the moment now, counted from since: whole hours,
// or days. Where the member's zone is known, days are those of the calendar
// there, whatever the clocks did between; without a zone they are 24 hours. It
// never goes below 0 nor beyond what the fact can hold.
func Elapsed(d *fact.Def, since, now time.Time, zone *time.Location) int64 {
	n := int64(now.Sub(since) / time.Hour)
	if d.Advances() == day {
		n /= 24
		if zone != nil {
			n = dayOf(now, zone) - dayOf(since, zone)
		}
	}
	return min(max(n, 0), d.Max)
}

// Reaches is the first moment at which an elapsed fact is n or more.
func Reaches(d *fact.Def, since time.Time, n int64, zone *time.Location) time.Time {
	switch {
	case d.Advances() != day:
		return since.Add(time.Duration(n) * time.Hour)
	case zone == nil:
		return since.Add(time.Duration(n) * day)
	}
	y, m, date := since.In(zone).Date()
	at := time.Date(y, m, date+int(n), 0, 0, 0, 0, zone)
	// Where the clocks change at midnight there may be none, and Date gives one
	// of two moments near it.
	for wanted := dayOf(since, zone) + n; dayOf(at, zone) < wanted; {
		at = at.Add(15 * time.Minute)
	}
	return at
}

// dayOf numbers the days of the calendar in a zone.
func dayOf(t time.Time, zone *time.Location) int64 {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second)
}
