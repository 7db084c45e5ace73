package redisstore

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// Canaries stand for what must not be found in Redis.
const (
	canaryMember = "CANARY-MEMBER-4711"
	canaryTenant = "CANARY-TENANT"
	canaryText   = "my chest canary hurts since monday"
)

// useEverything does all that writes, with canaries in every field there is.
func useEverything(t testing.TB) (*Store, *storetest.Server) {
	t.Helper()
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	ctx := context.Background()
	entry := storetest.Entry("d-1")
	entry.ValidUntil = time.Now().Add(10 * time.Minute)
	entry.Recommendations[0].Topic, entry.Recommendations[0].Reasons[0].Rule = canaryText, canaryMember
	entry.NeededFacts = []string{canaryText}
	key := memory.Key{Tenant: canaryTenant, Member: canaryMember, Topics: []string{canaryText}, Rules: canaryText, Cells: []byte(canaryText)}
	for range 2 {
		storetest.Claim(ctx, s, key, entry, time.Hour)
	}
	s.ClaimAll(ctx, []memory.Claim{{Key: memory.Key{Tenant: canaryTenant, Member: canaryMember}, Fresh: entry, TTL: time.Second}})
	if !storetest.Replace(ctx, s, memory.Key{Tenant: canaryTenant, Member: canaryMember + "2"}, entry, time.Hour) {
		t.Fatal("not replaced")
	}
	told := storetest.Fact("chronic_dx", canaryText)
	told.Source, told.MaxAge = canaryTenant, 2*time.Hour
	if err := s.RecordFacts(ctx, canaryTenant, []memory.Told{{Member: canaryMember, Facts: []memory.StoredFact{told}}}); err != nil {
		t.Fatal(err)
	}
	s.Record(memory.Record{Tenant: canaryTenant, Member: canaryMember, Entry: entry, Asker: canaryText,
		Held: []memory.Held{{Topic: canaryText, Advice: canaryMember}}})
	feedback := memory.Feedback{Outcome: "overridden", Topic: canaryText, Advice: canaryMember, Reason: canaryText, Asker: canaryMember}
	if first, err := s.Feedback(ctx, canaryTenant, "d-1", feedback); err != nil || !first {
		t.Fatal(err)
	}
	shown := memory.Bounded{
		Contact: memory.Contact{Decision: "d-1", Advice: canaryMember, Topic: canaryText, Sender: "insurer", Kind: canaryText, Channel: canaryText},
		Limits:  []memory.Limit{{Policy: canaryText, Topic: canaryText, Sender: "insurer", Kind: canaryText, Channel: canaryText, Most: 1, Window: time.Hour}},
	}
	if got := s.Hold(ctx, []memory.Hold{{Tenant: canaryTenant, Member: canaryMember, Contacts: []memory.Bounded{shown}, Until: time.Now().Add(time.Minute), Keep: time.Hour}}); got[0] == nil {
		t.Fatal("no place")
	}
	if _, err := s.Contacted(ctx, memory.Contacted{Tenant: canaryTenant, Decision: "d-1", Contacts: []memory.Bounded{shown}, At: time.Now(), Keep: time.Hour}); err != nil {
		t.Fatal(err)
	}
	storetest.Flush(t, s)
	if first, err := s.Feedback(ctx, canaryTenant, "d-1", feedback); err != nil || first {
		t.Fatal(err)
	}
	return s, server
}

// wantNowhere looks for a word, also in the codings in which it could hide.
func wantNowhere(t *testing.T, server *storetest.Server, words ...string) {
	t.Helper()
	dump, err := server.Dump()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(dump, "rv1:") < 10 {
		t.Fatalf("the dump has next to nothing in it:\n%q", dump)
	}
	dump = strings.ToLower(dump)
	for _, word := range words {
		plain := base64.StdEncoding.EncodeToString([]byte(word))
		for _, coded := range []string{word, hex.EncodeToString([]byte(word)), plain[:len(plain)/4*4-4]} {
			if strings.Contains(dump, strings.ToLower(coded)) {
				t.Errorf("%q is in Redis", coded)
			}
		}
	}
}

func TestG14TextIsNeitherInKeysNorInValues(t *testing.T) {
	_, server := useEverything(t)
	wantNowhere(t, server, canaryText, "canary", "chest", "monday", "overridden")
}

func TestG15MemberIDsAreNowhereAndNothingOutlivesItsTime(t *testing.T) {
	s, server := useEverything(t)
	wantNowhere(t, server, canaryMember, canaryTenant, "4711", "insurer")
	keys, err := server.Keys()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, key := range keys {
		kind := key[strings.Index(key, "}:")+2:][:1]
		kinds[kind] = true
		longest := s.writer.ttl
		switch kind {
		case "s", "d":
			longest = 10 * time.Minute // as long as the decision is valid, although the TTL asked for is longer
		case "c":
			longest = time.Hour // the window that was asked for
		case "m":
			longest = time.Hour // two hours from an hour ago
		}
		const gone = -2
		if ttl := server.MustDo(t, "PTTL", key).(int64); ttl != gone && ttl <= 0 || ttl > longest.Milliseconds() {
			t.Errorf("a key of kind %s lives for %d ms, want at most %v", kind, ttl, longest)
		}
	}
	for _, kind := range []string{"s", "r", "i", "f", "m", "d", "c"} {
		if !kinds[kind] {
			t.Errorf("there is no key of kind %s", kind)
		}
	}
}

// TestClaimsKeepTheirTTL claims with the shortest time that a fact may have.
func TestClaimsKeepTheirTTL(t *testing.T) {
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	for _, ttl := range []time.Duration{time.Second, time.Minute, 30 * time.Minute} {
		key := storetest.Key(t, ttl.String())
		for range 3 {
			storetest.Claim(context.Background(), s, key, storetest.Entry("d"), ttl)
		}
		if left := server.MustDo(t, "PTTL", s.keys.SharedName(&key)).(int64); left <= 0 || left > ttl.Milliseconds() {
			t.Errorf("TTL %v became %d ms", ttl, left)
		}
	}
}

// TestOneUserIsEnough claims and records as the ACL user of the package comment.
func TestOneUserIsEnough(t *testing.T) {
	server := storetest.StartRedis(t)
	server.MustDo(t, "ACL", "SETUSER", "app", "on", ">p@ss", "~rv1:*", "+@read", "+@write", "+@scripting", "+@connection")
	server.MustDo(t, "ACL", "SETUSER", "other", "on", ">p@ss", "~other:*", "+@all")
	s := connect(t, Options{URL: "redis://app:p%40ss@" + server.Addr, Budget: roomy})
	closing(t, s)
	s.Record(memory.Record{Tenant: "t", Member: "m", Entry: storetest.Entry("d")})
	storetest.Flush(t, s)
	if first, err := s.Feedback(context.Background(), "t", "d", memory.Feedback{Outcome: "shown"}); err != nil || !first {
		t.Errorf("feedback: %v", err)
	}
	if got, err := s.ListDecisions(context.Background(), "t", "m", 0, ""); err != nil || len(got) != 1 {
		t.Errorf("list: %d, %v", len(got), err)
	}
	for _, url := range []string{"redis://other:p%40ss@", "redis://app:wrong@"} {
		s, err := Open(Options{URL: url + server.Addr, Keys: keyring(t, testSecret)})
		if err != nil {
			t.Fatal(err)
		}
		closing(t, s)
		timed(t, s, 1)
	}
}
