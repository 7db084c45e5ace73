package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

func forget(t testing.TB, s feedback.Store, tenant, member string) {
	t.Helper()
	for range 2 { // of somebody nobody knows there is nothing to forget
		if err := s.Forget(context.Background(), tenant, member); err != nil {
			t.Fatal(err)
		}
	}
}

// forgotten: counts stay, and nobody else is forgotten.
func forgotten(t *testing.T, s feedback.Store) {
	forget(t, s, "default", "m")
	other := Event("m", "d9", feedback.Shown)
	other.Tenant = "other"
	earlier := Event("m", "d8", feedback.Accepted)
	earlier.At = March.AddDate(0, -11, 0)
	spanish := Event("m", "d7", feedback.Dismissed)
	spanish.About.Language = "es"
	add(t, s, Event("m", "d1", feedback.Shown), Event("m", "d2", feedback.Accepted), Event("n", "d3", feedback.Shown), other, earlier, spanish)
	forget(t, s, "default", "m")
	got := Counts(t, s, "default")
	if c := got[Gym]; c.Counts[feedback.Shown] != 2 || c.Counts[feedback.Accepted] != 1 || len(c.Who) != 1 {
		t.Errorf("%+v", c)
	}
	if c := got[spanish.About]; c.Counts[feedback.Dismissed] != 1 || len(c.Who) != 0 {
		t.Errorf("%+v", c)
	}
	if c := Counts(t, s, "other")[Gym]; len(c.Who) != 1 {
		t.Errorf("a member of another tenant: %+v", c)
	}
	if all, err := s.Read(context.Background(), "default", earlier.At); err != nil || len(all) != 1 || all[0].Counts[feedback.Accepted] != 1 || len(all[0].Who) != 0 {
		t.Errorf("an earlier month: %+v %v", all, err)
	}
	forget(t, s, "other", "m")
	if c := Counts(t, s, "other")[Gym]; c.Counts[feedback.Shown] != 1 || len(c.Who) != 0 {
		t.Errorf("%+v", c)
	}
}

// freed: of as many members as are told apart one is forgotten, and another
// comes.
func freed(t *testing.T, s feedback.Store) {
	for i := range feedback.MembersMost {
		add(t, s, Event(fmt.Sprint("m", i), fmt.Sprint("d", i), feedback.Shown))
	}
	forget(t, s, "default", "m0")
	if c := Counts(t, s, "default")[Gym]; len(c.Who) != feedback.MembersMost-1 || c.Counts[feedback.Shown] != feedback.MembersMost {
		t.Errorf("%+v", c)
	}
	add(t, s, Event("m1", "again", feedback.Shown))
	if c := Counts(t, s, "default")[Gym]; len(c.Who) != feedback.MembersMost-1 {
		t.Errorf("one member counts as two: %+v", c)
	}
	add(t, s, Event("new", "new", feedback.Shown))
	if c := Counts(t, s, "default")[Gym]; len(c.Who) != feedback.MembersMost {
		t.Errorf("%+v", c)
	}
}

// until does what may fail for want of a connection until it does not, as those
// who use a store do.
func until(t testing.TB, do func() error) {
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		err := do()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Error(err)
			return
		}
	}
}

// forgottenAmong forgets many while many speak.
func forgottenAmong(t *testing.T, s feedback.Store) {
	const rounds, workers = 8, 8
	ctx := context.Background()
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for round := range rounds {
				gone, stays := fmt.Sprint("gone", w, "-", round), fmt.Sprint("stays", round%5)
				for d := range 3 {
					for _, m := range []string{gone, stays} {
						until(t, func() error {
							return s.Count(ctx, []feedback.Event{Event(m, fmt.Sprint(m, "-", w, "-", round, "-", d), feedback.Shown)})
						})
					}
				}
				until(t, func() error { return s.Forget(ctx, "default", gone) })
			}
		})
	}
	wg.Wait()
	for i := range 5 { // who found no place meanwhile
		until(t, func() error {
			return s.Count(ctx, []feedback.Event{Event(fmt.Sprint("stays", i), fmt.Sprint("last", i), feedback.Shown)})
		})
	}
	if c := Counts(t, s, "default")[Gym]; c.Counts[feedback.Shown] != rounds*workers*6+5 || len(c.Who) != 5 {
		t.Errorf("%d shown, %d members", c.Counts[feedback.Shown], len(c.Who))
	}
}
