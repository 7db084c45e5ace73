package policy

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

const quietHoursID = "quiet_hours"

// Clock is the moment of an answer, and the zone the member lives in; nil if it
// is not known.
type Clock struct {
	Now  time.Time
	Zone *time.Location
}

// quietHours holds outbound messages back at night. Where the question tells the
// member's hour and the zone is known too, both must be hours of the day: of two
// clocks that differ, the stricter one counts. Where neither is known nothing goes
// out.
func (p *Policy) quietHours(f *fact.Facts, c Clock) Verdict {
	if !p.Outbound(f) {
		return Verdict{}
	}
	told := f.Known(fact.LocalHour)
	if !told && c.Zone == nil {
		return Verdict{Code: decision.InsufficientFacts, Policy: quietHoursID}
	}
	retry := c.Now
	if told && !p.open(f.Raw(fact.LocalHour)) {
		retry = p.byHour(f.Raw(fact.LocalHour), c.Now)
	}
	if c.Zone != nil && !p.open(int64(c.Now.In(c.Zone).Hour())) {
		retry = p.byZone(c.Now.In(c.Zone))
	}
	if retry.Equal(c.Now) {
		return Verdict{}
	}
	return Verdict{Code: decision.QuietHours, Policy: quietHoursID, RetryAt: retry.UTC()}
}

func (p *Policy) open(hour int64) bool { return hour >= p.from && hour < p.until }

// byHour is when the hours open for a member of whom only the hour is known. On
// the days on which clocks change it may be an hour early: whoever tries again
// then is held back once more.
func (p *Policy) byHour(hour int64, now time.Time) time.Time {
	wait := (p.from - hour + 24) % 24
	return now.Truncate(time.Hour).Add(time.Duration(wait) * time.Hour)
}

// byZone is the next moment at which the member's own clock shows an hour of the
// day, over changes of the clock, and over days that a zone left out.
func (p *Policy) byZone(local time.Time) time.Time {
	y, m, d := local.Date()
	for day := 0; ; day++ {
		opens := time.Date(y, m, d+day, int(p.from), 0, 0, 0, local.Location())
		if opens.After(local) && p.open(int64(opens.Hour())) {
			return opens
		}
	}
}
