package fhir

import (
	"time"
)

// date is a moment as written: a year, a month, a day or an instant. Which
// instants the first three are depends on the member's zone, which may be told
// later than the date.
type date struct {
	t         time.Time
	precision precision
}

type precision uint8

const (
	noDate precision = iota
	toYear
	toMonth
	toDay
	local // a time without a zone, which the standard forbids and systems send
	instant
)

func (d date) known() bool { return d.precision != noDate }

var layouts = []struct {
	length    int
	layout    string
	precision precision
}{
	{4, "2006", toYear},
	{7, "2006-01", toMonth},
	{10, "2006-01-02", toDay},
	{16, "2006-01-02T15:04", local},
	{19, "2006-01-02T15:04:05", local},
}

// dateOf reads a date, dateTime or instant. One that can't be read makes the
// resource malformed: a wrong date is worse than none.
func dateOf(v value) date {
	s := v.text()
	if s == "" {
		return date{}
	}
	for _, l := range layouts {
		if len(s) == l.length {
			if t, err := time.Parse(l.layout, s); err == nil {
				return date{t, l.precision}
			}
		}
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return date{t, instant}
	}
	if t, err := time.Parse("2006-01-02T15:04Z07:00", s); err == nil {
		return date{t, instant}
	}
	v.t.wrong = true
	return date{}
}

// first is the first instant that the date can mean.
func (d date) first(zone *time.Location) time.Time {
	if d.precision == instant || d.precision == noDate {
		return d.t
	}
	t := d.t
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// last is the last instant that the date can mean.
func (d date) last(zone *time.Location) time.Time {
	t := d.first(zone)
	switch d.precision {
	case toYear:
		t = t.AddDate(1, 0, 0)
	case toMonth:
		t = t.AddDate(0, 1, 0)
	case toDay:
		t = t.AddDate(0, 0, 1)
	default:
		return t
	}
	return t.Add(-time.Nanosecond)
}

// period is from one date to another; either may be missing.
type period struct{ start, end date }

func periodOf(v value) period {
	return period{dateOf(v.get("start")), dateOf(v.get("end"))}
}

// firstKnown is the first of the dates that is known.
func firstKnown(dates ...date) date {
	for _, d := range dates {
		if d.known() {
			return d
		}
	}
	return date{}
}

// daysBetween counts whole days on the member's calendar: a day is over at the
// same time of the next day, however long it was.
func daysBetween(from, to time.Time, zone *time.Location) int64 {
	from, to = from.In(zone), to.In(zone)
	if to.Before(from) {
		return -daysBetween(to, from, zone)
	}
	fy, fm, fd := from.Date()
	ty, tm, td := to.Date()
	days := int64(time.Date(ty, tm, td, 0, 0, 0, 0, time.UTC).Sub(time.Date(fy, fm, fd, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	if days > 0 && to.Before(from.AddDate(0, 0, int(days))) {
		days--
	}
	return days
}
