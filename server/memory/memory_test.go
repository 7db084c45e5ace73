package memory

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	secretA = "a secret for tests only, of 32+ characters"
	secretB = "another secret for tests, of 32+ characters"
)

func testKeyring(t testing.TB, newest string, older ...string) *Keyring {
	t.Helper()
	r, err := NewKeyring(newest, older...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func testKey() Key {
	return Key{Tenant: "plan", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 2}}
}

func testEntry() Entry {
	at := time.Date(2026, 3, 1, 15, 0, 0, 123e6, time.UTC)
	return Entry{
		DecisionID: "019523a8-71f0-7aaa-8bbb-0123456789ab", Revision: "r-0123456789abcdef",
		DecidedAt: at, ValidUntil: at.Add(time.Hour),
		Recommendations: []Recommendation{
			{Topic: "medication", Mindset: "patient", Sender: "provider",
				Reasons: []Reason{{"RULE_MATCH", "mindset", "care-is-the-providers"}, {"RULE_MATCH", "sender", "care-to-provider"}},
				Advice:  []string{"post_er_visit"}},
			{Topic: "coverage", Mindset: "consumer", Sender: "insurer",
				Reasons: []Reason{{"DEFAULT", "sender", "nobody"}}, Advice: []string{"pt_covered", "find_pt"}},
		},
		NeededFacts: []string{"coverage_status"},
	}
}

func TestEveryPartOfAKeyCounts(t *testing.T) {
	r := testKeyring(t, secretA)
	keys := []Key{
		testKey(),
		{Tenant: "other", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-2", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"weight"}, Rules: "r-1", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"sleep", "weight"}, Rules: "r-1", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-1", Topics: nil, Rules: "r-1", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-2", Cells: []byte{1, 2}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 3}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{}},
		{Tenant: "plan", Member: "m-1", Topics: []string{"sleep"}, Rules: "r-1"},
		{Tenant: "planm", Member: "-1", Topics: []string{"sleep"}, Rules: "r-1", Cells: []byte{1, 2}},
	}
	seen := map[string]int{}
	for i := range keys {
		name := r.SharedName(&keys[i])
		if other, is := seen[name]; is {
			t.Errorf("keys %d and %d have one name", other, i)
		}
		seen[name] = i
		if again := r.SharedName(&keys[i]); again != name {
			t.Errorf("key %d has two names", i)
		}
	}
	same, other := keys[0], testKeyring(t, secretB)
	if r.SharedName(&same) == other.SharedName(&same) {
		t.Error("the name does not depend on the secret")
	}
}

func TestNamesOfOneMemberShareAPlace(t *testing.T) {
	r, key := testKeyring(t, secretA), testKey()
	tag := func(name string) string { return name[strings.Index(name, "{"):strings.Index(name, "}")] }
	index := r.IndexNames(key.Tenant, key.Member)[0]
	if a, b := tag(r.SharedName(&key)), tag(index); a != b {
		t.Errorf("tags %s and %s differ", a, b)
	}
	record := r.RecordNames("plan", "d-1")[0]
	if tag(record) != tag(FeedbackName(record)) || record == FeedbackName(record) {
		t.Error("a record and its feedback are not side by side")
	}
	if tag(record) == tag(index) || Owner(index) != tag(index)[1:] {
		t.Error("the owner is not the member's tag")
	}
}

func TestNamesShowNothing(t *testing.T) {
	r := testKeyring(t, secretA)
	key := Key{Tenant: "TENANT", Member: "MEMBER", Topics: []string{"TOPIC"}, Rules: "REVISION", Cells: []byte("CELLS")}
	all := append(r.IndexNames("TENANT", "MEMBER"), r.RecordNames("TENANT", "DECISION")...)
	all = append(all, r.SharedName(&key))
	all = append(all, r.FeedbackFields("TENANT", "DECISION", &Feedback{Outcome: "OUTCOME", Reason: "REASON"})...)
	for _, name := range all {
		for _, word := range []string{"TENANT", "MEMBER", "TOPIC", "REVISION", "CELLS", "DECISION", "OUTCOME", "REASON"} {
			if strings.Contains(name, word) {
				t.Errorf("%s shows %s", name, word)
			}
		}
	}
}

func TestSealOpensUnderItsNameOnly(t *testing.T) {
	r, plain := testKeyring(t, secretA), []byte("plain")
	sealed := r.Seal("name", plain)
	if got, ok := r.Open("name", sealed); !ok || !bytes.Equal(got, plain) {
		t.Fatalf("opened as %q, %v", got, ok)
	}
	if bytes.Contains(sealed, plain) {
		t.Error("the sealed bytes show the plain ones")
	}
	if bytes.Equal(sealed, r.Seal("name", plain)) {
		t.Error("sealing twice gives the same bytes")
	}
	for i := range 1000 { // some of these share the AES key with "name", so that only the name itself differs
		if _, ok := r.Open(fmt.Sprint("other", i), sealed); ok {
			t.Fatal("opened under another name")
		}
	}
	if _, ok := testKeyring(t, secretB).Open("name", sealed); ok {
		t.Error("opened with another secret")
	}
	for i := range sealed {
		for bit := range 8 {
			forged := bytes.Clone(sealed)
			forged[i] ^= 1 << bit
			if _, ok := r.Open("name", forged); ok {
				t.Fatalf("opened with bit %d of byte %d flipped", bit, i)
			}
		}
		if _, ok := r.Open("name", sealed[:i]); ok {
			t.Fatalf("opened when cut to %d bytes", i)
		}
	}
}

func TestOlderSecretsStillOpen(t *testing.T) {
	before, after := testKeyring(t, secretA), testKeyring(t, secretB, secretA)
	if _, ok := after.Open("name", before.Seal("name", nil)); !ok {
		t.Error("the older secret does not open")
	}
	if _, ok := before.Open("name", after.Seal("name", nil)); ok {
		t.Error("the older secret still seals")
	}
	if !slices.Contains(after.RecordNames("plan", "d"), before.RecordNames("plan", "d")[0]) {
		t.Error("a record named by the older secret can't be found")
	}
}

func TestSecretsAreChecked(t *testing.T) {
	for _, text := range []string{"", "\n \n", strings.Repeat("x", MinSecret-1), secretA + "\nshort"} {
		if _, err := ParseKeyring(text); err == nil {
			t.Errorf("%d characters were taken", len(text))
		} else if text != "" && strings.Contains(err.Error(), "short") {
			t.Error("the error shows the secret")
		}
	}
	r, err := ParseKeyring("\n" + secretB + "\r\n\n  " + secretA + " \n")
	if err != nil || len(r.secrets) != 2 {
		t.Fatalf("two lines: %v", err)
	}
	if _, ok := r.Open("name", testKeyring(t, secretA).Seal("name", nil)); !ok {
		t.Error("spaces around a line count")
	}
}

func TestEncodingsComeBack(t *testing.T) {
	entry := testEntry()
	for _, e := range []Entry{entry, {}, {DecisionID: "d", Recommendations: []Recommendation{{}}}} {
		got, err := DecodeEntry(AppendEntry(nil, &e))
		if err != nil || !cmp.Equal(got, e) {
			t.Errorf("%v\n%s", err, cmp.Diff(e, got))
		}
	}
	rec := Record{Entry: entry, Asker: "insurer", Held: []Held{{"weight", "gym", "QUIET_HOURS", "nights", entry.ValidUntil}, {Code: "OPTED_OUT"}}}
	got, owner, err := DecodeRecord(AppendRecord(nil, "who", &rec))
	if err != nil || owner != "who" || !cmp.Equal(got, rec) {
		t.Errorf("%v, %s\n%s", err, owner, cmp.Diff(rec, got))
	}
	fb := Feedback{"overridden", "weight", "gym", "not_now", "provider", entry.DecidedAt}
	if got, err := DecodeFeedback(AppendFeedback(nil, &fb)); err != nil || !cmp.Equal(got, fb) {
		t.Errorf("%v\n%s", err, cmp.Diff(fb, got))
	}
}

func TestDamagedEncodingsAreRefused(t *testing.T) {
	entry := testEntry()
	good := AppendEntry(nil, &entry)
	for i := range good {
		if _, err := DecodeEntry(good[:i]); err == nil {
			t.Fatalf("cut to %d bytes and taken", i)
		}
	}
	if _, err := DecodeEntry(append(bytes.Clone(good), 0)); err == nil {
		t.Error("a byte more and taken")
	}
	if _, _, err := DecodeRecord(good); err == nil {
		t.Error("an entry was taken for a record")
	}
	if _, err := DecodeFeedback(nil); err == nil {
		t.Error("nothing was taken for feedback")
	}
}

func TestLifetimeNeverOutlivesTheDecision(t *testing.T) {
	e := testEntry()
	now := e.ValidUntil.Add(-time.Minute)
	for _, c := range []struct{ ttl, want time.Duration }{
		{time.Hour, time.Minute}, {time.Second, time.Second}, {-1, 0}, {1500 * time.Microsecond, time.Millisecond},
	} {
		if got := e.Lifetime(now, c.ttl); got != c.want {
			t.Errorf("ttl %s: %s, want %s", c.ttl, got, c.want)
		}
	}
	if e.Lifetime(e.ValidUntil, time.Hour) > 0 || !e.Ended(e.ValidUntil) || e.Ended(now) {
		t.Error("an ended decision has time left")
	}
	if e.ValidUntil = (time.Time{}); e.Lifetime(now, time.Hour) != time.Hour || e.Ended(now) {
		t.Error("without an end the TTL alone counts")
	}
}

func TestStatusSpeaksTheAPI(t *testing.T) {
	if got := fmt.Sprint(Bypass, Miss, Hit, Unavailable); got != "BYPASS MISS HIT UNAVAILABLE" {
		t.Error(got)
	}
}

func TestHotPathAllocatesLittle(t *testing.T) {
	if race {
		t.Skip("left out: the race detector makes pools allocate")
	}
	r, key, entry := testKeyring(t, secretA), testKey(), testEntry()
	buf := make([]byte, 0, 1024)
	if got := testing.AllocsPerRun(100, func() {
		name := r.SharedName(&key)
		buf = AppendEntry(buf[:0], &entry)
		r.Seal(name, buf)
	}); got > 3 {
		t.Errorf("%v allocations to name and seal, want 3 at most", got)
	}
}

func BenchmarkNameAndSeal(b *testing.B) {
	r, key, entry := testKeyring(b, secretA), testKey(), testEntry()
	key.Cells = make([]byte, 60)
	buf := make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		name := r.SharedName(&key)
		buf = AppendEntry(buf[:0], &entry)
		r.Seal(name, buf)
	}
}

func BenchmarkOpenAndDecode(b *testing.B) {
	r, key, entry := testKeyring(b, secretA), testKey(), testEntry()
	name := r.SharedName(&key)
	sealed := r.Seal(name, AppendEntry(nil, &entry))
	b.ReportAllocs()
	for b.Loop() {
		plain, _ := r.Open(name, sealed)
		if _, err := DecodeEntry(plain); err != nil {
			b.Fatal(err)
		}
	}
}
