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

// Fact is something that a feed told an hour ago and that counts for a day.
func Fact(name, value string) memory.StoredFact {
	now := time.Now()
	return memory.StoredFact{Name: name, Value: memory.Text(value), Source: "claims", Side: "insurer", AsOf: now.Add(-time.Hour), ToldAt: now, MaxAge: 24 * time.Hour}
}

func tell(t testing.TB, s Rememberer, member string, facts ...memory.StoredFact) {
	t.Helper()
	if err := s.RecordFacts(context.Background(), t.Name(), []memory.Told{{Member: member, Facts: facts}}); err != nil {
		t.Fatal(err)
	}
}

// stored is what a member's facts are, by name and value.
func stored(t testing.TB, s Rememberer, member string) map[string]string {
	t.Helper()
	m, err := s.GetMember(context.Background(), t.Name(), member)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Facts) > 0 && m.Version == "" {
		t.Error("facts without a version")
	}
	out := map[string]string{}
	for _, f := range m.Facts {
		out[f.Name+f.Topic+" by "+f.Source] = f.Value.Text
	}
	return out
}

func expectStored(t testing.TB, s Rememberer, member string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, stored(t, s, member)); diff != "" {
		t.Errorf("stored about %s:\n%s", member, diff)
	}
}

func factsAreKept(t *testing.T, s Store) {
	expectStored(t, s, "m", map[string]string{})
	old, next := Fact("coverage_status", "active"), Fact("coverage_status", "cancelled")
	next.AsOf = next.AsOf.Add(time.Minute)
	tell(t, s, "m", old, Fact("tobacco", "never"))
	ehr := Fact("tobacco", "former")
	ehr.Source, ehr.Side = "ehr", "provider"
	tell(t, s, "m", next, ehr)
	want := map[string]string{"coverage_status by claims": "cancelled", "tobacco by claims": "never", "tobacco by ehr": "former"}
	expectStored(t, s, "m", want)
	before, _ := s.GetMember(context.Background(), t.Name(), "m")
	tell(t, s, "m", old) // late, and told before
	tell(t, s, "m", next, ehr)
	expectStored(t, s, "m", want)
	if after, _ := s.GetMember(context.Background(), t.Name(), "m"); after.Version != before.Version {
		t.Error("what was told before made a new version")
	}
	expectStored(t, s, "n", map[string]string{})
}

func aCallIsKeptWholeOrNot(t *testing.T, s Store) {
	early := Fact("tobacco", "never")
	early.AsOf = time.Now().Add(time.Hour)
	err := s.RecordFacts(context.Background(), t.Name(), []memory.Told{{Member: "m", Facts: []memory.StoredFact{Fact("tobacco", "never")}},
		{Member: "n", Facts: []memory.StoredFact{Fact("tobacco", "former"), early}}})
	var wrong *memory.FactError
	if !errors.As(err, &wrong) || wrong.Member != 1 || wrong.Fact != 1 || wrong.Field != "asOf" {
		t.Fatalf("a fact of the future: %v", err)
	}
	expectStored(t, s, "m", map[string]string{})
}

func factsEnd(t *testing.T, s Store) {
	f := Fact("tobacco", "never")
	f.MaxAge = time.Hour + short
	tell(t, s, "m", f)
	tell(t, s, "n", f, Fact("coverage_status", "active"))
	time.Sleep(short + 50*time.Millisecond)
	expectStored(t, s, "m", map[string]string{})
	expectStored(t, s, "n", map[string]string{"coverage_status by claims": "active"})
}

func manyServersTellOne(t *testing.T, s Store) {
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			f := Fact("tobacco", "never")
			f.Source = fmt.Sprint("feed-", i%memory.MaxPerFact)
			tell(t, s, "m", f, Fact(fmt.Sprint("own_", i), "x"))
		})
	}
	all.Wait()
	if got := stored(t, s, "m"); len(got) != 16+memory.MaxPerFact {
		t.Errorf("%d facts are left: %v", len(got), got)
	}
}

// claimsSayWhatTheyKnow walks through what a server that asks goes through.
func claimsSayWhatTheyKnow(t *testing.T, s Store) {
	ctx, key, first := context.Background(), Key(t, "m"), Entry("d-1")
	expect(t, s, key, first, first, memory.Miss)
	tell(t, s, "m", Fact("tobacco", "never"))
	got := s.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-2"), TTL: time.Hour})
	if got.Status != memory.Changed || got.Member == nil || len(got.Member.Facts) != 1 {
		t.Fatalf("a claim that knows nothing: %+v", got)
	}
	known := got.Member
	again := memory.Claim{Key: key, Fresh: Entry("d-2"), TTL: time.Hour, Member: known, Live: got.Live}
	if got = s.Claim(ctx, again); got.Status != memory.Hit || got.Entry.DecisionID != "d-1" {
		t.Fatalf("the same claim with what is known: %v, %s", got.Status, got.Entry.DecisionID)
	}
	if a := s.Assume(t.Name(), "m"); !a.Fed || !a.Known || a.Member.State() != known.Version {
		t.Errorf("assumed afterwards: %+v", a)
	}
	tell(t, s, "m", Fact("coverage_status", "active"))
	for _, replace := range []bool{false, true} {
		got = s.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-3"), TTL: time.Hour, Member: known, Replace: replace})
		if got.Status != memory.Changed || len(got.Member.Facts) != 2 {
			t.Fatalf("a claim that knows too little: %+v", got)
		}
	}
	other := key
	other.Cells = []byte{9}
	got = s.Claim(ctx, memory.Claim{Key: other, Fresh: Entry("d-4"), TTL: time.Hour, Member: got.Member, Live: got.Live})
	if got.Status != memory.Miss {
		t.Fatalf("another decision: %v", got.Status)
	}
	all := s.ClaimAll(ctx, []memory.Claim{{Key: Key(t, "n"), Fresh: Entry("d-5"), TTL: time.Hour}, {Key: key, Fresh: Entry("d-6"), TTL: time.Hour}})
	if all[0].Status != memory.Miss || all[1].Status != memory.Changed || len(all[1].Member.Facts) != 2 {
		t.Errorf("many claims: %+v", all)
	}
}

func forgettingLeavesNothing(t *testing.T, s Store) {
	ctx := context.Background()
	for _, m := range []string{"m", "n"} {
		tell(t, s, m, Fact("tobacco", "never"), memory.Choice{Topic: "sleep", View: "patient", Source: "app", Side: "member", At: time.Now()}.Fact())
		known, _ := s.GetMember(ctx, t.Name(), m)
		for i := range 3 {
			key := Key(t, m)
			key.Cells = []byte{byte(i)}
			s.Claim(ctx, memory.Claim{Key: key, Fresh: Entry(fmt.Sprint(m, i)), TTL: time.Hour, Member: &known})
		}
		recordMany(t, s, m, PerMember+5)
		if _, err := s.Feedback(ctx, t.Name(), fmt.Sprintf("%s-%03d", m, PerMember), memory.Feedback{Outcome: "shown"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.ForgetMember(ctx, t.Name(), "m"); err != nil {
		t.Fatal(err)
	}
	Flush(t, s)
	expectStored(t, s, "m", map[string]string{})
	if got, err := s.ListDecisions(ctx, t.Name(), "m", 100, ""); err != nil || len(got) != 0 {
		t.Errorf("%d decisions are listed, %v", len(got), err)
	}
	for i := range PerMember + 5 {
		_, err := s.GetDecision(ctx, t.Name(), fmt.Sprintf("m-%03d", i))
		wantNotFound(t, "a record", err)
	}
	if got := s.Claim(ctx, memory.Claim{Key: Key(t, "m"), Fresh: Entry("new"), TTL: time.Hour}); got.Status != memory.Miss || got.Entry.DecisionID != "new" {
		t.Errorf("a claim afterwards: %v, %s", got.Status, got.Entry.DecisionID)
	}
	if got, err := s.ListDecisions(ctx, t.Name(), "n", 100, ""); err != nil || len(got) != PerMember {
		t.Errorf("of another member %d decisions are left, %v", len(got), err)
	}
	if len(stored(t, s, "n")) != 2 {
		t.Error("another member was forgotten too")
	}
	if err := s.ForgetMember(ctx, t.Name(), "nobody"); err != nil {
		t.Error(err)
	}
}

func serversShareFacts(t *testing.T, open func(testing.TB) Store) {
	feed, portal := open(t), open(t)
	defer closeStore(t, feed)
	defer closeStore(t, portal)
	key, ctx := Key(t, "m"), context.Background()
	tell(t, feed, "m", Fact("tobacco", "never"))
	got := portal.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-1"), TTL: time.Hour})
	if got.Status != memory.Changed || len(got.Member.Facts) != 1 {
		t.Fatalf("told to another server: %+v", got)
	}
	if got = portal.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-1"), TTL: time.Hour, Member: got.Member, Live: got.Live}); got.Status != memory.Miss {
		t.Fatal(got.Status)
	}
	tell(t, feed, "m", memory.OptOut{Topic: "sleep", Source: "app", Side: "member", At: time.Now()}.Fact())
	assumed := portal.Assume(t.Name(), "m")
	if got = portal.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-2"), TTL: time.Hour, Member: assumed.Member}); got.Status != memory.Changed || len(got.Member.Facts) != 2 {
		t.Fatalf("an opt-out told to another server: %+v", got)
	}
	if hit := portal.Claim(ctx, memory.Claim{Key: key, Fresh: Entry("d-2"), TTL: time.Hour, Member: got.Member, Live: got.Live}); hit.Status != memory.Hit || hit.Entry.DecisionID != "d-1" {
		t.Errorf("the decision that came with it: %v", hit.Status)
	}
}
