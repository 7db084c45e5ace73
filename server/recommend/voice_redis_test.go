package recommend

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/memory"
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
