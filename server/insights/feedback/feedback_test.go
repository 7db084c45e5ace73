package feedback

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

// FuzzAbout: whatever can be read is written the same.
func FuzzAbout(f *testing.F) {
	whole, _ := About{Topic: "sleep", Advice: "gym", Rules: [2]string{"a", "b"}, Example: "x: 1\n"}.AppendBinary(nil)
	f.Add(whole)
	f.Add([]byte{version})
	f.Fuzz(func(t *testing.T, b []byte) {
		var a About
		if a.UnmarshalBinary(b) != nil {
			return
		}
		if again, _ := a.AppendBinary(nil); !bytes.Equal(again, b) {
			t.Errorf("%x is written %x", b, again)
		}
	})
}

// fake is a store that fails on demand.
type fake struct {
	mu     sync.Mutex
	events []Event

	forgotten []string
	fails     bool
	tries     int
	block     chan struct{}
}

func (f *fake) Count(_ context.Context, events []Event) error {
	if f.block != nil {
		<-f.block
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries++
	if f.fails {
		return errors.New("away")
	}
	f.events = append(f.events, events...)
	return nil
}

func (f *fake) Read(context.Context, string, time.Time) ([]Counted, error) { return nil, nil }

func (f *fake) Forget(_ context.Context, _, member string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = slices.DeleteFunc(f.events, func(e Event) bool { return e.Member == member })
	f.forgotten = append(f.forgotten, member)
	if f.fails {
		return errors.New("away")
	}
	return nil
}

func (f *fake) set(fails bool) {
	f.mu.Lock()
	f.fails = fails
	f.mu.Unlock()
}

func (f *fake) tried() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.tries
}

func TestCounterTriesAgain(t *testing.T) {
	store := &fake{fails: true}
	c := NewCounter(Options{Store: store, Pause: time.Millisecond})
	for range 100 {
		c.Tell(Event{})
	}
	for store.tried() < 3 {
		time.Sleep(time.Millisecond)
	}
	if s := c.Stats(); !s.Failing || s.Counted != 0 || s.Lost != 0 {
		t.Errorf("%+v", s)
	}
	store.set(false)
	if err := c.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s := c.Stats(); s.Counted != 100 || s.Lost != 0 || s.Failing || len(store.events) != 100 {
		t.Errorf("%+v, %d", s, len(store.events))
	}
	c.Sync(context.Background()) // after the end it waits for nothing
}

func TestCounterWaitsForNothing(t *testing.T) {
	store := &fake{block: make(chan struct{})}
	c := NewCounter(Options{Store: store, Queue: 10})
	for range 1000 {
		c.Tell(Event{})
	}
	lost := c.Stats().Lost
	if lost < 1000-10-1-batch {
		t.Errorf("only %d lost", lost)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c.Sync(ctx)
	if c.Close(ctx) == nil {
		t.Error("closed while the store hangs")
	}
	close(store.block)
	if err := c.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s := c.Stats(); s.Counted+s.Lost != 1000 {
		t.Errorf("%+v", s)
	}
}

func TestSyncSeesWhatWasTold(t *testing.T) {
	store := &fake{}
	c := NewCounter(Options{Store: store})
	defer c.Close(context.Background())
	for i := range 2000 {
		c.Tell(Event{})
		if i%500 == 499 {
			c.Sync(context.Background())
			store.mu.Lock()
			n := len(store.events)
			store.mu.Unlock()
			if n != i+1 {
				t.Fatalf("%d of %d", n, i+1)
			}
		}
	}
}

// TestForgetComesAfterWhatWasTold: an event that waits while its member is
// forgotten would leave a mark for good.
func TestForgetComesAfterWhatWasTold(t *testing.T) {
	ctx := context.Background()
	store := &fake{fails: true}
	c := NewCounter(Options{Store: store, Pause: time.Hour})
	c.Tell(Event{Member: "m"})
	c.Tell(Event{Member: "n"})
	if c.Forget(ctx, "default", "m") == nil || len(store.forgotten) != 0 {
		t.Errorf("%v are said to be forgotten while their events wait", store.forgotten)
	}
	store.set(false)
	if err := c.Forget(ctx, "default", "m", "m of an older secret"); err != nil {
		t.Fatal(err)
	}
	if len(store.events) != 1 || store.events[0].Member != "n" || len(store.forgotten) != 2 {
		t.Errorf("%v, %v", store.events, store.forgotten)
	}
	c.Sync(ctx)
	store.set(true)
	if c.Forget(ctx, "default", "m") == nil {
		t.Error("the store failed, and nobody was told")
	}
	store.set(false)
	if err := c.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if c.Forget(ctx, "default", "m") == nil {
		t.Error("forgotten after the end")
	}
}
