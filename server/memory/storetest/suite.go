// Package storetest is what every store of server/memory must keep, as tests:
// Run is the suite, and StartRedis and its siblings give tests a real Redis.
//
// It is imported by tests only, those of other packages too.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/server/memory"
)

// RecordTTL is the record TTL that open must give its stores, and PerMember the
// length of a member's list.
const (
	RecordTTL = time.Hour
	PerMember = 30
)

// Run runs the suite. open opens a store whose secret, RecordTTL and PerMember
// are always the same; its close is the suite's business. lasting says that
// stores opened one after the other, or at once, are to see the same.
func Run(t *testing.T, lasting bool, open func(testing.TB) Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Store)
	}{
		{"TheFirstDecides", theFirstDecides},
		{"TheFirstOfManyDecides", theFirstOfManyDecides},
		{"NothingElseIsShared", nothingElseIsShared},
		{"NothingIsSharedWithoutAMember", nothingIsSharedWithoutAMember},
		{"EntriesEnd", entriesEnd},
		{"EntriesEndWithTheDecision", entriesEndWithTheDecision},
		{"EntriesWithoutTimeAreNotKept", entriesWithoutTimeAreNotKept},
		{"ReplaceReplaces", replaceReplaces},
		{"ManyClaimsKeepTheirOrder", manyClaimsKeepTheirOrder},
		{"CallersShareNoMemory", callersShareNoMemory},
		{"RecordsAreFoundAtOnce", recordsAreFoundAtOnce},
		{"RecordsBelongToATenant", recordsBelongToATenant},
		{"ListsAreNewestFirst", listsAreNewestFirst},
		{"ListsComeInPages", listsComeInPages},
		{"ListsAreBounded", listsAreBounded},
		{"FeedbackCountsOnce", feedbackCountsOnce},
		{"FeedbackNeedsADecision", feedbackNeedsADecision},
		{"FactsAreKept", factsAreKept},
		{"ACallIsKeptWholeOrNot", aCallIsKeptWholeOrNot},
		{"FactsEnd", factsEnd},
		{"ManyServersTellOne", manyServersTellOne},
		{"ClaimsSayWhatTheyKnow", claimsSayWhatTheyKnow},
		{"ForgettingLeavesNothing", forgettingLeavesNothing},
		{"ShownCountsOnce", shownCountsOnce},
		{"PlacesEnd", placesEnd},
		{"ManyShowAtOnce", manyShowAtOnce},
		{"ManyAskAtOnce", manyAskAtOnce},
		{"ForgettingForgetsWhatWasShown", forgettingForgetsWhatWasShown},
		{"StoresCountAlike", storesCountAlike},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := open(t)
			t.Cleanup(func() { closeStore(t, store) })
			c.test(t, store)
		})
	}
	if lasting {
		t.Run("ServersShare", func(t *testing.T) { serversShare(t, open) })
		t.Run("ServersShareFacts", func(t *testing.T) { serversShareFacts(t, open) })
		t.Run("ClosingWritesWhatIsPending", func(t *testing.T) { closingWritesWhatIsPending(t, open) })
	}
}

func closeStore(t testing.TB, s Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("close: %v", err)
	}
}

// Key is a key of the test's own tenant.
func Key(t testing.TB, member string) memory.Key {
	return memory.Key{Tenant: t.Name(), Member: member, Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 2, 3}}
}

// Entry is a decision made now and valid for an hour.
func Entry(id string) memory.Entry {
	now := time.Now()
	return memory.Entry{
		DecisionID: id, Revision: "r-1", DecidedAt: now, ValidUntil: now.Add(time.Hour),
		Recommendations: []memory.Recommendation{{
			Topic: "sleep", Mindset: "consumer", Sender: "insurer", Advice: []string{"sleep_program"},
			Reasons: []memory.Reason{{Code: "RULE_MATCH", Table: "sender", Rule: "tied-to-a-benefit"}},
		}},
		NeededFacts: []string{"coverage_status"},
	}.Rounded()
}

func record(t testing.TB, member, id string) memory.Record {
	return memory.Record{
		Tenant: t.Name(), Member: member, Entry: Entry(id), Asker: "insurer",
		Held: []memory.Held{{Topic: "sleep", Advice: "gym", Code: "QUIET_HOURS", Policy: "nights"}},
	}
}

// claim claims for an hour and checks that the answer came.
func claim(t testing.TB, s Sharer, key memory.Key, fresh memory.Entry) (memory.Entry, memory.Status) {
	t.Helper()
	got, status, age := Claim(context.Background(), s, key, fresh, time.Hour)
	if status == memory.Unavailable || age < 0 || age > time.Minute {
		t.Fatalf("%v, age %v", status, age)
	}
	return got, status
}

func expect(t testing.TB, s Sharer, key memory.Key, fresh, want memory.Entry, wantStatus memory.Status) {
	t.Helper()
	got, status := claim(t, s, key, fresh)
	if status != wantStatus || !cmp.Equal(got, want) {
		t.Fatalf("%v, want %v\n%s", status, wantStatus, cmp.Diff(want, got))
	}
}

func theFirstDecides(t *testing.T, s Store) {
	key, first := Key(t, "m"), Entry("d-1")
	expect(t, s, key, first, first, memory.Miss)
	expect(t, s, key, Entry("d-2"), first, memory.Hit)
	expect(t, s, key, first, first, memory.Hit)
	if st := s.Stats(); st.Misses != 1 || st.Hits != 2 || st.Unavailable != 0 {
		t.Errorf("counted as %+v", st)
	}
}

func theFirstOfManyDecides(t *testing.T, s Store) {
	const callers, rounds = 64, 20
	for round := range rounds {
		key := Key(t, fmt.Sprint(round))
		entries, statuses := [callers]memory.Entry{}, [callers]memory.Status{}
		var start, done sync.WaitGroup
		start.Add(1)
		for i := range callers {
			done.Go(func() {
				start.Wait()
				entries[i], statuses[i], _ = Claim(context.Background(), s, key, Entry(fmt.Sprint("d-", i)), time.Hour)
			})
		}
		start.Done()
		done.Wait()
		misses := 0
		for i := range callers {
			if statuses[i] == memory.Unavailable {
				t.Fatal("the store did not answer")
			}
			if entries[i].DecisionID != entries[0].DecisionID {
				t.Fatalf("callers got %s and %s", entries[i].DecisionID, entries[0].DecisionID)
			}
			if statuses[i] == memory.Miss {
				misses++
			}
		}
		if misses != 1 {
			t.Fatalf("%d callers were the first", misses)
		}
	}
}

func nothingElseIsShared(t *testing.T, s Store) {
	key := Key(t, "m")
	other := map[string]memory.Key{"": key}
	for what, change := range map[string]func(*memory.Key){
		"tenant":    func(k *memory.Key) { k.Tenant += "x" },
		"member":    func(k *memory.Key) { k.Member += "x" },
		"topic":     func(k *memory.Key) { k.Topics = []string{"weight"} },
		"topics":    func(k *memory.Key) { k.Topics = []string{"sleep", "weight"} },
		"rules":     func(k *memory.Key) { k.Rules += "x" },
		"cells":     func(k *memory.Key) { k.Cells = []byte{1, 2, 4} },
		"no cells":  func(k *memory.Key) { k.Cells = nil },
		"few cells": func(k *memory.Key) { k.Cells = []byte{} },
	} {
		changed := key
		change(&changed)
		other[what] = changed
	}
	for what, k := range other {
		e := Entry("d-" + what)
		expect(t, s, k, e, e, memory.Miss)
	}
	for what, k := range other {
		if got, status := claim(t, s, k, Entry("late")); status != memory.Hit || got.DecisionID != "d-"+what {
			t.Errorf("other %s: %v, %s", what, status, got.DecisionID)
		}
	}
}

func nothingIsSharedWithoutAMember(t *testing.T, s Store) {
	key, e := Key(t, ""), Entry("d-1")
	expect(t, s, key, e, e, memory.Bypass)
	e = Entry("d-2")
	expect(t, s, key, e, e, memory.Bypass)
	if Replace(context.Background(), s, key, e, time.Hour) {
		t.Error("replaced what is never shared")
	}
}

func manyClaimsKeepTheirOrder(t *testing.T, s Store) {
	const n = 1000
	claims := make([]memory.Claim, n)
	for i := range claims {
		claims[i] = memory.Claim{Key: Key(t, fmt.Sprint(i)), Fresh: Entry(fmt.Sprint("d-", i)), TTL: time.Hour}
	}
	claims[n-1].Key.Member = ""
	for _, want := range []memory.Status{memory.Miss, memory.Hit} {
		got := s.ClaimAll(context.Background(), claims)
		if len(got) != n || got[n-1].Status != memory.Bypass {
			t.Fatalf("%d answers, the last %v", len(got), got[n-1].Status)
		}
		for i, c := range got[:n-1] {
			if c.Status != want || c.Entry.DecisionID != fmt.Sprint("d-", i) {
				t.Fatalf("claim %d: %v, %s", i, c.Status, c.Entry.DecisionID)
			}
			claims[i].Fresh.DecisionID = "late"
		}
	}
}

func callersShareNoMemory(t *testing.T, s Store) {
	key, first := Key(t, "m"), Entry("d-1")
	claim(t, s, key, first)
	got, _ := claim(t, s, key, Entry("d-2"))
	got.Recommendations[0].Sender = "changed"
	first.Recommendations[0].Advice[0] = "changed"
	if again, _ := claim(t, s, key, Entry("d-3")); again.Recommendations[0].Sender != "insurer" || again.Recommendations[0].Advice[0] != "sleep_program" {
		t.Errorf("another caller's change shows: %+v", again.Recommendations[0])
	}
}

func serversShare(t *testing.T, open func(testing.TB) Store) {
	portal, app := open(t), open(t)
	defer closeStore(t, portal)
	defer closeStore(t, app)
	key, first := Key(t, "m"), Entry("d-1")
	expect(t, portal, key, first, first, memory.Miss)
	expect(t, app, key, Entry("d-2"), first, memory.Hit)
}

func closingWritesWhatIsPending(t *testing.T, open func(testing.TB) Store) {
	const n = 500
	s := open(t)
	for i := range n {
		s.Record(record(t, fmt.Sprint(i%50), fmt.Sprint("d-", i)))
	}
	closeStore(t, s)
	if st := s.Stats(); st.RecordsWritten != n || st.RecordsPending != 0 || st.RecordsDropped != 0 {
		t.Errorf("after closing: %+v", st)
	}
	s = open(t)
	defer closeStore(t, s)
	for i := range n {
		if _, err := s.GetDecision(context.Background(), t.Name(), fmt.Sprint("d-", i)); err != nil {
			t.Fatalf("record %d: %v", i, err)
		}
	}
}

func wantNotFound(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, memory.ErrNotFound) {
		t.Errorf("%s: %v, want ErrNotFound", what, err)
	}
}
