package memory

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"
)

// Versions of the encodings. A reader that meets another one sees damage, which
// is a miss, so that servers of two versions can share one Redis.
const (
	entryVersion    byte = 1
	recordVersion   byte = 6
	feedbackVersion byte = 3
)

// usual is room for most encodings, to start with.
const usual = 256

// AppendEntry appends the one encoding of e.
func AppendEntry(dst []byte, e *Entry) []byte {
	return appendEntry(append(slices.Grow(dst, usual), entryVersion), e)
}

// AppendRecord appends the one encoding of r without its tenant and member.
// owner tells readers whose it is without saying who that is.
func AppendRecord(dst []byte, owner string, r *Record) []byte {
	dst = appendText(append(slices.Grow(dst, usual), recordVersion), owner)
	dst = appendEntry(dst, &r.Entry)
	dst = appendText(dst, r.Asker)
	dst = appendCount(dst, len(r.Held))
	for _, h := range r.Held {
		dst = appendText(dst, h.Topic)
		dst = appendText(dst, h.Advice)
		dst = appendText(dst, h.Code)
		dst = appendText(dst, h.Policy)
		dst = appendTime(dst, h.RetryAt)
	}
	dst = appendCount(dst, len(r.Private))
	for _, p := range r.Private {
		dst = appendText(dst, p.Topic)
		dst = append(dst, flags(p.Mindset, p.Sender))
		dst = appendTexts(dst, p.Advice)
	}
	dst = appendText(dst, r.Who)
	dst = appendCount(dst, len(r.Trials))
	for _, t := range r.Trials {
		dst = appendText(dst, t.Advice)
		dst = appendText(dst, t.Variant)
		dst = appendText(dst, t.Holdout)
	}
	return appendTexts(dst, r.Cells)
}

func flags(a, b bool) (out byte) {
	if a {
		out |= 1
	}
	if b {
		out |= 2
	}
	return out
}

// AppendFeedback appends the one encoding of f.
func AppendFeedback(dst []byte, f *Feedback) []byte {
	dst = append(dst, feedbackVersion)
	for _, s := range [...]string{f.Outcome, f.Topic, f.Advice, f.Reason, f.Asker} {
		dst = appendText(dst, s)
	}
	return appendTime(dst, f.At)
}

func appendEntry(dst []byte, e *Entry) []byte {
	dst = appendText(dst, e.DecisionID)
	dst = appendText(dst, e.Revision)
	dst = appendTime(dst, e.DecidedAt)
	dst = appendTime(dst, e.ValidUntil)
	dst = appendCount(dst, len(e.Recommendations))
	for i := range e.Recommendations {
		r := &e.Recommendations[i]
		dst = appendText(dst, r.Topic)
		dst = appendText(dst, r.Mindset)
		dst = appendText(dst, r.Sender)
		dst = appendCount(dst, len(r.Reasons))
		for _, why := range r.Reasons {
			dst = appendText(dst, why.Code)
			dst = appendText(dst, why.Table)
			dst = appendText(dst, why.Rule)
		}
		dst = appendTexts(dst, r.Advice)
	}
	return appendTexts(dst, e.NeededFacts)
}

func appendCount(dst []byte, n int) []byte { return binary.AppendUvarint(dst, uint64(n)) }

func appendText(dst []byte, s string) []byte { return append(appendCount(dst, len(s)), s...) }

func appendTexts(dst []byte, all []string) []byte {
	dst = appendCount(dst, len(all))
	for _, s := range all {
		dst = appendText(dst, s)
	}
	return dst
}

// noTime stands for the zero time.
const noTime = math.MinInt64

func appendTime(dst []byte, t time.Time) []byte {
	ms := int64(noTime)
	if !t.IsZero() {
		ms = t.UnixMilli()
	}
	return appendInt(dst, ms)
}

func appendInt(dst []byte, v int64) []byte { return binary.BigEndian.AppendUint64(dst, uint64(v)) }

// errDamaged is all there is to say about bytes that are no encoding.
var errDamaged = errors.New("not an encoded entry")

// DecodeEntry reads what AppendEntry wrote.
func DecodeEntry(b []byte) (Entry, error) {
	d := decoder{rest: string(b)}
	d.version(entryVersion)
	e := d.entry()
	return e, d.end()
}

// DecodeRecord reads what AppendRecord wrote. Tenant and Member are empty.
func DecodeRecord(b []byte) (r Record, owner string, err error) {
	d := decoder{rest: string(b)}
	d.version(recordVersion)
	owner = d.text()
	r.Entry = d.entry()
	r.Asker = d.text()
	r.Held = list(&d, 4+8, func() Held {
		return Held{d.text(), d.text(), d.text(), d.text(), d.time()}
	})
	r.Private = list(&d, 3, func() Private {
		p := Private{Topic: d.text()}
		bits := d.byte(3)
		p.Mindset, p.Sender = bits&1 != 0, bits&2 != 0
		p.Advice = list(&d, 1, d.text)
		return p
	})
	r.Who = d.text()
	r.Trials = list(&d, 3, func() Trial { return Trial{d.text(), d.text(), d.text()} })
	r.Cells = list(&d, 1, d.text)
	return r, owner, d.end()
}

// byte reads a byte that is at most most.
func (d *decoder) byte(most byte) byte {
	if len(d.rest) == 0 || d.rest[0] > most {
		d.damage()
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

// DecodeFeedback reads what AppendFeedback wrote.
func DecodeFeedback(b []byte) (Feedback, error) {
	d := decoder{rest: string(b)}
	d.version(feedbackVersion)
	f := Feedback{d.text(), d.text(), d.text(), d.text(), d.text(), d.time()}
	return f, d.end()
}

// decoder reads from rest. After the first damage every read gives nothing, so
// that only end has to be asked. The texts it gives share one string.
type decoder struct {
	rest    string
	damaged bool
}

func (d *decoder) entry() Entry {
	return Entry{
		DecisionID: d.text(), Revision: d.text(), DecidedAt: d.time(), ValidUntil: d.time(),
		Recommendations: list(d, 3+1+1, d.recommendation),
		NeededFacts:     list(d, 1, d.text),
	}
}

func (d *decoder) recommendation() Recommendation {
	return Recommendation{
		Topic: d.text(), Mindset: d.text(), Sender: d.text(),
		Reasons: list(d, 3, func() Reason { return Reason{d.text(), d.text(), d.text()} }),
		Advice:  list(d, 1, d.text),
	}
}

func (d *decoder) version(want byte) {
	if len(d.rest) == 0 || d.rest[0] != want {
		d.damage()
		return
	}
	d.rest = d.rest[1:]
}

func (d *decoder) damage() { d.rest, d.damaged = "", true }

// count reads a number of things of at least size bytes each, so that a forged
// count can't ask for more memory than there is to read. It takes only the
// shortest form, so that equal things have equal bytes.
func (d *decoder) count(size int) int {
	var n uint64
	for i := 0; i < len(d.rest) && i < 5; i++ {
		c := d.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if i > 0 && c == 0 || n > uint64((len(d.rest)-i-1)/size) {
				break
			}
			d.rest = d.rest[i+1:]
			return int(n)
		}
	}
	d.damage()
	return 0
}

func (d *decoder) text() string {
	n := d.count(1)
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

// list reads things of at least size bytes each.
func list[T any](d *decoder, size int, read func() T) []T {
	n := d.count(size)
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		all[i] = read()
	}
	return all
}

func (d *decoder) int() int64 {
	if len(d.rest) < 8 {
		d.damage()
		return 0
	}
	var v uint64
	for i := range 8 {
		v = v<<8 | uint64(d.rest[i])
	}
	d.rest = d.rest[8:]
	return int64(v)
}

func (d *decoder) time() time.Time {
	ms := d.int()
	if ms == noTime || d.damaged {
		return time.Time{}
	}
	t := time.UnixMilli(ms).UTC()
	if t.UnixMilli() != ms || t.IsZero() {
		d.damage()
		return time.Time{}
	}
	return t
}

func (d *decoder) end() error {
	if d.damaged || d.rest != "" {
		return errDamaged
	}
	return nil
}
