// Package snomed says which code of ICD-10-CM stands for a concept of SNOMED CT,
// so that records in either system are routed by one table.
//
// In: a concept identifier, as digits. Out: a code for package icd10, without
// allocation, or that the concept is not held. Then only the dates of the
// condition can tell whether it is acute or long-term, which is for the caller.
//
// The table, snomed.txt, is written for this project: the concepts that
// synthetic records (Synthea) use and those that problem lists hold most often,
// each with a code chosen by our own judgement. It is no map for billing, holds
// no terms of SNOMED CT, and takes nothing from the maps that SNOMED
// International and the National Library of Medicine publish. Findings that are
// no illness, such as being employed, are in it on purpose: by their dates alone
// they would look like a new illness.
package snomed
