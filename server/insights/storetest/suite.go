// Package storetest is what every store of counts has to do, and finds out.
//
// In: a function that opens an empty store. Out: failures of the test.
package storetest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// March is the month of events unless a test says otherwise.
var March = time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)

// Run tries a store.
func Run(t *testing.T, open func(t testing.TB) feedback.Store) {
	for name, try := range map[string]func(*testing.T, feedback.Store){
		"events count once":            once,
		"kinds and texts are apart":    apart,
		"members are told apart":       members,
		"months and tenants are apart": months,
		"all at once count once":       concurrent,
		"a store without counts":       empty,
		"any order gives the same":     anyOrder,
		"a member is forgotten":        forgotten,
		"a place becomes free":         freed,
		"forgetting while others talk": forgottenAmong,
	} {
		t.Run(name, func(t *testing.T) { try(t, open(t)) })
	}
}

// Gym is about the gym item.
var Gym = feedback.About{Topic: "activity", Advice: "gym", Mindset: "consumer", Sender: "insurer", Rules: [2]string{"habits", "benefit"}, Language: "en", Revision: "r-1"}

// Event is one of a member and decision.
func Event(member, decision string, k feedback.Kind) feedback.Event {
	return feedback.Event{Tenant: "default", Member: member, Decision: decision, At: March, Kind: k, About: Gym}
}

func add(t testing.TB, s feedback.Store, events ...feedback.Event) {
	t.Helper()
	if err := s.Count(context.Background(), events); err != nil {
		t.Fatal(err)
	}
}

// Counts are what a store counted in March, by what it is about.
func Counts(t testing.TB, s feedback.Store, tenant string) map[feedback.About]feedback.Counted {
	t.Helper()
	all, err := s.Read(context.Background(), tenant, March)
	if err != nil {
		t.Fatal(err)
	}
	out := map[feedback.About]feedback.Counted{}
	for _, c := range all {
		if _, twice := out[c.About]; twice {
			t.Fatal("one count is told twice")
		}
		out[c.About] = c
	}
	return out
}

func once(t *testing.T, s feedback.Store) {
	add(t, s, Event("m", "d1", feedback.Shown), Event("m", "d1", feedback.Shown), Event("m", "d2", feedback.Shown))
	add(t, s, Event("m", "d1", feedback.Accepted), Event("m", "d1", feedback.Shown))
	add(t, s)
	// Other words for the same decision, item and kind are the same event.
	other := Event("m", "d1", feedback.Shown)
	other.About.Language, other.At = "es", March.Add(time.Hour)
	add(t, s, other)
	got := Counts(t, s, "default")
	if c := got[Gym]; len(got) != 1 || c.Counts[feedback.Shown] != 2 || c.Counts[feedback.Accepted] != 1 || len(c.Who) != 1 {
		t.Errorf("%+v", got)
	}
}

func apart(t *testing.T, s feedback.Store) {
	want := map[feedback.About]int{}
	for i, change := range []func(*feedback.About){
		func(*feedback.About) {},
		func(a *feedback.About) { a.Advice = "" },
		func(a *feedback.About) { a.Language = "es" },
		func(a *feedback.About) { a.Variant = "short" },
		func(a *feedback.About) { a.Rules = [2]string{"habitsb", "enefit"} },
		func(a *feedback.About) { a.Day, a.Example = "2026-03-15", "age_years: 20\n" },
	} {
		e := Event("m", fmt.Sprint("d", i), feedback.Dismissed)
		change(&e.About)
		add(t, s, e)
		want[e.About] = 1
	}
	got := map[feedback.About]int{}
	for about, c := range Counts(t, s, "default") {
		got[about] = c.Counts[feedback.Dismissed]
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func members(t *testing.T, s feedback.Store) {
	for i := range 3 {
		for d := range 20 {
			add(t, s, Event(fmt.Sprint("m", i), fmt.Sprint(i, "-", d), feedback.Shown))
		}
	}
	if c := Counts(t, s, "default")[Gym]; len(c.Who) != 3 || c.Counts[feedback.Shown] != 60 {
		t.Errorf("%d members, %v", len(c.Who), c.Counts)
	}
	for i := range 30 {
		add(t, s, Event(fmt.Sprint("m", i), fmt.Sprint("x", i), feedback.Shown))
	}
	if c := Counts(t, s, "default")[Gym]; len(c.Who) != feedback.MembersMost {
		t.Errorf("%d members of 30", len(c.Who))
	}
	nobody := Event("", "n1", feedback.Shown)
	nobody.About.Language = "fr"
	again := nobody
	again.Decision = "n2"
	add(t, s, nobody, again)
	if c := Counts(t, s, "default")[nobody.About]; len(c.Who) != 2 {
		t.Errorf("%d members of 2 decisions about nobody", len(c.Who))
	}
}

func months(t *testing.T, s feedback.Store) {
	other := Event("m", "d1", feedback.Shown)
	other.Tenant = "other"
	april := Event("m", "d2", feedback.Shown)
	april.At = March.AddDate(0, 1, 0)
	add(t, s, Event("m", "d1", feedback.Shown), other, april)
	for _, tenant := range []string{"default", "other"} {
		if c := Counts(t, s, tenant)[Gym]; c.Counts[feedback.Shown] != 1 {
			t.Errorf("%s: %v", tenant, c.Counts)
		}
	}
	all, err := s.Read(context.Background(), "default", april.At)
	if err != nil || len(all) != 1 || all[0].Counts[feedback.Shown] != 1 {
		t.Errorf("April: %v %v", all, err)
	}
	// Told again after the month ended, it is still the same.
	late := Event("m", "d1", feedback.Shown)
	late.At = april.At
	add(t, s, late)
	if all, _ := s.Read(context.Background(), "default", april.At); all[0].Counts[feedback.Shown] != 1 {
		t.Error("an event of March counts in April too")
	}
}

func concurrent(t *testing.T, s feedback.Store) {
	const decisions = 300
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var all []feedback.Event
			for d := range decisions {
				all = append(all, Event(fmt.Sprint("m", d%40), fmt.Sprint("d", d), feedback.Accepted))
			}
			rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for len(all) > 0 {
				n := min(len(all), 1+rand.IntN(60))
				if err := s.Count(context.Background(), all[:n]); err != nil {
					t.Error(err)
				}
				all = all[n:]
			}
		})
	}
	wg.Wait()
	if c := Counts(t, s, "default")[Gym]; c.Counts[feedback.Accepted] != decisions {
		t.Errorf("%d of %d", c.Counts[feedback.Accepted], decisions)
	}
}

func empty(t *testing.T, s feedback.Store) {
	if all, err := s.Read(context.Background(), "default", March); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
}

func anyOrder(t *testing.T, s feedback.Store) {
	var all []feedback.Event
	for d := range 30 {
		for k := range feedback.Kinds {
			all = append(all, Event(fmt.Sprint("m", d%5), fmt.Sprint("d", d), k))
		}
	}
	all = append(all, all...)
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	add(t, s, all...)
	c := Counts(t, s, "default")[Gym]
	for k, n := range c.Counts {
		if n != 30 {
			t.Errorf("kind %d: %d of 30", k, n)
		}
	}
	if len(c.Who) != 5 {
		t.Errorf("%d members of 5", len(c.Who))
	}
}
