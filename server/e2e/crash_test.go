package e2e

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// inEachStore runs a test of crashes on both stores of revisions.
func inEachStore(t *testing.T, test func(t *testing.T, c *crashes)) {
	t.Run("folder", func(t *testing.T) {
		test(t, &crashes{t: t, dir: t.TempDir(), says: map[string]string{}, texts: map[string]string{}})
	})
	t.Run("redis", func(t *testing.T) {
		test(t, &crashes{t: t, dir: t.TempDir(), redis: storetest.StartRedis(t, "--appendonly", "yes").URL(), says: map[string]string{}, texts: map[string]string{}})
	})
}

// crashes is one server after the other on the same data.
type crashes struct {
	t            *testing.T
	dir, redis   string
	v            *victim
	acknowledged uint32
	texts        map[string]string // what the advice on sleep says, by content
	says         map[string]string // and by revision, once it is known
}

// begin starts the first server.
func (c *crashes) begin() {
	c.v = startVictim(c.t, c.dir, c.redis, 0)
	now := c.v.editors.live(c.t)
	c.acknowledged = now.Number
	c.texts[now.Digest] = sleepText(c.answered(now))
	c.says[now.Revision] = c.texts[now.Digest]
}

// answered waits for an answer by the version in force. What comes before, from a
// version that was in force before, is that version's own.
func (c *crashes) answered(now *pb.Version) *pb.Decision {
	c.t.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		d := c.v.ask(c.t)
		if want, known := c.says[d.Revision]; known && sleepText(d) != want {
			c.t.Fatalf("%s says %q, want %q", d.Revision, sleepText(d), want)
		}
		if d.Revision == now.Revision {
			return d
		}
		if time.Since(began) > time.Minute {
			c.t.Fatalf("%s answers, and version %v is in force", d.Revision, now)
		}
	}
}

// again kills the server, if it lives, starts the next one and checks what it
// found: the version that was acknowledged last, or the one that was on its way.
func (c *crashes) again(step int, coming string) {
	c.t.Helper()
	c.v.kill()
	c.v.verified(c.t, c.acknowledged)
	c.v = startVictim(c.t, c.dir, c.redis, step)
	now := c.v.editors.live(c.t)
	if now.Number < c.acknowledged || now.Number > c.acknowledged+1 {
		c.t.Fatalf("version %d is in force, and %d was acknowledged", now.Number, c.acknowledged)
	}
	if now.Number > c.acknowledged && coming != "" && now.Digest != coming {
		c.t.Fatalf("version %d is not what was being published", now.Number)
	}
	if c.says[now.Revision] = c.texts[now.Digest]; c.says[now.Revision] == "" {
		c.t.Fatalf("version %d is a content that nobody published", now.Number)
	}
	c.answered(now)
	if now.Number > c.acknowledged {
		c.v.verified(c.t, now.Number)
	}
	c.acknowledged = now.Number
}

// TestKilledAtEachStepOfAPublish lets a server kill itself at one step of a
// publish over REST after the other, until a publish has no more steps.
func TestKilledAtEachStepOfAPublish(t *testing.T) {
	stride := 1
	if testing.Short() {
		stride = 8
	}
	inEachStore(t, func(t *testing.T, c *crashes) {
		c.begin()
		step := 1
		for ; ; step += stride {
			c.again(step, "")
			text := fmt.Sprintf("Your plan has %d classes for better sleep.", step)
			d := c.v.editors.approved(t, text)
			c.texts[d.Etag] = text
			v, err := c.v.publish(t, d, fmt.Sprint("step", step))
			if err == nil {
				c.acknowledged = v.Number
				break
			}
			c.again(0, d.Etag)
			// Sent once more, it is done once.
			v, err = c.v.publish(t, d, fmt.Sprint("step", step))
			if err != nil || v.Digest != d.Etag || v.Number > c.acknowledged+1 {
				t.Fatalf("sent again after step %d: %v %v", step, v, err)
			}
			c.acknowledged = v.Number
		}
		if step < 15 {
			t.Errorf("a publish has %d steps", step)
		}
		t.Logf("killed at %d steps", step/stride)
	})
}

// TestKilledWhilePublishing kills a server at random moments while it publishes
// over REST, and starts it again: the old version is in force or the new one,
// never a mix, and none that was acknowledged is lost.
func TestKilledWhilePublishing(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5 // on each store
	}
	inEachStore(t, func(t *testing.T, c *crashes) {
		c.begin()
		d := c.v.editors.approved(t, newText)
		v, err := c.v.publish(t, d, "")
		must(t, err)
		c.acknowledged, c.texts[v.Digest], c.says[v.Revision] = v.Number, newText, newText
		for range rounds {
			dead := time.AfterFunc(time.Duration(rand.IntN(400))*time.Millisecond, func() { _ = c.v.process.Process.Kill() })
			for {
				back, err := c.v.rollBack(t, c.acknowledged-1)
				if err != nil {
					break
				}
				c.acknowledged = back.Number
			}
			dead.Stop()
			c.again(0, "")
		}
		t.Logf("killed %d times within %d versions", rounds, c.acknowledged)
	})
}
