package recommend

import (
	"os"
	"strconv"
	"testing"

	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// TestG20CapsHoldOverServers sends to few members at once, through two servers on
// one Redis that keeps what it acknowledged, and that is killed and ended in order
// meanwhile: nobody is shown more than the caps allow, and Redis counted exactly
// what was shown. RIGHTVOICE_SOAK tells a million times.
func TestG20CapsHoldOverServers(t *testing.T) {
	redis := storetest.StartRedis(t, "--appendonly", "yes", "--appendfsync", "always")
	f := newFleet(t, redis, 30)
	kill, end := func() { redis.Restart(t) }, func() { redis.RestartInOrder(t) }
	restarts := []func(){kill, end}
	switch {
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		f.members, f.tells = 1000, 1_000_000
		restarts = []func(){kill, end, kill, end, kill, end, kill, end}
	case testing.Short():
		f.tells = 1500
	default:
		f.tells = 5000
	}
	f.run(t, restarts...)
	got := f.audit(t)
	t.Logf("after %d restarts: %+v", len(restarts), got)
	if got != (audit{messages: got.messages, items: got.items}) {
		t.Error("a cap was gone over, or what was acknowledged is not what is counted")
	}
}

// TestG20LostCountsAreReported has a Redis that loses what it acknowledged, some or
// all of it: caps may be gone over then, by members whose counts were lost and by
// no other, and the servers say so.
func TestG20LostCountsAreReported(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		lose func(*storetest.Server)
	}{
		"the end of its log": {[]string{"--appendonly", "yes"}, func(s *storetest.Server) { s.RestartWithLoss(t, 200_000) }},
		"everything":         {nil, func(s *storetest.Server) { s.Restart(t) }},
	} {
		t.Run(name, func(t *testing.T) {
			redis := storetest.StartRedis(t, c.args...)
			f := newFleet(t, redis, 20)
			f.tells = 1000
			f.run(t)
			if got := f.audit(t); got != (audit{messages: got.messages, items: got.items}) {
				t.Fatalf("before anything is lost: %+v", got)
			}
			f.late = nil // their records may be lost too
			c.lose(redis)
			f.run(t)
			got := f.audit(t)
			t.Logf("%+v", got)
			if got.lost == 0 || got.reportedLost == 0 || got.overUnexplained > 0 || got.over > 0 && got.reportedLost == 0 {
				t.Error("nothing was lost, or it is not reported")
			}
		})
	}
}

// audit compares what the senders know with what Redis and the servers say.
type audit struct {
	messages, items int // that were acknowledged as shown
	over            int // messages that were one too many
	overUnexplained int // of them, to members of whom nothing was lost
	lost, twice     int // items that are missing in the counts of Redis, or too many
	reportedOver    int
	reportedLost    uint64
}

func (f *fleet) audit(t *testing.T) (out audit) {
	t.Helper()
	for member, all := range f.shown {
		items := 0
		for i := range all {
			items += len(all[i].advice)
		}
		counted := f.counted(t, member)
		over := overCaps(all)
		out.messages, out.items, out.over = out.messages+len(all), out.items+items, out.over+over
		out.lost, out.twice = out.lost+max(0, items-counted), out.twice+max(0, counted-items)
		if items == counted {
			out.overUnexplained += over
		}
	}
	out.reportedOver = int(f.over.Load())
	for _, s := range f.stores {
		out.reportedLost += s.Stats().ContactsLost
	}
	return out
}

// counted is how many items were ever shown to a member, as Redis has it.
func (f *fleet) counted(t *testing.T, member string) int {
	t.Helper()
	n, _ := f.redis.MustDo(t, "HGET", f.keys.LedgerNames(DefaultTenant, member)[0], "#").(string)
	if n == "" {
		return 0
	}
	count, err := strconv.Atoi(n)
	if err != nil {
		t.Fatal(err)
	}
	return count
}
