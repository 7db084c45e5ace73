package audit

import (
	"errors"
	"fmt"
	"time"
)

// commit writes batches until the log is closed. While one is on its way to
// the disk, the next one gathers.
func (l *Log) commit() {
	defer close(l.ended)
	timer := time.NewTicker(l.o.CheckpointAfter)
	defer timer.Stop()
	for {
		open := true
		select {
		case _, open = <-l.wake:
		case <-timer.C:
		}
		if b := l.take(!open); b != nil {
			l.write(b)
		}
		if !open {
			return
		}
	}
}

// take closes the batch that has gathered, with a checkpoint at its end if one
// is due. It is nil if there is nothing to write.
func (l *Log) take(last bool) *batch {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return nil
	}
	late := l.unsigned > 0 && l.o.Now().Sub(l.oldest) >= l.o.CheckpointAfter
	if l.unsigned >= l.o.CheckpointEvery || late || last && l.unsigned > 0 {
		l.checkpoint()
	}
	b := l.pending
	l.pending = nil
	return b
}

// checkpoint signs all records before it inside the chain, and itself, too, in
// the checkpoint to be shown.
func (l *Log) checkpoint() {
	now := l.o.Now()
	before := sign(l.key, l.chain.id, l.chain.seq, l.chain.hash, now)
	r := Record{Entry: Entry{Kind: Checkpointed, Outcome: Done}, Detail: before.detail()}
	b := l.add(&r)
	shown := sign(l.key, l.chain.id, l.chain.seq, l.chain.hash, now)
	b.checkpoint, l.unsigned = &shown, 0
}

// write brings a batch to the disk and tells everyone who waits for it.
func (l *Log) write(b *batch) {
	if b.err = l.store(b); b.err != nil {
		b.err = fmt.Errorf("audit: %w", b.err)
		l.fail(b.err)
	}
	close(b.done)
	if b.err != nil || b.checkpoint == nil {
		return
	}
	if err := writeFile(CheckpointFile(l.dir), []byte(b.checkpoint.String()), 0o644); err != nil {
		l.fail(fmt.Errorf("audit: the checkpoint can't be written: %w", err))
	}
	l.o.OnCheckpoint(*b.checkpoint)
}

func (l *Log) store(b *batch) error {
	if l.size > int64(segmentHead) && l.size+int64(len(b.bytes)) > l.o.SegmentSize {
		next, err := createSegment(l.dir, b.first)
		if err != nil {
			return err
		}
		old := l.segment
		l.segment, l.size = next, int64(segmentHead)
		if err := old.Close(); err != nil {
			return err
		}
	}
	n, err := l.segment.Write(b.bytes)
	l.size += int64(n)
	if err != nil {
		return err
	}
	return l.segment.Sync()
}

// fail ends the log: a disk that did not keep one record can't be trusted with
// the next, and the chain can't have a gap.
func (l *Log) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed = errors.Join(l.failed, err)
	if b := l.pending; b != nil {
		b.err, l.pending = err, nil
		close(b.done)
	}
}
