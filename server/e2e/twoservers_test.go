package e2e

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// order is an order to publish what was begun from a version; without a content
// it is a look at the version in force.
type order struct {
	base    uint32
	content string
}

// inForce is the version that was published or seen; nothing if the order was
// refused because another version had come.
type inForce struct {
	number  uint32
	content string
}

// history is what publishers did and saw, with when.
type history struct {
	mu   sync.Mutex
	done []porcupine.Operation
}

func (h *history) add(worker int, o order, do func() inForce) inForce {
	begun := time.Now().UnixNano()
	got := do()
	ended := time.Now().UnixNano()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, porcupine.Operation{ClientId: worker, Input: o, Call: begun, Output: got, Return: ended})
	return got
}

// oneAfterTheOther reports whether all of it could have happened one after the
// other, from a version on, each version standing on the one before.
func (h *history) oneAfterTheOther(from inForce) bool {
	return porcupine.CheckOperations(porcupine.Model{
		Init: func() any { return from },
		Step: func(state, input, output any) (bool, any) {
			at, o, got := state.(inForce), input.(order), output.(inForce)
			switch {
			case o.content == "":
				return got == at, at
			case got.number == 0:
				return at.number != o.base, at
			}
			return at.number == o.base && got == inForce{o.base + 1, o.content}, got
		},
	}, h.done)
}

// pair is two servers in processes of their own, on one Redis. The first one may
// be killed.
type pair struct {
	t    *testing.T
	both [2]*victim
	h    history

	first sync.Once // who kills the first one
}

// TestTwoServersOnOneRedis publish and are killed; what the one did the other one
// knows.
func TestTwoServersOnOneRedis(t *testing.T) {
	url := storetest.StartRedis(t, "--appendonly", "yes").URL()
	dirs := [2]string{t.TempDir(), t.TempDir()}
	p := &pair{t: t, both: [2]*victim{startVictim(t, dirs[0], url, 0), startVictim(t, dirs[1], url, 0)}}
	p.both[0].editors.live(t)
	p.answersSoon()
	p.shared()
	now := p.both[1].editors.live(t)
	from := inForce{now.Number, now.Digest}
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() { p.publishes(worker) })
	}
	all.Wait()
	if t.Failed() {
		return
	}
	if !p.h.oneAfterTheOther(from) {
		t.Error("publishes and looks cannot have happened one after the other")
	}
	versions, err := p.both[1].editors.ListVersions(as("ana"), &pb.ListVersionsRequest{})
	must(t, err)
	if n := versions.Versions[0].Number; n != from.number+8 {
		t.Errorf("version %d after 8 publishes from %d on", n, from.number)
	}
	for i, v := range versions.Versions {
		if v.Number != versions.Versions[0].Number-uint32(i) {
			t.Errorf("place %d of the history has version %d", i, v.Number)
		}
	}
	if _, err := approvedBy(p.both[0].editors, "A class."); status.Code(err) != codes.Unavailable {
		t.Errorf("the first server lives: %v", err)
	}
	p.both[0].kill()
	p.both[0].verified(t, 2)
	p.both[0] = startVictim(t, dirs[0], url, 0)
	if v := p.both[0].editors.live(t); v.Number != versions.Versions[0].Number {
		t.Errorf("the server that was killed found version %d", v.Number)
	}
	t.Logf("%d publishes and looks", len(p.h.done))
}

// answersSoon publishes on the first and asks the second.
func (p *pair) answersSoon() {
	t := p.t
	v := p.both[0].editors.publish(t, newText)
	limit := 3 * time.Second
	if testing.Short() { // the race detector makes compiling many times as slow
		limit = time.Minute
	}
	began := time.Now()
	for p.both[1].ask(t).Revision != v.Revision {
		if time.Since(began) > limit {
			t.Fatalf("the other server does not answer by version %d after %v", v.Number, limit)
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Logf("the other server answers %v after the publish", time.Since(began))
}

// shared: both give one decision for one member.
func (p *pair) shared() {
	t := p.t
	in := sleepless(pb.Asker_ASKER_INSURER, "one-member")
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		a, err := p.both[0].grpc.Recommend(t.Context(), in)
		must(t, err)
		b, err := p.both[1].grpc.Recommend(t.Context(), in)
		must(t, err)
		if a.DecisionId == b.DecisionId && a.Revision == b.Revision {
			return
		}
		if time.Since(began) > time.Minute { // a busy Redis may be too slow for a while
			t.Fatalf("%v and %v", a, b)
		}
	}
}

// publishes publishes one content, and begins again whenever someone else was
// quicker. Half of them begin on the first server, and go to the second one with
// what was not answered.
func (p *pair) publishes(worker int) {
	for try := 0; try < 200; try++ {
		d := p.approved(worker, fmt.Sprintf("Class number %d is good for sleep.", worker))
		if d == nil {
			return
		}
		request := fmt.Sprintf("w%d-%d", worker, try)
		if try == 1 { // by now others publish, too
			p.first.Do(func() { time.AfterFunc(rand.N(50*time.Millisecond), func() { _ = p.both[0].process.Process.Kill() }) })
		}
		got := p.h.add(worker, order{d.BaseVersion, d.Etag}, func() inForce { return p.publish(worker, d, request) })
		p.h.add(worker, order{}, p.look)
		if got.number > 0 || p.t.Failed() {
			return
		}
	}
	p.t.Error("a publisher never had its turn")
}

// via is the server that somebody uses at a try.
func (p *pair) via(worker, try int) *victim { return p.both[min(1, worker%2+try)] }

// publish publishes a draft; what is not answered is sent again until it is.
func (p *pair) publish(worker int, d *pb.Draft, request string) inForce {
	for try := 0; try < 100; try++ {
		v, err := p.via(worker, try).publish(p.t, d, request)
		switch status.Code(err) {
		case codes.OK:
			return inForce{v.Number, v.Digest}
		case codes.FailedPrecondition: // overtaken
			return inForce{}
		case codes.Unavailable, codes.ResourceExhausted, codes.DeadlineExceeded:
			time.Sleep(20 * time.Millisecond)
		default:
			p.t.Error(err)
			return inForce{}
		}
	}
	p.t.Error("a publish was never answered")
	return inForce{}
}

// look is the version in force, as the second server knows it.
func (p *pair) look() inForce {
	out, err := p.both[1].editors.GetVersion(as("ana"), &pb.GetVersionRequest{})
	if err != nil {
		p.t.Error(err)
		return inForce{}
	}
	return inForce{out.Version.Number, out.Version.Digest}
}

// approved is a draft from the version in force; nil if that could not be.
func (p *pair) approved(worker int, text string) *pb.Draft {
	for try := 0; try < 100; try++ {
		d, err := approvedBy(p.via(worker, try).editors, text)
		if err == nil {
			return d
		}
		if c := status.Code(err); c != codes.Unavailable && c != codes.DeadlineExceeded && c != codes.ResourceExhausted {
			p.t.Error(err)
			return nil
		}
	}
	p.t.Error("a draft was never approved")
	return nil
}

// approvedBy is what editors.approved does, on a server that may die.
func approvedBy(e editors, text string) (*pb.Draft, error) {
	made, err := e.CreateDraft(as("ana"), &pb.CreateDraftRequest{})
	if err != nil {
		return nil, err
	}
	id := made.Draft.DraftId
	edited, err := e.EditDraft(as("ana"), &pb.EditDraftRequest{DraftId: id, Etag: made.Draft.Etag, Operations: []*pb.EditOperation{sleepSays(text)}})
	if err != nil {
		return nil, err
	}
	etag := edited.Draft.Etag
	if etag == made.Draft.Etag {
		return nil, errors.New("that content is in force already")
	}
	if _, err = e.SubmitDraft(as("ana"), &pb.SubmitDraftRequest{DraftId: id, Etag: etag}); err != nil {
		return nil, err
	}
	out, err := e.ApproveDraft(as("ben"), &pb.ApproveDraftRequest{DraftId: id, Etag: etag})
	if err != nil {
		return nil, err
	}
	return out.Draft, nil
}
