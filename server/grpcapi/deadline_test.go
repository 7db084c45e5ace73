package grpcapi

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestDeadlineEnds(t *testing.T) {
	soon := time.Now().Add(20 * time.Millisecond)
	waited := &deadline{Context: context.Background(), at: soon}
	<-waited.Done()
	if time.Now().Before(soon) || !errors.Is(waited.Err(), context.DeadlineExceeded) {
		t.Errorf("ended before its time, or for another reason: %v", waited.Err())
	}
	asked := &deadline{Context: context.Background(), at: soon}
	if !errors.Is(asked.Err(), context.DeadlineExceeded) {
		t.Errorf("over without a timer: %v", asked.Err())
	}
	child, cancel := context.WithTimeout(&deadline{Context: context.Background(), at: time.Now().Add(10 * time.Millisecond)}, time.Minute)
	defer cancel()
	select {
	case <-child.Done():
	case <-time.After(5 * time.Second):
		t.Error("what is made of it does not end with it")
	}
}

func TestDeadlineIsTheEarlierOne(t *testing.T) {
	early, late := time.Now().Add(time.Minute), time.Now().Add(time.Hour)
	caller, cancel := context.WithDeadline(context.Background(), early)
	defer cancel()
	if at, ok := (&deadline{Context: caller, at: late}).Deadline(); !ok || !at.Equal(early) {
		t.Error("the caller's earlier deadline is lost")
	}
	if at, ok := (&deadline{Context: context.Background(), at: late}).Deadline(); !ok || !at.Equal(late) {
		t.Error("the deadline is not told")
	}
}

func TestDeadlineFollowsItsCallerAndItsEnd(t *testing.T) {
	caller, cancel := context.WithCancel(context.Background())
	d := &deadline{Context: caller, at: time.Now().Add(time.Hour)}
	if d.Err() != nil {
		t.Fatal("over before it began")
	}
	cancel()
	if !errors.Is(d.Err(), context.Canceled) {
		t.Error("the caller gave up and the deadline does not know")
	}
	for name, wait := range map[string]bool{"waited for": true, "never waited for": false} {
		d := &deadline{Context: context.Background(), at: time.Now().Add(time.Hour)}
		if wait {
			d.Done()
		}
		d.stop()
		if !errors.Is(d.Err(), context.Canceled) {
			t.Errorf("%s: not over after the request: %v", name, d.Err())
		}
		select {
		case <-d.Done():
		case <-time.After(time.Second):
			t.Errorf("%s: whoever waits after the request waits for ever", name)
		}
	}
}

func TestDeadlineThatNobodyWaitsForSetsNoTimer(t *testing.T) {
	parent := context.Background()
	if n := testing.AllocsPerRun(100, func() {
		d := &deadline{Context: parent, at: time.Now().Add(time.Hour)}
		if d.Err() != nil {
			t.Fatal("over")
		}
		d.stop()
	}); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
