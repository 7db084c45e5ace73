package audit

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrTampered is the error of Open for a log that is not as it was left, in a
// way that no crash explains. Verify tells more.
var ErrTampered = errors.New("audit: the log was altered; rightvoice audit verify tells where")

// ErrInUse is the error of Open for a log that another process has open.
var ErrInUse = errors.New("audit: another process has this log open")

// Open opens the log in a folder, which it makes if need be, and repairs the
// end that a crash left. It looks at the last segment only: Verify looks at all.
func Open(dir string, o Options) (*Log, error) {
	o = o.withDefaults(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	l := &Log{o: o, dir: dir, lock: lock, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	if err := l.open(); err != nil {
		if l.segment != nil {
			err = errors.Join(err, l.segment.Close())
		}
		return nil, errors.Join(err, lock.Close())
	}
	return l, nil
}

func (l *Log) open() (err error) {
	public := strings.TrimSuffix(l.o.KeyFile, ".key") + ".pub"
	if l.key, err = loadKey(l.o.KeyFile, public); err != nil {
		return err
	}
	end, err := readEnd(l.dir)
	if err != nil {
		return err
	}
	if err := end.matches(l.dir, l.PublicKey()); err != nil {
		return err
	}
	l.chain, l.unsigned, l.oldest = end.chain, end.unsigned, l.o.Now()
	if err := l.resume(end); err != nil {
		return err
	}
	begun := l.pending != nil
	go l.commit()
	if !begun {
		return nil
	}
	l.mu.Lock()
	b := l.pending
	l.signal()
	l.mu.Unlock()
	<-b.done
	if b.err != nil {
		close(l.wake)
		<-l.ended
	}
	return b.err
}

// resume opens the last segment behind its last record and says in the log what
// was done to it.
func (l *Log) resume(end *ending) (err error) {
	if end.segment == "" {
		l.segment, err = createSegment(l.dir, l.chain.seq+1)
	} else {
		l.segment, err = os.OpenFile(filepath.Join(l.dir, end.segment), os.O_RDWR, 0)
	}
	if err != nil {
		return err
	}
	if l.size = end.good; l.size < int64(segmentHead) {
		l.size = int64(segmentHead)
	}
	if end.segment != "" && (end.cut > 0 || end.good < int64(segmentHead)) {
		err = errors.Join(l.segment.Truncate(end.good), rewriteHead(l.segment, l.chain.seq+1, end.good), l.segment.Sync())
	}
	if _, seekErr := l.segment.Seek(l.size, io.SeekStart); err != nil || seekErr != nil {
		return errors.Join(err, seekErr)
	}
	if l.chain.seq == 0 {
		if _, err := rand.Read(l.chain.id[:]); err != nil {
			return err
		}
		l.add(&Record{Entry: Entry{Kind: Began, Outcome: Done}, Detail: l.chain.id[:]})
	}
	if end.cut > 0 {
		l.add(&Record{Entry: Entry{Kind: Repaired, Outcome: Done}, Detail: binary.BigEndian.AppendUint64(nil, uint64(end.cut))})
	}
	return nil
}

// rewriteHead writes the head of a segment that a crash cut short.
func rewriteHead(f *os.File, first uint64, good int64) error {
	if good >= int64(segmentHead) {
		return nil
	}
	_, err := f.WriteAt(binary.BigEndian.AppendUint64([]byte(magic), first), 0)
	return err
}

// ending is what the end of a log holds.
type ending struct {
	chain    chain
	segment  string // the last one; empty if there is none
	good     int64  // bytes of it that hold together
	cut      int64  // bytes behind those, which a crash left
	unsigned int    // records since the last checkpoint in the segments read
	last     map[uint64][32]byte
}

// readEnd reads segments from the last one back until one holds a record.
func readEnd(dir string) (*ending, error) {
	names, err := segments(dir)
	if err != nil {
		return nil, err
	}
	end := &ending{last: map[uint64][32]byte{}}
	for i := len(names) - 1; i >= 0 && end.chain.seq == 0; i-- {
		if err := end.read(dir, names[i], i == len(names)-1); err != nil {
			return nil, err
		}
	}
	if len(names) > 0 && end.chain.seq > 0 {
		end.chain.id, err = readID(dir, names[0])
	}
	return end, err
}

func (end *ending) read(dir, name string, isLast bool) error {
	data, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return err
	}
	at := segmentHead
	switch {
	case !isLast && !headFits(data, name):
		return fmt.Errorf("%w (%s)", ErrTampered, name)
	case len(data) < segmentHead || allZero(data):
		at = 0 // a crash while it was being made
	case !headFits(data, name):
		return fmt.Errorf("%w (%s)", ErrTampered, name)
	}
	for at >= segmentHead && at < len(data) {
		r, size, how := parse(data[at:])
		if how == torn && isLast {
			break
		}
		linked := end.chain.seq == 0 && segmentName(r.Seq) == name || r.Seq == end.chain.seq+1 && r.Prev == end.chain.hash
		if how != fits || !linked {
			return fmt.Errorf("%w (%s at byte %d)", ErrTampered, name, at)
		}
		end.chain.seq, end.chain.hash = r.Seq, r.Hash
		end.last[r.Seq] = r.Hash
		if end.unsigned++; r.Kind == Checkpointed {
			end.unsigned = 0
		}
		at += size
	}
	if isLast {
		end.segment, end.good, end.cut = name, int64(at), int64(len(data)-at)
	}
	return nil
}

// readID reads the id of a log from its first record.
func readID(dir, name string) (id [16]byte, err error) {
	f, err := os.Open(filepath.Join(dir, name)) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return id, err
	}
	head := make([]byte, segmentHead+256)
	n, err := io.ReadFull(f, head)
	if err = errors.Join(f.Close(), ignoreShort(err)); err != nil {
		return id, err
	}
	if n > segmentHead {
		if r, _, how := parse(head[segmentHead:n]); how == fits && r.Kind == Began && copy(id[:], r.Detail) == len(id) {
			return id, nil
		}
	}
	return id, fmt.Errorf("%w (%s)", ErrTampered, name)
}

func ignoreShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// matches compares the end of the log with the checkpoint beside it, which is
// never written before the records that it covers.
func (end *ending) matches(dir string, key ed25519.PublicKey) error {
	c, err := ReadCheckpoint(CheckpointFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	hash, here := end.last[c.Seq]
	if !c.Genuine(key) || c.LogID != end.chain.id || c.Seq > end.chain.seq || here && hash != c.Hash {
		return fmt.Errorf("%w (it does not match its checkpoint)", ErrTampered)
	}
	return nil
}
