// Package proof decides, for every possible member at once, what a rule set can
// and cannot do.
//
// In: columns with finitely many values each, and cubes over them: the points
// of a cube are the members a rule speaks of. Out: for one question — is there
// a point of this cube outside these cubes? — a point that shows it, a proof
// with the cubes it rests on, or, when the budget is spent, undetermined. The
// checks of a rule set (dead rules, conflicts, guardrails, the exact difference
// of two sets) are this question asked of different cubes.
//
// Two engines answer it. Solver searches with clause learning over many-valued
// columns and keeps what it learnt from question to question. Split cuts the
// cube into cases and learns nothing; it shares only the sets of values with
// the solver, and confirms what the solver proved on the cubes named in its
// core. Undetermined is never taken for proved.
package proof
