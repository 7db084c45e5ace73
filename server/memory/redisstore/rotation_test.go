package redisstore

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

const nextSecret = "the secret that comes after it, as long as it has to be"

// rotation is a Redis and servers with secrets in some order.
type rotation struct {
	*testing.T
	redis *storetest.Server
}

func (r *rotation) server(secrets ...string) *Store {
	r.Helper()
	s := connect(r.T, Options{URL: r.redis.URL(), Budget: roomy, Keys: keyring(r.T, secrets...)})
	closing(r.T, s)
	return s
}

func (r *rotation) tell(s *Store, member string, facts ...memory.StoredFact) {
	r.Helper()
	if err := s.RecordFacts(context.Background(), "t", []memory.Told{{Member: member, Facts: facts}}); err != nil {
		r.Fatal(err)
	}
}

// known is what a server has of a member, by name and topic.
func (r *rotation) known(s *Store, member string) string {
	r.Helper()
	m, err := s.GetMember(context.Background(), "t", member)
	if err != nil {
		r.Fatal(err)
	}
	return words(&m)
}

func words(m *memory.Member) string {
	var all []string
	for _, f := range m.Facts {
		all = append(all, strings.TrimSpace(f.Name+" "+f.Topic))
	}
	return strings.Join(all, ", ")
}

// claimed is what a server decides with: it claims until the store agrees.
func (r *rotation) claimed(s *Store, member string) string {
	r.Helper()
	c := memory.Claim{Key: storetest.Key(r, member), Fresh: storetest.Entry("d-" + member), TTL: time.Hour}
	c.Key.Tenant = "t"
	c.Member = s.Assume("t", member).Member
	for range 8 {
		switch got := s.Claim(context.Background(), c); got.Status {
		case memory.Changed:
			c.Member, c.Live = got.Member, got.Live
		case memory.Hit, memory.Miss:
			if c.Member == nil {
				return ""
			}
			return words(c.Member)
		default:
			r.Fatalf("a claim is %v", got.Status)
		}
	}
	r.Fatal("claims find no end")
	return ""
}

func optOut(topic string) memory.StoredFact {
	return memory.OptOut{Topic: topic, Source: "portal", Side: "member", At: time.Now()}.Fact()
}

// TestNothingIsLostWithASecret goes through a change of the secret as package
// memory's comment has it, with members who come back at different stages.
func TestNothingIsLostWithASecret(t *testing.T) {
	r := &rotation{t, storetest.StartRedis(t)}
	before := r.server(testSecret)
	for _, m := range []string{"claims", "is read", "is told", "is in a batch"} {
		r.tell(before, m, optOut("sleep"), storetest.Fact("tobacco", "never"))
	}
	both := r.server(nextSecret, testSecret)
	if got := r.claimed(both, "claims"); got != "opt_out_topics sleep, tobacco" {
		t.Errorf("who asks first is decided about with %q", got)
	}
	if got := r.known(both, "is read"); got != "opt_out_topics sleep, tobacco" {
		t.Errorf("who is read first has %q", got)
	}
	r.tell(both, "is told", optOut("weight"))
	batch := []memory.Claim{{Key: storetest.Key(t, "is in a batch"), Fresh: storetest.Entry("d"), TTL: time.Hour}, {Key: storetest.Key(t, "new"), Fresh: storetest.Entry("e"), TTL: time.Hour}}
	batch[0].Key.Tenant, batch[1].Key.Tenant = "t", "t"
	if got := both.ClaimAll(context.Background(), batch); got[0].Status != memory.Changed || len(got[0].Member.Facts) != 2 || got[1].Status != memory.Miss {
		t.Errorf("a batch: %v, %v", got[0].Status, got[1].Status)
	}
	after := r.server(nextSecret)
	for m, want := range map[string]string{
		"claims": "opt_out_topics sleep, tobacco", "is read": "opt_out_topics sleep, tobacco",
		"is told": "opt_out_topics sleep, opt_out_topics weight, tobacco", "is in a batch": "opt_out_topics sleep, tobacco",
	} {
		if got := r.known(after, m); got != want {
			t.Errorf("without the older secret, %s: %q, want %q", m, got, want)
		}
	}
	r.known(r.server(nextSecret, testSecret), "claims") // sees that all is copied
	names := both.keys.FactsNames("t", "claims")
	ttl := func(name string) time.Duration {
		return time.Duration(r.redis.MustDo(t, "PTTL", name).(int64)) * time.Millisecond
	}
	if newest, older := ttl(names[0]), ttl(names[1]); newest < memory.ConsentAge-time.Hour || older > handover {
		t.Errorf("kept for %v, and under the older name for %v", newest, older)
	}
}

// TestServersInTheMiddleOfAChangeAgree has one server with the old order of the
// secrets, and one with the new.
func TestServersInTheMiddleOfAChangeAgree(t *testing.T) {
	r := &rotation{t, storetest.StartRedis(t)}
	servers := []*Store{r.server(testSecret, nextSecret), r.server(nextSecret, testSecret)}
	want := ""
	for i, topic := range []string{"activity", "diet", "sleep", "stress", "weight"} {
		r.tell(servers[i%2], "m", optOut(topic))
		want = strings.TrimPrefix(want+", opt_out_topics "+topic, ", ")
		for j := range servers {
			s := servers[(i+j)%2]
			if got := r.claimed(s, "m"); got != want {
				t.Fatalf("server %d decides with %q, want %q", (i+j)%2, got, want)
			}
			if got := r.known(s, "m"); got != want {
				t.Fatalf("server %d has %q, want %q", (i+j)%2, got, want)
			}
		}
	}
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			r.tell(servers[i%2], "n", storetest.Fact(fmt.Sprintf("own_%02d", i), "x"))
			if i%3 == 0 {
				r.known(servers[(i+1)%2], "n")
			}
		})
	}
	all.Wait()
	for i, s := range servers {
		if got := strings.Count(r.claimed(s, "n"), "own_"); got != 24 {
			t.Errorf("server %d decides with %d of 24 facts", i, got)
		}
	}
	if err := servers[0].ForgetMember(context.Background(), "t", "n"); err != nil {
		t.Fatal(err)
	}
	for i, s := range servers {
		if got := r.claimed(s, "n") + r.known(s, "n"); got != "" {
			t.Errorf("forgotten, server %d has %q", i, got)
		}
	}
}

// TestCopyingBringsNobodyBack forgets members while other servers copy what is
// stored of them to the newest name.
func TestCopyingBringsNobodyBack(t *testing.T) {
	r := &rotation{t, storetest.StartRedis(t)}
	before := r.server(testSecret)
	old, young := r.server(testSecret, nextSecret), r.server(nextSecret, testSecret)
	for i := range 150 {
		m := fmt.Sprint("m-", i)
		r.tell(before, m, optOut("sleep"))
		var all sync.WaitGroup
		all.Go(func() { r.known(young, m) })
		all.Go(func() {
			time.Sleep(time.Duration(i%15) * 40 * time.Microsecond)
			forgets := []*Store{old, young}[i%2]
			if err := forgets.ForgetMember(context.Background(), "t", m); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		for _, name := range young.keys.FactsNames("t", m) {
			if r.redis.MustDo(t, "EXISTS", name).(int64) != 0 {
				t.Fatalf("member %d is back", i)
			}
		}
	}
}

// TestBlindClaimsAreUnavailable: what is stored under an older name may not be
// decided against.
func TestBlindClaimsAreUnavailable(t *testing.T) {
	r := &rotation{t, storetest.StartRedis(t)}
	before := r.server(testSecret)
	r.tell(before, "m", optOut("sleep"))
	s := connect(t, Options{URL: r.redis.URL(), Budget: 20 * time.Millisecond, Keys: keyring(t, nextSecret, testSecret)})
	closing(t, s)
	r.redis.Pause(t)
	c := memory.Claim{Key: storetest.Key(t, "m"), Fresh: storetest.Entry("d"), TTL: time.Hour}
	c.Key.Tenant = "t"
	if got := s.Claim(context.Background(), c); got.Status != memory.Unavailable {
		t.Errorf("a claim is %v", got.Status)
	}
	r.redis.Resume(t)
}
