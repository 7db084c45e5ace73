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

// maxAge is how long a word on a fact counts: a value as long as the catalogue
// says; the moment that an elapsed fact counts from until the count leaves its
// range, for what happened once stays the case; and what is taken back for as
// long as it could have counted, so that it does not return when told again.
// 0 means that the word says nothing any more.
func maxAge(id fact.ID, d *fact.Def, v *memory.Value, asOf time.Time) time.Duration {
	switch {
	case v.Kind == memory.NothingKind, d.MaxAge <= 0: // read for every decision, until told anew
		return intake.Age(id, d)
	case v.Kind == memory.MomentKind:
		return max(0, min(intake.Age(id, d), intake.Outgrown(d, v.Moment).Sub(asOf)))
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
// Diagnoses are told one at a time and none takes back another: conditions are
// stored one by one, and what decays holds until the window from the onset ends.
func (p *printer) diagnosed(f *fact.Facts, ends *intake.Windows) {
	told := len(p.out)
	for i := range p.words.Len() {
		id := fact.ID(i)
		switch d := p.words.Def(id); {
		case !f.Known(id) || has(p.out[:told], d.Name):
		case id == fact.ChronicDx:
			p.conditions(f.Raw(id))
		case intake.Decays(id) && !ends.Ends(id).IsZero():
			p.until(id, ends.Ends(id))
		default:
			p.add(id, value(d, f.Raw(id), p.like.AsOf))
		}
	}
}

// conditions writes each long-term condition by itself.
func (p *printer) conditions(raw int64) {
	d := p.words.Def(fact.ChronicDx)
	for _, name := range setWords(d, raw) {
		p.put(d.Name, name, memory.Bool(true), d.MaxAge)
	}
}

// until writes that a fact holds until a moment. Words that end on different
// days stand beside each other, so that a shorter one takes nothing from a
// longer one.
func (p *printer) until(id fact.ID, end time.Time) {
	age := min(end.Sub(p.like.AsOf), intake.DecayAge)
	if p.maxAge > 0 {
		age = min(age, p.maxAge)
	}
	day := p.like.AsOf.Add(age).UTC().Format(time.DateOnly)
	p.put(p.words.Def(id).Name, day, memory.Bool(true), age)
}

func has(facts []memory.StoredFact, name string) bool {
	for i := range facts {
		if facts[i].Name == name {
			return true
		}
	}
	return false
}

func (p *printer) add(id fact.ID, v memory.Value) {
	d := p.words.Def(id)
	switch {
	case NotStored(d) != "":
	case intake.Decays(id) && v.Kind == memory.BoolKind && v.Number == 1:
		p.until(id, p.like.AsOf.Add(d.MaxAge))
	default:
		p.put(d.Name, "", v, maxAge(id, d, &v, p.like.AsOf))
	}
}

// put writes one word, unless it says nothing any more.
func (p *printer) put(name, topic string, v memory.Value, age time.Duration) {
	if p.maxAge > 0 {
		age = min(age, p.maxAge)
	}
	if age <= 0 {
		return
	}
	f := p.like
	f.Name, f.Topic, f.Value, f.MaxAge = name, topic, v, age
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
