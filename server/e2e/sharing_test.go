package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// secret is shared by the servers of a test.
const secret = "a secret that only the servers of a test share"

// sharing makes servers use a Redis. The budget is wide, so that a busy machine
// does not look like a Redis that is away.
func sharing(redis *storetest.Server) func(*config.Config) {
	return func(c *config.Config) {
		c.RedisURL, c.Key, c.RedisBudget = config.NewSecret(redis.URL()), config.NewSecret(secret), time.Second
	}
}

// TestBothSidesHearOneVoice asks one server as the insurer, over REST, and
// another as the provider, over gRPC.
func TestBothSidesHearOneVoice(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, clinic := start(t, sharing(redis)), start(t, sharing(redis))
	first := portal.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "member-1"))
	second := clinic.overGRPC(t, sleepless(pb.Asker_ASKER_PROVIDER, "member-1"))
	if first.Cache.Status != pb.Cache_MISS || second.Cache.Status != pb.Cache_HIT || first.DecisionId != second.DecisionId || first.DecisionId == "" {
		t.Errorf("the portal got %v %s, the clinic %v %s", first.Cache.Status, first.DecisionId, second.Cache.Status, second.DecisionId)
	}
	mine, theirs := first.Recommendations[0], second.Recommendations[0]
	if mine.Sender != pb.Sender_SENDER_INSURER || theirs.Sender != mine.Sender || theirs.Mindset != mine.Mindset || theirs.Topic != mine.Topic {
		t.Errorf("two voices: %v and %v", mine, theirs)
	}
	if len(mine.Advice) == 0 || mine.Handoff != "" || len(theirs.Advice) != 0 || theirs.Handoff == "" {
		t.Errorf("the owner says it and the other side hands over: %v and %v", mine, theirs)
	}
	if !first.ValidUntil.AsTime().Equal(second.ValidUntil.AsTime()) || !first.DecidedAt.AsTime().Equal(second.DecidedAt.AsTime()) {
		t.Error("the two were decided at different times")
	}
	other := clinic.overGRPC(t, sleepless(pb.Asker_ASKER_PROVIDER, "member-2"))
	if other.DecisionId == first.DecisionId || other.Cache.Status != pb.Cache_MISS {
		t.Error("another member got the same decision")
	}
	changed := sleepless(pb.Asker_ASKER_PROVIDER, "member-1")
	changed.Context.BenefitAvailable = nil
	if d := clinic.overGRPC(t, changed); d.DecisionId == first.DecisionId || d.Recommendations[0].Sender == pb.Sender_SENDER_INSURER {
		t.Errorf("without the benefit the old decision stands: %v", d)
	}
	told := sleepless(pb.Asker_ASKER_PROVIDER, "member-1")
	told.Context.AgeYears, told.Context.LocalHour = ptr[int32](50), ptr[int32](11) // no rule of this topic reads these
	if d := clinic.overGRPC(t, told); d.DecisionId != first.DecisionId {
		t.Error("facts that no rule can tell apart made another decision")
	}
	fresh := sleepless(pb.Asker_ASKER_PROVIDER, "member-1")
	fresh.Consistency = pb.RecommendRequest_FRESH
	anew := clinic.overGRPC(t, fresh)
	if after := portal.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "member-1")); anew.DecisionId == first.DecisionId || after.DecisionId != anew.DecisionId {
		t.Error("a fresh decision is not the one that both sides get from then on")
	}
}

// TestNobodyInParticularCostsNoRoundTrip asks without a member.
func TestNobodyInParticularCostsNoRoundTrip(t *testing.T) {
	redis := storetest.StartRedis(t)
	n := start(t, sharing(redis))
	for range 5 {
		if d := n.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "")); d.Cache.Status != pb.Cache_BYPASS {
			t.Errorf("the cache says %v", d.Cache.Status)
		}
	}
	if all := n.metrics(t); !strings.Contains(all, "rightvoice_memory_round_trips_total 0\n") || !strings.Contains(all, "rightvoice_records_written_total 0\n") {
		t.Error("Redis was asked about nobody")
	}
}

// TestServersNeedOneSecret holds that entries of a server with another secret
// are neither found nor believed.
func TestServersNeedOneSecret(t *testing.T) {
	redis := storetest.StartRedis(t)
	one := start(t, sharing(redis))
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("another secret, of another pair of servers\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := start(t, func(c *config.Config) {
		parsed, err := config.Parse([]string{"--redis-url", redis.URL(), "--secret-file", file}, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.RedisURL, c.Key, c.RedisBudget = parsed.RedisURL, parsed.Key, time.Second
	})
	a, b := one.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "m")), other.overGRPC(t, sleepless(pb.Asker_ASKER_INSURER, "m"))
	if a.DecisionId == b.DecisionId || b.Cache.Status != pb.Cache_MISS {
		t.Errorf("servers with different secrets share: %v", b.Cache.Status)
	}
}

// TestOneServerRemembersWithoutRedis is sharing with the embedded store.
func TestOneServerRemembersWithoutRedis(t *testing.T) {
	n := start(t, nil)
	first := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "member-1"))
	second := n.overGRPC(t, sleepless(pb.Asker_ASKER_PROVIDER, "member-1"))
	if first.DecisionId != second.DecisionId || second.Cache.Status != pb.Cache_HIT {
		t.Errorf("%s %v, then %s %v", first.DecisionId, first.Cache.Status, second.DecisionId, second.Cache.Status)
	}
}

// TestAMixedQuestionHasTwoOwners asks about two things at once.
func TestAMixedQuestionHasTwoOwners(t *testing.T) {
	n := start(t, nil)
	d := n.overREST(t, &pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED, Text: "my knee hurts, is PT covered?"})
	var senders []pb.Sender
	for _, r := range d.Recommendations {
		senders = append(senders, r.Sender)
	}
	if !slices.Equal(senders, []pb.Sender{pb.Sender_SENDER_PROVIDER, pb.Sender_SENDER_INSURER}) {
		t.Errorf("the owners are %v", senders)
	}
}
