package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// place is one fact of an example, or the same fact of members who belong
// together and of whom it must stay the same.
type place struct {
	def  *fact.Def
	of   []*fact.Facts
	ids  []fact.ID // by member
	bits []int64   // by position of a set's values: the bit of the second member, where it has another; else nil
}

// places lists every known fact of one member.
func places(c *fact.Catalogue, f *fact.Facts) []place {
	var out []place
	for _, id := range c.All() {
		if id < fact.MaxFacts && f.Known(id) {
			out = append(out, place{def: c.Def(id), of: []*fact.Facts{f}, ids: []fact.ID{id}})
		}
	}
	return out
}

// plainest leaves out of an example all that is not needed, and rounds what is
// left, while it still shows what it shows.
func plainest(places []place, shows func() bool) {
	for again := true; again; {
		again = false
		for i := range places {
			again = places[i].plainer(shows) || again
		}
		again = again || forgetTwo(places, shows)
	}
}

// plainer forgets one fact, or else says it more plainly, and reports whether it
// could.
func (p *place) plainer(shows func() bool) bool {
	before := p.save()
	if !before[0].known {
		return false
	}
	if p.forget(); shows() {
		return true
	}
	p.restore(before)
	return p.trim(before, shows)
}

// maxPairs bounds how many known facts are looked at two at a time.
const maxPairs = 16

// forgetTwo forgets two facts of which neither can be unknown alone, as a premise
// may have it.
func forgetTwo(places []place, shows func() bool) bool {
	var known []*place
	for i := range places {
		if places[i].save()[0].known {
			known = append(known, &places[i])
		}
	}
	for i, p := range known[:min(len(known), maxPairs)] {
		for _, q := range known[:i] {
			x, y := p.save(), q.save()
			p.forget()
			if q.forget(); shows() {
				return true
			}
			p.restore(x)
			q.restore(y)
		}
	}
	return false
}

// value is what a fact was before it was changed.
type value struct {
	known bool
	raw   int64
}

func (p *place) save() []value {
	out := make([]value, len(p.of))
	for i, f := range p.of {
		out[i] = value{f.Known(p.ids[i]), f.Raw(p.ids[i])}
	}
	return out
}

func (p *place) restore(values []value) {
	for i, f := range p.of {
		if f.SetRaw(p.ids[i], values[i].raw); !values[i].known {
			f.Forget(p.ids[i])
		}
	}
}

func (p *place) forget() {
	for i, f := range p.of {
		f.Forget(p.ids[i])
	}
}

// trim takes values out of a set, or rounds a number, and reports whether it
// could.
func (p *place) trim(before []value, shows func() bool) bool {
	try := func(change func(i int, raw int64) int64) bool {
		for i, f := range p.of {
			if before[i].known {
				f.SetRaw(p.ids[i], change(i, before[i].raw))
			}
		}
		if shows() {
			return true
		}
		p.restore(before)
		return false
	}
	switch p.def.Kind {
	case fact.Set:
		for v := range p.def.Values {
			if before[0].raw>>v&1 == 1 && try(func(i int, raw int64) int64 { return raw &^ p.bit(i, v) }) {
				return true
			}
		}
	case fact.Int, fact.Decimal:
		return p.round(before[0].raw, func(v int64) bool { return try(func(int, int64) int64 { return v }) })
	}
	return false
}

// bit is where member i has the value at position v of the first one.
func (p *place) bit(i, v int) int64 {
	if p.bits == nil || i == 0 {
		return 1 << v
	}
	return p.bits[v]
}

// round tries the round numbers next to a number, the roundest first.
func (p *place) round(raw int64, try func(int64) bool) bool {
	for _, step := range steps(p.def) {
		down := raw - ((raw%step)+step)%step
		if down == raw {
			return false // as round as that already
		}
		for _, v := range []int64{down + step, down} {
			if v >= p.def.Min && v <= p.def.Max && try(v) {
				return true
			}
		}
	}
	return false
}

func steps(d *fact.Def) []int64 {
	switch {
	case d.Unit == "hours":
		return []int64{24}
	case d.Kind == fact.Decimal:
		return []int64{10 * fact.DecimalScale, 5 * fact.DecimalScale, fact.DecimalScale, fact.DecimalScale / 10}
	}
	return []int64{100, 10, 5}
}

// plainest makes an example of one member plainer. Every topic is tried: about
// some of them less need be known.
func (c *checker) plainest(q *Question, shows func(Question) bool) {
	best, least := *q, -1
	for t := range len(c.set.Topics()) + 1 {
		try := *q
		if t > 0 {
			try.Topic = uint16(t - 1)
		}
		if !shows(try) {
			continue
		}
		plainest(places(c.set.Catalogue(), &try.Facts), func() bool { return c.possible(try) && shows(try) })
		if n := len(places(c.set.Catalogue(), &try.Facts)); least < 0 || n < least {
			best, least = try, n
		}
	}
	*q = best
}

// plainTwins makes an example of two members plainer. They stay alike in all
// but the facts named.
func (c *checker) plainTwins(in *ruleset.Independence, r *GuardrailReport, differs func(a, b Question) bool) {
	var both []place
	for _, p := range places(c.set.Catalogue(), &r.Example.Facts) {
		if !slices.Contains(in.Of, p.ids[0]) {
			p.of, p.ids = append(p.of, &r.Other.Facts), append(p.ids, p.ids[0])
		}
		both = append(both, p)
	}
	for _, p := range places(c.set.Catalogue(), &r.Other.Facts) {
		if slices.Contains(in.Of, p.ids[0]) {
			both = append(both, p)
		}
	}
	plainest(both, func() bool {
		return c.possible(r.Example) && c.possible(r.Other) && differs(r.Example, r.Other)
	})
}
