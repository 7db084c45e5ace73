package audit

import (
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Options say how a log is kept. The zero value is good.
type Options struct {
	KeyFile         string           // private key of the checkpoints; empty means signing.key in the folder. Made if there is none
	CheckpointEvery int              // records between checkpoints; 0 means 64
	CheckpointAfter time.Duration    // longest time without one while records are unsigned; 0 means a minute
	SegmentSize     int64            // bytes after which a new segment begins; 0 means 4 MiB
	Now             func() time.Time // the clock; nil means time.Now

	// OnCheckpoint is told of every checkpoint, so that it can be kept where
	// those who may write the folder may not. It must not wait long: appends
	// wait for it.
	OnCheckpoint func(Checkpoint)
}

func (o Options) withDefaults(dir string) Options {
	if o.KeyFile == "" {
		o.KeyFile = filepath.Join(dir, keyFile)
	}
	if o.CheckpointEvery <= 0 {
		o.CheckpointEvery = 64
	}
	if o.CheckpointAfter <= 0 {
		o.CheckpointAfter = time.Minute
	}
	if o.SegmentSize <= 0 {
		o.SegmentSize = 4 << 20
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OnCheckpoint == nil {
		o.OnCheckpoint = func(Checkpoint) {}
	}
	return o
}

// PublicKeyFile is where the public key of a log in dir lies unless its private
// key was put elsewhere, and CheckpointFile its latest checkpoint.
func PublicKeyFile(dir string) string { return filepath.Join(dir, publicFile) }

// CheckpointFile is where the latest checkpoint of a log in dir lies.
func CheckpointFile(dir string) string { return filepath.Join(dir, "checkpoint") }

// Log is an open log. It is safe for concurrent use; one process at a time may
// have it open.
type Log struct {
	o    Options
	dir  string
	key  ed25519.PrivateKey
	lock *os.File

	mu       sync.Mutex
	chain    chain
	pending  *batch
	unsigned int       // records since the last checkpoint
	oldest   time.Time // when the first of them came
	closed   bool
	failed   error // a write that did not reach the disk: nothing may follow it

	wake    chan struct{}
	ended   chan struct{}
	segment *os.File // of the committer alone
	size    int64
}

// chain is where the next record goes.
type chain struct {
	id   [16]byte
	seq  uint64 // of the last record
	hash [32]byte
}

// batch is the records that share one fsync.
type batch struct {
	first      uint64
	bytes      []byte
	checkpoint *Checkpoint // of the state after it
	done       chan struct{}
	err        error // to be read after done
}

// ErrClosed is returned by Append after Close.
var ErrClosed = errors.New("audit: the log is closed")

// Append records an entry and returns when it is on the disk. If it returns an
// error, the entry may or may not be found later; after a failed write no entry
// is taken any more, since it could not be told what the disk holds.
func (l *Log) Append(e Entry) (Record, error) {
	if err := e.check(); err != nil {
		return Record{}, err
	}
	l.mu.Lock()
	if err := l.usable(); err != nil {
		l.mu.Unlock()
		return Record{}, err
	}
	r := Record{Entry: e}
	b := l.add(&r)
	l.signal()
	l.mu.Unlock()
	<-b.done
	return r, b.err
}

func (l *Log) usable() error {
	if l.closed {
		return ErrClosed
	}
	return l.failed
}

// add puts a record at the end of the chain and into the next batch.
func (l *Log) add(r *Record) *batch {
	if l.pending == nil {
		l.pending = &batch{first: l.chain.seq + 1, done: make(chan struct{})}
	}
	r.At = l.o.Now().UTC().Truncate(time.Microsecond)
	r.Seq, r.Prev = l.chain.seq+1, l.chain.hash
	l.pending.bytes = appendRecord(l.pending.bytes, r)
	l.chain.seq, l.chain.hash = r.Seq, r.Hash
	if l.unsigned++; l.unsigned == 1 {
		l.oldest = r.At
	}
	return l.pending
}

// signal wakes the committer. Whoever calls it holds mu, so that wake is open.
func (l *Log) signal() {
	select {
	case l.wake <- struct{}{}:
	default: // it is awake
	}
}

// Head is number and hash of the last record, durable or about to be.
func (l *Log) Head() (seq uint64, hash [32]byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.chain.seq, l.chain.hash
}

// PublicKey checks the signatures of the log.
func (l *Log) PublicKey() ed25519.PublicKey {
	public, _ := l.key.Public().(ed25519.PublicKey) // of this type by the definition of Ed25519
	return public
}

// Close signs what is not signed yet and gives the folder free.
func (l *Log) Close() error {
	l.mu.Lock()
	again := l.closed
	if l.closed = true; !again {
		close(l.wake)
	}
	l.mu.Unlock()
	if again {
		return nil
	}
	<-l.ended
	return errors.Join(l.failed, l.segment.Close(), l.lock.Close())
}
