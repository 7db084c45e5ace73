package member

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// newest is the last word on a fact, or on a part of it, that has not ended; nil
// if there is none.
func newest(words *fact.Catalogue, all []intake.Known, id fact.ID, part int, now time.Time) *intake.Known {
	var last *intake.Known
	for i := range all {
		k := &all[i]
		if k.Fact == id && k.Part == part && now.Before(k.AsOf.Add(k.MaxAge)) && (last == nil || intake.Wins(words.Def(id), k, last)) {
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
