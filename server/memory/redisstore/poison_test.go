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

// poisoned is a store, a key that has an entry, and what lies under it.
type poisoned struct {
	*Store
	server *storetest.Server
	key    memory.Key
	name   string
	value  string
}

func poison(t testing.TB) *poisoned {
	t.Helper()
	p := &poisoned{server: storetest.StartRedis(t), key: storetest.Key(t, "m")}
	p.Store = connect(t, Options{URL: p.server.URL(), Budget: roomy})
	closing(t, p.Store)
	storetest.Claim(context.Background(), p, p.key, storetest.Entry("good"), time.Hour)
	p.name = p.keys.SharedName(&p.key)
	p.value = p.server.MustDo(t, "GET", p.name).(string)
	return p
}

// check claims twice: a bad entry must be a miss, and must be gone then.
func (p *poisoned) check(t testing.TB, what string) {
	t.Helper()
	repaired := p.Stats().Repaired
	mine, late := storetest.Entry("mine"), storetest.Entry("late")
	if got, status, _ := storetest.Claim(context.Background(), p, p.key, mine, time.Minute); status != memory.Miss || got.DecisionID != "mine" {
		t.Errorf("%s: %v, %s", what, status, got.DecisionID)
	}
	if got, status, _ := storetest.Claim(context.Background(), p, p.key, late, time.Minute); status != memory.Hit || got.DecisionID != "mine" {
		t.Errorf("%s, the next one: %v, %s", what, status, got.DecisionID)
	}
	if n := p.Stats().Repaired - repaired; n != 1 {
		t.Errorf("%s: counted %d times", what, n)
	}
	if ttl := p.server.MustDo(t, "PTTL", p.name).(int64); ttl <= 0 || ttl > time.Minute.Milliseconds() {
		t.Errorf("%s: the new entry lives for %d ms", what, ttl)
	}
}

func TestBadEntriesAreMisses(t *testing.T) {
	p := poison(t)
	bad := map[string]string{"empty": "", "text": "{\"sender\":\"insurer\"}", "longer": p.value + "\x00", "twice": p.value + p.value}
	for i := range p.value {
		flipped := []byte(p.value)
		flipped[i] ^= 1 << (i % 8)
		bad[fmt.Sprint("bit of byte ", i)] = string(flipped)
		bad[fmt.Sprint("cut to ", i)] = p.value[:i]
	}
	other := p.key
	other.Member = "another"
	storetest.Claim(context.Background(), p, other, storetest.Entry("another's"), time.Hour)
	bad["of another member"] = p.server.MustDo(t, "GET", p.keys.SharedName(&other)).(string)
	entry := storetest.Entry("forged")
	bad["of another secret"] = string(keyring(t, strings.Repeat("guess", 10)).Seal(p.name, memory.AppendEntry(nil, &entry)))
	entry.ValidUntil = time.Now().Add(-time.Second)
	bad["that has ended"] = string(p.keys.Seal(p.name, memory.AppendEntry(nil, &entry)))
	bad["of another version"] = string(p.keys.Seal(p.name, []byte{99, 1, 2, 3}))
	for what, value := range bad {
		p.server.MustDo(t, "SET", p.name, value) // and without an end
		p.check(t, what)
	}
	for _, command := range [][]string{{"RPUSH", p.name, p.value}, {"HSET", p.name, "f", p.value}, {"SADD", p.name, p.value}} {
		p.server.MustDo(t, "DEL", p.name)
		p.server.MustDo(t, command...)
		p.check(t, command[0])
	}
	if st := p.Stats(); st.Opened != 0 || st.Unavailable != 0 {
		t.Errorf("bad entries are not outages: %+v", st)
	}
}

func TestOneOfManyRepairs(t *testing.T) {
	p := poison(t)
	for round := range 10 {
		p.server.MustDo(t, "SET", p.name, fmt.Sprint("poison ", round))
		ids := make([]string, 64)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				got, _, _ := storetest.Claim(context.Background(), p, p.key, storetest.Entry(fmt.Sprint("d-", i)), time.Hour)
				ids[i] = got.DecisionID
			})
		}
		all.Wait()
		for _, id := range ids {
			if id != ids[0] {
				t.Fatalf("callers got %s and %s", id, ids[0])
			}
		}
	}
}

func TestListsCanNotBeTamperedWith(t *testing.T) {
	p := poison(t)
	ctx := context.Background()
	for _, member := range []string{"m", "n"} {
		p.Record(memory.Record{Tenant: "t", Member: member, Entry: storetest.Entry("d-" + member)})
	}
	storetest.Flush(t, p)
	index := p.keys.IndexNames("t", "m")[0]
	p.server.MustDo(t, "ZADD", index, "1", "d-n", "2", "d-unknown", "3", "")
	if got, err := p.ListDecisions(ctx, "t", "m", 0, ""); err != nil || len(got) != 1 || got[0].DecisionID != "d-m" {
		t.Errorf("with another's decision in the list: %d, %v", len(got), err)
	}
	p.server.MustDo(t, "DEL", index)
	p.server.MustDo(t, "SET", index, "no list")
	if got, err := p.ListDecisions(ctx, "t", "m", 0, ""); err != nil || len(got) != 0 {
		t.Errorf("without a list: %d, %v", len(got), err)
	}
	p.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry("d-2")})
	storetest.Flush(t, p)
	if got, err := p.ListDecisions(ctx, "t", "m", 0, ""); err != nil || len(got) != 1 || got[0].DecisionID != "d-2" {
		t.Errorf("with a new list: %d, %v", len(got), err)
	}
}

func TestRecordsCanNotBeTamperedWith(t *testing.T) {
	p := poison(t)
	ctx := context.Background()
	for _, id := range []string{"d-1", "d-2"} {
		p.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry(id)})
	}
	storetest.Flush(t, p)
	one, two := p.keys.RecordNames("t", "d-1")[0], p.keys.RecordNames("t", "d-2")[0]
	p.server.MustDo(t, "SET", one, p.server.MustDo(t, "GET", two).(string))
	if _, err := p.GetDecision(ctx, "t", "d-1"); err != memory.ErrNotFound {
		t.Errorf("a swapped record: %v", err)
	}
	p.server.MustDo(t, "DEL", two)
	p.server.MustDo(t, "RPUSH", two, "x")
	if _, err := p.GetDecision(ctx, "t", "d-2"); err != memory.ErrNotFound {
		t.Errorf("a list for a record: %v", err)
	}
	p.server.MustDo(t, "SET", memory.FeedbackName(one), "no feedback")
	if first, err := p.Feedback(ctx, "t", "d-1", memory.Feedback{Outcome: "shown"}); err != nil || !first {
		t.Errorf("text for feedback: %v, %v", first, err)
	}
	p.server.MustDo(t, "HSET", memory.FeedbackName(one), "x", "forged")
	if got, err := p.GetFeedback(ctx, "t", "d-1"); err != nil || len(got) != 1 {
		t.Errorf("forged feedback: %d, %v", len(got), err)
	}
}
