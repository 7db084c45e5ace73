// Package finding says what the proof of a content folder found, for people and
// for tools.
//
// In: a content folder and the day from which it will be used. Out: the state
// of every guardrail, and findings: each with its place in the files, a member
// that shows it told as a short story, and fixes as edits of the files. A fix is
// offered only if the edited folder, proved in turn, no longer has the finding
// and has no new one.
//
// Rules may come into force later. The folder is proved for its first day and
// for every later day on which other rules are in force.
package finding
