// Package ruleset turns what a content team writes into a Set that decides.
//
// In: facts.yaml, topics.yaml, mindset.yaml, sender.yaml, advice/*.yaml and
// guardrails.yaml of one content folder, and the day on which the Set will be
// used. Out: an immutable Set, or the list of everything wrong with the files.
// A Set answers with Decide, which is total, reads no clock and allocates
// nothing, and it can tell why (Explain), what else it would need to know
// (Needed), which members it cannot tell apart (AppendCells) and for how long
// an answer holds (Lifetime).
//
// Loading goes one way: YAML → checked conditions → cubes → index. A condition
// compares one fact with constants. A cube is a set of conditions on different
// columns that must all hold; every rule is a union of cubes. The index finds
// the first rule of a table, and the best advice, without looking at most
// cubes. Two tables decide in turn, mindset then sender; advice is a third
// table of which every fitting row is taken, best first.
//
// A comparison with an unknown fact is false, also "is not"; only "known: false"
// is true of an unknown fact.
package ruleset
