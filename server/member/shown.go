package member

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Shown is what a side may see of a member.
type Shown struct {
	Facts   []Known // in the order of the catalogue
	Choices Choices
	Zone    string // IANA name of the time zone; empty if it is not known
}

// Known is a fact that holds now.
type Known struct {
	Fact   fact.ID
	Value  int64 // in vector form, now
	Source string
	Side   recommend.Asker
	AsOf   time.Time
	Until  time.Time // zero if it holds until something newer is told
}

// Show tells what a side may see of a member.
func (s *Service) Show(ctx context.Context, w Words, who Who) (Shown, error) {
	if who.Side == recommend.NotSaid {
		return Shown{}, invalid("asker", "say which side asks: insurer, provider or integrated")
	}
	now := s.now()
	m, err := s.store.GetMember(ctx, tenant(who.Tenant), who.Member)
	if err != nil {
		return Shown{}, failed(err)
	}
	words := w.Catalogue()
	all := inForce(m.Facts, now)
	out := Shown{Choices: choices(words, all)}
	if zone := s.zones.zoneOf(all); zone != nil {
		out.Zone = zone.String()
	}
	for _, f := range inForce(visible(words, m.Facts, who.Side, mayUseSUD(all)), now) {
		if k, ok := known(words, &f, now); ok {
			out.Facts = append(out.Facts, k)
		}
	}
	slices.SortFunc(out.Facts, func(a, b Known) int { return int(a.Fact) - int(b.Fact) })
	return out, nil
}

// visible are the facts that a side may see, as if there were no others.
func visible(words *fact.Catalogue, stored []memory.StoredFact, side recommend.Asker, sudConsent bool) []memory.StoredFact {
	var out []memory.StoredFact
	for _, f := range stored {
		id, ok := words.Lookup(f.Name)
		if !ok || isChoice(f.Name) {
			continue // told for another revision, or shown as a choice
		}
		if f.Side != side.String() {
			if !mayCross(words.Def(id), id, &f, side) {
				continue
			}
			if !sudConsent && !withoutSUD(id, &f) {
				continue
			}
		}
		out = append(out, f)
	}
	return out
}

func isChoice(name string) bool {
	return name == choiceName || name == topicsName || name == channelsName
}

// mayCross reports whether a fact that another side told may be seen.
func mayCross(d *fact.Def, id fact.ID, f *memory.StoredFact, side recommend.Asker) bool {
	switch {
	case side == recommend.Integrated:
		return true
	case id == fact.Part2Consent || id == fact.SensitiveTopicsShareable:
		return false // that there is something to consent to tells of it
	case side == recommend.Insurer:
		return d.Privacy != fact.PHI && d.Privacy != fact.Sensitive
	}
	return true
}

// withoutSUD takes substance use out of a fact; false if nothing is left.
func withoutSUD(id fact.ID, f *memory.StoredFact) bool {
	if id != fact.ChronicDx || f.Value.Kind != memory.ListKind || !slices.Contains(f.Value.List, sud) {
		return true
	}
	f.Value.List = slices.DeleteFunc(slices.Clone(f.Value.List), func(v string) bool { return v == sud })
	return len(f.Value.List) > 0
}

// sud is the condition that 42 CFR Part 2 protects.
const sud = "sud"

// known is a stored fact in the words of a revision; false if it does not have
// its words.
func known(words *fact.Catalogue, f *memory.StoredFact, now time.Time) (Known, bool) {
	id, ok := words.Lookup(f.Name)
	if !ok || id >= fact.MaxFacts {
		return Known{}, false
	}
	raw, ok := vectorValue(words, id, &f.Value, now)
	side, told := recommend.ParseAsker(f.Side)
	k := Known{Fact: id, Value: raw, Source: f.Source, Side: side, AsOf: f.AsOf}
	if words.Def(id).MaxAge > 0 || f.MaxAge < memory.ConsentAge {
		k.Until = f.Ends()
	}
	return k, ok && told
}

// vectorValue is a stored value in vector form, now.
func vectorValue(words *fact.Catalogue, id fact.ID, v *memory.Value, now time.Time) (int64, bool) {
	d := words.Def(id)
	switch {
	case d.Kind == fact.Bool && v.Kind == memory.BoolKind:
		return v.Number, true
	case d.Kind == fact.Enum && v.Kind == memory.TextKind:
		i, ok := words.Value(id, v.Text)
		return int64(i), ok
	case d.Kind == fact.Set && v.Kind == memory.ListKind:
		var raw int64
		for _, s := range v.List {
			if i, ok := words.Value(id, s); ok {
				raw |= 1 << i
			}
		}
		return raw, raw != 0 || len(v.List) == 0
	case d.Kind == fact.Int && v.Kind == memory.MomentKind && elapsedBy(d) > 0:
		n := int64(now.Sub(v.Moment) / elapsedBy(d))
		return n, d.Min <= n && n <= d.Max
	case d.Kind == fact.Int && v.Kind == memory.NumberKind:
		return v.Number / fact.DecimalScale, true
	case d.Kind == fact.Decimal && v.Kind == memory.NumberKind:
		return v.Number, true
	}
	return 0, false
}
