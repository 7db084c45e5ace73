package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"time"
)

const (
	headSize = 8        // length and its checksum
	hashSize = 32       //
	maxBody  = 64 << 10 // no entry comes near it
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendRecord appends the frame of r and sets r.Hash.
func appendRecord(dst []byte, r *Record) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, headSize)...)
	dst = append(dst, byte(r.Kind))
	dst = binary.BigEndian.AppendUint64(dst, r.Seq)
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.At.UnixMicro()))
	dst = append(dst, r.Prev[:]...)
	for _, s := range []string{r.Actor, r.Tenant, r.Action, r.Reason} {
		dst = appendText(dst, s)
	}
	dst = append(dst, byte(r.Outcome), byte(len(r.Objects)))
	for _, o := range r.Objects {
		dst = appendText(appendText(dst, o.Kind), o.ID)
	}
	dst = appendText(dst, string(r.Detail))
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-headSize))
	binary.BigEndian.PutUint32(dst[at+4:], crc32.Checksum(dst[at:at+4], castagnoli))
	r.Hash = hashOf(dst[at:])
	return append(dst, r.Hash[:]...)
}

// hashOf is the hash of a frame without its hash at the end.
func hashOf(frame []byte) [32]byte {
	h := sha256.New()
	h.Write(frame[:4])
	h.Write(frame[headSize:])
	return [32]byte(h.Sum(nil))
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// fit is how the bytes at some place of a segment fit the format.
type fit uint8

const (
	fits    fit = iota // a whole record
	torn               // the beginning of one, with nothing behind it
	damaged            // neither
)

// parse reads the record that data begins with. size is how many bytes it
// takes, 0 if that can't be told.
func parse(data []byte) (r Record, size int, how fit) {
	if allZero(data) { // the disk knew the length of the file and not its end
		return r, 0, torn
	}
	if len(data) < headSize {
		return r, 0, torn
	}
	n := int(binary.BigEndian.Uint32(data))
	if crc32.Checksum(data[:4], castagnoli) != binary.BigEndian.Uint32(data[4:]) || n > maxBody {
		return r, 0, damaged
	}
	if len(data) < headSize+n+hashSize {
		return r, 0, torn
	}
	size = headSize + n + hashSize
	frame, hash := data[:headSize+n], data[headSize+n:size]
	if allZero(data[headSize+n:]) {
		return r, 0, torn
	}
	if r.Hash = hashOf(frame); !bytes.Equal(r.Hash[:], hash) || !r.decode(frame[headSize:]) {
		return Record{}, size, damaged
	}
	return r, size, fits
}

func allZero(b []byte) bool {
	for _, x := range b {
		if x != 0 {
			return false
		}
	}
	return true
}

// decode reads a body.
func (r *Record) decode(body []byte) bool {
	d := decoder{rest: body, ok: true}
	r.Kind = Kind(d.byte())
	r.Seq = binary.BigEndian.Uint64(d.take(8))
	r.At = time.UnixMicro(int64(binary.BigEndian.Uint64(d.take(8)))).UTC()
	copy(r.Prev[:], d.take(hashSize))
	for _, s := range []*string{&r.Actor, &r.Tenant, &r.Action, &r.Reason} {
		*s = string(d.text())
	}
	r.Outcome = Outcome(d.byte())
	if n := int(d.byte()); n > 0 && n <= MaxObjects {
		r.Objects = make([]Object, n)
		for i := range r.Objects {
			r.Objects[i] = Object{string(d.text()), string(d.text())}
		}
	} else if n > 0 {
		return false
	}
	r.Detail = bytes.Clone(d.text())
	return d.ok && len(d.rest) == 0 && r.Seq > 0
}

// decoder takes fields off the front of a body.
type decoder struct {
	rest []byte
	ok   bool
}

var nothing [hashSize]byte

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.rest) {
		d.ok, d.rest = false, nil
		return nothing[:min(max(n, 0), len(nothing))]
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

func (d *decoder) byte() byte { return d.take(1)[0] }

func (d *decoder) text() []byte {
	n, size := binary.Uvarint(d.rest)
	// A length has one spelling: a last byte of zero adds nothing to it.
	if size <= 0 || n > maxBody || size > 1 && d.rest[size-1] == 0 {
		d.ok, d.rest = false, nil
		return nil
	}
	d.rest = d.rest[size:]
	return d.take(int(n))
}
