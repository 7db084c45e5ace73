package member

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
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
	all, zone := w.Known(&m, now)
	out := Shown{Choices: choices(words, all, now)}
	if zone != nil {
		out.Zone = zone.String()
	}
	merged := intake.Recall(words, all, &fact.Facts{}, intake.Side(who.Side), now, zone)
	seen := visible(words, all, intake.Side(who.Side), merged.MayUseSUD)
	out.Facts = append(shownConsents(words, seen, now), shownFacts(words, seen, now, zone)...)
	slices.SortFunc(out.Facts, func(a, b Known) int { return int(a.Fact) - int(b.Fact) })
	return out, nil
}

// visible are the words that a side may see, as if there were no others.
func visible(words *fact.Catalogue, all []intake.Known, side intake.Side, mayUseSUD func(intake.Side) bool) []intake.Known {
	sud, hasSUD := words.Value(fact.ChronicDx, "sud")
	var out []intake.Known
	for _, k := range all {
		if k.Side != side {
			if crosses := side == intake.Integrated || !tells(k.Fact) && !k.HiddenFrom(side, words.Def(k.Fact)); !crosses {
				continue
			}
			if hasSUD && k.Fact == fact.ChronicDx && k.Value>>sud&1 == 1 && !mayUseSUD(k.Side) {
				if k.Value &^= 1 << sud; k.Value == 0 {
					continue
				}
			}
		}
		out = append(out, k)
	}
	return out
}

// tells reports whether a consent tells of an illness by being there.
func tells(id fact.ID) bool { return id == fact.Part2Consent || id == fact.SensitiveTopicsShareable }

// shownFacts merges words on facts that are no consents and no choices.
func shownFacts(words *fact.Catalogue, seen []intake.Known, now time.Time, zone *time.Location) []Known {
	// What is left of substance use in seen may be seen.
	seen = slices.DeleteFunc(slices.Clone(seen), func(k intake.Known) bool { return k.Fact == fact.Part2Consent })
	seen = append(seen, intake.Known{Fact: fact.Part2Consent, Part: intake.Whole, Value: consentTPO, AsOf: now, MaxAge: time.Minute, Side: intake.Member})
	r := intake.Recall(words, seen, &fact.Facts{}, intake.NoSide, now, zone)
	var out []Known
	for i := range words.Len() {
		id := fact.ID(i)
		if k, ok := r.Told(id); ok && id != fact.MemberChoice {
			out = append(out, shown(&k, r.Facts.Raw(id), r.Ends(id)))
		}
	}
	return out
}

// shownConsents merges words on consents; opt-outs are shown as choices.
func shownConsents(words *fact.Catalogue, seen []intake.Known, now time.Time) []Known {
	r := intake.Recall(words, seen, &fact.Facts{}, intake.NoSide, now, nil)
	var out []Known
	for id := range fact.ID(fact.BuiltinCount) {
		d := words.Def(id)
		k := newest(words, seen, id, intake.Whole, now)
		if memory.IsConsent(d.Name) && id != fact.OptOutTopics && id != fact.OptOutChannels && k != nil && r.Facts.Known(id) {
			out = append(out, shown(k, r.Facts.Raw(id), k.Ends(d)))
		}
	}
	return out
}

func shown(k *intake.Known, raw int64, ends time.Time) Known {
	side, _ := recommend.ParseAsker(k.Side.String())
	out := Known{Fact: k.Fact, Value: raw, Source: k.Source, Side: side, AsOf: k.AsOf}
	if k.MaxAge < memory.ConsentAge {
		out.Until = ends
	}
	return out
}
