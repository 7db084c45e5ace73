package intake

import (
	"cmp"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Merging what several sources told. Of what was told earlier and is still valid,
// the newest as-of wins. Then, in order: the side that usually holds the fact
// (fact.Def.Holder), what was taken back, the source whose name comes first, the
// larger value. When a word arrived says nothing: feeds repeat themselves, and
// the clocks of servers differ. So any two words have a winner, whatever the
// order in which they came and however often. A source that corrects itself says
// so by a later as-of. A fact that is taken back is unknown.
//
// What is said now, in the question, counts before all that was told earlier and
// that the asker may see. What it may not see the question can only make more
// urgent (insisted.go).
//
// Consents follow a stricter rule: of those told for the same moment, and of
// what is stored and what the question says, the one that permits less counts.
// A question repeats what its sender has on file, which a withdrawal elsewhere
// must not lose to.

// Wins reports whether a counts before b, both being of one fact and part.
func Wins(d *fact.Def, a, b *Known) bool {
	nothing := func(k *Known) int {
		if k.Nothing {
			return 1
		}
		return 0
	}
	return cmp.Or(
		a.AsOf.Compare(b.AsOf),
		held(d, a.Side)-held(d, b.Side),
		nothing(a)-nothing(b),
		cmp.Compare(b.Source, a.Source),
		cmp.Compare(a.Value, b.Value),
		a.Since.Compare(b.Since),
		cmp.Compare(a.Side, b.Side),
		cmp.Compare(a.MaxAge, b.MaxAge),
	) > 0
}

// held is 1 for the side that usually knows the fact.
func held(d *fact.Def, s Side) int {
	switch {
	case d.Holder == fact.HeldByProvider && (s == Provider || s == Integrated):
		return 1
	case d.Holder == fact.HeldByPayer && (s == Insurer || s == Integrated):
		return 1
	}
	return 0
}

// stricter joins two words on one consent into the one that permits less.
func stricter(id fact.ID, a, b word) word {
	switch id {
	case fact.OptOutTopics, fact.OptOutChannels, fact.ConfidentialChannel:
		switch { // that nothing was asked for permits most
		case !a.known:
			return b
		case !b.known:
			return a
		}
		return word{true, a.value | b.value}
	}
	if !a.known || !b.known {
		return word{} // not to have agreed permits least
	}
	switch id {
	case fact.SensitiveTopicsShareable, fact.MarketingAuthorization:
		return word{true, a.value & b.value}
	case fact.Part2Consent:
		if part2Rank[a.value&3] <= part2Rank[b.value&3] {
			return a
		}
		return b
	}
	return a
}

// part2Rank orders the values of part2_consent (none, tpo, specific, revoked) by
// what they permit.
var part2Rank = [4]int{1, 3, 2, 0}

// word is a value that may be unknown.
type word struct {
	known bool
	value int64
}

func wordOf(f *fact.Facts, id fact.ID) word { return word{f.Known(id), f.Raw(id)} }

func (w word) into(f *fact.Facts, id fact.ID) {
	f.Forget(id)
	if w.known {
		f.SetRaw(id, w.value)
	}
}

// consentOf is what is stored on one consent: the newest word on the whole of
// it by the sides that count, and for opt-outs what was said since on single
// values.
func consentOf(id fact.ID, known []Known, now time.Time, d *fact.Def, counts func(Side) bool) word {
	var newest time.Time
	var w word
	first := true
	for i := range known {
		k := &known[i]
		if k.Fact != id || k.Part != Whole || !counts(k.Side) || !k.valid(d, now) {
			continue
		}
		said := word{!k.Nothing, k.Value}
		switch c := k.AsOf.Compare(newest); {
		case first || c > 0:
			newest, w, first = k.AsOf, said, false
		case c == 0:
			w = stricter(id, w, said)
		}
	}
	return withParts(id, w, newest, known, now, d)
}

func anySide(Side) bool { return true }

// withParts puts opt-outs of single values over the newest list. Of two words
// for one moment the opt-out counts.
func withParts(id fact.ID, w word, listed time.Time, known []Known, now time.Time, d *fact.Def) word {
	var latest [fact.MaxSetValues]time.Time
	var out [fact.MaxSetValues]bool
	for i := range known {
		k := &known[i]
		if k.Fact != id || k.Part < 0 || k.Part >= len(out) || !k.valid(d, now) || k.AsOf.Before(listed) {
			continue
		}
		off := !k.Nothing && k.Value == 1
		switch c := k.AsOf.Compare(latest[k.Part]); {
		case c > 0:
			latest[k.Part], out[k.Part] = k.AsOf, off
		case c == 0:
			out[k.Part] = out[k.Part] || off
		}
	}
	for i, at := range latest {
		bit := int64(1) << i
		switch {
		case at.IsZero():
		case out[i]:
			w = word{true, w.value | bit}
		case at.After(listed):
			w.value &^= bit
		}
	}
	return w
}
