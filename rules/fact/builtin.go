package fact

import "time"

// Built-in facts, by position. The order is part of no stored format: digests
// and stored facts name facts, they do not number them.
const (
	MemberRef ID = iota
	AgeYears
	ViewerRole
	Language
	ReadingOKLevel
	ConfidentialChannel
	SensitiveTopicsShareable
	Part2Consent
	OptOutTopics
	OptOutChannels
	MarketingAuthorization
	MemberChoice
	AskerOrg
	Channel
	Direction
	PageGroup
	TextIntent
	TextRedFlag
	CallReason
	LocalHour
	EncounterClassNow
	ADTEvent
	HoursSinceAcuteCare
	DaysSinceProblemVisit
	AcuteDxActive
	AcuteDxOnsetDays
	InjuryDxRecent
	ChronicFlareRecent
	SurgeryPhase
	NewRxDays
	RxCourse
	AbnormalResultDays
	NewSeriousDxDays
	ChronicDx
	CareProgram
	CareGap
	A1cPct
	BMI
	BPSystolic
	Tobacco
	Pregnancy
	CoverageStatus
	LineOfBusiness
	BenefitAvailable
	DeductibleLeftUSD
	ClaimEvent
	DaysSinceEnrolment
	PCPKnown
	AdviceLastSentDays
	BuiltinCount // 49
)

// Derived columns: what a decision knows beside the facts. Conditions name
// them like facts; they have no place in Facts.
const (
	Topic         ID = MaxFacts + iota // the topic being decided
	TopicKind                          // its kind
	TiedBenefit                        // coverage is active and the member has a benefit tied to the topic
	MindsetIs                          // the outcome of the mindset table, for the sender table
	SenderIs                           // the outcome of the sender table, for advice and guardrails
	AdviceBenefit                      // the benefit an advice item is tied to, for guardrails over what is said
)

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// topicKinds are closed, so that guardrails can speak of kinds while content
// adds topics.
var topicKinds = []string{"care", "coverage", "lifestyle", "chronic_care", "preventive", "maternity", "mental_health", "program", "emergency", "none"}

var builtin = [BuiltinCount]Def{
	MemberRef:                {Name: "member_ref", Group: "identity", Kind: Opaque, MaxAge: Contact, Privacy: Identifier, Role: "names the member in keys, as an HMAC; no rule reads it"},
	AgeYears:                 {Name: "age_years", Group: "identity", Kind: Int, Min: 0, Max: 120, Unit: "years", MaxAge: 365 * day, Privacy: Demographic, Readers: ByAdvice | ByPolicy, Role: "benefit eligibility and the guard for minors; never weighs mindset (45 CFR 92.210)"},
	ViewerRole:               {Name: "viewer_role", Group: "identity", Kind: Enum, Values: []string{"self", "parent_guardian", "personal_representative", "caregiver", "policyholder_other", "staff"}, MaxAge: Contact, Readers: ByPolicy | ByText, Role: "who reads the message; gates sensitive topics"},
	Language:                 {Name: "language", Group: "identity", Kind: Opaque, MaxAge: 365 * day, Privacy: Demographic, Readers: ByText, Role: "picks the words; a language without words gets help, not English"},
	ReadingOKLevel:           {Name: "reading_ok_level", Group: "identity", Kind: Int, Min: 3, Max: 12, Unit: "grade", Holder: HeldByPayer, MaxAge: 365 * day, Readers: ByText, Role: "picks the reading level of the words"},
	ConfidentialChannel:      {Name: "confidential_channel", Group: "consent", Kind: Bool, MaxAge: Live, Privacy: Sensitive, Readers: ByPolicy, Role: "send only to the protected person, by the route asked for"},
	SensitiveTopicsShareable: {Name: "sensitive_topics_shareable", Group: "consent", Kind: Set, Values: []string{"reproductive", "sexual_health", "sti", "gender_affirming", "mental_health", "sud", "ipv", "hiv"}, MaxAge: Live, Privacy: Sensitive, Readers: ByPolicy, Role: "a sensitive topic not in the set is shown in the member's own login only"},
	Part2Consent:             {Name: "part2_consent", Group: "consent", Kind: Enum, Values: []string{"none", "tpo", "specific", "revoked"}, MaxAge: Live, Privacy: Sensitive, Readers: ByPolicy, Role: "without it, substance-use facts are dropped before evaluation (42 CFR Part 2)"},
	OptOutTopics:             {Name: "opt_out_topics", Group: "consent", Kind: Set, Open: true, MaxAge: Live, Readers: ByPolicy, Role: "topics the member asked not to hear about"},
	OptOutChannels:           {Name: "opt_out_channels", Group: "consent", Kind: Set, Values: []string{"sms", "voice", "email", "push", "mail", "portal"}, MaxAge: Live, Readers: ByPolicy, Role: "channels the member asked not to be reached by"},
	MarketingAuthorization:   {Name: "marketing_authorization", Group: "consent", Kind: Bool, Holder: HeldByPayer, MaxAge: Live, Readers: ByPolicy, Role: "needed when a third party pays for the message (45 CFR 164.508)"},
	MemberChoice:             {Name: "member_choice", Group: "consent", Kind: Enum, Values: []string{"auto", "patient", "consumer"}, MaxAge: 30 * day, Role: "the view the member chose; stands in for the mindset table"},
	AskerOrg:                 {Name: "asker_org", Group: "contact", Kind: Enum, Values: []string{"insurer", "provider", "integrated"}, MaxAge: Contact, Readers: ByText, Role: "which side is asking; changes the words, never the sender"},
	Channel:                  {Name: "channel", Group: "contact", Kind: Enum, Values: []string{"insurer_portal", "provider_app", "insurer_call", "provider_call", "nurse_line", "chat", "sms", "email", "push", "mail"}, MaxAge: Contact, Readers: ByPolicy | ByText, Role: "how the member would be reached; telephone rules depend on it"},
	Direction:                {Name: "direction", Group: "contact", Kind: Enum, Values: []string{"inbound", "outbound"}, MaxAge: Contact, Readers: ByRules | ByPolicy, Role: "outbound messages need consent, caps and hours"},
	PageGroup:                {Name: "page_group", Group: "contact", Kind: Set, Open: true, MaxAge: 24 * hour, Privacy: PHI, Readers: ByTables, Role: "pages seen in the last day"},
	TextIntent:               {Name: "text_intent", Group: "contact", Kind: Enum, Values: []string{"none", "symptom", "injury", "medication", "treatment", "test_result", "prognosis", "coverage", "cost", "claim", "network", "referral_auth", "id_card", "lifestyle", "chronic_self_care", "preventive", "mixed", "crisis"}, MaxAge: Contact, Privacy: PHI, Readers: ByTables, Role: "what the member's own words are about; the words themselves are dropped"},
	TextRedFlag:              {Name: "text_red_flag", Group: "contact", Kind: Set, Values: RedFlags, MaxAge: Contact, Privacy: PHI, Readers: BySafety, Role: "emergency signs in the member's words or codes"},
	CallReason:               {Name: "call_reason", Group: "contact", Kind: Enum, Values: []string{"behavioral_emergency"}, Open: true, Holder: HeldByPayer, MaxAge: 72 * hour, Privacy: PHI, Readers: ByTables | BySafety, Role: "why the member called"},
	LocalHour:                {Name: "local_hour", Group: "contact", Kind: Int, Min: 0, Max: 23, Unit: "hour of day", MaxAge: Contact, Readers: ByPolicy, Role: "quiet hours"},
	EncounterClassNow:        {Name: "encounter_class_now", Group: "acute", Kind: Enum, Values: []string{"none", "AMB", "EMER", "IMP", "ACUTE", "NONAC", "OBSENC", "SS", "VR", "HH", "PRENC"}, MaxAge: 4 * hour, Holder: HeldByProvider, Privacy: PHI, Readers: ByRules | ByPolicy, Role: "care in progress"},
	ADTEvent:                 {Name: "adt_event", Group: "acute", Kind: Enum, Values: []string{"none", "admit", "transfer", "discharge"}, MaxAge: 72 * hour, Privacy: PHI, Readers: ByRules | ByPolicy, Role: "admitted, moved or sent home in the last three days"},
	HoursSinceAcuteCare:      {Name: "hours_since_acute_care", Group: "acute", Kind: Int, Min: 0, Max: 8784, Unit: "hours", MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "since leaving an ER, a hospital bed or observation"},
	DaysSinceProblemVisit:    {Name: "days_since_problem_visit", Group: "acute", Kind: Int, Min: 0, Max: 3650, Unit: "days", MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "since a visit for a symptom or problem"},
	AcuteDxActive:            {Name: "acute_dx_active", Group: "acute", Kind: Bool, MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "an acute illness that is not over"},
	AcuteDxOnsetDays:         {Name: "acute_dx_onset_days", Group: "acute", Kind: Int, Min: 0, Max: 36500, Unit: "days", MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "since that illness began"},
	InjuryDxRecent:           {Name: "injury_dx_recent", Group: "acute", Kind: Bool, MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "an injury under active care"},
	ChronicFlareRecent:       {Name: "chronic_flare_recent", Group: "acute", Kind: Bool, MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "a long-term illness got suddenly worse"},
	SurgeryPhase:             {Name: "surgery_phase", Group: "acute", Kind: Enum, Values: []string{"none", "planned_30d", "recent_30d"}, MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "an operation within 30 days"},
	NewRxDays:                {Name: "new_rx_days", Group: "acute", Kind: Int, Min: 0, Max: 3650, Unit: "days", MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "since a drug new to the member was prescribed"},
	RxCourse:                 {Name: "rx_course", Group: "acute", Kind: Enum, Values: []string{"unknown", "acute", "continuous", "seasonal"}, MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "how long the drug is meant to be taken"},
	AbnormalResultDays:       {Name: "abnormal_result_days", Group: "acute", Kind: Int, Min: 0, Max: 3650, Unit: "days", MaxAge: 24 * hour, Holder: HeldByProvider, Privacy: PHI, Readers: ByRules, Role: "since a test result out of range"},
	NewSeriousDxDays:         {Name: "new_serious_dx_days", Group: "acute", Kind: Int, Min: 0, Max: 36500, Unit: "days", MaxAge: 24 * hour, Privacy: PHI, Readers: ByRules, Role: "since a serious illness was found"},
	ChronicDx:                {Name: "chronic_dx", Group: "chronic", Kind: Set, Open: true, MaxAge: 30 * day, Privacy: PHI, Readers: ByRules, Role: "long-term conditions"},
	CareProgram:              {Name: "care_program", Group: "chronic", Kind: Enum, Values: []string{"none", "eligible", "invited", "enrolled", "declined", "graduated"}, MaxAge: 7 * day, Holder: HeldByPayer, Privacy: PHI, Readers: ByRules, Role: "where the member stands with a care program"},
	CareGap:                  {Name: "care_gap", Group: "chronic", Kind: Set, Open: true, MaxAge: 30 * day, Holder: HeldByPayer, Privacy: PHI, Readers: ByRules, Role: "care that is due (HEDIS measure codes)"},
	A1cPct:                   {Name: "a1c_pct", Group: "chronic", Kind: Decimal, Min: 2 * DecimalScale, Max: 25 * DecimalScale, Unit: "percent", MaxAge: 365 * day, Privacy: PHI, Readers: ByRules, Role: "program eligibility"},
	BMI:                      {Name: "bmi", Group: "chronic", Kind: Decimal, Min: 5 * DecimalScale, Max: 150 * DecimalScale, Unit: "kg/m2", MaxAge: 365 * day, Holder: HeldByProvider, Privacy: PHI, Readers: ByRules, Role: "program eligibility"},
	BPSystolic:               {Name: "bp_systolic", Group: "chronic", Kind: Int, Min: 40, Max: 350, Unit: "mmHg", MaxAge: 365 * day, Holder: HeldByProvider, Privacy: PHI, Readers: ByRules | BySafety, Role: "180 or more with symptoms is an emergency sign"},
	Tobacco:                  {Name: "tobacco", Group: "chronic", Kind: Enum, Values: []string{"unknown", "never", "former", "current"}, MaxAge: 365 * day, Privacy: PHI, Readers: ByRules, Role: "help to quit"},
	Pregnancy:                {Name: "pregnancy", Group: "chronic", Kind: Enum, Values: []string{"unknown", "no", "pregnant", "postpartum"}, MaxAge: 30 * day, Privacy: Sensitive, Readers: ByAdvice | BySender | ByPolicy, Role: "maternity benefit; sensitive"},
	CoverageStatus:           {Name: "coverage_status", Group: "coverage", Kind: Enum, Values: []string{"active", "cancelled", "draft", "entered_in_error"}, MaxAge: 24 * hour, Holder: HeldByPayer, Readers: ByRules, Role: "anything but active means no benefit"},
	LineOfBusiness:           {Name: "line_of_business", Group: "coverage", Kind: Enum, Values: []string{"employer", "individual_exchange", "medicare_advantage", "medicaid", "chip", "ffs_medicare", "self_funded", "other"}, MaxAge: 30 * day, Holder: HeldByPayer, Readers: ByRules | ByPolicy, Role: "which marketing and reward rules apply"},
	BenefitAvailable:         {Name: "benefit_available", Group: "coverage", Kind: Set, Open: true, MaxAge: 24 * hour, Holder: HeldByPayer, Readers: ByRules, Role: "benefits the member has: the tie of every insurer's advice"},
	DeductibleLeftUSD:        {Name: "deductible_left_usd", Group: "coverage", Kind: Int, Min: 0, Max: 1_000_000, Unit: "usd", MaxAge: 24 * hour, Holder: HeldByPayer, Readers: ByRules | ByText, Role: "what is left to pay before the plan pays more"},
	ClaimEvent:               {Name: "claim_event", Group: "coverage", Kind: Enum, Values: []string{"none", "new_eob", "denied", "pended", "appeal_open", "prior_auth_pending", "prior_auth_denied", "balance_bill"}, MaxAge: 72 * hour, Holder: HeldByPayer, Privacy: PHI, Readers: ByRules, Role: "something happened to a claim"},
	DaysSinceEnrolment:       {Name: "days_since_enrolment", Group: "coverage", Kind: Int, Min: 0, Max: 36500, Unit: "days", MaxAge: 30 * day, Holder: HeldByPayer, Readers: ByRules, Role: "new members get a welcome"},
	PCPKnown:                 {Name: "pcp_known", Group: "coverage", Kind: Bool, MaxAge: 30 * day, Readers: ByRules | ByText, Role: "whether there is a doctor to hand over to"},
	AdviceLastSentDays:       {Name: "advice_last_sent_days", Group: "history", Kind: Int, Min: 0, Max: 3650, Unit: "days", MaxAge: Live, Privacy: PHI, Readers: ByPolicy, Role: "frequency cap"},
}

var derived = [...]Def{
	Topic - MaxFacts:         {Name: "topic", Group: "derived", Kind: Enum, Open: true, MaxAge: Contact, Readers: ByRules, Role: "what this is about"},
	TopicKind - MaxFacts:     {Name: "topic_kind", Group: "derived", Kind: Enum, Values: topicKinds, MaxAge: Contact, Readers: ByRules, Role: "the kind of topic"},
	TiedBenefit - MaxFacts:   {Name: "tied_benefit", Group: "derived", Kind: Bool, MaxAge: 24 * hour, Readers: BySender | ByAdvice, Role: "coverage is active and the member has a benefit tied to the topic; never unknown, because unknown eligibility is no"},
	MindsetIs - MaxFacts:     {Name: "mindset", Group: "derived", Kind: Enum, Values: []string{"undetermined", "patient", "consumer"}, MaxAge: Contact, Readers: BySender | ByAdvice, Role: "the mindset found"},
	SenderIs - MaxFacts:      {Name: "sender", Group: "derived", Kind: Enum, Values: []string{"nobody", "provider", "insurer", "safety"}, MaxAge: Contact, Readers: 0, Role: "the sender found; for guardrails"},
	AdviceBenefit - MaxFacts: {Name: "advice_benefit", Group: "derived", Kind: Enum, Values: []string{"none"}, Open: true, MaxAge: Contact, Readers: 0, Role: "the benefit an item is tied to; a guardrail that names it speaks of every item a member could be given"},
}

// RedFlags are the emergency signs, in order of their positions in
// text_red_flag. They are closed: content teaches the words that raise a flag,
// never what a flag does.
var RedFlags = []string{"chest_pain", "breathing", "stroke", "worst_headache", "suicide", "harm_others", "overdose", "poison", "bleeding", "allergy",
	"faint", "seizure", "head_spine", "major_trauma", "abdomen", "sugar", "pregnancy_danger", "infant_fever", "abuse"}
