package icd10

import (
	"iter"
	"math/bits"
	"slices"
)

// Chronicity is how long a condition lasts. The zero value is no class at all.
type Chronicity uint8

const (
	Unknown Chronicity = iota
	Acute              // passes
	Chronic            // a year or more, with care or limits
	Both               // an acute episode of a chronic condition
	Neither            // no condition that lasts or passes: a check-up, aftercare, a finding, a cause
)

func (c Chronicity) String() string {
	return [...]string{"unknown", "acute", "chronic", "both", "neither"}[c]
}

// Override is how a code is to be taken whatever its Chronicity.
type Override uint8

const (
	NoOverride        Override = iota
	OverrideAcute              // an event or a flare; all of pregnancy and birth
	OverrideCrisis             // thoughts of suicide, self-harm
	OverrideTreatment          // cancer: chronic, but acute while it is being treated (a treatment visit or claim within 90 days)
)

func (o Override) String() string {
	return [...]string{"none", "acute", "crisis", "treatment"}[o]
}

// Class is what a code means. It is a plain, comparable value; the zero Class
// knows nothing.
type Class struct {
	Chronicity Chronicity
	Override   Override
	Flare      bool // a chronic disease got suddenly worse
	Injury     bool // an injury, poisoning or complication of care (S00-T88) under active care
	Serious    bool // a diagnosis that a member newly given it has questions about for months
	Symptom    bool // a sign or complaint (chapter R), which counts for a shorter time than an illness

	// Flags are hints of emergency signs. A code is a record, often weeks old:
	// only one that is known to be of this moment may raise a flag. Codes for
	// aftercare and late effects hint at nothing.
	Flags Flags
	// InfantFlags are hints that hold only under 90 days of age.
	InfantFlags Flags
	// Groups are the long-term conditions the code belongs to, also where
	// Chronicity is not chronic: prediabetes, or an addiction in remission.
	Groups Groups
}

// Known reports whether the code has a class.
func (c Class) Known() bool { return c.Chronicity != Unknown }

// Acute reports whether the code can stand for an acute illness or injury.
// It does so only while the episode lasts, which the code does not tell.
func (c Class) Acute() bool {
	return c.Override == OverrideAcute || c.Override == OverrideCrisis || c.Chronicity == Acute || c.Chronicity == Both
}

// Chronic reports whether the code stands for a condition that stays.
func (c Class) Chronic() bool { return c.Chronicity == Chronic || c.Chronicity == Both }

// Crisis reports whether the code names thoughts of suicide or self-harm, at
// any visit, so also in aftercare. Only Flags tell a visit of the moment.
func (c Class) Crisis() bool { return c.Override == OverrideCrisis }

// FlagNames are the emergency signs, by position in Flags. They are those of
// the fact text_red_flag, in its order. No code alone means major_trauma: it
// takes an injury and an emergency visit.
var FlagNames = [...]string{"chest_pain", "breathing", "stroke", "worst_headache", "suicide", "harm_others", "overdose", "poison", "bleeding", "allergy",
	"faint", "seizure", "head_spine", "major_trauma", "abdomen", "sugar", "pregnancy_danger", "infant_fever", "abuse"}

// Flags is a set of FlagNames, one bit for each position.
type Flags uint32

// Names yields the names in the set, in the order of FlagNames.
func (f Flags) Names() iter.Seq[string] { return names(uint32(f), FlagNames[:]) }

// Has reports whether the set holds the name.
func (f Flags) Has(name string) bool { return has(uint32(f), FlagNames[:], name) }

// GroupNames are the long-term conditions, by position in Groups: the values of
// the fact chronic_dx. The last, other, is a chronic code outside the rest.
var GroupNames = [...]string{"diabetes", "prediabetes", "hypertension", "obesity", "asthma", "copd", "heart_failure", "cad", "ckd", "depression",
	"anxiety", "arthritis", "back_pain", "high_cholesterol", "sleep_apnea", "migraine", "cancer", "sud", "hiv", "other"}

// Groups is a set of GroupNames, one bit for each position.
type Groups uint32

// Names yields the names in the set, in the order of GroupNames.
func (g Groups) Names() iter.Seq[string] { return names(uint32(g), GroupNames[:]) }

// Has reports whether the set holds the name.
func (g Groups) Has(name string) bool { return has(uint32(g), GroupNames[:], name) }

func names(set uint32, of []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for ; set != 0; set &= set - 1 {
			if !yield(of[bits.TrailingZeros32(set)]) {
				return
			}
		}
	}
}

func has(set uint32, of []string, name string) bool {
	i := slices.Index(of, name)
	return i >= 0 && set>>i&1 == 1
}

// The names that rules of this package set or clear by themselves.
const (
	flagSuicide  Flags  = 1 << 4
	flagOverdose Flags  = 1 << 6
	groupOther   Groups = 1 << 19
)
