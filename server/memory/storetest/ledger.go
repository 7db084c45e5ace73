package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/server/memory"
)

const day = 24 * time.Hour

// shown is a contact of a decision about sleep, with one limit.
func shown(decision string, most int) memory.Bounded {
	return memory.Bounded{
		Contact: memory.Contact{Decision: decision, Advice: "sleep_help", Topic: "sleep", Sender: "insurer", Kind: "ask"},
		Limits:  []memory.Limit{{Policy: "caps.per_topic", Topic: "sleep", Most: most, Window: 7 * day}},
	}
}

func hold(t testing.TB, s Counter, member string, until time.Time, contacts ...memory.Bounded) []memory.Place {
	t.Helper()
	got := s.Hold(context.Background(), []memory.Hold{{Tenant: t.Name(), Member: member, Contacts: contacts, Until: until, Keep: 30 * day}})
	if len(got) != 1 || got[0] == nil {
		t.Fatal("the store did not answer")
	}
	return got[0]
}

// show records the decision of each contact and tells that it was shown.
func show(t testing.TB, s Store, member string, at time.Time, c memory.Bounded) memory.Counted {
	t.Helper()
	s.Record(record(t, member, c.Decision))
	got, err := s.Contacted(context.Background(), memory.Contacted{Tenant: t.Name(), Decision: c.Decision, Contacts: []memory.Bounded{c}, At: at, Keep: 30 * day})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func shownCountsOnce(t *testing.T, s Store) {
	now := time.Now().Truncate(time.Millisecond)
	for i, want := range []int{1, 0, 0} {
		if got := show(t, s, "m", now, shown("d-1", 1)); got.First != want || len(got.Over) != 0 {
			t.Errorf("told %d times: %+v", i+1, got)
		}
	}
	if got := hold(t, s, "m", now.Add(time.Minute), shown("d-1", 1)); got[0].Limit != "" {
		t.Errorf("the decision itself is held back: %+v", got)
	}
	got := hold(t, s, "m", now.Add(time.Minute), shown("d-2", 1))
	if got[0].Limit != "caps.per_topic" || !got[0].RetryAt.Equal(now.Add(7*day)) {
		t.Errorf("another decision: %+v, want until %v", got, now.Add(7*day))
	}
	if got := hold(t, s, "n", now.Add(time.Minute), shown("d-2", 1)); got[0].Limit != "" {
		t.Errorf("another member is held back: %+v", got)
	}
	if got := show(t, s, "m", now, shown("d-3", 1)); got.First != 1 || !cmp.Equal(got.Over, []string{"caps.per_topic"}) {
		t.Errorf("shown in spite of it: %+v", got)
	}
	if st := s.Stats(); st.ContactsShown != 2 || st.ContactsOver != 1 || st.ContactsLost != 0 {
		t.Errorf("counted as %+v", st)
	}
}

func placesEnd(t *testing.T, s Store) {
	now := time.Now().Truncate(time.Millisecond)
	until := now.Add(300 * time.Millisecond)
	if got := hold(t, s, "m", until, shown("d-1", 1)); got[0].Limit != "" {
		t.Fatalf("%+v", got)
	}
	if got := hold(t, s, "m", until, shown("d-2", 1)); got[0].Limit == "" || !got[0].RetryAt.Equal(until) {
		t.Errorf("beside a place: %+v, want until %v", got, until)
	}
	for end := now.Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if got := hold(t, s, "m", time.Now().Add(time.Minute), shown("d-2", 1)); got[0].Limit == "" {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the place never ends")
		}
	}
	if time.Now().Before(until) {
		t.Error("the place ended early")
	}
	if got := show(t, s, "m", time.Now(), shown("d-1", 1)); got.First != 1 || len(got.Over) != 0 {
		t.Errorf("shown too late, and the other is not shown yet: %+v", got)
	}
	if got := show(t, s, "m", time.Now(), shown("d-2", 1)); got.First != 1 || len(got.Over) != 1 {
		t.Errorf("two were shown: %+v", got)
	}
}

// manyShowAtOnce tells 1,000 things at once, each three times, and counts.
func manyShowAtOnce(t *testing.T, s Store) {
	const n, decisions = 1000, 20
	now := time.Now()
	for i := range decisions {
		s.Record(record(t, "m", fmt.Sprint("d-", i)))
	}
	Flush(t, s)
	one := func(i, most int) memory.Bounded {
		b := shown(fmt.Sprint("d-", i%decisions), most)
		b.Advice, b.Limits[0].Kind = fmt.Sprint("a-", i), "ask"
		return b
	}
	var next, first atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < 3*n; i = int(next.Add(1)) - 1 {
				b := one(i%n, n)
				c := memory.Contacted{Tenant: t.Name(), Decision: b.Decision, Contacts: []memory.Bounded{b}, At: now, Keep: 30 * day}
				got, err := s.Contacted(context.Background(), c)
				// A busy machine may need several tries; telling again counts nothing twice.
				for end := now.Add(2 * time.Minute); err != nil && time.Now().Before(end); {
					time.Sleep(20 * time.Millisecond)
					got, err = s.Contacted(context.Background(), c)
				}
				if err != nil || len(got.Over) > 0 {
					t.Errorf("%+v, %v", got, err)
				}
				first.Add(int32(got.First))
			}
		})
	}
	all.Wait()
	if st := s.Stats(); st.ContactsLost > 0 || int(first.Load()) > n {
		t.Errorf("%d were the first, want %d; %+v", first.Load(), n, st)
	}
	if got := hold(t, s, "m", now.Add(time.Minute), one(n, n)); got[0].Limit == "" {
		t.Errorf("a place beyond %d: %+v", n, got)
	}
	if got := hold(t, s, "m", now.Add(time.Minute), one(n, n+1)); got[0].Limit != "" {
		t.Errorf("no place within %d: %+v", n+1, got)
	}
}

// manyAskAtOnce lets many ask for the last places: no more get one than there are.
func manyAskAtOnce(t *testing.T, s Store) {
	const most = 3
	until := time.Now().Add(time.Minute)
	var all sync.WaitGroup
	var mu sync.Mutex
	got := 0
	for i := range 200 {
		all.Go(func() {
			for range 20 {
				places := s.Hold(context.Background(), []memory.Hold{{Tenant: t.Name(), Member: "m", Contacts: []memory.Bounded{shown(fmt.Sprint("d-", i), most)}, Until: until, Keep: 30 * day}})
				if places[0] == nil {
					continue // the store did not answer in time; the place may be ours
				}
				if places[0][0].Limit == "" {
					mu.Lock()
					got++
					mu.Unlock()
				}
				return
			}
		})
	}
	if all.Wait(); got != most {
		t.Errorf("%d got a place, want %d", got, most)
	}
}

func forgettingForgetsWhatWasShown(t *testing.T, s Store) {
	now := time.Now()
	show(t, s, "m", now, shown("d-1", 1))
	if err := s.ForgetMember(context.Background(), t.Name(), "m"); err != nil {
		t.Fatal(err)
	}
	if got := hold(t, s, "m", now.Add(time.Minute), shown("d-2", 1)); got[0].Limit != "" {
		t.Errorf("after forgetting: %+v", got)
	}
	_, err := s.Contacted(context.Background(), memory.Contacted{Tenant: t.Name(), Decision: "d-1", Contacts: []memory.Bounded{shown("d-1", 1)}, At: now, Keep: day})
	wantNotFound(t, "what was shown of a decision that is forgotten", err)
	s.Record(record(t, "", "nobody"))
	if got, err := s.Contacted(context.Background(), memory.Contacted{Tenant: t.Name(), Decision: "nobody", Contacts: []memory.Bounded{shown("nobody", 1)}, At: now, Keep: day}); err != nil || got.First != 0 {
		t.Errorf("shown to nobody in particular: %+v, %v", got, err)
	}
}

// storesCountAlike does at random what senders do, and compares the store with
// memory.Ledger, which says what is meant.
func storesCountAlike(t *testing.T, s Store) {
	r := rand.New(rand.NewPCG(7, 7))
	now := time.Now().Truncate(time.Millisecond)
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	random := func(member string) memory.Bounded {
		b := memory.Bounded{Contact: memory.Contact{
			Decision: member + "-d" + pick("1", "2", "3", "4", "5", "6"), Advice: pick("a", "b"), Topic: pick("sleep", "stress"), Sender: pick("insurer", "provider"),
			Kind: pick("ask", "help", "appreciation"), Channel: pick("", "sms", "email"),
		}}
		for _, l := range []memory.Limit{
			{Policy: "topic", Topic: b.Topic, Most: 1 + r.IntN(2), Window: 3 * day}, {Policy: "sender", Sender: b.Sender, Most: 1 + r.IntN(3), Window: 5 * day},
			{Policy: "overall", Most: 2 + r.IntN(3), Window: 7 * day}, {Policy: "texts", Channel: "sms", Most: 1, Window: day},
			{Policy: "balance", Sender: b.Sender, Kind: "ask", Most: r.IntN(2), Window: 6 * day, PerHelpful: 50 * r.IntN(3)},
		} {
			if r.IntN(2) == 0 && (l.Kind == "" || b.Kind == l.Kind) {
				b.Limits = append(b.Limits, l)
			}
		}
		return b
	}
	for m := range 40 {
		member := fmt.Sprint("m", m)
		for i := range 6 {
			s.Record(record(t, member, fmt.Sprintf("%s-d%d", member, i+1)))
		}
		var want memory.Ledger
		for step := range 25 {
			if r.IntN(2) == 0 {
				h := memory.Hold{Tenant: t.Name(), Member: member, Contacts: []memory.Bounded{random(member), random(member)}, Until: now.Add(time.Duration(r.IntN(int(20 * day)))).Truncate(time.Millisecond).Add(time.Hour), Keep: 7 * day}
				var places []memory.Place
				want, places = want.Hold(&h, now)
				if got := s.Hold(context.Background(), []memory.Hold{h}); !cmp.Equal(got[0], places) {
					t.Fatalf("member %d, step %d: %s", m, step, cmp.Diff(places, got[0]))
				}
				continue
			}
			b := random(member)
			c := memory.Contacted{Tenant: t.Name(), Decision: b.Decision, Contacts: []memory.Bounded{b}, At: now.Add(-time.Duration(r.IntN(int(7 * day)))).Truncate(time.Millisecond).Add(time.Hour), Keep: 7 * day}
			var counted memory.Counted
			want, counted = want.Show(&c, now)
			counted.Over = memory.Distinct(counted.Over)
			if got, err := s.Contacted(context.Background(), c); err != nil || !cmp.Equal(got, counted) {
				t.Fatalf("member %d, step %d: %v %s", m, step, err, cmp.Diff(counted, got))
			}
		}
	}
}
