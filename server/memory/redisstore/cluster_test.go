package redisstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// TestOneNodeAway hangs the second of three nodes: members of the others go on
// as before, and its own members wait no longer than for any Redis that hangs.
func TestOneNodeAway(t *testing.T) {
	nodes := storetest.StartCluster(t)
	s := connect(t, Options{URL: "redis://" + nodes[0].Addr + "," + nodes[2].Addr})
	closing(t, s)
	nodes[1].Pause(t)
	var waits []time.Duration
	others, shared, open := 0, 0, 0
	for i := range 600 {
		key := storetest.Key(t, fmt.Sprint(i))
		name := s.keys.SharedName(&key)
		of := slot(name) * 3 / slots
		start := time.Now()
		_, status, _ := storetest.Claim(context.Background(), s, key, storetest.Entry("d"), time.Hour)
		switch took := time.Since(start); {
		case of == 1 && status != memory.Unavailable:
			t.Fatalf("a node that hangs answered %v", status)
		case of == 1:
			waits = append(waits, took)
		case laneOf(name, clusterLanes) == 5 || laneOf(name, clusterLanes) == 10: // shared with the second node
		default:
			if others++; status == memory.Miss {
				shared++
			}
		}
	}
	open = s.Stats().Open
	if m := median(waits); m > busy*extra || len(waits) < 100 {
		t.Errorf("%d members of the node that hangs wait %v", len(waits), m)
	}
	if shared < others*9/10 || others < 200 {
		t.Errorf("%d of %d members of other nodes share", shared, others)
	}
	if open < 4 || open > 6 {
		t.Errorf("%d lanes are open, want those of the node that hangs", open)
	}
	nodes[1].Resume(t)
	if took := awaitSharing(t, s); took > back {
		t.Errorf("shared again after %v", took)
	}
}
