package decisionlog

import (
	"encoding/binary"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// oldest is the age that all higher ones count as: very old people are few
// enough to be recognised by their age.
const oldest = 90

// maxRecord is more bytes than any record takes.
const maxRecord = 8*binary.MaxVarintLen64 + (decision.MaxAdvice+2)*binary.MaxVarintLen32 + fact.MaxFacts/8 + fact.MaxFacts*binary.MaxVarintLen64

// appendRecord appends one decision.
func (p *plan) appendRecord(dst []byte, at time.Time, tenant uint64, f *fact.Facts, d *decision.Decision) []byte {
	dst = binary.AppendUvarint(dst, p.number)
	dst = binary.AppendUvarint(dst, tenant)
	dst = binary.AppendUvarint(dst, uint64(max(at.Unix(), 0)/3600))
	dst = binary.AppendUvarint(dst, uint64(d.Topic))
	dst = append(dst, byte(d.Mindset), byte(d.Sender), byte(d.Notice))
	dst = binary.AppendVarint(dst, int64(d.MindsetRow))
	dst = binary.AppendVarint(dst, int64(d.SenderRow))
	advice := d.Advice()
	dst = append(dst, byte(len(advice)))
	for _, item := range advice {
		dst = binary.AppendUvarint(dst, uint64(item))
	}
	known := len(dst)
	for range (len(p.ids) + 7) / 8 {
		dst = append(dst, 0)
	}
	for i, id := range p.ids {
		if !f.Known(id) {
			continue
		}
		dst[known+i/8] |= 1 << (i % 8)
		raw := f.Raw(id)
		if id == fact.AgeYears {
			raw = min(raw, oldest)
		}
		dst = binary.AppendVarint(dst, raw)
	}
	return dst
}

// Decision is one recorded decision. Its numbers are positions in the lists of
// its Schema.
type Decision struct {
	Schema     *Schema
	Tenant     string
	Hour       time.Time // in which it was made
	Topic      uint16
	Mindset    decision.Mindset
	Sender     decision.Sender
	Notice     decision.Notice
	MindsetRow int32 // or one of the places of package decision where no row decided
	SenderRow  int32
	Advice     []uint16

	place  uint64 // in all that the Reader reads
	tenant int    // its number there
	hour   int64
	advice [decision.MaxAdvice]uint16
	known  [fact.MaxFacts]bool
	raw    [fact.MaxFacts]int64
}

// Known reports whether a fact of the schema was known, and its value in the
// form of fact.Facts.
func (d *Decision) Known(i int) (raw int64, known bool) { return d.raw[i], d.known[i] }

// cursor reads numbers off a block.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) uvarint(most uint64) uint64 {
	v, n := binary.Uvarint(c.rest)
	if n <= 0 || v > most {
		c.bad, c.rest = true, nil
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

func (c *cursor) varint() int64 {
	v, n := binary.Varint(c.rest)
	if n <= 0 {
		c.bad, c.rest = true, nil
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

func (c *cursor) byte(most byte) byte {
	if len(c.rest) == 0 || c.rest[0] > most {
		c.bad, c.rest = true, nil
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return b
}

// row reads a row of a table that has n.
func (c *cursor) row(n int) int32 {
	v := c.varint()
	if v < int64(decision.ByNoRules) || v >= int64(n) {
		c.bad = true
		return 0
	}
	return int32(v)
}

// maxHour ends the hours that a record can be of: the year 9999.
const maxHour = 70_389_528

// decode reads one record with the definitions of its file.
func (d *Decision) decode(c *cursor, file *definitions) bool {
	s := file.schemas[c.uvarint(1<<62)]
	tenant := c.uvarint(1 << 32)
	if s == nil || tenant >= uint64(len(file.tenants)) {
		return false
	}
	d.Schema, d.Tenant, d.tenant = s, file.tenants[tenant].name, file.tenants[tenant].number
	d.hour = int64(c.uvarint(maxHour))
	d.Hour = time.Unix(d.hour*3600, 0).UTC()
	d.Topic = uint16(c.uvarint(uint64(len(s.Topics) - 1)))
	d.Mindset, d.Sender, d.Notice = decision.Mindset(c.byte(byte(decision.Consumer))), decision.Sender(c.byte(byte(decision.Safety))), decision.Notice(c.byte(byte(decision.PoisonHelp)))
	d.MindsetRow, d.SenderRow = c.row(len(s.Rules[0])), c.row(len(s.Rules[1]))
	d.Advice = d.advice[:c.byte(decision.MaxAdvice)]
	for i := range d.Advice {
		d.Advice[i] = uint16(c.uvarint(uint64(max(len(s.Items), 1) - 1)))
	}
	n := (len(s.Facts) + 7) / 8
	if c.bad || len(c.rest) < n {
		return false
	}
	known := c.rest[:n]
	c.rest = c.rest[n:]
	for i := range s.Facts {
		d.raw[i] = 0
		if d.known[i] = known[i/8]>>(i%8)&1 == 1; d.known[i] {
			d.raw[i] = c.varint()
		}
	}
	return !c.bad
}
