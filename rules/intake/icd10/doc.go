// Package icd10 says what a diagnosis code of ICD-10-CM means for routing: does
// the condition pass or stay, is it an injury under care, a chronic disease
// that got worse, a serious or a self-harm diagnosis, which long-term condition
// does it belong to, and which emergency sign might it be.
//
// In: a code as claims and records spell it, with or without its dot, in any
// case. Out: a [Class], by value and without allocation; a text that is not
// shaped like a code, or lies outside every chapter, has the zero Class.
//
// The table, icd10cm.txt, is written for this project: blocks of codes with
// their exceptions, and rules for the characters that say which visit or which
// intent a code is about. How long a condition lasts follows the Chronic
// Condition Indicator for ICD-10-CM (v2021.1 beta) of the Healthcare Cost and
// Utilization Project (HCUP), Agency for Healthcare Research and Quality
// (AHRQ), to whom the classification is credited. Its "not chronic" is not
// "acute", and it calls a heart attack chronic; so events and flares are marked
// beside it, by this project's own judgement. [ReadCCI] reads a file as AHRQ
// publishes it, to be laid over the table.
//
// A code says nothing about time. Whether a condition is still going on,
// resolved or long past is for the caller to know, and no Class is by itself a
// reason to treat a member as a patient.
package icd10
