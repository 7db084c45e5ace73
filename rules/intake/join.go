package intake

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Facts that are told piece by piece. A feed tells one diagnosis at a time, and
// none of them takes back another: long-term conditions are words on single
// values, and a fact that decays is a word for each day on which a window ends.
// They are put together here, with the word on the whole, into the one word that
// counts. A list of conditions told as a whole replaces all that was told before
// its moment, and so does the word that nothing acute is left; what was told for
// the same moment or later stays beside it.

// gathered are the facts that are put together of parts.
var gathered = [...]fact.ID{fact.ChronicDx, fact.AcuteDxActive, fact.InjuryDxRecent, fact.ChronicFlareRecent}

func gathers(id fact.ID) bool { return slices.Contains(gathered[:], id) }

// Replaces reports whether a word on the whole of a fact takes back the parts
// that were told before it.
func (k *Known) Replaces() bool { return k.Nothing || !Decays(k.Fact) || k.Value == 0 }

// join makes one word of the words on a fact and its parts.
func (r *Recollection) join(id fact.ID) {
	var whole *Known
	if at := r.place[id]; at > 0 {
		whole = r.won[at-1]
		r.wholes[slices.Index(gathered[:], id)] = whole
	}
	sum, found := r.sum(id, whole, func(*Known) bool { return true })
	switch {
	case !found:
	case whole == nil:
		r.won = append(r.won, sum)
		r.place[id] = uint16(len(r.won))
	default:
		r.won[r.place[id]-1] = sum
	}
}

// sum adds up those words on a fact and its parts that counts is true of; found
// says whether there was such a part.
func (r *Recollection) sum(id fact.ID, whole *Known, counts func(*Known) bool) (sum *Known, found bool) {
	if whole != nil && (!Decays(id) || !whole.Replaces()) && counts(whole) {
		sum = whole
	}
	for _, k := range r.parts {
		if k.Fact != id || whole != nil && whole.Replaces() && k.AsOf.Before(whole.AsOf) || !counts(k) {
			continue
		}
		sum, found = added(r.defs.Def(id), sum, k), true
	}
	return sum, found
}

// added is one word for a word on the whole, be it nil, and one on a part. Of
// a fact that decays it is the one that lasts. Conditions add up, as long as all
// of them are known.
func added(d *fact.Def, sum, part *Known) *Known {
	out := *part
	out.Part = Whole
	if sum == nil {
		return &out
	}
	a, b := sum.Ends(d), part.Ends(d)
	if Decays(part.Fact) {
		if c := b.Compare(a); c > 0 || c == 0 && Wins(d, part, sum) {
			return &out
		}
		return sum
	}
	if Wins(d, sum, part) {
		out = *sum
	}
	out.Value, out.Nothing = sum.Value|part.Value, false
	out.private = sum.HiddenFrom(Insurer, d) || part.HiddenFrom(Insurer, d)
	first := a
	if b.Before(a) {
		first = b
	}
	out.MaxAge = first.Sub(out.AsOf)
	return &out
}
