package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/server/memory"
)

// seen is r as readers get it.
func seen(r memory.Record) memory.Record {
	r.Tenant, r.Member = "", ""
	return r
}

func recordsAreFoundAtOnce(t *testing.T, s Store) {
	ctx := context.Background()
	for i := range 50 {
		want := record(t, "m", fmt.Sprint("d-", i))
		s.Record(want)
		want.Held = append([]memory.Held(nil), want.Held...)
		got, err := s.GetDecision(ctx, t.Name(), want.DecisionID)
		if err != nil || !cmp.Equal(got, seen(want)) {
			t.Fatalf("record %d: %v\n%s", i, err, cmp.Diff(seen(want), got))
		}
		if got, err := s.ListDecisions(ctx, t.Name(), "m", 1, ""); err != nil || len(got) != 1 {
			t.Fatalf("list after record %d: %d, %v", i, len(got), err)
		}
	}
	anonymous := record(t, "", "nobody")
	s.Record(anonymous)
	if got, err := s.GetDecision(ctx, t.Name(), "nobody"); err != nil || !cmp.Equal(got, seen(anonymous)) {
		t.Errorf("without a member: %v\n%s", err, cmp.Diff(seen(anonymous), got))
	}
	if got, err := s.ListDecisions(ctx, t.Name(), "", 10, ""); err != nil || len(got) != 0 {
		t.Errorf("the list of nobody has %d, %v", len(got), err)
	}
}

func recordsBelongToATenant(t *testing.T, s Store) {
	ctx := context.Background()
	s.Record(record(t, "m", "d-1"))
	Flush(t, s)
	_, err := s.GetDecision(ctx, t.Name()+"x", "d-1")
	wantNotFound(t, "another tenant", err)
	_, err = s.GetDecision(ctx, t.Name(), "d-2")
	wantNotFound(t, "another decision", err)
	_, err = s.Feedback(ctx, t.Name()+"x", "d-1", memory.Feedback{Outcome: "shown"})
	wantNotFound(t, "feedback of another tenant", err)
	_, err = s.GetFeedback(ctx, t.Name()+"x", "d-1")
	wantNotFound(t, "the feedback for another tenant", err)
	for _, of := range [][2]string{{t.Name() + "x", "m"}, {t.Name(), "n"}} {
		if got, err := s.ListDecisions(ctx, of[0], of[1], 10, ""); err != nil || len(got) != 0 {
			t.Errorf("%s of %s: %d decisions, %v", of[1], of[0], len(got), err)
		}
	}
}

// recordMany records n decisions a second apart, member-000 the oldest.
func recordMany(t *testing.T, s Store, member string, n int) {
	start := time.Now().Add(-time.Duration(n) * time.Second)
	for _, i := range []int{1, 0} { // not in the order of their times
		for ; i < n; i += 2 {
			r := record(t, member, fmt.Sprintf("%s-%03d", member, i))
			r.DecidedAt = start.Add(time.Duration(i) * time.Second)
			s.Record(r)
		}
	}
}

func ids(all []memory.Record) (ids []string) {
	for _, r := range all {
		ids = append(ids, r.DecisionID)
	}
	return ids
}

func listsAreNewestFirst(t *testing.T, s Store) {
	recordMany(t, s, "m", 5)
	recordMany(t, s, "n", 3)
	want := []string{"m-004", "m-003", "m-002", "m-001", "m-000"}
	for _, when := range []string{"at once", "later"} {
		got, err := s.ListDecisions(context.Background(), t.Name(), "m", 0, "")
		if err != nil || !cmp.Equal(ids(got), want) {
			t.Errorf("%s: %v, %v", when, ids(got), err)
		}
		Flush(t, s)
	}
}

func listsComeInPages(t *testing.T, s Store) {
	recordMany(t, s, "m", 7)
	Flush(t, s)
	var got []string
	for after, pages := "", 0; pages < 10; pages++ {
		page, err := s.ListDecisions(context.Background(), t.Name(), "m", 3, after)
		if err != nil || len(page) > 3 {
			t.Fatalf("%d decisions, %v", len(page), err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, ids(page)...)
		after = page[len(page)-1].DecisionID
	}
	if want := []string{"m-006", "m-005", "m-004", "m-003", "m-002", "m-001", "m-000"}; !cmp.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if page, err := s.ListDecisions(context.Background(), t.Name(), "m", 3, "unknown"); err != nil || len(page) != 0 {
		t.Errorf("after a decision that is gone: %d, %v", len(page), err)
	}
}

func listsAreBounded(t *testing.T, s Store) {
	recordMany(t, s, "m", PerMember+20)
	Flush(t, s)
	got, err := s.ListDecisions(context.Background(), t.Name(), "m", 1000, "")
	if err != nil || len(got) != PerMember || got[0].DecisionID != fmt.Sprintf("m-%03d", PerMember+19) {
		t.Fatalf("%d decisions, %v", len(got), err)
	}
}

func feedbackCountsOnce(t *testing.T, s Store) {
	ctx := context.Background()
	s.Record(record(t, "m", "d-1")) // feedback may come before it is written
	kinds := []memory.Feedback{
		{Outcome: "shown"}, {Outcome: "accepted"}, {Outcome: "shown", Topic: "sleep"}, {Outcome: "shown", Advice: "sleep"},
		{Outcome: "overridden", Reason: "not_now"}, {Outcome: "overridden", Reason: "wrong"}, {Outcome: "shown", Asker: "provider"},
	}
	start := time.Now()
	for i, f := range kinds {
		f.At = start.Add(time.Duration(i) * time.Second)
		if first, err := s.Feedback(ctx, t.Name(), "d-1", f); err != nil || !first {
			t.Errorf("feedback %d: first %v, %v", i, first, err)
		}
		f.At = f.At.Add(time.Hour)
		if first, err := s.Feedback(ctx, t.Name(), "d-1", f); err != nil || first {
			t.Errorf("feedback %d again: first %v, %v", i, first, err)
		}
		kinds[i].At = start.Add(time.Duration(i) * time.Second)
		kinds[i] = kinds[i].Rounded()
	}
	if got, err := s.GetFeedback(ctx, t.Name(), "d-1"); err != nil || !cmp.Equal(got, kinds) {
		t.Errorf("%v\n%s", err, cmp.Diff(kinds, got))
	}
	var firsts atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if first, err := s.Feedback(ctx, t.Name(), "d-1", memory.Feedback{Outcome: "dismissed"}); err == nil && first {
				firsts.Add(1)
			}
		})
	}
	if all.Wait(); firsts.Load() != 1 {
		t.Errorf("%d of 16 at once were the first", firsts.Load())
	}
}

func feedbackNeedsADecision(t *testing.T, s Store) {
	ctx := context.Background()
	_, err := s.Feedback(ctx, t.Name(), "d-1", memory.Feedback{Outcome: "shown"})
	wantNotFound(t, "feedback", err)
	_, err = s.GetFeedback(ctx, t.Name(), "d-1")
	wantNotFound(t, "its feedback", err)
	s.Record(record(t, "m", "d-1"))
	if got, err := s.GetFeedback(ctx, t.Name(), "d-1"); err != nil || len(got) != 0 {
		t.Errorf("before any: %d, %v", len(got), err)
	}
	Flush(t, s)
	if got, err := s.GetFeedback(ctx, t.Name(), "d-1"); err != nil || len(got) != 0 {
		t.Errorf("before any, written: %d, %v", len(got), err)
	}
}

// Flush waits until everything recorded is written.
func Flush(t testing.TB, s interface{ Stats() memory.Stats }) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); s.Stats().RecordsPending > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("records are not written")
		}
	}
}
