package localstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(Options{Entries: 10_000, RecordTTL: storetest.RecordTTL, PerMember: storetest.PerMember})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, false, func(t testing.TB) storetest.Store { return open(t) })
}

func TestEntriesAreBounded(t *testing.T) {
	const bound = 100
	s, err := Open(Options{Entries: bound})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(context.Background())
	for i := range 20 * bound {
		id := fmt.Sprint(i)
		storetest.Claim(context.Background(), s, storetest.Key(t, id), storetest.Entry(id), time.Hour)
		s.Record(memory.Record{Tenant: "t", Member: id, Entry: storetest.Entry(id)})
		if first, err := s.Feedback(context.Background(), "t", id, memory.Feedback{Outcome: "shown"}); err != nil || !first {
			t.Fatalf("feedback on record %d, just made: %v", i, err)
		}
	}
	s.shared.CleanUp()
	s.records.CleanUp()
	s.lists.CleanUp()
	s.feedback.CleanUp()
	for what, n := range map[string]int{
		"shared": s.shared.EstimatedSize(), "records": s.records.EstimatedSize(), "lists": s.lists.EstimatedSize(), "feedback": s.feedback.EstimatedSize(),
	} {
		if n > bound || n == 0 {
			t.Errorf("%s holds %d, want %d at most", what, n, bound)
		}
	}
}

func TestRecordsEnd(t *testing.T) {
	s, err := Open(Options{RecordTTL: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(context.Background())
	s.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry("d")})
	time.Sleep(100 * time.Millisecond)
	if _, err := s.GetDecision(context.Background(), "t", "d"); err != memory.ErrNotFound {
		t.Errorf("after its end: %v", err)
	}
	if all, err := s.ListDecisions(context.Background(), "t", "m", 0, ""); err != nil || len(all) != 0 {
		t.Errorf("after their end: %d, %v", len(all), err)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{{Entries: -1}, {RecordTTL: -1}, {PerMember: -1}} {
		if _, err := Open(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

func BenchmarkClaimHit(b *testing.B) {
	s, key := open(b), storetest.Key(b, "m")
	defer s.Close(context.Background())
	fresh := storetest.Entry("d")
	b.ReportAllocs()
	for b.Loop() {
		storetest.Claim(context.Background(), s, key, fresh, time.Hour)
	}
}

func BenchmarkClaimMissAndRecord(b *testing.B) {
	s, key := open(b), storetest.Key(b, "m")
	defer s.Close(context.Background())
	fresh := storetest.Entry("d")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		key.Member = fmt.Sprint(i)
		fresh.DecisionID = key.Member
		storetest.Claim(context.Background(), s, key, fresh, time.Hour)
		s.Record(memory.Record{Tenant: "t", Member: key.Member, Entry: fresh})
	}
}
