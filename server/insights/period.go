package insights

import "time"

// maxMonths is the longest period.
const maxMonths = 13

// Period is some whole months, the running one up to now.
type Period struct {
	From, Until time.Time // Until is left out
	Last        time.Time // the last day of it
}

// newPeriod is the months of two days (2026-03-01). No last day is today; no
// first day is the month before the last.
func newPeriod(from, to string, now time.Time) (Period, error) {
	now = now.UTC()
	last, err := parseDay("toDay", to, now)
	if err != nil {
		return Period{}, err
	}
	if last.After(now) {
		last = now
	}
	first, err := parseDay("fromDay", from, monthOf(last).AddDate(0, -1, 0))
	if err != nil {
		return Period{}, err
	}
	p := Period{From: monthOf(first), Until: monthOf(last).AddDate(0, 1, 0)}
	switch {
	case first.After(last):
		return Period{}, &Error{Field: "fromDay", Message: "must not be after toDay, nor in the future"}
	case p.From.AddDate(0, maxMonths, 0).Before(p.Until):
		return Period{}, &Error{Field: "fromDay", Message: "a period has at most 13 months"}
	}
	if p.Last = p.Until.AddDate(0, 0, -1); p.Last.After(now) {
		p.Last = now.Truncate(day)
	}
	return p, nil
}

func parseDay(field, s string, otherwise time.Time) (time.Time, error) {
	if s == "" {
		return otherwise, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, &Error{Field: field, Message: "must be a day such as 2026-03-01"}
	}
	return t, nil
}

// months are the first days of a period's months.
func (p Period) months() []time.Time {
	var out []time.Time
	for m := p.From; m.Before(p.Until); m = m.AddDate(0, 1, 0) {
		out = append(out, m)
	}
	return out
}

func monthOf(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
