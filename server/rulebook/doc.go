// Package rulebook is the use cases of those who work on the rules: it puts
// contents into words, says what speaks against a draft and whom it answers
// differently, and what each person may do with it and why not.
//
// In: who is calling, and what they ask for about a tenant's versions and
// drafts. Out: drafts, versions, contents as sentences, reports, and errors of
// revision.Error and recommend.Error. Drafts themselves, their review and
// publishing are server/revision's; this package composes that with the proof,
// the cases, the decision log, the audit and recommend.
package rulebook
