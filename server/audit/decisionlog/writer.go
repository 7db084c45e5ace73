package decisionlog

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	magic     = "RVDECLG1"
	blockHead = 1 + 4 + 4 + 4
	prefix    = "decisions-"
	extension = ".log"
	stamp     = "20060102T150405.000000Z"
)

// Kinds of blocks.
const (
	schemaBlock = 1 + iota
	tenantsBlock
	recordsBlock
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// writer is the files of a Log. What names and number touch belongs to the
// Log's mutex, all else to the goroutine that writes.
type writer struct {
	log     *Log
	names   []string // of tenants, by number
	numbers uint64   // given to plans

	file    *os.File
	size    int64
	begun   time.Time
	defined map[uint64]bool // schemas that the file has
	tenants int             // names that the file has
	deflate *flate.Writer
	block   bytes.Buffer
	failed  error // the last failure
}

func (w *writer) name(tenant string) { w.names = append(w.names, tenant) }

func (w *writer) number() uint64 {
	w.numbers++
	return w.numbers
}

// run writes what has gathered until the log is closed.
func (l *Log) run() {
	defer close(l.ended)
	timer := time.NewTicker(l.o.FlushEvery)
	defer timer.Stop()
	for open := true; open; {
		select {
		case _, open = <-l.wake:
		case <-timer.C:
		}
		if b, names := l.swap(); b != nil {
			l.flush(b, names)
		}
	}
	l.out.end()
}

// end closes the last file, and deletes it if nothing came.
func (w *writer) end() {
	if w.file == nil {
		return
	}
	w.failed = errors.Join(w.failed, w.file.Sync(), w.file.Close())
	if w.size == int64(len(magic)) {
		w.failed = errors.Join(w.failed, os.Remove(w.file.Name()))
	}
}

// swap takes the buffer that was filled, nil if nothing came, and the names of
// the tenants in it.
func (l *Log) swap() (*buffer, []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.filling
	if b.records == 0 {
		return nil, nil
	}
	l.filling, l.spare = l.spare, b
	return b, l.out.names
}

// flush writes a buffer and makes it ready to be filled again.
func (l *Log) flush(b *buffer, names []string) {
	if err := l.out.write(b, names); err != nil {
		l.out.failed = err
		l.errors.Add(1)
		l.dropped.Add(b.records)
		l.out.abandon()
	} else {
		l.written.Add(b.records)
	}
	b.bytes, b.records, b.plans = b.bytes[:0], 0, b.plans[:0]
}

func (w *writer) write(b *buffer, names []string) error {
	now := w.log.o.Now()
	if w.file == nil || w.size >= w.log.o.FileSize || now.Sub(w.begun) >= w.log.o.FileAge {
		if err := w.begin(); err != nil {
			return err
		}
	}
	for _, p := range b.plans {
		if w.defined[p.number] {
			continue
		}
		if err := w.put(schemaBlock, p.definition); err != nil {
			return err
		}
		w.defined[p.number] = true
	}
	if w.tenants < len(names) {
		list, err := json.Marshal(names[w.tenants:])
		if err = errors.Join(err, w.put(tenantsBlock, list)); err != nil {
			return err
		}
		w.tenants = len(names)
	}
	return w.put(recordsBlock, b.bytes)
}

// put appends one block with a single write.
func (w *writer) put(kind byte, content []byte) error {
	w.block.Reset()
	w.block.Write(make([]byte, blockHead))
	if w.deflate == nil {
		var err error
		if w.deflate, err = flate.NewWriter(&w.block, flate.BestSpeed); err != nil {
			return err
		}
	} else {
		w.deflate.Reset(&w.block)
	}
	_, err := w.deflate.Write(content)
	if err = errors.Join(err, w.deflate.Close()); err != nil {
		return err
	}
	block := w.block.Bytes()
	block[0] = kind
	binary.BigEndian.PutUint32(block[1:], uint32(len(block)-blockHead))
	binary.BigEndian.PutUint32(block[5:], uint32(len(content)))
	binary.BigEndian.PutUint32(block[9:], checksum(block))
	n, err := w.file.Write(block)
	w.size += int64(n)
	return err
}

// checksum covers a block but for the place of the checksum itself.
func checksum(block []byte) uint32 {
	return crc32.Update(crc32.Checksum(block[:9], castagnoli), castagnoli, block[blockHead:])
}

// begin starts a new file and deletes those that are too old or too many.
func (w *writer) begin() error {
	if w.file != nil {
		err := w.file.Close()
		if w.file = nil; err != nil {
			return err
		}
	}
	w.begun = w.log.o.Now()
	for at := w.begun.UTC(); ; at = at.Add(time.Microsecond) { // until the name is free
		f, err := os.OpenFile(filepath.Join(w.log.dir, prefix+at.Format(stamp)+extension), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		w.file = f
		break
	}
	if _, err := w.file.WriteString(magic); err != nil {
		return err
	}
	w.size, w.tenants, w.defined = int64(len(magic)), 0, map[uint64]bool{}
	w.log.files.Add(1)
	return w.prune()
}

// abandon leaves a file that could not be written: the next flush begins
// another one.
func (w *writer) abandon() {
	if w.file != nil {
		_ = w.file.Close() // it failed already
		w.file = nil
	}
}

// prune deletes the files that need no longer be kept.
func (w *writer) prune() error {
	names, err := files(w.log.dir)
	if err != nil {
		return err
	}
	var total int64
	for i, name := range slices.Backward(names) {
		info, err := os.Stat(name)
		if err != nil {
			continue // deleted by somebody else
		}
		total += info.Size()
		old := w.begun.Sub(info.ModTime()) >= w.log.o.Keep
		if i < len(names)-1 && (old || total > w.log.o.KeepBytes) {
			if err := os.Remove(name); err != nil {
				return fmt.Errorf("decisionlog: %w", err)
			}
		}
	}
	return nil
}

// files lists the files of a log, the oldest first.
func files(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), extension) && e.Type().IsRegular() {
			names = append(names, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(names)
	return names, nil
}
