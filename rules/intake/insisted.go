package intake

import "github.com/rightvoice/rightvoice/rules/fact"

// What the question says against what the asker may not learn. If it won, an
// insurer could find out what the provider's side told by overriding one fact
// after the other until an answer changes, and an old "false" of a portal would
// silence what the hospital told an hour ago. So against a hidden word that holds
// the question counts only where it leans the same or safer way.

// insist lets a hidden word on the fact at position i of won stand against what
// f has of it, and reports whether that changed f.
func (r *Recollection) insist(f *fact.Facts, i int) bool {
	id := r.won[i].Fact
	hidden := r.hidden(i)
	if hidden == nil {
		return false
	}
	d, stored := r.defs.Def(id), hidden.Value
	if !hidden.Since.IsZero() {
		stored = Elapsed(d, hidden.Since, r.now, r.Zone)
	}
	v := safer(id, d, stored, f.Raw(id))
	if v == f.Raw(id) {
		return false
	}
	r.won[i] = hidden // the question takes the place of all that the asker may see
	f.SetRaw(id, v)
	return true
}

// keepAcute takes an onset that the question says from a hidden acute illness
// whose own is not hidden: it could make an old one of it.
func (r *Recollection) keepAcute(f *fact.Facts) {
	const active, onset = fact.AcuteDxActive, fact.AcuteDxOnsetDays
	if at := r.place[active]; at == 0 || !f.Known(onset) || r.took(onset) {
		return
	} else if k := r.hidden(int(at) - 1); k == nil || k.Value != 1 {
		return
	}
	if at := r.place[onset]; at == 0 || r.hidden(int(at)-1) == nil {
		wordOf(&r.Facts, onset).into(f, onset)
		r.used[active/64] |= 1 << (active % 64)
	}
}

// hidden is the part of a word that counts which the asker may not learn; nil if
// it may learn all of it.
func (r *Recollection) hidden(i int) *Known {
	k := r.won[i]
	d := r.defs.Def(k.Fact)
	for at, id := range gathered {
		if id == k.Fact {
			sum, _ := r.sum(id, r.wholes[at], func(k *Known) bool { return k.HiddenFrom(r.asker, d) })
			if sum != nil && sum.Nothing {
				return nil
			}
			return sum
		}
	}
	if !k.HiddenFrom(r.asker, d) {
		return nil
	}
	return k
}

// safer is what counts of a hidden value and one that the question says: the
// later moment, the higher pressure, true, all of both sets, and else what is
// stored, unless that says that there is nothing.
func safer(id fact.ID, d *fact.Def, stored, said int64) int64 {
	switch {
	case d.Advances() > 0:
		return min(stored, said)
	case id == fact.BPSystolic: // a sign of an emergency
		return max(stored, said)
	case d.Kind == fact.Bool || d.Kind == fact.Set:
		return stored | said
	case id == fact.CallReason && said == fact.BehavioralCallNow:
		return said
	case d.Kind == fact.Enum && stored == 0 && (d.Values[0] == "none" || d.Values[0] == "unknown"):
		return said
	}
	return stored
}
