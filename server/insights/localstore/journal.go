package localstore

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// A journal is records of
//
//	length (uvarint), content, CRC-32C of the content (4)
//
// and a content is one of
//
//	'd', number, length of the tenant, tenant, About    what is counted under a number
//	'c', number, kind (1), mark of the member (8)       one more of a kind
//	'n', number, kind (1), how many                     many more of a kind
//	'w', number, mark of a member (8)                   who took part
//
// Events are appended as 'c'. A journal that is written anew (rewrite.go) has none
// of them.
type journal struct {
	file *os.File
	out  *bufio.Writer
	next uint64 // number
	good int64  // bytes that the operating system has, all whole records
	more int64  // bytes written since
	told bool   // has marks of members that no cell has: of single events
}

// maxRecord bounds what a record may claim to hold, and maxCount what it may add.
const maxRecord, maxCount = 1 << 20, 1 << 40

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errDamaged = errors.New("a record that is damaged")
)

// openJournal reads a journal into m and goes on with it. What a crash left
// behind the last whole record is cut off.
func openJournal(name string, m *month) (*journal, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return nil, err
	}
	j := &journal{file: f, out: bufio.NewWriter(f), next: 1}
	if j.good, err = j.read(bufio.NewReader(f), m); err == nil {
		err = j.back()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

// read applies all whole records and returns how many bytes they are.
func (j *journal) read(in *bufio.Reader, m *month) (whole int64, err error) {
	cells := map[uint64]*cell{}
	for {
		content, size, err := record(in)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errDamaged):
			return whole, nil
		case err != nil:
			return whole, err
		}
		j.apply(content, cells, m)
		whole += size
	}
}

// record reads one record.
func record(in *bufio.Reader) (content []byte, size int64, err error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, 0, io.EOF
	}
	if n > maxRecord {
		return nil, 0, errDamaged
	}
	content = make([]byte, n+4)
	if _, err := io.ReadFull(in, content); errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, io.EOF
	} else if err != nil {
		return nil, 0, err
	}
	sum := binary.BigEndian.Uint32(content[n:])
	if crc32.Checksum(content[:n], castagnoli) != sum {
		return nil, 0, errDamaged
	}
	return content[:n], int64(len(binary.AppendUvarint(nil, n)) + len(content)), nil
}

// apply does what a record tells. What it can't read is of a later version.
func (j *journal) apply(b []byte, cells map[uint64]*cell, m *month) {
	if len(b) == 0 {
		return
	}
	number, size := binary.Uvarint(b[1:])
	if size <= 0 || number >= 1<<62 {
		return
	}
	rest, c := b[1+size:], cells[number]
	switch {
	case b[0] == 'd' && c == nil:
		at, ok := parsePlace(rest)
		if !ok {
			return
		}
		if c = m.cells[at]; c == nil {
			c = &cell{}
			m.cells[at] = c
		}
		c.number, cells[number] = number, c
		j.next = max(j.next, number+1)
	case b[0] == 'c' && c != nil && len(rest) == 9 && rest[0] < byte(feedback.Kinds):
		c.add(feedback.Kind(rest[0]), binary.BigEndian.Uint64(rest[1:]))
		j.told = true
	case b[0] == 'n' && c != nil && len(rest) > 1 && rest[0] < byte(feedback.Kinds):
		if n, size := binary.Uvarint(rest[1:]); size == len(rest)-1 && n <= maxCount {
			c.counts[rest[0]] += int(n)
		}
	case b[0] == 'w' && c != nil && len(rest) == 8:
		c.join(binary.BigEndian.Uint64(rest))
	}
}

func parsePlace(b []byte) (at place, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return at, false
	}
	at.tenant = string(b[size : size+int(n)])
	return at, at.about.UnmarshalBinary(b[size+int(n):]) == nil
}

// count writes that one more was counted.
func (j *journal) count(at place, c *cell, k feedback.Kind, who uint64) error {
	if c.number == 0 {
		if err := j.name(at, j.next); err != nil {
			return err
		}
		c.number = j.next
		j.next++
	}
	j.told = true
	content := append(binary.AppendUvarint([]byte{'c'}, c.number), byte(k))
	return j.write(binary.BigEndian.AppendUint64(content, who))
}

// name writes what is counted under a number.
func (j *journal) name(at place, number uint64) error {
	content := binary.AppendUvarint([]byte{'d'}, number)
	content = binary.AppendUvarint(content, uint64(len(at.tenant)))
	content, err := at.about.AppendBinary(append(content, at.tenant...))
	if err != nil {
		return err
	}
	return j.write(content)
}

func (j *journal) write(content []byte) error {
	all := binary.AppendUvarint(make([]byte, 0, len(content)+8), uint64(len(content)))
	all = binary.BigEndian.AppendUint32(append(all, content...), crc32.Checksum(content, castagnoli))
	n, err := j.out.Write(all)
	j.more += int64(n)
	return err
}

// flush hands what was written to the operating system: a crash of the process
// loses nothing, a crash of the machine the last seconds.
func (j *journal) flush() error {
	err := j.out.Flush()
	if err == nil {
		j.good, j.more = j.good+j.more, 0
	}
	return err
}

// back cuts off what is not whole.
func (j *journal) back() error {
	j.more = 0
	j.out.Reset(j.file)
	if err := j.file.Truncate(j.good); err != nil {
		return err
	}
	_, err := j.file.Seek(j.good, io.SeekStart)
	return err
}

func (j *journal) close() error { return errors.Join(j.flush(), j.file.Sync(), j.file.Close()) }
