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
	Part    int       // what it is about: of member_choice the topic, of opt-outs and chronic_dx the value, of facts that decay the day they end; Whole for all
	Value   int64     // in vector form; of a part of an opt-out 1 or 0
	Since   time.Time // of an elapsed fact: the moment it counts from, instead of Value
	Nothing bool      // told to be unknown: it takes back what was told before
	AsOf    time.Time
	MaxAge  time.Duration // how long after AsOf it counts; Age at most
	Source  string
	Side    Side

	private bool // put together of several words, of which one is hidden from the insurer
}

// Whole is the Part of a fact that is told as a whole.
const Whole = -1

const (
	// ConsentAge is how long facts that are read live count when they are stored.
	ConsentAge = 6 * 365 * day

	// MomentAge is how long the moment counts that an elapsed fact is kept as,
	// unless the count leaves the fact's range before.
	MomentAge = 2 * 365 * day

	// DecayAge is how long a fact that decays counts at most.
	DecayAge = (acuteDays + 1) * day

	// MaxSkew is how far ahead the clock of a source may be.
	MaxSkew = 5 * time.Minute
)

// Decays reports whether a fact says that something began not long ago. Once
// told by a diagnosis with its onset, it is so until the window from that onset
// ends.
func Decays(id fact.ID) bool {
	return id == fact.AcuteDxActive || id == fact.InjuryDxRecent || id == fact.ChronicFlareRecent
}

// Age is how long after its as-of time a stored word on the fact can count. The
// catalogue's age is for a value that was true when it was observed; a moment
// stays what it is, and what decays says itself when it ends.
func Age(id fact.ID, d *fact.Def) time.Duration {
	switch {
	case d.Advances() > 0:
		return MomentAge
	case Decays(id):
		return DecayAge
	case d.MaxAge <= 0:
		return ConsentAge
	}
	return d.MaxAge
}

// Storable reports whether a fact can be told before the contact it is used in.
func Storable(d *fact.Def) bool { return d.Kind != fact.Opaque && d.MaxAge != fact.Contact }

// consent reports whether a fact says what the member agreed to.
func consent(d *fact.Def) bool { return d.Group == "consent" && d.MaxAge == fact.Live }

// Ends is when the fact is no longer known: when it is too old, or its count
// leaves the range of the fact.
func (k *Known) Ends(d *fact.Def) time.Time {
	end := k.AsOf.Add(min(Age(k.Fact, d), k.MaxAge))
	if !k.Since.IsZero() {
		if out := Outgrown(d, k.Since); out.Before(end) {
			return out
		}
	}
	return end
}

// Outgrown is when the count of an elapsed fact is more than the fact can hold.
func Outgrown(d *fact.Def, since time.Time) time.Time {
	return since.Add(time.Duration(d.Max+1) * d.Advances())
}

// valid reports whether the fact counts now.
func (k *Known) valid(d *fact.Def, now time.Time) bool {
	return Storable(d) && !k.AsOf.After(now.Add(MaxSkew)) && now.Before(k.Ends(d))
}

// HiddenFrom reports whether the asking side may not learn the fact: what the
// insurer did not tell itself and is clinical stays with those who care for the
// member. It changes the insurer's answers all the same.
func (k *Known) HiddenFrom(asker Side, d *fact.Def) bool {
	return asker == Insurer && (k.Side != Insurer || k.private) && (d.Privacy == fact.PHI || d.Privacy == fact.Sensitive) && !consent(d)
}
