package recommend

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/redisstore"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// mails asks, on one server, what may be sent to a member by email.
func mails(t testing.TB, s *Service, member, topic string) *Answer {
	t.Helper()
	c := &campaign{TB: t, Service: s}
	return answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: member, Facts: c.reach()}))
}

// TestG17OptOutIsHonouredAtOnceOnEveryNode opts out on one server and asks the
// other, which has just answered: the very next answer honours it.
func TestG17OptOutIsHonouredAtOnceOnEveryNode(t *testing.T) {
	server := storetest.StartRedis(t)
	portal, _ := onRedis(t, server, time.Second)
	app, _ := onRedis(t, server, time.Second)
	tell(t, portal, "m1", withGym()...)
	said := func(o memory.OptOut) memory.StoredFact {
		time.Sleep(2 * time.Millisecond) // so that what is said later is later, to the millisecond
		o.Source, o.Side, o.At = "portal", "insurer", time.Now()
		return o.Fact()
	}
	for name, c := range map[string]struct {
		end   func()
		again memory.OptOut
	}{
		"of the topic":   {func() { tell(t, portal, "m1", said(memory.OptOut{Topic: "sleep"})) }, memory.OptOut{Topic: "sleep", Undo: true}},
		"of the channel": {func() { tell(t, portal, "m1", said(memory.OptOut{Channel: "email"})) }, memory.OptOut{Channel: "email", Undo: true}},
		"by plain words": {func() {
			time.Sleep(2 * time.Millisecond)
			r := Request{Asker: Insurer, MemberRef: "m1", Text: "Please STOP.", Facts: known(t, portal, "channel", "email", "direction", "inbound")}
			a := answer(t, portal, about(t, portal, "", r))
			if rec := &a.Recommendations[0]; len(rec.Advice) > 0 || rec.Reasons[len(rec.Reasons)-1].Code != decision.OptedOut {
				t.Errorf("the words are answered with %s", inJSON(t, a))
			}
		}, memory.OptOut{Channel: "email", Undo: true}},
	} {
		if a := mails(t, app, "m1", "sleep"); len(a.Recommendations[0].Advice) == 0 {
			t.Fatalf("before an opt-out %s: %s", name, inJSON(t, a))
		}
		c.end()
		a := mails(t, app, "m1", "sleep")
		if r := &a.Recommendations[0]; len(r.Advice) > 0 || len(r.Suppressed) == 0 || r.Suppressed[0].Code != decision.OptedOut {
			t.Errorf("after an opt-out %s on the other server: %s", name, inJSON(t, a))
		}
		tell(t, portal, "m1", said(c.again))
	}
}

// TestG17NoAnswerAfterStopIgnoresIt lets one server answer without pause while the
// member says STOP on the other: whatever was asked after STOP was acknowledged is
// held back.
func TestG17NoAnswerAfterStopIgnoresIt(t *testing.T) {
	server := storetest.StartRedis(t)
	portal, _ := onRedis(t, server, time.Second)
	app, _ := onRedis(t, server, time.Second)
	for round := range 5 {
		member := fmt.Sprint("m", round)
		tell(t, portal, member, withGym()...)
		var stopped atomic.Bool
		var askers sync.WaitGroup
		var late atomic.Int32
		for range 4 {
			askers.Go(func() {
				for late.Load() < 40 {
					after := stopped.Load()
					a := mails(t, app, member, "sleep")
					if !after {
						continue
					}
					late.Add(1)
					if r := &a.Recommendations[0]; len(r.Advice) > 0 {
						t.Errorf("asked after STOP: %s", inJSON(t, a))
						return
					}
				}
			})
		}
		answer(t, portal, about(t, portal, "", Request{Asker: Insurer, MemberRef: member, Text: "STOP", Facts: known(t, portal, "channel", "email")}))
		stopped.Store(true)
		askers.Wait()
	}
}

// TestG20CapsHoldOverServers lets many senders send to few members at once, through
// two servers on one Redis: no member is shown more than the caps allow. With
// RIGHTVOICE_SOAK they tell a million times what they showed, and the Redis ends and
// starts again meanwhile.
func TestG20CapsHoldOverServers(t *testing.T) {
	f := fleet{members: 60, attempts: 2500, tells: 2}
	if testing.Short() {
		f = fleet{members: 20, attempts: 600, tells: 2}
	}
	if os.Getenv("RIGHTVOICE_SOAK") != "" {
		f = fleet{members: 60_000, attempts: 420_000, tells: 6, restarts: 3}
	}
	f.run(t, storetest.StartRedis(t, "--appendonly", "yes", "--appendfsync", "always"))
	if f.over.Load() > 0 || f.lost() > 0 {
		t.Errorf("%d messages over a cap, %d counts lost by a Redis that keeps what it acknowledged", f.over.Load(), f.lost())
	}
}

// TestG20LostCountsAreReported has a Redis that keeps nothing over a restart: the
// servers see that counts are missing and say so.
func TestG20LostCountsAreReported(t *testing.T) {
	server := storetest.StartRedis(t)
	f := fleet{members: 10, attempts: 300, tells: 1}
	f.run(t, server)
	if f.lost() > 0 {
		t.Fatalf("%d counts lost by a Redis that ran all the time", f.lost())
	}
	server.Restart(t)
	f.attempts = 300
	f.send(t)
	if f.lost() == 0 || f.over.Load() == 0 {
		t.Errorf("%d messages over a cap and %d counts lost: nothing is reported", f.over.Load(), f.lost())
	}
	t.Logf("after a restart without a log: %d messages over a cap, %d counts reported lost", f.over.Load(), f.lost())
}

// fleet are two servers and many senders, who show what they are given and tell it.
type fleet struct {
	members, attempts, tells, restarts int

	servers []*Service
	stores  []*redisstore.Store

	mu                     sync.Mutex
	shown                  map[string]int // by member and topic
	kept, told, held, over atomic.Int64
	unrecorded             atomic.Int64 // shown, and the record was dropped while the Redis was away
}

var sent = []string{"sleep", "activity", "nutrition", "tobacco"}

func (f *fleet) run(t *testing.T, server *storetest.Server) {
	f.shown = map[string]int{}
	for range 2 {
		s, store := onRedis(t, server, time.Second)
		f.servers, f.stores = append(f.servers, s), append(f.stores, store)
	}
	start := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.send(t)
	}()
	for range f.restarts {
		select {
		case <-time.After(20 * time.Second):
			server.Restart(t)
		case <-done:
		}
	}
	<-done
	t.Logf("%d asked, %d shown, %d held back, told %d times in %v: %d over a cap, %d without a record", f.attempts, f.kept.Load(), f.held.Load(), f.told.Load(), time.Since(start).Round(time.Millisecond), f.over.Load(), f.unrecorded.Load())
}

func (f *fleet) send(t *testing.T) {
	var senders sync.WaitGroup
	var next atomic.Int64
	for n := range 32 {
		senders.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 9))
			for next.Add(1) <= int64(f.attempts) {
				f.one(t, r)
			}
		})
	}
	senders.Wait()
}

// one is one message: asked for at one server, told at any, as often as it takes.
func (f *fleet) one(t *testing.T, r *rand.Rand) {
	s := f.servers[r.IntN(len(f.servers))]
	member, topic := fmt.Sprint("m", r.IntN(f.members)), sent[r.IntN(len(sent))]
	c := &campaign{TB: t, Service: s}
	a := answer(t, s, about(t, s, topic, Request{Asker: Insurer, MemberRef: member, Facts: c.reach(), Consistency: Fresh}))
	if len(a.Recommendations[0].Advice) == 0 {
		f.held.Add(1)
		return
	}
	f.count(member, topic)
	at := time.Now()
	for range f.tells {
		f.tell(t, r, Feedback{DecisionID: a.ID, Outcome: Shown, Asker: Insurer, Unasked: true, At: at})
	}
}

func (f *fleet) tell(t *testing.T, r *rand.Rand, fed Feedback) {
	for tries := 0; ; tries++ {
		s := f.servers[r.IntN(len(f.servers))]
		_, err := s.Feed(context.Background(), fed)
		if f.told.Add(1); err == nil {
			return
		}
		// The record may be on its way, from the other server, or have been dropped
		// with a queue that an outage filled, which the servers count.
		var refused *Error
		if errors.As(err, &refused) && refused.Code == NotFound && tries > 500 && f.dropped() > 0 {
			f.unrecorded.Add(1)
			return
		}
		if tries > 10_000 {
			t.Errorf("not taken: %v", err)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// count counts what was shown, and what of it went over a cap: one message about a
// topic, three in all.
func (f *fleet) count(member, topic string) {
	f.kept.Add(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shown[member+" "+topic]++
	f.shown[member]++
	if f.shown[member+" "+topic] > 1 || f.shown[member] > 3 {
		f.over.Add(1)
	}
}

// dropped is how many records the servers report to have dropped.
func (f *fleet) dropped() (n uint64) {
	for _, s := range f.stores {
		n += s.Stats().RecordsDropped
	}
	return n
}

// lost is how many counts the servers report to be missing.
func (f *fleet) lost() (n uint64) {
	for _, s := range f.stores {
		n += s.Stats().ContactsLost
	}
	return n
}
