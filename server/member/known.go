package member

import (
	"cmp"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
)

// known puts stored facts into the words of a revision. What was told under
// another one, whose words this one does not have, is left out.
func known(words *fact.Catalogue, stored []memory.StoredFact) []intake.Known {
	out := make([]intake.Known, 0, len(stored))
	for i := range stored {
		if k, ok := knownFact(words, &stored[i]); ok {
			out = append(out, k)
		}
	}
	return out
}

func knownFact(words *fact.Catalogue, f *memory.StoredFact) (intake.Known, bool) {
	id, ok := words.Lookup(f.Name)
	if !ok || id >= fact.MaxFacts {
		return intake.Known{}, false
	}
	side, _ := intake.ParseSide(f.Side)
	k := intake.Known{Fact: id, Part: intake.Whole, AsOf: f.AsOf, ToldAt: f.ToldAt, MaxAge: f.MaxAge, Source: f.Source, Side: side}
	if f.Topic != "" {
		if k.Part, ok = part(words, id, f.Topic); !ok {
			return k, false
		}
	}
	switch v := &f.Value; v.Kind {
	case memory.NothingKind:
		k.Nothing = true
	case memory.MomentKind:
		k.Since, ok = v.Moment, words.Def(id).Advances() > 0
	default:
		k.Value, ok = vectorValue(words, id, v, k.Part)
	}
	return k, ok
}

// part is the position of the topic of a choice, or of the value of an opt-out.
func part(words *fact.Catalogue, id fact.ID, name string) (int, bool) {
	if id == fact.MemberChoice {
		return words.Value(fact.Topic, name)
	}
	return words.Value(id, name)
}

// vectorValue is a stored value in vector form.
func vectorValue(words *fact.Catalogue, id fact.ID, v *memory.Value, of int) (int64, bool) {
	d := words.Def(id)
	switch {
	case v.Kind == memory.BoolKind:
		return v.Number, d.Kind == fact.Bool || of != intake.Whole
	case v.Kind == memory.TextKind && d.Kind == fact.Enum:
		i, ok := words.Value(id, v.Text)
		return int64(i), ok
	case v.Kind == memory.ListKind && d.Kind == fact.Set:
		var raw int64
		for _, s := range v.List {
			if i, ok := words.Value(id, s); ok {
				raw |= 1 << i
			}
		}
		return raw, raw != 0 || len(v.List) == 0
	case v.Kind == memory.NumberKind && d.Kind == fact.Int:
		return v.Number / fact.DecimalScale, true
	case v.Kind == memory.NumberKind && d.Kind == fact.Decimal:
		return v.Number, true
	}
	return 0, false
}

// newest is the last word on a fact, or on a part of it, that has not ended; nil
// if there is none.
func newest(all []intake.Known, id fact.ID, part int, now time.Time) *intake.Known {
	var last *intake.Known
	for i := range all {
		k := &all[i]
		if k.Fact == id && k.Part == part && now.Before(k.AsOf.Add(k.MaxAge)) && (last == nil || cmp.Or(k.AsOf.Compare(last.AsOf), k.ToldAt.Compare(last.ToldAt)) > 0) {
			last = k
		}
	}
	return last
}

// mayUseSUD reports consent to the use of substance-use facts (42 CFR Part 2).
func mayUseSUD(f *fact.Facts) bool {
	return f.Equals(fact.Part2Consent, consentTPO) || f.Equals(fact.Part2Consent, consentSpecific)
}

// Positions in part2_consent.
const (
	consentTPO      = 1
	consentSpecific = 2
)
