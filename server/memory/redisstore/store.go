package redisstore

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Store is safe for concurrent use.
type Store struct {
	client  redis.UniversalClient
	keys    *memory.Keyring
	budget  time.Duration
	lookup  time.Duration
	lanes   []*lane
	writer  *writer
	stop    context.CancelFunc
	copies  *copies
	now     func() time.Time
	ledgers *ledgers

	hits, misses, unavailable, staleClaims, learned, repaired, roundTrips, opened atomic.Uint64
}

// Lanes by topology: one goroutine fills the pipe to one server, and a Cluster
// needs some more so that one node can be away without the others.
const (
	serverLanes  = 1
	clusterLanes = 16
)

// Open makes a store and connects behind the caller's back. It fails only if
// the options are wrong.
func Open(o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	to, err := parseURL(o.URL)
	if err != nil {
		return nil, fmt.Errorf("redisstore: %w", err)
	}
	// The client writes lines of its own to standard error, several a second
	// while Redis is away. What matters of them is in Stats and in o.Log.
	logging.Disable()
	client := newClient(to, o)
	copies, err := newCopies()
	if err != nil {
		return nil, fmt.Errorf("redisstore: %w", err)
	}
	ledgers, err := newLedgers()
	if err != nil {
		return nil, fmt.Errorf("redisstore: %w", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	s := &Store{client: client, keys: o.Keys, budget: o.Budget, lookup: o.LookupTimeout, stop: stop, copies: copies, ledgers: ledgers, now: o.Now}
	if s.now == nil {
		s.now = time.Now
	}
	n := serverLanes
	if to.cluster {
		n = clusterLanes
	}
	for i := range n {
		l := &lane{
			client: client, budget: o.Budget, probeName: probeName(i, n), log: o.Log,
			queue: make(chan *call, laneQueue), stop: stopped, done: make(chan struct{}),
			roundTrips: &s.roundTrips, opened: &s.opened,
		}
		s.lanes = append(s.lanes, l)
		go l.run()
	}
	s.writer = newWriter(client, o)
	return s, nil
}

func (s *Store) lane(name string) *lane {
	if len(s.lanes) == 1 {
		return s.lanes[0]
	}
	return s.lanes[laneOf(name, len(s.lanes))]
}

// Stats is what the store did since it was opened.
func (s *Store) Stats() memory.Stats {
	st := memory.Stats{
		Hits: s.hits.Load(), Misses: s.misses.Load(), Unavailable: s.unavailable.Load(),
		Changed: s.staleClaims.Load(), Learned: s.learned.Load(), Repaired: s.repaired.Load(),
		RoundTrips: s.roundTrips.Load(), Opened: s.opened.Load(),
		ContactsShown: s.ledgers.shown.Load(), ContactsOver: s.ledgers.over.Load(), ContactsLost: s.ledgers.lost.Load(),
	}
	for _, l := range s.lanes {
		if l.open.Load() {
			st.Open++
		}
	}
	s.writer.stats(&st)
	return st
}

// Close writes the records that are waiting, until ctx ends, and disconnects.
// Those that it could not write are dropped, counted, and an error. Claims are
// UNAVAILABLE from then on.
func (s *Store) Close(ctx context.Context) error {
	err := s.writer.close(ctx)
	s.stop()
	for _, l := range s.lanes {
		<-l.done
		l.open.Store(true)
		l.refuse()
	}
	s.copies.close()
	s.ledgers.close()
	if closed := s.client.Close(); !errors.Is(closed, redis.ErrClosed) {
		err = errors.Join(err, closed)
	}
	return err
}
