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
//
// # Holdouts
//
// The two sides of a holdout are other cuts through answers that figures count
// already: exact numbers of them, taken from exact figures, would lead to those
// who are in one and not in the other. So they are rounded to multiples of Floor.
// Rounding down would make every share too low, a small one most: 5 of 40 would
// be none. Numbers are rounded up or down by chance instead, so that the mean is
// the true number: n becomes the multiple of Floor at or below n+u, with u one of
// 0 to Floor-1.
//
// u is a keyed hash of tenant, holdout, side and month, the same whenever and
// wherever somebody asks: with a new u each time the mean of many answers would be
// the number itself. Both numbers of a share use one u, so that no part is more
// than its whole. Each month is rounded by itself and periods add up months, so
// that two periods lead to nothing but the months as they are shown. A month in
// which a side had fewer than Floor members is left out; that goes by who was put
// to a side, not by what they did, and so favours no result. Whoever sees a number
// knows a range of 2·Floor-1 that holds it; who sees that it did not change can't
// tell whether anyone came, and who sees it change by Floor knows that 1 to 21
// did. Intervals are as much wider as the rounding makes the share less sure.
package insights
