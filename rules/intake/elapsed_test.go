package intake

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rightvoice/rightvoice/rules/fact"
)

func TestElapsed(t *testing.T) {
	days, hours := &fact.Builtin()[fact.DaysSinceProblemVisit], &fact.Builtin()[fact.HoursSinceAcuteCare]
	for _, c := range []struct {
		what       string
		def        *fact.Def
		zone       string
		since, now string
		want       int64
	}{
		{"hours over the change to summer time", hours, "America/New_York", "2026-03-07T22:00:00-05:00", "2026-03-08T10:00:00-04:00", 11},
		{"hours over the change to winter time", hours, "America/New_York", "2026-10-31T22:00:00-04:00", "2026-11-01T10:00:00-05:00", 13},
		{"part of an hour", hours, "", "2026-03-01T10:00:00Z", "2026-03-01T11:59:59Z", 1},
		{"late yesterday", days, "America/New_York", "2026-03-01T23:00:00-05:00", "2026-03-02T01:00:00-05:00", 1},
		{"late yesterday, zone not known", days, "", "2026-03-01T23:00:00-05:00", "2026-03-02T01:00:00-05:00", 0},
		{"23 hours that are a day", days, "America/New_York", "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00", 1},
		{"24 hours that are no day", days, "America/New_York", "2026-11-01T00:00:00-04:00", "2026-11-01T23:59:00-05:00", 0},
		{"over a leap day", days, "America/New_York", "2028-02-28T12:00:00-05:00", "2028-03-01T12:00:00-05:00", 2},
		{"no leap day", days, "America/New_York", "2027-02-28T12:00:00-05:00", "2027-03-01T12:00:00-05:00", 1},
		{"a leap year", days, "", "2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z", 366},
		{"a clock a little ahead", days, "Asia/Tokyo", "2026-03-02T00:01:00+09:00", "2026-03-01T23:59:00+09:00", 0},
		{"longer than can be told", hours, "", "2020-03-01T00:00:00Z", "2026-03-01T00:00:00Z", 8784},
		{"a day that a zone left out", days, "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00", 2},
	} {
		var zone *time.Location
		if c.zone != "" {
			zone = zoneOf(t, c.zone)
		}
		if got := Elapsed(c.def, moment(t, c.since), moment(t, c.now), zone); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
}

// TestReachesIsTheFirstMoment looks on both sides of the moment, over days on
// which clocks change, at midnight too.
func TestReachesIsTheFirstMoment(t *testing.T) {
	for _, id := range []fact.ID{fact.DaysSinceProblemVisit, fact.HoursSinceAcuteCare} {
		d := &fact.Builtin()[id]
		for _, name := range []string{"", "America/New_York", "America/Havana", "Asia/Beirut", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo"} {
			var zone *time.Location
			if name != "" {
				zone = zoneOf(t, name)
			}
			for start := time.Date(2024, 1, 1, 7, 30, 0, 0, time.UTC); start.Year() < 2026; start = start.Add(173 * time.Hour) {
				for _, n := range []int64{1, 2, 14, 30} {
					at := Reaches(d, start, n, zone)
					if got := Elapsed(d, start, at, zone); got < n {
						t.Fatalf("%s: %d %s since %v are not over at %v", name, n, d.Unit, start, at)
					}
					if got := Elapsed(d, start, at.Add(-time.Second), zone); got >= n {
						t.Fatalf("%s: %d %s since %v are over before %v", name, n, d.Unit, start, at)
					}
				}
			}
		}
	}
}

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
