package redisstore

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

const (
	writeBatch   = 128                    // records in one round trip
	writeTimeout = 500 * time.Millisecond // of one round trip
	writePause   = 250 * time.Millisecond // after one that failed
)

// waiting is a record that is not written yet.
type waiting struct {
	tenant         string
	names, indexes []string // by secret, the newest first; no index without a member
	line           memory.Listed
	plain          []byte
}

// writer writes records behind the answers. It keeps them in a map, so that
// they can be read meanwhile, and in the order in which they came.
type writer struct {
	client    redis.UniversalClient
	keys      *memory.Keyring
	ttl       time.Duration
	perMember int
	bound     int

	mu      sync.Mutex
	order   []*waiting // the first are being written
	byName  map[string]*waiting
	writing int           // of order, the first so many are being written
	batch   chan struct{} // closed when they have been, or could not be; nil if none are
	closing bool

	wake chan struct{} // holds one
	stop chan struct{} // closed once: write what is left and end
	done chan struct{}
	halt context.CancelFunc // gives up what is being written
	ctx  context.Context

	written, dropped atomic.Uint64
}

func newWriter(client redis.UniversalClient, o Options) *writer {
	w := &writer{
		client: client, keys: o.Keys, ttl: o.RecordTTL, perMember: o.PerMember, bound: o.Queue,
		byName: map[string]*waiting{}, wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	w.ctx, w.halt = context.WithCancel(context.Background())
	go w.run()
	return w
}

// Record keeps a decision to be looked up: at once on this server, and on all
// soon. It never waits and does not keep r itself. If too many are waiting the
// record is dropped and counted, and Record reports false.
func (s *Store) Record(r memory.Record) bool { return s.writer.add(&r) }

func (w *writer) add(r *memory.Record) bool {
	it := &waiting{tenant: r.Tenant, names: w.keys.RecordNames(r.Tenant, r.DecisionID), line: memory.Listed{At: r.DecidedAt.UnixMilli(), ID: r.DecisionID}}
	var owner string
	if r.Member != "" {
		it.indexes = w.keys.IndexNames(r.Tenant, r.Member)
		owner = w.keys.Owners(it.indexes)
	}
	it.plain = memory.AppendRecord(nil, owner, r)
	w.mu.Lock()
	full := w.closing || len(w.order) >= w.bound
	if !full {
		w.order = append(w.order, it)
		w.byName[it.names[0]] = it
	}
	w.mu.Unlock()
	if full {
		w.dropped.Add(1)
		return false
	}
	select {
	case w.wake <- struct{}{}:
	default: // awake already
	}
	return true
}

// find is the waiting record of this name.
func (w *writer) find(name string) (*waiting, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	it, ok := w.byName[name]
	return it, ok
}

// list is the lines of the waiting records in this index.
func (w *writer) list(index string) (lines []memory.Listed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, it := range w.order {
		if len(it.indexes) > 0 && it.indexes[0] == index {
			lines = append(lines, it.line)
		}
	}
	return lines
}

// run writes until it is told to stop, and then what is left.
func (w *writer) run() {
	defer close(w.done)
	for stopping := false; ; {
		if batch := w.next(); len(batch) > 0 {
			ok := w.write(batch)
			w.rest()
			if !ok && !w.pause() {
				return
			}
			continue
		}
		if stopping {
			return
		}
		select {
		case <-w.wake:
		case <-w.stop:
			stopping = true
		}
	}
}

// pause waits before the next try, and reports whether there is to be one.
func (w *writer) pause() bool {
	select {
	case <-time.After(writePause):
		return true
	case <-w.ctx.Done():
		return false
	}
}

// next is the oldest records; they stay where they are until they are written.
func (w *writer) next() []*waiting {
	w.mu.Lock()
	defer w.mu.Unlock()
	batch := w.order[:min(len(w.order), writeBatch)]
	if w.writing = len(batch); w.writing > 0 {
		w.batch = make(chan struct{})
	}
	return batch
}

// rest ends the writing of a batch.
func (w *writer) rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.batch)
	w.batch, w.writing = nil, 0
}

// write writes a batch, and reports whether it is done with. Only if Redis is
// down it is not; what Redis refuses otherwise it would refuse again.
func (w *writer) write(batch []*waiting) bool {
	ctx, cancel := context.WithTimeout(w.ctx, writeTimeout)
	defer cancel()
	sets := make([]redis.Cmder, len(batch))
	var asks []*ask
	var of []*waiting
	for i, it := range batch {
		sets[i] = redis.NewStatusCmd(ctx, "set", it.names[0], w.keys.Seal(it.names[0], it.plain), "px", w.ttl.Milliseconds())
		if len(it.indexes) > 0 {
			asks, of = append(asks, w.enlist(it)), append(of, it)
		}
	}
	lists := pipelined(ctx, w.client, asks, sets...)
	for _, set := range sets {
		if down(set.Err()) {
			return false
		}
	}
	drops := w.client.Pipeline()
	for i, list := range lists {
		ids, err := list.StringSlice()
		if down(err) {
			return false
		}
		for _, id := range ids {
			w.drop(ctx, drops, of[i].tenant, id)
			drops.ZRem(ctx, of[i].indexes[0], id)
		}
	}
	if !done(ctx, drops) {
		return false
	}
	w.forget(len(batch))
	w.written.Add(uint64(len(batch)))
	return true
}

// enlist puts a record into its member's list, and the oldest out.
func (w *writer) enlist(it *waiting) *ask {
	return &ask{enlistScript, []string{it.indexes[0]}, []any{it.line.At, it.line.ID, w.perMember, w.ttl.Milliseconds()}}
}

// drop deletes the record of a decision and the feedback on it.
func (w *writer) drop(ctx context.Context, pipe redis.Pipeliner, tenant, id string) {
	for _, name := range w.keys.RecordNames(tenant, id) {
		pipe.Del(ctx, name, memory.FeedbackName(name))
	}
}

// done runs a pipeline, and reports whether Redis was there for all of it.
func done(ctx context.Context, pipe redis.Pipeliner) bool {
	if pipe.Len() == 0 {
		return true
	}
	commands, _ := pipe.Exec(ctx) // each command has its own error
	for _, c := range commands {
		if down(c.Err()) {
			return false
		}
	}
	return true
}

// forget removes the n oldest records, which are written now.
func (w *writer) forget(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, it := range w.order[:n] {
		if w.byName[it.names[0]] == it {
			delete(w.byName, it.names[0])
		}
	}
	clear(w.order[:n])
	w.order = w.order[n:]
	if len(w.order) == 0 {
		w.order = nil // let go of what a burst needed
	}
}

func (w *writer) stats(st *memory.Stats) {
	w.mu.Lock()
	st.RecordsPending = len(w.order)
	w.mu.Unlock()
	st.RecordsWritten, st.RecordsDropped = w.written.Load(), w.dropped.Load()
}

// close writes what is left until ctx ends, and drops the rest.
func (w *writer) close(ctx context.Context) error {
	w.mu.Lock()
	again := w.closing
	w.closing = true
	w.mu.Unlock()
	if !again {
		close(w.stop)
	}
	select {
	case <-w.done:
	case <-ctx.Done():
		w.halt()
		<-w.done
	}
	w.halt()
	w.mu.Lock()
	left := len(w.order)
	w.mu.Unlock()
	if left == 0 {
		return nil
	}
	w.forget(left)
	w.dropped.Add(uint64(left))
	return fmt.Errorf("%d records could not be written before closing", left)
}
