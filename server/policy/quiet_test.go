package policy

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// zones have clocks that change in the night, at midnight, by half an hour, on the
// other half of the earth, or never; and hours that are not whole.
var zones = []string{
	"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam", "Pacific/Pago_Pago",
	"America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut", "Africa/Cairo", "Pacific/Chatham", "Pacific/Apia", "Antarctica/Troll", "Europe/London", "UTC",
}

// TestG19QuietHoursFollowTheMembersClock walks through two years of every zone: a
// message goes out only by day, and what is held back may go exactly when told, and
// not a minute before.
func TestG19QuietHoursFollowTheMembersClock(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	p := compiled(t, Options{})
	outbound := knows(t, "direction", "outbound")
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for now := start; now.Before(start.AddDate(2, 0, 0)); now = now.Add(time.Duration(1+r.IntN(9*60*60)) * time.Second) {
			v := p.Check(outbound, &careTeam, Clock{now, zone})
			h := now.In(zone).Hour()
			if day := h >= 8 && h < 21; v.Kept() != day {
				t.Fatalf("%v: kept %v", now.In(zone), v.Kept())
			}
			if v.Kept() {
				continue
			}
			local := v.RetryAt.In(zone)
			if v.Code != decision.QuietHours || !v.RetryAt.After(now) || v.RetryAt.Sub(now) > 13*time.Hour || local.Hour() != 8 || local.Minute() != 0 {
				t.Fatalf("%v: try again at %v", now.In(zone), local)
			}
			if then := p.Check(outbound, &careTeam, Clock{v.RetryAt, zone}); !then.Kept() {
				t.Fatalf("%v: held back again at %v", now.In(zone), local)
			}
			if before := p.Check(outbound, &careTeam, Clock{v.RetryAt.Add(-time.Second), zone}); before.Kept() {
				t.Fatalf("%v: could have gone out before %v", now.In(zone), local)
			}
		}
	}
}

// TestG19ClockChanges looks at the hour that is left out and the one that comes
// twice, with hours chosen so that the change falls on them.
func TestG19ClockChanges(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	p := compiled(t, Options{})
	outbound := knows(t, "direction", "outbound")
	for at, want := range map[string]string{
		"2026-03-08T01:59:59-05:00": "2026-03-08T08:00:00-04:00", // an hour is left out: five wait
		"2026-03-08T03:00:00-04:00": "2026-03-08T08:00:00-04:00",
		"2026-11-01T01:30:00-04:00": "2026-11-01T08:00:00-05:00", // the same hour twice: seven and a half, six and a half
		"2026-11-01T01:30:00-05:00": "2026-11-01T08:00:00-05:00",
		"2026-10-31T21:00:00-04:00": "2026-11-01T08:00:00-05:00",
		"2026-03-07T20:59:59-05:00": "", // the last second of the day
		"2026-03-07T21:00:00-05:00": "2026-03-08T08:00:00-04:00",
		"2026-03-08T07:59:59-04:00": "2026-03-08T08:00:00-04:00",
		"2026-03-08T08:00:00-04:00": "",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		v := p.Check(outbound, &careTeam, Clock{now, newYork})
		if got := v.RetryAt; v.Kept() != (want == "") || want != "" && got.In(newYork).Format(time.RFC3339) != want {
			t.Errorf("at %s: kept %v, %v, want %q", at, v.Kept(), got.In(newYork), want)
		}
	}
}

// TestG19TheStricterReadingCounts: where the caller's hour and the zone differ,
// both must be by day; where neither is known, nothing goes out.
func TestG19TheStricterReadingCounts(t *testing.T) {
	p := compiled(t, Options{})
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	noonThere := time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		hour any
		zone *time.Location
		now  time.Time
		code decision.Reason
	}{
		"both by day":                 {12, chicago, noonThere, 0},
		"the hour says night":         {23, chicago, noonThere, decision.QuietHours},
		"the zone says night":         {12, chicago, noonThere.Add(12 * time.Hour), decision.QuietHours},
		"the zone alone, by day":      {nil, chicago, noonThere, 0},
		"the zone alone, at night":    {nil, chicago, noonThere.Add(12 * time.Hour), decision.QuietHours},
		"the hour alone":              {12, nil, noonThere, 0},
		"neither is known":            {nil, nil, noonThere, decision.InsufficientFacts},
		"nothing known, late at noon": {nil, nil, noon, decision.InsufficientFacts},
	} {
		f := knows(t, "direction", "outbound")
		if c.hour != nil {
			f = knows(t, "direction", "outbound", "local_hour", c.hour)
		}
		v := p.Check(f, &careTeam, Clock{c.now, c.zone})
		if v.Code != c.code || c.code == decision.QuietHours && !v.RetryAt.After(c.now) {
			t.Errorf("%s: %v until %v, want %v", name, v.Code, v.RetryAt, c.code)
		}
	}
}
