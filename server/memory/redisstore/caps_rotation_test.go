package redisstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// shows asks for a place for a message of its own, and shows it if there is one.
func (r *rotation) shows(s *Store, decision string, most int) bool {
	r.Helper()
	b := memory.Bounded{
		Contact: memory.Contact{Decision: decision, Advice: "sleep_help", Topic: "sleep", Sender: "insurer", Kind: "ask"},
		Limits:  []memory.Limit{{Policy: "caps.per_topic", Topic: "sleep", Most: most, Window: 24 * time.Hour}},
	}
	now := time.Now()
	places := s.Hold(context.Background(), []memory.Hold{{Tenant: "t", Member: "m", Contacts: []memory.Bounded{b}, Until: now.Add(time.Millisecond), Keep: 24 * time.Hour}})
	if places[0] == nil {
		r.Fatal("the store did not answer")
	}
	if places[0][0].Limit != "" {
		return false
	}
	time.Sleep(2 * time.Millisecond) // its place ends: only what is shown counts
	s.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry(decision)})
	storetest.Flush(r, s)
	got, err := s.Contacted(context.Background(), memory.Contacted{Tenant: "t", Decision: decision, Contacts: []memory.Bounded{b}, At: now, Keep: 24 * time.Hour})
	if err != nil || got.First != 1 || len(got.Over) > 0 {
		r.Fatalf("%s: %+v, %v", decision, got, err)
	}
	return true
}

// TestACapIsReachedOnceAroundAChangeOfTheSecret shows messages through servers at
// every stage of a change: what one of them showed counts for all the others, and
// still does when the older secret is gone.
func TestACapIsReachedOnceAroundAChangeOfTheSecret(t *testing.T) {
	r := &rotation{t, storetest.StartRedis(t)}
	before := r.server(testSecret)
	old, young, after := r.server(testSecret, nextSecret), r.server(nextSecret, testSecret), r.server(nextSecret)
	const most = 5
	for i, s := range []*Store{before, old, young, old, young} {
		if !r.shows(s, fmt.Sprint("d-", i), most) {
			t.Fatalf("message %d of %d has no place", i+1, most)
		}
	}
	for name, s := range map[string]*Store{"that has the new secret as an older one": old, "that has it as the newest": young} {
		if r.shows(s, "one too many", most) {
			t.Errorf("a server %s gives a place beyond %d", name, most)
		}
	}
	if r.shows(after, "one too many", most-1) { // the first was shown before the change began
		t.Errorf("a server without the older secret gives a place beyond %d", most-1)
	}
}
