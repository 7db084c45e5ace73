package redisstore

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// TestForgettingLeavesNothingInRedis looks through all keys and through the dump
// for what a member has left: beside the lane's own keys there must be nothing.
func TestForgettingLeavesNothingInRedis(t *testing.T) {
	s, server := useEverything(t)
	ctx := context.Background()
	for i := range 2 * storetest.PerMember {
		s.Record(memory.Record{Tenant: canaryTenant, Member: canaryMember, Entry: storetest.Entry(fmt.Sprint("more-", i))})
	}
	storetest.Flush(t, s)
	for i := range 20 {
		s.Record(memory.Record{Tenant: canaryTenant, Member: canaryMember, Entry: storetest.Entry(fmt.Sprint("late-", i))})
	}
	for _, member := range []string{canaryMember, canaryMember + "2"} {
		if err := s.ForgetMember(ctx, canaryTenant, member); err != nil {
			t.Fatal(err)
		}
	}
	storetest.Flush(t, s)
	time.Sleep(1100 * time.Millisecond) // what connecting has tried out has ended
	keys, err := server.Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if !strings.HasSuffix(key, ":p") {
			t.Errorf("there is still a key of kind %s", key[strings.Index(key, "}:")+2:][:1])
		}
	}
	dump, err := server.Dump()
	if err != nil {
		t.Fatal(err)
	}
	name := s.keys.FactsName(canaryTenant, canaryMember)
	tag := name[strings.IndexByte(name, '{')+1 : strings.IndexByte(name, '}')]
	for _, word := range []string{"more-1", "late-1", "d-1", tag} {
		if strings.Contains(dump, word) {
			t.Errorf("%q is still in the dump", word)
		}
	}
	if s.copies.peek(name) != nil {
		t.Error("this server still has a copy")
	}
}

func TestForgettingNeedsRedis(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	ctx := context.Background()
	if err := s.RecordFacts(ctx, "t", []memory.Told{{Member: "m", Facts: []memory.StoredFact{storetest.Fact("tobacco", "never")}}}); err != nil {
		t.Fatal(err)
	}
	server.Stop(t)
	wantUnavailable(t, "forgetting", s.ForgetMember(ctx, "t", "m"))
	wantUnavailable(t, "telling", s.RecordFacts(ctx, "t", []memory.Told{{Member: "m", Facts: []memory.StoredFact{storetest.Fact("tobacco", "never")}}}))
	_, err := s.GetMember(ctx, "t", "m")
	wantUnavailable(t, "reading", err)
	server.Restart(t)
}

// TestForgedFactsAreNone moves one member's facts to another, and damages them.
func TestForgedFactsAreNone(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	ctx := context.Background()
	for _, m := range []string{"m", "n"} {
		if err := s.RecordFacts(ctx, "t", []memory.Told{{Member: m, Facts: []memory.StoredFact{storetest.Fact("tobacco", "never")}}}); err != nil {
			t.Fatal(err)
		}
	}
	m, n := s.keys.FactsName("t", "m"), s.keys.FactsName("t", "n")
	server.MustDo(t, "SET", n, server.MustDo(t, "GET", m).(string))
	for what, forge := range map[string]func(){
		"moved": func() {}, "damaged": func() { server.MustDo(t, "SETRANGE", n, "20", "x") }, "of another type": func() { server.MustDo(t, "DEL", n); server.MustDo(t, "RPUSH", n, "x") },
	} {
		forge()
		if got, err := s.GetMember(ctx, "t", "n"); err != nil || len(got.Facts) != 0 {
			t.Errorf("%s: %+v, %v", what, got, err)
		}
		if err := s.RecordFacts(ctx, "t", []memory.Told{{Member: "n", Facts: []memory.StoredFact{storetest.Fact("tobacco", "never")}}}); err != nil {
			t.Errorf("%s: telling again: %v", what, err)
		}
		if got, _ := s.GetMember(ctx, "t", "n"); len(got.Facts) != 1 {
			t.Errorf("%s: told again, there are %d facts", what, len(got.Facts))
		}
		server.MustDo(t, "SET", n, server.MustDo(t, "GET", m).(string))
	}
}

// TestTenThousandEventsAreFewRoundTrips counts what the server reads.
func TestTenThousandEventsAreFewRoundTrips(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	told := make([]memory.Told, 10_000)
	for i := range told {
		told[i] = memory.Told{Member: fmt.Sprint(i % 5000), Facts: []memory.StoredFact{storetest.Fact("coverage_status", "active"), storetest.Fact("tobacco", "never")}}
	}
	for _, what := range []string{"new members", "the same again"} {
		before := writesOf(t, server)
		start := time.Now()
		if err := s.RecordFacts(context.Background(), "t", told); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: 10,000 events in %v, %d commands", what, time.Since(start), writesOf(t, server)-before)
		if n := writesOf(t, server) - before; n > 2*5000+10 {
			t.Errorf("%s: %d commands for 5,000 members", what, n)
		}
	}
	if st := s.Stats(); st.Learned != 5000 {
		t.Errorf("%d members were written", st.Learned)
	}
}

// writesOf is how many scripts a server has run.
func writesOf(t testing.TB, server *storetest.Server) (n int) {
	t.Helper()
	for _, line := range strings.Split(server.MustDo(t, "INFO", "commandstats").(string), "\r\n") {
		var calls int
		for _, name := range []string{"eval", "evalsha"} {
			if _, err := fmt.Sscanf(line, "cmdstat_"+name+":calls=%d", &calls); err == nil {
				n += calls
			}
		}
	}
	return n
}
