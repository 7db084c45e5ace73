package safety

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// A top number of 180 or more together with a complaint is an emergency sign; a
// high number alone is for the care team.
const crisisPressure = 180

const (
	suicide = 1 << fact.FlagSuicide
	poison  = 1 << fact.FlagPoison
	// pressure is a sign of this package's own, above the bits of text_red_flag.
	pressure = 1 << 62
)

// Gate returns the notice that f and the kind of the topic (a position of
// topic_kind; fact.KindNone where there is no topic) call for, or NoNotice. It
// is total and allocates nothing.
//
// One sign may have a helper of its own: the crisis line for thoughts of
// suicide, the poison line for a poison. As soon as another sign stands beside
// it (an attempt under way, a poison that stops the breath) the answer is 911,
// whose people and words serve for both.
func Gate(f *fact.Facts, kind int64) decision.Notice {
	switch signs(f) {
	case 0:
		return byTopic(f, kind)
	case suicide:
		return decision.Crisis988
	case poison:
		return decision.PoisonHelp
	}
	return decision.Emergency911
}

// signs are the red flags, joined by those that other facts raise.
func signs(f *fact.Facts) int64 {
	s := f.Raw(fact.TextRedFlag)
	if f.Equals(fact.CallReason, fact.BehavioralCallNow) {
		s |= suicide
	}
	if f.Known(fact.BPSystolic) && f.Raw(fact.BPSystolic) >= crisisPressure && f.Equals(fact.TextIntent, fact.IntentSymptom) {
		s |= pressure
	}
	return s
}

// byTopic serves questions that were filed under an emergency while no sign
// says which one.
func byTopic(f *fact.Facts, kind int64) decision.Notice {
	switch {
	case kind == fact.KindEmergency:
		return decision.Emergency911
	case f.Equals(fact.TextIntent, fact.IntentCrisis):
		return decision.Crisis988
	}
	return decision.NoNotice
}
