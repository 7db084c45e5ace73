// Package intake turns what a member said and what is known about them into
// the facts and topics a decision is made of.
//
// In: a question in the member's own words, diagnosis codes with their dates,
// facts that were given, and the time. Out: Facts, and the topics to decide,
// the main one first. The text is read and dropped: a Reading holds positions
// in vocabularies, never a piece of the text, and nothing here logs.
//
// # How text is read
//
// One pass, no allocation but the answer:
//
//  1. The scanner folds case, accents and apostrophes and cuts words and
//     numbers.
//  2. Each word becomes a word of the lexicon: as it is, by its stem, by a
//     spelling one or two letters away, or by a clinical ending such as -itis.
//     Words that are known are never taken for misspellings of others.
//  3. segment cuts sentences into clauses, negate finds what a "not" governs.
//  4. Idioms are matched first; their words then mean nothing else. The other
//     phrases are matched at their rarest word, with bounded gaps, inside one
//     sentence. A phrase gives its clause a role (what such words do in a
//     question) and often leans to a topic.
//  5. redFlags raises emergency signs; topics decides what the question is
//     about.
//
// # How the topic is decided
//
// People name illnesses, tests and drugs both when they ask about care and when
// they ask what the plan pays, so a clinical word alone tells little. What the
// sentence asks decides:
//
//   - A clause with a question only the plan can answer (asks_plan, finds) is
//     about coverage, and the clinical words in it are only its object.
//   - A complaint or a question only a clinician can answer, outside such a
//     clause, is about care. With both, there are two topics, care first.
//   - Words that merely mention the plan (plan) never outweigh clinical words.
//     In doubt the answer is care: the insurer must not answer there.
//   - Lifestyle words belong to a chronic condition named beside them, to care
//     when there is an illness or a complaint, else to their own topic.
//   - Nothing recognised is no topic.
//
// The loader refuses phrases of one side that lean to a topic of another, so
// that no content can hand a question of care to the plan.
//
// # How red flags are raised
//
// A phrase of a flag is urgent (a cry for help in itself), a sign (flagged
// unless denied, long past, someone's family history, asked about in general or
// only the object of a coverage question) or an event (the name of an emergency,
// which people mostly talk about: flagged only when told as happening). Signals
// are signs that raise a flag only together, wherever they stand in the text,
// such as fever and a newborn, or any two of a list, such as a limp arm and
// jumbled words. A text that asks whether somebody is in danger, or calls for
// help, is of the topic emergency though it names no sign.
//
// Nobody is in danger in a lesson, a story or a leaflet's warning (elsewhere), nor
// in a sentence about the past when the text asks the plan to pay for it, unless
// that sentence also speaks of now. A cry of a mind in crisis counts even there.
//
// # What was told before
//
// Sources tell facts about a member before the contact (Known). Recall merges
// them as they stand at one moment: what has ended is unknown; of what is valid
// the newest as-of counts, ties go to the side that usually holds the fact, then
// to what was taken back, to the source whose name comes first, to the larger
// value. The order in which words arrive, and how often, makes no difference, so
// that a source that corrects itself says so by a later as-of.
//
// What the question says counts before all that the asker may see. A clinical
// fact that another side told and that the insurer may not see stays: against it
// an insurer's question counts only if it leans the same or safer way, which is
// the later moment, true rather than false, the union of two sets, and of all
// else what is stored unless that is "none". So nobody finds out what was told by
// overriding it.
//
// Consents are stricter: of two words for one moment, or of what is stored and
// what the question says, the one that permits less counts. Without consent under
// 42 CFR Part 2 substance use is left out before anything is merged. A consent
// that a question claims is good for the facts of the question and for those that
// the same side told; what another side told needs a consent in the store, told
// by that side, by one that is both, or by the member.
//
// Elapsed facts are kept as the moment they count from and follow from Now: hours
// exactly, days by the calendar of the member's zone where it is known.
//
// How long a word counts follows from what it says. A value (an A1c, a status)
// was true when it was observed and may have changed since, so that it counts for
// the max age of the catalogue; so does a count in a question, which somebody
// looked up. A moment cannot change: who left the hospital on the 3rd has left it
// on the 3rd for good, and a feed of admissions tells that once. It counts until
// its count leaves the range of the fact (hours_since_acute_care after 366 days),
// its source's own max age ends, or it is taken back or told anew, and for two
// years at most (MomentAge), which is longer than any rule looks back. What is
// taken back stays so for as long as it could have counted.
//
// Diagnoses are told one at a time, and none takes back another. So conditions
// are words on single values of chronic_dx, and what decays (acute_dx_active,
// injury_dx_recent, chronic_flare_recent) is a word for each day on which a
// window ends: told by a diagnosis with its onset it holds until that window is
// over, or the diagnosis is, and told without one for the age of the catalogue.
// A diagnosis that is over takes back nothing, for another may go on: "false"
// does, and a list of conditions told as a whole replaces those before it.
//
// # How diagnosis codes are read
//
// A code of ICD-10-CM says how long its condition lasts and what it means
// besides (package icd10); a concept of SNOMED CT stands for such a code
// (package snomed). A condition that is over says nothing. One that passes is
// acute for 42 days from its onset, a symptom for 14; one that stays is in
// chronic_dx at once. A concept that no table holds is judged by its dates
// alone: acute for 42 days, long-term after 90. Without an onset nothing is
// acute. A revision may bring AHRQ's own table of what lasts (icd10cm.csv).
//
// # Limits
//
// The reader knows words, not the world. It takes what is told in one sentence
// without a time as happening now, cannot tell irony, and reads English and the
// commonest Spanish. The words live in lexicon.yaml, which content teams edit;
// its head explains the phrase language. What a role or a flag does is code.
package intake
