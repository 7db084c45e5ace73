package recommend

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/redisstore"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// onRedis is a server of its own on a Redis.
func onRedis(t testing.TB, server *storetest.Server, budget time.Duration) (*Service, *redisstore.Store) {
	t.Helper()
	keys, err := memory.NewKeyring("the secret that all servers of this test share")
	if err != nil {
		t.Fatal(err)
	}
	store, err := redisstore.Open(redisstore.Options{URL: server.URL(), Keys: keys, Budget: budget})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		store.Close(ctx)
	})
	return serving(t, Options{Store: store, Now: time.Now}), store
}

// readsOf is how often a Redis has read from its clients: the round trips.
func readsOf(t testing.TB, server *storetest.Server) int {
	t.Helper()
	found := regexp.MustCompile(`total_reads_processed:(\d+)`).FindStringSubmatch(server.MustDo(t, "INFO", "stats").(string))
	n, err := strconv.Atoi(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestADecisionIsOneRoundTrip counts, at the Redis, what a decision takes. The
// records are written behind the answers and not counted.
func TestADecisionIsOneRoundTrip(t *testing.T) {
	server := storetest.StartRedis(t)
	portal, at := onRedis(t, server, time.Second)
	app, appAt := onRedis(t, server, time.Second)
	tell(t, portal, "m1", append(withGym(), patientOfTheProvider())...)
	ask(t, portal, Insurer, "coverage") // connects, and teaches the Redis its script
	ask(t, app, Insurer, "coverage")
	quiet := func() int {
		storetest.Flush(t, at)
		storetest.Flush(t, appAt)
		before := readsOf(t, server)
		return readsOf(t, server) - before
	}
	trips := func(s *Service, topic string) (int, *Answer) {
		asking := quiet()
		before := s.store.(*redisstore.Store).Stats().RoundTrips
		reads := readsOf(t, server)
		a := ask(t, s, Provider, topic)
		if a.Cache.Status == CacheHit { // else there is a record to be written
			if n := readsOf(t, server) - reads - asking; n != 1 {
				t.Errorf("a decision that was shared took %d reads", n)
			}
		}
		return int(s.store.(*redisstore.Store).Stats().RoundTrips - before), a
	}
	for _, c := range []struct {
		what string
		s    *Service
		tell bool
		want int
		hit  CacheStatus
	}{
		{"the first question", portal, false, 1, CacheMiss},
		{"the other server's", app, false, 1, CacheHit},
		{"after news, decided anew", portal, true, 2, CacheMiss},
		{"after news, and decided by the other", app, false, 1, CacheHit},
		{"once more", app, false, 1, CacheHit},
	} {
		if c.tell {
			news := ehr.fact("injury_dx_recent", memory.Bool(true))
			news.AsOf = moment.Add(-time.Minute)
			tell(t, app, "m1", news)
		}
		if n, a := trips(c.s, "activity"); n != c.want || a.Cache.Status != c.hit {
			t.Errorf("%s: %d round trips, %v", c.what, n, a.Cache.Status)
		}
	}
}

// TestFeedsAndQuestionsAtOnce tells 10,000 facts a second while 5,000 questions a
// second are asked, for as long as it takes to see it. How fast that goes is the
// machine's business; without RIGHTVOICE_SOAK it only has to go well.
func TestFeedsAndQuestionsAtOnce(t *testing.T) {
	seconds, members := 1, 2000
	factsASecond, asksASecond, budget := 2000, 500, time.Second
	if os.Getenv("RIGHTVOICE_SOAK") != "" {
		seconds, members, factsASecond, asksASecond, budget = 10, 20_000, 10_000, 5000, 100*time.Millisecond
	}
	server := storetest.StartRedis(t)
	feed, _ := onRedis(t, server, budget)
	portal, store := onRedis(t, server, budget)
	var done sync.WaitGroup
	var slowestCall time.Duration
	done.Go(func() {
		for i := range seconds * 20 {
			start := time.Now()
			told := make([]memory.Told, factsASecond/40)
			for j := range told {
				at := time.Now().Add(-time.Hour)
				told[j] = memory.Told{Member: fmt.Sprint((i*len(told) + j) % members), Facts: []memory.StoredFact{
					{Name: "coverage_status", Value: memory.Text("active"), Source: "claims", Side: "insurer", AsOf: at, ToldAt: at, MaxAge: 24 * time.Hour},
					{Name: "benefit_available", Value: memory.List("gym"), Source: "claims", Side: "insurer", AsOf: at, ToldAt: at, MaxAge: 24 * time.Hour},
				}}
			}
			if err := feed.store.(*redisstore.Store).RecordFacts(context.Background(), "default", told); err != nil {
				t.Error(err)
				return
			}
			slowestCall = max(slowestCall, time.Since(start))
			time.Sleep(time.Until(start.Add(50 * time.Millisecond)))
		}
	})
	var mu sync.Mutex
	var took []time.Duration
	away := 0
	start := time.Now()
	for w := range 8 {
		done.Go(func() {
			r := about(t, portal, "activity", Request{Asker: []Asker{Insurer, Provider}[w%2]})
			n := seconds * asksASecond / 8
			mine := make([]time.Duration, 0, n)
			unavailable := 0
			for i := range n {
				ask := *r
				ask.MemberRef = fmt.Sprint((i*8 + w) * 7 % members)
				time.Sleep(time.Until(start.Add(time.Duration(i) * time.Duration(seconds) * time.Second / time.Duration(n))))
				began := time.Now()
				a, err := portal.Recommend(context.Background(), portal.Current(""), &ask)
				mine = append(mine, time.Since(began))
				if err != nil {
					t.Error(err)
					return
				}
				if a.Cache.Status == CacheUnavailable {
					unavailable++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			took, away = append(took, mine...), away+unavailable
		})
	}
	done.Wait()
	slices.Sort(took)
	if len(took) == 0 {
		t.Fatal("nothing was asked")
	}
	st := store.Stats()
	t.Logf("%d facts and %d decisions a second for %d s: p50 %v, p99 %v, slowest %v; slowest call of a feed %v; %d of %d without the store; %d round trips, %d claims decided again",
		factsASecond, int(float64(len(took))/time.Since(start).Seconds()), seconds, took[len(took)/2], took[len(took)*99/100], took[len(took)-1], slowestCall, away, len(took), st.RoundTrips, st.Changed)
	if away > len(took)/20 {
		t.Errorf("%d of %d decisions were made without the store", away, len(took))
	}
}
