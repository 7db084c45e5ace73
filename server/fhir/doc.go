// Package fhir reads what health records say about one member.
//
// In: FHIR R4 JSON (a Bundle of type collection, searchset, transaction, batch
// or message, or a single resource), a catalogue of facts and the time. Out:
// facts with the resources they came from and the time they held at, and a list
// of what was left out and why. The package is pure: it looks nothing up, has
// no clock and logs nothing.
//
// # How it reads
//
// A document is read entry by entry and never held whole. Fields and resource
// types that say nothing about a fact are skipped unread, so unknown ones do no
// harm. A resource that can't be understood is listed and left out whole; only a
// document that can't be read at all is an error.
//
// Nothing about anybody but the member becomes a fact: the member is the one
// named in Options.Patient, else the only Patient, else the one subject that all
// resources share, and a document that leaves this open is an error. References
// are resolved inside the documents alone: by fullUrl (urn:uuid or a server's
// address), by Type/id, and by #id of contained resources.
//
// # How it takes time
//
// Everything is judged as it stood at Options.Now, so that a record can be
// replayed: what began later has not happened, and an illness marked resolved
// that ended later was still going on. Five minutes ahead are taken for clocks
// that differ.
//
//   - A date without a time is that day in the member's zone, a month or a year
//     likewise. Beginnings count from the first instant of it. Ends, and the age
//     of a report, count from its last instant or from now, if that comes first.
//     A birth date counts from its last day: in doubt a member is younger.
//   - What ends before it begins is contradictory and left out.
//   - An encounter that is open although its end is past has ended, unless a
//     message that is not four hours old tells of it. One that was never closed
//     counts from its start, once it is older than such visits can be.
//   - An encounter that goes on, in a bundle put together more than four hours
//     ago, counts until then.
//   - An illness that is active although its end is past has ended.
//   - A report older than the max age of its fact is left out.
//
// # Substance use
//
// What 42 CFR Part 2 protects (by security label or by code) is dropped as if
// it had never been sent, and is not listed either, unless Options or a Consent
// in the documents allow its use. A newer refusal ends an older permission.
package fhir
