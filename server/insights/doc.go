// Package insights tells people who work on the rules what became of answers:
// who spoke about what, what members and staff said back, which words did
// better, and whether a published version changed what it was to change.
//
// In: the log of decisions, and feedback as it comes, by Count, which waits for
// nothing. Out: figures for a period, the drift of a version, and reports of a
// wrong sender as example members. Nothing in here is about a member.
//
// # What may be shown
//
// Every figure is a sum of groups of at least Floor decisions or feedbacks.
// Decisions are grouped by all that is shown of them at once: day, topic, both
// rules, outcome. Those of groups that are too small are grouped again by less
// (group.go has the steps), and those still too few at the end are in no figure
// and in no total. As groups are never split, and figures are sums of them, the
// difference of any two figures is a sum of groups too: taking totals and parts
// from each other leads to none or to at least Floor.
//
// Groups are made month by month, whatever period is asked for. If they were
// made for the period, two periods that differ by a day would tell of that day.
// Who looks again later sees a group of the running month grow.
//
// Of feedback a group needs Floor who accepted, or none, and Floor who did not,
// or none: a share tells both. It also needs Floor different members. Decisions
// are logged without members, so there Floor counts decisions.
package insights
