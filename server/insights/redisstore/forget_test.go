package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
	suite "github.com/rightvoice/rightvoice/server/insights/storetest"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// marks lists what Redis has of members: the sets of those who took part, and of
// their events.
func marks(t testing.TB, server *storetest.Server) (out []string) {
	t.Helper()
	for _, k := range server.MustDo(t, "KEYS", "*").([]any) {
		name := fmt.Sprint(k)
		switch {
		case strings.Contains(name, "}:nm"):
			for _, m := range server.MustDo(t, "SMEMBERS", name).([]any) {
				out = append(out, name+" "+fmt.Sprint(m))
			}
		case strings.Contains(name, "}:nx"):
			out = append(out, name+" "+fmt.Sprint(server.MustDo(t, "ZRANGE", name, "0", "-1")))
		}
	}
	slices.Sort(out)
	return out
}

// TestForgetUnderEverySecret: marks go that were made before, while and after the
// secret was changed, also where one set has more than one scan returns.
func TestForgetUnderEverySecret(t *testing.T) {
	server := storetest.StartRedis(t)
	ctx := context.Background()
	before, during, after := open(t, server.URL(), old), open(t, server.URL(), young, old), open(t, server.URL(), young)
	var others []feedback.Event
	for i := range 3000 {
		e := suite.Event(fmt.Sprint("o", i%40), fmt.Sprint("o", i), feedback.Shown)
		e.About.Language = fmt.Sprint(i % 500)
		others = append(others, e)
	}
	if err := before.Count(ctx, others); err != nil {
		t.Fatal(err)
	}
	was := marks(t, server)
	for i, s := range []*Store{before, during, after} {
		for j := range 5 {
			e := suite.Event("m", fmt.Sprint("d", i, j), feedback.Shown)
			e.About.Variant = fmt.Sprint(j)
			e.At = suite.March.AddDate(0, -3*j, 0)
			if err := s.Count(ctx, []feedback.Event{e}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := len(marks(t, server)) - len(was); n < 12 {
		t.Fatalf("only %d marks of the member, so this test shows nothing", n)
	}
	if err := during.Forget(ctx, "default", "m"); err != nil {
		t.Fatal(err)
	}
	if got := marks(t, server); !slices.Equal(got, was) {
		t.Errorf("%d marks before the member came, %d after it was forgotten", len(was), len(got))
	}
}

func TestForgetWithoutRedis(t *testing.T) {
	server := storetest.StartRedis(t)
	s := open(t, server.URL(), old)
	server.Stop(t)
	if err := s.Forget(context.Background(), "default", "m"); err == nil || strings.Contains(err.Error(), "127.0.0.1") {
		t.Error(err)
	}
}

// TestSeenEnds: what is remembered of a member's events does not grow for ever.
func TestSeenEnds(t *testing.T) {
	server := storetest.StartRedis(t)
	s := open(t, server.URL(), old)
	if err := s.Count(context.Background(), []feedback.Event{suite.Event("m", "d1", feedback.Shown)}); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprint(server.MustDo(t, "KEYS", "*}:nx*").([]any)[0])
	server.MustDo(t, "ZADD", name, "1000000000", "an event of long ago")
	if err := s.Count(context.Background(), []feedback.Event{suite.Event("m", "d2", feedback.Shown)}); err != nil {
		t.Fatal(err)
	}
	if got := server.MustDo(t, "ZRANGE", name, "0", "-1").([]any); len(got) != 2 {
		t.Errorf("%d events are remembered, not 2", len(got))
	}
}
