package recommend

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// newID names a decision: a UUIDv7 (RFC 9562) of the time it was made, to a
// quarter of a microsecond, and 62 random bits. Decisions that one member gets
// within a millisecond are listed in their order because of that.
func newID(now time.Time) string {
	var id [16]byte
	binary.BigEndian.PutUint64(id[:8], uint64(now.UnixMilli())<<16)
	within := uint16(int64(now.Nanosecond()) % int64(time.Millisecond) << 12 / int64(time.Millisecond))
	binary.BigEndian.PutUint16(id[6:], within|0x7000)
	rand.Read(id[8:]) // never fails
	id[8] = id[8]&0x3f | 0x80
	var text [36]byte
	hex.Encode(text[:8], id[:4])
	hex.Encode(text[9:13], id[4:6])
	hex.Encode(text[14:18], id[6:8])
	hex.Encode(text[19:23], id[8:10])
	hex.Encode(text[24:], id[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
