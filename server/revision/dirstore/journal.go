package dirstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"github.com/rightvoice/rightvoice/server/revision"
)

// A record of the journal is the length of its body, a checksum of length and
// body, and the body: the tenant, the number and the digest of the pointer.
const (
	headLen = 8
	maxBody = 4096
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func encode(tenant string, p revision.Pointer) []byte {
	body := append([]byte{byte(len(tenant))}, tenant...)
	body = binary.BigEndian.AppendUint64(body, p.Number)
	body = append(body, p.Record...)
	head := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	head = binary.BigEndian.AppendUint32(head, sum(head, body))
	return append(head, body...)
}

func sum(length, body []byte) uint32 {
	return crc32.Update(crc32.Checksum(length, castagnoli), castagnoli, body)
}

// decode reads the first record of b; size is 0 if it is not whole or damaged.
func decode(b []byte) (tenant string, p revision.Pointer, size int) {
	if len(b) < headLen {
		return "", p, 0
	}
	n := int(binary.BigEndian.Uint32(b))
	if n < 10 || n > maxBody || len(b) < headLen+n {
		return "", p, 0
	}
	body := b[headLen : headLen+n]
	if sum(b[:4], body) != binary.BigEndian.Uint32(b[4:]) {
		return "", p, 0
	}
	name := int(body[0])
	if len(body) < 1+name+8 {
		return "", p, 0
	}
	p.Number = binary.BigEndian.Uint64(body[1+name:])
	p.Record = revision.Digest(body[1+name+8:])
	return string(body[1 : 1+name]), p, headLen + n
}

// torn reports whether what does not read as a record may be the end of one
// that was being written: nothing whole comes after it.
func torn(rest []byte) bool {
	for i := 1; i < len(rest); i++ {
		if _, _, size := decode(rest[i:]); size > 0 {
			return false
		}
	}
	return true
}

// replay takes over the records in b, which begins at s.length, and returns how
// many bytes they have.
func (s *Store) replay(b []byte) int {
	used := 0
	for {
		tenant, p, size := decode(b[used:])
		if size == 0 {
			return used
		}
		s.pointers[tenant] = p
		used += size
	}
}

func (s *Store) openJournal() (err error) {
	path := filepath.Join(s.dir, "journal")
	if s.journal, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	b, err := io.ReadAll(s.journal)
	if err != nil {
		return err
	}
	s.length = int64(s.replay(b))
	if rest := b[s.length:]; len(rest) > 0 {
		if !torn(rest) {
			return fmt.Errorf("dirstore: the journal is damaged at byte %d, and whole records follow; restore it from a copy", s.length)
		}
		if err := s.journal.Truncate(s.length); err != nil {
			return err
		}
	}
	return errors.Join(s.journal.Sync(), syncFolder(s.dir))
}

// reread takes over what another process added; s.mu is held.
func (s *Store) reread() error {
	f, err := os.Open(filepath.Join(s.dir, "journal"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.NewSectionReader(f, s.length, 1<<40))
	if err == nil {
		s.length += int64(s.replay(b))
	}
	return err
}

// append adds a record so that it survives; s.mu is held. A record that could
// not be written whole is taken back; if that fails too, or a sync does, the
// store takes no more changes.
func (s *Store) append(record []byte) error {
	if err := s.at("journal.append"); err != nil {
		return err
	}
	half := len(record) / 2
	_, err := s.journal.WriteAt(record[:half], s.length)
	if err == nil {
		err = s.at("journal.half")
	}
	if err == nil {
		_, err = s.journal.WriteAt(record[half:], s.length+int64(half))
	}
	if err != nil {
		if undo := s.journal.Truncate(s.length); undo != nil {
			s.fail(undo)
		}
		return err
	}
	if err = s.at("journal.written"); err == nil {
		err = s.journal.Sync()
	}
	if err != nil {
		s.fail(err)
		return err
	}
	s.length += int64(len(record))
	return s.at("journal.synced")
}

func (s *Store) fail(err error) {
	s.failed = fmt.Errorf("dirstore: a write failed, and nobody knows what the disk holds; start again: %w", err)
}
