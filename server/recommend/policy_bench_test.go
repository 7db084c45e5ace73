package recommend

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// BenchmarkPolicy answers the same question in one run: decided only, with the
// policy applied, and, as a message that nobody asked for, with a place taken in
// the embedded store. The differences are what the policy adds.
func BenchmarkPolicy(b *testing.B) {
	s := serving(b, Options{Store: local(b)})
	c := &campaign{TB: b, Service: s}
	inbound := about(b, s, "activity", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach("direction", "inbound", "channel", "insurer_portal")})
	outbound := about(b, s, "activity", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach()})
	for _, step := range []struct {
		name string
		r    *Request
		do   func(*pending)
	}{
		{"decided", inbound, func(*pending) {}},
		{"inbound", inbound, func(p *pending) { p.review(); s.contact(context.Background(), []*pending{p}) }},
		{"outbound", outbound, func(p *pending) { p.review(); s.contact(context.Background(), []*pending{p}) }},
	} {
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p := pending{snap: s.Current(""), ask: step.r}
				if err := s.prepare(&p); err != nil {
					b.Fatal(err)
				}
				p.answer.ID = "0190a000-0000-7000-8000-000000000001"
				step.do(&p)
			}
		})
	}
}

// deafOutcomes hears of everything and does nothing.
type deafOutcomes struct{}

func (deafOutcomes) Tell(feedback.Event) {}

// BenchmarkRecorded makes a decision of its own each time, which is recorded: about
// nobody in particular, about a member, and with all that counting feedback will
// need of it.
func BenchmarkRecorded(b *testing.B) {
	key, err := assign.NewKey([]byte("a secret that nobody will guess"))
	if err != nil {
		b.Fatal(err)
	}
	for _, step := range []struct {
		name string
		o    Options
		ref  string
	}{
		{"of nobody", Options{Store: local(b)}, ""},
		{"of a member", Options{Store: local(b)}, "m"},
		{"to be counted", Options{Store: local(b), Outcomes: deafOutcomes{}, Assign: key}, "m"},
	} {
		b.Run(step.name, func(b *testing.B) {
			s := serving(b, step.o)
			r, _ := question20(b, s)
			r.MemberRef, r.Consistency = step.ref, Fresh
			benchmark(b, s, r)
		})
	}
}

// TestThePolicyTakesOneRoundTripAtMost counts round trips for decisions: an answer
// to a question takes none for the policy, a message that nobody asked for takes
// one, and so does a batch of them.
func TestThePolicyTakesOneRoundTripAtMost(t *testing.T) {
	server := storetest.StartRedis(t)
	s, store := onRedis(t, server, time.Second)
	c := &campaign{TB: t, Service: s}
	tell(t, s, "m", withGym()...)
	ask := func(pairs ...any) *Request {
		return about(t, s, "sleep", Request{Asker: Insurer, MemberRef: "m", Facts: c.reach(pairs...)})
	}
	answer(t, s, ask()) // connects, and teaches the Redis its scripts
	for name, try := range map[string]struct {
		do   func()
		want uint64
	}{
		"a question":        {func() { answer(t, s, ask("direction", "inbound")) }, 1},
		"a message":         {func() { answer(t, s, ask()) }, 2},
		"a message, stored": {func() { answer(t, s, ask("local_hour", 23)) }, 1}, // held back before anything is asked
	} {
		before := store.Stats().RoundTrips
		try.do()
		if got := store.Stats().RoundTrips - before; got != try.want {
			t.Errorf("%s took %d round trips, want %d", name, got, try.want)
		}
	}
	var asked []Asked
	for range 50 {
		asked = append(asked, Asked{s.Current(""), ask()})
	}
	before := store.Stats().RoundTrips
	for _, r := range s.Batch(context.Background(), asked) {
		if r.Err != nil || len(r.Answer.Recommendations[0].Advice) == 0 {
			t.Fatalf("%+v", r)
		}
	}
	if got := store.Stats().RoundTrips - before; got > 40 { // two trips or few more, on a stalled machine more; each for itself would take 100
		t.Errorf("50 messages took %d round trips", got)
	}
}
