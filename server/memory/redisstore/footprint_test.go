package redisstore

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// As package memory's comment has them.
const (
	bytesPerShared = 490
	bytesPerRecord = 530
	bytesPerMember = 880 // ten facts
)

// TestBytesPerDecision holds the arithmetic of package memory's comment: what
// Redis needs for a shared decision, and for a record with its part of the
// member's list. The figures there may be a quarter off.
func TestBytesPerDecision(t *testing.T) {
	const members, each = 2000, 5
	server := storetest.StartRedis(t)
	s := connect(t, Options{URL: server.URL(), Budget: roomy})
	closing(t, s)
	entry := storetest.Entry("019523a8-71f0-7aaa-8bbb-0123456789ab")
	entry.Revision = "r-0123456789abcdef"
	entry.Recommendations[0].Reasons = append(entry.Recommendations[0].Reasons, memory.Reason{Code: "RULE_MATCH", Table: "mindset", Rule: "lifestyle-is-consumer"})

	start := usedMemory(t, server)
	for m := range members {
		claims := make([]memory.Claim, each)
		for i := range claims {
			claims[i] = memory.Claim{Key: storetest.Key(t, fmt.Sprint(m)), Fresh: entry, TTL: time.Hour}
			claims[i].Key.Cells = []byte{byte(i)}
		}
		s.ClaimAll(context.Background(), claims)
	}
	shared := usedMemory(t, server)
	for m := range members {
		for i := range each {
			r := memory.Record{Tenant: "t", Member: fmt.Sprint(m), Entry: entry, Asker: "insurer"}
			r.DecisionID = fmt.Sprintf("%s%08d", entry.DecisionID[:28], m*each+i)
			s.Record(r)
		}
		if m%500 == 0 {
			storetest.Flush(t, s)
		}
	}
	storetest.Flush(t, s)
	recorded := usedMemory(t, server)

	told := make([]memory.Told, members)
	for m := range told {
		told[m].Member = fmt.Sprint(m)
		for i := range 10 {
			told[m].Facts = append(told[m].Facts, storetest.Fact(fmt.Sprint("hours_since_acute_car", i), "active"))
		}
	}
	if err := s.RecordFacts(context.Background(), "t", told); err != nil {
		t.Fatal(err)
	}
	perMember := (usedMemory(t, server) - recorded) / members

	perShared, perRecord := (shared-start)/(members*each), (recorded-shared)/(members*each)
	t.Logf("%d bytes for a shared decision, %d for a record with its part of a list of %d, %d for ten facts", perShared, perRecord, each, perMember)
	for what, c := range map[string][2]int{
		"shared decision": {perShared, bytesPerShared}, "record": {perRecord, bytesPerRecord}, "member's ten facts": {perMember, bytesPerMember},
	} {
		if got, doc := c[0], c[1]; got < doc*3/4 || got > doc*5/4 {
			t.Errorf("a %s takes %d bytes, the documentation says %d", what, got, doc)
		}
	}
}

func usedMemory(t testing.TB, server *storetest.Server) int {
	t.Helper()
	info := server.MustDo(t, "INFO", "memory").(string)
	n, err := strconv.Atoi(regexp.MustCompile(`used_memory:(\d+)`).FindStringSubmatch(info)[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}
