package member

import (
	"math/bits"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
)

// NotStored says why a fact is not for storing; empty if it is.
func NotStored(d *fact.Def) string {
	switch {
	case d.Name == memberChoice:
		return "is set by SetChoice"
	case !intake.Storable(d):
		return "belongs to one contact and is not stored: send it with the question"
	}
	return ""
}

var memberChoice = fact.Builtin()[fact.MemberChoice].Name

// maxAge is how long a stored fact counts.
func maxAge(d *fact.Def) time.Duration {
	if d.MaxAge <= 0 {
		return memory.ConsentAge // read for every decision, until told anew
	}
	return d.MaxAge
}

// printer writes facts of a vector by name.
type printer struct {
	words  *fact.Catalogue
	like   memory.StoredFact // what all have in common
	maxAge time.Duration     // the most, if not 0
	out    []memory.StoredFact
}

// vector writes every fact that is known and may be stored.
func (p *printer) vector(f *fact.Facts) {
	for i := range p.words.Len() {
		if id := fact.ID(i); f.Known(id) {
			p.add(id, value(p.words.Def(id), f.Raw(id), p.like.AsOf))
		}
	}
}

// diagnosed writes what diagnoses say where the event does not say it itself.
func (p *printer) diagnosed(f fact.Facts) {
	for i := range p.words.Len() {
		id := fact.ID(i)
		if f.Known(id) && !p.has(p.words.Def(id).Name) {
			p.add(id, value(p.words.Def(id), f.Raw(id), p.like.AsOf))
		}
	}
}

func (p *printer) has(name string) bool {
	for i := range p.out {
		if p.out[i].Name == name {
			return true
		}
	}
	return false
}

func (p *printer) add(id fact.ID, v memory.Value) {
	d := p.words.Def(id)
	if NotStored(d) != "" {
		return
	}
	f := p.like
	f.Name, f.Value, f.MaxAge = d.Name, v, maxAge(d)
	if p.maxAge > 0 {
		f.MaxAge = min(f.MaxAge, p.maxAge)
	}
	p.out = append(p.out, f)
}

// zone writes the member's time zone, which is no fact of the catalogue.
func (p *printer) zone(name string) {
	f := p.like
	f.Name, f.Value, f.MaxAge = memory.TimeZone, memory.Text(name), memory.ConsentAge
	p.out = append(p.out, f)
}

// value is the value of a fact as it is stored; elapsed times as the moment
// they count from.
func value(d *fact.Def, raw int64, at time.Time) memory.Value {
	switch d.Kind {
	case fact.Bool:
		return memory.Bool(raw == 1)
	case fact.Enum:
		return memory.Text(d.Values[raw])
	case fact.Set:
		return memory.List(setWords(d, raw)...)
	case fact.Int:
		if step := d.Advances(); step > 0 {
			return memory.Since(at.Add(-time.Duration(raw) * step))
		}
		return memory.Number(raw * fact.DecimalScale)
	}
	return memory.Number(raw)
}

func setWords(d *fact.Def, raw int64) []string {
	out := make([]string, 0, bits.OnesCount64(uint64(raw)))
	for i, v := range d.Values {
		if raw>>i&1 == 1 {
			out = append(out, v)
		}
	}
	return out
}
