// Package proof decides, for every possible member at once, what a rule set can
// and cannot do.
//
// In: a ruleset.Set and a budget. Out: a Report of rows that no member reaches,
// with the fewest rows that cover them, rows of one tier that disagree,
// guardrails that hold for all members or are broken, and advice that nobody can
// be given, each with a member that shows it; or, for two Sets, the Difference
// between them. What the budget does not suffice for is undetermined, which is
// never taken for proved. A Set holds the rules in force on one day;
// rules/proof/finding proves a content folder for all days and tells the result.
//
// # Method
//
// A fact becomes a column with few values: unknown, and each value or interval
// that some rule tells apart; a set fact has a column for each element that is
// asked about. A rule is a union of cubes over these columns. Both tables are
// composed: beside the facts there are columns for the mindset, the sender and
// the row of each table that decides, and forbidden cubes tie them to the facts.
// Every check is then one question asked of different cubes: is there a point of
// this cube outside these cubes?
//
// Two engines answer it. Solver searches with clause learning over many-valued
// columns. Split cuts the cube into cases and learns nothing. They share only
// the sets of values.
//
// # Trust
//
// A member is shown only if the evaluator that serves members answers as the
// model says, and the words of the guardrail or rule, not its cubes, hold of the
// member. A proof counts only if Split confirms it on the cubes it rests on or,
// where that takes too long, if Replay accepts the proof as the solver wrote it
// down; Tally counts both. The tests compare every finding about thousands of
// small contents with a walk over all their members, find planted defects, and
// must notice each of the mistakes listed in mutants_test.go.
//
// # Cost
//
// CPU milliseconds of one full check, measured on two cores of an AMD EPYC with
// go test -bench (Go 1.26, other work on the machine); dead rows of the largest
// in brackets. Session is a check of 5,000 rules after one of them was edited,
// Diff compares the two versions.
//
//	rules                       50    500    5,000           Session   Diff
//	structured                 1.7     11      109 (226)          50     119
//	a fifth of them random     2.6     13      123 (181)          49   1,252 (315 regions)
//	half of them random        3.0     16      309 (275)          61     276 (97 regions)
//	all of them random         2.9     24      791 (758)         106      96
//	the default content: 7
//
// Content made to be hard (twelve pigeons, eleven holes) ends undetermined: a
// million steps took 22 ms, and DefaultBudget is twenty million for one question
// and ten times that for all.
package proof
