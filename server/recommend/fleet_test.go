package recommend

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/redisstore"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
	"github.com/rightvoice/rightvoice/server/policy"
)

// fleet are two servers on one Redis and many senders, who show members what they
// are given and tell it: several times, to either server, at once and late. Time
// stands still but for a millisecond a message, and leaps between rounds, so that
// windows of weeks roll by in minutes.
type fleet struct {
	members, tells int // tells is how many are to be acknowledged

	redis   *storetest.Server
	keys    *memory.Keyring
	servers []*Service
	stores  []*redisstore.Store
	posts   []post
	ms      atomic.Int64 // the time
	began   time.Time

	mu    sync.Mutex
	shown map[string][]message // by member: what was acknowledged
	late  []Feedback           // to be told again in the next round

	asked, held, unsent, told, again atomic.Int64
	failed                           atomic.Int64 // calls that a server did not acknowledge
	over                             atomic.Int64 // messages that a server said were over a cap
}

// message is one that was shown, as the sender saw it.
type message struct {
	at            time.Time
	decision      string
	topic         string
	from          Asker
	advice        []string
	asks, helpful int // items
}

// post is a kind of message that is sent.
type post struct {
	topic string
	from  Asker
	facts fact.Facts
}

const (
	senders  = 128
	attempts = 8 // for each member in a round
)

func newFleet(t *testing.T, redis *storetest.Server, members int) *fleet {
	t.Helper()
	f := &fleet{members: members, redis: redis, shown: map[string][]message{}, began: time.Now()}
	f.ms.Store(moment.UnixMilli())
	var err error
	if f.keys, err = memory.NewKeyring("the secret that all servers of this test share"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		store, err := redisstore.Open(redisstore.Options{URL: redis.URL(), Keys: f.keys, Budget: time.Second, LookupTimeout: time.Second, Now: f.now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			store.Close(ctx)
		})
		f.servers, f.stores = append(f.servers, serving(t, Options{Store: store, Now: f.now})), append(f.stores, store)
	}
	c := &campaign{TB: t, Service: f.servers[0]}
	for _, topic := range []string{"sleep", "activity", "nutrition", "tobacco", "weight", "coverage", "network", "pharmacy_location"} {
		f.posts = append(f.posts, post{topic, Insurer, c.reach()})
	}
	f.posts = append(f.posts, post{"claim", Insurer, c.reach("claim_event", "new_eob")}, post{"symptom", Provider, c.reach("hours_since_acute_care", 48)})
	return f
}

func (f *fleet) now() time.Time { return time.UnixMilli(f.ms.Load()).UTC() }

// run sends rounds until enough is told. Meanwhile the Redis ends and starts again,
// each time after another part of the work.
func (f *fleet) run(t *testing.T, restarts ...func()) {
	t.Helper()
	done := make(chan struct{})
	goal := f.told.Load() + int64(f.tells)
	go func() {
		defer close(done)
		for r := rand.New(rand.NewPCG(1, 9)); f.told.Load() < goal && !t.Failed(); {
			f.round(t)
			f.ms.Add((time.Duration(1+r.IntN(8*24)) * time.Hour).Milliseconds()) // an hour to eight days
		}
	}()
	from := f.told.Load()
	for i, restart := range restarts {
		for f.told.Load() < from+(goal-from)*int64(i+1)/int64(len(restarts)+1) {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
		restart()
	}
	<-done
	f.report(t)
}

func (f *fleet) report(t *testing.T) {
	took := time.Since(f.began)
	t.Logf("%d asked, %d held back, %d not shown in spite of an answer; told %d times (%.0f/s), %d of them again in a later round, %d calls not acknowledged",
		f.asked.Load(), f.held.Load(), f.unsent.Load(), f.told.Load(), float64(f.told.Load())/took.Seconds(), f.again.Load(), f.failed.Load())
}

// round sends to each member in turn, by senders who come in each other's way, and
// tells again, at some time, some of what the round before told.
func (f *fleet) round(t *testing.T) {
	late := f.late
	f.late = nil
	var next atomic.Int64
	var all sync.WaitGroup
	for n := range senders {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), uint64(f.ms.Load())))
			for i := int(next.Add(1)) - 1; i < f.members*attempts && !t.Failed(); i = int(next.Add(1)) - 1 {
				if i < len(late) {
					f.tell(t, r.IntN(2), late[i])
					f.again.Add(1)
				}
				f.send(t, r, fmt.Sprint("m", i/attempts))
			}
		})
	}
	all.Wait()
}

// send asks one server for a message, shows it and tells so.
func (f *fleet) send(t *testing.T, r *rand.Rand, member string) {
	p, s := &f.posts[r.IntN(len(f.posts))], f.servers[r.IntN(2)]
	a, err := f.ask(t, s, p, member)
	if err != nil {
		t.Error(err)
		return
	}
	rec := &a.Recommendations[0]
	switch {
	case len(rec.Advice) == 0:
		f.held.Add(1)
		return
	case r.IntN(10) == 0:
		f.unsent.Add(1) // its place ends unused
		return
	}
	m := message{at: time.UnixMilli(f.ms.Add(1)).UTC(), decision: a.ID, topic: p.topic, from: p.from}
	for i := range rec.Advice {
		m.advice = append(m.advice, rec.Advice[i].ID)
		if s.Current("").terms(rec.Advice[i].ID).Kind == policy.Ask {
			m.asks++
		} else {
			m.helpful++
		}
	}
	f.tellAll(t, r, member, m)
}

// ask asks until the Redis can say what was shown before.
func (f *fleet) ask(t *testing.T, s *Service, p *post, member string) (*Answer, error) {
	for {
		r := Request{Asker: p.from, MemberRef: member, Facts: p.facts, Consistency: Fresh}
		r.Topic, r.HasTopic = s.Current("").Topic(p.topic)
		a, err := s.Recommend(context.Background(), s.Current(""), &r)
		if err != nil {
			return nil, err
		}
		f.asked.Add(1)
		if rec := &a.Recommendations[0]; len(rec.Suppressed) == 0 || rec.Suppressed[0].PolicyID != policy.ContactsUnknown {
			return a, nil
		}
		for f.away() {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// away reports whether a server waits for the Redis to come back.
func (f *fleet) away() bool {
	return slices.ContainsFunc(f.stores, func(s *redisstore.Store) bool { return s.Stats().Open > 0 })
}

// tellAll tells of one message five times at once, in no order: as a whole, by the
// name of an item, and that it was accepted.
func (f *fleet) tellAll(t *testing.T, r *rand.Rand, member string, m message) {
	whole := Feedback{DecisionID: m.decision, Outcome: Shown, Asker: m.from, Unasked: true, At: m.at}
	item, accepted := whole, whole
	item.AdviceID = m.advice[r.IntN(len(m.advice))]
	accepted.Outcome = Accepted
	var all sync.WaitGroup
	for _, fed := range []Feedback{whole, whole, whole, item, accepted} {
		to := r.IntN(2)
		all.Go(func() { f.tell(t, to, fed) })
	}
	all.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shown[member] = append(f.shown[member], m)
	if r.IntN(10) == 0 {
		f.late = append(f.late, whole)
	}
}

// tell tells a server until it acknowledges.
func (f *fleet) tell(t *testing.T, to int, fed Feedback) {
	pause := 2 * time.Millisecond
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(pause) {
		got, err := f.servers[to].Feed(context.Background(), fed)
		if err == nil {
			f.told.Add(1)
			if len(got.Over) > 0 {
				f.over.Add(1)
			}
			return
		}
		f.failed.Add(1) // the Redis is away, or the record on its way from the other server
		pause = min(2*pause, 50*time.Millisecond)
		if time.Now().After(end) {
			t.Errorf("not taken for two minutes: %v", err)
			return
		}
	}
}

// overCaps is how many messages to one member were one too many when they were
// shown, by the caps that the content comes with: one about a topic in 14 days, three
// of a sender and three in all in 7, and of the plan's items in 30 days no more that ask
// than two and half of those that do not.
func overCaps(all []message) (n int) {
	slices.SortFunc(all, func(a, b message) int { return a.at.Compare(b.at) })
	for i := range all {
		m := &all[i]
		var topic, sender, overall, asks, helpful int
		for j := range all[:i+1] {
			e := &all[j]
			age := m.at.Sub(e.at)
			if age < 14*day && e.topic == m.topic {
				topic++
			}
			if age < 7*day {
				overall++
			}
			if age < 7*day && e.from == m.from {
				sender++
			}
			if age < 30*day && e.from == Insurer {
				asks, helpful = asks+e.asks, helpful+e.helpful
			}
		}
		if topic > 1 || sender > 3 || overall > 3 || m.from == Insurer && m.asks > 0 && asks > 2+helpful/2 {
			n++
		}
	}
	return n
}
