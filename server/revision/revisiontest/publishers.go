package revisiontest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// publish is an order to publish what was begun from a version, or with no
// content a look at the version in force.
type publish struct {
	base    uint64
	content revision.Digest
}

// inForce is the version that was published or seen; nothing if the order was
// refused because another version had come.
type inForce struct {
	number  uint64
	content revision.Digest
}

// tenantModel is what publishing must look like, seen by all at once.
var tenantModel = porcupine.Model{
	Init: func() any { return inForce{1, Small().Digest()} },
	Step: func(state, input, output any) (bool, any) {
		at, p, got := state.(inForce), input.(publish), output.(inForce)
		switch {
		case p.content == "":
			return got == at, at
		case got.number == 0:
			return at.number != p.base, at
		}
		return at.number == p.base && got == inForce{p.base + 1, p.content}, got
	},
}

// publishers lets eight servers publish one draft after the other. Every answer
// must fit one order of them, in which each version stands on the one before,
// no number is given twice, and none is left out.
func publishers(t *testing.T, store revision.Store) {
	each := 3
	if testing.Short() {
		each = 1
	}
	s := Service(t, store)
	_, err := s.Seed(ctx, "ana", "t", Small(), "")
	must(t, err)
	var h history
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			own := Service(t, store)
			for round := range each {
				h.publish(t, own, worker, fmt.Sprint(worker, round))
			}
		})
	}
	all.Wait()
	if !porcupine.CheckOperations(tenantModel, h.done) {
		t.Error("publishes cannot have happened one after the other")
	}
	versions, err := s.Versions(ctx, "t", 0, 0)
	must(t, err)
	if len(versions) != workers*each+1 {
		t.Errorf("%d versions of %d publishes", len(versions), workers*each)
	}
	for i, v := range versions {
		if v.Number != uint64(len(versions)-i) {
			t.Errorf("place %d of the history has version %d", i, v.Number)
		}
	}
}

type history struct {
	mu   sync.Mutex
	done []porcupine.Operation
}

func (h *history) add(worker int, p publish, do func() inForce) inForce {
	begun := time.Now().UnixNano()
	got := do()
	ended := time.Now().UnixNano()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, porcupine.Operation{ClientId: worker, Input: p, Call: begun, Output: got, Return: ended})
	return got
}

// publish publishes one content, and begins again whenever someone else was
// quicker.
func (h *history) publish(t testing.TB, s *revision.Service, worker int, n string) {
	for {
		d := Approved(t, s, "t", edit.Op{Do: edit.WriteFile, File: "policy.yaml", Text: smallPolicy + "# " + n + "\n"})
		got := h.add(worker, publish{d.Base, d.Etag}, func() inForce {
			v, err := s.Publish(ctx, "cy", Seen(d), revision.Order{})
			if err != nil && revision.CodeOf(err) != revision.RebaseNeeded {
				t.Errorf("publish: %v", err)
			}
			return inForce{v.Number, v.Digest}
		})
		h.add(worker, publish{}, func() inForce {
			v, err := s.Current(ctx, "t")
			if err != nil {
				t.Error(err)
			}
			return inForce{v.Number, v.Digest}
		})
		if got.number > 0 || t.Failed() {
			return
		}
	}
}
