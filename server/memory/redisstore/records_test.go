package redisstore

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

func TestRecordsWaitForRedis(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL()})
	closing(t, s)
	ctx := context.Background()
	server.Stop(t)
	for i := range 300 {
		s.Record(memory.Record{Tenant: "t", Member: fmt.Sprint("m-", i%storetest.PerMember), Entry: storetest.Entry(fmt.Sprint("d-", i))})
	}
	if _, err := s.GetDecision(ctx, "t", "d-299"); err != nil {
		t.Errorf("a waiting record: %v", err)
	}
	_, err := s.GetDecision(ctx, "t", "unknown")
	wantUnavailable(t, "another record", err)
	_, err = s.ListDecisions(ctx, "t", "m", 0, "")
	wantUnavailable(t, "a list", err)
	_, err = s.Feedback(ctx, "t", "d-1", memory.Feedback{})
	wantUnavailable(t, "feedback", err)
	_, err = s.GetFeedback(ctx, "t", "d-1")
	wantUnavailable(t, "its feedback", err)
	server.Restart(t)
	storetest.Flush(t, s)
	if st := s.Stats(); st.RecordsWritten != 300 || st.RecordsDropped != 0 {
		t.Errorf("after the outage: %+v", st)
	}
	other := connect(t, Options{URL: server.URL()})
	closing(t, other)
	for i := range 300 {
		if _, err := other.GetDecision(ctx, "t", fmt.Sprint("d-", i)); err != nil {
			t.Fatalf("record %d: %v", i, err)
		}
	}
}

func wantUnavailable(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, memory.ErrUnavailable) {
		t.Errorf("%s: %v, want ErrUnavailable", what, err)
	}
}

func TestTheQueueIsBounded(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Queue: 50})
	server.Pause(t)
	start := time.Now()
	for i := range 200 {
		s.Record(memory.Record{Tenant: "t", Entry: storetest.Entry(fmt.Sprint("d-", i))})
	}
	if took := time.Since(start); took > 100*time.Millisecond {
		t.Errorf("recording waited for Redis: %v", took)
	}
	if st := s.Stats(); st.RecordsPending != 50 || st.RecordsDropped != 150 {
		t.Errorf("waiting %d, dropped %d", st.RecordsPending, st.RecordsDropped)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start = time.Now()
	if err := s.Close(ctx); err == nil {
		t.Error("closing says nothing of the records that are lost")
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("closing took %v", took)
	}
	if st := s.Stats(); st.RecordsPending != 0 || st.RecordsDropped != 200 {
		t.Errorf("waiting %d, dropped %d", st.RecordsPending, st.RecordsDropped)
	}
	server.Resume(t)
}

func TestSecretsCanBeChanged(t *testing.T) {
	const next = "the secret that comes next, of 32+ characters"
	server := storetest.StartRedis(t)
	ctx, shown := context.Background(), memory.Feedback{Outcome: "shown"}
	before := connect(t, Options{URL: server.URL(), Budget: roomy})
	before.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry("d-1")})
	storetest.Flush(t, before)
	before.Feedback(ctx, "t", "d-1", shown)
	before.Close(ctx)

	after := connect(t, Options{URL: server.URL(), Budget: roomy, Keys: keyring(t, next, testSecret)})
	closing(t, after)
	if _, err := after.GetDecision(ctx, "t", "d-1"); err != nil {
		t.Errorf("a record from before: %v", err)
	}
	if first, err := after.Feedback(ctx, "t", "d-1", shown); err != nil || first {
		t.Errorf("feedback from before, again: first %v, %v", first, err)
	}
	if all, err := after.GetFeedback(ctx, "t", "d-1"); err != nil || len(all) != 1 {
		t.Errorf("feedback from before: %d, %v", len(all), err)
	}
	after.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry("d-2")})
	storetest.Flush(t, after)
	if all, err := after.ListDecisions(ctx, "t", "m", 0, ""); err != nil || len(all) != 2 {
		t.Errorf("the list has %d, %v", len(all), err)
	}
	without := connect(t, Options{URL: server.URL(), Budget: roomy, Keys: keyring(t, next)})
	closing(t, without)
	if _, err := without.GetDecision(ctx, "t", "d-1"); err != memory.ErrNotFound {
		t.Errorf("without the older secret: %v", err)
	}
}
