package fact

// Positions of the values that code, not content, gives a meaning to.
const (
	ChoiceAuto int64 = iota // of member_choice
	ChoicePatient
	ChoiceConsumer
)

const (
	CoverageActive     int64 = 0 // of coverage_status
	IntentSymptom      int64 = 1 // of text_intent
	IntentCrisis       int64 = 17
	BehavioralCallNow  int64 = 0 // of call_reason: behavioral_emergency, which no content can take away
	ItemWithoutBenefit int64 = 0 // of advice_benefit
)

// Positions of topic_kind.
const (
	KindCare int64 = iota
	KindCoverage
	KindLifestyle
	KindChronicCare
	KindPreventive
	KindMaternity
	KindMentalHealth
	KindProgram
	KindEmergency
	KindNone
)

// Positions of text_red_flag.
const (
	FlagChestPain = iota
	FlagBreathing
	FlagStroke
	FlagWorstHeadache
	FlagSuicide
	FlagHarmOthers
	FlagOverdose
	FlagPoison
	FlagBleeding
	FlagAllergy
	FlagFaint
	FlagSeizure
	FlagHeadSpine
	FlagMajorTrauma
	FlagAbdomen
	FlagSugar
	FlagPregnancyDanger
	FlagInfantFever
	FlagAbuse
)
