package recommend

import (
	"sync"
	"time"
	_ "time/tzdata" // members' zones are known wherever this runs

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Known puts what is stored about a member into positions of this revision, and
// finds the member's time zone. What this revision has no word for is left out:
// it is unknown to its rules.
func (s *Snapshot) Known(m *memory.Member, now time.Time) (all []intake.Known, zone *time.Location) {
	var zoneAsOf time.Time
	for i := range m.Facts {
		f := &m.Facts[i]
		if f.Name == memory.TimeZone {
			if z := Zone(f.Value.Text); z != nil && now.Before(f.Ends()) && (zone == nil || f.AsOf.After(zoneAsOf)) {
				zone, zoneAsOf = z, f.AsOf
			}
			continue
		}
		id, ok := s.Catalogue().Lookup(f.Name)
		side, told := intake.ParseSide(f.Side)
		if !ok || !told || id >= fact.MaxFacts {
			continue
		}
		k := intake.Known{Fact: id, Part: intake.Whole, AsOf: f.AsOf, MaxAge: f.MaxAge, Source: f.Source, Side: side}
		if f.Topic != "" {
			if k.Part, ok = s.part(id, f.Topic); !ok {
				continue
			}
		}
		if s.value(&k, &f.Value) {
			all = append(all, k)
		}
	}
	return all, zone
}

// part is the place of the one topic, or value, that a stored fact is about, or
// the number of the day it ends.
func (s *Snapshot) part(id fact.ID, name string) (int, bool) {
	switch {
	case id == fact.MemberChoice:
		topic, ok := s.Topic(name)
		return int(topic), ok
	case intake.Decays(id):
		day, err := time.Parse(time.DateOnly, name)
		return int(day.Unix() / (24 * 60 * 60)), err == nil
	}
	return s.Catalogue().Value(id, name)
}

// value puts a stored value into k, and reports whether it is one of the fact.
func (s *Snapshot) value(k *intake.Known, v *memory.Value) bool {
	c := s.Catalogue()
	d := c.Def(k.Fact)
	switch {
	case v.Kind == memory.NothingKind:
		k.Nothing = true
		return true
	case v.Kind == memory.BoolKind && k.Fact == fact.ChronicDx:
		k.Value = v.Number << max(k.Part, 0)
		return k.Part != intake.Whole && v.Number == 1
	case v.Kind == memory.BoolKind:
		k.Value = v.Number
		return d.Kind == fact.Bool || d.Kind == fact.Set && k.Part != intake.Whole
	case v.Kind == memory.TextKind && d.Kind == fact.Enum:
		at, ok := c.Value(k.Fact, v.Text)
		k.Value = int64(at)
		return ok
	case v.Kind == memory.ListKind && d.Kind == fact.Set:
		for _, word := range v.List {
			if at, ok := c.Value(k.Fact, word); ok {
				k.Value |= 1 << at
			}
		}
		return k.Value != 0 || len(v.List) == 0
	case v.Kind == memory.MomentKind && d.Advances() > 0:
		k.Since = v.Moment
		return true
	case v.Kind == memory.NumberKind:
		return number(k, v.Number, d)
	}
	return false
}

// number puts a number told in thousandths into k. One that goes on by itself
// was true at its as-of time.
func number(k *intake.Known, thousandths int64, d *fact.Def) bool {
	k.Value = thousandths
	if d.Kind == fact.Int {
		k.Value /= fact.DecimalScale
		if step := d.Advances(); step > 0 {
			k.Since = k.AsOf.Add(-time.Duration(k.Value) * step)
		}
	}
	ranged := d.Min != 0 || d.Max != 0
	return (d.Kind == fact.Int || d.Kind == fact.Decimal) && (!ranged || k.Value >= d.Min && k.Value <= d.Max)
}

var zones sync.Map // name → *time.Location; as many as there are

// Zone is the time zone of an IANA name; nil if there is none of that name.
func Zone(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	if name == "" || name == "Local" {
		return nil
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	zones.Store(name, z)
	return z
}
