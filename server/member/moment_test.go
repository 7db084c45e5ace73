package member

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// asking is a desk at a moment of its own, and the service that answers from
// what the desk was told.
type asking struct {
	*desk
	service *recommend.Service
}

func newAsking(t *testing.T, at time.Time) *asking {
	t.Helper()
	a := &asking{desk: newDesk(t)}
	a.now = at
	clock := func() time.Time { return a.now }
	store, err := localstore.Open(localstore.Options{Entries: 10_000, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	a.desk.store, a.Service = store, New(Options{Store: store, Now: clock})
	a.service = recommend.New(recommend.Options{Store: store, StandIn: a.words, Now: clock, MaxTTL: 1000 * time.Hour})
	a.service.Use("", a.words)
	return a
}

// speaks is who speaks about exercise to a member with a gym pass, and until when
// that holds.
func (a *asking) speaks(asker recommend.Asker) (mindset, sender string, until time.Time) {
	a.Helper()
	topic, _ := a.words.Topic("activity")
	gym := facts(func(f *fact.Facts) {
		f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
		f.SetRaw(fact.BenefitAvailable, 1<<a.value(fact.BenefitAvailable, "gym"))
	})
	got, err := a.service.Recommend(context.Background(), a.words, &recommend.Request{Asker: asker, MemberRef: "m", Topic: topic, HasTopic: true, Facts: gym})
	if err != nil {
		a.Fatal(err)
	}
	r := &got.Recommendations[0]
	return r.Mindset.String(), r.Sender.String(), got.ValidUntil
}

// TestAMomentIsToldOnce tells something once and asks for more than a month, over
// changes of the clocks and a leap day: the provider speaks until the window of
// the rule is over, and no answer holds beyond that.
func TestAMomentIsToldOnce(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	hours := func(since time.Time) time.Time { return since.Add(721 * time.Hour) }
	days := func(since time.Time) time.Time {
		y, m, d := since.In(newYork).Date()
		return time.Date(y, m, d+15, 0, 0, 0, 0, newYork)
	}
	for name, c := range map[string]struct {
		id   fact.ID
		told time.Time
		over func(since time.Time) time.Time
	}{
		"a discharge, summer time comes":   {fact.HoursSinceAcuteCare, time.Date(2026, 3, 1, 10, 30, 0, 0, newYork), hours},
		"a discharge, summer time goes":    {fact.HoursSinceAcuteCare, time.Date(2026, 10, 25, 10, 30, 0, 0, newYork), hours},
		"a discharge, a leap day":          {fact.HoursSinceAcuteCare, time.Date(2028, 2, 20, 10, 30, 0, 0, newYork), hours},
		"a problem visit, a leap day":      {fact.DaysSinceProblemVisit, time.Date(2028, 2, 20, 22, 30, 0, 0, newYork), days},
		"a problem visit, summer time":     {fact.DaysSinceProblemVisit, time.Date(2026, 3, 1, 22, 30, 0, 0, newYork), days},
		"a drug's first day, winter time":  {fact.NewRxDays, time.Date(2026, 10, 25, 0, 30, 0, 0, newYork), days},
		"a drug's first day, no leap year": {fact.NewRxDays, time.Date(2027, 2, 20, 0, 30, 0, 0, newYork), days},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAsking(t, c.told)
			a.tell(recommend.Provider, &Event{Member: "m", Source: "adt", AsOf: c.told, Zone: "America/New_York", Facts: facts(func(f *fact.Facts) { f.SetRaw(c.id, 0) })})
			over := c.over(c.told)
			times := []time.Time{c.told.Add(9 * 24 * time.Hour), over.Add(-time.Millisecond), over}
			for at := c.told; at.Before(over.Add(72 * time.Hour)); at = at.Add(13 * time.Hour) {
				times = append(times, at)
			}
			for _, at := range times {
				a.now = at
				want := [2]string{"consumer", "insurer"}
				if at.Before(over) {
					want = [2]string{"patient", "provider"}
				}
				for _, asker := range []recommend.Asker{recommend.Insurer, recommend.Provider} {
					mindset, sender, until := a.speaks(asker)
					if got := [2]string{mindset, sender}; got != want {
						t.Fatalf("%v after it was told: %v, want %v", at.Sub(c.told), got, want)
					}
					if !until.After(at) || at.Before(over) && until.After(over) {
						t.Fatalf("%v after it was told: valid until %v, the window ends at %v", at.Sub(c.told), until, over)
					}
				}
			}
		})
	}
}

// TestAMomentEnds tells until when GetMember promises it, and that it can be
// taken back, also where it is told again later.
func TestAMomentEnds(t *testing.T) {
	d := newAsking(t, time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC))
	start := d.now
	left := &Event{Member: "m", Source: "adt", AsOf: d.now, Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.HoursSinceAcuteCare, 5); f.SetRaw(fact.DaysSinceProblemVisit, 5) })}
	d.tell(recommend.Provider, left)
	d.tell(recommend.Insurer, &Event{Member: "m", Source: "claims", AsOf: d.now, MaxAge: 36 * time.Hour, Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.NewRxDays, 1) })})
	for name, want := range map[string]time.Duration{"hours_since_acute_care": (8785 - 5) * time.Hour, "days_since_problem_visit": intake.MomentAge, "new_rx_days": 36 * time.Hour} {
		if k := d.see(recommend.Integrated)[name]; !k.Until.Equal(d.now.Add(want)) {
			t.Errorf("%s is known for %v, want %v", name, k.Until.Sub(d.now), want)
		}
	}
	d.now = start.Add(40 * time.Hour)
	if _, ok := d.see(recommend.Integrated)["new_rx_days"]; ok {
		t.Error("a moment outlives the age that its feed gave it")
	}
	d.tell(recommend.Provider, &Event{Member: "m", Source: "adt", AsOf: d.now, Retract: []fact.ID{fact.HoursSinceAcuteCare}})
	d.now = start.Add(200 * 24 * time.Hour)
	d.tell(recommend.Provider, left)
	if k, ok := d.see(recommend.Provider)["hours_since_acute_care"]; ok {
		t.Errorf("taken back and told again late, it is known: %+v", k)
	}
}

// TestDiagnosesOneAtATime tells each by an event of its own, in both orders.
func TestDiagnosesOneAtATime(t *testing.T) {
	for _, codes := range [][]string{{"E11.9", "I10"}, {"I10", "E11.9"}} {
		d := newDesk(t)
		diagnosis := func(code string, ago time.Duration) *Event {
			return &Event{Member: "m", Source: "ehr", AsOf: d.now.Add(-ago), Diagnoses: []intake.Diagnosis{{System: intake.ICD10CM, Code: code}}}
		}
		chronic := func() int64 { return d.see(recommend.Provider)["chronic_dx"].Value }
		diabetes, hypertension, asthma := int64(1)<<d.value(fact.ChronicDx, "diabetes"), int64(1)<<d.value(fact.ChronicDx, "hypertension"), int64(1)<<d.value(fact.ChronicDx, "asthma")
		for i, code := range codes {
			d.tell(recommend.Provider, diagnosis(code, time.Duration(2-i)*time.Hour))
		}
		if got := chronic(); got != diabetes|hypertension {
			t.Fatalf("%v: %b", codes, got)
		}
		out := d.tell(recommend.Provider, diagnosis("J45.909", 3*time.Hour),
			&Event{Member: "m", Source: "ehr", AsOf: d.now.Add(-90 * time.Minute), Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.ChronicDx, asthma) })})
		if len(out[0].Older) != 1 || len(out[1].Facts) != 1 {
			t.Errorf("what a list replaces: %+v", out)
		}
		newer := map[string]int64{"E11.9": diabetes, "I10": hypertension}[codes[1]]
		if got := chronic(); got != asthma|newer {
			t.Errorf("a list between the two: %b", got)
		}
		d.tell(recommend.Provider, &Event{Member: "m", Source: "ehr", AsOf: d.now, Retract: []fact.ID{fact.ChronicDx}})
		d.tell(recommend.Provider, diagnosis(codes[0], 2*time.Hour))
		if k, ok := d.see(recommend.Provider)["chronic_dx"]; ok {
			t.Errorf("taken back: %+v", k)
		}
	}
}

// TestADiagnosisHoldsUntilItsWindowEnds tells of a bronchitis once, and of what
// lasts less long after it.
func TestADiagnosisHoldsUntilItsWindowEnds(t *testing.T) {
	a := newAsking(t, time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC))
	start := a.now
	onset := start.Add(-48 * time.Hour)
	event := func(d ...intake.Diagnosis) *Event {
		return &Event{Member: "m", Source: "ehr", AsOf: a.now, Diagnoses: d}
	}
	a.tell(recommend.Provider, event(intake.Diagnosis{System: intake.ICD10CM, Code: "J20.9", Onset: onset}))
	a.now = start.Add(time.Hour)
	a.tell(recommend.Provider, event(intake.Diagnosis{System: intake.ICD10CM, Code: "R05.9", Onset: onset}),
		&Event{Member: "m", Source: "ehr", AsOf: a.now, Facts: facts(func(f *fact.Facts) { f.SetBool(fact.AcuteDxActive, true) })})
	over := onset.Add(43 * 24 * time.Hour)
	if k := a.see(recommend.Provider)["acute_dx_active"]; !k.Until.Equal(over) {
		t.Errorf("it holds until %v, want %v", k.Until, over)
	}
	for _, at := range []time.Time{start.Add(20 * 24 * time.Hour), over.Add(-time.Millisecond), over} {
		a.now = at
		want := "patient"
		if !at.Before(over) {
			want = "consumer"
		}
		if mindset, _, until := a.speaks(recommend.Insurer); mindset != want || at.Before(over) && until.After(over) {
			t.Errorf("%v after the onset: %s until %v, want %s", at.Sub(onset), mindset, until, want)
		}
	}
	a.now = start.Add(2 * time.Hour)
	for what, d := range map[string]struct {
		diagnosis intake.Diagnosis
		until     time.Time
	}{
		"over in a week": {intake.Diagnosis{System: intake.ICD10CM, Code: "S52.501A", Onset: onset, Abated: start.Add(7 * 24 * time.Hour)}, start.Add(7 * 24 * time.Hour)},
		"of no onset":    {intake.Diagnosis{System: intake.ICD10CM, Code: "S52.501A"}, a.now.Add(24 * time.Hour)},
	} {
		b := newAsking(t, a.now)
		b.tell(recommend.Provider, event(d.diagnosis))
		if k := b.see(recommend.Provider)["injury_dx_recent"]; !k.Until.Equal(d.until) {
			t.Errorf("an injury %s: until %v, want %v", what, k.Until, d.until)
		}
	}
	a.tell(recommend.Provider, &Event{Member: "m", Source: "ehr", AsOf: a.now, Facts: facts(func(f *fact.Facts) { f.SetBool(fact.AcuteDxActive, false) })})
	if k := a.see(recommend.Provider)["acute_dx_active"]; k.Value != 0 {
		t.Errorf("told to be over: %+v", k)
	}
}
