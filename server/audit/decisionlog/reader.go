package decisionlog

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
)

// maxBlock bounds what a block may claim to hold.
const maxBlock = 64 << 20

// Reader reads the blocks of a log one after the other. What can't be read is
// passed over and counted.
type Reader struct {
	Damaged int // blocks that could not be read; the rest of their file is passed over

	files   []string
	file    *os.File
	in      *bufio.Reader
	defs    *definitions
	blocks  uint64
	tenants interner
	topics  interner
}

// definitions are what the records of one file refer to.
type definitions struct {
	schemas map[uint64]*Schema
	tenants []tenantName
}

type tenantName struct {
	name   string
	number int // across files
}

// interner numbers names in the order in which they come.
type interner struct {
	numbers map[string]int
	names   []string
}

func (i *interner) number(name string) int {
	n, ok := i.numbers[name]
	if !ok {
		if i.numbers == nil {
			i.numbers = map[string]int{}
		}
		n = len(i.names)
		i.numbers[name], i.names = n, append(i.names, name)
	}
	return n
}

// IsLog reports whether path is a file of a log, or a folder with some.
func IsLog(path string) bool {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		names, err := files(path)
		return err == nil && len(names) > 0
	}
	f, err := os.Open(path) //nolint:gosec // the path is the caller's choice
	if err != nil {
		return false
	}
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return errors.Join(err, f.Close()) == nil && string(head) == magic
}

// OpenReader reads one file, or all files of a folder, the oldest first. The log
// may be open elsewhere. Close it.
func OpenReader(path string) (*Reader, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	r := &Reader{files: []string{path}}
	if info.IsDir() {
		if r.files, err = files(path); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Close frees the file that is being read.
func (r *Reader) Close() error {
	r.files = nil
	return r.closeFile()
}

func (r *Reader) closeFile() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

// Block is some records that belong together. It can be read while the Reader
// goes on.
type Block struct {
	place  uint64
	stored []byte
	raw    int
	defs   *definitions
}

// Next returns the next block of records, or io.EOF.
func (r *Reader) Next() (*Block, error) {
	for {
		if r.file == nil {
			if err := r.nextFile(); err != nil {
				return nil, err
			}
		}
		kind, stored, raw, err := r.block()
		switch {
		case errors.Is(err, io.EOF): // also a block that is still being written
			if err := r.closeFile(); err != nil {
				return nil, err
			}
			continue
		case err == nil && kind == recordsBlock:
			r.blocks++
			return &Block{place: r.blocks << 32, stored: stored, raw: raw, defs: r.defs}, nil
		case err == nil:
			err = r.define(kind, stored, raw)
		}
		if err != nil {
			r.Damaged++
			if err := r.closeFile(); err != nil {
				return nil, err
			}
		}
	}
}

func (r *Reader) nextFile() error {
	if len(r.files) == 0 {
		return io.EOF
	}
	name := r.files[0]
	r.files = r.files[1:]
	f, err := os.Open(name) //nolint:gosec // the path is the caller's choice
	if errors.Is(err, os.ErrNotExist) && len(r.files) > 0 {
		return r.nextFile() // deleted since the folder was read
	}
	if err != nil {
		return err
	}
	r.file, r.in, r.defs = f, bufio.NewReaderSize(f, 256<<10), &definitions{schemas: map[uint64]*Schema{}}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r.in, head); err != nil || string(head) != magic {
		r.Damaged++
		r.in = bufio.NewReader(bytes.NewReader(nil))
	}
	return nil
}

var errDamaged = errors.New("decisionlog: a block that is damaged")

// block reads one block of any kind.
func (r *Reader) block() (kind byte, stored []byte, raw int, err error) {
	var head [blockHead]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return 0, nil, 0, io.EOF
	}
	length := int(binary.BigEndian.Uint32(head[1:]))
	raw = int(binary.BigEndian.Uint32(head[5:]))
	if length > maxBlock || raw > maxBlock {
		return 0, nil, 0, errDamaged
	}
	block := make([]byte, blockHead+length)
	copy(block, head[:])
	if _, err := io.ReadFull(r.in, block[blockHead:]); err != nil {
		return 0, nil, 0, io.EOF
	}
	if checksum(block) != binary.BigEndian.Uint32(head[9:]) {
		return 0, nil, 0, errDamaged
	}
	return head[0], block[blockHead:], raw, nil
}

// define takes in a block of definitions. Blocks that were given out keep those
// that they know.
func (r *Reader) define(kind byte, stored []byte, raw int) error {
	content, err := inflate(stored, raw)
	if err != nil {
		return err
	}
	next := &definitions{schemas: r.defs.schemas, tenants: r.defs.tenants}
	switch kind {
	case schemaBlock:
		s, err := parseSchema(content)
		if err != nil {
			return err
		}
		for _, topic := range s.Topics {
			s.names = append(s.names, r.topics.number(topic))
		}
		next.schemas = maps.Clone(next.schemas)
		next.schemas[s.Number] = s
	case tenantsBlock:
		var names []string
		if err := json.Unmarshal(content, &names); err != nil {
			return fmt.Errorf("decisionlog: %w", err)
		}
		next.tenants = slices.Clip(next.tenants)
		for _, name := range names {
			next.tenants = append(next.tenants, tenantName{name, r.tenants.number(name)})
		}
	default:
		return errDamaged // of a version to come
	}
	r.defs = next
	return nil
}

func inflate(stored []byte, raw int) ([]byte, error) {
	in := flate.NewReader(bytes.NewReader(stored))
	out := make([]byte, raw)
	if _, err := io.ReadFull(in, out); err != nil {
		return nil, errDamaged
	}
	return out, nil
}

// Decisions are the records of the block, in order. Each is valid until the
// next one is asked for. The error is about what follows the last one.
func (b *Block) Decisions() iter.Seq2[*Decision, error] {
	return func(yield func(*Decision, error) bool) {
		content, err := inflate(b.stored, b.raw)
		if err != nil {
			yield(nil, err)
			return
		}
		c, d := cursor{rest: content}, &Decision{}
		for d.place = b.place; len(c.rest) > 0; d.place++ {
			if !d.decode(&c, b.defs) {
				yield(nil, errDamaged)
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}
