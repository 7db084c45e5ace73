package fact

import "testing"

// TestPositionsNameTheirValues keeps the constants in step with the lists that
// they number.
func TestPositionsNameTheirValues(t *testing.T) {
	c, err := NewCatalogue(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		id       ID
		position int64
		value    string
	}{
		{MemberChoice, ChoiceAuto, "auto"}, {MemberChoice, ChoicePatient, "patient"}, {MemberChoice, ChoiceConsumer, "consumer"},
		{CoverageStatus, CoverageActive, "active"}, {TextIntent, IntentSymptom, "symptom"}, {TextIntent, IntentCrisis, "crisis"},
		{CallReason, BehavioralCallNow, "behavioral_emergency"}, {AdviceBenefit, ItemWithoutBenefit, "none"},
		{TopicKind, KindCare, "care"}, {TopicKind, KindCoverage, "coverage"}, {TopicKind, KindLifestyle, "lifestyle"}, {TopicKind, KindChronicCare, "chronic_care"},
		{TopicKind, KindPreventive, "preventive"}, {TopicKind, KindMaternity, "maternity"}, {TopicKind, KindMentalHealth, "mental_health"},
		{TopicKind, KindProgram, "program"}, {TopicKind, KindEmergency, "emergency"}, {TopicKind, KindNone, "none"},
		{TextRedFlag, FlagChestPain, "chest_pain"}, {TextRedFlag, FlagBreathing, "breathing"}, {TextRedFlag, FlagStroke, "stroke"},
		{TextRedFlag, FlagWorstHeadache, "worst_headache"}, {TextRedFlag, FlagSuicide, "suicide"}, {TextRedFlag, FlagHarmOthers, "harm_others"},
		{TextRedFlag, FlagOverdose, "overdose"}, {TextRedFlag, FlagPoison, "poison"}, {TextRedFlag, FlagBleeding, "bleeding"},
		{TextRedFlag, FlagAllergy, "allergy"}, {TextRedFlag, FlagFaint, "faint"}, {TextRedFlag, FlagSeizure, "seizure"},
		{TextRedFlag, FlagHeadSpine, "head_spine"}, {TextRedFlag, FlagMajorTrauma, "major_trauma"}, {TextRedFlag, FlagAbdomen, "abdomen"},
		{TextRedFlag, FlagSugar, "sugar"}, {TextRedFlag, FlagPregnancyDanger, "pregnancy_danger"}, {TextRedFlag, FlagInfantFever, "infant_fever"},
		{TextRedFlag, FlagAbuse, "abuse"},
	} {
		if got, ok := c.Value(x.id, x.value); !ok || int64(got) != x.position {
			t.Errorf("%s of %s is at %d (%v), not %d", x.value, c.Def(x.id).Name, got, ok, x.position)
		}
	}
}
