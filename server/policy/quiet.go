package policy

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

const quietHoursID = "quiet_hours"

// quietHours holds outbound messages back at night. The member's hour is a
// fact read live, so a retry that comes an hour early on the day the clocks
// change is only held back again.
func (p *Policy) quietHours(f *fact.Facts, now time.Time) Verdict {
	if !p.outbound(f) {
		return Verdict{}
	}
	if !f.Known(fact.LocalHour) {
		return Verdict{Code: decision.InsufficientFacts, Policy: quietHoursID}
	}
	hour := f.Raw(fact.LocalHour)
	if hour >= p.from && hour < p.until {
		return Verdict{}
	}
	wait := (p.from - hour + 24) % 24
	return Verdict{Code: decision.QuietHours, Policy: quietHoursID, RetryAt: now.Truncate(time.Hour).Add(time.Duration(wait) * time.Hour)}
}
