package intake

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Side is who told a fact, or who asks.
type Side uint8

const (
	NoSide Side = iota
	Insurer
	Provider
	Integrated // one organisation that is both
	Member
)

var sides = [...]string{"", "insurer", "provider", "integrated", "member"}

func (s Side) String() string { return sides[s] }

// ParseSide finds the side of that name.
func ParseSide(name string) (Side, bool) {
	for s := Insurer; s <= Member; s++ {
		if sides[s] == name {
			return s, true
		}
	}
	return NoSide, false
}

// Known is one fact that a source told before this contact.
type Known struct {
	Fact    fact.ID
	Part    int       // of member_choice the topic it is for, of opt-outs the value it is about; Whole for all
	Value   int64     // in vector form; of a part of an opt-out 1 or 0
	Since   time.Time // of an elapsed fact: the moment it counts from, instead of Value
	Nothing bool      // told to be unknown: it takes back what was told before
	AsOf    time.Time
	ToldAt  time.Time
	MaxAge  time.Duration // how long after AsOf it counts; the catalogue's age at most
	Source  string
	Side    Side
}

// Whole is the Part of a fact that is told as a whole.
const Whole = -1

const (
	// ConsentAge is how long facts that are read live count when they are stored.
	ConsentAge = 6 * 365 * day

	// MaxSkew is how far ahead the clock of a source may be.
	MaxSkew = 5 * time.Minute
)

// Storable reports whether a fact can be told before the contact it is used in.
func Storable(d *fact.Def) bool { return d.Kind != fact.Opaque && d.MaxAge != fact.Contact }

// consent reports whether a fact says what the member agreed to.
func consent(d *fact.Def) bool { return d.Group == "consent" && d.MaxAge == fact.Live }

// ends is when the fact is no longer known.
func (k *Known) ends(d *fact.Def) time.Time {
	age := d.MaxAge
	if age <= 0 {
		age = ConsentAge
	}
	return k.AsOf.Add(min(age, k.MaxAge))
}

// valid reports whether the fact counts now.
func (k *Known) valid(d *fact.Def, now time.Time) bool {
	return Storable(d) && !k.AsOf.After(now.Add(MaxSkew)) && now.Before(k.ends(d))
}

// HiddenFrom reports whether the asking side may not learn the fact: what the
// insurer did not tell itself and is clinical stays with those who care for the
// member. It changes the insurer's answers all the same.
func (k *Known) HiddenFrom(asker Side, d *fact.Def) bool {
	return asker == Insurer && k.Side != Insurer && (d.Privacy == fact.PHI || d.Privacy == fact.Sensitive) && !consent(d)
}
