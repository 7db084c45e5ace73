package memory

import (
	"slices"
	"time"
)

const memberVersion byte = 4

// AppendMember appends the one encoding of what is stored about a member,
// without its version.
func AppendMember(dst []byte, facts []StoredFact) []byte {
	dst = appendCount(append(slices.Grow(dst, usual), memberVersion), len(facts))
	for i := range facts {
		dst = appendFact(dst, &facts[i])
	}
	return dst
}

func appendFact(dst []byte, f *StoredFact) []byte {
	for _, s := range [...]string{f.Name, f.Topic, f.Source, f.Side} {
		dst = appendText(dst, s)
	}
	dst = appendTime(appendTime(dst, f.AsOf), f.ToldAt)
	dst = appendInt(dst, f.MaxAge.Milliseconds())
	return f.Value.appendTo(dst)
}

func (v *Value) appendTo(dst []byte) []byte {
	dst = append(dst, byte(v.Kind))
	switch v.Kind {
	case TextKind:
		dst = appendText(dst, v.Text)
	case ListKind:
		dst = appendTexts(dst, v.List)
	case BoolKind, NumberKind:
		dst = appendInt(dst, v.Number)
	case MomentKind:
		dst = appendTime(dst, v.Moment)
	}
	return dst
}

// DecodeMember reads what AppendMember wrote.
func DecodeMember(b []byte) ([]StoredFact, error) {
	d := decoder{rest: string(b)}
	d.version(memberVersion)
	facts := list(&d, 4+3*8+1, d.fact)
	return facts, d.end()
}

func (d *decoder) fact() StoredFact {
	f := StoredFact{Name: d.text(), Topic: d.text(), Source: d.text(), Side: d.text(), AsOf: d.time(), ToldAt: d.time(), MaxAge: d.age()}
	v := &f.Value
	switch v.Kind = ValueKind(d.byte(byte(MomentKind))); v.Kind {
	case TextKind:
		v.Text = d.text()
	case ListKind:
		v.List = list(d, 1, d.text)
	case BoolKind, NumberKind:
		v.Number = d.int()
	case MomentKind:
		v.Moment = d.time()
	}
	return f
}

func (d *decoder) age() time.Duration {
	ms := d.int()
	if ms <= 0 || ms > ConsentAge.Milliseconds() {
		d.damage()
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}
